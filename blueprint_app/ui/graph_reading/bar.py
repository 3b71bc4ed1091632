"""The slim bar over a graph of which not all is seen as it is: what is shown, and the way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from blueprint_app.ui.look.elided_label import ElidedLabel
from blueprint_app.ui.look.flow_row import SPACING, FlowRow

_WIDEST, _NARROWEST, _HIGH = 480, 48, 26


@dataclass(frozen=True, slots=True)
class Step:
    """A small button of a chip: its sign, what it does in words, and the deed."""

    sign: str
    words: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is chosen: words and buttons in the order in which they stand; `tip` tells more."""

    parts: tuple[str | Step, ...]
    tip: str = ""

    @property
    def parts_in_words(self) -> tuple[str, ...]:
        """What is seen of it."""
        return tuple(part if isinstance(part, str) else part.sign for part in self.parts)

    @property
    def text(self) -> str:
        """Its words alone."""
        return " ".join(part for part in self.parts if isinstance(part, str))


class ReadingBar(QFrame):
    """Takes no room while the whole graph is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading_bar")
        self.setAccessibleName("What of the graph is shown")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._layout = FlowRow(self, shrinks=True, line_spacing=SPACING // 2)
        self._layout.setContentsMargins(12, 4, 12, 4)
        self.chips: tuple[Chip, ...] = ()
        self.hide()

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """Show these, in this order; without any the bar goes."""
        self.chips = tuple(chips)
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._layout.addWidget(_chip_widget(chip))
        self.setAccessibleDescription("; ".join(chip.text for chip in chips))
        self.setVisible(bool(chips))
        self._layout.invalidate()
        self.updateGeometry()


def _chip_widget(chip: Chip) -> QFrame:
    frame = QFrame()
    frame.setObjectName("chip" if len(chip.parts) > 1 else "words")
    frame.setMinimumHeight(_HIGH)
    frame.setToolTip(chip.tip)
    row = QHBoxLayout(frame)
    row.setContentsMargins(8, 0, 4, 0)
    row.setSpacing(2)
    for part in chip.parts:
        row.addWidget(ElidedLabel(part, _WIDEST, _NARROWEST) if isinstance(part, str) else _button(part))
    return frame


def _button(step: Step) -> QWidget:
    if len(step.sign) > 1:
        wide = QPushButton(step.sign)
        wide.setFlat(True)
        wide.setToolTip(step.words)
        wide.clicked.connect(lambda _checked=False: step.run())
        return wide
    button = QToolButton()
    button.setText(step.sign)
    button.setAutoRaise(True)
    button.setFixedSize(20, 20)
    button.setToolTip(step.words)
    button.setAccessibleName(step.words)
    button.clicked.connect(lambda _checked=False: step.run())
    return button
