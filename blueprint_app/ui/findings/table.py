"""The table of findings as it looks: two lines a row, as wide as its words, and as high as a few rows."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from blueprint_app.ui.findings.model import Column, FindingsModel
from blueprint_app.ui.findings.two_lines import TwoLines
from blueprint_app.ui.look.table_look import look_alike

_LONGEST_NODE, _SHORTEST_NODE = 22, 10
"""Letters of a label for which its column has room; a longer one is cut short and stands in the tooltip."""

_SHARE_OF_NODE = 0.35
"""What of the room for words a label may take in a narrow table: what was found matters more."""

_MARK = 44
"""Room for the mark of the first column and the arrow of its heading."""

_ROWS_SHOWN = 3


class FindingsTable(QTableView):
    """`entered_row` carries the row at which Enter was pressed. `widest` are the longest words of the first column."""

    entered_row = Signal(QModelIndex)

    def __init__(self, rows: FindingsModel, name: str, widest: str) -> None:
        super().__init__()
        self._columns, self._widest = rows.columns, widest
        self.setModel(rows)
        look_alike(self)
        self.setAccessibleName(name)
        header = self.horizontalHeader()
        message = self._columns.index(Column.MESSAGE)
        header.setSectionResizeMode(message, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegateForColumn(message, TwoLines(self))
        self.fit_columns()

    def fit_columns(self) -> None:
        """Rows and the columns of known content follow the size of the text."""
        metrics, letter = self.fontMetrics(), self.fontMetrics().averageCharWidth()
        self.verticalHeader().setDefaultSectionSize(2 * metrics.height() + 10)
        kind = metrics.horizontalAdvance(self._widest) + _MARK
        place = metrics.horizontalAdvance("fibonacci.tex:1234") + 16
        share = int((self.viewport().width() - kind - place) * _SHARE_OF_NODE)
        node = min(max(share, letter * _SHORTEST_NODE), letter * _LONGEST_NODE) + 16
        widths = {Column.KIND: kind, Column.NODE: node, Column.PLACE: place}
        for number, column in enumerate(self._columns):
            if column in widths:
                self.setColumnWidth(number, widths[column])

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit_columns()
        super().resizeEvent(event)

    @property
    def wanted_height(self) -> int:
        """As high as its rows, up to three: one warning need not take the room of ten."""
        rows = min(max(self.model().rowCount(), 1), _ROWS_SHOWN)
        return self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
