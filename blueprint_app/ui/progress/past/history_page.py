"""What became of the blueprint over time: the chart, the pace, what changed since, and the way to a former state."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from blueprint_app.export.history_text import pace_as_lines
from blueprint_app.insight.history.burn_up import burn_up, step_for
from blueprint_app.insight.history.comparing import ChangedSince
from blueprint_app.insight.history.history import History
from blueprint_app.insight.history.pace import pace_of
from blueprint_app.ui.look.page_parts import heading, note, scrolling
from blueprint_app.ui.progress.past.burn_up_chart import BurnUpChart
from blueprint_app.ui.theme import Theme

_STEPS = 160
"""Of the chart: enough for each week of three years."""


class HistoryPage(QWidget):
    """`since_wanted` carries a date, a tag or a commit; `step_wanted` the number of a step whose events are wanted;
    `replay_wanted` that of one that is to be shown in the graph.
    """

    since_wanted = Signal(str)
    step_wanted = Signal(int)
    replay_wanted = Signal(int)
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = note("")
        self.chart = BurnUpChart()
        self.at = QLabel()
        self.at.setTextFormat(Qt.TextFormat.PlainText)
        self.replay = QPushButton("Show in the graph")
        self.replay.setToolTip("The graph in the colours of that day")
        self.pace = note("")
        self.since = QComboBox()
        self.since.setEditable(True)
        self.since.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.since.setAccessibleName("What changed since")
        self.since.setToolTip("A date as YYYY-MM-DD, a tag, or a commit")
        self.since.setMinimumContentsLength(24)
        self.compare = QPushButton("Show")
        self.compare.setToolTip("List what changed since then")
        self.changed = note("")
        self.again = QPushButton("Read again")
        self.again.setToolTip("Read what was committed since")
        self._lay_out()
        self.chart.step_chosen.connect(lambda _number: self._show_step())
        self.chart.step_entered.connect(self.step_wanted)
        self.replay.clicked.connect(lambda: self.replay_wanted.emit(self.chart.cursor_at))
        self.compare.clicked.connect(self._want_since)
        self.since.activated.connect(lambda _row: self._want_since())
        line = self.since.lineEdit()
        assert line is not None
        line.setPlaceholderText("A date, a tag or a commit")
        line.returnPressed.connect(self._want_since)
        self.again.clicked.connect(self.again_wanted)

    def _lay_out(self) -> None:
        top, cursor, since = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        cursor.addWidget(self.at, 1)
        cursor.addWidget(self.replay)
        since.addWidget(self.since)
        since.addWidget(self.compare)
        since.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.chart)
        column.addLayout(cursor)
        column.addWidget(heading("Pace"))
        column.addWidget(self.pace)
        column.addWidget(heading("What changed since"))
        column.addLayout(since)
        column.addWidget(self.changed)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))

    def show_history(self, history: History, theme: Theme, now: datetime) -> None:
        """Show a history that has points."""
        until = max(now, history.readable[-1].commit.time) if history.readable else now
        steps = burn_up(history, until, step_for(history, until, _STEPS))
        self.chart.show_steps(steps, theme)
        for part in (self.chart, self.at, self.replay, self.since, self.compare):
            part.setVisible(bool(steps))
        self.head.setText(head_of(history))
        self.pace.setText("\n".join(pace_as_lines(pace_of(history, now))))
        self.changed.setText("")
        if steps:
            self._show_step()

    def offer_since(self, last_visit: datetime | None, now: datetime, tags: Sequence[str]) -> None:
        """Offer what people ask for: their last visit, a week or a month ago, tags."""
        self.since.clear()
        if last_visit is not None:
            self.since.addItem(f"my last visit, {last_visit:%Y-%m-%d %H:%M} UTC", last_visit.isoformat())
        for words, days in (("a week ago", 7), ("a month ago", 30), ("a year ago", 365)):
            day = datetime.fromtimestamp(now.timestamp() - 86_400 * days, UTC)
            self.since.addItem(f"{words}, {day:%Y-%m-%d}", f"{day:%Y-%m-%d}")
        for tag in tags:
            self.since.addItem(tag, tag)

    def show_changed(self, changed: ChangedSince) -> None:
        """Say in a sentence what is different."""
        since, before, after = changed.since, changed.before, changed.after
        where = f"{since.time:%Y-%m-%d} ({since.id[:7]}, {since.subject})" if since.id else "before the blueprint began"
        if changed.is_empty:
            self.changed.setText(f"Since {where}: nothing that the blueprint says.")
            return
        self.changed.setText(
            f"Since {where}: {before.nodes} → {after.nodes} nodes, {before.stated} → {after.stated} statements, "
            f"{before.proved} of {before.to_prove} → {after.proved} of {after.to_prove} proofs declared."
        )

    def _want_since(self) -> None:
        text = self.since.currentText().strip()
        row = self.since.findText(text)
        mark = self.since.itemData(row) if row >= 0 else text
        if mark:
            self.since_wanted.emit(mark)

    def _show_step(self) -> None:
        self.at.setText(self.chart.words_at(self.chart.cursor_at))


def head_of(history: History) -> str:
    """How far the history reaches, whose word it is, and what a reader must know of it."""
    lines = []
    if history.points and history.head is not None:
        first, last = history.points[0].commit.time, history.head.time
        lines.append(
            f"{history.commits:,} commits on the main line, {history.changes:,} of them changed the blueprint, "
            f"{first:%Y-%m-%d} to {last:%Y-%m-%d}. As the author declared it each time; what Lean showed then is not "
            "known."
        )
    lines += [f"{each.message} {each.hint}".strip() for each in history.remarks]
    return "\n".join(lines)
