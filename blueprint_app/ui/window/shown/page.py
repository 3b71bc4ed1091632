"""Shows the page of the selected node, and puts off what is heavy until the graph stands: first page, then Lean."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow
    from blueprint_app.ui.window.shown.graph import ShownGraph

_LEAN_MS = 1500
"""So long after the graph stands the Lean side is looked at, if the first page does not stand before."""


class ShownPage(QObject):
    """The node page at the right; it shows nothing before the first graph stands or a node is chosen."""

    def __init__(self, window: "MainWindow", graph: "ShownGraph") -> None:
        super().__init__(window)
        self._window = window
        self._graph = graph
        self._has_page = False
        self._is_new = False
        self._lean_wait = QTimer(self, singleShot=True, interval=_LEAN_MS)
        self._lean_wait.timeout.connect(self._look_at_lean)
        window.page.reading.rendered.connect(self._look_at_lean)
        graph.stands.connect(self.on_graph_stands)

    def begin(self) -> None:
        """Look at Lean's side of another project, when its graph stands."""
        self._lean_wait.stop()
        self._is_new = True

    def end(self) -> None:
        """Look at nothing any more: the project was closed."""
        self._lean_wait.stop()
        self._is_new = False

    def show_chosen(self) -> None:
        """Show the page of a node that a person has chosen."""
        self._has_page = True
        self._show()

    def show_again(self) -> None:
        """Show the page anew, if there is one yet."""
        if self._has_page:
            self._show()

    def on_graph_stands(self) -> None:
        """The web engine is heavy to start: the first page comes once the graph stands."""
        if self._is_new and not self._lean_wait.isActive():
            self._lean_wait.start()
        if not self._has_page:
            self._has_page = True
            self._window.page.prepare(self._show)

    def _show(self) -> None:
        project = self._window.session.project
        if project is not None:
            state = self._window.store.state
            self._window.page.show_node(project.snapshot, state.node, project.inferred if state.inferred else None)

    def _look_at_lean(self) -> None:
        """The graph stands, and the first page if it came soon: now there is time for Lean's side."""
        if self._is_new and not self._graph.is_awaited and self._window.graph.scene is not None:
            self._is_new = False
            self._lean_wait.stop()
            self._window.lean.begin()
