"""The view of what can be done next: the ranking with its reasons, the bottlenecks, and the critical paths."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from blueprint_app.insight.next.issues import age_in_words
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.look.icons import node_icon
from blueprint_app.ui.next.held_back import Bottlenecks, HeldBack, Paths, held_back_of
from blueprint_app.ui.next.ranking import Ranking
from blueprint_app.ui.next.ready_page import ReadyPage
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.theme import Theme, headline_style
from blueprint_app.ui.views.view import ProjectView

Ranker = Callable[[Snapshot, Callable[[], None]], Ranking]
"""Ranks all that can be done next; called in a job, its second argument stops it."""

_SLOT, _HELD_SLOT = "next", "next-held"
_PAGES = (
    ("Ready", "What can be stated or proved now"),
    ("Bottlenecks", "The nodes that hold back most"),
    ("Critical paths", "The longest chain of work below each goal theorem"),
)
READY, BOTTLENECKS, PATHS = range(len(_PAGES))


class NextView(ProjectView):
    """`claim_wanted` and `release_wanted` carry a node's id; `github_wanted` tells that GitHub is to be asked.

    `emphasis_wanted` carries the `Emphasis` that is to stand out in the graph.
    """

    name = "next"
    title = "Next"
    hint = "What can be stated or proved now, and what holds the project back"

    claim_wanted = Signal(str)
    release_wanted = Signal(str)
    github_wanted = Signal()
    emphasis_wanted = Signal(object)

    def __init__(self, jobs: Jobs, ranker: Ranker, settings: Settings) -> None:
        super().__init__()
        self._jobs, self._ranker = jobs, ranker
        self._project: OpenProject | None = None
        self._theme: Theme | None = None
        self._held: HeldBack | None = None
        self._node: NodeId | None = None
        self.ready, self.narrow, self.paths = ReadyPage(jobs, settings), Bottlenecks(jobs), Paths(jobs)
        self.pages = QStackedWidget()
        self.count = QLabel()
        self.count.setObjectName("faint")
        self.github = QToolButton()
        self.github.setText("Ask GitHub")
        self.github.clicked.connect(self.github_wanted)
        self.github.hide()
        self._tabs = QButtonGroup(self)
        self._tabs.idClicked.connect(self.show_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar())
        column.addWidget(self.pages, 1)
        pages: tuple[ReadyPage | Bottlenecks | Paths, ...] = (self.ready, self.narrow, self.paths)
        for page in pages:
            self.pages.addWidget(page)
            page.node_selected.connect(self.node_selected)
            page.node_activated.connect(self.node_activated)
            page.menu_requested.connect(self.menu_requested)
        for held_back in (self.narrow, self.paths):
            held_back.emphasis_wanted.connect(self.emphasis_wanted)
        self.ready.counted.connect(self._on_counted)
        self.ready.reasons.claim_wanted.connect(self.claim_wanted)
        self.ready.reasons.release_wanted.connect(self.release_wanted)
        self.setFocusProxy(self.ready.table)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 8, 12, 0)
        bar.setSpacing(4)
        for number, (title, hint) in enumerate(_PAGES):
            button = QToolButton()
            button.setText(title)
            button.setToolTip(hint)
            button.setCheckable(True)
            button.setChecked(number == READY)
            self._tabs.addButton(button, number)
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.github)
        bar.addSpacing(8)
        bar.addWidget(self.count, 0, Qt.AlignmentFlag.AlignVCenter)
        bar.addWidget(self.ready.columns_button)
        return bar

    def show_page(self, number: int) -> None:
        """Bring a page to the front; what it shows is worked out when it is looked at first."""
        self.pages.setCurrentIndex(number)
        self._tabs.button(number).setChecked(True)
        for widget in (self.count, self.ready.columns_button):
            widget.setVisible(number == READY)
        self.setFocusProxy(self._table)
        if number != READY and self._held is None and not self._jobs.is_running(_HELD_SLOT):
            self._look_for_held()
        self.select(self._node)

    @property
    def _table(self) -> QWidget:
        return (self.ready.table, self.narrow.table, self.paths.table)[self.pages.currentIndex()]

    def show_project(self, project: OpenProject, theme: Theme) -> None:
        self._project, self._theme, self._held = project, theme, None
        snapshot, ranker = project.snapshot, self._ranker
        self.ready.show_headings(snapshot)

        def work(context: JobContext) -> Ranking:
            return ranker(snapshot, context.check)

        self._jobs.start(_SLOT, work, self._on_ranked)
        if self.pages.currentIndex() != READY:
            self._look_for_held()

    def forget(self) -> None:
        for slot in (_SLOT, _HELD_SLOT):
            self._jobs.cancel(slot)
        self._project = self._held = self._node = None
        self.count.setText("")
        self.github.hide()
        for page in (self.ready, self.narrow, self.paths):
            page.forget()

    def select(self, node: NodeId | None) -> None:
        self._node = node
        match self.pages.currentIndex():
            case number if number == READY:
                self.ready.select(node)
            case number if number == BOTTLENECKS:
                self.narrow.table.select(node)
            case _:
                self.paths.select(node)

    def look_again(self) -> None:
        """Rank again: claims have changed, say."""
        if self._project is not None and self._theme is not None:
            self.show_project(self._project, self._theme)

    def _look_for_held(self) -> None:
        project = self._project
        if project is not None:
            snapshot = project.snapshot
            self._jobs.start(_HELD_SLOT, lambda _context: held_back_of(snapshot), self._on_held, is_long=True)

    def _on_ranked(self, ranking: Ranking) -> None:
        assert self._project is not None
        self.ready.show_ranking(ranking, self._mark, is_packed=self._project.is_packed)
        self._show_github(ranking)

    def _on_held(self, held: HeldBack) -> None:
        self._held = held
        self.narrow.show_held(held, self._mark)
        self.paths.show_held(held, self._mark)

    def _on_counted(self, shown: int, of: int) -> None:
        self.count.setText(f"{shown:,} of {of:,}" if of else "")
        self.count.setToolTip(f"{of:,} can be worked on; {shown:,} of them meet the filters")

    def _show_github(self, ranking: Ranking) -> None:
        """Offer to ask where that can be done; how old what is known is stands in the tooltip."""
        issues = ranking.issues
        self.github.setVisible(issues.can_be_asked and not self._project_is_packed)
        seen = f" Seen {age_in_words(issues.seen_at, datetime.now(UTC))}." if issues.seen_at is not None else ""
        self.github.setToolTip(f"Who works on the {len(issues.numbers)} issues of {issues.repository}.{seen}")

    @property
    def _project_is_packed(self) -> bool:
        return self._project is not None and self._project.is_packed

    def _mark(self, node: NodeId) -> QIcon:
        assert self._project is not None
        assert self._theme is not None
        snapshot = self._project.snapshot
        return node_icon(
            headline_style(snapshot.headlines[node], self._theme), box=snapshot.status[node].shape == "box"
        )
