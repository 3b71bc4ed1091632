"""The pages of docs/reference, made from the tables that the app itself works by: commands, settings, parsers.

Run: python tools/reference.py FOLDER
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blueprint_app.cli.described import Argument, Description
    from blueprint_app.ui.commands.command import Command, KeyHint
    from blueprint_app.ui.editor.known import Editor
    from blueprint_app.ui.settings.settings import Setting

ROOT = Path(__file__).resolve().parent.parent
_END = "\nThis page is made from the app itself, by `docs/update-reference`. See also the [guide](../guide/index.md).\n"


def pages(
    commands: Sequence["Command"],
    hints: Sequence["KeyHint"],
    settings: Iterable["Setting"],
    editors: Iterable["Editor"],
    programs: Sequence["Description"],
) -> Mapping[str, str]:
    """Each page's file name and text."""
    return {
        "commands.md": commands_page(commands, hints),
        "settings.md": settings_page(settings, editors),
        "command-line.md": command_line_page(programs),
    }


def commands_page(commands: Sequence["Command"], hints: Sequence["KeyHint"]) -> str:
    """All commands of the window, menu by menu, and the keys that a part of it takes by itself."""
    text = (
        "# Commands and keys\n\nAll that the menus of the window offer. *Go ▸ Find command…* (`Ctrl+K`) finds any of "
        "it by a part of its name. What cannot be done at the moment is grey there. Commands marked *folder* change "
        "or run something, and are not for a snapshot file.\n"
    )
    for menu in dict.fromkeys(command.menu for command in commands):
        rows = [_command_row(command) for command in commands if command.menu == menu]
        text += f"\n## {menu.replace('&', '')}\n\n{_table(('command', 'keys', 'what it does'), rows)}"
    for part in dict.fromkeys(hint.menu for hint in hints):
        rows = [(_keys(hint.keys.split(", ")), hint.title) for hint in hints if hint.menu == part]
        text += f"\n## {part}\n\nWhile it has the keyboard.\n\n{_table(('keys', 'what they do'), rows)}"
    return text + _END


def _command_row(command: "Command") -> tuple[str, ...]:
    does = f"{command.hint} *(folder)*" if command.needs_folder else command.hint
    return command.title.replace("&", ""), _keys(command.shortcuts), does


def _keys(keys: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in keys)


def settings_page(settings: Iterable["Setting"], editors: Iterable["Editor"] = ()) -> str:
    """What the dialog of settings offers, and how the file names it."""
    rows = [
        (setting.title, f"`{setting.key}`", _default(setting), _allowed(setting), setting.hint)
        for setting in settings
        if setting.title
    ]
    return (
        "# Settings\n\n*File ▸ Settings…* (`Ctrl+,`) shows them, and where their file is. A change holds at once. The "
        "file is JSON, and holds only what differs from the defaults. An entry that is not understood is told of and "
        "left out.\n\n"
        f"{_table(('setting', 'in the file', 'default', 'allowed', 'meaning'), rows)}\n"
        "The file also keeps what the app remembers by itself: the size of the window, the last projects, saved "
        "views. Models and their keys have a place of their own: see "
        "[Assistant and safety](../guide/assistant-and-safety.md).\n\n"
        "## Editors\n\nThese are known by name. The first of its programs that is there is called.\n\n"
        f"{_table(('editor', 'programs', 'takes'), [_editor_row(editor) for editor in editors])}"
    ) + _END


def _editor_row(editor: "Editor") -> tuple[str, ...]:
    given = " ".join((*editor.at_line, *editor.at_column))
    takes = [name for name in ("line", "column") if f"{{{name}}}" in given] or ["the file alone"]
    where = ", in a terminal" if editor.needs_terminal else ""
    return editor.name, _keys(editor.programs), " and ".join(takes) + where


def _default(setting: "Setting") -> str:
    if isinstance(setting.default, bool):
        return "on" if setting.default else "off"
    return f"`{setting.default}`" if setting.default not in ("", ()) else "empty"


def _allowed(setting: "Setting") -> str:
    if setting.choices:
        return ", ".join(f"`{choice}`" for choice in setting.choices)
    if setting.limits:
        return f"{setting.limits[0]:g} to {setting.limits[1]:g}"
    return {bool: "on, off", float: "a number"}.get(type(setting.default), "text")


def command_line_page(programs: Sequence["Description"]) -> str:
    """All commands of the command line with their options."""
    whole, *commands = programs
    text = (
        f"# Options of the command line\n\n{whole.purpose} For what the commands are good, see "
        f"[Command line](../guide/command-line.md).\n\n{whole.remark}\n\n"
        f"`{whole.name} --help` lists the commands, and `--help` after a command its options.\n"
        f"\n{_table(('option', 'meaning'), _argument_rows(whole))}"
    )
    for command in commands:
        text += f"\n## {command.name}\n\n{_sentence(command.purpose)}\n\n```\n{whole.name} {command.usage}\n```\n"
        text += f"\n{_table(('argument', 'meaning'), _argument_rows(command))}"
        text += f"\n{command.remark}\n" if command.remark else ""
    return text + _END


def _argument_rows(command: "Description") -> list[tuple[str, ...]]:
    """What must be there first."""
    return [_argument_row(each) for each in sorted(command.arguments, key=lambda each: bool(each.names))]


def _argument_row(argument: "Argument") -> tuple[str, ...]:
    *short, name = argument.names or ("",)
    takes = "" if argument.choices else argument.value
    written = [f"`{each}`" for each in (*short, f"{name} {takes}".strip())]
    notes = [_sentence(argument.meaning)] if argument.meaning else []
    if argument.choices:
        notes.append(f"One of {', '.join(f'`{each}`' for each in argument.choices)}.")
    if argument.may_repeat:
        notes.append("May be given several times." if argument.names else "One or more.")
    if argument.apart_from:
        notes.append(f"Not with {', '.join(f'`{each}`' for each in argument.apart_from)}.")
    return ", ".join(written), " ".join(notes)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def pages_now() -> Mapping[str, str]:
    """The pages as the app of this checkout has them; takes a window that nobody sees."""
    from blueprint_app.cli import make_parser
    from blueprint_app.cli.described import described
    from blueprint_app.ui import app
    from blueprint_app.ui.commands.table import KEY_HINTS
    from blueprint_app.ui.editor.known import EDITORS, SYSTEM
    from blueprint_app.ui.settings.settings import SETTINGS, Settings

    application = app.make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = app.make_window(Settings(Path(folder) / "settings.json"))
        made = pages(window.commands.table, KEY_HINTS, SETTINGS, (*EDITORS, SYSTEM), described(make_parser()))
        window.close()
        application.processEvents()
    return made


def main(folder: Path) -> None:
    """Write the pages."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    sys.path.insert(0, str(ROOT))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages_now().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
