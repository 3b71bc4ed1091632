"""Gathers the pieces of an answer as they come in, whichever protocol they come by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from blueprint_app.assistant.endpoints.calling.thoughts import ThoughtSplit
from blueprint_app.assistant.endpoints.messages import Finish

LONGEST = 4_000_000
"""Characters of an answer; a server that sends more is not listened to any longer."""


class Kind(StrEnum):
    """What a piece of an answer is."""

    TEXT = "text"
    THINKING = "thinking"


Tell = Callable[[Kind, str], None]


@dataclass(eq=False, slots=True)
class Collected:
    """An answer so far. `finish` is None until the server says how the answer ended; `usage` as the server gave it."""

    tell: Tell
    finish: Finish | None = None
    usage: Mapping[str, Any] = field(default_factory=dict)
    model: str = ""
    length: int = 0
    has_events: bool = False
    _text: list[str] = field(default_factory=list)
    _thinking: list[str] = field(default_factory=list)
    _split: ThoughtSplit = field(default_factory=ThoughtSplit)

    def add_text(self, piece: object) -> None:
        """Take a piece of the answer; thoughts that stand in it are sorted out."""
        if isinstance(piece, str) and piece:
            for is_thought, part in self._split.parts(piece):
                self._take(Kind.THINKING if is_thought else Kind.TEXT, part)

    def add_thinking(self, piece: object) -> None:
        """Take a piece of what the model shows of its thoughts."""
        if isinstance(piece, str) and piece:
            self._take(Kind.THINKING, piece)

    def end(self) -> None:
        """Nothing more will come."""
        for is_thought, part in self._split.rest():
            self._take(Kind.THINKING if is_thought else Kind.TEXT, part)

    def name_model(self, name: object) -> None:
        """Take the name of the model that the server says it asked."""
        if isinstance(name, str) and name:
            self.model = name[:200]

    @property
    def text(self) -> str:
        """The answer so far."""
        return "".join(self._text)

    @property
    def thinking(self) -> str:
        """The thoughts so far."""
        return "".join(self._thinking)

    @property
    def is_too_long(self) -> bool:
        """Whether to stop listening."""
        return self.length > LONGEST

    def _take(self, kind: Kind, piece: str) -> None:
        self.length += len(piece)
        (self._text if kind is Kind.TEXT else self._thinking).append(piece)
        self.tell(kind, piece)


def mapping(value: object) -> Mapping[str, Any]:
    """`value` if it is a mapping, an empty one otherwise: servers send what they like."""
    return value if isinstance(value, Mapping) else {}


def entries(value: object) -> list[Mapping[str, Any]]:
    """The mappings in `value` if it is a list, none otherwise."""
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
