"""The outline tree as Qt asks for it: rows by number, nothing copied, nothing per node kept in Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from blueprint_app.export.titles import plain_heading, plain_title
from blueprint_app.model.blueprint import Heading, Node, NodeId
from blueprint_app.ui.outline.tree import OutlineTree

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """What is painted of a row: a node's mark, name and detail, or a heading's name and `tally`."""

    name: str
    detail: str = ""
    tally: str = ""
    mark: QIcon | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a chapter or section."""
        return self.mark is None


class OutlineModel(QAbstractItemModel):
    """Shows an `OutlineTree`; `mark_of` gives a node's status mark and `words_of` the status in words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree: OutlineTree | None = None
        self._mark_of: Callable[[NodeId], QIcon] = lambda _node: QIcon()
        self._words_of: Callable[[NodeId], str] = lambda _node: ""
        self._painted: dict[int, OutlineRow] = {}

    def show_tree(
        self, tree: OutlineTree | None, mark_of: Callable[[NodeId], QIcon], words_of: Callable[[NodeId], str]
    ) -> bool:
        """Show another tree; where it has the same rows what is open, selected and in sight stays.

        Returns whether the rows are others.
        """
        if tree is not None and self._tree is not None and _same_rows(self._tree, tree):
            self._tree, self._words_of = tree, words_of
            self.show_marks(mark_of)
            return False
        self.beginResetModel()
        self._painted.clear()
        self._tree, self._mark_of, self._words_of = tree, mark_of, words_of
        self.endResetModel()
        return True

    def show_marks(self, mark_of: Callable[[NodeId], QIcon]) -> None:
        """Show other marks on the same rows."""
        self._mark_of = mark_of
        self._painted.clear()
        # Which rows are told does not matter: the view paints again those that are in sight.
        self.dataChanged.emit(self.index(0, 0), self.index(0, 0), [Qt.ItemDataRole.DecorationRole])

    @property
    def tree(self) -> OutlineTree | None:
        """What is shown."""
        return self._tree

    def index_of(self, node: NodeId | None) -> QModelIndex:
        """Where `node` stands; an invalid index when it is not shown."""
        row = self._tree.rows.get(node, -1) if self._tree and node is not None else -1
        return self._index(row)

    def node_at(self, index: Index) -> NodeId | None:
        """The node of a row; None for a heading."""
        item = self._item(index)
        return item.id if isinstance(item, Node) else None

    def index(self, row: int, column: int, parent: Index = _NO_INDEX) -> QModelIndex:
        if self._tree is None or column:
            return QModelIndex()
        rows = self._tree.children[parent.internalId()] if parent.isValid() else self._tree.roots
        return self.createIndex(row, 0, rows[row]) if 0 <= row < len(rows) else QModelIndex()

    def parent(self, index: Index = _NO_INDEX) -> QModelIndex:  # type: ignore[override]
        if self._tree is None or not index.isValid():
            return QModelIndex()
        return self._index(self._tree.parents[index.internalId()])

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        if self._tree is None:
            return 0
        return len(self._tree.children[parent.internalId()] if parent.isValid() else self._tree.roots)

    def columnCount(self, _parent: Index = _NO_INDEX) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        item = self._item(index)
        if item is None:
            return None
        if isinstance(item, Heading):
            return self._heading_data(item, index, role)
        return self._node_data(item, role)

    def row(self, index: Index) -> OutlineRow:
        """What is painted of a row; put together once, as a list is painted again and again."""
        number = index.internalId()
        row = self._painted.get(number)
        if row is None:
            row = self._painted[number] = self._row(number)
        return row

    def _row(self, number: int) -> OutlineRow:
        assert self._tree is not None
        item = self._tree.items[number]
        if isinstance(item, Heading):
            done, total = self._tree.tallies[number]
            return OutlineRow(_heading_name(item), tally=f"{done}/{total}" if total else "")
        detail = plain_title(item.title) or item.short_label
        return OutlineRow(f"{item.caption} {item.number}".strip(), detail, mark=self._mark_of(item.id))

    def _heading_data(self, heading: Heading, index: Index, role: int) -> object:
        assert self._tree is not None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _heading_name(heading)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                done, total = self._tree.tallies[index.internalId()]
                return f"{heading.level} {_heading_name(heading)}: {done} of {total} proofs proved"
        return None

    def _node_data(self, node: Node, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return plain_heading(node)
            case Qt.ItemDataRole.DecorationRole:
                return self._mark_of(node.id)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{plain_heading(node)}\n{node.id}\n{self._words_of(node.id)}".strip()
        return None

    def _item(self, index: Index) -> Heading | Node | None:
        return self._tree.items[index.internalId()] if self._tree and index.isValid() else None

    def _index(self, row: int) -> QModelIndex:
        if self._tree is None or row < 0:
            return QModelIndex()
        return self.createIndex(self._tree.positions[row], 0, row)


def _same_rows(one: OutlineTree, other: OutlineTree) -> bool:
    return (one.parents, one.headings, one.rows) == (other.parents, other.headings, other.rows)


def _heading_name(heading: Heading) -> str:
    return f"{heading.number}  {plain_title(heading.title)}".strip()
