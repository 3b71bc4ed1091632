"""Where one looks, and where the keys go: what a window does with its graph and its boxes."""

from typing import TYPE_CHECKING

from blueprint_app.ui.views.view import GRAPH

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class Looking:
    """The deeds of one window that change nothing but what is looked at."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def fit_graph(self) -> None:
        """Show the whole graph."""
        self._window.graph.fit()

    def lay_out_anew(self) -> None:
        """Lay out the graph as if it were opened now."""
        self._window.graph.glide_next()
        self._window.scenes.lay_out_anew()

    def toggle_inferred(self) -> None:
        """Show inferred edges where the blueprint has none of its own, or no more."""
        # With other edges the graph has another layout: it is shown whole.
        self._window.store.change(inferred=not self._window.store.state.inferred, viewport=None)

    def focus_filter(self) -> None:
        """Go to the filter box."""
        self._window.outline_dock.show()
        self._window.outline.filter_box.setFocus()
        self._window.outline.filter_box.selectAll()

    def search_nodes(self) -> None:
        """Open the search box."""
        self._window.quick_open.open()

    def show_palette(self) -> None:
        """Open the box that finds commands."""
        self._window.command_palette.open()

    def focus_graph(self) -> None:
        """Keys go to the graph."""
        self._window.store.change(view=GRAPH)
        self._window.graph.setFocus()

    def focus_outline(self) -> None:
        """Keys go to the outline."""
        self._window.outline_dock.show()
        self._window.outline.view.setFocus()

    def focus_page(self) -> None:
        """Keys go to the node page."""
        self._window.page_dock.show()
        self._window.right.setCurrentWidget(self._window.page)
        self._window.page.setFocus()

    def focus_assistant(self) -> None:
        """Keys go to the assistant."""
        self._window.assistant.show_tab()
        self._window.assistant.tab.setFocus()
