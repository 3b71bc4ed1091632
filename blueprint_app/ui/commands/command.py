"""What a person can do, as data: menus, toolbar, shortcuts and the shortcut page all come from one table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QActionGroup, QHelpEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolTip, QWidget


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold before something can be done, and the sentence that says so where it does not."""

    holds: Callable[[], bool]
    reason: str


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. `id` is ``menu.verb``; `title` has Qt's ``&`` for the mnemonic.

    `shortcuts` are portable key texts ("Ctrl+P"); the first is shown. `needs` and `checked` are asked whenever the
    window changed: all that it needs has to hold, and the first that does not is why it cannot be done; a command
    with `checked` shows a tick. `group` separates commands within a menu by a line; `exclusive` draws the tick as a
    choice of one. What `needs_folder` cannot be done with a snapshot file.
    """

    id: str
    title: str
    run: Callable[[], object]
    menu: str
    shortcuts: tuple[str, ...] = ()
    needs: tuple[Condition, ...] = ()
    checked: Callable[[], bool] | None = None
    group: int = 0
    exclusive: bool = False
    hint: str = ""
    needs_folder: bool = False

    @property
    def plain_title(self) -> str:
        """The title as a person reads it."""
        return self.title.replace("&", "").rstrip("…")

    def hindrance(self, no_folder: str, holds: Callable[[Condition], bool]) -> str:
        """Why it cannot be done now, "" where it can; `no_folder` says why there is no folder to work in."""
        if self.needs_folder and no_folder:
            return no_folder
        return next((condition.reason for condition in self.needs if not holds(condition)), "")


@dataclass(frozen=True, slots=True)
class KeyHint:
    """Keys that a widget handles by itself, for the shortcut page only."""

    keys: str
    title: str
    menu: str


def clashes(commands: Iterable[Command]) -> list[str]:
    """Ids used twice and key sequences given to two commands, in words; empty when the table is sound."""
    found: list[str] = []
    ids: dict[str, Command] = {}
    keys: dict[str, Command] = {}
    for command in commands:
        if command.id in ids:
            found.append(f"two commands are called {command.id}")
        ids[command.id] = command
        for text in command.shortcuts:
            portable = QKeySequence(text).toString(QKeySequence.SequenceFormat.PortableText)
            if portable in keys:
                found.append(f"{portable} belongs to {keys[portable].id} and {command.id}")
            keys[portable] = command
    return found


class Actions:
    """The table's commands as Qt actions of one window.

    `no_folder` says why there is no folder to work in, "" where there is one or nothing is open.
    """

    def __init__(self, commands: Sequence[Command], window: QWidget, no_folder: Callable[[], str] = lambda: "") -> None:
        self.table = tuple(commands)
        self._no_folder = no_folder
        self._actions: Mapping[str, QAction] = {command.id: self._action(command, window) for command in commands}
        self._hindrances = {command.id: "" for command in commands}
        self._groups: dict[tuple[str, int], QActionGroup] = {}
        for command in commands:
            if command.exclusive:
                key = (command.menu, command.group)
                group = self._groups.setdefault(key, QActionGroup(window))
                group.addAction(self._actions[command.id])

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def fill(self, menu_bar: QMenuBar, menus: Sequence[str]) -> dict[str, QMenu]:
        """Make the menus, in this order, with a line between the groups of a menu."""
        made: dict[str, QMenu] = {}
        for title in menus:
            menu = CommandMenu(title, menu_bar)
            menu_bar.addMenu(menu)
            self.fill_menu(menu, title)
            made[title] = menu
        return made

    def fill_menu(self, menu: QMenu, title: str) -> None:
        """Add the commands of the menu called `title`."""
        group = None
        for command in self.table:
            if command.menu != title:
                continue
            if group is not None and command.group != group:
                menu.addSeparator()
            group = command.group
            menu.addAction(self._actions[command.id])

    def refresh(self) -> None:
        """Ask each command again whether it can be done and whether it is ticked."""
        no_folder = self._no_folder()
        # Most commands need what others need.
        holds = cache(lambda condition: condition.holds())
        for command in self.table:
            action = self._actions[command.id]
            if command.needs or command.needs_folder:
                reason = command.hindrance(no_folder, holds)
                self._hindrances[command.id] = reason
                action.setEnabled(not reason)
                # A menu shows the one beside the pointer and in the status bar, a toolbar the other.
                action.setStatusTip(reason or command.hint)
                action.setToolTip(f"{command.plain_title}: {reason}" if reason else _tool_tip(command))
            if command.checked is not None:
                action.setChecked(command.checked())

    def hindrance(self, command_id: str) -> str:
        """Why a command cannot be done, as of the last refresh; "" where it can."""
        return self._hindrances[command_id]

    @staticmethod
    def _action(command: Command, window: QWidget) -> QAction:
        action = QAction(command.title, window)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(text) for text in command.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(command.checked is not None)
        action.setStatusTip(command.hint)
        action.setToolTip(_tool_tip(command))
        action.triggered.connect(lambda _checked=False: command.run())
        window.addAction(action)
        return action


class CommandMenu(QMenu):
    """A menu that tells of the entry under the pointer what it is for, or why it cannot be chosen now."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            action = self.actionAt(event.pos())
            QToolTip.showText(event.globalPos(), action.statusTip() if action is not None else "", self)
            return True
        return super().event(event)


def _tool_tip(command: Command) -> str:
    keys = command.shortcuts[0] if command.shortcuts else ""
    text = command.hint or command.plain_title
    return f"{text} ({QKeySequence(keys).toString()})" if keys else text
