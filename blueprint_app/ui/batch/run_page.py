"""A run as it goes, and how it ended: what is worked on, what it took, and which model closed what."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.batch.plan import Limits
from blueprint_app.assistant.batch.results import ModelRow
from blueprint_app.assistant.budget import Amount
from blueprint_app.ui.attempts.words import cost
from blueprint_app.ui.batch.fields import BudgetFields
from blueprint_app.ui.batch.rows_model import COST, MODEL, NODE, STATE, TOKENS, RowsModel
from blueprint_app.ui.look.table_look import look_alike
from blueprint_app.ui.theme import Theme
from blueprint_app.ui.window.status_strip import ThinBar

_RESULTS = ("Model", "Asked", "Verified", "Compiled", "Rounds", "Tokens", "Cost", "Each")


class RunPage(QWidget):
    """`node_chosen` carries a node; the others say what a person wants done with the run."""

    node_chosen = Signal(str)
    pause_wanted = Signal()
    stop_wanted = Signal()
    resume_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowsModel(self)
        self.table = _table(self.rows)
        self.heading, self.bar, self.money = QLabel(), ThinBar(), QLabel()
        self.trouble, self.out = QLabel(), QLabel()
        self.results = _results()
        # A run that came to the end of a budget goes on with a larger one.
        self.budgets = BudgetFields()
        self.pause, self.stop = QPushButton("Pause"), QPushButton("Stop")
        self.resume, self.new = QPushButton("Resume"), QPushButton("New run…")
        self._assemble()
        self.table.selectionModel().currentRowChanged.connect(lambda index, _old: self._on_row(index.row()))
        self.pause.clicked.connect(self.pause_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.resume.clicked.connect(self.resume_wanted)
        self.new.clicked.connect(self.new_wanted)

    def show_state(self, words: str, finished: int, total: int) -> None:
        """Say how far it is."""
        self.heading.setText(words)
        self.bar.show_fraction(finished / total if total else 0.0)

    def show_rows(self, rows: tuple[object, ...], theme: Theme) -> None:
        """Show the jobs; as long as nobody chose one, what is worked on stays in sight."""
        self.rows.show_rows(rows, theme)  # type: ignore[arg-type]
        running = self.rows.first_running
        if running >= 0 and not self.table.currentIndex().isValid():
            self.table.scrollTo(self.rows.index(running, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def show_money(self, spent: Amount, today: Amount, limits: Limits) -> None:
        """Say what was spent, and of how much."""
        run = _of(spent, limits.run_tokens, limits.run_cost)
        self.money.setText(f"This run: {run}   ·   Today: {_of(today, limits.day_tokens, limits.day_cost)}")

    def show_out(self, out: Mapping[str, str]) -> None:
        """Say which models were taken out."""
        lines = [f"{model} was taken out of the run: {reason}" for model, reason in out.items()]
        self.out.setText("\n".join(lines))
        self.out.setVisible(bool(lines))

    def show_running(self, *, is_paused: bool) -> None:
        """Offer what can be done with a run that goes on."""
        self.pause.setText("Go on" if is_paused else "Pause")
        for widget, shown in ((self.pause, True), (self.stop, True), (self.resume, False), (self.new, False)):
            widget.setVisible(shown)
        self.stop.setEnabled(True)
        for part in (self.trouble, self.results, self.budgets):
            part.hide()

    def show_stopping(self) -> None:
        """Stop takes effect at once; the last threads need a moment."""
        self.pause.hide()
        self.stop.setEnabled(False)

    def show_ended(self, table: tuple[ModelRow, ...], reason: str, limits: Limits, *, can_resume: bool) -> None:
        """Show who closed what, and why the run ended before all was done, if it did; `limits` are for the next."""
        self.budgets.show_limits(limits)
        self.budgets.setVisible(can_resume)
        for widget, shown in ((self.pause, False), (self.stop, False), (self.resume, can_resume), (self.new, True)):
            widget.setVisible(shown)
        self.trouble.setText(reason)
        self.trouble.setVisible(bool(reason))
        _fill(self.results, table)
        self.results.show()

    def _on_row(self, row: int) -> None:
        if 0 <= row < self.rows.rowCount():
            job = self.rows.row(self.rows.index(row, 0)).job
            if job.canary is None:
                self.node_chosen.emit(job.node)

    def _assemble(self) -> None:
        self.heading.setObjectName("heading")
        self.trouble.setObjectName("trouble")
        self.money.setObjectName("faint")
        self.out.setObjectName("remark")
        for label in (self.trouble, self.out, self.money):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.setMinimumWidth(160)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.heading, 1)
        head.addWidget(self.bar)
        above = QVBoxLayout()
        above.setContentsMargins(16, 12, 16, 8)
        above.setSpacing(6)
        above.addLayout(head)
        for widget in (self.money, self.trouble, self.out):
            above.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.budgets, 1)
        foot.addStretch(1)
        for button in (self.new, self.pause, self.resume, self.stop):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.results)
        column.addWidget(self.table, 1)
        column.addLayout(foot)


def _of(amount: Amount, tokens: int | None, money: float | None) -> str:
    """An amount with its limits: ``12,340 of 100,000 tokens, $0.12 of $1``."""
    words = f"{amount.tokens:,}" + (f" of {tokens:,}" if tokens is not None else "") + " tokens"
    if amount.cost or money is not None:
        words += f", {cost(amount.cost or 0.0)}" + (f" of {cost(money)}" if money is not None else "")
    return words


def _table(rows: RowsModel) -> QTableView:
    table = QTableView()
    table.setModel(rows)
    table.setAccessibleName("Tasks of the run")
    _look_alike(table)
    metrics, header = table.fontMetrics(), table.horizontalHeader()
    table.setColumnWidth(NODE, metrics.averageCharWidth() * 30)
    table.setColumnWidth(MODEL, metrics.averageCharWidth() * 24)
    table.setColumnWidth(TOKENS, metrics.horizontalAdvance("9,999,999") + 16)
    table.setColumnWidth(COST, metrics.horizontalAdvance("$0.00999") + 24)
    header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Stretch)
    return table


def _results() -> QTableWidget:
    table = QTableWidget(0, len(_RESULTS))
    table.setHorizontalHeaderLabels(list(_RESULTS))
    for column in range(1, len(_RESULTS)):
        heading = table.horizontalHeaderItem(column)
        if heading is not None:
            heading.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    table.setAccessibleName("Who closed what")
    _look_alike(table)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.hide()
    return table


def _look_alike(table: QTableView) -> None:
    look_alike(table)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 10)


def _fill(table: QTableWidget, rows: tuple[ModelRow, ...]) -> None:
    table.setRowCount(len(rows))
    for number, row in enumerate(rows):
        each = cost(row.cost_of_one) if row.cost_of_one is not None else "–"
        texts = (
            row.model, f"{row.asked}", f"{row.verified}", f"{row.compiled}", f"{row.rounds}", f"{row.amount.tokens:,}",
            cost(row.amount.cost or None) or "–", each,
        )  # fmt: skip
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(number, column, item)
    for column in range(1, len(_RESULTS)):
        table.resizeColumnToContents(column)
        table.setColumnWidth(column, table.columnWidth(column) + 16)
    height = table.horizontalHeader().sizeHint().height() + len(rows) * table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(min(height, 200) + 4)
