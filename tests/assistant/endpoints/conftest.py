"""A client of models that is closed when the test ends, and questions for it."""

from collections.abc import Iterator

import pytest

from blueprint_app.assistant.endpoints.client import ModelClient


@pytest.fixture
def model_client() -> Iterator[ModelClient]:
    with ModelClient() as client:
        yield client
