"""The ranking of what is ready: filters above, the table, and below it the reasons for the chosen row."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from blueprint_app.insight.next.next_lemma import Offer
from blueprint_app.insight.next.offer_words import listed
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.jobs import Jobs
from blueprint_app.ui.next.filters import Filters
from blueprint_app.ui.next.ranking import Ranking, Shown, offer_columns, offer_in_words, shown_of
from blueprint_app.ui.next.reasons import Reasons
from blueprint_app.ui.node_table.column_menu import ColumnsButton
from blueprint_app.ui.node_table.rows import Order
from blueprint_app.ui.node_table.table import RowsTable
from blueprint_app.ui.settings.settings import Settings

_SLOT = "next-filter"

_LOW = 30
"""Lines of text that the page must be high before each reason has one of its own."""


class ReadyPage(QWidget):
    """`counted` carries how many offers are shown, and of how many."""

    node_selected = Signal(str)
    node_activated = Signal(str)
    menu_requested = Signal(str, QPoint)
    counted = Signal(int, int)

    def __init__(self, jobs: Jobs, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self.ranking: Ranking | None = None
        self._node: NodeId | None = None
        self._is_packed = False
        self.order = Order()
        self.filters, self.reasons = Filters(), Reasons()
        self.table = RowsTable("What can be done next")
        self.columns_button = ColumnsButton(self.table, settings, "next")
        self.empty = QLabel()
        self.empty.setObjectName("faint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.clear = QPushButton("Clear the filters")
        self.clear.clicked.connect(self.filters.clear)
        self.note = QLabel()
        self.note.setObjectName("remark")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self.filters.changed.connect(lambda _wanted: self._arrange())
        self.table.rows.sort_wanted.connect(self._on_sort)
        self.table.node_selected.connect(self.node_selected)
        self.table.node_activated.connect(self.node_activated)
        self.table.menu_requested.connect(self.menu_requested)
        self.table.row_changed.connect(self._on_row)
        self.forget()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.filters)
        head.addWidget(self.note)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        column.addWidget(self.empty, 1)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(0)
        column.addWidget(self.reasons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.reasons.make_low(self.height() < _LOW * self.fontMetrics().height())

    def show_headings(self, snapshot: Snapshot) -> None:
        """Offer the chapters of a project in the filter."""
        self.filters.show_headings(snapshot.blueprint.headings)

    def show_ranking(self, ranking: Ranking, mark_of: Callable[[NodeId], QIcon], *, is_packed: bool) -> None:
        """Show another ranking; filters and order stay."""
        self.ranking, self._is_packed = ranking, is_packed
        rows = self.table.rows
        rows.mark_of, rows.words_of = mark_of, lambda offer: offer_in_words(ranking, offer)
        remarks = [f"{each.place}: {each.message} {each.hint}".strip() for each in ranking.remarks]
        self.note.setText("\n".join(remarks[:3]) + (f"\nand {len(remarks) - 3} more" if len(remarks) > 3 else ""))
        self.note.setVisible(bool(remarks))
        self._arrange()

    def forget(self) -> None:
        """Nothing is open any more."""
        self._jobs.cancel(_SLOT)
        self.ranking = self._node = None
        self.table.rows.show_rows((), ())
        self.reasons.show_none()
        self._show_empty("Ranking…")
        for widget in (self.note, self.clear):
            widget.hide()

    def select(self, node: NodeId | None) -> None:
        """Show which node is selected everywhere."""
        self._node = node
        self.table.select(node)

    def _on_sort(self, order: Order) -> None:
        self.order = order
        self._arrange()

    def _arrange(self) -> None:
        ranking, wanted, order = self.ranking, self.filters.wanted, self.order
        if ranking is not None:
            self._jobs.start(_SLOT, lambda _context: shown_of(ranking, wanted, order), self._on_shown)

    def _on_shown(self, shown: Shown) -> None:
        ranking = self.ranking
        assert ranking is not None
        self.table.rows.show_rows(offer_columns(ranking), shown.offers)
        self._show_empty("" if shown.offers else _why_none(ranking, shown))
        self.clear.setVisible(not shown.offers and shown.of > 0)
        self.counted.emit(len(shown.offers), shown.of)
        self.table.select(self._node)

    def _show_empty(self, text: str) -> None:
        self.empty.setText(text)
        self.empty.setVisible(bool(text))
        self.table.setVisible(not text)
        self.reasons.setVisible(not text)

    def _on_row(self, offer: Offer | None) -> None:
        ranking = self.ranking
        if offer is not None and ranking is not None:
            self.reasons.show_offer(ranking, offer, is_packed=self._is_packed)
        elif ranking is not None and self._node in ranking.snapshot.nodes:
            self.reasons.show_none(f"{self._node} is not in this list. Choose a row to read why it stands there.")
        else:
            self.reasons.show_none()


def _why_none(ranking: Ranking, shown: Shown) -> str:
    """What to do where nothing is shown."""
    found, nodes = ranking.found, ranking.snapshot.nodes
    if shown.of:
        return f"None of {shown.of:,} meets the filters."
    if not nodes:
        return "This blueprint has no nodes.\nNodes are definition, lemma, theorem … environments."
    unfinished = len(nodes) - len(found.standing.stated & found.standing.proved)
    if unfinished:
        return f"{unfinished:,} nodes are not done, but none is ready.\nBottlenecks shows what holds them back."
    undeclared = listed(found.done_in_lean)
    flags = f"\nIn Lean, though the blueprint does not say so: {undeclared}." if undeclared else ""
    return f"Nothing is left to do: every node is declared done, or is in Lean.{flags}"
