"""Fills what lists nodes beside the graph, the outline and the search box, with marks as the graph paints them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QIcon

from blueprint_app.insight.search.search import SearchIndex
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.look.icons import node_icon
from blueprint_app.ui.project.session import Filtered, OpenProject

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class ShownLists:
    """The outline with its progress, and the nodes that the search box finds."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        window.session.searchable.connect(self._on_searchable)

    def show(self, project: OpenProject) -> None:
        """Fill the search box, as far as the words are gathered yet, and tell the progress."""
        self._show_nodes(project, project.__dict__.get("search_index"))
        self._show_progress(project)

    def show_colours(self, project: OpenProject) -> None:
        """Mark the nodes as the graph is painted now."""
        self._window.outline.show_marks(self._mark_of(project))
        self._show_progress(project)
        self._show_nodes(project, project.search_index)

    def show_filtered(self, filtered: Filtered) -> None:
        """Show in the outline what the filter leaves."""
        window, project = self._window, self._window.session.project
        if project is None:
            return
        headlines = project.snapshot.headlines
        window.outline.show_outline(
            filtered.tree,
            self._mark_of(project),
            lambda node: headlines[node].value,
            filtered=filtered.matching is not None,
        )
        window.outline.view.select(window.store.state.node)

    def _on_searchable(self, project: OpenProject) -> None:
        if project is self._window.session.project:
            self._show_nodes(project, project.search_index)

    def _show_nodes(self, project: OpenProject, index: SearchIndex | None) -> None:
        self._window.quick_open.show_snapshot(project.snapshot, index, self._mark_of(project))

    def _show_progress(self, project: OpenProject) -> None:
        colours = project.snapshot.blueprint.colours
        fully, proved = (QColor(colours[name].value) for name in ("fully_proved", "proved"))
        self._window.outline.show_progress(project.progress, fully, proved, project.evidence_progress)

    def _mark_of(self, project: OpenProject) -> Callable[[NodeId], QIcon]:
        """How the lists mark a node: as the graph paints it."""
        snapshot, scheme = project.snapshot, self._window.schemes.named(self._window.store.state.scheme)
        style_of = scheme.styling(snapshot, self._window.theme)

        def mark(node: NodeId) -> QIcon:
            return node_icon(style_of(snapshot.nodes[node]), box=snapshot.status[node].shape == "box")

        return mark
