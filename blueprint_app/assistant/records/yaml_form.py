"""Records as YAML: written so that people can read a difference in git, read so that no file can do harm.

A file may come from anyone who may push to the project. It is composed, not constructed: no tag makes an object, and
only the known fields are looked at, each once and as its one type, so that no web of aliases is ever followed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache, partial
from math import isfinite
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from blueprint_app.assistant.records.record import (
    FINISHES,
    SCHEMA,
    TASKS,
    VERDICT_SCHEMA,
    AttemptRecord,
    Parameter,
    Verdict,
)
from blueprint_app.sources.yaml_text import compose

Value = TypeVar("Value")

_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LONGEST_TEXT = 4000
"""Characters of one text that are kept; what Lean prints can be far longer."""
_MOST_ITEMS = 400
_FRACTION = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,3})?")
_NULL = ("", "null", "~", "Null", "NULL")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_SECRET = re.compile(r"\b(?:sk|gsk|hf|xai|pk|ghp|github_pat|AIza)[-_]?[A-Za-z0-9_-]{16,}|(?i:\bbearer\s+)[^\s\"']{8,}")


class DamagedRecordError(Exception):
    """What is wrong with a file, in words, and in which line (0: the whole)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.line = message, line


class LaterVersionError(DamagedRecordError):
    """The file is of a kind that a later version of the app writes."""


def text_of(record: AttemptRecord | Verdict) -> str:
    """The file's text: every field that is not at its default, in the order of the fields."""
    return str(
        yaml.dump(_plain(record), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, line_break="\n")
    )


def as_plain(record: AttemptRecord | Verdict) -> dict[str, Any]:
    """What the file holds, as dicts, lists, texts, numbers, flags and None."""
    plain = _plain(record)
    assert isinstance(plain, dict)
    return plain


def record_of(text: str) -> AttemptRecord:
    """The record that a file's text holds. Raises DamagedRecordError."""
    record = _read(AttemptRecord, text, SCHEMA)
    if not record.node.strip() or len(record.node) > 1000:
        raise DamagedRecordError("it names no node")
    for word, known, what in ((record.task, TASKS, "task"), (record.finish, FINISHES, "finish")):
        if word not in known:
            raise DamagedRecordError(f"{word[:40]!r} is no {what}")
    _check_time(record.time.start)
    return record


def verdict_of(text: str) -> Verdict:
    """The verdict that a file's text holds. Raises DamagedRecordError."""
    verdict = _read(Verdict, text, VERDICT_SCHEMA)
    if not _ID.fullmatch(verdict.attempt):
        raise DamagedRecordError("it names no attempt")
    _check_time(verdict.time)
    return verdict


def without_secrets(text: str) -> str:
    """The text with what looks like a key taken out: some servers quote the key that they refuse."""
    return _SECRET.sub("[removed: looked like a key]", text)


def _check_time(text: str) -> None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise DamagedRecordError(f"{text[:40]!r} is no time") from None
    if moment.utcoffset() != timedelta(0):
        raise DamagedRecordError(f"{text[:40]!r} is no time in UTC")


# Writing


class _Dumper(_DUMPER):  # type: ignore[misc]
    """Long texts as blocks, so that a reader sees their lines."""


def _represent_text(dumper: Any, text: str) -> yaml.ScalarNode:  # noqa: ANN401 - the two dumpers share no type
    style = None
    if any(not (each == "\n" or each.isprintable()) for each in text):
        style = '"'
    elif "\n" in text:
        # A block cannot hold every text: spaces at a line's end or at the very beginning are lost on people.
        is_plain = text[:1] not in (" ", "\n") and not any(line != line.rstrip() for line in text.split("\n"))
        style = "|" if is_plain else '"'
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


_Dumper.add_representer(str, _represent_text)


def _plain(value: object) -> object:
    """Dicts, lists, texts, numbers and flags; texts without what no file can hold, and not endless."""
    if is_dataclass(value):
        kind: Any = type(value)
        written = {_key(field): _plain_field(value, field) for field in _written(kind)}
        return {key: each for key, each in written.items() if each is not MISSING}
    if isinstance(value, Mapping):
        return {_text(str(key), 100): _plain(each) for key, each in list(value.items())[:_MOST_ITEMS]}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value[:_MOST_ITEMS]]
    return _text(str(value), _LONGEST_TEXT) if isinstance(value, str) else value


def _plain_field(owner: object, field: "Field[Any]") -> object:
    value = getattr(owner, field.name)
    if not field.metadata.get("always") and value == _default(field):
        return MISSING
    if isinstance(value, str):
        return _text(value, field.metadata.get("longest", _LONGEST_TEXT))
    return _plain(value[: field.metadata["most"]] if "most" in field.metadata else value)


def _text(text: str, longest: int) -> str:
    if len(text) > longest:
        text = text[:longest] + "\n[cut]"
    text = without_secrets(text).replace("\r\n", "\n")
    return text.encode("utf-8", "replace").decode("utf-8")


# Reading


def _read(kind: type[Value], text: str, schema: str) -> Value:
    root = _root(text)
    marked = _entries(root, "the file").get("schema")
    said = "" if marked is None else _text_in(marked, "schema")
    stem = schema.rpartition("/")[0]
    if said.startswith(f"{stem}/") and said != schema:
        raise LaterVersionError(f"it is of a kind that this version cannot read ({said[:60]})")
    if said != schema:
        raise _fault(root, f"its schema is not {schema}")
    value: Value = _record(kind, root, "the file")
    if not _ID.fullmatch(getattr(value, "id", "")):
        raise DamagedRecordError("its id is none that a file could have")
    return value


