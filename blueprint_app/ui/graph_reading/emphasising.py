"""Shows in the graph what rests on a node, the critical path to a goal, and the bottlenecks; computed in a job."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blueprint_app.insight.graph.emphasis import Emphasis, EmphasisKind, StandingOut, standing_out
from blueprint_app.ui.canvas.standing_out.badges import Emphasised
from blueprint_app.ui.graph_reading.bar import Chip, Step
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.project.view_state import ViewState
from blueprint_app.ui.views.view import GRAPH

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_JOB = "emphasis"


class Emphasising(QObject):
    """The deeds of one window; `changed` tells that the answer is there, or gone."""

    changed = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._store = window.store
        self.answer: StandingOut | None = None
        self._is_new = False
        window.store.changed.connect(self._on_view_changed)
        window.session.opened.connect(lambda _project: self._ask())
        window.session.renewed.connect(lambda _old, _new: self._ask())
        window.session.closed.connect(self._ask)

    # State

    def is_on(self) -> bool:
        """Whether anything stands out."""
        return self._store.state.emphasis is not None

    def shows(self, kind: EmphasisKind) -> bool:
        """Whether it is this that stands out."""
        emphasis = self._store.state.emphasis
        return emphasis is not None and emphasis.kind is kind

    # Deeds

    def toggle_impact(self) -> None:
        """Show what is in doubt if the selected node is wrong, or no more."""
        node = self._store.state.node
        emphasis = Emphasis(EmphasisKind.IMPACT, node)
        if node is not None and self._store.state.emphasis != emphasis:
            self._store.change(emphasis=emphasis, view=GRAPH)
        else:
            self.end()

    def toggle_critical_path(self) -> None:
        """Show the critical path to the selected node, or else to the goal with most left to do; or no more."""
        self._toggle(Emphasis(EmphasisKind.CRITICAL_PATH, self._store.state.node))

    def toggle_bottlenecks(self) -> None:
        """Show the nodes that hold back most, or no more."""
        self._toggle(Emphasis(EmphasisKind.BOTTLENECKS))

    def _toggle(self, emphasis: Emphasis) -> None:
        if self.shows(emphasis.kind):
            self.end()
        else:
            self._store.change(emphasis=emphasis, view=GRAPH)

    def next_goal(self) -> None:
        """The critical path to another goal theorem."""
        goals = self.answer.goals if self.answer is not None else ()
        if goals:
            chain = self.answer.chain if self.answer is not None else ()
            at = goals.index(chain[-1]) + 1 if chain and chain[-1] in goals else 0
            self._store.change(emphasis=Emphasis(EmphasisKind.CRITICAL_PATH, goals[at % len(goals)]))

    def end(self) -> None:
        """Nothing stands out any more."""
        self._store.change(emphasis=None)

    # What is shown

    def _on_view_changed(self, old: ViewState, new: ViewState) -> None:
        if new.emphasis != old.emphasis:
            self._is_new = new.emphasis is not None
            self._ask()

    def _ask(self) -> None:
        project, emphasis = self._window.session.project, self._store.state.emphasis
        if project is None or emphasis is None:
            self._window.jobs.cancel(_JOB)
            self._show(None)
            return

        def work(_context: JobContext) -> StandingOut:
            return standing_out(project.snapshot, emphasis)

        self._window.jobs.start(_JOB, work, self._show)

    def _show(self, answer: StandingOut | None) -> None:
        if answer == self.answer:
            return
        self.answer = answer
        # Where there is nothing to be seen the graph stays as it is, and the bar says why.
        shown = None if answer is None or not answer.nodes else answer
        emphasised = None if shown is None else Emphasised(shown.nodes, shown.badges, shown.chain)
        is_new, self._is_new = self._is_new, False
        self._window.graph.canvas.emphasise(emphasised, come_near=is_new)
        self.changed.emit()

    def chips(self) -> Iterator[Chip]:
        """What the bar says of it."""
        answer, scene = self.answer, self._window.graph.scene
        if answer is None or scene is None or not self.is_on():
            return
        more = (Step("›", "To the next goal theorem", self.next_goal),) if len(answer.goals) > 1 else ()
        yield Chip((answer.text, *more, Step("×", "Let nothing stand out any more", self.end)), answer.key)
        if answer.key:
            yield Chip((answer.key,))
        hidden = sum(scene.standing_for(node) is None for node in answer.nodes)
        if hidden:
            yield Chip((f"{hidden:,} of them not in what is shown",))
