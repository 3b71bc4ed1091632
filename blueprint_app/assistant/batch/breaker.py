"""Takes a model out of a run that fails the same way again and again: what is wrong then is not the nodes."""

import threading
from collections import Counter

AFTER = 5
"""Failures of one kind, one after the other, before a model is taken out."""


class Breaker:
    """Counts for each model how often it failed the same way without a node being closed in between. Thread-safe."""

    def __init__(self, after: int = AFTER) -> None:
        self._after = after
        self._lock = threading.Lock()
        self._last: dict[str, str] = {}
        self._times: Counter[str] = Counter()
        self._out: dict[str, str] = {}

    def failed(self, model: str, way: str, at_once: bool = False) -> None:
        """Note a failure; `at_once` for one that no other node can change, such as a wrong key."""
        with self._lock:
            self._times[model] = self._times[model] + 1 if self._last.get(model) == way else 1
            self._last[model] = way
            if at_once:
                self._out.setdefault(model, way)
            elif self._times[model] >= self._after:
                self._out.setdefault(model, f"{way} ({self._times[model]} times, one after the other)")

    def closed(self, model: str) -> None:
        """Note that a model closed a node."""
        with self._lock:
            self._last.pop(model, None)
            self._times[model] = 0

    def reason(self, model: str) -> str:
        """Why a model is taken out; "" if it is not."""
        with self._lock:
            return self._out.get(model, "")
