"""What the window shows while no project is open: how to open one, and why the last try did not work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from blueprint_app.model.errors import BlueprintError
from blueprint_app.sources.snapshot_path import is_snapshot_file
from blueprint_app.ui.project.samples import sample_title

_COLUMN, _LETTERS = 520, 88
"""How wide the column may be: in pixels, or in letters where the text is large."""

_WHAT_TO_OPEN = (
    "Your project: choose or drop a folder of its clone; no TeX run, no Lean build.",
    "A snapshot: drop the .bpsnap file that somebody made of a project.",
    "Neither at hand: the sample is a small blueprint with most of the statuses.",
)
"""Three lines for a person who never opened anything here."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A folder that could not be opened, and why."""

    path: Path
    error: BlueprintError


class StartPage(QScrollArea):
    """`path_chosen` carries a folder to open; `folder_wanted` asks for the folder dialog, `tour_wanted` a tour."""

    path_chosen = Signal(object)
    folder_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("start_page")

    def show_choices(self, recent: Sequence[Path], samples: Sequence[Path], failure: Failure | None = None) -> None:
        """Show the recent projects, the samples and, above them, what went wrong."""
        column = QWidget()
        column.setMaximumWidth(max(_COLUMN, _LETTERS * self.fontMetrics().averageCharWidth()))
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        if failure is None:
            self._add_welcome(layout, samples)
        else:
            self._add_failure(layout, failure)
        self._add_links(layout, "Recent projects", recent, with_folder=True)
        self._add_links(layout, "Samples", samples, with_folder=False)
        page = QWidget()
        # Stretches instead of an alignment: an aligned widget would not be asked how high its text is at its width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, 100)
        middle.addStretch(1)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(32, 32, 32, 32)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.setWidget(page)

    def _add_welcome(self, layout: QVBoxLayout, samples: Sequence[Path]) -> None:
        layout.addWidget(_title("Open a Lean blueprint"))
        layout.addSpacing(4)
        for line in _WHAT_TO_OPEN:
            layout.addSpacing(2)
            layout.addWidget(_text(line))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._open_button("Open folder…"))
        if samples:
            buttons.addWidget(_button("Open the sample", lambda: self.path_chosen.emit(samples[0])))
            buttons.addWidget(_button("Take a short tour", self.tour_wanted.emit))
        buttons.addStretch(1)
        layout.addSpacing(14)
        layout.addLayout(buttons)

    def _add_failure(self, layout: QVBoxLayout, failure: Failure) -> None:
        what = "file" if is_snapshot_file(failure.path) else "folder"
        layout.addWidget(_title(f"This {what} could not be opened"))
        layout.addSpacing(6)
        layout.addWidget(_text(str(failure.path), faint=True))
        layout.addWidget(_text(failure.error.what_happened))
        if failure.error.what_to_do:
            layout.addWidget(_text(failure.error.what_to_do))
        again = _button("Try again", lambda: self.path_chosen.emit(failure.path))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._open_button("Open another folder…"))
        buttons.addWidget(again)
        buttons.addStretch(1)
        layout.addSpacing(8)
        layout.addLayout(buttons)

    def _open_button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setDefault(True)
        button.setObjectName("primary")
        button.clicked.connect(self.folder_wanted)
        return button

    def _add_links(self, layout: QVBoxLayout, title: str, paths: Sequence[Path], *, with_folder: bool) -> None:
        if not paths:
            return
        layout.addSpacing(20)
        heading = QLabel(title)
        heading.setObjectName("heading")
        layout.addWidget(heading)
        for path in paths:
            layout.addWidget(self._link(path, str(path.parent) if with_folder else sample_title(path)))

    def _link(self, path: Path, detail: str) -> QPushButton:
        link = QPushButton(f"{path.name}  –  {detail}" if detail else path.name)
        link.setObjectName("link")
        link.setToolTip(str(path))
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.clicked.connect(lambda: self.path_chosen.emit(path))
        return link


def _button(text: str, run: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    # As high as the one beside it that is chosen most.
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
    button.clicked.connect(lambda _checked=False: run())
    return button


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("title")
    return label


def _text(text: str, *, faint: bool = False) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setObjectName("faint" if faint else "")
    return label
