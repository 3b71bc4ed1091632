"""The middle of the window: the start page, or the views of the open project with a tab for each."""

from collections.abc import Collection

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.theme import Theme
from blueprint_app.ui.views.view import GRAPH, ProjectView


class Centre(QWidget):
    """`view_chosen` carries the name of the view whose tab a person chose."""

    view_chosen = Signal(str)

    def __init__(self, start_page: QWidget, graph: QWidget, views: tuple[ProjectView, ...]) -> None:
        super().__init__()
        self._start_page, self._views = start_page, {view.name: view for view in views}
        self._pages: dict[str, QWidget] = {GRAPH: graph, **self._views}
        self._shown: tuple[OpenProject, Theme] | None = None
        self._node: NodeId | None = None
        self._matching: Collection[NodeId] | None = None
        self._outdated: set[str] = set()
        self.tabs = QTabBar()
        self.tabs.setDocumentMode(True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Views")
        self.tabs.addTab("Graph")
        self.tabs.setTabToolTip(0, "What rests on what")
        for view in views:
            self.tabs.setTabToolTip(self.tabs.addTab(view.title), view.hint)
        self._stack = QStackedWidget()
        for page in (start_page, *self._pages.values()):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(lambda row: self.view_chosen.emit(tuple(self._pages)[row]))
        self.show_start()

    def currentWidget(self) -> QWidget:
        """The page in front."""
        return next(page for page in (self._start_page, *self._pages.values()) if page is self._stack.currentWidget())

    def show_start(self) -> None:
        """Show how to open a project."""
        self.tabs.hide()
        self._stack.setCurrentWidget(self._start_page)
        self._shown = self._matching = None
        for view in self._views.values():
            view.forget()

    def show_view(self, name: str) -> None:
        """Bring a view to the front; the graph where there is none of that name."""
        name = name if name in self._pages else GRAPH
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(tuple(self._pages).index(name))
        self.tabs.setVisible(bool(self._views))
        self._stack.setCurrentWidget(self._pages[name])
        self._tell()

    def show_project(self, project: OpenProject, theme: Theme) -> None:
        """Let the views show this from now on, each as soon as it is in front."""
        self._shown = project, theme
        self._outdated = set(self._views)
        self._tell()

    def show_only(self, nodes: Collection[NodeId] | None) -> None:
        """Let the views show these nodes alone; None for no filter."""
        self._matching = nodes
        view = self._in_front()
        if view is not None:
            view.show_only(nodes)

    def select(self, node: NodeId | None) -> None:
        """Let the views show which node is selected."""
        self._node = node
        view = self._in_front()
        if view is not None:
            view.select(node)

    def _in_front(self) -> ProjectView | None:
        page = self._stack.currentWidget()
        return page if isinstance(page, ProjectView) else None

    def _tell(self) -> None:
        view = self._in_front()
        if view is None or self._shown is None:
            return
        if view.name in self._outdated:
            self._outdated.discard(view.name)
            view.show_project(*self._shown)
        view.show_only(self._matching)
        view.select(self._node)
