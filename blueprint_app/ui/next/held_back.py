"""What holds the project back: the nodes for which most wait, and below each goal its longest chain of work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.graph.emphasis import Emphasis, EmphasisKind
from blueprint_app.insight.next.blocked import Bottleneck, CriticalPath, bottlenecks, critical_paths
from blueprint_app.insight.standing import Standing, standing_of
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.jobs import Jobs
from blueprint_app.ui.next.ranking import (
    bottleneck_columns,
    bottleneck_in_words,
    path_columns,
    path_in_words,
)
from blueprint_app.ui.node_table.rows import Column, Order, arranged
from blueprint_app.ui.node_table.table import RowsTable


@dataclass(frozen=True)
class HeldBack:
    """What holds one state of a project back."""

    snapshot: Snapshot
    narrow: tuple[Bottleneck, ...]
    paths: tuple[CriticalPath, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class Link:
    """One node of a chain: its place there, and what is missing of it ("": nothing)."""

    place: int
    node: NodeId
    missing: str


def held_back_of(snapshot: Snapshot) -> HeldBack:
    """Work it out; call it in a job."""
    return HeldBack(snapshot, bottlenecks(snapshot), critical_paths(snapshot), standing_of(snapshot))


def links_of(held: HeldBack, path: CriticalPath) -> tuple[Link, ...]:
    """The chain of a goal, what comes first first."""
    standing, nodes = held.standing, held.snapshot.nodes

    def missing(node: NodeId) -> str:
        parts = ["state"] if node not in standing.stated else []
        if node not in standing.proved and nodes[node].kind != "definition":
            parts.append("prove")
        return "" if node in path.done else " and ".join(parts)

    return tuple(Link(place, node, missing(node)) for place, node in enumerate(path.chain, 1))


class _Page(QWidget):
    """Words above tables whose rows are nodes; `emphasis_wanted` carries what is to stand out in the graph."""

    emphasis_wanted = Signal(object)
    node_selected = Signal(str)
    node_activated = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, slot: str, jobs: Jobs, name: str) -> None:
        super().__init__()
        self._slot, self._jobs = slot, jobs
        self._held: HeldBack | None = None
        self.order = Order(0, descending=True)
        self.words = QLabel()
        self.words.setObjectName("faint")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.in_graph = QToolButton()
        self.in_graph.setText("Show in the graph")
        self.in_graph.clicked.connect(lambda: self.emphasis_wanted.emit(self._emphasis()))
        self.in_graph.hide()
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self.words, 1)
        head.addWidget(self.in_graph, 0, Qt.AlignmentFlag.AlignTop)
        self.table = self._table(name)
        # What matters most stands first, so that is how the heading's arrow points.
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        self.table.rows.sort_wanted.connect(self._on_sort)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(head)

    def _emphasis(self) -> Emphasis:
        raise NotImplementedError

    def _table(self, name: str) -> RowsTable:
        table = RowsTable(name)
        table.node_selected.connect(self.node_selected)
        table.node_activated.connect(self.node_activated)
        table.menu_requested.connect(self.menu_requested)
        return table

    def forget(self) -> None:
        """Nothing is open any more."""
        self._jobs.cancel(self._slot)
        self._held = None
        self.in_graph.hide()
        self.table.rows.show_rows((), ())

    def _on_sort(self, order: Order) -> None:
        self.order = order
        self._arrange()

    def _arrange(self) -> None:
        raise NotImplementedError

    def _sorted(
        self, columns: tuple[Column, ...], rows: tuple[Any, ...], done: Callable[[tuple[Any, ...]], None]
    ) -> None:
        order = self.order
        self._jobs.start(self._slot, lambda _context: arranged(rows, columns, order), done)


class Bottlenecks(_Page):
    """The nodes that are not in Lean and on which others rest."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__("next-narrow", jobs, "Bottlenecks")
        self.column.addWidget(self.table, 1)

    def show_held(self, held: HeldBack, mark_of: Callable[[NodeId], QIcon]) -> None:
        """Show the bottlenecks of a project."""
        self._held = held
        rows = self.table.rows
        rows.mark_of, rows.words_of = mark_of, lambda each: bottleneck_in_words(held.snapshot, each)
        count = len(held.narrow)
        none = "No node holds another back: all that something rests on is in Lean, or declared so."
        some = f"{count:,} nodes are not in Lean and hold others back." if count > 1 else "One node holds others back."
        self.words.setText(some if count else none)
        self.in_graph.setVisible(bool(count))
        self._arrange()

    def _emphasis(self) -> Emphasis:
        return Emphasis(EmphasisKind.BOTTLENECKS)

    def _arrange(self) -> None:
        if self._held is not None:
            columns = bottleneck_columns(self._held.snapshot)
            self._sorted(columns, self._held.narrow, lambda found: self.table.rows.show_rows(columns, found))


