"""The past of a project, read from its git log or from a snapshot file."""

from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.bootstrap.running import Check, Report, unchecked, unreported
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.snapshot_path import is_snapshot_file
from blueprint_app.user_folders import cache_folder

if TYPE_CHECKING:
    from blueprint_app.insight.attribution.summaries import Attribution
    from blueprint_app.insight.history.comparing import ChangedSince
    from blueprint_app.insight.history.history import History
    from blueprint_app.live.past.past import Outlook, Past


def past_of(path: Path, reading: Reading = Reading.LEANBLUEPRINT) -> "Past":
    """The past of the project that a folder belongs to, with what is read of it kept in the user's cache folder."""
    from blueprint_app.live.past.past import Past
    from blueprint_app.sources.leanblueprint.files import find_entry

    path = path.absolute()
    if is_snapshot_file(path):
        raise BlueprintError("A snapshot file holds no git history.", "Name the folder of a git clone.")
    try:
        folder = find_entry(path)[0]
    except BlueprintError:
        folder = path if path.is_dir() else path.parent
        if not folder.is_dir():
            raise
    return Past(folder, reading, cache_folder() / "history")


def outlook_of(snapshot: Snapshot, check: Check = unchecked) -> "Outlook":
    """What there is to be read of a project's past. Raises BlueprintError where there is none."""
    from blueprint_app.live.past.past import Outlook

    folder = Path(snapshot.blueprint.folder)
    if not is_snapshot_file(folder):
        return past_of(folder).outlook(check)
    history = history_of(snapshot)
    return Outlook(history.commits, (), history.is_shallow)


def history_of(snapshot: Snapshot, check: Check = unchecked, report: Report = unreported) -> "History":
    """The history of an open project, read as its snapshot is; that which a snapshot file carries as it was packed.

    Raises BlueprintError where there is none.
    """
    folder = Path(snapshot.blueprint.folder)
    if not is_snapshot_file(folder):
        return past_of(folder, snapshot.reading).history(check, report)
    from blueprint_app.export.snapshot_file import read_past

    past = read_past(folder)
    if past.history is None:
        raise BlueprintError("This snapshot carries no history.", "Make it anew in a git clone to have it inside.")
    return past.history


def changed_in(snapshot: Snapshot, mark: str, history: "History", check: Check = unchecked) -> "ChangedSince":
    """What changed since a date, a tag or a commit; a snapshot file knows dates alone. Raises BlueprintError."""
    from blueprint_app.live.past.past import changed_since_time, time_of

    folder = Path(snapshot.blueprint.folder)
    if not is_snapshot_file(folder):
        return past_of(folder, snapshot.reading).changed_since(mark, history, check)
    time = time_of(mark)
    if time is None:
        raise BlueprintError(f"{mark} is no date, and a snapshot knows no tags.", "Give a date as YYYY-MM-DD.")
    return changed_since_time(history, time)


def attribution_at(snapshot: Snapshot, check: Check = unchecked, report: Report = unreported) -> "Attribution":
    """Who wrote what of an open project, as it is committed. Raises BlueprintError where nothing is known of that."""
    folder = Path(snapshot.blueprint.folder)
    if is_snapshot_file(folder):
        from blueprint_app.export.snapshot_file import read_past

        carried = read_past(folder).attribution
        if carried is None:
            raise BlueprintError(
                "This snapshot does not tell who wrote what.", "Make it anew in a git clone to have it inside."
            )
        return carried
    from blueprint_app.insight.attribution.summaries import attribution_of
    from blueprint_app.live.past.authors import read_authors

    found = read_authors(past_of(folder, snapshot.reading), check, report)
    return attribution_of(found.commit, found.blueprint, found.blamed, snapshot.provenance, found.remarks)
