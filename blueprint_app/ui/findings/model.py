"""Findings as a table that sorts and filters itself: a large blueprint has thousands."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from blueprint_app.insight.search.search import folded
from blueprint_app.model.diagnostic import Severity
from blueprint_app.ui.findings.finding import Finding
from blueprint_app.ui.look.icons import severity_icon
from blueprint_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
HINT_ROLE = Qt.ItemDataRole.UserRole
_RANK = {severity: rank for rank, severity in enumerate(Severity)}
EVERY_SEVERITY = frozenset(Severity)


class Column(StrEnum):
    """What a column may show; the value is the attribute of a finding that stands in its cells."""

    KIND = "kind"
    MESSAGE = "message"
    NODE = "node"
    PLACE = "place_name"

    def text(self, finding: Finding) -> str:
        """What stands in the cell."""
        return str(getattr(finding, self.value))


class FindingsModel(QAbstractTableModel):
    """One row a thing that was found, in the order given; `describe` puts one in words, when it is looked at.

    `titles` are the columns with their headings. Sorting and filtering happen here, as a proxy would call back into
    Python for every row and comparison.
    """

    def __init__(
        self,
        titles: dict[Column, str],
        describe: Callable[[Any], Finding],
        severity_of: Callable[[Any], Severity],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(titles)
        self._titles, self._describe, self._severity_of = tuple(titles.values()), describe, severity_of
        self._all: Sequence[Any] = ()
        self._rows: list[Any] = []
        self._described: dict[int, Finding] = {}
        self._icons: dict[Severity, QIcon] = {}
        self._words: tuple[str, ...] = ()
        self._severities = EVERY_SEVERITY
        self._sorted_by: tuple[Column, Qt.SortOrder] | None = None

    @property
    def count(self) -> int:
        """How much was found, whatever the filter leaves of it."""
        return len(self._all)

    def show_findings(self, found: Sequence[Any], theme: Theme) -> None:
        """Show other findings; order and filter stay."""
        self._all = found
        self._described.clear()
        self._icons = {severity: severity_icon(severity, theme) for severity in Severity}
        self._arrange()

    def show_only(self, text: str, severities: frozenset[Severity] = EVERY_SEVERITY) -> None:
        """Keep the rows with all words of `text` and one of `severities`."""
        self._words, self._severities = tuple(folded(text).split()), severities
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = self.columns[column], order
        self._arrange()

    def at(self, index: Index) -> Any:  # noqa: ANN401 - what was given
        """The thing of a row as it is shown."""
        return self._rows[index.row()]

    def finding(self, found: Any) -> Finding:  # noqa: ANN401 - what was given
        """A thing in words."""
        described = self._described.get(id(found))
        if described is None:
            described = self._described[id(found)] = self._describe(found)
        return described

    @property
    def shown(self) -> tuple[Any, ...]:
        """The rows, in order."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if wanted else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        finding, column = self.finding(self._rows[index.row()]), self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(finding)
            case Qt.ItemDataRole.AccessibleTextRole:
                return " ".join(filter(None, (column.text(finding), finding.hint)))
            case role if role == HINT_ROLE:
                return finding.hint
            case Qt.ItemDataRole.ToolTipRole:
                return finding.tooltip
            case Qt.ItemDataRole.DecorationRole if column is Column.KIND:
                return self._icons[finding.severity]
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        every = self._severities == EVERY_SEVERITY
        kept = (row for row in self._all if every or self._severity_of(row) in self._severities)
        self._rows = [row for row in kept if not self._words or self.finding(row).holds(self._words)]
        if self._sorted_by is not None:
            column, order = self._sorted_by
            self._rows.sort(key=lambda row: self._key(row, column), reverse=order == Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def _key(self, row: Any, column: Column) -> tuple[str, int]:  # noqa: ANN401 - what was given
        if column is Column.KIND:
            return "", _RANK[self._severity_of(row)]
        finding = self.finding(row)
        if column is Column.PLACE:
            return (finding.place.file, finding.place.line) if finding.place else ("", 0)
        return folded(column.text(finding)), 0
