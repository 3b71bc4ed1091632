"""The command that opens a source place, for each way an editor may be named."""

from pathlib import Path

import pytest

from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.ui.editor import editor_command, open_place

FILE = Path("/p/a b; rm.tex")


def command(template="", environment=None, programs=()):
    return editor_command(FILE, 7, template, environment or {}, lambda name: name if name in programs else None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"template": "my-editor --at {line} {file}"}, ["my-editor", "--at", "7", str(FILE)]),
        ({"template": "my-editor"}, ["my-editor", str(FILE)]),
        ({"programs": ("code", "xdg-open")}, ["code", "--goto", f"{FILE}:7"]),
        ({"environment": {"VISUAL": "kate -n"}, "programs": ("kate",)}, ["kate", "-n", "--line", "7", str(FILE)]),
        ({"environment": {"EDITOR": "vim"}, "programs": ("vim", "xdg-open")}, ["xdg-open", str(FILE)]),
        ({"environment": {"VISUAL": "odd"}, "programs": ("odd",)}, ["odd", str(FILE)]),
    ],
)
def test_the_command_of_each_editor(given, expected):
    assert command(**given) == expected


def test_no_editor_at_all_says_what_to_do():
    with pytest.raises(BlueprintError, match="Settings"):
        command()


def test_a_template_that_is_no_command_says_so():
    with pytest.raises(BlueprintError, match="not a command"):
        command(template='code "{file}')


def test_a_file_that_is_gone_is_not_opened(tmp_path):
    with pytest.raises(BlueprintError, match=r"gone\.tex"):
        open_place(str(tmp_path), Place("gone.tex", 1), "true {file}")


def test_an_editor_that_does_not_start_says_so(tmp_path):
    (tmp_path / "a.tex").write_text("")
    with pytest.raises(BlueprintError, match="no-such-program"):
        open_place(str(tmp_path), Place("a.tex", 1), "/no-such-program {file}")


def test_the_editor_is_started_with_the_place(tmp_path, qtbot):
    source, written = tmp_path / "a.tex", tmp_path / "written"
    source.write_text("")
    open_place(str(tmp_path), Place("a.tex", 3), f"sh -c 'echo $0:$1 > {written}' {{file}} {{line}}")
    qtbot.waitUntil(lambda: written.exists() and written.read_text() == f"{source}:3\n")