class Paths(_Page):
    """The goals that are not finished, and the chain of the chosen one below them."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__("next-paths", jobs, "Goals")
        self._node: NodeId | None = None
        self.table.rows.node_of = lambda path: path.goal
        self.chain = self._table("Critical path")
        self.chain.setSortingEnabled(False)
        self.table.row_changed.connect(self._on_goal)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self.chain)
        self.split.setSizes([200, 300])
        self.column.addWidget(self.split, 1)

    def show_held(self, held: HeldBack, mark_of: Callable[[NodeId], QIcon]) -> None:
        """Show the critical paths of a project."""
        self._held = held
        rows = self.table.rows
        rows.mark_of = self.chain.rows.mark_of = mark_of
        rows.words_of = lambda path: path_in_words(held.snapshot, path)
        self.chain.rows.words_of = lambda link: f"{plain_heading(held.snapshot.nodes[link.node])}\n{link.node}"
        count = len(held.paths)
        none = "Every goal theorem is in Lean, or declared so, with all that it rests on."
        some = f"{count:,} goal{'s are' if count > 1 else ' is'} not finished. Choose one: below stands its longest"
        self.words.setText(f"{some} chain of unfinished work, what comes first first." if count else none)
        self.split.setVisible(bool(count))
        self.in_graph.setVisible(bool(count))
        self._arrange()

    def _emphasis(self) -> Emphasis:
        return Emphasis(EmphasisKind.CRITICAL_PATH, self._goal())

    def select(self, node: NodeId | None) -> None:
        """Mark a node that is selected elsewhere, in the chain that is shown."""
        if self.chain.rows.place_of(node) >= 0:
            self.chain.select(node)

    def _arrange(self) -> None:
        held = self._held
        if held is None:
            return
        columns, goal = path_columns(held.snapshot), self._goal()

        def done(found: tuple[CriticalPath, ...]) -> None:
            self.table.rows.show_rows(columns, found)
            place = self.table.rows.place_of(goal)
            if found:
                self.table.select(found[max(place, 0)].goal)

        self._sorted(columns, held.paths, done)

    def _goal(self) -> NodeId | None:
        row = self.table.currentIndex().row()
        return self.table.rows.rows[row].goal if row >= 0 else None

    def _on_goal(self, path: CriticalPath | None) -> None:
        if self._held is not None and path is not None:
            self.chain.rows.show_rows(_link_columns(self._held.snapshot), links_of(self._held, path))


def _link_columns(snapshot: Snapshot) -> tuple[Column, ...]:
    return (
        Column("", "Place in the chain", lambda link: str(link.place), lambda link: link.place, "888", True),
        Column(
            "Critical path", "Each uses the one before it", lambda link: plain_heading(snapshot.nodes[link.node]),
            lambda link: link.node, has_mark=True,
        ),
        Column(
            "Missing", "What of it is not in Lean", lambda link: link.missing or "in Lean",
            lambda link: link.missing, "state and prove",
        ),
    )  # fmt: skip
