"""What the tour says, of which part of the window, and how that part is brought into sight."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.views.view import GRAPH

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Stop:
    """One card: its words, the part that it stands beside, and what shows that part."""

    title: str
    text: str
    part: QWidget
    show: Callable[[], object]


def stops_of(window: "MainWindow") -> tuple[Stop, ...]:
    """The cards, in their order."""

    def key(command: str) -> str:
        # As this system writes it, and as the menus have it.
        return window.commands[command].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    return (
        Stop(
            "The graph",
            "Every definition and theorem is a node; arrows lead from it to what uses it. Colour and mark tell how "
            "far it is; the legend names them. Click a node: what it rests on, and what rests on it, stands out.",
            window.graph,
            lambda: _show_graph(window),
        ),
        Stop(
            "The page of a node",
            "The statement and its proof, with the formulas set. Under Evidence stands what Lean shows, apart from "
            "what the author declared; “Why this colour?” explains the status in words.",
            window.page_dock,
            lambda: _show_page(window),
        ),
        Stop(
            "Next",
            "What can be stated or proved now, because all that it rests on is done; and which nodes hold back the "
            "most. A double click shows a row in the graph.",
            window.centre,
            lambda: window.store.change(view=window.next_view.name),
        ),
        Stop(
            "Progress",
            "How far each chapter and the whole project are: declared by the author, found in Lean’s text, and "
            "verified by Lean itself. History tells how it came there, from the project’s own commits.",
            window.centre,
            lambda: window.store.change(view=window.views[-1].name),
        ),
        Stop(
            "Drift and diagnostics",
            "Drift is where the blueprint and Lean contradict each other: declared done over a sorry, or a name that "
            "is not there. Diagnostics are mistakes in the text. An edit is shown as a diff before it is made.",
            window.diagnostics_dock,
            lambda: _show_drift(window),
        ),
        Stop(
            "Find anything",
            f"{key('go.search')} finds a node by its label, title, Lean name or words. {key('go.command')} finds a "
            f"command, {key('help.guide')} opens the guide. This tour stays in the Help menu.",
            window.view_bar.search,
            lambda: window.store.change(view=GRAPH),
        ),
    )


def telling_node(snapshot: Snapshot) -> NodeId | None:
    """A node whose page shows much: titled, with a proof and a Lean name; else any."""
    nodes = snapshot.blueprint.nodes
    rich = (node.id for node in nodes if node.proof is not None and node.statement.lean and node.title)
    return next(rich, nodes[0].id if nodes else None)


def _show_graph(window: "MainWindow") -> None:
    window.store.change(view=GRAPH)
    window.graph.hold_legend(is_open=True)


def _show_page(window: "MainWindow") -> None:
    window.store.change(view=GRAPH)
    window.page_dock.show()
    window.right.setCurrentWidget(window.page)
    project = window.session.project
    node = telling_node(project.snapshot) if project is not None and window.store.state.node is None else None
    if node is not None:
        window.presenter.go_to(node)


def _show_drift(window: "MainWindow") -> None:
    window.store.change(view=GRAPH)
    window.bottom.setCurrentWidget(window.drift)
    window.diagnostics_dock.show()
