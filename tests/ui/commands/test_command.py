"""The command table: unique ids, no key twice, a menu for each, and everything reachable from the shortcut page."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QScrollArea

from blueprint_app.ui.commands.command import Actions, Command, Condition, clashes
from blueprint_app.ui.commands.shortcut_page import ShortcutPage, in_columns, sections
from blueprint_app.ui.commands.table import KEY_HINTS, MENUS


def command(name, *shortcuts, **more):
    return Command(name, f"&{name}", lambda: None, "&File", shortcuts, **more)


def test_the_table_of_the_window_is_sound(window):
    commands = window.commands.table
    assert clashes(commands) == []
    assert {each.menu for each in commands} == set(MENUS)
    for each in commands:
        assert all(not QKeySequence(keys).isEmpty() for keys in each.shortcuts), each.id
        assert each.id.partition(".")[0] in {"file", "edit", "view", "graph", "go", "lean", "assistant", "help"}


def test_clashes_are_found():
    assert clashes([command("a", "Ctrl+K"), command("a")]) == ["two commands are called a"]
    assert clashes([command("a", "ctrl+shift+k"), command("b", "Ctrl+Shift+K")]) == ["Ctrl+Shift+K belongs to a and b"]


def test_an_action_runs_its_command_and_follows_its_state(qtbot):
    window, state, done = QMainWindow(), {"on": False}, []
    qtbot.addWidget(window)
    is_on = Condition(lambda: state["on"], "It is off.")
    one = Command("file.do", "&Do…", lambda: done.append(1), "&File", ("Ctrl+D",), (is_on,), lambda: state["on"])
    actions = Actions([one], window)
    menus = actions.fill(window.menuBar(), ["&File"])
    actions.refresh()
    assert not actions["file.do"].isEnabled()
    assert actions["file.do"].toolTip() == "Do: It is off."
    state["on"] = True
    actions.refresh()
    assert actions["file.do"].isChecked()
    actions["file.do"].trigger()
    assert done == [1]
    assert actions["file.do"].toolTip() == "Do (Ctrl+D)"
    assert menus["&File"].actions() == [actions["file.do"]]


def test_the_shortcut_page_has_every_key_of_the_table(window):
    shown = {what for _title, rows in sections(window.commands.table) for _keys, what in rows}
    wanted = {each.plain_title for each in window.commands.table if each.shortcuts}
    assert wanted | {hint.title for hint in KEY_HINTS} == shown


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_columns_of_the_page_hold_all_sections_and_are_about_as_long(window, count):
    found = sections(window.commands.table)
    columns = in_columns(found, count)
    assert sorted(title for column in columns for title, _rows in column) == sorted(title for title, _rows in found)
    assert columns[0][0][0] == "File"
    lengths = [sum(len(rows) + 2 for _title, rows in column) for column in columns]
    assert max(lengths) < 1.5 * min(lengths)


def test_nothing_on_the_page_is_cut(window, qtbot):
    page = ShortcutPage(window.commands.table)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    for label in page.findChildren(QLabel):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed, label.text()
    content = page.findChild(QScrollArea).widget()
    area = page.findChild(QScrollArea)
    assert content.width() <= area.viewport().width()
    has_room = page.height() < page.screen().availableSize().height() - 64
    assert not has_room or not area.verticalScrollBar().isVisible()
