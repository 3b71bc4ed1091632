"""The view for those who lead a project: how far it is, how it came there, who wrote it, and the nodes behind it."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.export.history_text import history_as_text
from blueprint_app.export.titles import plain_heading, plain_title
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.jobs import Jobs
from blueprint_app.ui.look.icons import node_icon
from blueprint_app.ui.progress.chosen import Behind
from blueprint_app.ui.progress.node_list import NodeList
from blueprint_app.ui.progress.now.figures import Figures, figures_as_text, figures_of
from blueprint_app.ui.progress.now.now_page import NowPage
from blueprint_app.ui.progress.past.history_part import HistoryPart
from blueprint_app.ui.progress.people.offered import OfferedSchemes
from blueprint_app.ui.progress.people.people_part import PeoplePart
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.theme import Theme, headline_style

_SLOT = "progress"
_ROOMY = 640
"""From this width on the nodes are listed beside the page rather than below it."""


class ProgressPages(QWidget):
    """The pages at the left, and at the right the nodes behind what was chosen there.

    `node_selected` and `node_activated` carry a node's id.
    """

    node_selected = Signal(str)
    node_activated = Signal(str)

    def __init__(self, jobs: Jobs, settings: Settings, schemes: OfferedSchemes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._project: OpenProject | None = None
        self._theme: Theme | None = None
        self.now = NowPage()
        self.history = HistoryPart(jobs, settings)
        self.nodes = NodeList()
        self.people = PeoplePart(jobs, schemes)
        self.pages = QStackedWidget()
        self.hint = QLabel("Choose a number, a bar or a point in time to see the nodes behind it.")
        self.hint.setObjectName("foot")
        self.hint.setContentsMargins(12, 8, 12, 8)
        self.copy = QPushButton("Copy as text")
        self.copy.clicked.connect(self.copy_as_text)
        self._tabs = QButtonGroup(self)
        self._tabs.idClicked.connect(self.show_page)
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(12, 8, 16, 0)
        self._bar.setSpacing(4)
        self.empty = QLabel("This blueprint has no nodes.\nNodes are definition, lemma, theorem … environments.")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setObjectName("faint")
        # Before the pages come in: a widget is styled anew, with all that it holds, each time it gets a parent.
        self._lay_out()
        self._add_page(self.now, "Now", "How far the project is")
        self._add_page(self.history.page, "History", "How it came there")
        self._add_page(self.people.page, "People", "Who wrote what")
        self._bar.addStretch(1)
        self._bar.addWidget(self.copy)
        self.setFocusProxy(self.now)
        self.now.chosen.connect(self.show_behind)
        self.history.behind.connect(self.show_behind)
        self.people.behind.connect(self.show_behind)
        self.nodes.turned.connect(self.hint.setHidden)
        self.nodes.node_selected.connect(self.node_selected)
        self.nodes.node_activated.connect(self.node_activated)

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        left = QWidget(self.split)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.hint)
        self.split.addWidget(left)
        self.split.addWidget(self.nodes)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([720, 280])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.empty)
        whole.addWidget(self.split)

    def _add_page(self, page: QWidget, title: str, hint: str) -> None:
        number = self.pages.addWidget(page)
        button = QToolButton()
        button.setText(title)
        button.setToolTip(hint)
        button.setCheckable(True)
        button.setChecked(number == 0)
        self._tabs.addButton(button, number)
        self._bar.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= _ROOMY
        self.split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def show_page(self, number: int) -> None:
        """Bring a page to the front."""
        self.pages.setCurrentIndex(number)
        self._tabs.button(number).setChecked(True)
        self.nodes.forget()
        self._tell_pages()

    def show_project(self, project: OpenProject, theme: Theme) -> None:
        """Show another project, or another state of the same, or the same in other colours."""
        same = self._project is not None and self._project.path == project.path
        self._project, self._theme = project, theme
        if not same:
            self.nodes.forget()
        self._show_names(project, theme)
        has_nodes = bool(project.snapshot.blueprint.nodes)
        self.empty.setVisible(not has_nodes)
        self.split.setVisible(has_nodes)
        self.history.show_project(project, theme)
        self.people.show_project(project)
        self._tell_pages()
        if has_nodes:
            snapshot = project.snapshot
            self._jobs.start(_SLOT, lambda _context: figures_of(snapshot), self._on_figures)

    def forget(self) -> None:
        """Nothing is open any more."""
        self._jobs.cancel(_SLOT)
        self._project = None
        self.history.forget()
        self.people.forget()
        self.nodes.forget()

    def select(self, node: NodeId | None) -> None:
        """Show which node is selected everywhere."""
        self.nodes.select(node)

    def show_behind(self, behind: Behind) -> None:
        """List the nodes behind a number."""
        self.nodes.show_behind(behind)

    def copy_as_text(self) -> None:
        """Put what the page in front says on the clipboard."""
        QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """What the page in front says."""
        if self._project is None or self.now.figures is None:
            return ""
        if self._is_in_front(self.history.page) and self.history.history is not None:
            return history_as_text(self._title, self.history.history, datetime.now(UTC))
        if self._is_in_front(self.people.page) and self.people.attribution is not None:
            return self.people.as_text()
        return figures_as_text(self._title, self.now.figures)

    def _is_in_front(self, page: QWidget) -> bool:
        return self.pages.currentWidget() is page

    def _tell_pages(self) -> None:
        """Let the pages know which of them is in front: what takes long begins no sooner."""
        self.history.turn_to(in_front=self._is_in_front(self.history.page))
        self.people.turn_to(in_front=self._is_in_front(self.people.page))

    @property
    def _title(self) -> str:
        assert self._project is not None
        return plain_title(self._project.snapshot.blueprint.title) or self._project.path.name

    def _on_figures(self, figures: Figures) -> None:
        assert self._theme is not None
        self.now.show_figures(figures, self._theme)

    def _show_names(self, project: OpenProject, theme: Theme) -> None:
        snapshot, rows = project.snapshot, self.nodes.rows

        def mark(node: NodeId) -> QIcon:
            if node not in snapshot.nodes:
                return QIcon()
            return node_icon(headline_style(snapshot.headlines[node], theme), box=snapshot.status[node].shape == "box")

        rows.name_of = lambda node: plain_heading(snapshot.nodes[node]) if node in snapshot.nodes else node
        rows.words_of = lambda node: snapshot.headlines[node].value if node in snapshot.nodes else "no longer there"
        rows.mark_of = mark
        self.nodes.list.viewport().update()
