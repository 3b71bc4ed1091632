"""The table of nodes as it looks: dense, one line a row, and with fewer columns where there is little room."""

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.look.table_look import look_alike
from blueprint_app.ui.node_table.rows import RowsModel

_PADDING = 28
_MARK, _ARROW = 20, 12
_LEAST = 36
"""Letters of a node's name for which there is room before columns go."""


class RowsTable(QTableView):
    """`node_selected` and `node_activated` carry a node's id, `row_changed` the row that is current (None: none).

    `menu_requested` carries a node's id and where its menu is to stand. `columns_shown` tells that other columns are
    shown, `columns_chosen` that a person wants them so.
    """

    node_selected = Signal(str)
    node_activated = Signal(str)
    row_changed = Signal(object)
    menu_requested = Signal(str, QPoint)
    columns_shown = Signal()
    columns_chosen = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows = RowsModel()
        self.setModel(self.rows)
        self.setAccessibleName(name)
        look_alike(self)
        self.chosen_columns: tuple[str, ...] | None = None
        """Titles of the columns that a person chose; None: as many as there is room for."""
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

    @property
    def shown_columns(self) -> tuple[str, ...]:
        """The titles of the columns that can be seen, or scrolled to."""
        return tuple(each.title for at, each in enumerate(self.rows.columns) if not self.isColumnHidden(at))

    def choose_columns(self, titles: Collection[str] | None) -> None:
        """Show these columns, in their own order and whatever the room; None: as many as there is room for."""
        if titles is not None:
            titles = tuple(each.title for each in self.rows.columns if each.title in titles) or tuple(titles)
        if titles != self.chosen_columns:
            self.chosen_columns = titles
            self.fit_columns()
            self.columns_chosen.emit()

    def fit_columns(self) -> None:
        """Columns follow the size of the text, what was chosen, and the room that there is."""
        metrics, columns, room = self.fontMetrics(), self.rows.columns, self.viewport().width()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
        widths = [
            max(metrics.horizontalAdvance(each.widest), metrics.horizontalAdvance(each.title) + _ARROW) + _PADDING
            for each in columns
        ]
        least = _LEAST * metrics.averageCharWidth() + _MARK + _PADDING
        chosen = self.chosen_columns
        shown = {at for at, each in enumerate(columns) if chosen is None or each.has_mark or each.title in chosen}

        def left() -> int:
            return room - sum(widths[at] for at in shown if columns[at].widest)

        for at in sorted(shown, key=lambda at: -columns[at].spare) if chosen is None else ():
            if columns[at].spare and left() < least:
                shown.discard(at)
        rest = max(left(), least)
        # Only what was chosen may go beyond the edge: a scroll bar that comes and goes would change the room itself.
        scrolls = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if chosen is None else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(scrolls)
        for at, column in enumerate(columns):
            self.setColumnHidden(at, at not in shown)
            self.setColumnWidth(at, widths[at] if column.widest else rest)
        if self.viewport().width() != room:
            # A scroll bar that new rows bring has taken its room while the columns were placed.
            self.fit_columns()
            return
        self.columns_shown.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            corner = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.menu_requested.emit(
                self.rows.node_of(self.rows.rows[index.row()]), self.viewport().mapToGlobal(corner)
            )

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
