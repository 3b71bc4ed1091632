"""One project in one window: what is read of it, how it is looked at, and the jobs that keep both apart from the UI."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from blueprint_app.insight.drift import Drift, find_drift
from blueprint_app.insight.evidence_progress import EvidenceProgress, evidence_progress_of
from blueprint_app.insight.graph.inferred import Inferred, inferred_uses
from blueprint_app.insight.graph.use_graph import impact_sizes, use_graph
from blueprint_app.insight.progress import Progress, progress_of
from blueprint_app.insight.search.filtering import NodeFilter
from blueprint_app.insight.search.search import SearchIndex
from blueprint_app.insight.standing import standing_of
from blueprint_app.model.blueprint import NodeId, Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.outline.tree import OutlineTree, outline_of
from blueprint_app.ui.project.view_state import WHOLE, ViewState, ViewStore
from blueprint_app.ui.quiet_collector import quiet_collector

Opener = Callable[[Path, Reading, JobContext], Snapshot]
"""Reads the project at a path; calls the context's `report` and `check` on its way."""


_AT_A_GLANCE = 1000
"""Up to so many nodes the whole document is shown first; beyond, the first graph that the project makes itself."""


@dataclass(frozen=True)
class OpenProject:
    """A snapshot with the time that reading it took, in seconds, and what is derived from it when first asked."""

    snapshot: Snapshot
    path: Path
    seconds: float
    renamed: Mapping[NodeId, NodeId] = field(default_factory=dict)
    """The ids of nodes by those that they had in the state before."""

    @property
    def is_packed(self) -> bool:
        """Whether it is a snapshot file: nothing behind it can be followed, asked or changed."""
        return self.snapshot.blueprint.is_packed

    @cached_property
    def progress(self) -> Progress:
        """The numbers of the whole blueprint."""
        return progress_of(self.snapshot)

    @cached_property
    def evidence_progress(self) -> EvidenceProgress:
        """What Lean's side bears out of them."""
        return evidence_progress_of(self.snapshot)

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the blueprint, then what of the Lean side and of the records could not be looked at."""
        snapshot = self.snapshot
        return (*snapshot.diagnostics, *snapshot.evidence.remarks, *snapshot.provenance.remarks)

    @cached_property
    def drift(self) -> tuple[Drift, ...]:
        """Where the declared and the evidence contradict each other."""
        return find_drift(self.snapshot)

    def prepared(self) -> "OpenProject":
        """Itself, with what the first views ask for computed: call it in a job."""
        _ = self.progress, self.evidence_progress, self.snapshot.nodes, self.snapshot.used_by, self._inferred_graphs
        _ = self.diagnostics, self.drift
        # Lists, the ranking and what rests on a node all begin with these.
        _ = standing_of(self.snapshot), impact_sizes(use_graph(self.snapshot))
        return self

    def renewed(self, snapshot: Snapshot) -> "OpenProject":
        """The same project with a newer snapshot, prepared: call it in a job."""
        from blueprint_app.live.changes import counterparts

        renamed: dict[NodeId, NodeId] = {}
        if snapshot.blueprint is not self.snapshot.blueprint:
            both = counterparts(self.snapshot, snapshot).items()
            renamed = {was: node for node, was in both if was != node}
        new = replace(self, snapshot=snapshot, renamed=renamed).prepared()
        if snapshot.blueprint is self.snapshot.blueprint and "search_index" in self.__dict__:
            new.__dict__["search_index"] = self.search_index
        return new

    @cached_property
    def search_index(self) -> SearchIndex:
        """For Ctrl+P; takes 0.04 ms a node."""
        return SearchIndex(self.snapshot.blueprint.nodes)

    @cached_property
    def node_filter(self) -> NodeFilter:
        """For the filter box."""
        return NodeFilter(self.snapshot)

    @property
    def graphs(self) -> tuple[DependencyGraph, ...]:
        """The project's own graphs that have nodes, then the whole document."""
        own = tuple(graph for graph in self.snapshot.graphs if graph.name != WHOLE and graph.nodes)
        return (*own, self.snapshot.whole)

    @property
    def first_graph(self) -> DependencyGraph:
        """What is shown first: the whole document, where a person can still take it in at a glance."""
        return self.snapshot.whole if len(self.snapshot.blueprint.nodes) <= _AT_A_GLANCE else self.graphs[0]

    def graph(self, name: str, *, inferred: bool = False) -> DependencyGraph:
        """The graph called `name`, or the whole document where there is none; its edges `inferred` where none are."""
        graph = next((graph for graph in self.graphs if graph.name == name), self.snapshot.whole)
        return self._inferred_graphs.get(graph.name, graph) if inferred else graph

    @cached_property
    def inferred(self) -> Inferred | None:
        """What seems to rest on what, where the blueprint does not say so itself."""
        return inferred_uses(self.snapshot)

    @cached_property
    def _inferred_graphs(self) -> Mapping[str, DependencyGraph]:
        found = self.inferred
        return {} if found is None else {graph.name: found.within(graph) for graph in self.graphs}


