"""Budgets: what a call may cost is reserved before it is made, so that no number of calls at once can overspend."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from blueprint_app.assistant.endpoints.messages import Usage
from blueprint_app.model.errors import BlueprintError


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens (of prompt and completion together) and money in US dollars."""

    tokens: int = 0
    cost: float = 0.0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.tokens + other.tokens, self.cost + other.cost)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.tokens - other.tokens, self.cost - other.cost)

    @classmethod
    def of(cls, usage: Usage) -> "Amount":
        """What a call took, as its server counted it or as it was estimated."""
        return cls(usage.prompt + usage.completion, usage.cost or 0.0)

    def __str__(self) -> str:
        money = f" and ${self.cost:.4g}" if self.cost else ""
        return f"{self.tokens:,} tokens{money}"


class OutOfBudgetError(BlueprintError):
    """A call was not made, as it might have gone over a budget."""

    def __init__(self, budget: "Budget", wanted: Amount) -> None:
        super().__init__(
            f"The next call might take {wanted}, and {budget.name} has {budget.left_in_words()} left.",
            f"Raise {budget.name}, or go on without it.",
        )
        self.budget = budget


class Budget:
    """How much may be spent on one thing, such as "the budget of this run". None is no limit.

    Thread-safe. What is reserved counts as spent until it is settled.
    """

    def __init__(
        self, name: str, most_tokens: int | None = None, most_cost: float | None = None, spent: Amount | None = None
    ) -> None:
        self.name, self.most_tokens, self.most_cost = name, most_tokens, most_cost
        self._spent = spent or Amount()
        self._lock = threading.Lock()

    @property
    def spent(self) -> Amount:
        """What was spent, with what is reserved."""
        return self._spent

    def is_over(self, amount: Amount) -> bool:
        """Whether an amount is more than there is in all."""
        too_many = self.most_tokens is not None and amount.tokens > self.most_tokens
        return too_many or (self.most_cost is not None and amount.cost > self.most_cost)

    def reserve(self, amount: Amount) -> None:
        """Set an amount aside. Raises `OutOfBudgetError` if that much is not left, and then sets nothing aside."""
        with self._lock:
            if self.is_over(self._spent + amount):
                raise OutOfBudgetError(self, amount)
            self._spent += amount

    def settle(self, reserved: Amount, actual: Amount) -> None:
        """Put what a call really took in the place of what was reserved for it."""
        with self._lock:
            self._spent = self._spent - reserved + actual

    def left_in_words(self) -> str:
        """What is left, for people."""
        spent, parts = self.spent, []
        if self.most_tokens is not None:
            parts.append(f"{max(self.most_tokens - spent.tokens, 0):,} tokens")
        if self.most_cost is not None:
            parts.append(f"${max(self.most_cost - spent.cost, 0.0):.4g}")
        return " and ".join(parts) or "no limit"


class Reservation:
    """An amount set aside in several budgets at once; to be settled with what the call took.

    Left without being settled, as when the call fails before anything was answered, it takes nothing.
    """

    def __init__(self, budgets: Sequence[Budget], amount: Amount) -> None:
        """Reserve in all of the budgets or in none. Raises `OutOfBudgetError`."""
        self._budgets, self._amount = tuple(budgets), amount
        self._actual = Amount()
        self.is_settled = False
        done: list[Budget] = []
        try:
            for budget in self._budgets:
                budget.reserve(amount)
                done.append(budget)
        except OutOfBudgetError:
            for budget in done:
                budget.settle(amount, Amount())
            raise

    def settle(self, actual: Amount) -> None:
        """Say what the call took."""
        self._actual, self.is_settled = actual, True

    def __enter__(self) -> "Reservation":
        return self

    def __exit__(self, *_error: object) -> None:
        for budget in self._budgets:
            budget.settle(self._amount, self._actual)
