"""Ctrl+P: any node by label, title, number, Lean name or words of its statement, as you type; then by what it says."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidgetItem, QWidget

from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.search.search import Hit, SearchIndex
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.search.finder import DETAIL, ROWS, Finder

if TYPE_CHECKING:
    from blueprint_app.insight.search.full_text import TextHit
    from blueprint_app.lean.library_index import LibraryHit

_NODE = Qt.ItemDataRole.UserRole + 1
_PLACE = Qt.ItemDataRole.UserRole + 3
_SHORTEST = 3
"""Letters from which on a text may be a question."""


_PLACEHOLDER = "Label, title, number, Lean name, or a question in plain words"


class QuickOpen(Finder):
    """Finds nodes; `node_chosen` carries the id of the node that Enter or a click chose.

    `asked` carries what was typed, for a search by meaning elsewhere; `show_more` and `show_packages` take its answers.
    `place_chosen` carries the `Place` of a declaration of a package that was chosen; `appeared` says that a person
    begins to search.
    """

    node_chosen = Signal(str)
    place_chosen = Signal(object)
    asked = Signal(str)
    appeared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Search nodes", "Nodes found")
        self._index: SearchIndex | None = None
        self._snapshot: Snapshot | None = None
        self._mark_of: Callable[[NodeId], QIcon] = lambda _node: QIcon()
        self._is_waiting = False
        self.purpose = ""
        """What the node is for, if not to be looked at."""
        self.field.setPlaceholderText(_PLACEHOLDER)

    def show_snapshot(self, snapshot: Snapshot, index: SearchIndex | None, mark_of: Callable[[NodeId], QIcon]) -> None:
        """Search in `snapshot`; `index` is None while it is still being made."""
        self._snapshot, self._index, self._mark_of = snapshot, index, mark_of
        if self.isVisible():
            self.search(self.field.text())

    def open(self, question: str = "") -> None:
        """Appear with the last query selected, ready to be typed over; `question` says what the node is for."""
        self.purpose = question
        self.field.setPlaceholderText(question or _PLACEHOLDER)
        if question:
            # Else what was typed before would stand in place of the question.
            self.field.clear()
        self.appeared.emit()
        self.appear()

    def chosen(self, item: QListWidgetItem) -> None:
        node, place = item.data(_NODE), item.data(_PLACE)
        self.place_chosen.emit(place) if place is not None else self.node_chosen.emit(node)

    def search(self, text: str) -> None:
        self.results.clear()
        hits = self._index.find(text) if self._index is not None else ()
        for hit in hits:
            self.results.addItem(self._item(hit))
        self.results.setCurrentRow(0)
        self._is_waiting = self._snapshot is not None and len(text.strip()) >= _SHORTEST
        self.show_state()
        if self._is_waiting:
            self.asked.emit(text)

    def show_more(self, question: str, hits: "tuple[TextHit, ...]") -> None:
        """Nodes found by meaning come after those found by name, if `question` is still what is asked."""
        if self._snapshot is None or not self._is_asked(question):
            return
        self._is_waiting = False
        items = [self.results.item(row) for row in range(self.results.count())]
        shown = {item.data(_NODE) for item in items}
        # Declarations of packages may be there already: they stay below.
        end = next((row for row, item in enumerate(items) if item.data(_PLACE) is not None), len(items))
        for hit in hits:
            if hit.node not in shown and hit.node in self._snapshot.nodes:
                met = f"{hit.field}: {hit.excerpt}" if hit.excerpt else ""
                self.results.insertItem(end, self._item(Hit(hit.node, met)))
                end += 1
        self.choose_first()

    def show_packages(self, question: str, hits: "tuple[LibraryHit, ...]") -> None:
        """Declarations of Lean packages come last, if `question` is still what is asked."""
        if self._is_asked(question):
            for hit in hits:
                self.results.addItem(_package_item(hit))
            self.choose_first()

    def _is_asked(self, question: str) -> bool:
        return not self.isHidden() and question == self.field.text()

    def below(self) -> str:
        rows = range(self.results.count())
        packages = [row for row in rows if self.results.item(row).data(_PLACE) is not None]
        if not packages or packages[0] < ROWS:
            return ""
        return f"{len(packages)} from Lean packages at the end of the list"

    def why_empty(self) -> str:
        if self._snapshot is None:
            return "Open a project first."
        if not self._snapshot.blueprint.nodes:
            return "This blueprint has no nodes: there is nothing to find yet."
        if self._index is None:
            return "Getting ready to search…"
        if self._is_waiting:
            return "No name has these words. Looking at what the nodes say…"
        return "No node has these words. Try a part of its label, or a word of its statement."

    def _item(self, hit: Hit) -> QListWidgetItem:
        assert self._snapshot is not None
        node = self._snapshot.nodes[hit.node]
        item = QListWidgetItem(self._mark_of(hit.node), plain_heading(node))
        declarations = [name for command in node.statement.lean for name in command.texts if name]
        item.setData(_NODE, hit.node)
        item.setData(DETAIL, hit.excerpt or " · ".join(dict.fromkeys((node.id, *declarations[:2]))))
        return item


def _package_item(hit: "LibraryHit") -> QListWidgetItem:
    item = QListWidgetItem(hit.name)
    said = " ".join((hit.doc or hit.statement).split())
    item.setData(DETAIL, f"{hit.package}: {said}")
    item.setData(_PLACE, Place(hit.path, hit.line))
    item.setToolTip(f"{hit.path}:{hit.line}")
    return item
