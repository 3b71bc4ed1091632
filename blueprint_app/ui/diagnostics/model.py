"""Diagnostics as a table that sorts and filters itself: a large blueprint has thousands."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from blueprint_app.insight.search import folded
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.ui.icons import severity_icon
from blueprint_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
COLUMNS = ("Severity", "What was found, and what to do", "Place")
SEVERITY, MESSAGE, PLACE = range(len(COLUMNS))
HINT_ROLE = Qt.ItemDataRole.UserRole
_RANK = {severity: rank for rank, severity in enumerate(Severity)}
EVERY_SEVERITY = frozenset(Severity)


class DiagnosticsModel(QAbstractTableModel):
    """One row a diagnostic: severity, message with what to do, place.

    Sorting and filtering happen here, as a proxy would call back into Python for every row and comparison.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Diagnostic, ...] = ()
        self._rows: list[Diagnostic] = []
        self._icons: dict[Severity, QIcon] = {}
        self._words: tuple[str, ...] = ()
        self._severities = EVERY_SEVERITY
        self._column, self._order = SEVERITY, Qt.SortOrder.AscendingOrder

    def show_diagnostics(self, diagnostics: tuple[Diagnostic, ...], theme: Theme) -> None:
        """Show other diagnostics; order and filter stay."""
        self._all = diagnostics
        self._icons = {severity: severity_icon(severity, theme) for severity in Severity}
        self._arrange()

    def show_only(self, text: str, severities: frozenset[Severity]) -> None:
        """Keep the rows with all words of `text` and one of `severities`."""
        self._words, self._severities = tuple(folded(text).split()), severities
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._order = column, order
        self._arrange()

    def diagnostic(self, index: Index) -> Diagnostic:
        """The diagnostic of a row as it is shown."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return COLUMNS[section] if wanted else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _texts(row)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return " ".join(filter(None, (_texts(row)[index.column()], row.hint)))
            case role if role == HINT_ROLE:
                return row.hint
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (row.message, row.hint, str(row.place or ""))))
            case Qt.ItemDataRole.DecorationRole if index.column() == SEVERITY:
                return self._icons[row.severity]
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        kept = (row for row in self._all if row.severity in self._severities)
        self._rows = [row for row in kept if not self._words or _holds(row, self._words)]
        self._rows.sort(
            key=lambda row: _sort_key(row, self._column), reverse=self._order == Qt.SortOrder.DescendingOrder
        )
        self.endResetModel()


def _holds(row: Diagnostic, words: tuple[str, ...]) -> bool:
    text = folded(" ".join((*_texts(row), row.hint, row.code, row.node or "", str(row.place or ""))))
    return all(word in text for word in words)


def _texts(row: Diagnostic) -> tuple[str, str, str]:
    # The file's name tells it from the others; its folder is in the tooltip.
    place = str(row.place).rsplit("/", 1)[-1] if row.place else ""
    return row.severity.capitalize(), row.message, place


def _sort_key(row: Diagnostic, column: int) -> tuple[str, int]:
    if column == SEVERITY:
        return "", _RANK[row.severity]
    if column == PLACE:
        return (row.place.file, row.place.line) if row.place else ("", 0)
    return folded(_texts(row)[column]), 0
