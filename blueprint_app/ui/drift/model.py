"""The drift inbox as a table: one row of two lines for each thing that drifted apart."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from blueprint_app.insight.drift import Drift, DriftKind
from blueprint_app.insight.search import folded
from blueprint_app.model.diagnostic import Severity
from blueprint_app.ui.diagnostics.model import HINT_ROLE
from blueprint_app.ui.icons import severity_icon
from blueprint_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
COLUMNS = ("Drift", "What drifted apart, and what would mend it", "Node", "Place")
KIND, MESSAGE, NODE, PLACE = range(len(COLUMNS))

WORDS = {
    DriftKind.FALSE_CLAIM: "False claim",
    DriftKind.STALE: "Stale",
    DriftKind.RENAMED: "Not found",
    DriftKind.UNDECLARED: "Undeclared",
    DriftKind.TWICE: "Declared twice",
    DriftKind.USES_MISSING: "Missing use",
    DriftKind.USES_UNNEEDED: "Spare use",
    DriftKind.REF_WITHOUT_USES: "Only referred to",
    DriftKind.CYCLE: "Cycle",
    DriftKind.DISCONNECTED: "Connected to nothing",
}
"""What each kind is called where there is little room."""

_BY_HAND = {
    DriftKind.STALE: "Build the project or ask Lean again.",
    DriftKind.RENAMED: "Correct the name in \\lean{…}.",
    DriftKind.TWICE: "Leave the declaration to one of them.",
    DriftKind.CYCLE: "Take one \\uses out of the circle.",
    DriftKind.DISCONNECTED: "Say what it uses, or what uses it.",
}
"""What would mend a drift that no single line of TeX can."""


def severity_of(kind: DriftKind) -> Severity:
    """A false claim is an error; what is merely not declared, or declared too much, is a note."""
    if kind is DriftKind.FALSE_CLAIM:
        return Severity.ERROR
    quiet = (DriftKind.UNDECLARED, DriftKind.USES_UNNEEDED, DriftKind.REF_WITHOUT_USES, DriftKind.DISCONNECTED)
    return Severity.NOTE if kind in quiet else Severity.WARNING


def mending(drift: Drift) -> str:
    """The second line of a row: how Lean leads to it, and what would mend it."""
    chain = " → ".join(drift.chain)
    remedy = f"{drift.edit.title}." if drift.edit is not None else _BY_HAND.get(drift.kind, "")
    return "  ".join(part for part in (remedy, f"({chain})" if chain else "") if part)


class DriftModel(QAbstractTableModel):
    """One row a drift, in the order of the inbox: the worst first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Drift, ...] = ()
        self._rows: list[Drift] = []
        self._icons: dict[Severity, QIcon] = {}
        self._words: tuple[str, ...] = ()

    def show_drift(self, drift: tuple[Drift, ...], theme: Theme) -> None:
        """Show another inbox; the filter stays."""
        self._all = drift
        self._icons = {severity: severity_icon(severity, theme) for severity in Severity}
        self._arrange()

    def show_only(self, text: str) -> None:
        """Keep the rows that hold all words of `text`."""
        self._words = tuple(folded(text).split())
        self._arrange()

    def drift(self, index: Index) -> Drift:
        """The drift of a row as it is shown."""
        return self._rows[index.row()]

    @property
    def shown(self) -> tuple[Drift, ...]:
        """The rows, in order."""
        return tuple(self._rows)

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
                return " ".join(filter(None, (_texts(row)[index.column()], mending(row))))
            case role if role == HINT_ROLE:
                return mending(row)
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (row.message, mending(row), f"{row.node}  ·  {row.place}")))
            case Qt.ItemDataRole.DecorationRole if index.column() == KIND:
                return self._icons[severity_of(row.kind)]
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if all(word in _searched(row) for word in self._words)]
        self.endResetModel()


def _texts(row: Drift) -> tuple[str, str, str, str]:
    # The file's name tells it from the others; its folder is in the tooltip.
    return WORDS[row.kind], row.message, row.node, str(row.place).rsplit("/", 1)[-1]


def _searched(row: Drift) -> str:
    return folded(" ".join((*_texts(row), row.kind, mending(row), str(row.place))))
