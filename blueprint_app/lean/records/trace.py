"""Reads a module's ``.trace``: what the build took in, what it said, and whether that is all it said."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blueprint_app.lean.records.loose_json import (
    DamagedJsonError,
    as_list,
    as_mapping,
    as_text,
    read_json,
)

_MESSAGE = re.compile(
    r"(?:\./)*(?P<file>[^\n]+?\.lean):(?P<line>\d{1,9}):(?P<column>\d{1,9}): ?(?P<text>.*)", re.DOTALL
)
_SORRY = re.compile(r"declaration uses [`']sorry[`']")
_LEAN_VERSION = re.compile(r"Lean (?:\(version )?(?P<version>\d+\.\d+\.\d+[\w.-]*)")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One message of a build; `line` is 1-based, `column` 0-based and counts code points; 0 where there is no place."""

    level: str
    text: str
    file: str = ""
    line: int = 0
    column: int = 0

    @property
    def warns_of_sorry(self) -> bool:
        """Whether it says that a declaration rests on a ``sorry`` of its own text."""
        return _SORRY.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class BuildTrace:
    """What Lake noted of one module's build.

    `inputs` are captions with their hashes (64 bits), flattened; empty before Lean 4.21. `log` is
    None where it is not known what the build said: a module restored from a cache has an empty
    log whatever was in it. `hash` covers all inputs, those of imported modules included.
    """

    hash: str
    inputs: tuple[tuple[str, frozenset[int]], ...] = ()
    log: tuple[LogEntry, ...] | None = None

    @property
    def lean_version(self) -> str:
        """The version of Lean that built the module; "" where it was not noted."""
        for caption, _ in self.inputs:
            if found := _LEAN_VERSION.match(caption):
                return found["version"]
        return ""

    def source_hashes(self, tail: str) -> frozenset[int]:
        """The hashes that the source file may have had; `tail` is the end of its path, as ``A/B.lean``.

        Only the end is compared, as a build may come from another folder or machine.
        """
        for caption, hashes in self.inputs:
            path = caption.replace("\\", "/")
            if path == tail or path.endswith(f"/{tail}"):
                return hashes
        return frozenset()


def read_trace(path: Path) -> BuildTrace | None:
    """The trace in a file of any of Lake's versions; None where it is damaged.

    Lean 4.9 wrote a bare decimal hash with the log beside it in ``X.log.json``; later versions write
    one JSON object, with ``inputs`` from 4.21 and ``schemaVersion`` from 4.27 on.
    """
    try:
        data = read_json(path)
    except DamagedJsonError:
        return None
    if isinstance(data, int):
        return BuildTrace(str(data), (), _log_beside(path))
    trace = as_mapping(data)
    if "depHash" not in trace:
        return None
    hexadecimal = "schemaVersion" in trace
    inputs = tuple((caption, _hashes(value, hexadecimal)) for caption, value in _flat(trace.get("inputs")))
    return BuildTrace(str(trace["depHash"]), inputs, _log(trace))


def _log_beside(path: Path) -> tuple[LogEntry, ...] | None:
    try:
        return _log(as_mapping(read_json(path.with_suffix(".log.json"))))
    except DamagedJsonError:
        return None


def _log(trace: Mapping[str, Any]) -> tuple[LogEntry, ...] | None:
    if not isinstance(trace.get("log"), list):
        return None
    entries = tuple(_entry(as_mapping(each)) for each in trace["log"])
    return None if trace.get("synthetic") is True and not entries else entries


def _entry(entry: Mapping[str, Any]) -> LogEntry:
    level, message = as_text(entry.get("level")), as_text(entry.get("message"))
    found = _MESSAGE.match(message)
    if found is None:
        return LogEntry(level, message)
    return LogEntry(level, found["text"], found["file"], int(found["line"]), int(found["column"]))


def _flat(inputs: object) -> Iterator[tuple[str, object]]:
    """The pairs of caption and hash at any depth, with a stack of its own as files may be hostile."""
    waiting = as_list(inputs)[::-1]
    while waiting:
        pair = waiting.pop()
        if not (isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)):
            continue
        if isinstance(pair[1], list):
            waiting += pair[1][::-1]
        else:
            yield pair[0], pair[1]


def _hashes(value: object, hexadecimal: bool) -> frozenset[int]:
    """What a hash can mean: 16 hexadecimal digits from 4.27 on, decimal digits before."""
    if isinstance(value, int) and not isinstance(value, bool):
        return frozenset({value})
    text = as_text(value)
    found = set()
    if hexadecimal and re.fullmatch(r"[0-9a-fA-F]{16}", text):
        found.add(int(text, 16))
    if not hexadecimal and re.fullmatch(r"[0-9]{1,20}", text):
        found.add(int(text))
    return frozenset(found)
