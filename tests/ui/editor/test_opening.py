"""Opening a source place: real programs on PATH write down how they were called, for each way to name an editor."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.ui.editor.known import EDITORS, SYSTEM
from blueprint_app.ui.editor.opening import EXAMPLE, automatic, editor_command, open_place, template_problem

NAMES = ("a.tex", "a b; rm -rf $HOME.tex", 'it\'s "quoted".tex', "-n --eval=x.tex", "{line} {column}.tex", "Gödel.tex")

RECORDER = """#!/bin/sh
printf '%s\\n' "${0##*/}" "$@" > "$CALLED.$$" && /bin/mv "$CALLED.$$" "$CALLED"
"""
TERMINAL = """#!/bin/sh
while [ "$1" = -e ] || [ "$1" = -- ] || [ "$1" = -x ] || [ "$1" = start ]; do shift; done
exec "$@"
"""


class Machine:
    """A PATH with nothing on it but the programs that a test puts there."""

    def __init__(self, folder: Path, monkeypatch, qtbot) -> None:
        self.bin, self.called, self.project = folder / "bin", folder / "called", folder / "my project"
        self.bin.mkdir()
        self.project.mkdir()
        self._qtbot = qtbot
        monkeypatch.setenv("PATH", str(self.bin))
        monkeypatch.setenv("CALLED", str(self.called))
        for variable in ("VISUAL", "EDITOR"):
            monkeypatch.delenv(variable, raising=False)

    def install(self, *names: str, script: str = RECORDER) -> None:
        for name in names:
            (self.bin / name).write_text(script)
            (self.bin / name).chmod(0o755)

    def open(self, setting: str = "", name: str = "a.tex", line: int = 7, column: int = 1) -> list[str]:
        """How the editor was called."""
        (self.project / name).write_text("")
        open_place(str(self.project), Place(name, line, column), setting)
        # A file is there before what is written into it.
        self._qtbot.waitUntil(lambda: self.called.exists() and self.called.read_text().endswith("\n"))
        words = self.called.read_text().splitlines()
        self.called.unlink()
        return words


@pytest.fixture
def machine(tmp_path, monkeypatch, qtbot):
    return Machine(tmp_path, monkeypatch, qtbot)


@pytest.mark.parametrize(
    ("program", "setting", "at_line", "at_column"),
    [
        ("code", "VS Code", "code --goto FILE:7", "code --goto FILE:7:5"),
        ("codium", "VSCodium", "codium --goto FILE:7", "codium --goto FILE:7:5"),
        ("cursor", "Cursor", "cursor --goto FILE:7", "cursor --goto FILE:7:5"),
        ("emacs", "Emacs", "emacs +7 FILE", "emacs +7:5 FILE"),
        ("emacsclient", "Emacs", "emacsclient -n +7 FILE", "emacsclient -n +7:5 FILE"),
        ("gvim", "GVim", "gvim +7 FILE", "gvim +normal!_7G5| FILE"),
        ("kate", "Kate", "kate --line 7 FILE", "kate --line 7 --column 5 FILE"),
        ("zeditor", "Zed", "zeditor FILE:7", "zeditor FILE:7:5"),
        ("subl", "Sublime Text", "subl FILE:7", "subl FILE:7:5"),
        ("gedit", "gedit", "gedit +7 FILE", "gedit +7:5 FILE"),
        ("xdg-open", "System default", "xdg-open FILE", "xdg-open FILE"),
        ("mine", "mine --at {line}.{column} {file}", "mine --at 7.1 FILE", "mine --at 7.5 FILE"),
        ("mine", "mine", "mine FILE", "mine FILE"),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_each_editor_gets_the_place_in_its_own_way(machine, program, setting, at_line, at_column, name):
    machine.install(program)
    for column, expected in ((1, at_line), (5, at_column)):
        called = machine.open(setting, name, column=column)
        words = [word.replace("normal!_", "normal! ") for word in expected.split(" ")]
        assert called == [word.replace("FILE", str(machine.project / name)) for word in words]


@pytest.mark.parametrize("terminal", ["x-terminal-emulator", "gnome-terminal", "xfce4-terminal", "wezterm", "foot"])
@pytest.mark.parametrize(("setting", "program"), [("Vim", "vim"), ("Neovim", "nvim"), ("nano", "nano")])
def test_what_needs_a_terminal_gets_one(machine, terminal, setting, program):
    machine.install(program)
    machine.install(terminal, script=TERMINAL)
    assert machine.open(setting, NAMES[2]) == [program, "+7", str(machine.project / NAMES[2])]


def test_the_terminal_of_macos_quotes_by_itself(machine):
    machine.install("vim", "osascript")
    command = editor_command(machine.project / NAMES[1], 7, "Vim")
    assert command[:3] == ["osascript", "-e", "on run argv"]
    assert any("quoted form of" in word for word in command)
    assert command[-3:] == ["vim", "+7", str(machine.project / NAMES[1])]


def test_without_a_terminal_it_is_said_what_to_do(machine):
    machine.install("vim")
    with pytest.raises(BlueprintError, match=r"vim needs a terminal, and none was found.*Install one \(gnome-terminal"):
        machine.open("Vim")


def test_a_new_emacs_where_none_listens(machine):
    machine.install("emacsclient", "emacs")
    assert machine.open("Emacs") == ["emacsclient", "-n", "-a", "emacs", "+7", str(machine.project / "a.tex")]


@pytest.mark.skipif(shutil.which("vim") is None, reason="no Vim on this machine")
def test_the_real_vim_goes_to_the_place(machine, tmp_path):
    real, name = shutil.which("vim", path=os.defpath), "a 'b'.lean"
    (machine.project / name).write_text("theorem a\n  (∀ n : ℕ, n ≤ n) → True\n")
    machine.install("vim", "foot")
    command = editor_command(machine.project / name, 2, "Vim", 20)
    where = tmp_path / "where"
    tell = f"+call writefile([getline('.')[col('.')-1:]], '{where}')"
    subprocess.run([real, "-N", "-u", "NONE", "-e", "-s", *command[2:], tell, "+qa!"], check=True, timeout=60)
    assert where.read_text() == "→ True\n"


@pytest.mark.skipif(shutil.which("emacsclient") is None, reason="no Emacs on this machine")
def test_the_real_emacsclient_hands_the_place_on(machine, monkeypatch):
    real = shutil.which("emacsclient", path=os.defpath)
    (machine.bin / "emacsclient").symlink_to(real)
    machine.install("emacs")
    assert machine.open("Emacs", column=5) == ["emacs", "+7:5", str(machine.project / "a.tex")]


def test_an_editor_that_is_not_there_says_so(machine):
    for editor in (*EDITORS, SYSTEM):
        with pytest.raises(BlueprintError, match=rf"{editor.name} was not found: no {editor.programs[0]}.*Settings"):
            machine.open(editor.name)


def test_a_file_as_a_whole_is_opened_at_its_first_line(machine):
    machine.install("code")
    assert machine.open(line=0) == ["code", "--goto", f"{machine.project / 'a.tex'}:1"]


def test_where_nothing_is_chosen_the_first_that_is_there(machine, monkeypatch):
    file = str(machine.project / "a.tex")
    assert automatic() == ""
    with pytest.raises(BlueprintError, match="Settings"):
        machine.open()
    machine.install("xdg-open", "vim", "odd", "kate")
    assert (automatic(), machine.open()) == ("System default", ["xdg-open", file])
    monkeypatch.setenv("EDITOR", "vim")
    assert (automatic(), machine.open()) == ("System default", ["xdg-open", file]), "there is no terminal for it"
    machine.install("foot", script=TERMINAL)
    assert (automatic(), machine.open()) == ("Vim", ["vim", "+7", file])
    monkeypatch.setenv("VISUAL", "not-there --wait")
    assert automatic() == "Vim"
    monkeypatch.setenv("VISUAL", "kate -n")
    assert (automatic(), machine.open()) == ("Kate", ["kate", "-n", "--line", "7", file])
    monkeypatch.setenv("VISUAL", "odd")
    assert (automatic(), machine.open()) == ("odd", ["odd", file])
    machine.install("codium")
    assert (automatic(), machine.open()) == ("VSCodium", ["codium", "--goto", f"{file}:7"])
    machine.install("code")
    assert automatic() == "VS Code"


def test_a_command_of_ones_own_is_checked(machine):
    machine.install("gvim", "vim", "sh", "code")
    assert template_problem(EXAMPLE) == ""
    assert template_problem("code --goto {file}:{line}:{column}") == ""
    for template, words in {
        "": "No command is written yet",
        "code '{file}": "quotation mark",
        "code {path}": "{path} is not known: there are {file}, {line} and {column}.",
        "{file} code": "begins with a program",
        "no-such-editor {file}": "No program called no-such-editor is on PATH.",
        "/no/such/editor {file}": "/no/such/editor cannot be run.",
        "vim +{line} {file}": "vim needs a terminal",
        "sh -c 'code {file}'": "has to be a word of its own",
    }.items():
        assert words in template_problem(template), template


@pytest.mark.parametrize(
    "template", ["sh -c 'echo {file}'", "env bash -c 'cat {file} > x'", "/bin/zsh -c {file}:{line}"]
)
def test_no_file_name_becomes_part_of_a_line_for_a_shell(machine, template):
    with pytest.raises(BlueprintError, match="word of its own"):
        machine.open(template)


def test_a_shell_that_gets_the_file_as_a_word_is_welcome(machine):
    name = "$(touch gone).tex"
    template = '/bin/sh -c \'printf "%s\\n" "$0" "$1" > "$CALLED"\' {file} {line}'
    assert machine.open(template, name) == [str(machine.project / name), "7"]
    assert not (machine.project / "gone").exists()


def test_a_template_that_is_no_command_says_so(machine):
    with pytest.raises(BlueprintError, match="not a command"):
        machine.open('code "{file}')


def test_a_file_that_is_gone_is_not_opened(tmp_path):
    with pytest.raises(BlueprintError, match=r"gone\.tex"):
        open_place(str(tmp_path), Place("gone.tex", 1), "true {file}")


def test_an_editor_that_does_not_start_says_so(machine):
    with pytest.raises(BlueprintError, match="no-such-program"):
        machine.open("/no-such-program {file}")
