"""The attempts as a table: one row of two lines each, newest first."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.insight.search.search import folded
from blueprint_app.ui.attempts import words
from blueprint_app.ui.findings.model import HINT_ROLE
from blueprint_app.ui.look.icons import tone_icon
from blueprint_app.ui.theme import LIGHT, Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
COLUMNS = ("Outcome", "Node", "By", "Tokens")
OUTCOME, NODE, BY, COST = range(len(COLUMNS))

Wanted = Callable[[AttemptRecord], bool]


class AttemptsModel(QAbstractTableModel):
    """Rows of what `show_only` lets pass."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[AttemptRecord, ...] = ()
        self._rows: list[AttemptRecord] = []
        self._theme = LIGHT
        self._words: tuple[str, ...] = ()
        self._wanted: Wanted = lambda record: True

    def show_attempts(self, records: tuple[AttemptRecord, ...], theme: Theme) -> None:
        """Show other attempts; the filter stays."""
        self._all, self._theme = records, theme
        self._arrange()

    def show_only(self, text: str, wanted: Wanted) -> None:
        """Keep the rows that hold all words of `text` and are `wanted`."""
        self._words, self._wanted = tuple(folded(text).split()), wanted
        self._arrange()

    def record(self, index: Index) -> AttemptRecord:
        """The attempt of a row as it is shown."""
        return self._rows[index.row()]

    @property
    def shown(self) -> tuple[AttemptRecord, ...]:
        """The rows, in order."""
        return tuple(self._rows)

    def row_of(self, wanted: Wanted) -> int:
        """The first row that is wanted; -1 for none."""
        return next((row for row, record in enumerate(self._rows) if wanted(record)), -1)

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
        record = self._rows[index.row()]
        first, second = _texts(record)[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return first
            case role if role == HINT_ROLE:
                return second
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{first} {second}".strip()
            case Qt.ItemDataRole.ToolTipRole:
                pairs = "\n".join(" · ".join(part for part in pair if part) for pair in _texts(record))
                return f"{pairs}\n{words.when(record.time.start)}"
            case Qt.ItemDataRole.DecorationRole if index.column() == OUTCOME:
                return tone_icon(words.tone(record), self._theme)
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == COST:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = [
            record
            for record in self._all
            if self._wanted(record) and (not self._words or all(word in _searched(record) for word in self._words))
        ]
        self.endResetModel()


def _texts(record: AttemptRecord) -> tuple[tuple[str, str], ...]:
    return (
        (words.state(record), words.remark(record)),
        (record.node, words.task_in_words(record)),
        (words.maker(record), words.short_when(record.time.start)),
        (words.tokens(record), words.cost(record.usage.cost)),
    )


def _searched(record: AttemptRecord) -> str:
    parts = [text for pair in _texts(record) for text in pair]
    said = [f"{each.verdict.value} {each.by} {each.note}" for each in record.standing()]
    failure, host = record.failure, record.actor.endpoint_host
    more = (record.time.start[:10], record.task, record.outcome.value, failure.kind, failure.blocker, host)
    return folded(" ".join((*parts, *more, *said)))
