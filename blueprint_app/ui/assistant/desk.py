"""The assistant's place in the window: nothing of it is loaded before a person turns to it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.assistant.side import AssistantOf, AssistantSide
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.window.notices import trouble

if TYPE_CHECKING:
    from blueprint_app.ui.assistant.assistance import Assistance
    from blueprint_app.ui.window.main_window import MainWindow

_START = "assistant-start"
_FIRST = ("explain", "mathematician")
"""What is composed where a person only turns to the tab."""


class AssistantDesk(QObject):
    """The tab, the commands of the menu, and the assistant of the project that is open."""

    def __init__(self, window: "MainWindow", assistant_of: AssistantOf | None) -> None:
        super().__init__(window)
        self._window, self._assistant_of = window, assistant_of
        self.assistance: Assistance | None = None
        self._side: AssistantSide | None = None
        self._wanted: list[Callable[[AssistantSide], object]] = []
        self._folder = ""
        self.tab = QWidget()
        self._place = QVBoxLayout(self.tab)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._waiting = QLabel("Starting the assistant…")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place.addWidget(self._waiting)
        if assistant_of is not None:
            window.page.has_assistant = True
            window.right.addTab(self.tab, "Assistant")
            window.right.currentChanged.connect(lambda _index: self._on_tab())
        window.store.changed.connect(lambda old, new: self._on_node() if old.node != new.node else None)
        window.session.opened.connect(lambda _project: self._on_project())
        window.session.renewed.connect(lambda _old, _new: self._on_renewed())
        window.session.closed.connect(self._forget)
        window.theme_changed.connect(lambda _theme: self._show_theme())

    # What can be done

    def is_busy(self) -> bool:
        """Whether a model is being asked or Lean judges for it."""
        return self.assistance is not None and self.assistance.is_busy

    def is_there(self) -> bool:
        """Whether there is an assistant at all."""
        return self._assistant_of is not None

    # Deeds

    def ask(self, task: str, audience: str) -> None:
        """Turn to the assistant and compose a question about the selected node."""
        node = self._window.store.state.node
        self._with_assistance(lambda assistance: self._begin(assistance, node, task, audience))

    def show_tab(self) -> None:
        """Bring the assistant to the front."""
        self._window.page_dock.show()
        self._window.right.setCurrentWidget(self.tab)

    def stop(self) -> None:
        """End what is under way."""
        if self.assistance is not None:
            self.assistance.stop()

    def settings_written(self) -> None:
        """The settings of models are others now."""
        if self._side is not None:
            self._side.reload_settings()
        if self.assistance is not None:
            self.assistance.look_again()

    # Loading

    def _begin(self, assistance: "Assistance", node: NodeId | None, task: str, audience: str) -> None:
        from blueprint_app.assistant.tasks import Audience, Task

        self.show_tab()
        assistance.begin(node, Task(task), Audience(audience))

    def with_side(self, then: "Callable[[AssistantSide], object]") -> None:
        """Call `then` with the one assistant of the open project, which is loaded in a job if it is not there yet."""
        project, assistant_of = self._window.session.project, self._assistant_of
        if project is None or assistant_of is None:
            return
        folder = project.snapshot.blueprint.folder
        if self._side is not None and self._folder == folder:
            then(self._side)
            return
        self._wanted.append(then)
        if self._window.jobs.is_running(_START):
            return

        def work(_context: JobContext) -> AssistantSide:
            import blueprint_app.ui.assistant.assistance  # noqa: F401

            return assistant_of(Path(folder))

        self._window.jobs.start(_START, work, lambda side: self._on_side(side, folder), self._on_failed)

    def _on_side(self, side: AssistantSide, folder: str) -> None:
        self._side, self._folder = side, folder
        wanted, self._wanted = self._wanted, []
        for then in wanted:
            then(side)

    def _on_failed(self, error: BlueprintError) -> None:
        self._wanted.clear()
        self._window.notices.show_notice(trouble(str(error), topic="assistant"))

    def _with_assistance(self, then: "Callable[[Assistance], None]") -> None:
        """Load the assistant of the open project if it is not there yet; its modules are imported off the UI thread."""
        if self.assistance is not None:
            then(self.assistance)
            return
        self.show_tab()
        self.with_side(lambda side: then(self._take_on(side)))

    def _take_on(self, side: AssistantSide) -> "Assistance":
        from blueprint_app.ui.assistant.assistance import Assistance
        from blueprint_app.ui.assistant.panel import AssistantPanel

        if self.assistance is not None:
            return self.assistance
        panel = AssistantPanel(use_web_engine=self._window.page.uses_web_engine)
        panel.reading.node_requested.connect(self._window.presenter.go_to)
        panel.reading.source_requested.connect(self._window.page.tell_source)
        panel.show_theme(self._window.theme)
        self._waiting.hide()
        self._place.addWidget(panel)
        self.tab.setFocusProxy(panel)
        self.assistance = Assistance(self._window, panel, side)
        return self.assistance

    # What happens elsewhere

    def _on_tab(self) -> None:
        if self._window.right.currentWidget() is self.tab and self.assistance is None:
            self.ask(*_FIRST)
        elif self._window.right.currentWidget() is self.tab:
            self._on_node()

    def _on_node(self) -> None:
        if self.assistance is not None and self._window.right.currentWidget() is self.tab:
            self.assistance.look_again()

    def _on_project(self) -> None:
        project = self._window.session.project
        if project is not None and project.snapshot.blueprint.folder != self._folder:
            self._forget()
        missing, index = self._window.deeds.at_hand.no_folder(), self._window.right.indexOf(self.tab)
        if index >= 0:
            self._window.right.setTabEnabled(index, not missing)
            self._window.right.setTabToolTip(index, missing)
            self._window.page.has_assistant = not missing

    def _on_renewed(self) -> None:
        if self.assistance is not None:
            self.assistance.look_again()

    def _forget(self) -> None:
        """The assistant of a project that is no longer open goes, with what it is doing."""
        self._window.jobs.cancel(_START)
        self._wanted.clear()
        self._side, self._folder = None, ""
        old, self.assistance = self.assistance, None
        if old is None:
            return
        old.stop()
        self._place.removeWidget(old.panel)
        self.tab.setFocusProxy(None)  # type: ignore[arg-type]
        old.panel.deleteLater()
        old.deleteLater()
        self._waiting.show()
        self._window.right.setCurrentWidget(self._window.page)

    def _show_theme(self) -> None:
        if self.assistance is not None:
            self.assistance.panel.show_theme(self._window.theme)