@dataclass(frozen=True, slots=True)
class Filtered:
    """The outline under a filter, and the nodes that meet it (None: no filter)."""

    tree: OutlineTree
    matching: frozenset[NodeId] | None


class Session(QObject):
    """Opens projects and answers for the one that is open.

    `opened` carries the `OpenProject` that is shown from now on; `failed` the path and the
    `BlueprintError` of an opening that did not work (what was open stays open); `renewed` the former and the newer
    `OpenProject` where the project is the same and the view is to stay as it is; `filtered` a
    `Filtered`; `searchable` the `OpenProject` whose index is ready.
    """

    opening = Signal(object)
    closed = Signal()
    opened = Signal(object)
    failed = Signal(object, object)
    renewed = Signal(object, object)
    filtered = Signal(object)
    searchable = Signal(object)

    def __init__(self, opener: Opener, jobs: Jobs, store: ViewStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self.jobs = jobs
        self.store = store
        self.project: OpenProject | None = None
        self._indexed: OpenProject | None = None
        store.changed.connect(self._on_view_changed)

    def open(self, path: Path, reading: Reading | None = None) -> None:
        """Read the project at `path` off the UI thread; an opening that is under way is given up."""
        reading = reading or self.store.state.reading
        self.opening.emit(path)

        def work(context: JobContext) -> OpenProject:
            begun = time.perf_counter()
            with quiet_collector():
                snapshot = self._opener(path, reading, context)
            return OpenProject(snapshot, path, time.perf_counter() - begun).prepared()

        def failed(error: BlueprintError) -> None:
            self.failed.emit(path, error)

        self.jobs.start("open", work, self._on_read, failed, title=f"Reading {path.name or path}")

    def reload(self) -> None:
        """Read the open project again and keep the view."""
        if self.project is not None:
            self.open(self.project.path)

    def renew(self, project: OpenProject) -> None:
        """Show a newer state of the open project, as `OpenProject.renewed` made it; selection and view stay."""
        old, state = self.project, self.store.state
        if old is None or old.snapshot.blueprint.folder != project.snapshot.blueprint.folder:
            return
        self.project = project
        if project.snapshot.reading != state.reading:
            # The other reading was asked for while this one was on its way.
            self._derive(state.reading)
            return
        self.renewed.emit(old, project)
        state = self.store.state
        if state.node is not None and state.node not in project.snapshot.nodes:
            self.store.change(node=None)
        self._filter(state.filter)

    def close(self) -> None:
        """Forget the open project."""
        for slot in ("open", "filter", "search"):
            self.jobs.cancel(slot)
        self.project = None
        state = self.store.state
        self.store.reset(ViewState(scheme=state.scheme, reading=state.reading, inferred=state.inferred))
        self.closed.emit()

    def _on_read(self, project: OpenProject) -> None:
        old, self.project = self.project, project
        state = self.store.state
        if old is None or old.snapshot.blueprint.folder != project.snapshot.blueprint.folder:
            self.store.reset(
                ViewState(
                    graph=project.first_graph.name,
                    scheme=state.scheme,
                    reading=project.snapshot.reading,
                    inferred=state.inferred,
                )
            )
        elif state.node is not None and state.node not in project.snapshot.nodes:
            self.store.change(node=None)
        self.opened.emit(project)
        self._filter(self.store.state.filter)

    def _on_view_changed(self, old: ViewState, new: ViewState) -> None:
        if self.project is None:
            return
        if new.reading != self.project.snapshot.reading:
            self._derive(new.reading)
        elif old.filter != new.filter:
            self._filter(new.filter)

    def _derive(self, reading: Reading) -> None:
        """Take the blueprint that was read in another reading; its files need not be read again."""
        project = self.project
        assert project is not None

        def work(_context: JobContext) -> OpenProject:
            old = project.snapshot
            new = snapshot_of(old.blueprint, reading, old.evidence, old.provenance)
            return replace(project, snapshot=new).prepared()

        self.jobs.start("open", work, self._on_read, title="Deriving states")

    def _index(self, project: OpenProject) -> None:
        """Make Ctrl+P ready, once a project."""
        if self._indexed is project:
            return
        self._indexed = project
        self.jobs.start(
            "search", lambda _context: project.search_index, lambda _index: self.searchable.emit(project), is_long=True
        )

    def _filter(self, text: str) -> None:
        project = self.project
        assert project is not None

        def work(_context: JobContext) -> Filtered:
            matching = project.node_filter.matching(text)
            return Filtered(outline_of(project.snapshot, matching), matching)

        def done(filtered: Filtered) -> None:
            self.filtered.emit(filtered)
            # Not at the same time: each thread that computes makes every turn of the UI thread wait longer.
            if project is self.project:
                self._index(project)

        self.jobs.start("filter", work, done)
