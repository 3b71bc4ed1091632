"""What the chosen node uses and what uses it: two lists to walk along, as along the graph's edges."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from blueprint_app.export.titles import plain_heading
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot

_NODE = Qt.ItemDataRole.UserRole
_ROWS = 5


class _Side(QListWidget):
    """One of the lists; `chosen` carries the node that Enter or a double click chose."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.itemDoubleClicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._choose(self.currentItem())
            return
        super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_NODE))


class Neighbours(QWidget):
    """`node_selected` carries the node that a person walked to."""

    node_selected = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.uses, self.used_by = _Side("Uses"), _Side("Used by")
        self._titles = QLabel(), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(16)
        for title, side in zip(self._titles, (self.uses, self.used_by), strict=True):
            title.setBuddy(side)
            side.chosen.connect(self.node_selected)
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(title)
            column.addWidget(side, 1)
            row.addLayout(column, 1)

    def show_node(self, snapshot: Snapshot, node: NodeId, mark_of: Callable[[NodeId], QIcon]) -> None:
        """Show what stands around a node."""
        in_statement, in_proof = snapshot.statement_uses[node], snapshot.proof_uses[node]
        where = {other: "in the statement" for other in in_statement}
        where |= {other: "in the proof" for other in in_proof if other not in where}
        users = {
            user: "in its statement" if node in snapshot.statement_uses[user] else "in its proof"
            for user in snapshot.used_by[node]
        }
        for title, side, name, found in (
            (self._titles[0], self.uses, "Uses", where),
            (self._titles[1], self.used_by, "Used by", users),
        ):
            title.setText(f"<b>{name}</b>&nbsp; {len(found)}")
            side.clear()
            self._fill(side, snapshot, found.items(), mark_of)
        self._fit()

    def _fill(
        self,
        side: QListWidget,
        snapshot: Snapshot,
        found: Iterable[tuple[NodeId, str]],
        mark_of: Callable[[NodeId], QIcon],
    ) -> None:
        for node, where in found:
            item = QListWidgetItem(mark_of(node), f"{plain_heading(snapshot.nodes[node])}, {where}")
            item.setData(_NODE, node)
            item.setToolTip(f"{node}\n{snapshot.headlines[node].value}")
            side.addItem(item)

    def _fit(self) -> None:
        """As high as what it holds, up to a few lines."""
        most = max(self.uses.count(), self.used_by.count(), 1)
        row = self.fontMetrics().height() + 8
        for side in (self.uses, self.used_by):
            side.setFixedHeight(row * min(most, _ROWS) + 4)
