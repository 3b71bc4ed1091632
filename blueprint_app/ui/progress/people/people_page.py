"""Who wrote what: people and models in a table each, with counts that say what they count."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.export.attribution_text import WHAT_COUNTS, WHAT_MODELS
from blueprint_app.insight.attribution.credits import NodeCredit, Share
from blueprint_app.insight.attribution.summaries import Attribution, Summary
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.look.flow_row import FlowRow
from blueprint_app.ui.look.page_parts import heading, note, scrolling
from blueprint_app.ui.look.table_look import in_two_lines, look_alike
from blueprint_app.ui.progress.chosen import Behind

_COLUMNS = ("Commits", "Co-authored", "Text lines", "Lean lines", "Nodes, text", "Nodes, Lean")
_PEOPLE, _MODELS = ("Person", *_COLUMNS), ("Model", "Author", "Co-author", "Assisted", *_COLUMNS[2:], "Accepted")
_HINTS = {
    "Commits": "Commits of the whole history as their author",
    "Co-authored": "Commits that name them as co-author",
    "Author": "Commits as their author",
    "Co-author": "Commits that name it as co-author",
    "Assisted": "Commits that name it in an Assisted-by line",
    "Text lines": "Lines of the blueprint of today from commits that name them, not blank",
    "Lean lines": "Lines of Lean of today from commits that name them, not blank",
    "Nodes, text": "Nodes with such lines in their text",
    "Nodes, Lean": "Nodes with such lines in their Lean",
    "Accepted": "Drafts of the model that a person put into the project, as the records of attempts tell",
}


class PeoplePage(QWidget):
    """`chosen` carries a `Behind`; `scheme_wanted` the id of a colour scheme; `statement_wanted` that of a paper."""

    chosen = Signal(object)
    scheme_wanted = Signal(str)
    statement_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Attribution | None = None
        self.head = note("")
        self.people, self.models = _table("People", _PEOPLE), _table("Models", _MODELS)
        self.people.cellActivated.connect(lambda row, _column: self._on_chosen(self.people, row))
        self.people.cellClicked.connect(lambda row, _column: self._on_chosen(self.people, row))
        self.models.cellActivated.connect(lambda row, _column: self._on_chosen(self.models, row))
        self.models.cellClicked.connect(lambda row, _column: self._on_chosen(self.models, row))
        self._models_heading, self.models_note = heading("Models"), note(WHAT_MODELS)
        buttons = FlowRow()
        for text, hint, signal in (
            ("Copy contribution statement", "A section in Markdown for a paper", self.statement_wanted.emit),
            ("Colour graph by contributor", "", lambda: self.scheme_wanted.emit("contributor")),
            ("Colour graph by last change", "", lambda: self.scheme_wanted.emit("recency")),
            ("Read again", "Read what was committed since", self.again_wanted.emit),
        ):
            button = QPushButton(text)
            button.setToolTip(hint)
            button.clicked.connect(lambda _checked=False, signal=signal: signal())
            buttons.addWidget(button)
        self.again = button
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addLayout(buttons)
        for part in (
            heading("People"), self.people, self._models_heading, self.models, self.models_note, note(WHAT_COUNTS),
        ):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))

    def show_attribution(self, found: Attribution) -> None:
        """Show who wrote what."""
        self._found = found
        _fill(self.people, [(each.name, _person(each)) for each in found.people])
        _fill(self.models, [(each.name, _model(each)) for each in found.models])
        for part in (self._models_heading, self.models, self.models_note):
            part.setVisible(bool(found.models))
        self.head.setText("\n".join([_whole(found), *(f"{each.message} {each.hint}" for each in found.remarks)]))

    def _on_chosen(self, table: QTableWidget, row: int) -> None:
        if self._found is None:
            return
        name = table.model().index(row, 0).data()
        is_model = table is self.models
        text = tuple(NodeId(each.node) for each in self._found.nodes if _has(name, each.text, is_model=is_model))
        lean = tuple(NodeId(each.node) for each in self._found.nodes if _has(name, each.lean, is_model=is_model))
        lists = [("Text", text), ("Lean", lean)]
        if is_model:
            lists.append(("Accepted drafts", _accepted(name, self._found.nodes)))
        title = f"{name}: nodes with lines from commits that name {'it' if is_model else 'them'}"
        first = next((number for number, (_, nodes) in enumerate(lists) if nodes), 0)
        self.chosen.emit(Behind(title, tuple(lists), first))


def _has(name: str, share: Share, *, is_model: bool) -> bool:
    return any(each.name == name for each in (share.models if is_model else share.people))


def _accepted(name: str, nodes: Sequence[NodeCredit]) -> tuple[NodeId, ...]:
    return tuple(NodeId(each.node) for each in nodes if any(part.model == name for part in each.recorded))


def _whole(found: Attribution) -> str:
    unknown = f" Of {found.unknown_lines:,} of them it is not known who wrote them." if found.unknown_lines else ""
    return (
        f"As of commit {found.commit[:10]}: {found.text_lines:,} lines of text, {found.lean_lines:,} lines of Lean."
        + unknown
    )


def _person(each: Summary) -> tuple[int, ...]:
    return (each.authored, each.co_authored, *_lines(each))


def _model(each: Summary) -> tuple[int, ...]:
    return (each.authored, each.co_authored, each.assisted, *_lines(each), each.recorded)


def _lines(each: Summary) -> tuple[int, ...]:
    return each.text_lines, each.lean_lines, each.text_nodes, each.lean_nodes


def _column(table: QTableWidget, column: int) -> list[str]:
    """The lines of a column's head."""
    return str(table.model().headerData(column, Qt.Orientation.Horizontal)).split("\n")


class _Counts(QStyledItemDelegate):
    """Writes counts as all of the window does: 16,246."""

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        return f"{value:,}" if isinstance(value, int) else super().displayText(value, locale)


def _fill(table: QTableWidget, rows: Sequence[tuple[str, tuple[int, ...]]]) -> None:
    table.setSortingEnabled(False)
    table.setRowCount(len(rows))
    for row, (name, counts) in enumerate(rows):
        first = QTableWidgetItem(name)
        first.setToolTip(name)
        table.setItem(row, 0, first)
        for column, count in enumerate(counts, 1):
            item = QTableWidgetItem()
            # A number, so that columns sort as such.
            item.setData(Qt.ItemDataRole.DisplayRole, count)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{name}: {count} {' '.join(_column(table, column)).lower().replace('- ', '-')}",
            )
            table.setItem(row, column, item)
    metrics = table.fontMetrics()
    for column in range(1, table.columnCount()):
        lines = [*_column(table, column), *(f"{row[1][column - 1]:,}" for row in rows)]
        table.setColumnWidth(column, max(metrics.horizontalAdvance(line) for line in lines) + 20)
    table.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
    header = table.horizontalHeader()
    table.setFixedHeight(header.sizeHint().height() + len(rows) * table.verticalHeader().defaultSectionSize() + 2)
    # The order that is given says nothing; another is a person's own choice.
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)


def _table(name: str, columns: Sequence[str]) -> QTableWidget:
    table = QTableWidget(0, len(columns))
    for column, title in enumerate(columns):
        item = QTableWidgetItem(in_two_lines(title))
        item.setToolTip(_HINTS.get(title, ""))
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        table.setHorizontalHeaderItem(column, item)
    table.setAccessibleName(name)
    look_alike(table)
    table.setItemDelegate(_Counts(table))
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = table.horizontalHeader()
    header.setMinimumSectionSize(40)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSortIndicatorClearable(True)
    return table
