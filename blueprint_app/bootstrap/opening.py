"""What opens a project, from its folder or from a snapshot file."""

from pathlib import Path

from blueprint_app.bootstrap.attempts import provenance_at
from blueprint_app.bootstrap.running import Check, Report, unchecked, unreported
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.project import read_project
from blueprint_app.sources.snapshot_path import is_snapshot_file


def open_project(
    path: Path,
    reading: Reading = Reading.LEANBLUEPRINT,
    check: Check = unchecked,
    report: Report = unreported,
) -> Snapshot:
    """The snapshot of the project that a folder belongs to, before its Lean side is looked at.

    A snapshot file is opened as a folder is, with all the evidence that it carries. `check` is called often and may
    raise to stop; `report` is told how far the work is (0 to 1) and what is being done. Raises BlueprintError where
    there is no blueprint.
    """
    if is_snapshot_file(path):
        return _open_packed(path, reading)
    report(0.0, "Reading the blueprint")
    blueprint = read_project(path, check)
    check()
    report(0.8, "Deriving states")
    return snapshot_of(blueprint, reading, provenance=provenance_at(Path(blueprint.folder), check))


def _open_packed(path: Path, reading: Reading) -> Snapshot:
    """The snapshot that a file carries; its graphs will be drawn as the file says."""
    from blueprint_app.export.snapshot_file import read_snapshot
    from blueprint_app.layout.service import remember

    project = read_snapshot(path, reading)
    remember(project.layouts)
    return project.snapshot


def refuse_packed(folder: Path) -> None:
    """Raise BlueprintError where this is a snapshot file: nothing behind it can be run or changed."""
    if is_snapshot_file(folder):
        raise BlueprintError(
            f"{folder.name} is a snapshot: it can only be read.", "Open the project's folder for that."
        )
