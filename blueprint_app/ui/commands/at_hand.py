"""What a window has at hand: the conditions of its commands ask here."""

from typing import TYPE_CHECKING

from blueprint_app.ui.commands.conditions import SNAPSHOT

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class AtHand:
    """Tells what is open, shown and under way in one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def has_project(self) -> bool:
        """Whether a project is open."""
        return self._window.session.project is not None

    def no_folder(self) -> str:
        """Why there is no folder to work in, in a sentence; "" where there is one, or nothing is open."""
        project = self._window.session.project
        if project is None or not project.is_packed:
            return ""
        return SNAPSHOT

    def has_scene(self) -> bool:
        """Whether a graph is shown."""
        return self.has_project() and self._window.graph.scene is not None

    def has_node(self) -> bool:
        """Whether a node is selected."""
        return self.has_project() and self._window.store.state.node is not None

    def has_assistant(self) -> bool:
        """Whether a project is open that has an assistant."""
        return self.has_project() and self._window.assistant.is_there()

    def is_running(self, slot: str) -> bool:
        """Whether a job of that slot is under way."""
        return self._window.jobs.is_running(slot)

    def has_written_edges(self) -> bool:
        """Whether the open project's blueprint says itself what uses what."""
        project = self._window.session.project
        return project is not None and bool(project.snapshot.whole.edges)

    def can_infer(self) -> bool:
        """Whether the open project has no edges of its own and some can be inferred."""
        project = self._window.session.project
        return project is not None and project.inferred is not None

    def inferred_shown(self) -> bool:
        """Whether inferred edges are shown."""
        return self.can_infer() and self._window.store.state.inferred
