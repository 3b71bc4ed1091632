"""What all attempts teach: which obstacles recur, and which model closes what at which cost."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.records.insights import ModelRow, RecurringBlocker
from blueprint_app.ui.attempts.gathered import Gathered
from blueprint_app.ui.attempts.words import cost, short_when
from blueprint_app.ui.findings.model import HINT_ROLE
from blueprint_app.ui.findings.two_lines import TwoLines
from blueprint_app.ui.look.table_look import look_alike

_BLOCKERS = ("Obstacle", "Met")
_MODELS = ("Model", "Attempts", "Closed", "Tokens", "Cost")

Cell = tuple[str, str, str]
"""First line, second line, tooltip."""


class InsightsPage(QWidget):
    """`blocker_chosen` carries a `RecurringBlocker` whose attempts a person wants to see."""

    blocker_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blockers = _table("What recurs", _BLOCKERS)
        self.models = _table("Which model closes what", _MODELS)
        self._found: tuple[RecurringBlocker, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for title, table, share, none in (
            ("What recurs", self.blockers, 3, "No obstacle was met twice yet."),
            ("Which model closes what", self.models, 5, "No model was asked yet."),
        ):
            column = QVBoxLayout()
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            heading = QLabel(title)
            heading.setObjectName("heading")
            heading.setContentsMargins(8, 4, 8, 4)
            empty = QLabel(none)
            empty.setObjectName("faint")
            empty.setContentsMargins(8, 4, 8, 4)
            column.addWidget(heading)
            column.addWidget(empty)
            column.addWidget(table, 1)
            column.addStretch(0)
            row.addLayout(column, share)
            table.setProperty("empty", empty)
        self.blockers.activated.connect(lambda index: self.blocker_chosen.emit(self._found[index.row()]))
        self.blockers.clicked.connect(lambda index: self.blocker_chosen.emit(self._found[index.row()]))

    def show_insights(self, gathered: Gathered) -> None:
        """Show what follows from these attempts."""
        self._found = gathered.blockers
        _fill(self.blockers, [_blocker(each) for each in gathered.blockers])
        _fill(self.models, [_model(each) for each in gathered.models])


def _blocker(blocker: RecurringBlocker) -> tuple[Cell, ...]:
    about, nodes = blocker.about or blocker.kind, ", ".join(blocker.nodes)
    hint = f"{about}\n{nodes}\nA click shows these attempts."
    return (about, nodes, hint), (f"{blocker.count} times", short_when(blocker.last), hint)


def _model(row: ModelRow) -> tuple[Cell, ...]:
    spent = cost(row.cost) + (" +" if row.unpriced and row.cost is not None else "")
    unpriced = f"Of {row.unpriced} attempts the cost is not known. " if row.unpriced else ""
    each = f"{cost(row.cost_of_each)} each" if row.cost_of_each is not None else ""
    closed = f"Proofs that were verified: {', '.join(row.closed) or 'none'}\n"
    stated = f"Statements that Lean takes: {', '.join(row.stated) or 'none'}\n"
    taken = f"Put into the project: {', '.join(row.accepted) or 'nothing'}"
    seconds = f"{row.model_s:,.0f} s of the model, {row.lean_s:,.0f} s of Lean"
    return (
        (row.model or "not named", row.host, f"{row.model}\n{row.host}"),
        (f"{row.attempts}", f"{row.failed} failed", f"At {len(row.nodes)} nodes: {', '.join(row.nodes)}"),
        (f"{len(row.closed)} of {len(row.nodes)} proved", f"{len(row.stated)} stated", closed + stated + taken),
        (f"{row.tokens:,}", "", seconds),
        (spent or "not known", each, f"{unpriced}Each: what a proved node cost, failures included."),
    )


def _fill(table: QTableWidget, rows: Sequence[tuple[Cell, ...]]) -> None:
    table.setRowCount(len(rows))
    for number, row in enumerate(rows):
        for column, (text, second, hint) in enumerate(row):
            item = QTableWidgetItem(text)
            item.setData(HINT_ROLE, second)
            item.setToolTip(hint)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text} {second}".strip())
            table.setItem(number, column, item)
    table.setVisible(bool(rows))
    table.property("empty").setVisible(not rows)
    metrics = table.fontMetrics()
    table.verticalHeader().setDefaultSectionSize(2 * metrics.height() + 10)
    for column in range(1, table.columnCount()):
        texts = [text for row in rows for text in row[column][:2]]
        heading = table.horizontalHeaderItem(column)
        texts += [f"{heading.text()}mm"] if heading is not None else []
        table.setColumnWidth(column, max(metrics.horizontalAdvance(each) for each in texts) + 16)


def _table(name: str, columns: Sequence[str]) -> QTableWidget:
    table = QTableWidget(0, len(columns))
    table.setHorizontalHeaderLabels(list(columns))
    table.setAccessibleName(name)
    look_alike(table)
    header = table.horizontalHeader()
    header.setMinimumSectionSize(40)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.setItemDelegate(TwoLines(table))
    return table
