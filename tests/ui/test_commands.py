"""The command table: unique ids, no key twice, a menu for each, and everything reachable from the shortcut page."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from blueprint_app.ui.command_table import KEY_HINTS, MENUS
from blueprint_app.ui.commands import Actions, Command, Condition, clashes
from blueprint_app.ui.shortcut_page import sections


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
