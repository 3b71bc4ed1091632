"""Reads a module's ``.ilean``: where its declarations stand, and which of them mentions what."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from blueprint_app.lean.records.loose_json import DamagedJsonError, as_list, as_mapping, as_text, read_json

KNOWN_VERSIONS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a declaration stands: its name's first place, and its first and last line.

    Lines are 1-based; `column` is 0-based and counts UTF-16 units, as editors do. `first_line` and `last_line` are 0
    where the record holds the name's place only.
    """

    line: int
    column: int
    first_line: int = 0
    last_line: int = 0

    def covers(self, line: int) -> bool:
        """Whether the declaration's text is known to reach over this line."""
        return self.first_line <= line <= self.last_line


@dataclass(frozen=True, slots=True)
class ModuleReferences:
    """The content of one ``.ilean``.

    `mentions` holds for each declaration the constants that its source text names; what elaboration
    adds (instances, simp lemmas) is not in it. It knows nothing of ``sorry``.
    """

    module: str
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    mentions: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_ilean(path: Path) -> ModuleReferences | None:
    """The references in a file of versions 1 to 5; None where it is damaged or newer.

    Versions 3 and 4 write the enclosing declaration with its range behind each place; version 5 keeps
    the ranges once, in ``decls``. Lines in the file are 0-based.
    """
    try:
        data = as_mapping(read_json(path))
    except DamagedJsonError:
        return None
    if data.get("version") not in KNOWN_VERSIONS or not isinstance(data.get("references"), dict):
        return None
    module = as_text(data.get("module"))
    ranges = {name: numbers for name, value in as_mapping(data.get("decls")).items() if (numbers := _numbers(value))}
    definitions: dict[str, Definition] = {}
    mentions: dict[str, set[str]] = {}
    for key, entry in data["references"].items():
        constant, reference = _constant(key), as_mapping(entry)
        if constant is None:
            continue
        if place := _numbers(reference.get("definition")):
            definitions[constant] = _definition(place, ranges.get(constant) or _parent_range(reference["definition"]))
        for parent in _parents(reference.get("usages")):
            if parent != constant:
                mentions.setdefault(parent, set()).add(constant)
    return ModuleReferences(module, definitions, {name: frozenset(found) for name, found in mentions.items()})


def _constant(key: str) -> str | None:
    """The constant of a reference's key; None for a local variable. Before version 3 keys were ``c:Name``."""
    if key.startswith("c:"):
        return key[2:]
    try:
        constant = as_mapping(as_mapping(json.loads(key)).get("c"))
    except (ValueError, RecursionError):
        return None
    return as_text(constant.get("n")) or None


def _numbers(place: object) -> tuple[int, int, int, int] | None:
    """The first four numbers of a place: line, column, end line, end column."""
    head = as_list(place)[:4]
    if len(head) < 4 or not all(isinstance(each, int) and 0 <= each < 2**31 for each in head):
        return None
    return head[0], head[1], head[2], head[3]


def _parent_range(place: object) -> tuple[int, int, int, int] | None:
    """The range of the declaration behind a place (versions 3 and 4)."""
    return _numbers(as_list(place)[5:9])


def _parents(usages: object) -> Iterator[str]:
    for usage in as_list(usages):
        if isinstance(usage, list) and len(usage) > 4 and isinstance(usage[4], str):
            yield usage[4]


def _definition(place: tuple[int, int, int, int], whole: tuple[int, int, int, int] | None) -> Definition:
    if whole is None:
        return Definition(place[0] + 1, place[1])
    # A range that ends at the start of a line ends with the line before.
    last = whole[2] + 1 if whole[3] or whole[2] == whole[0] else whole[2]
    return Definition(place[0] + 1, place[1], whole[0] + 1, last)
