"""The only place that builds concrete objects and hands them over.

What the first picture does not need is imported where it is used: a window opens before it looks at Lean.
"""

import atexit
import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.model.blueprint import Blueprint, NodeId, Packing, Reading
from blueprint_app.model.claim import NO_CLAIMS, ProjectClaims
from blueprint_app.model.derive import declared_names, snapshot_of, with_evidence
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import NO_EVIDENCE, ProjectEvidence
from blueprint_app.model.provenance import NO_PROVENANCE, ProjectProvenance
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.project import ProjectReader, read_project
from blueprint_app.sources.snapshot_path import is_snapshot_file

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from blueprint_app.assistant.assistant import Assistant
    from blueprint_app.assistant.batch.batches import Batches
    from blueprint_app.assistant.batch.ledger import Ledger
    from blueprint_app.assistant.embedding import Embedder
    from blueprint_app.assistant.endpoints.client import ModelClient
    from blueprint_app.assistant.records.store import AttemptStore
    from blueprint_app.export.placed_graphs import PlacedGraph
    from blueprint_app.export.snapshot_file import PackedPast
    from blueprint_app.insight.attribution.summaries import Attribution
    from blueprint_app.insight.history.comparing import ChangedSince
    from blueprint_app.insight.history.history import History
    from blueprint_app.insight.vectors import VectorCache
    from blueprint_app.lean.library_index import LibraryIndex
    from blueprint_app.lean.records.reader import RecordReader
    from blueprint_app.lean.scan.index import SourceIndex
    from blueprint_app.live.following import Follower, Listener
    from blueprint_app.live.issues.kept import Allowed, KeptIssues
    from blueprint_app.live.issues.project_issues import ProjectIssues
    from blueprint_app.live.past.past import Outlook, Past
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


