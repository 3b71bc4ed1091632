"""A proposed split of a node: ghosts in the graph for as long as it is looked at, and the change that it would make."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blueprint_app.assistant.problem import Problem
from blueprint_app.assistant.proposals import Proposal, ghosts_of, proposal_from, split_change
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.jobs import JobContext

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_JOB = "assistant-split"


class Splitting(QObject):
    """The proposal that is looked at, if any. `fault` says why an answer held none that can be used."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.proposal: Proposal | None = None
        self.fault = ""
        self._snapshot: Snapshot | None = None
        window.session.opened.connect(lambda _project: self._on_project())
        window.session.renewed.connect(lambda _old, _new: self._on_project())

    def propose(self, answer: str, snapshot: Snapshot, node: NodeId, then: Callable[[], object]) -> None:
        """Read the proposal that an answer holds, show its ghosts, and call `then`."""
        self.dismiss()
        self.fault = ""

        def work(_context: JobContext) -> Proposal | Problem:
            return proposal_from(answer, snapshot, node)

        def done(found: Proposal | Problem) -> None:
            if isinstance(found, Problem):
                self.fault = str(found)
            else:
                self.proposal, self._snapshot = found, snapshot
                self._window.graph.show_ghosts(ghosts_of(snapshot, found))
            then()

        self._window.jobs.start(_JOB, work, done)

    def review(self) -> None:
        """Show what would be changed, and offer to apply it."""
        proposal, snapshot = self.proposal, self._snapshot
        if proposal is not None and snapshot is not None:
            count = len(proposal.nodes)
            reason = f"{count} new {'lemma' if count == 1 else 'lemmas'} before the node, which then rests on them."
            self._window.mending.review(lambda: split_change(snapshot, proposal), reason)

    def _on_project(self) -> None:
        """What was proposed may be there by now: then it is a ghost no more."""
        project = self._window.session.project
        if project is None or self.proposal is None:
            return
        if any(each.label in project.snapshot.blueprint.labels for each in self.proposal.nodes):
            self.dismiss()

    def dismiss(self) -> None:
        """The proposal is looked at no more; its ghosts go."""
        self._window.jobs.cancel(_JOB)
        self.proposal = self._snapshot = None
        self._window.graph.show_ghosts(None)
