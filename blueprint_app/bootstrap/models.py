"""What all that asks models has in common: one client, and one ledger of what was spent."""

import atexit
from functools import cache
from typing import TYPE_CHECKING

from blueprint_app.user_folders import state_folder

if TYPE_CHECKING:
    from blueprint_app.assistant.batch.ledger import Ledger
    from blueprint_app.assistant.endpoints.client import ModelClient


@cache
def model_client() -> "ModelClient":
    """The one client of this process; its connections are closed at the end."""
    from blueprint_app.assistant.endpoints.client import ModelClient

    client = ModelClient()
    atexit.register(client.close)
    return client


@cache
def ledger() -> "Ledger":
    """What models were asked and what it cost, in all projects."""
    from blueprint_app.assistant.batch.ledger import Ledger

    return Ledger(state_folder() / "spending.jsonl")
