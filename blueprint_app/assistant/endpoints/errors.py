"""The one exception for a model that cannot be asked, with what kind of trouble it is."""

from enum import StrEnum

from blueprint_app.assistant.endpoints.messages import Finish, Reply
from blueprint_app.model.errors import BlueprintError


class Trouble(StrEnum):
    """What stands in the way, as far as a program needs to tell troubles apart."""

    WRONG_KEY = "wrong key"
    WRONG_MODEL = "wrong model"
    WRONG_URL = "wrong URL"
    NO_QUOTA = "no quota"
    RATE_LIMIT = "rate limit"
    CONTEXT_TOO_LONG = "context too long"
    NOT_RUNNING = "not running"
    SLOW = "slow"
    LOGIN_PAGE = "login page"
    CUT = "cut"
    REFUSED = "refused"
    SERVER = "server"
    OTHER = "other"


class ModelError(BlueprintError):
    """A model gave no answer; says why and what to do, and never holds a key.

    `wait_seconds` is how long the server asks to wait (rate limit), None if it does not say.
    """

    def __init__(
        self, trouble: Trouble, what_happened: str, what_to_do: str = "", wait_seconds: float | None = None
    ) -> None:
        super().__init__(what_happened, what_to_do)
        self.trouble = trouble
        self.wait_seconds = wait_seconds


def trouble_with(reply: Reply) -> ModelError | None:
    """Why a reply is not to be taken as an answer, in plain words; None if it is whole."""
    found = _TROUBLES.get(reply.finish)
    return None if found is None else ModelError(*found)


_TROUBLES = {
    Finish.CUT: (
        Trouble.CUT,
        "The answer was cut off before its end.",
        "It is not used. Try again; if it stays so, look at the server's log.",
    ),
    Finish.LENGTH: (
        Trouble.CUT,
        "The answer reached the limit of its length before its end.",
        "Raise the limit (max_tokens), or ask for less at a time.",
    ),
    Finish.REFUSED: (
        Trouble.REFUSED,
        "The model refuses to answer this.",
        "Word it differently, or ask another model.",
    ),
    Finish.CANCELLED: (Trouble.CUT, "The answer was stopped.", "Ask again."),
}
