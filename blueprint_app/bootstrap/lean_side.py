"""What Lean shows of a project, looked at, asked for and followed."""

import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.bootstrap.attempts import provenance_at
from blueprint_app.bootstrap.opening import refuse_packed
from blueprint_app.bootstrap.running import Check, Report, unchecked, unreported
from blueprint_app.model.blueprint import Blueprint, Reading
from blueprint_app.model.derive import declared_names, snapshot_of, with_evidence
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import NO_EVIDENCE, ProjectEvidence
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.project import ProjectReader
from blueprint_app.user_folders import cache_folder

if TYPE_CHECKING:
    from blueprint_app.lean.records.reader import RecordReader
    from blueprint_app.lean.scan.index import SourceIndex
    from blueprint_app.live.following import Follower, Listener
    from blueprint_app.live.watching import Changed


class LeanSide:
    """What Lean shows of one project. It keeps what it read, so that a change costs only itself.

    `reading` is how the snapshots of a follower are derived, `imported` a file of evidence that others published;
    it may be set without `take`: where it cannot be read a remark says so. May be called from several threads.
    """

    def __init__(self, folder: Path, cache_folder: Path | None = None) -> None:
        self.folder, self._cache_folder = folder, cache_folder
        self.reading = Reading.LEANBLUEPRINT
        self.imported: Path | None = None
        self._lock = threading.Lock()
        self._index: SourceIndex | None = None
        self._reader: RecordReader | None = None
        self._newest: tuple[ProjectEvidence, frozenset[str]] | None = None

    def evidence(
        self,
        blueprint: Blueprint,
        changed: Collection[str] | None = None,
        check: Check = unchecked,
        report: Report = unreported,
    ) -> ProjectEvidence:
        """Look at the Lean side without running anything; at `changed` paths only where these are given.

        What Lean answered before counts as long as the build is the same.
        """
        return self._gathered(blueprint, changed, False, check, report)

    def ask(self, blueprint: Blueprint, check: Check = unchecked, report: Report = unreported) -> ProjectEvidence:
        """Look at the Lean side and ask Lean, which runs the project's own code: only where the user allowed it."""
        return self._gathered(blueprint, None, True, check, report)

    def build(self, on_line: Callable[[str], None], check: Check = unchecked) -> bool:
        """Run ``lake build``, which the user asked for; whether it succeeded. Raises BlueprintError without a Lean."""
        from blueprint_app.lean.asking.build import build
        from blueprint_app.lean.project import read_project as read_lean_project

        project = read_lean_project(self.folder)
        if project is None:
            raise BlueprintError("There is no Lean project in this folder.", "Add a lakefile to build it.")
        return build(project, on_line, check).succeeded

    def publish(
        self,
        blueprint: Blueprint,
        path: Path,
        check: Check = unchecked,
        report: Report = unreported,
        *,
        ask: bool = False,
    ) -> tuple[int, ProjectEvidence]:
        """Write what this machine knows to a file for others: of how many declarations, and all that was found.

        With `ask` Lean is asked first, as by the method of that name. Raises BlueprintError.
        """
        from blueprint_app.lean.evidence_file import evidence_file_of, judged_now, project_commit, write_evidence
        from blueprint_app.lean.gather import gather

        names = _declared_names(blueprint)
        found = gather(self.folder, names, cache_folder=self._cache_folder, permission=ask, check=check, report=report)
        if found.project is None:
            raise BlueprintError("There is no Lean project in this folder.", "There is nothing to publish.")
        judged = judged_now(found.project, found.records)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        content = evidence_file_of(found.evidence, names, judged, now, project_commit(self.folder, check))
        write_evidence(path, content)
        return len(content.declarations), found.evidence

    def take(self, path: Path) -> None:
        """Take the evidence of a file into account from now on. Raises BlueprintError where it is none."""
        from blueprint_app.lean.evidence_file import read_evidence

        read_evidence(path)
        self.imported = path

    def follower(self, snapshot: Snapshot, listener: "Listener") -> "Follower":
        """Who follows the project from `snapshot` on; not started yet."""
        from blueprint_app.live.following import Follower
        from blueprint_app.live.rereading import Rereader

        def evidence(blueprint: Blueprint, changed: "Changed | None", check: Check) -> ProjectEvidence:
            return self.evidence(blueprint, None if changed is None else changed.paths, check)

        last = snapshot

        def derive(blueprint: Blueprint, evidence: ProjectEvidence) -> Snapshot:
            nonlocal last
            newest, provenance = self._newest_for(blueprint, evidence), provenance_at(self.folder)
            if last.blueprint is blueprint and last.reading is self.reading:
                last = with_evidence(last, newest, provenance)
            else:
                last = snapshot_of(blueprint, self.reading, newest, provenance)
            return last

        reader = ProjectReader(self.folder)
        reread = Rereader(lambda check, only_lean: reader.read(check, only_lean=only_lean), derive, evidence)
        return Follower(reread, snapshot, listener)

    def _gathered(
        self, blueprint: Blueprint, changed: Collection[str] | None, permission: bool, check: Check, report: Report
    ) -> ProjectEvidence:
        from blueprint_app.lean.asking.ask import ask_lean
        from blueprint_app.lean.gather import complete_evidence
        from blueprint_app.lean.records.reader import RecordReader

        with self._lock:
            self._index = index = self._scanned(changed, check, report)
            if index is None:
                return NO_EVIDENCE
            report(-1.0, "Reading the records of the last build")
            self._reader = self._reader or RecordReader()
            records = self._reader.read(index.project, check)
        # Not under the lock: asking may take minutes, and the project is followed meanwhile.
        names = _declared_names(blueprint)
        folder = self._cache_folder and self._cache_folder / "lean-answers"
        answers = ask_lean(
            index.project, records, names, permission=permission, cache_folder=folder, check=check, report=report
        )
        found = complete_evidence(index.evidence(), index.project, records, answers, names, self.imported)
        self._newest = found, frozenset(names)
        return found

    def _newest_for(self, blueprint: Blueprint, evidence: ProjectEvidence) -> ProjectEvidence:
        """What was gathered last, by whomever: a follower that read Lean's side before Lean was asked knows less.

        Names that are new in the blueprint are looked up.
        """
        if self._newest is None:
            return evidence
        newest, names = self._newest
        return newest if names.issuperset(_declared_names(blueprint)) else self.evidence(blueprint, ())

    def _scanned(self, changed: Collection[str] | None, check: Check, report: Report) -> "SourceIndex | None":
        from blueprint_app.lean.project import read_project as read_lean_project
        from blueprint_app.lean.scan.scanning import rescan, scan_project

        if self._index is not None and changed is not None and _only_sources(changed):
            return rescan(self._index, [self._index.project.base / path for path in changed])
        project = read_lean_project(self.folder)
        folder = self._cache_folder and self._cache_folder / "lean-sources"
        return None if project is None else scan_project(project, folder, check, report)


def _declared_names(blueprint: Blueprint) -> tuple[str, ...]:
    """All Lean names that the blueprint gives, in either reading."""
    names = (name for node in blueprint.nodes for name in declared_names(node, Reading.STRICT))
    return tuple(dict.fromkeys(names))


def _only_sources(paths: Collection[str]) -> bool:
    """Whether these are Lean sources that do not say what the project's modules are."""
    return all(path.endswith(".lean") and path.rsplit("/", 1)[-1] != "lakefile.lean" for path in paths)


def lean_side(folder: Path) -> LeanSide:
    """The Lean side of a project, with what it finds kept in the user's cache folder.

    Raises BlueprintError for a snapshot file, which has none.
    """
    refuse_packed(folder)
    return LeanSide(folder, cache_folder())
