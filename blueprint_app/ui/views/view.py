"""What a view in the middle of the window is, beside the graph."""

from collections.abc import Collection

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.theme import Theme

GRAPH = "graph"
"""The name of the view that is always there."""


class ProjectView(QWidget):
    """One way to look at the open project; `node_selected` and `node_activated` carry a node's id.

    `menu_requested` carries a node's id and where on the screen its menu is to stand.

    Only the view in front is told of anything: once when it comes to the front, and then whenever what it shows
    has changed. What takes long it computes in a job.
    """

    node_selected = Signal(str)
    node_activated = Signal(str)
    menu_requested = Signal(str, QPoint)

    name: str
    title: str
    hint: str

    def show_project(self, project: OpenProject, theme: Theme) -> None:
        """Show another project, or another state of the same, or the same in other colours."""
        raise NotImplementedError

    def forget(self) -> None:
        """Nothing is open any more."""

    def show_only(self, nodes: Collection[NodeId] | None) -> None:
        """Show these nodes alone, as the filter says; None for no filter."""

    def select(self, node: NodeId | None) -> None:
        """Show which node is selected everywhere."""
