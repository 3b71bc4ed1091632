"""One-line changes to a blueprint's TeX: pure functions from a file's text to its new text.

All other characters stay as they are. Each raises EditError where the text no longer is what was
read, so that a change is never made in the wrong place.
"""

import re

from blueprint_app.model.blueprint import ListCommand, ListEntry, Passage
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place

_BEGIN = re.compile(r"\\begin\s*\{[^}]*\}(?:\s*\[[^\]]*\])?")


class EditError(BlueprintError):
    """The text is not what it was when it was read."""

    def __init__(self, place: Place) -> None:
        super().__init__(f"{place} has changed since it was read.", "Read the blueprint again, then try once more.")


def remove_flag(text: str, flag: str, place: Place) -> str:
    """The text without the flag (``leanok``) at a place; a line that held nothing else goes too."""
    start = _offset(text, place)
    written = f"\\{flag}"
    if not text.startswith(written, start):
        raise EditError(place)
    end = start + len(written)
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if not text[line_start:start].strip() and not text[end:line_end].strip():
        return text[:line_start] + text[line_end + 1 :]
    while end < line_end and text[end] in " \t" and (start == line_start or text[start - 1] in " \t"):
        end += 1
    return text[:start] + text[end:]


def add_flag(text: str, flag: str, passage: Passage) -> str:
    """The text with a flag behind the passage's last ``\\lean`` or ``\\uses``, else behind its beginning."""
    return _insert_command(text, f"\\{flag}", passage)


def add_uses(text: str, label: str, passage: Passage) -> str:
    """The text with a label more in the passage's last ``\\uses``, or with a ``\\uses`` of its own."""
    return _add_to_list(text, "uses", passage.uses, label, passage)


def add_lean(text: str, declaration: str, passage: Passage) -> str:
    """The text with a declaration more in the passage's last ``\\lean``, or with a ``\\lean`` of its own."""
    return _add_to_list(text, "lean", passage.lean, declaration, passage)


def _add_to_list(text: str, command: str, lists: tuple[ListCommand, ...], label: str, passage: Passage) -> str:
    if not lists:
        return _insert_command(text, f"\\{command}{{{label}}}", passage)
    closing = _command_end(text, lists[-1].place, command) - 1
    inside = text[_offset(text, lists[-1].place) : closing]
    written = inside.rstrip()
    gap = "" if written.endswith(("{", ",")) else ", "
    at = closing - (len(inside) - len(written))
    if "%" in inside.rsplit("\n", 1)[-1]:
        # The list ends in a comment: a label written there would be part of it.
        return f"{text[:closing]}{gap.lstrip()}{label}{text[closing:]}"
    return f"{text[:at]}{gap}{label}{text[at:]}"


def remove_entry(text: str, command: ListCommand, entry: ListEntry) -> str:
    """The text without one entry of a list and one comma beside it."""
    start = _entry_offset(text, entry)
    end = start + len(entry.text)
    after = re.compile(r"\s*,[ \t]*").match(text, end)
    if after is not None:
        return text[:start] + text[after.end() :]
    before = re.compile(r",\s*\Z").search(text, _offset(text, command.place), start)
    return text[: before.start() if before else start] + text[end:]


def replace_entry(text: str, entry: ListEntry, new: str) -> str:
    """The text with one entry of a list replaced."""
    start = _entry_offset(text, entry)
    return text[:start] + new + text[start + len(entry.text) :]


def _entry_offset(text: str, entry: ListEntry) -> int:
    start = _offset(text, entry.place)
    if not text.startswith(entry.text, start):
        raise EditError(entry.place)
    return start


def _insert_command(text: str, command: str, passage: Passage) -> str:
    anchor = max((each.place for each in (*passage.lean, *passage.uses)), default=None)
    if anchor is not None:
        at = _command_end(text, anchor)
        start = _offset(text, anchor)
    else:
        start = _offset(text, passage.place)
        begin = _BEGIN.match(text, start)
        if begin is None:
            raise EditError(passage.place)
        at = begin.end()
    line_start = text.rfind("\n", 0, start) + 1
    indent = text[line_start:start]
    if anchor is not None and not indent.strip():
        return f"{text[:at]}\n{indent}{command}{text[at:]}"
    return f"{text[:at]}{command}{_gap(text, at)}{text[at:]}"


def _gap(text: str, at: int) -> str:
    """A control word needs a space before a letter."""
    return " " if text[at : at + 1].isalpha() else ""


def _command_end(text: str, place: Place, name: str = "") -> int:
    """The offset behind the closing brace of the command at a place."""
    start = _offset(text, place)
    found = re.compile(rf"\\{name or '[A-Za-z]+'}\s*\{{").match(text, start)
    if found is None:
        raise EditError(place)
    level, position = 1, found.end()
    while position < len(text) and level:
        if text[position] == "%" and text[position - 1] != "\\":
            line_end = text.find("\n", position)
            position = len(text) if line_end < 0 else line_end
            continue
        level += (text[position] == "{") - (text[position] == "}")
        position += 1
    if level:
        raise EditError(place)
    return position


def _offset(text: str, place: Place) -> int:
    """The offset of a place in a file's text."""
    position = 0
    for _ in range(place.line - 1):
        position = text.find("\n", position) + 1
        if not position:
            raise EditError(place)
    return position + place.column - 1
