"""What a person can do, as data: menus, toolbar, shortcuts and the shortcut page all come from one table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. `id` is ``menu.verb``; `title` has Qt's ``&`` for the mnemonic.

    `shortcuts` are portable key texts ("Ctrl+P"); the first is shown. `enabled` and `checked`
    are asked whenever the window changed; a command with `checked` shows a tick. `group` separates
    commands within a menu by a line; `exclusive` draws the tick as a choice of one. What `needs_folder` cannot be done
    with a snapshot file.
    """

    id: str
    title: str
    run: Callable[[], object]
    menu: str
    shortcuts: tuple[str, ...] = ()
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    group: int = 0
    exclusive: bool = False
    hint: str = ""
    needs_folder: bool = False

    @property
    def plain_title(self) -> str:
        """The title as a person reads it."""
        return self.title.replace("&", "").rstrip("…")


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
        made = {}
        for title in menus:
            menu = menu_bar.addMenu(title)
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
        missing = self._no_folder()
        for command in self.table:
            action = self._actions[command.id]
            if command.enabled is not None or command.needs_folder:
                reason = missing if command.needs_folder else ""
                action.setEnabled(not reason and (command.enabled is None or command.enabled()))
                # A menu shows the one in the status bar, a toolbar the other beside the pointer.
                action.setStatusTip(reason)
                action.setToolTip(reason or _tool_tip(command))
            if command.checked is not None:
                action.setChecked(command.checked())

    @staticmethod
    def _action(command: Command, window: QWidget) -> QAction:
        action = QAction(command.title, window)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(text) for text in command.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(command.checked is not None)
        action.setToolTip(_tool_tip(command))
        action.triggered.connect(lambda _checked=False: command.run())
        window.addAction(action)
        return action


def _tool_tip(command: Command) -> str:
    keys = command.shortcuts[0] if command.shortcuts else ""
    text = command.hint or command.plain_title
    return f"{text} ({QKeySequence(keys).toString()})" if keys else text
