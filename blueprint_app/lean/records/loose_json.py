"""Reads JSON that other programs wrote: damage and unexpected types are answers, never tracebacks."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

LARGEST_FILE = 512 * 2**20
"""Bytes; the largest records of real projects have a few million."""


class DamagedJsonError(Exception):
    """A file is not readable, too large, or no JSON; the text says which."""


def read_json(path: Path, largest: int = LARGEST_FILE) -> object:
    """The content of a JSON file. Raises `DamagedJsonError`."""
    try:
        if path.stat().st_size > largest:
            raise DamagedJsonError(f"{path.name} is larger than {largest // 2**20} MB")
        return parse_json(path.read_bytes())
    except OSError as error:
        raise DamagedJsonError(f"{path.name} cannot be read ({error.strerror})") from error


def parse_json(data: bytes) -> object:
    """The value that JSON text stands for. Raises `DamagedJsonError`.

    Numbers of more than 40 digits are refused: turning them into integers takes long and nothing means them.
    """
    try:
        value: object = json.loads(data, parse_int=_integer, parse_constant=_refuse_constant)
        return value
    except (ValueError, RecursionError) as error:
        raise DamagedJsonError(f"it is no JSON ({error})") from error


def as_mapping(value: object) -> Mapping[str, Any]:
    """The value if it is a JSON object, else an empty one."""
    return cast(Mapping[str, Any], value) if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: object, default: str = "") -> str:
    """The value if it is a string, else the default."""
    return value if isinstance(value, str) else default


def as_number(value: object, default: int = 0) -> int:
    """The value if it is an integer that fits into 32 bits, else the default."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31:
        return value
    return default


def as_flag(value: object) -> bool | None:
    """The value if it is true or false, else None."""
    return value if isinstance(value, bool) else None


def texts(value: object) -> tuple[str, ...]:
    """The strings of a JSON array; what is no string is left out."""
    return tuple(each for each in as_list(value) if isinstance(each, str))


def _integer(digits: str) -> int:
    if len(digits) > 40:
        raise ValueError("a number is too long")
    return int(digits)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
