"""The nodes behind a number: a compact list whose entries select nodes, with the two sides to choose from."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.look.flow_row import FlowRow
from blueprint_app.ui.progress.chosen import Behind

_NO_INDEX = QModelIndex()


class NodesModel(QAbstractListModel):
    """Nodes by row; `name_of`, `mark_of` and `words_of` are asked for what is in sight only."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes: tuple[NodeId, ...] = ()
        self.name_of: Callable[[NodeId], str] = str
        self.mark_of: Callable[[NodeId], QIcon] = lambda _node: QIcon()
        self.words_of: Callable[[NodeId], str] = lambda _node: ""

    def show_nodes(self, nodes: tuple[NodeId, ...]) -> None:
        """Show other nodes."""
        self.beginResetModel()
        self.nodes = nodes
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.nodes)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own
        if not index.isValid():
            return None
        node = self.nodes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name_of(node)
        if role == Qt.ItemDataRole.DecorationRole:
            return self.mark_of(node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self.name_of(node)}\n{node}: {self.words_of(node)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.name_of(node)}, {self.words_of(node)}"
        return None


class NodeList(QWidget):
    """`node_selected` and `node_activated` carry the id of a node that is there.

    Seen only while something is chosen; `turned` tells that it is seen, or no more.
    """

    node_selected = Signal(str)
    node_activated = Signal(str)
    turned = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = NodesModel()
        self._behind: Behind | None = None
        self._at = 0
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self._sides = FlowRow()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._show_side)
        self.copy = QPushButton("Copy")
        self.copy.setToolTip("Copy this list as text")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        self.close_list = QToolButton()
        self.close_list.setText("Close")
        self.close_list.setToolTip("Give its room back to the page")
        self.close_list.clicked.connect(self.forget)
        self.list = QListView()
        self.list.setModel(self.rows)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("QListView { background: transparent; }")
        self.list.setAccessibleName("Nodes behind the chosen number")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(lambda index, _old: self._tell(index, self.node_selected))
        self.list.activated.connect(lambda index: self._tell(index, self.node_activated))
        self._lay_out()
        self.forget()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 8, 8)
        head.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.close_list, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(row)
        head.addLayout(self._sides)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def forget(self) -> None:
        """Nothing is chosen."""
        self._behind = None
        self.heading.setText("")
        self._clear_sides()
        self.rows.show_nodes(())
        self.hide()
        self.turned.emit(False)

    def show_behind(self, behind: Behind) -> None:
        """Show the lists of a choice, its first one in front."""
        self._behind = behind
        self.heading.setText(behind.title)
        self._clear_sides()
        for number, (words, nodes) in enumerate(behind.lists):
            button = QToolButton()
            button.setText(f"{words} {len(nodes)}")
            button.setCheckable(True)
            button.setChecked(number == behind.first)
            button.setEnabled(bool(nodes))
            self._group.addButton(button, number)
            self._sides.addWidget(button)
        self.copy.setVisible(bool(behind.lists))
        self._show_side(behind.first)
        self.show()
        self.turned.emit(True)

    def as_text(self) -> str:
        """What is shown, a line for each node: its name, its id, its state."""
        rows = self.rows
        lines = [f"{rows.name_of(node)}\t{node}\t{rows.words_of(node)}" for node in rows.nodes]
        title = self._behind.lists[self._at][0] if self._behind is not None else ""
        return "\n".join([f"{self.heading.text()} ({title} {len(rows.nodes)})", *lines]) + "\n"

    def select(self, node: NodeId | None) -> None:
        """Mark a node that is selected elsewhere, if it is listed here."""
        if node is not None and node in self.rows.nodes:
            index = self.rows.index(self.rows.nodes.index(node), 0)
            if index != self.list.currentIndex():
                self.list.setCurrentIndex(index)
        else:
            self.list.clearSelection()

    def _show_side(self, number: int) -> None:
        assert self._behind is not None
        self._at = number
        self.rows.show_nodes(self._behind.lists[number][1] if self._behind.lists else ())

    def _clear_sides(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._sides.removeWidget(button)
            button.hide()
            button.deleteLater()

    def _tell(self, index: QModelIndex, signal: Any) -> None:  # noqa: ANN401 - a bound signal
        if not index.isValid() or self._behind is None:
            return
        node = self.rows.nodes[index.row()]
        if node not in self._behind.gone:
            signal.emit(node)
