"""Ctrl+K: any command by a few letters of its name, what was done last first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QListWidgetItem, QWidget

from blueprint_app.insight.search.search import folded
from blueprint_app.ui.commands.command import Actions, Command
from blueprint_app.ui.search.finder import ASIDE, DETAIL, ROWS, Finder
from blueprint_app.ui.settings.settings import Settings

_COMMAND = Qt.ItemDataRole.UserRole + 1
_RECENT, _MOST_RECENT = "commands", 8
"""The setting that holds what was done last from here, and how much of it."""


class Palette(Finder):
    """Lists the commands of the window; what cannot be done now stands last and faint, with the reason."""

    def __init__(self, parent: QWidget, commands: Actions, settings: Settings) -> None:
        super().__init__(parent, "Search commands", "Commands found", has_marks=False)
        self._commands, self._settings = commands, settings
        self.field.setPlaceholderText("A command, by a part of its name")

    def open(self) -> None:
        """Appear with an empty field."""
        self._commands.refresh()
        self.field.clear()
        self.appear()

    def search(self, text: str) -> None:
        self.results.clear()
        recent: tuple[str, ...] = self._settings[_RECENT]
        for command in fitting(self._commands.table, text, recent, self._can):
            self.results.addItem(self._item(command))
        self.results.setCurrentRow(0)
        self.show_state()

    def chosen(self, item: QListWidgetItem) -> None:
        name: str = item.data(_COMMAND)
        recent = (name, *(each for each in self._settings[_RECENT] if each != name))
        self._settings[_RECENT] = recent[:_MOST_RECENT]
        self._commands[name].trigger()

    def below(self) -> str:
        count = self.results.count()
        return f"{count - ROWS} more: type on" if count > ROWS else ""

    def why_empty(self) -> str:
        return "No command has these words. All of them stand in the menus."

    def _can(self, command: Command) -> bool:
        return not self._commands.hindrance(command.id)

    def _item(self, command: Command) -> QListWidgetItem:
        action = self._commands[command.id]
        is_ticked = action.isCheckable() and action.isChecked()
        item = QListWidgetItem(f"{command.plain_title}  ✓" if is_ticked else command.plain_title)
        keys = (
            QKeySequence(command.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
            if command.shortcuts
            else ""
        )
        menu = command.menu.replace("&", "")
        reason = self._commands.hindrance(command.id)
        item.setData(ASIDE, keys)
        item.setData(DETAIL, " · ".join(filter(None, (menu, reason or command.hint))))
        item.setData(_COMMAND, command.id)
        if reason:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        return item


def fitting(
    commands: Sequence[Command], text: str, recent: Sequence[str], can: Callable[[Command], bool]
) -> list[Command]:
    """The commands that fit what was typed: those that can be done first, then by how they fit, then the last used."""
    typed = folded(text)
    found = []
    for place, command in enumerate(commands):
        fit = _fit(typed, folded(command.plain_title), folded(command.menu.replace("&", "")))
        if fit is not None:
            age = recent.index(command.id) if command.id in recent else len(recent)
            found.append((not can(command), fit, age, place, command))
    return [command for *_, command in sorted(found, key=lambda each: each[:-1])]


def _fit(typed: str, title: str, menu: str) -> int | None:
    """How well a title fits: 0 best, None not at all."""
    if title.startswith(typed):
        return 0
    words = typed.split()
    if all(f" {word}" in f" {title}" for word in words):
        return 1
    if all(word in title for word in words):
        return 2
    if all(word in f"{menu} {title}" for word in words):
        return 3
    initials = "".join(word[0] for word in title.split())
    return 4 if initials.startswith("".join(words)) else None
