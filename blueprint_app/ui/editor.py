"""Opening a source place in the person's own editor."""

import os
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QProcess

from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place

_LINE_STYLES = {
    "code": "--goto {file}:{line}",
    "codium": "--goto {file}:{line}",
    "cursor": "--goto {file}:{line}",
    "subl": "{file}:{line}",
    "zed": "{file}:{line}",
    "hx": "{file}:{line}",
    "kate": "--line {line} {file}",
    "gedit": "+{line} {file}",
    "emacs": "+{line} {file}",
    "emacsclient": "-n +{line} {file}",
    "vim": "+{line} {file}",
    "nvim": "+{line} {file}",
    "gvim": "+{line} {file}",
    "nano": "+{line} {file}",
}
"""How editors take a line; any other program gets the file alone."""

_NEED_A_TERMINAL = {"vim", "nvim", "nano", "hx", "vi", "micro", "kak"}


def editor_command(
    path: Path,
    line: int,
    template: str,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> list[str]:
    """The command that opens `path` at `line` (0: the file as a whole).

    `template` is the setting: a command in which ``{file}`` and ``{line}`` are put in, word by
    word, so that no name in a project can add a word of its own. Without it: VS Code, then
    $VISUAL and $EDITOR where they need no terminal, then what the desktop opens such files with.
    Raises `BlueprintError` when nothing is there.
    """
    if template.strip():
        return _filled(template if "{file}" in template else template + " {file}", path, line)
    candidates = ["code", "codium", environment.get("VISUAL", ""), environment.get("EDITOR", "")]
    for command in filter(None, candidates):
        program = shlex.split(command)[0]
        name = Path(program).name
        if which(program) and name not in _NEED_A_TERMINAL:
            return _filled(f"{command} {_LINE_STYLES.get(name, '{file}')}", path, line)
    for opener in ("xdg-open", "open"):
        if which(opener):
            return [opener, str(path)]
    raise BlueprintError(
        f"No editor was found to open {path.name}.",
        "Set one under Settings > Editor, for example: code --goto {file}:{line}",
    )


def _filled(template: str, path: Path, line: int) -> list[str]:
    try:
        words = shlex.split(template)
    except ValueError as error:
        raise BlueprintError(f"The editor setting is not a command: {error}.", "Correct it under Settings.") from error
    return [word.replace("{file}", str(path)).replace("{line}", str(max(line, 1))) for word in words]


def open_place(folder: str, place: Place, template: str) -> None:
    """Open `place` of the project in `folder`. Raises `BlueprintError` with what to do instead."""
    path = (Path(folder) / place.file).resolve()
    if not path.is_file():
        raise BlueprintError(f"The file {place.file} is not there any more.", "Reload the project.")
    command = editor_command(path, place.line, template)
    started, _process = QProcess.startDetached(command[0], command[1:])
    if not started:
        raise BlueprintError(
            f"The editor {command[0]} could not be started.", "Set another one under Settings > Editor."
        )
