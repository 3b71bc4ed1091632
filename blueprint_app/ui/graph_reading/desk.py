"""What people do to read a large graph: each deed changes the view state, and the bar tells what is shown."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from blueprint_app.insight.graph.emphasis import name_of
from blueprint_app.insight.graph.graph_view import EVERYTHING, Focus, Level, Narrowing, Shown
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.ui.graph_reading.bar import Chip, Step
from blueprint_app.ui.graph_reading.emphasising import Emphasising
from blueprint_app.ui.graph_reading.saving import SavedViews
from blueprint_app.ui.views.view import GRAPH

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_UP, _DOWN = 2, 1
"""How far a new focus reaches: what a node rests on is what one reads for its proof."""


class GraphReading(QObject):
    """The deeds of one window; `narrowing` is what holds for the graph that is shown."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._store = window.store
        self._known: tuple[DependencyGraph, frozenset[NodeId]] | None = None
        window.graph.keys = {
            "F": self.focus,
            "U": lambda: self.reach(up=1),
            "Shift+U": lambda: self.reach(up=-1),
            "D": lambda: self.reach(down=1),
            "Shift+D": lambda: self.reach(down=-1),
            "H": self.toggle_done,
            "C": lambda: self.toggle_boxes(Level.CHAPTER),
            "Shift+C": lambda: self.toggle_boxes(Level.SECTION),
            "Esc": self.step_out,
        }
        window.graph.box_activated.connect(self.open_box)
        window.graph.box_menu_requested.connect(self.show_box_menu)
        window.graph.node_joined.connect(self.show_paths_to)
        window.store.changed.connect(lambda _old, _new: self.show_bar())
        window.graph.canvas.scene_changed.connect(self.show_bar)
        self.emphasis = Emphasising(window)
        self.saved = SavedViews(window)
        self.emphasis.changed.connect(self.show_bar)
        window.session.closed.connect(self._on_closed)

    def _on_closed(self) -> None:
        self._known = None
        self._window.graph.bar.show_chips(())

    # State

    @property
    def graph(self) -> DependencyGraph | None:
        """The graph of which something is shown."""
        project, state = self._window.session.project, self._store.state
        return None if project is None else project.graph(state.graph, inferred=state.inferred)

    @property
    def narrowing(self) -> Narrowing:
        """What is chosen, without what is said of nodes that the graph does not have."""
        graph, chosen = self.graph, self._store.state.narrowing
        return chosen if graph is None or chosen == EVERYTHING else chosen.within(self._members(graph))

    def _members(self, graph: DependencyGraph) -> frozenset[NodeId]:
        """The nodes of the graph, looked up by every command at every turn: a large one is gone through once."""
        if self._known is None or self._known[0] is not graph:
            self._known = graph, frozenset(graph.nodes)
        return self._known[1]

    def can_focus(self) -> bool:
        """Whether a node is selected that the graph holds."""
        graph, node = self.graph, self._store.state.node
        return graph is not None and node is not None and node in self._members(graph)

    def has_focus(self) -> bool:
        """Whether the graph is shown around one node."""
        return self.narrowing.focus is not None

    def has_headings(self) -> bool:
        """Whether there are chapters or sections to be drawn as boxes."""
        project = self._window.session.project
        return project is not None and bool(project.snapshot.blueprint.headings)

    def hides_done(self) -> bool:
        """Whether what is done is left out."""
        return self.narrowing.hides_done

    def has_boxes(self, level: Level) -> bool:
        """Whether the headings of that level are drawn as boxes."""
        return self.narrowing.collapsed is level

    def is_narrowed(self) -> bool:
        """Whether not all of the graph is seen as it is."""
        return self.narrowing != EVERYTHING

    # Deeds

    def focus(self) -> None:
        """Show the selected node with what is near to it."""
        self._focus_on(_UP, _DOWN)

    def focus_foundation(self) -> None:
        """Show the selected node with all that it rests on."""
        self._focus_on(None, 0)

    def focus_impact(self) -> None:
        """Show the selected node with all that rests on it."""
        self._focus_on(0, None)

    def _focus_on(self, up: int | None, down: int | None) -> None:
        node = self._store.state.node
        if node is not None and self.can_focus():
            self._narrow(focus=Focus(node, up, down), path=None)

    def reach(self, up: int = 0, down: int = 0) -> None:
        """Let the focus reach so many steps further, or less far; without one the selected node gets it."""
        focus = self.narrowing.focus
        if focus is None:
            self.focus()
            return
        self._narrow(focus=replace(focus, up=_moved(focus.up, up), down=_moved(focus.down, down)))

    def toggle_done(self) -> None:
        """Leave out what is done, or no more."""
        self._narrow(hides_done=not self.narrowing.hides_done)

    def toggle_boxes(self, level: Level) -> None:
        """Draw each chapter (or section) as one box, or no more."""
        if self.has_headings():
            self._narrow(collapsed=None if self.has_boxes(level) else level, opened=frozenset())

    def open_box(self, box: str) -> None:
        """Show the nodes of a box."""
        self._narrow(opened=self.narrowing.opened | {NodeId(box)})

    def close_boxes(self) -> None:
        """Draw what was opened as boxes again."""
        self._narrow(opened=frozenset())

    def show_all(self) -> None:
        """The whole graph, node by node."""
        self._store.change(narrowing=EVERYTHING, viewport=None)

    def step_out(self) -> None:
        """Let nothing stand out any more; if nothing does, end the focus or the paths."""
        if self.emphasis.is_on():
            self.emphasis.end()
        elif self.narrowing.focus is not None or self.narrowing.path is not None:
            self.end_focus()

    def end_focus(self) -> None:
        """End the focus or the paths."""
        self._narrow(focus=None, path=None)

    def choose_path(self) -> None:
        """Ask to which node the ways from the selected one are to be shown."""
        if self.can_focus():
            self._window.quick_open.open("Paths to which node?")

    def on_node_chosen(self, node: str) -> None:
        """A node was chosen in the search box: the end of paths if that was asked for, else a node to look at."""
        if self._window.quick_open.purpose:
            self.show_paths_to(node)
        else:
            self._window.presenter.look_at(node)

    def show_paths_to(self, node: str) -> None:
        """Show all ways between the selected node and another; without a selection it is selected."""
        start = self._store.state.node
        if start is None:
            self._window.presenter.select_in_graph(node)
            self._window.graph.select(NodeId(node))
        elif start != node:
            self._narrow(path=(start, NodeId(node)), focus=None)

    def show_selected(self) -> None:
        """Take back what hides the selected node."""
        narrowing, node = self.narrowing, self._store.state.node
        if narrowing.focus is not None and node is not None:
            self._narrow(focus=replace(narrowing.focus, node=node), path=None)
        else:
            self._narrow(path=None, hides_done=False)

    def _narrow(self, **values: object) -> None:
        if self.graph is not None:
            # Another part of the graph has another layout: it is shown whole.
            narrowing = replace(self.narrowing, **values)  # type: ignore[arg-type]
            self._store.change(narrowing=narrowing, viewport=None, view=GRAPH)

    # What is shown

    def show_box_menu(self, box: str, place: QPoint) -> None:
        """What can be done with a box."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open it", lambda: self.open_box(box))
        level = self.narrowing.collapsed
        if level is not None:
            menu.addAction(f"Open every {level}", lambda: self.toggle_boxes(level))
        menu.popup(place)

    def show_bar(self) -> None:
        """Tell over the graph what is shown of it."""
        bar = self._window.graph.bar
        chips = (*self._chips(), *self.emphasis.chips()) if self.graph is not None else ()
        if [chip.parts_in_words for chip in chips] != [chip.parts_in_words for chip in bar.chips]:
            bar.show_chips(chips)

    def _chips(self) -> Iterator[Chip]:
        narrowing = self.narrowing
        if narrowing == EVERYTHING:
            return
        scene = self._window.graph.scene
        # What was shown before says nothing about what is being laid out now.
        shown = self._window.scenes.shown_of(narrowing) if scene is not None else None
        if narrowing.focus is not None:
            yield self._focus_chip(narrowing.focus)
        if narrowing.path is not None:
            yield self._path_chip(narrowing.path, shown)
        if narrowing.hides_done:
            yield Chip((_hidden(shown), Step("×", "Show what is done", self.toggle_done)), _DONE)
        if narrowing.collapsed is not None:
            yield from self._box_chips(narrowing, narrowing.collapsed)
        if shown is not None:
            yield from self._count_chips(shown)
        yield Chip((Step("Show all", "The whole graph, node by node", self.show_all),))

    def _focus_chip(self, focus: Focus) -> Chip:
        return Chip(
            (
                f"Focus: {self.name_of(focus.node)}",
                Step("−", "Fewer steps towards what it rests on (Shift+U)", lambda: self.reach(up=-1)),
                f"up {_depth(focus.up)}",
                Step("+", "More steps towards what it rests on (U)", lambda: self.reach(up=1)),
                Step("−", "Fewer steps towards what rests on it (Shift+D)", lambda: self.reach(down=-1)),
                f"down {_depth(focus.down)}",
                Step("+", "More steps towards what rests on it (D)", lambda: self.reach(down=1)),
                Step("×", "End the focus (Esc)", self.end_focus),
            ),
            "Up: steps along edges to what the node rests on. Down: to what rests on it.",
        )

    def _path_chip(self, path: tuple[NodeId, NodeId], shown: Shown | None) -> Chip:
        names = tuple(map(self.name_of, path))
        text = f"Paths: {names[0]} – {names[1]}"
        if shown is not None and shown.is_apart:
            text = f"Neither rests on the other: {names[0]}, {names[1]}"
        return Chip((text, Step("×", "End the paths (Esc)", self.end_focus)), "Every node on any way between the two.")

    def _box_chips(self, narrowing: Narrowing, level: Level) -> Iterator[Chip]:
        yield Chip(
            (f"{level.capitalize()}s as boxes", Step("×", "Show their nodes", lambda: self.toggle_boxes(level))),
            "A double click on a box shows its nodes.",
        )
        if narrowing.opened:
            words = f"{len(narrowing.opened)} opened"
            yield Chip((words, Step("×", "Draw them as boxes again", self.close_boxes)), "\n".join(narrowing.opened))

    def _count_chips(self, shown: Shown) -> Iterator[Chip]:
        if shown.nodes < shown.total:
            yield Chip((f"{shown.nodes:,} of {shown.total:,} nodes",))
        node, scene = self._store.state.node, self._window.graph.scene
        if node is not None and scene is not None and self.can_focus() and scene.standing_for(node) is None:
            yield Chip(("The selected node is not among them", Step("Show it", "Show it too", self.show_selected)))

    def name_of(self, node: NodeId) -> str:
        """How the bar calls a node: "Lemma 7.2 rho-cond"."""
        project = self._window.session.project
        assert project is not None
        return name_of(project.snapshot, node)


_DONE = (
    "Done: statement and proof are in Lean, as declared unless Lean's side shows otherwise, or in Mathlib. "
    "What is contradicted, not ready, or waits for a person's word on a model's text, is not."
)


def _moved(depth: int | None, by: int) -> int | None:
    """A depth, some steps more or less; from as far as it goes the way back begins at a depth that can be seen."""
    if depth is None:
        return None if by >= 0 else _UP
    return max(depth + by, 0)


def _depth(depth: int | None) -> str:
    return "all" if depth is None else str(depth)


def _hidden(shown: Shown | None) -> str:
    return "Done hidden" if shown is None else f"Done hidden: {shown.hidden_done:,}"
