"""The reference says what the tables of the app say: `docs/update-reference` makes it so again."""

from pathlib import Path

import pytest

from blueprint_app.cli import make_parser
from blueprint_app.cli.described import described
from blueprint_app.ui.commands.command import Command, KeyHint
from blueprint_app.ui.commands.hints import HINTS
from blueprint_app.ui.commands.table import KEY_HINTS
from blueprint_app.ui.editor.known import EDITORS, SYSTEM, Editor
from blueprint_app.ui.settings.settings import SETTINGS, Setting
from tools.reference import commands_page, pages, settings_page

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"


def test_the_committed_pages_are_what_the_tables_give(window):
    made = pages(window.commands.table, KEY_HINTS, SETTINGS, (*EDITORS, SYSTEM), described(make_parser()))
    # The formats are told in prose; their own tests read them there.
    assert {path.name for path in REFERENCE.iterdir()} == {*made, "formats.md"}
    for name, text in made.items():
        assert (REFERENCE / name).read_text(encoding="utf-8") == text, f"{name}: run docs/update-reference"


def test_every_command_says_what_it_does(window):
    assert [each.id for each in window.commands.table if not each.hint] == []
    assert HINTS.keys() <= {each.id for each in window.commands.table}


def test_a_command_is_written_with_its_keys():
    command = Command(
        "file.do", "&Do it…", lambda: None, "&File", ("Ctrl+D", "F2"), hint="All | of it", needs_folder=True
    )
    page = commands_page([command], [KeyHint("+, -", "Zoom", "In the graph")])
    assert "## File\n" in page
    assert "| Do it… | `Ctrl+D`, `F2` | All \\| of it *(folder)* |\n" in page
    assert "| `+`, `-` | Zoom |\n" in page


@pytest.mark.parametrize(
    ("setting", "row"),
    [
        (Setting("on", True, "On", "Why."), "| On | `on` | on | on, off | Why. |"),
        (Setting("size", 1.0, "Size", limits=(0.5, 3.0)), "| Size | `size` | `1.0` | 0.5 to 3 |  |"),
        (Setting("one", "a", "One", choices=("a", "b")), "| One | `one` | `a` | `a`, `b` |  |"),
        (Setting("text", "", "Text"), "| Text | `text` | empty | text |  |"),
    ],
)
def test_a_setting_is_written_with_what_it_may_be(setting, row):
    assert f"{row}\n" in settings_page([setting])


def test_an_editor_is_written_with_what_it_takes():
    page = settings_page(
        [],
        [
            Editor("Ed", ("ed", "red"), ("+{line}", "{file}"), needs_terminal=True),
            Editor("Any", ("open",), ("{file}",)),
        ],
    )
    assert "| Ed | `ed`, `red` | line, in a terminal |\n" in page
    assert "| Any | `open` | the file alone |\n" in page


def test_what_the_app_remembers_by_itself_is_no_setting():
    assert "geometry" not in settings_page([Setting("geometry", "")])
