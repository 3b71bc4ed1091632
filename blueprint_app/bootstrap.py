"""The only place that builds concrete objects and hands them over.

What the first picture does not need is imported where it is used: a window opens before it looks at Lean.
"""

import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.model.blueprint import Blueprint, Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import NO_EVIDENCE, ProjectEvidence
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.project import read_project

if TYPE_CHECKING:
    from blueprint_app.lean.scan.index import SourceIndex
    from blueprint_app.live.following import Follower, Listener
    from blueprint_app.live.watching import Changed

Check = Callable[[], None]
Report = Callable[[float, str], None]


def _unchecked() -> None:
    pass


def _unreported(fraction: float, note: str) -> None:
    pass


def open_project(
    path: Path,
    reading: Reading = Reading.LEANBLUEPRINT,
    check: Check = _unchecked,
    report: Report = _unreported,
) -> Snapshot:
    """The snapshot of the project that a folder belongs to, before its Lean side is looked at.

    `check` is called often and may raise to stop; `report` is told how far the work is (0 to 1)
    and what is being done. Raises BlueprintError where there is no blueprint.
    """
    report(0.0, "Reading the blueprint")
    blueprint = read_project(path, check)
    check()
    report(0.8, "Deriving states")
    return snapshot_of(blueprint, reading)


class LeanSide:
    """What Lean shows of one project. It keeps what it read, so that a change costs only itself.

    `reading` is how the snapshots of a follower are derived. May be called from several threads.
    """

    def __init__(self, folder: Path, cache_folder: Path | None = None) -> None:
        self.folder, self._cache_folder = folder, cache_folder
        self.reading = Reading.LEANBLUEPRINT
        self._lock = threading.Lock()
        self._index: SourceIndex | None = None

    def evidence(
        self,
        blueprint: Blueprint,
        changed: Collection[str] | None = None,
        check: Check = _unchecked,
        report: Report = _unreported,
    ) -> ProjectEvidence:
        """Look at the Lean side without running anything; at `changed` paths only where these are given."""
        with self._lock:
            self._index = self._scanned(changed, check, report)
            return NO_EVIDENCE if self._index is None else self._index.evidence()

    def follower(self, snapshot: Snapshot, listener: "Listener") -> "Follower":
        """Who follows the project from `snapshot` on; not started yet."""
        from blueprint_app.live.following import Follower
        from blueprint_app.live.rereading import Rereader

        def evidence(blueprint: Blueprint, changed: "Changed | None", check: Check) -> ProjectEvidence:
            return self.evidence(blueprint, None if changed is None else changed.paths, check)

        def derive(blueprint: Blueprint, evidence: ProjectEvidence) -> Snapshot:
            return snapshot_of(blueprint, self.reading, evidence)

        reread = Rereader(lambda check: read_project(self.folder, check), derive, evidence)
        return Follower(reread, snapshot, listener)

    def _scanned(self, changed: Collection[str] | None, check: Check, report: Report) -> "SourceIndex | None":
        from blueprint_app.lean.project import read_project as read_lean_project
        from blueprint_app.lean.scan.scanning import rescan, scan_project

        if self._index is not None and changed is not None and _only_sources(changed):
            return rescan(self._index, [self._index.project.base / path for path in changed])
        project = read_lean_project(self.folder)
        return None if project is None else scan_project(project, self._cache_folder, check, report)


def _only_sources(paths: Collection[str]) -> bool:
    """Whether these are Lean sources that do not say what the project's modules are."""
    return all(path.endswith(".lean") and path.rsplit("/", 1)[-1] != "lakefile.lean" for path in paths)


def lean_side(folder: Path) -> LeanSide:
    """The Lean side of a project, with what it finds kept in the user's cache folder."""
    import platformdirs

    return LeanSide(folder, Path(platformdirs.user_cache_dir("blueprint-explorer", appauthor=False)) / "lean-sources")
