"""Which columns a table shows: as many as there is room for, or those that a person chose, which are remembered."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QToolButton

from blueprint_app.ui.node_table.table import RowsTable
from blueprint_app.ui.settings.settings import Settings

SETTING = "columns"
_BETWEEN = "\t"
_TICKED_BY = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnMenu(QMenu):
    """The columns of a table to be ticked; it stays open meanwhile, as one seldom wants to change one alone."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__("Columns", table)
        self._table = table
        self.aboutToShow.connect(self._fill)
        table.columns_shown.connect(self._tick)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() in _TICKED_BY and action is not None and action.isEnabled():
            action.trigger()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        self.clear()
        for column in self._table.rows.columns:
            action = self.addAction(column.title)
            action.setCheckable(True)
            action.setToolTip(column.hint)
            action.setEnabled(not column.has_mark)
            action.triggered.connect(lambda _on=False, title=column.title: self._turn(title))
        self.setToolTipsVisible(True)
        self.addSeparator()
        fitting = self.addAction("As many as there is room for")
        fitting.setCheckable(True)
        fitting.triggered.connect(lambda: self._table.choose_columns(None))
        self._tick()

    def _turn(self, title: str) -> None:
        shown = self._table.shown_columns
        others = tuple(each for each in shown if each != title)
        self._table.choose_columns(others if title in shown else (*shown, title))

    def _tick(self) -> None:
        columns: list[QAction] = self.actions()
        for action in columns[:-2]:
            action.setChecked(action.text() in self._table.shown_columns)
        if columns:
            columns[-1].setChecked(self._table.chosen_columns is None)


class ColumnsButton(QToolButton):
    """Opens the columns of a table; a right click on the table's head does the same."""

    def __init__(self, table: RowsTable, settings: Settings, name: str) -> None:
        super().__init__()
        self.setText("Columns")
        self.setToolTip("Which columns are shown; a right click on a column's title does the same")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.columns = ColumnMenu(table)
        self.setMenu(self.columns)
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_head)
        self._table, self._settings, self._name = table, settings, name
        kept = settings[SETTING].get(name)
        table.choose_columns(None if kept is None else tuple(kept.split(_BETWEEN)))
        table.columns_chosen.connect(self._keep)

    def _on_head(self, place: QPoint) -> None:
        self.columns.popup(self._table.horizontalHeader().mapToGlobal(place))

    def _keep(self) -> None:
        chosen = self._table.chosen_columns
        others = {name: text for name, text in self._settings[SETTING].items() if name != self._name}
        self._settings[SETTING] = others if chosen is None else others | {self._name: _BETWEEN.join(chosen)}
