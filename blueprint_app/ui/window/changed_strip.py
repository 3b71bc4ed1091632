"""Which nodes turned since a moment: from what to what, each a click away, until it is dismissed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from blueprint_app.live.changes import Aspect, Change
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.look.icons import node_icon
from blueprint_app.ui.theme import Theme, headline_style

_MOST = 4
"""Nodes shown in the strip itself; the others are in a menu behind it."""

_GAP = 12
"""Room between two of them, in pixels."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A node that turned: the headline before ("" if it is new) and after ("" if it is gone)."""

    node: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """What happened, for a button."""
        return f"{self.before or 'new'} → {self.after or 'gone'}"


def turned(changes: Iterable[Change]) -> tuple[Turn, ...]:
    """The changes of state among all changes: headlines that turned, nodes that came or went."""
    kinds = (Aspect.HEADLINE, Aspect.ADDED, Aspect.REMOVED)
    return tuple(Turn(change.node, change.before, change.after) for change in changes if change.aspect in kinds)


def joined(earlier: Iterable[Turn], later: Iterable[Turn]) -> tuple[Turn, ...]:
    """All turns as one step each, the latest first; what has turned back is left out."""
    by_node = {turn.node: turn for turn in earlier}
    for turn in later:
        former = by_node.pop(turn.node, None)
        turn = turn if former is None else replace(turn, before=former.before)
        if turn.before != turn.after:
            by_node[turn.node] = turn
    return tuple(reversed(by_node.values()))


class ChangedStrip(QToolBar):
    """A bar that is there while it holds turns; `node_selected` carries the id of a node that was clicked."""

    node_selected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changed_strip")
        self.setWindowTitle("What changed")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.turns: tuple[Turn, ...] = ()
        self._since = ""
        self._nodes: frozenset[str] = frozenset()
        self._theme: Theme | None = None
        body = QWidget()
        # What changed must never make the window wider: where there is little room fewer nodes are shown.
        body.setMinimumWidth(0)
        body.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(body)
        line.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        line.setContentsMargins(4, 0, 0, 0)
        line.setSpacing(_GAP - 4)
        self.heading = QLabel()
        self.heading.setObjectName("faint")
        self._buttons = [_node_button() for _ in range(_MOST)]
        self._more = _node_button()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._more.setMenu(self._menu)
        close = QToolButton()
        close.setText("×")
        close.setToolTip("Dismiss; later changes are told from now on")
        close.setAutoRaise(True)
        close.clicked.connect(self.clear)
        self.close_button = close
        line.addWidget(self.heading)
        for number, button in enumerate(self._buttons):
            button.clicked.connect(lambda _checked=False, number=number: self._choose(self.turns[number].node))
            line.addWidget(button)
        line.addWidget(self._more)
        line.addStretch(1)
        line.addWidget(close)
        self.addWidget(body)
        self.hide()

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """The buttons of the nodes that are shown, in order."""
        return tuple(button for button in self._buttons if not button.isHidden())

    def add(self, changes: Iterable[Change], snapshot: Snapshot, theme: Theme) -> None:
        """Take further changes, which lead to `snapshot`, into account."""
        self.turns = joined(reversed(self.turns), turned(changes))
        if self.turns and not self._since:
            self._since = datetime.now().strftime("%H:%M")
        self._nodes = frozenset(snapshot.nodes)
        self._theme = theme
        self._fill()

    def show_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self._fill()

    def clear(self) -> None:
        """Forget what changed so far."""
        self.turns, self._since = (), ""
        self._fill()

    def _fill(self) -> None:
        self.setVisible(bool(self.turns))
        if not self.turns or self._theme is None:
            return
        self.heading.setText(f"Changed since {self._since}:")
        for button, turn in zip(self._buttons, self.turns, strict=False):
            button.setText(f"{_short(turn.node)}  {turn.words}")
            button.setIcon(_mark(turn, self._theme))
            button.setToolTip(f"{turn.node}: {turn.words}")
            button.setEnabled(turn.node in self._nodes)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.turns:
            self._arrange()

    def _arrange(self) -> None:
        """Show the nodes that there is room for; the others go into the menu."""
        self._more.setText(f"and {len(self.turns)} more")
        room = self.width() - sum(each.sizeHint().width() for each in (self.heading, self._more, self.close_button))
        shown = 0
        for button in self._buttons[: len(self.turns)]:
            room -= button.sizeHint().width() + _GAP
            shown += room > 0
        for number, button in enumerate(self._buttons):
            button.setVisible(number < shown)
        rest = self.turns[shown:]
        self._more.setVisible(bool(rest))
        self._more.setText(f"and {len(rest)} more" if shown else f"{len(rest)} nodes")
        self._fill_menu(rest)

    def _fill_menu(self, rest: tuple[Turn, ...]) -> None:
        theme = self._theme
        assert theme is not None
        self._menu.clear()
        for turn in rest:
            action = self._menu.addAction(_mark(turn, theme), f"{turn.node}  {turn.words}")
            action.setEnabled(turn.node in self._nodes)
            action.triggered.connect(lambda _checked=False, node=turn.node: self._choose(node))

    def _choose(self, node: str) -> None:
        self.node_selected.emit(node)


def _node_button() -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setIconSize(QSize(14, 14))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def _short(node: str) -> str:
    return node if len(node) <= 28 else f"{node[:27]}…"


def _mark(turn: Turn, theme: Theme) -> QIcon:
    if not turn.after:
        return QIcon()
    return node_icon(headline_style(Headline(turn.after), theme), box=False)
