"""The table of nodes as it looks: dense, one line a row, and with fewer columns where there is little room."""

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.node_table.rows import RowsModel
from blueprint_app.ui.table_look import look_alike

_PADDING = 28
_MARK, _ARROW = 20, 12
_LEAST = 28
"""Letters of a node's name for which there is room before columns go."""


class RowsTable(QTableView):
    """`node_selected` and `node_activated` carry a node's id, `row_changed` the row that is current (None: none)."""

    node_selected = Signal(str)
    node_activated = Signal(str)
    row_changed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = RowsModel()
        self.setModel(self.rows)
        self.setAccessibleName(name)
        look_alike(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(lambda index, _old: self._on_current(index))
        self.doubleClicked.connect(self._activate)
        self.rows.modelReset.connect(self.fit_columns)

    def select(self, node: NodeId | None) -> None:
        """Make a node's row the current one, without telling anybody that it was chosen."""
        place = self.rows.place_of(node)
        with QSignalBlocker(self):
            if place < 0:
                self.setCurrentIndex(QModelIndex())
            elif place != self.currentIndex().row():
                self.setCurrentIndex(self.rows.index(place, self._first_shown()))
                self.show_current()
        self.row_changed.emit(self.rows.rows[place] if place >= 0 else None)

    def show_current(self) -> None:
        """Bring the current row into sight."""
        row = self.currentIndex().row()
        if row >= 0:
            # A column that is hidden cannot be scrolled to.
            self.scrollTo(self.rows.index(row, self._first_shown()))

    def _first_shown(self) -> int:
        return next((at for at in range(len(self.rows.columns)) if not self.isColumnHidden(at)), 0)

    def keyboardSearch(self, search: str) -> None:
        """Typing goes to the next row whose name begins with what is typed, whichever column is current."""
        name = next((at for at, column in enumerate(self.rows.columns) if column.has_mark), None)
        if name is None:
            return
        current = self.currentIndex()
        with QSignalBlocker(self.selectionModel()):
            if current.isValid():
                self.setCurrentIndex(self.rows.index(current.row(), name))
        super().keyboardSearch(search)

    def fit_columns(self) -> None:
        """Columns follow the size of the text and the room that there is."""
        metrics, columns = self.fontMetrics(), self.rows.columns
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
        widths = [
            max(metrics.horizontalAdvance(each.widest), metrics.horizontalAdvance(each.title) + _ARROW) + _PADDING
            for each in columns
        ]
        least = _LEAST * metrics.averageCharWidth() + _MARK + _PADDING
        shown = set(range(len(columns)))

        def left() -> int:
            return self.viewport().width() - sum(widths[at] for at in shown if columns[at].widest)

        for at in sorted(shown, key=lambda at: -columns[at].spare):
            if columns[at].spare and left() < least:
                shown.discard(at)
        rest = max(left(), least)
        for at, column in enumerate(columns):
            self.setColumnHidden(at, at not in shown)
            self.setColumnWidth(at, widths[at] if column.widest else rest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _activate(self, index: QModelIndex) -> None:
        self.node_activated.emit(self.rows.node_of(self.rows.rows[index.row()]))

    def _on_current(self, index: QModelIndex) -> None:
        row = self.rows.rows[index.row()] if index.isValid() else None
        self.row_changed.emit(row)
        if row is not None:
            self.node_selected.emit(self.rows.node_of(row))
