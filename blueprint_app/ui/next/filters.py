"""The row of filters above the offers; what is chosen is one value that a job can work with."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from blueprint_app.export.titles import numbered_title
from blueprint_app.insight.next.next_lemma import Size, Skill, Work
from blueprint_app.insight.next.offer_words import OfferFilter
from blueprint_app.model.blueprint import Heading
from blueprint_app.ui.look.flow_row import FlowRow

_ONE = 2
"""Entries of the box of chapters where there is one chapter, which is no choice."""

_LONGEST = 22
"""Letters of a chapter's title that are shown in its box."""

_WORKS = (
    ("All that is ready", None),
    ("Statements", Work.STATE),
    ("Proofs", Work.PROVE),
    ("Text to write", Work.WRITE),
)
_SKILLS = (
    ("Any skill", None), ("Lean", Skill.LEAN), ("Mathematics", Skill.MATHEMATICS), ("Both", Skill.BOTH),
)  # fmt: skip
_SIZES = (("Any size", None), *((size.value.capitalize(), size) for size in Size))
_MATHLIB = (("Any use of Mathlib", None), ("Uses a node in Mathlib", True), ("Uses none in Mathlib", False))


class Filters(QWidget):
    """`changed` carries the `OfferFilter` that is chosen."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = FlowRow(self)
        self.work = _box("What is to be done", _WORKS)
        self.chapter = _box("Chapter", (("All chapters", None),))
        self.skill = _box("What it takes", _SKILLS)
        self.length = _box("By the length of the text", _SIZES)
        self.mathlib = _box("Whether it directly uses a node that is in Mathlib", _MATHLIB)
        self.boxes = (self.work, self.chapter, self.skill, self.length, self.mathlib)
        self.unclaimed = QCheckBox("Hide claimed")
        self.unclaimed.setFixedHeight(self.work.sizeHint().height())
        self.unclaimed.setToolTip("Leave out what somebody has said to work on")
        for box in self.boxes:
            box.currentIndexChanged.connect(lambda _index: self.changed.emit(self.wanted))
            row.addWidget(box)
        self.unclaimed.toggled.connect(lambda _checked: self.changed.emit(self.wanted))
        row.addWidget(self.unclaimed)

    @property
    def wanted(self) -> OfferFilter:
        """What is chosen."""
        work, heading, skill, size, mathlib = (box.currentData() for box in self.boxes)
        return OfferFilter(work, "", skill, size, mathlib, self.unclaimed.isChecked(), heading)

    def show_headings(self, headings: Iterable[Heading]) -> None:
        """Offer the chapters of a project; one that was chosen and is still there stays chosen."""
        chosen, box = self.chapter.currentData(), self.chapter
        with QSignalBlocker(box):
            box.clear()
            box.addItem("All chapters", None)
            for heading in headings:
                if heading.parent is None:
                    text = numbered_title(heading)
                    box.addItem(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…", heading.key)
                    box.setItemData(box.count() - 1, text, _TOOLTIP)
            box.setCurrentIndex(max(box.findData(chosen), 0))
        box.setVisible(box.count() > _ONE)

    def clear(self) -> None:
        """Ask for nothing."""
        with QSignalBlocker(self):
            for box in self.boxes:
                box.setCurrentIndex(0)
            self.unclaimed.setChecked(False)
        self.changed.emit(self.wanted)


_TOOLTIP = Qt.ItemDataRole.ToolTipRole


def _box(name: str, choices: Iterable[tuple[str, Any]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    for text, value in choices:
        box.addItem(text, value)
    return box