def pack_project(
    snapshot: Snapshot,
    path: Path,
    check: Check = _unchecked,
    report: Report = _unreported,
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


def report_on(snapshot: Snapshot, check: Check = _unchecked, report: Report = _unreported) -> str:
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
    import platformdirs

    from blueprint_app.export.placed_graphs import placed_graphs

    cache_folder = Path(platformdirs.user_cache_dir("blueprint-explorer", appauthor=False)) / "layout"
    return placed_graphs(snapshot, cache_folder, check, report)


def claims_at(folder: Path) -> ProjectClaims:
    """The claims of a project, or those that came with a snapshot file. Raises BlueprintError for a damaged one."""
    from blueprint_app.sources.claims_file import claims_in, read_claims

    if not is_snapshot_file(folder):
        return read_claims(folder)
    from blueprint_app.export.snapshot_file import read_snapshot

    text = read_snapshot(folder).claims
    return NO_CLAIMS if text is None else claims_in(text)


def claims_of(snapshot: Snapshot) -> "tuple[ProjectClaims, ProjectIssues]":
    """The claims of a project, those of the assignees of issues that were seen among them; nothing is sent."""
    from blueprint_app.insight.issues import with_issues
    from blueprint_app.live.issues.project_issues import project_issues

    claims, issues = claims_at(Path(snapshot.blueprint.folder)), project_issues(snapshot, kept_issues())
    return (with_issues(claims, snapshot, issues.seen, datetime.now(UTC)) if issues.seen else claims), issues


def kept_issues() -> "KeptIssues":
    """The issues that were seen of all projects."""
    import platformdirs

    from blueprint_app.live.issues.kept import KeptIssues

    return KeptIssues(Path(platformdirs.user_cache_dir("blueprint-explorer", appauthor=False)) / "issues.sqlite")


def allowed_issues() -> "Allowed":
    """For which projects a person lets GitHub be asked."""
    import platformdirs

    from blueprint_app.live.issues.kept import Allowed

    return Allowed(Path(platformdirs.user_config_dir("blueprint-explorer", appauthor=False)) / "issues.json")


def failed_attempts(snapshot: Snapshot) -> dict[NodeId, int]:
    """How many attempts failed at each node, by the labels that nodes have now."""
    folder = Path(snapshot.blueprint.folder)
    # Most projects have no records, and need no reader of them.
    if not is_snapshot_file(folder) and not (folder / "blueprint" / "attempts").is_dir():
        return {}
    from blueprint_app.assistant.records.record import Outcome

    labels, found = snapshot.blueprint.labels, dict[NodeId, int]()
    for record in attempt_store(folder).read()[0]:
        node = labels.get(record.node, NodeId(record.node))
        if record.outcome is Outcome.FAILED and node in snapshot.nodes:
            found[node] = found.get(node, 0) + 1
    return found


def attempt_store(folder: Path) -> "AttemptStore":
    """The attempts of a project; the same store for the same folder, as it keeps what it read.

    For a snapshot file those that it carries. Raises BlueprintError where such a file cannot be read.
    """
    return _packed_attempts(folder) if is_snapshot_file(folder) else _store_of(folder)


@lru_cache(maxsize=8)
def _store_of(folder: Path) -> "AttemptStore":
    from blueprint_app.assistant.records.store import AttemptStore

    return AttemptStore(folder)


def _packed_attempts(path: Path) -> "AttemptStore":
    from blueprint_app.assistant.records.packed import PackedAttempts
    from blueprint_app.export.snapshot_file import read_snapshot

    return PackedAttempts(path, read_snapshot(path).attempts)


def provenance_at(folder: Path, check: Check = _unchecked) -> ProjectProvenance:
    """What the records of a project tell of who wrote its Lean text, as they are now."""
    # Most projects have no records, and need no reader of them.
    if not (folder / "blueprint" / "attempts").is_dir():
        return NO_PROVENANCE
    from blueprint_app.assistant.records.provenance import provenance_of

    return provenance_of(*attempt_store(folder).read(check))


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
        check: Check = _unchecked,
        report: Report = _unreported,
    ) -> ProjectEvidence:
        """Look at the Lean side without running anything; at `changed` paths only where these are given.

        What Lean answered before counts as long as the build is the same.
        """
        return self._gathered(blueprint, changed, False, check, report)

    def ask(self, blueprint: Blueprint, check: Check = _unchecked, report: Report = _unreported) -> ProjectEvidence:
        """Look at the Lean side and ask Lean, which runs the project's own code: only where the user allowed it."""
        return self._gathered(blueprint, None, True, check, report)

    def build(self, on_line: Callable[[str], None], check: Check = _unchecked) -> bool:
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
        check: Check = _unchecked,
        report: Report = _unreported,
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
    import platformdirs

    refuse_packed(folder)
    return LeanSide(folder, Path(platformdirs.user_cache_dir("blueprint-explorer", appauthor=False)))


def past_of(path: Path, reading: Reading = Reading.LEANBLUEPRINT) -> "Past":
    """The past of the project that a folder belongs to, with what is read of it kept in the user's cache folder."""
    import platformdirs

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
    cache = Path(platformdirs.user_cache_dir("blueprint-explorer", appauthor=False)) / "history"
    return Past(folder, reading, cache)


def outlook_of(snapshot: Snapshot, check: Check = _unchecked) -> "Outlook":
    """What there is to be read of a project's past. Raises BlueprintError where there is none."""
    from blueprint_app.live.past.past import Outlook

    folder = Path(snapshot.blueprint.folder)
    if not is_snapshot_file(folder):
        return past_of(folder).outlook(check)
    history = history_of(snapshot)
    return Outlook(history.commits, (), history.is_shallow)


def history_of(snapshot: Snapshot, check: Check = _unchecked, report: Report = _unreported) -> "History":
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


