"""Ctrl+K: every command by a few letters, the last used first, and what cannot be done now says so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from blueprint_app.ui.commands.command import Command
from blueprint_app.ui.commands.palette import fitting
from blueprint_app.ui.search.finder import ASIDE, DETAIL


def command(title: str, menu: str = "&View") -> Command:
    return Command(title, title, lambda: None, menu)


TABLE = tuple(
    map(command, ("Fit graph", "New layout", "Show &inferred edges", "Text larger", "Graph", "Export graph…"))
)


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("graph", ["Graph", "Fit graph", "Export graph"]),
        ("GRA fi", ["Fit graph"]),
        ("nl", ["New layout"]),
        ("view larg", ["Text larger"]),
        ("ferr", ["Show inferred edges"]),
        ("nothing of this", []),
    ],
)
def test_a_few_letters_find_it(typed, titles):
    assert [each.plain_title for each in fitting(TABLE, typed, (), lambda _each: True)] == titles


def test_the_last_used_stand_first_and_what_cannot_be_done_last():
    found = fitting(TABLE, "", ("Text larger", "New layout"), lambda each: each.id != "Fit graph")
    assert [each.id for each in found][:2] == ["Text larger", "New layout"]
    assert found[-1].id == "Fit graph"


@pytest.fixture
def palette(window, qtbot):
    assert window.commands["go.command"].shortcut().toString() == "Ctrl+K"
    window.commands["go.command"].trigger()
    qtbot.waitUntil(window.command_palette.isVisible)
    return window.command_palette


def titles(palette):
    return [palette.results.item(row).text() for row in range(palette.results.count())]


def test_it_lists_every_command_of_the_window(palette, window):
    assert len(titles(palette)) == len(window.commands.table)
    assert palette.note.text().endswith("more: type on")


def test_enter_does_it_and_remembers(palette, window, qtbot):
    zoom = window.settings["zoom"]
    qtbot.keyClicks(palette.field, "text larger")
    assert titles(palette)[0] == "Text larger"
    assert "View" in palette.results.item(0).data(DETAIL)
    assert palette.results.item(0).data(ASIDE) == "Ctrl++"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert window.settings["zoom"] > zoom
    palette.open()
    assert titles(palette)[0] == "Text larger"


def test_what_cannot_be_done_is_told_and_not_done(palette, window, qtbot):
    qtbot.keyClicks(palette.field, "reload")
    item = palette.results.item(0)
    assert item.text() == "Reload"
    assert item.data(DETAIL) == "File · No project is open."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_word_that_no_command_has(palette, qtbot):
    qtbot.keyClicks(palette.field, "zzz")
    assert titles(palette) == []
    assert "No command" in palette.note.text()
