"""What is written of an open project for others: a snapshot file, a report."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.bootstrap.attempts import attempt_store, failed_attempts
from blueprint_app.bootstrap.claims import claims_at
from blueprint_app.bootstrap.past import attribution_at, history_of
from blueprint_app.bootstrap.running import Check, Report, unchecked, unreported
from blueprint_app.model.blueprint import Packing
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.snapshot_path import is_snapshot_file
from blueprint_app.user_folders import cache_folder

if TYPE_CHECKING:
    from blueprint_app.export.placed_graphs import PlacedGraph
    from blueprint_app.export.snapshot_file import PackedPast


def pack_project(
    snapshot: Snapshot,
    path: Path,
    check: Check = unchecked,
    report: Report = unreported,
    *,
    with_past: bool = True,
) -> None:
    """Write a snapshot, with layouts of its graphs, the attempts and the past, to a snapshot file.

    Raises BlueprintError. Without `with_past` no history and nothing of who wrote what is read or written.
    """
    from blueprint_app.assistant.records.packed import texts_of
    from blueprint_app.export.snapshot_file import PackedPast, PackedProject, write_snapshot
    from blueprint_app.layout.cache import fingerprint

    folder, packing = Path(snapshot.blueprint.folder), _packing_of(snapshot, check)
    layouts = {fingerprint(problem): placed for _, problem, placed in _placed(snapshot, check, report)}
    past = _past_to_pack(snapshot, check, report) if with_past else PackedPast()
    report(0.9, "Writing the snapshot")
    attempts = texts_of(attempt_store(folder))
    write_snapshot(PackedProject(snapshot, layouts, attempts, claims_at(folder).text, past), packing, path)


def report_on(snapshot: Snapshot, check: Check = unchecked, report: Report = unreported) -> str:
    """The HTML file that shows a project to everybody. Raises BlueprintError."""
    from blueprint_app.export.report import ReportInput, report_as_html

    folder, packing = Path(snapshot.blueprint.folder), _packing_of(snapshot, check)
    graphs = _placed(snapshot, check, report)
    report(0.9, "Writing the report")
    failed = failed_attempts(snapshot)
    today = datetime.now(UTC).date()
    return report_as_html(ReportInput(snapshot, graphs, packing, today, claims_at(folder), failed))


def _packing_of(snapshot: Snapshot, check: Check) -> Packing:
    """What the state that is packed or reported is of."""
    from blueprint_app.assistant.project_state import lean_at

    folder, packing = Path(snapshot.blueprint.folder), snapshot.blueprint.packing
    if packing is not None:
        return packing
    at = lean_at(folder, "", "", check)
    return Packing(folder.name, datetime.now(UTC).isoformat(timespec="seconds"), at.project_commit, at.dirty)


def _placed(snapshot: Snapshot, check: Check, report: Report) -> "list[PlacedGraph]":
    from blueprint_app.export.placed_graphs import placed_graphs

    return placed_graphs(snapshot, cache_folder() / "layout", check, report)


def _past_to_pack(snapshot: Snapshot, check: Check, report: Report) -> "PackedPast":
    """The history and who wrote what, as far as git tells it; nothing of a project without git."""
    from blueprint_app.export.snapshot_file import PackedPast, read_past
    from blueprint_app.live.past.git import GitError

    folder = Path(snapshot.blueprint.folder)
    if is_snapshot_file(folder):
        return read_past(folder)
    try:
        history = history_of(snapshot, check, report)
        if not history.readable:
            return PackedPast()
        return PackedPast(history, attribution_at(snapshot, check, report), snapshot.reading)
    except GitError:
        return PackedPast()
