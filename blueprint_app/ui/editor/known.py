"""The editors that are known by name: how each takes a place, and which of them need a terminal to stand in."""

from collections.abc import Callable
from dataclasses import dataclass

Which = Callable[[str], str | None]
"""From the name of a program to its path, None where it is not found; `shutil.which` is one."""


@dataclass(frozen=True, slots=True)
class Editor:
    """One editor. `at_line` and `at_column` are its arguments, in which the place is put in word by word.

    The first of `programs` that is on the machine is called; an `at_column` left out means that it takes no column.
    """

    name: str
    programs: tuple[str, ...]
    at_line: tuple[str, ...]
    at_column: tuple[str, ...] = ()
    needs_terminal: bool = False

    def program(self, which: Which) -> str | None:
        """The program to call, None where none of them is on the machine."""
        return next((program for program in self.programs if which(program)), None)

    def arguments(self, *, with_column: bool) -> tuple[str, ...]:
        """Its arguments, with placeholders."""
        return self.at_column if with_column and self.at_column else self.at_line


_GOTO = ("--goto", "{file}:{line}"), ("--goto", "{file}:{line}:{column}")
_COLONS = ("{file}:{line}",), ("{file}:{line}:{column}",)
_PLUS = ("+{line}", "{file}"), ("+{line}:{column}", "{file}")
# Vim's cursor() counts bytes; this counts what is seen, as places do but for wide letters and tabs.
_VIM = ("+{line}", "{file}"), ("+normal! {line}G{column}|", "{file}")

EDITORS = (
    Editor("VS Code", ("code",), *_GOTO),
    Editor("VSCodium", ("codium",), *_GOTO),
    Editor("Cursor", ("cursor",), *_GOTO),
    Editor("Emacs", ("emacsclient", "emacs"), *_PLUS),
    Editor("Neovim", ("nvim",), *_VIM, needs_terminal=True),
    Editor("Vim", ("vim",), *_VIM, needs_terminal=True),
    Editor("GVim", ("gvim",), *_VIM),
    Editor("Kate", ("kate",), ("--line", "{line}", "{file}"), ("--line", "{line}", "--column", "{column}", "{file}")),
    Editor("Zed", ("zed", "zeditor"), *_COLONS),
    Editor("Sublime Text", ("subl",), *_COLONS),
    Editor("Helix", ("hx", "helix"), *_COLONS, needs_terminal=True),
    Editor("gedit", ("gedit",), *_PLUS),
    Editor("nano", ("nano",), ("+{line}", "{file}"), ("+{line},{column}", "{file}"), needs_terminal=True),
)
SYSTEM = Editor("System default", ("xdg-open", "open", "explorer"), ("{file}",))
"""What the desktop opens such files with; it takes no line."""

_ONLY_IN_A_TERMINAL = frozenset({"vi", "vim", "nvim", "nano", "hx", "helix", "micro", "kak", "ed", "joe", "ne"})

_IN_TERMINAL_APP = (
    "on run argv",
    'set theCommand to ""',
    "repeat with aWord in argv",
    'set theCommand to theCommand & quoted form of (aWord as text) & " "',
    "end repeat",
    'tell application "Terminal" to activate',
    'tell application "Terminal" to do script theCommand',
    "end run",
)
"""The Terminal of macOS takes a line for a shell: each word is quoted by the system itself."""

_TERMINALS = (
    ("x-terminal-emulator", "-e"),
    ("gnome-terminal", "--"),
    ("konsole", "-e"),
    ("xfce4-terminal", "-x"),
    ("kitty",),
    ("alacritty", "-e"),
    ("wezterm", "start", "--"),
    ("foot",),
    ("xterm", "-e"),
    ("osascript", *(word for line in _IN_TERMINAL_APP for word in ("-e", line))),
)
"""The words that come before a command, which each of them takes as a list."""

TERMINAL_NAMES = "gnome-terminal, konsole, xfce4-terminal, kitty, alacritty, wezterm, foot or xterm"
"""What to install, in words."""


def terminal(which: Which) -> tuple[str, ...] | None:
    """The words that start a command in a terminal; None where there is none."""
    return next((words for words in _TERMINALS if which(words[0])), None)


def editor_named(name: str) -> Editor | None:
    """The editor of that name, as settings hold it."""
    return next((editor for editor in (*EDITORS, SYSTEM) if editor.name == name), None)


def editor_of(program: str) -> Editor | None:
    """The editor that a program of that name is."""
    return next((editor for editor in (*EDITORS, SYSTEM) if program in editor.programs), None)


def needs_terminal(program: str) -> bool:
    """Whether a program of that name shows nothing outside of a terminal."""
    return program in _ONLY_IN_A_TERMINAL
