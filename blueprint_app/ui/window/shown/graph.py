"""Shows the graph that the view state asks for, and says a word where it does not come soon."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.canvas.scene import Scene
from blueprint_app.ui.project.scenes import Wish
from blueprint_app.ui.views.view import GRAPH
from blueprint_app.ui.window.notices import Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_SOON_MS = 300


class ShownGraph(QObject):
    """The graph in the middle; `stands` tells that there is no more to paint, or that nobody waits for it."""

    stands = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._matching: frozenset[NodeId] | None = None
        # A graph that comes soon takes the place of what is shown; for another a word is said.
        self._wait = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._wait.timeout.connect(self._on_waiting)
        window.schemes.repainted.connect(self.show)
        window.scenes.ready.connect(self._on_scene)
        window.scenes.failed.connect(self._on_scene_failed)
        window.graph.canvas.settled.connect(self.stands)

    @property
    def is_awaited(self) -> bool:
        """Whether the graph of a project that has just been opened is still to come."""
        return self._wait.isActive()

    def begin(self) -> None:
        """Wait for the graph of another project."""
        self._window.scenes.forget()
        self._wait.start()

    def end(self) -> None:
        """Wait no longer: the project was closed."""
        self._wait.stop()
        self._window.scenes.forget()

    def show(self) -> None:
        """Ask for the graph of the present view state."""
        window, project = self._window, self._window.session.project
        if project is not None:
            state = window.store.state
            graph = project.graph(state.graph, inferred=state.inferred)
            narrowing = window.reading.narrowing
            window.scenes.show(Wish(project, graph, window.schemes.shown(state.scheme), window.theme, narrowing))

    def dim_except(self, matching: frozenset[NodeId] | None) -> None:
        """Let all nodes but these step back, in this graph and in those that follow; None for no filter."""
        self._matching = matching
        self._window.graph.dim_except(matching)

    def _on_waiting(self) -> None:
        window, project = self._window, self._window.session.project
        if project is not None:
            count = len(project.graph(window.store.state.graph).nodes)
            window.graph.show_waiting(f"Laying out {count} nodes…\nThe outline can be used meanwhile.", window.theme)
            window.centre.show_view(window.store.state.view)

    def _on_scene(self, scene: Scene) -> None:
        window = self._window
        self._wait.stop()
        state = window.store.state
        window.centre.show_view(state.view)
        window.graph.show_scene(scene, state.viewport)
        window.graph.select(state.node)
        window.graph.dim_except(self._matching)
        window.commands.refresh()
        if not scene.ids or state.view != GRAPH:
            self.stands.emit()

    def _on_scene_failed(self, error: BlueprintError) -> None:
        window = self._window
        self._wait.stop()
        window.graph.show_waiting("The graph could not be laid out.\nThe outline can be used.", window.theme)
        window.centre.show_view(window.store.state.view)
        window.notices.show_notice(trouble(str(error), (Offer("Try again", self.show),), topic="scene"))
