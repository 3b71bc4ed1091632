"""The list of all nodes: sorted by any column, under the outline's filter, with what stands around the chosen node."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.listing.listed import ListedNode, as_table, columns, in_words, listed_nodes
from blueprint_app.ui.listing.neighbours import Neighbours
from blueprint_app.ui.look.icons import node_icon
from blueprint_app.ui.node_table.column_menu import ColumnsButton
from blueprint_app.ui.node_table.rows import Column, Order, arranged
from blueprint_app.ui.node_table.table import RowsTable
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.theme import Theme, headline_style
from blueprint_app.ui.views.view import ProjectView

_SLOT, _SORT_SLOT = "list", "list-sort"

_FILTERED = "No node meets the filter.\nTake a word out of the box at the left, or clear it."
_NO_NODES = "This blueprint has no nodes.\nNodes are definition, lemma, theorem … environments."


class ListView(ProjectView):
    """Enter shows the row's node in the graph; Ctrl+C copies the row, the button all of them."""

    name = "list"
    title = "List"
    hint = "All nodes in a table, with what each uses and what uses it"

    def __init__(self, jobs: Jobs, settings: Settings) -> None:
        super().__init__()
        self._jobs = jobs
        self._project: OpenProject | None = None
        self._theme: Theme | None = None
        self._all: tuple[ListedNode, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._matching: Collection[NodeId] | None = None
        self._node: NodeId | None = None
        self.order = Order()
        self.table = RowsTable("Nodes")
        self.neighbours = Neighbours()
        self.neighbours.hide()
        self.empty = QLabel()
        self.empty.setObjectName("faint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.hide()
        self.count = QLabel()
        self.count.setObjectName("faint")
        self.copy_all = QToolButton()
        self.copy_all.setText("Copy table")
        self.copy_all.setToolTip("All rows that are shown, for a spreadsheet")
        self.copy_all.clicked.connect(self._copy_all)
        self.columns_button = ColumnsButton(self.table, settings, self.name)
        self._lay_out()
        self.table.rows.words_of = in_words
        self.table.rows.mark_of = self._mark
        self.table.rows.sort_wanted.connect(self._on_sort)
        self.table.node_selected.connect(self.node_selected)
        self.table.node_activated.connect(self.node_activated)
        self.table.menu_requested.connect(self.menu_requested)
        self.table.row_changed.connect(self._on_row)
        self.neighbours.node_selected.connect(self._walk_to)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy_row)
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(self.count)
        bar.addStretch(1)
        bar.addWidget(self.columns_button)
        bar.addWidget(self.copy_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.neighbours)

    def show_project(self, project: OpenProject, theme: Theme) -> None:
        self._project, self._theme = project, theme
        snapshot = project.snapshot

        def work(context: JobContext) -> tuple[tuple[ListedNode, ...], tuple[Column, ...]]:
            rows = listed_nodes(snapshot, context.check)
            return rows, columns(rows)

        self._jobs.start(_SLOT, work, self._on_listed)

    def show_only(self, nodes: Collection[NodeId] | None) -> None:
        if nodes != self._matching:
            self._matching = nodes
            self._arrange()

    def forget(self) -> None:
        for slot in (_SLOT, _SORT_SLOT):
            self._jobs.cancel(slot)
        self._project = self._matching = self._node = None
        self._all = self._columns = ()
        self.count.setText("")
        self.neighbours.hide()
        self.table.rows.show_rows((), ())

    def select(self, node: NodeId | None) -> None:
        self._node = node
        self.table.select(node)

    def _on_listed(self, listed: tuple[tuple[ListedNode, ...], tuple[Column, ...]]) -> None:
        self._all, self._columns = listed
        self._arrange()

    def _on_sort(self, order: Order) -> None:
        self.order = order
        self._arrange()

    def _arrange(self) -> None:
        rows, shown_columns, matching, order = self._all, self._columns, self._matching, self.order
        if not shown_columns:
            return

        def work(_context: JobContext) -> tuple[ListedNode, ...]:
            kept = rows if matching is None else tuple(row for row in rows if row.node in matching)
            return arranged(kept, shown_columns, order)

        self._jobs.start(_SORT_SLOT, work, self._on_arranged)

    def _on_arranged(self, rows: tuple[ListedNode, ...]) -> None:
        self.table.rows.show_rows(self._columns, rows)
        shown, of = len(rows), len(self._all)
        nodes = "1 node" if of == 1 else f"{of:,} nodes"
        self.count.setText(nodes if shown == of else f"{shown:,} of {nodes} meet the filter")
        self.copy_all.setEnabled(bool(rows))
        self.empty.setText(_FILTERED if of else _NO_NODES)
        self.empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.select(self._node)

    def _on_row(self, row: ListedNode | None) -> None:
        self.neighbours.setVisible(row is not None)
        if row is not None and self._project is not None and row.node in self._project.snapshot.nodes:
            self.neighbours.show_node(self._project.snapshot, row.node, self._mark)
        # They take room from the rows, and not from this one.
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.table.show_current()

    def _walk_to(self, node: str) -> None:
        self.node_selected.emit(node)
        self.table.setFocus()

    def _copy_row(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            _copy((self.table.rows.rows[index.row()],))

    def _copy_all(self) -> None:
        _copy(self.table.rows.rows)

    def _mark(self, node: NodeId) -> QIcon:
        assert self._project is not None
        assert self._theme is not None
        snapshot = self._project.snapshot
        style = headline_style(snapshot.headlines[node], self._theme)
        return node_icon(style, box=snapshot.status[node].shape == "box")


def _copy(rows: tuple[ListedNode, ...]) -> None:
    QGuiApplication.clipboard().setText(as_table(rows))
