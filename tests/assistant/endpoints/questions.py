"""Questions to ask the model server of the tests."""

from typing import Any

import pytest

from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Endpoint
from blueprint_app.assistant.endpoints.errors import ModelError
from blueprint_app.assistant.endpoints.messages import Message, Request

MESSAGES = (Message("system", "Be brief."), Message("user", "What is a group?"))


def question(endpoint: Endpoint, **rest: Any) -> Request:
    return Request(endpoint, "alpha", MESSAGES, **rest)


def trouble(client: ModelClient, endpoint: Endpoint, **rest: Any) -> ModelError:
    """The error that asking the question ends in."""
    with pytest.raises(ModelError) as caught:
        client.complete(question(endpoint), **rest)
    return caught.value
