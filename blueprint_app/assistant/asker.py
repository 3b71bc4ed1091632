"""One model in one role: every question to it is paid from budgets, reserved before it is sent."""

from collections.abc import Callable, Sequence
from typing import Protocol

from blueprint_app.assistant.budget import Amount, Budget, Reservation
from blueprint_app.assistant.conversation import tokens_of
from blueprint_app.assistant.endpoints.endpoint import Endpoint, RoleModel
from blueprint_app.assistant.endpoints.messages import Message, Reply, Request, request_for
from blueprint_app.assistant.endpoints.tokens import estimated_tokens

USUAL_ANSWER = 4096
"""Tokens that an answer may take where the settings of the role set no limit; for reserving only."""

OnText = Callable[[str], None]


class Models(Protocol):
    """What asks a model; `ModelClient` does."""

    def complete(
        self,
        request: Request,
        on_text: OnText = ...,
        on_thinking: OnText = ...,
        check: Callable[[], None] = ...,
    ) -> Reply:
        """The model's reply. Raises ModelError, and what `check` raises."""


class Asker:
    """Asks one model of one endpoint, as its role is set up."""

    def __init__(self, models: Models, endpoint: Endpoint, chosen: RoleModel, budgets: Sequence[Budget] = ()) -> None:
        self._models, self.endpoint, self.chosen = models, endpoint, chosen
        self.budgets = tuple(budgets)

    def most(self, messages: tuple[Message, ...]) -> Amount:
        """The most that a question may take, as far as can be estimated: what is reserved for it."""
        return self._amount(tokens_of(messages), self.chosen.max_tokens or USUAL_ANSWER)

    def ask(
        self,
        messages: tuple[Message, ...],
        on_text: OnText,
        on_thinking: OnText,
        check: Callable[[], None],
    ) -> Reply:
        """The reply. Raises OutOfBudgetError before anything is sent, ModelError, and what `check` raises.

        A call that is stopped is paid for as far as it came, by our own estimate.
        """
        came = _Counted(on_text), _Counted(on_thinking)
        with Reservation(self.budgets, self.most(messages)) as reserved:
            try:
                reply = self._models.complete(
                    request_for(self.endpoint, self.chosen, messages), came[0], came[1], check
                )
                reserved.settle(Amount.of(reply.usage))
                return reply
            finally:
                received = came[0].tokens + came[1].tokens
                if received and not reserved.is_settled:
                    reserved.settle(self._amount(tokens_of(messages), received))

    def _amount(self, prompt: int, completion: int) -> Amount:
        price = self.endpoint.prices.get(self.chosen.model)
        cost = (prompt * price.prompt + completion * price.completion) / 1e6 if price is not None else 0.0
        return Amount(prompt + completion, cost)


class _Counted:
    """Passes pieces of an answer on and estimates the tokens that came."""

    def __init__(self, pass_on: OnText) -> None:
        self._pass_on = pass_on
        self._pieces: list[str] = []

    def __call__(self, piece: str) -> None:
        self._pieces.append(piece)
        self._pass_on(piece)

    @property
    def tokens(self) -> int:
        return estimated_tokens("".join(self._pieces))
