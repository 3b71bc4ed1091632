"""Asks a person at the terminal before text goes to a host for the first time."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from blueprint_app.model.errors import BlueprintError

if TYPE_CHECKING:
    from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings


class Sender(Protocol):
    """What sends text once that was agreed to: an assistant, or what fetches vectors."""

    @property
    def settings(self) -> "ModelSettings":
        """What is set about models."""

    def agree(self, host: str) -> None:
        """Keep that text may go to a host."""


def agree(sender: Sender, endpoint: "Endpoint", text: Callable[[], str], send_to: str | None) -> None:
    """Make sure that a person agrees: by ``--send-to HOST``, by an earlier answer, or by answering now.

    `text` gives exactly what would be sent first. Raises BlueprintError where nobody agrees.
    """
    from blueprint_app.assistant.endpoints.consent import needs_consent

    if not needs_consent(endpoint, sender.settings):
        return
    host = endpoint.host
    if send_to == host or _answers_yes(host, text):
        sender.agree(host)
        return
    raise BlueprintError(
        f"Nobody has agreed yet that text of this project goes to {host}.", f"Agree with --send-to {host}."
    )


def _answers_yes(host: str, text: Callable[[], str]) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"{text()}\n\nThis text would go to {host}. It is the first time. Send it? [y/N] ", end="", file=sys.stderr)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
