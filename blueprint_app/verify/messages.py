"""Reads what Lean prints: messages to be shown and to be answered, none to be believed."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from blueprint_app.lean.records.loose_json import DamagedJsonError, as_mapping, as_number, as_text, parse_json
from blueprint_app.verify.draft import Part
from blueprint_app.verify.verdict import LeanMessage

_SEVERITIES = frozenset({"error", "warning", "information"})
_LONGEST_TEXT = 20_000
"""Characters of one message that are kept."""

_MOST = 200
_NO_IMPORT = re.compile(
    r"unknown module prefix|object file '[^']*' of module \S+ does not exist|unknown package '|failed to read file"
)
_NO_MEMORY = re.compile(r"excessive memory|out of memory|\(memory\)|memory exhausted", re.IGNORECASE)

Placing = Callable[[int], tuple[Part, int]]


@dataclass(slots=True)
class Printed:
    """Collects lines of output as they come."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    _pending: str = ""

    def take(self, line: str) -> None:
        """One line, or a piece of one that was too long."""
        if self._pending and not line.startswith('{"'):
            line, self._pending = self._pending + line, ""
        if not line.startswith("{"):
            self.other.append(line)
            del self.other[:-40]
            return
        try:
            self._keep(dict(as_mapping(parse_json(line.encode()))))
        except (DamagedJsonError, json.JSONDecodeError):
            self._pending = line

    def _keep(self, message: dict[str, Any]) -> None:
        if as_text(message.get("severity")) in _SEVERITIES and len(self.messages) < _MOST:
            self.messages.append(message)

    def placed(self, place: Placing) -> tuple[LeanMessage, ...]:
        """The messages, each at its line of the draft's own parts."""
        return tuple(self._placed(place))

    def _placed(self, place: Placing) -> Iterator[LeanMessage]:
        for message in self.messages:
            position = as_mapping(message.get("pos"))
            part, line = place(max(1, as_number(position.get("line"), 1)))
            yield LeanMessage(
                as_text(message.get("severity")),
                line,
                max(0, as_number(position.get("column"), 0)),
                as_text(message.get("data"))[:_LONGEST_TEXT],
                as_text(message.get("kind")).replace("[anonymous]", ""),
                part,
            )

    @property
    def tail(self) -> str:
        """The end of what is no message, as when Lean dies."""
        return " ".join(" ".join(self.other).split())[-300:]

    @property
    def misses_imports(self) -> bool:
        """Whether Lean says that a compiled module is not there."""
        return any(_NO_IMPORT.search(as_text(message.get("data"))) for message in self.messages)

    @property
    def lacks_memory(self) -> bool:
        """Whether Lean says that it gave up for want of memory."""
        texts = [as_text(message.get("data")) for message in self.messages]
        return any(_NO_MEMORY.search(text) for text in (*texts, *self.other))
