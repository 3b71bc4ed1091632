"""What calls to models took, day by day, in a file that survives the process: the budget of a day is kept by it.

The file has one JSON object a line: a reservation before a call, and what the call took after it. A reservation
without an end, as a killed process leaves it, counts as spent: the call may have been paid for.
"""

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from blueprint_app.assistant.budget import Amount, Budget, OutOfBudgetError
from blueprint_app.model.errors import BlueprintError


def today() -> str:
    """The day that spending counts towards, in UTC."""
    return datetime.now(UTC).date().isoformat()


class Ledger:
    """The spending of one user. Thread-safe; several processes may add to the same file."""

    def __init__(self, path: Path, day: Callable[[], str] = today) -> None:
        self._path, self._day = path, day
        self._lock = threading.Lock()
        self._count = 0

    def spent_today(self) -> Amount:
        """What was spent today, with what is reserved. Lines that cannot be read count as nothing."""
        day, amounts = self._day(), dict[str, Amount]()
        for entry in self._entries():
            if entry.get("day") == day:
                amounts[str(entry.get("call"))] = Amount(_whole(entry.get("tokens")), _number(entry.get("cost")))
        return sum(amounts.values(), Amount())

    def reserve(self, amount: Amount) -> str:
        """Write that a call is about to be made; returns its name. Raises BlueprintError if that cannot be written."""
        with self._lock:
            self._count += 1
            call = f"{os.getpid()}-{id(self):x}-{self._count}-{datetime.now(UTC).timestamp():.6f}"
        self._write(call, amount)
        return call

    def settle(self, call: str, amount: Amount) -> None:
        """Write what a call took."""
        self._write(call, amount)

    def _write(self, call: str, amount: Amount) -> None:
        entry = {"day": self._day(), "call": call, "tokens": amount.tokens, "cost": amount.cost}
        try:
            append_line(self._path, json.dumps(entry))
        except OSError as error:
            raise BlueprintError(
                f"What a call takes cannot be noted in {self._path}: {error.strerror}.", "Make the folder writable."
            ) from error

    def _entries(self) -> list[dict[str, object]]:
        return read_lines(self._path)


class DayBudget(Budget):
    """The budget of a day, over all that this user asks, kept by a ledger."""

    def __init__(self, ledger: Ledger, most_tokens: int | None = None, most_cost: float | None = None) -> None:
        super().__init__("the budget of today", most_tokens, most_cost)
        self._ledger = ledger
        self._calls: list[tuple[Amount, str]] = []
        self._day_lock = threading.Lock()

    @property
    def spent(self) -> Amount:
        """What was spent today, also by others."""
        return self._ledger.spent_today()

    def reserve(self, amount: Amount) -> None:
        """Set an amount aside, in the ledger. Raises `OutOfBudgetError`."""
        with self._day_lock:
            if self.is_over(self._ledger.spent_today() + amount):
                raise OutOfBudgetError(self, amount)
            self._calls.append((amount, self._ledger.reserve(amount)))

    def settle(self, reserved: Amount, actual: Amount) -> None:
        """Put what a call took in the place of what was reserved."""
        with self._day_lock:
            position = next(place for place, (amount, _) in enumerate(self._calls) if amount == reserved)
            _, call = self._calls.pop(position)
        self._ledger.settle(call, actual)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, on disk before this returns. One write, so that lines of several writers do not mix."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read_lines(path: Path) -> list[dict[str, object]]:
    """The JSON objects of a file, one a line; a line that was cut short when its writer was killed is left out."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            found.append(entry)
    return found


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _number(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and value > 0 else 0.0  # type: ignore[arg-type, operator]
