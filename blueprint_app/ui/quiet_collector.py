"""Keeps Python's garbage collector from freezing the window while a large project is read.

A full collection stops all threads while it looks at every object: 0.3 s for a blueprint of 20,000
nodes, several times during one reading. What is read holds almost no cycles, so none is needed.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_QUICK = 200_000
"""So many new objects are looked through in about 20 ms."""


_lock = threading.Lock()
_readings = 0
"""How many readings go on now, in whatever threads."""


@contextmanager
def quiet_collector() -> Iterator[None]:
    """No collection inside; what was made inside is left out of later ones and goes when its last user goes."""
    _begin()
    try:
        yield
    finally:
        _end()


def _begin() -> None:
    global _readings
    with _lock:
        _readings += 1
        gc.disable()


def _end() -> None:
    global _readings
    with _lock:
        _readings -= 1
        if _readings:
            return
        if gc.get_count()[0] < _QUICK:
            # The few cycles that a reader leaves behind must not pile up where a project is read again and again.
            gc.collect(0)
        gc.freeze()
        gc.enable()
