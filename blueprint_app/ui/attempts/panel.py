"""The tab of attempts: a table with a filter and the attempt that is chosen, and a page of what they teach."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.records.insights import RecurringBlocker, total_cost
from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.ui.attempts import words
from blueprint_app.ui.attempts.detail import AttemptDetail
from blueprint_app.ui.attempts.gathered import NOTHING, Gathered
from blueprint_app.ui.attempts.insights_page import InsightsPage
from blueprint_app.ui.attempts.model import AttemptsModel, Wanted
from blueprint_app.ui.attempts.table import AttemptsTable
from blueprint_app.ui.theme import LIGHT, Theme

_NONE_AT_ALL = (
    "Nothing was tried yet.\nSelect a node and choose a task under Assistant, or draft many at once. "
    "Every try is kept here and in blueprint/attempts, failed ones too."
)


class AttemptsPanel(QWidget):
    """`attempt_shown` carries the `AttemptRecord` that is to be read now (None: none), `attempt_chosen` one that a
    person turned to in the table, `batch_wanted` says that many be drafted.
    """

    attempt_shown = Signal(object)
    attempt_chosen = Signal(object)
    batch_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, use_web_engine: bool = True) -> None:
        super().__init__(parent)
        self._gathered, self._theme = NOTHING, LIGHT
        self._labels: frozenset[str] = frozenset()
        self.rows = AttemptsModel(self)
        self.table = AttemptsTable(self.rows)
        self.detail = AttemptDetail(use_web_engine=use_web_engine)
        self.insights = InsightsPage()
        self.filter_box = QLineEdit()
        self.views = _switch("Attempts", "Insights")
        self.scopes = _switch("All nodes", "This node")
        self.summary = QLabel()
        self.empty, self.offer = QLabel(), QPushButton()
        self.pages = QStackedWidget()
        self._assemble()
        self.filter_box.textChanged.connect(lambda _text: self._arrange())
        self.scopes.idClicked.connect(lambda _id: self._arrange())
        self.views.idClicked.connect(lambda _id: self._show_page())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.insights.blocker_chosen.connect(self.show_blocker)
        self.offer.clicked.connect(self._on_offer)

    def show_attempts(self, gathered: Gathered, theme: Theme) -> None:
        """Show the attempts of a project; the one that was current stays so if it is still there."""
        self._gathered, self._theme = gathered, theme
        current = self.current
        self.insights.show_insights(gathered)
        self.rows.show_attempts(gathered.records, theme)
        self._arrange(current)

    def show_node(self, labels: Sequence[str]) -> None:
        """The node with these labels is selected: show its attempts, or the newest of them among all."""
        self._labels = frozenset(labels)
        if self.is_of_node:
            self._arrange()
        elif self._labels and (self.current is None or self.current.node not in self._labels):
            self._choose(lambda record: record.node in self._labels)

    def show_blocker(self, blocker: RecurringBlocker) -> None:
        """Show the attempts that met an obstacle, at whichever node."""
        self.views.button(0).setChecked(True)
        self.scopes.button(0).setChecked(True)
        self.filter_box.setText(blocker.about or blocker.kind)
        self.filter_box.setFocus()
        self._arrange()

    def choose(self, attempt: str) -> None:
        """Turn to the attempt of this id."""
        self.views.button(0).setChecked(True)
        self.filter_box.clear()
        self._arrange()
        self._choose(lambda record: record.id == attempt)

    @property
    def current(self) -> AttemptRecord | None:
        """The attempt that is chosen."""
        index = self.table.currentIndex()
        return self.rows.record(index) if index.isValid() and index.row() < self.rows.rowCount() else None

    @property
    def is_of_node(self) -> bool:
        """Whether only the selected node's attempts are shown."""
        return self.scopes.checkedId() == 1

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.table.fit_columns()
        super().changeEvent(event)

    # What is shown

    def _arrange(self, kept: AttemptRecord | None = None) -> None:
        """Filter anew; what was current stays so, else the newest is."""
        kept = kept or self.current
        labels = self._labels
        self.table.selectionModel().blockSignals(True)
        self.rows.show_only(self.filter_box.text(), lambda record: not self.is_of_node or record.node in labels)
        row = self.rows.row_of(lambda record: kept is not None and record.id == kept.id)
        self.table.setCurrentIndex(self.rows.index(max(row, 0), 0))
        self.table.selectionModel().blockSignals(False)
        self.table.viewport().update()
        self._show_summary()
        self._show_page()
        self.attempt_shown.emit(self.current)

    def _choose(self, wanted: Wanted) -> None:
        """Turn to the first row that is wanted, without telling anyone that a person did."""
        row = self.rows.row_of(wanted)
        if row >= 0:
            self.table.selectionModel().blockSignals(True)
            self.table.setCurrentIndex(self.rows.index(row, 0))
            self.table.selectionModel().blockSignals(False)
            self.table.viewport().update()
            self.attempt_shown.emit(self.current)

    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.attempt_shown.emit(self.rows.record(current))
            self.attempt_chosen.emit(self.rows.record(current))

    def _show_summary(self) -> None:
        shown = self.rows.shown
        count = f"{len(shown)} attempt{'' if len(shown) == 1 else 's'}"
        known, unpriced = total_cost(shown)
        parts = [count, words.short_tokens(shown), words.cost(known)]
        text = "  ·  ".join(part for part in parts if part)
        missing = f" ({unpriced} without a price)" if unpriced and known else ""
        self.summary.setText(text if shown else "")
        self.summary.setToolTip(text + missing)

    def _show_page(self) -> None:
        is_list = self.views.checkedId() == 0
        for widget in (*self.scopes.buttons(), self.filter_box, self.summary):
            widget.setVisible(is_list and bool(self._gathered.records))
        if not is_list:
            self.pages.setCurrentWidget(self.insights)
        elif self.rows.rowCount():
            self.pages.setCurrentIndex(0)
        else:
            self._show_empty()

    def _show_empty(self) -> None:
        self.pages.setCurrentIndex(1)
        if not self._gathered.records:
            text, offer = _NONE_AT_ALL, "Draft many…"
        elif self.filter_box.text():
            text, offer = "No attempt meets the filter.", "Clear the filter"
        elif not self._labels:
            text, offer = "Select a node to see what was tried there.", "Show all nodes"
        else:
            text, offer = "Nothing was tried at this node yet.", "Show all nodes"
        self.empty.setText(text)
        self.offer.setText(offer)

    def _on_offer(self) -> None:
        if not self._gathered.records:
            self.batch_wanted.emit()
        elif self.filter_box.text():
            self.filter_box.clear()
        else:
            self.scopes.button(0).setChecked(True)
            self._arrange()

    # Building

    def _assemble(self) -> None:
        self.filter_box.setPlaceholderText("Filter attempts")
        self.filter_box.setAccessibleName("Filter attempts")
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setMinimumWidth(140)
        self.filter_box.setMaximumWidth(220)
        self.summary.setObjectName("faint")
        self.summary.setMinimumWidth(40)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(4)
        for button in self.views.buttons():
            bar.addWidget(button)
        bar.addSpacing(12)
        for button in self.scopes.buttons():
            bar.addWidget(button)
        bar.addSpacing(8)
        bar.addWidget(self.summary, 20)
        bar.addStretch(1)
        bar.addWidget(self.filter_box, 10)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([540, 460])
        self.pages.addWidget(split)
        self.pages.addWidget(self._empty_page())
        self.pages.addWidget(self.insights)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.pages, 1)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 8, 24, 8)
        column.addStretch(1)
        column.addWidget(self.empty)
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        return page


def _switch(*titles: str) -> QButtonGroup:
    """Buttons of which one is pressed; the first at the start."""
    group = QButtonGroup()
    for number, title in enumerate(titles):
        button = QToolButton()
        button.setText(title)
        button.setCheckable(True)
        button.setChecked(not number)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        group.addButton(button, number)
    return group
