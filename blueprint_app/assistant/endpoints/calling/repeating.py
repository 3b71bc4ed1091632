"""Repeats calls that failed for a reason that may pass: not for an empty account, and not for long waits in silence."""

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from blueprint_app.assistant.endpoints.calling.faults import Break, Fault
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble

LONGEST_WAIT = 20.0
"""Seconds. Who asks to wait for longer is not waited for here: the user is told, and decides."""

_FIRST_WAIT = 0.5
_PASSING = (409, 429)

T = TypeVar("T")


async def repeated(
    attempt: Callable[[], Awaitable[T | Fault]], explained: Callable[[Fault], ModelError], retries: int
) -> T:
    """What `attempt` gives once it gives no fault. Raises the `ModelError` for the last fault."""
    for retried in itertools.count():
        outcome = await attempt()
        if not isinstance(outcome, Fault):
            return outcome
        error = explained(outcome)
        pause = pause_before_retry(outcome, error, retried) if retried < retries else None
        if pause is None:
            raise error
        await asyncio.sleep(pause)
    raise AssertionError("counting does not end")


def pause_before_retry(fault: Fault, error: ModelError, retried: int) -> float | None:
    """Seconds to wait before the call is repeated; None if that would be of no use."""
    if fault.has_begun or error.trouble not in (Trouble.RATE_LIMIT, Trouble.SERVER, Trouble.CUT):
        return None
    if fault.connection is not Break.LOST and fault.status not in _PASSING and fault.status < 500:
        return None
    if error.wait_seconds is not None:
        return error.wait_seconds if error.wait_seconds <= LONGEST_WAIT else None
    # Many calls that failed at once should not all come back at once.
    return min(LONGEST_WAIT, _FIRST_WAIT * 2.0**retried) * random.uniform(0.75, 1.0)
