"""Whether the user has agreed that text goes to a host; the agreement is kept with the settings of models."""

from dataclasses import replace

from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings


def needs_consent(endpoint: Endpoint, settings: ModelSettings) -> bool:
    """Whether to show what would be sent, and where, and ask, before anything goes to the endpoint's host."""
    return not endpoint.host or endpoint.host not in settings.consented


def with_consent(endpoint: Endpoint, settings: ModelSettings) -> ModelSettings:
    """The settings with the agreement for the endpoint's host, to be written."""
    return replace(settings, consented=settings.consented | {endpoint.host})


def without_consent(host: str, settings: ModelSettings) -> ModelSettings:
    """The settings with an agreement taken back."""
    return replace(settings, consented=settings.consented - {host})
