"""Opening a source place in the person's own editor."""

import os
import re
import shlex
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QProcess

from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.ui.editor.known import SYSTEM, TERMINAL_NAMES, Editor, Which, editor_named, editor_of, terminal
from blueprint_app.ui.editor.known import needs_terminal as is_for_terminals

PLACEHOLDERS = ("file", "line", "column")
EXAMPLE = "gvim +{line} {file}"
"""A command of one's own, to show how one is written."""

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_FIRST_TRIED = ("VS Code", "VSCodium")
_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "fish", "cmd", "powershell", "pwsh"})
_IN_A_SHELL_LINE = "A shell would take the name of a file for commands: {file} has to be a word of its own."
_SET_ANOTHER = "Choose another one under Settings > Editor."


def editor_command(
    path: Path,
    line: int,
    setting: str,
    column: int = 1,
    environment: Mapping[str, str] = os.environ,
    which: Which = shutil.which,
) -> list[str]:
    """The command that opens `path` at `line` (0: the file as a whole) and, beyond 1, `column`.

    `setting` is the name of an editor, or a command in which ``{file}``, ``{line}`` and ``{column}`` are put in word
    by word, so that no name in a project can add a word of its own. Where it is empty: VS Code, then $VISUAL and
    $EDITOR, then what the desktop opens such files with. Raises `BlueprintError` when nothing is there.
    """
    values = {"file": os.path.abspath(path), "line": str(max(line, 1)), "column": str(max(column, 1))}
    chosen = editor_named(setting)
    if chosen is not None:
        words = _words_of(chosen, column > 1, which)
    elif setting.strip():
        words = _own_words(setting)
    else:
        words = _first_found(column > 1, environment, which)
    return [words[0], *(_PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), word) for word in words[1:])]


def open_place(folder: str, place: Place, setting: str) -> list[str]:
    """Open `place` of the project in `folder`, and return the command. Raises `BlueprintError`: what to do instead."""
    path = (Path(folder) / place.file).resolve()
    if not path.is_file():
        raise BlueprintError(f"The file {place.file} is not there any more.", "Reload the project.")
    command = editor_command(path, place.line, setting, place.column)
    started, _process = QProcess.startDetached(command[0], command[1:])
    if not started:
        raise BlueprintError(f"The editor {command[0]} could not be started.", _SET_ANOTHER)
    return command


def template_problem(template: str, which: Which = shutil.which) -> str:
    """Why a command of one's own cannot open a file, in a sentence or two; "" where nothing is wrong with it."""
    try:
        words = shlex.split(template)
    except ValueError:
        return "A quotation mark is opened and not closed."
    if not words:
        return f"No command is written yet. For example: {EXAMPLE}"
    unknown = [name for name in _PLACEHOLDER.findall(template) if name not in PLACEHOLDERS]
    if unknown:
        return f"{{{unknown[0]}}} is not known: there are {{file}}, {{line}} and {{column}}."
    if _PLACEHOLDER.search(words[0]):
        return "A command begins with a program, not with a place."
    if which(words[0]) is None:
        is_path = os.sep in words[0]
        return f"{words[0]} cannot be run." if is_path else f"No program called {words[0]} is on PATH."
    if is_for_terminals(Path(words[0]).name):
        return f"{words[0]} needs a terminal: begin with one, as in xterm -e {template.strip()}"
    return _IN_A_SHELL_LINE if _is_unsafe(words) else ""


def problem_of(
    setting: str, *, is_own: bool = False, environment: Mapping[str, str] = os.environ, which: Which = shutil.which
) -> str:
    """Why nothing could be opened with a setting, in a sentence or two; "" where nothing is known to be wrong."""
    if is_own or (setting.strip() and editor_named(setting) is None):
        return template_problem(setting, which)
    try:
        editor_command(Path("file"), 1, setting, 1, environment, which)
    except BlueprintError as error:
        return str(error)
    return ""


def automatic(environment: Mapping[str, str] = os.environ, which: Which = shutil.which) -> str:
    """What opens a place where nothing is chosen, as a person knows it; "" for nothing."""
    try:
        words = _first_found(False, environment, which)
    except BlueprintError:
        return ""
    found = [editor.name for word in words if (editor := editor_of(Path(word).name)) is not None]
    return found[0] if found else Path(words[0]).name


def _own_words(template: str) -> list[str]:
    try:
        words = shlex.split(template)
    except ValueError as error:
        raise BlueprintError(f"The editor setting is not a command: {error}.", "Correct it under Settings.") from error
    if _is_unsafe(words):
        raise BlueprintError(_IN_A_SHELL_LINE, "Correct it under Settings.")
    return words if any("{file}" in word for word in words) else [*words, "{file}"]


def _is_unsafe(words: Sequence[str]) -> bool:
    """Whether a name in a project could become a command: a shell reads it as part of a line."""
    has_shell = any(Path(word).stem in _SHELLS for word in words)
    return has_shell and any("{file}" in word and word != "{file}" for word in words)


def _words_of(editor: Editor, with_column: bool, which: Which) -> list[str]:
    program = editor.program(which)
    if program is None:
        names = " or ".join(editor.programs)
        raise BlueprintError(f"{editor.name} was not found: no {names} is on PATH.", _SET_ANOTHER)
    # Where no Emacs runs that listens, emacsclient hands everything on to a new one.
    otherwise = ("-a", "emacs") if which("emacs") else ()
    more = ("-n", *otherwise) if program == "emacsclient" else ()
    return _placed([program, *more, *editor.arguments(with_column=with_column)], which)


def _placed(words: Iterable[str], which: Which) -> list[str]:
    """The words of a command, in a terminal where the program needs one."""
    command = list(words)
    if not is_for_terminals(Path(command[0]).name):
        return command
    before = terminal(which)
    if before is None:
        raise BlueprintError(
            f"{command[0]} needs a terminal, and none was found.",
            f"Install one ({TERMINAL_NAMES}), or choose another editor under Settings > Editor.",
        )
    return [*before, *command]


def _first_found(with_column: bool, environment: Mapping[str, str], which: Which) -> list[str]:
    for name in _FIRST_TRIED:
        editor = editor_named(name)
        if editor is not None and editor.program(which):
            return _words_of(editor, with_column, which)
    for variable in ("VISUAL", "EDITOR"):
        words = _words_in(environment.get(variable, ""))
        has_place = bool(words) and (not is_for_terminals(Path(words[0]).name) or terminal(which) is not None)
        if has_place and which(words[0]):
            known = editor_of(Path(words[0]).name)
            arguments = known.arguments(with_column=with_column) if known else ("{file}",)
            return _placed([*words, *arguments], which)
    if SYSTEM.program(which):
        return _words_of(SYSTEM, with_column, which)
    raise BlueprintError("No editor was found to open a file with.", "Choose one under Settings > Editor.")


def _words_in(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return []
