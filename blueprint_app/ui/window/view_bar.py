"""The toolbar's choices of what the graph shows: which graph, which colours, which reading."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolBar, QToolButton, QWidget

from blueprint_app.export.titles import plain_title
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.ui.progress.people.offered import READ_SCHEMES
from blueprint_app.ui.project.view_state import WHOLE, ViewState, ViewStore
from blueprint_app.ui.theme import SCHEMES

_READINGS = {
    Reading.LEANBLUEPRINT: ("As leanblueprint", "Every status exactly as leanblueprint derives it."),
    Reading.STRICT: (
        "Strict",
        "Repeated lists are joined, Mathlib counts as proved, definitions must be formalised, cycles are broken.",
    ),
}
_READ_HINT = "Read from the project's own commits as soon as it is chosen."


class ViewBar(QObject):
    """Fills a toolbar with the three choices and keeps them in step with the view store.

    `scheme_wanted` carries the id of colours, whose data may have to be read first.
    """

    search_wanted = Signal()
    scheme_wanted = Signal(str)

    def __init__(self, store: ViewStore, bar: QToolBar) -> None:
        super().__init__(bar)
        self._store = store
        self.graphs = _choice("Graph", bar, least=16)
        self.schemes = _choice("Colours", bar, least=10)
        self.readings = _choice("Reading", bar, least=10)
        self.search = _search_button(bar)
        for scheme in SCHEMES:
            self.schemes.addItem(scheme.title, scheme.id)
        for scheme_id, title in READ_SCHEMES.items():
            self.schemes.addItem(title, scheme_id)
            self.schemes.setItemData(self.schemes.count() - 1, _READ_HINT, Qt.ItemDataRole.ToolTipRole)
        for reading, (title, hint) in _READINGS.items():
            self.readings.addItem(title, reading)
            self.readings.setItemData(self.readings.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        self.graphs.activated.connect(lambda _row: store.change(graph=self.graphs.currentData(), viewport=None))
        self.schemes.activated.connect(self._on_scheme)
        self.readings.activated.connect(lambda _row: store.change(reading=Reading(self.readings.currentData())))
        self.search.clicked.connect(self.search_wanted)
        store.changed.connect(lambda _old, new: self._show(new))
        self._show(store.state)
        self.show_graphs(())

    def show_graphs(self, graphs: Sequence[DependencyGraph]) -> None:
        """Offer these graphs; the choices can be used once there are some."""
        with QSignalBlocker(self.graphs):
            self.graphs.clear()
            for graph in graphs:
                self.graphs.addItem(graph_title(graph), graph.name)
        for choice in (self.graphs, self.schemes, self.readings, self.search):
            choice.setEnabled(bool(graphs))
        self._show(self._store.state)

    def _on_scheme(self) -> None:
        wanted = self.schemes.currentData()
        # Until the colours are there, the choice says which ones are shown.
        self._show(self._store.state)
        self.scheme_wanted.emit(wanted)

    def _show(self, state: ViewState) -> None:
        for choice, value in (
            (self.graphs, state.graph),
            (self.schemes, state.scheme),
            (self.readings, state.reading),
        ):
            row = choice.findData(value)
            if row != choice.currentIndex():
                choice.setCurrentIndex(row)


def graph_title(graph: DependencyGraph) -> str:
    """A graph's name for people, with how many nodes it has."""
    name = "Whole document" if graph.name == WHOLE else plain_title(graph.title) or graph.name.replace("_", " ")
    return f"{name}  ({len(graph.nodes)})"


def _choice(title: str, bar: QToolBar, least: int) -> QComboBox:
    label = QLabel(title)
    choice = QComboBox()
    choice.setAccessibleName(title)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    choice.setMinimumContentsLength(least)
    choice.setMaximumWidth(320)
    choice.setMaxVisibleItems(24)
    label.setBuddy(choice)
    bar.addWidget(label)
    bar.addWidget(choice)
    return choice


def _search_button(bar: QToolBar) -> QToolButton:
    """Looks like the field that it opens, so that people who do not know Ctrl+P find it."""
    space = QWidget()
    space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    bar.addWidget(space)
    button = QToolButton()
    button.setObjectName("search")
    button.setText("Search nodes    Ctrl+P")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setAccessibleName("Search nodes")
    bar.addWidget(button)
    return button