def _root(text: str) -> yaml.MappingNode:
    try:
        root = compose(text)
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        raise DamagedRecordError(f"this is no YAML: {problem or error}", mark.line + 1 if mark else 0) from None
    except (RecursionError, ValueError) as error:
        raise DamagedRecordError(f"this is no YAML: {error}") from None
    if not isinstance(root, yaml.MappingNode):
        raise DamagedRecordError("it holds no fields", 1)
    return root


_Read = Callable[[yaml.Node, str], Any]
"""Reads a value from a node; the text is the name of its field, for messages."""


def _record(kind: Any, node: yaml.Node, what: str) -> Any:  # noqa: ANN401 - a dataclass
    """A value of a dataclass; fields that are missing stay at their defaults, unknown ones are passed over."""
    entries = _entries(node, what)
    given: dict[str, Any] = {}
    for name, key, is_needed, read in _plan(kind):
        found = entries.get(key)
        if found is not None:
            given[name] = read(found, key)
        elif is_needed:
            raise _fault(node, f"{what} has no {key}")
    return kind(**given)


def _entries(node: yaml.Node, what: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _fault(node, f"{what} must be a mapping of fields")
    entries: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in entries:
                raise _fault(key, f"{key.value[:40]} is there twice")
            entries[key.value] = value
    return entries


@cache
def _plan(kind: Any) -> tuple[tuple[str, str, bool, _Read], ...]:  # noqa: ANN401 - a dataclass
    """For each field its name, its key in the file, whether it must be there, and how it is read."""
    hints = get_type_hints(kind)
    return tuple(
        (
            each.name,
            _key(each),
            _default(each) is MISSING or each.name == "outcome",
            _read_for(hints[each.name]),
        )
        for each in _written(kind)
    )


def _read_for(kind: Any) -> _Read:  # noqa: ANN401 - a type
    if get_origin(kind) in (Union, UnionType):
        read = _read_for(next(each for each in get_args(kind) if each is not type(None)))
        return lambda node, key: None if _is_null(node) else read(node, key)
    if get_origin(kind) is tuple:
        each = _read_for(get_args(kind)[0])
        return lambda node, key: tuple([each(item, key) for item in _items(node, key)])
    if get_origin(kind) is Mapping:
        return _parameters
    if is_dataclass(kind):
        return partial(_record, kind)
    if issubclass(kind, StrEnum):
        return partial(_word, kind)
    return {str: _text_in, bool: _flag, int: _count, float: _amount}[kind]


def _word(kind: type[StrEnum], node: yaml.Node, key: str) -> StrEnum:
    text = _text_in(node, key)
    if text not in frozenset(kind):
        raise _fault(node, f"{key} must be one of {', '.join(kind)}")
    return kind(text)


def _flag(node: yaml.Node, key: str) -> bool:
    text = _text_in(node, key).lower()
    if text not in ("true", "false"):
        raise _fault(node, f"{key} must be true or false")
    return text == "true"


def _count(node: yaml.Node, key: str) -> int:
    number = _amount(node, key)
    if number != int(number):
        raise _fault(node, f"{key} must be a whole number")
    return int(number)


def _amount(node: yaml.Node, key: str) -> float:
    number = _number(_text_in(node, key))
    if number is None:
        raise _fault(node, f"{key} must be a number")
    if number < 0:
        raise _fault(node, f"{key} must not be negative")
    return float(number)


def _number(text: str) -> int | float | None:
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) and isfinite(float(text)) else None


def _parameters(node: yaml.Node, key: str) -> dict[str, Parameter]:
    """Texts, numbers, flags by name; a text that could be taken for another kind stands in quotes."""
    found: dict[str, Parameter] = {}
    for name, value in _entries(node, key).items():
        text = _text_in(value, name)
        found[name] = text
        if isinstance(value, yaml.ScalarNode) and not value.style:
            number = _number(text)
            found[name] = {"true": True, "false": False}.get(text.lower(), text) if number is None else number
            found[name] = None if _is_null(value) else found[name]
    return found


def _text_in(node: yaml.Node, key: str) -> str:
    """A scalar as it is written: a hash of digits alone is a text too."""
    if not isinstance(node, yaml.ScalarNode):
        raise _fault(node, f"{key} must be a single value")
    return "" if _is_null(node) else str(node.value)


def _items(node: yaml.Node, key: str) -> list[yaml.Node]:
    if _is_null(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise _fault(node, f"{key} must be a list")
    if len(node.value) > _MOST_ITEMS:
        raise _fault(node, f"{key} has more than {_MOST_ITEMS} entries")
    return list(node.value)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULL


def _fault(node: yaml.Node, message: str) -> DamagedRecordError:
    return DamagedRecordError(message, node.start_mark.line + 1)


# The fields of the values


@cache
def _written(kind: Any) -> tuple["Field[Any]", ...]:  # noqa: ANN401 - a dataclass
    """The fields that stand in a file, the schema first."""
    own = [each for each in fields(kind) if not each.metadata.get("found")]
    return tuple(sorted(own, key=lambda each: each.name != "schema"))


def _key(field: "Field[Any]") -> str:
    return str(field.metadata.get("key", field.name))


def _default(field: "Field[Any]") -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default