def changed_in(snapshot: Snapshot, mark: str, history: "History", check: Check = _unchecked) -> "ChangedSince":
    """What changed since a date, a tag or a commit; a snapshot file knows dates alone. Raises BlueprintError."""
    from blueprint_app.live.past.past import changed_since_time, time_of

    folder = Path(snapshot.blueprint.folder)
    if not is_snapshot_file(folder):
        return past_of(folder, snapshot.reading).changed_since(mark, history, check)
    time = time_of(mark)
    if time is None:
        raise BlueprintError(f"{mark} is no date, and a snapshot knows no tags.", "Give a date as YYYY-MM-DD.")
    return changed_since_time(history, time)


def attribution_at(snapshot: Snapshot, check: Check = _unchecked, report: Report = _unreported) -> "Attribution":
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


def library_index(folder: Path) -> "LibraryIndex | None":
    """The search in the Lean packages of a project, or None where there is no Lean project; reads nothing yet."""
    import platformdirs

    from blueprint_app.insight.tex_words import words_of_lean, words_of_name
    from blueprint_app.lean.library_index import LibraryIndex, LibraryWords
    from blueprint_app.lean.project import read_project as read_lean_project

    project = read_lean_project(folder)
    if project is None:
        return None
    cache = Path(platformdirs.user_cache_dir("blueprint-explorer", appauthor=False)) / "lean-libraries"
    return LibraryIndex(project, cache, LibraryWords(words_of_name, words_of_lean))


def vector_cache() -> "VectorCache":
    """The vectors that models made of texts, kept in the user's cache folder."""
    import platformdirs

    from blueprint_app.insight.vectors import VectorCache

    return VectorCache(Path(platformdirs.user_cache_dir("blueprint-explorer", appauthor=False)) / "vectors")


class SearchSide:
    """What a search in one project may ask beyond the words of its nodes. Calls block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def embedder(self) -> "Embedder":
        """Vectors of texts, by the model that the user set for them."""
        return embedder()

    def libraries(self) -> "LibraryIndex | None":
        """The search in the project's Lean packages as they are now; None where there is no Lean project."""
        return library_index(self.folder) if self.folder.is_dir() else None


@cache
def embedder() -> "Embedder":
    """Who fetches vectors for a search by meaning, as the user has set it up."""
    from blueprint_app.assistant.batch.ledger import DayBudget
    from blueprint_app.assistant.embedding import Embedder

    return Embedder(_model_client(), vector_cache(), day=DayBudget(_ledger()))


def assistant_for(folder: Path, executor: "Executor | None" = None) -> "Assistant":
    """The assistant of a project, asking real models as the user has set them up; `executor` judges.

    Of a snapshot file it knows the attempts, and can do nothing.
    """
    from blueprint_app.assistant.assistant import Assistant
    from blueprint_app.assistant.batch.ledger import DayBudget
    from blueprint_app.assistant.search_hits import SearchHits

    related = SearchHits(lambda: library_index(folder))
    store = _packed_attempts(folder) if is_snapshot_file(folder) else None
    day = DayBudget(_ledger())
    return Assistant(folder, _model_client(), related=related, day=day, executor=executor, store=store)


def batches_for(assistant: "Assistant") -> "Batches":
    """The runs over many nodes of an assistant's project."""
    from blueprint_app.assistant.batch.batches import Batches

    return Batches(assistant, _state_folder() / "runs", _ledger())


def refuse_packed(folder: Path) -> None:
    """Raise BlueprintError where this is a snapshot file: nothing behind it can be run or changed."""
    if is_snapshot_file(folder):
        raise BlueprintError(
            f"{folder.name} is a snapshot: it can only be read.", "Open the project's folder for that."
        )


@cache
def _model_client() -> "ModelClient":
    """The one client of this process; its connections are closed at the end."""
    from blueprint_app.assistant.endpoints.client import ModelClient

    client = ModelClient()
    atexit.register(client.close)
    return client


@cache
def _ledger() -> "Ledger":
    from blueprint_app.assistant.batch.ledger import Ledger

    return Ledger(_state_folder() / "spending.jsonl")


def _state_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_state_dir("blueprint-explorer", appauthor=False))
