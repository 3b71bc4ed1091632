"""Frozen values as plain JSON values and back, driven by their type hints: nothing but those types can come out.

Fields at their defaults are not written. On the way back fields that nobody knows are passed over, as later versions
may add some, and a value of a wrong type is refused with its path within the file.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, IntEnum
from functools import cache, partial
from types import UnionType
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")

LARGEST_NUMBER = 2**31 - 1
"""What the lists and views of every toolkit can hold."""
EARLIEST_YEAR = 1970
"""What git can tell; from there on one may go back some years without an overflow."""

_Read = Callable[[Any], Any]


class UnfitError(Exception):
    """A value is not what its field holds: why, and where within the file."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.steps: list[str] = []

    def __str__(self) -> str:
        path = "".join(f"[{step}]" if step.isdecimal() else f".{step[:60]}" for step in reversed(self.steps))
        return f"{path.lstrip('.') or 'it'} {self.reason}"


def plain(value: object) -> Any:  # noqa: ANN401 - a value of JSON
    """A frozen value as dicts, lists, texts, numbers, flags and None; sets are written in order."""
    if isinstance(value, str):
        return _text_to_write(value) if not isinstance(value, Enum) else value.value
    if isinstance(value, IntEnum):
        return value.name.lower()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, Mapping):
        return {_text_to_write(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(plain(each) for each in value)
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: plain(each) for name, default in _written(kind) if (each := getattr(value, name)) != default}
    raise TypeError(f"{type(value).__name__} has no form in a file")


def value_of(kind: type[Value], found: object) -> Value:
    """The value of a dataclass that `plain` wrote as `found`. Raises UnfitError."""
    try:
        value: Value = _record(kind, found)
    except RecursionError:
        raise UnfitError("is nested too deeply") from None
    return value


def _text_to_write(text: str) -> str:
    """The text without lone surrogates, which no file in UTF-8 holds."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


@cache
def _written(kind: Any) -> tuple[tuple[str, object], ...]:  # noqa: ANN401 - a dataclass
    """The fields of a dataclass with their defaults."""
    return tuple((each.name, _default(each)) for each in fields(kind))


def _default(field: "Field[Any]") -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


# Reading


def _record(kind: Any, found: object) -> Any:  # noqa: ANN401 - a dataclass
    if not isinstance(found, dict):
        raise UnfitError("must be an object")
    given: dict[str, Any] = {}
    for name, is_needed, read in _plan(kind):
        if name in found:
            given[name] = _at(name, read, found[name])
        elif is_needed:
            raise UnfitError(f"has no {name}")
    return kind(**given)


def _at(step: str, read: _Read, found: object) -> Any:  # noqa: ANN401 - any field's value
    try:
        return read(found)
    except UnfitError as error:
        error.steps.append(step)
        raise


@cache
def _plan(kind: Any) -> tuple[tuple[str, bool, _Read], ...]:  # noqa: ANN401 - a dataclass
    """For each field its name, whether it must be there, and how it is read."""
    hints = get_type_hints(kind)
    return tuple((each.name, _default(each) is MISSING, _read_for(hints[each.name])) for each in fields(kind))


def _read_for(kind: Any) -> _Read:  # noqa: ANN401 - a type
    if isinstance(kind, NewType):
        return _read_for(kind.__supertype__)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (own,) = (each for each in inner if each is not type(None))
        return partial(_optional, _read_for(own))
    if origin is tuple:
        return partial(_tuple, _read_for(inner[0])) if inner[-1] is ... else partial(_row, [*map(_read_for, inner)])
    if origin is frozenset:
        return lambda found: frozenset(_tuple(_read_for(inner[0]), found))
    if origin is Mapping:
        return partial(_mapping, _read_for(inner[1]))
    if is_dataclass(kind):
        return partial(_record, kind)
    if issubclass(kind, Enum):
        return partial(_word, {plain(each): each for each in kind})
    return {str: _text, bool: _flag, int: _number, datetime: _time}[kind]


def _optional(read: _Read, found: object) -> Any:  # noqa: ANN401 - any field's value
    return None if found is None else read(found)


def _tuple(read: _Read, found: object) -> tuple[Any, ...]:
    if not isinstance(found, list):
        raise UnfitError("must be a list")
    return tuple([_at(str(number), read, each) for number, each in enumerate(found)])


def _row(reads: list[_Read], found: object) -> tuple[Any, ...]:
    if not isinstance(found, list) or len(found) != len(reads):
        raise UnfitError(f"must be a list of {len(reads)}")
    pairs = zip(reads, found, strict=True)
    return tuple([_at(str(number), read, each) for number, (read, each) in enumerate(pairs)])


def _mapping(read: _Read, found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise UnfitError("must be an object")
    return {_text(key): _at(key, read, each) for key, each in found.items()}


def _word(words: Mapping[str, Enum], found: object) -> Enum:
    if not isinstance(found, str) or found not in words:
        raise UnfitError(f"must be one of {', '.join(words)}")
    return words[found]


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise UnfitError("must be a text")
    if not found.isascii() and any("\ud800" <= each <= "\udfff" for each in found):
        raise UnfitError("holds half a character")
    return found


def _flag(found: object) -> bool:
    if not isinstance(found, bool):
        raise UnfitError("must be true or false")
    return found


def _time(found: object) -> datetime:
    try:
        time = datetime.fromisoformat(_text(found))
    except ValueError:
        raise UnfitError("must be a time in ISO 8601") from None
    if time.utcoffset() != timedelta(0) or time.year < EARLIEST_YEAR:
        raise UnfitError(f"must be a time in UTC, from {EARLIEST_YEAR} on")
    return time


def _number(found: object) -> int:
    if not isinstance(found, int) or isinstance(found, bool):
        raise UnfitError("must be a whole number")
    if not 0 <= found <= LARGEST_NUMBER:
        raise UnfitError(f"must lie between 0 and {LARGEST_NUMBER}")
    return found
