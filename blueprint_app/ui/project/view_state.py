"""How a snapshot is looked at: a frozen value apart from it, with a trail to go back along."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from blueprint_app.insight.graph.emphasis import Emphasis
from blueprint_app.insight.graph.graph_view import EVERYTHING, Narrowing
from blueprint_app.model.blueprint import NodeId, Reading

WHOLE = "document"
"""The name of the graph of all nodes."""

_LONGEST_TRAIL = 500


@dataclass(frozen=True, slots=True)
class ViewState:
    """Everything about the view that Back, Forward and Undo bring back.

    `viewport` is the canvas's own value for the part of the graph that is seen; None shows all of it.
    """

    node: NodeId | None = None
    view: str = "graph"
    """The name of the view in front."""

    graph: str = WHOLE
    scheme: str = "leanblueprint"
    reading: Reading = Reading.LEANBLUEPRINT
    filter: str = ""
    viewport: object = None
    inferred: bool = False
    """Whether inferred edges are shown where the blueprint has none of its own."""

    narrowing: Narrowing = EVERYTHING
    """What of the graph is shown."""

    emphasis: Emphasis | None = None
    """What stands out in the graph from all else."""

    @property
    def position(self) -> tuple[NodeId | None, str, str, Narrowing]:
        """What Back and Forward step through: the node that is read, the graph, what is shown of it, and the view."""
        return self.node, self.graph, self.view, self.narrowing

    def renamed(self, names: Mapping[NodeId, NodeId]) -> "ViewState":
        """The same look at nodes that are called otherwise now; `names` gives newer ids by former ones."""
        node, emphasis = self.node, self.emphasis
        if node is not None:
            node = names.get(node, node)
        if emphasis is not None and emphasis.node is not None:
            emphasis = replace(emphasis, node=names.get(emphasis.node, emphasis.node))
        return replace(self, node=node, emphasis=emphasis, narrowing=self.narrowing.renamed(names))


class Trail:
    """View states with a present, a past and a future, like a browser's history."""

    def __init__(self, state: ViewState) -> None:
        self._states = [state]
        self._at = 0

    @property
    def present(self) -> ViewState:
        """The state that is shown."""
        return self._states[self._at]

    def copy(self) -> "Trail":
        """The same states, to be gone along apart from this."""
        made = Trail(self.present)
        made._states, made._at = list(self._states), self._at
        return made

    def renamed(self, names: Mapping[NodeId, NodeId]) -> "Trail":
        """The same way among nodes that are called otherwise now."""
        made = Trail(self.present)
        made._states, made._at = [state.renamed(names) for state in self._states], self._at
        return made

    def visit(self, state: ViewState, *, merge: bool = False) -> None:
        """Make `state` the present and forget the future; with `merge` it takes the present's place."""
        if merge:
            self._states[self._at] = state
            return
        self._states = [*self._states[: self._at + 1], state][-_LONGEST_TRAIL:]
        self._at = len(self._states) - 1

    def step(self, by: int, where: Callable[[ViewState, ViewState], bool] = lambda _now, _then: True) -> bool:
        """Go to the nearest state in direction `by` (-1, 1) for which `where(present, it)`; whether there is one."""
        at = self._find(by, where)
        if at is not None:
            self._at = at
        return at is not None

    def can_step(self, by: int, where: Callable[[ViewState, ViewState], bool] = lambda _now, _then: True) -> bool:
        """Whether `step` would find a state."""
        return self._find(by, where) is not None

    def _find(self, by: int, where: Callable[[ViewState, ViewState], bool]) -> int | None:
        at = self._at + by
        while 0 <= at < len(self._states):
            if where(self.present, self._states[at]):
                return at
            at += by
        return None


def _elsewhere(now: ViewState, then: ViewState) -> bool:
    return then.position != now.position


class ViewStore(QObject):
    """Holds the present view state; every view shows it and asks for changes here.

    `changed` carries the old and the new state. The viewport alone moves without a new step, and
    so does typing in the filter: only resting points are worth going back to.
    """

    changed = Signal(object, object)

    def __init__(self, state: ViewState | None = None) -> None:
        super().__init__()
        self._trail = Trail(state or ViewState())
        self._last_fields: set[str] = set()

    @property
    def state(self) -> ViewState:
        """The present state."""
        return self._trail.present

    def change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of ViewState
        """Show another node, view, graph, scheme, reading, filter, sort of edges, or more or less of the graph."""
        old = self.state
        new = replace(old, **values)
        if new == old:
            return
        altered = {each.name for each in fields(old) if getattr(old, each.name) != getattr(new, each.name)}
        merge = altered == {"viewport"} or (altered == {"filter"} and self._last_fields == {"filter"})
        self._trail.visit(new, merge=merge)
        if altered != {"viewport"}:
            self._last_fields = altered
        self.changed.emit(old, new)

    def reset(self, state: ViewState) -> None:
        """Begin a new trail, for another project."""
        old = self.state
        self._trail = Trail(state)
        self._last_fields = set()
        self.changed.emit(old, state)

    def rename(self, names: Mapping[NodeId, NodeId]) -> None:
        """Nodes are called otherwise now: what is shown of them is no other view, and Back finds them again."""
        if names:
            old = self.state
            self._trail = self._trail.renamed(names)
            if self.state != old:
                self.changed.emit(old, self.state)

    def way_back(self) -> Callable[[], None]:
        """What goes back to the state of now, and forgets whatever was looked at since."""
        kept, last = self._trail.copy(), self._last_fields

        def restore() -> None:
            old = self.state
            self._trail, self._last_fields = kept.copy(), last
            if self.state != old:
                self.changed.emit(old, self.state)

        return restore

    def back(self) -> None:
        """To the node, graph and view that were shown before; colours, filter and what else is set stay."""
        self._travel(-1)

    def forward(self) -> None:
        """To the node, graph and view that Back left."""
        self._travel(1)

    def undo(self) -> None:
        """Take back the last change of the view, whatever it was."""
        self._step(-1)

    def redo(self) -> None:
        """Make the change again that Undo took back."""
        self._step(1)

    @property
    def can_go(self) -> tuple[bool, bool, bool, bool]:
        """Whether back, forward, undo and redo have anywhere to go."""
        trail = self._trail
        return trail.can_step(-1, _elsewhere), trail.can_step(1, _elsewhere), trail.can_step(-1), trail.can_step(1)

    def _travel(self, by: int) -> None:
        old = self.state
        if self._trail.step(by, _elsewhere):
            # Where other edges are shown the graph has another layout, in which a viewport of before means nothing.
            viewport = self.state.viewport if self.state.inferred == old.inferred else None
            kept = {name: getattr(old, name) for name in ("scheme", "reading", "filter", "inferred", "emphasis")}
            self._trail.visit(replace(self.state, viewport=viewport, **kept), merge=True)
            self._tell(old)

    def _step(self, by: int) -> None:
        old = self.state
        if self._trail.step(by):
            self._tell(old)

    def _tell(self, old: ViewState) -> None:
        self._last_fields = set()
        self.changed.emit(old, self.state)
