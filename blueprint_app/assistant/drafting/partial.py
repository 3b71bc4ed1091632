"""What came of an answer that was stopped on its way: it was paid for, so it is kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Partial:
    """What came of an answer so far; given to `keep`, with the seconds that it took, if it is stopped on the way."""

    pass_on: Callable[[str], None]
    keep: Callable[[str, float], None]
    is_whole: bool = False
    _pieces: list[str] = field(default_factory=list)
    _begun: float = field(default_factory=time.monotonic)

    def take(self, text: str) -> None:
        """Note a piece and pass it on."""
        self._pieces.append(text)
        self.pass_on(text)

    def __enter__(self) -> "Partial":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._pieces and not self.is_whole:
            self.keep("".join(self._pieces), time.monotonic() - self._begun)
