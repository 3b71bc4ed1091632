"""Vectors for a search by meaning, by the model that the user set for it: nothing is sent unless that was agreed to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from blueprint_app.assistant.budget import Amount, Budget, Reservation
from blueprint_app.assistant.endpoints.consent import needs_consent, with_consent
from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings, RoleModel
from blueprint_app.assistant.endpoints.settings_file import read_model_settings, write_model_settings
from blueprint_app.assistant.endpoints.tokens import estimated_tokens
from blueprint_app.insight.search.full_text import texts_to_embed
from blueprint_app.insight.search.vectors import Vector, VectorCache, vectors_of
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot

LONGEST = 2_000
"""Characters of a text that are sent: such models read little, and a statement says early what it is of."""

MOST_SHOWN = 100_000
"""Characters of what would be sent that a person is shown."""

_MOST_QUESTIONS = 200

Check = Callable[[], None]
Report = Callable[[float, str], None]


def _never() -> None:
    pass


def _unreported(fraction: float, note: str) -> None:
    pass


class EmbeddingModels(Protocol):
    """What asks a model for vectors; `ModelClient` does."""

    def embed(self, endpoint: Endpoint, model: str, texts: Sequence[str], check: Check = ...) -> list[list[float]]:
        """A vector for each text. Raises ModelError, and what `check` raises."""


@dataclass(frozen=True, slots=True)
class EmbeddingRequest:
    """What a search by meaning would send first: the texts that have no vector yet, to which model of which server."""

    endpoint: Endpoint
    chosen: RoleModel
    texts: tuple[str, ...]
    needs_consent: bool

    @property
    def host(self) -> str:
        """Where it would go."""
        return self.endpoint.host

    @property
    def tokens(self) -> int:
        """About how many tokens it takes."""
        return sum(map(estimated_tokens, self.texts))

    @property
    def text(self) -> str:
        """The texts for a person to read; of very many the first, and how many more there are."""
        shown: list[str] = []
        size = 0
        for text in self.texts:
            size += len(text)
            if size > MOST_SHOWN:
                shown.append(f"(and {len(self.texts) - len(shown):,} more texts like these)")
                break
            shown.append(text)
        return "\n\n".join(shown)


class Embedder:
    """Fetches vectors. Its calls block and may be made from several threads; settings are read at each.

    `day` is the budget of the day, if there is one.
    """

    def __init__(
        self,
        models: EmbeddingModels,
        cache: VectorCache,
        settings_path: Path | None = None,
        day: Budget | None = None,
    ) -> None:
        self._models, self._cache, self._settings_path = models, cache, settings_path
        self._budgets = () if day is None else (day,)
        self._questions: dict[tuple[str, str], list[float]] = {}

    @property
    def settings(self) -> ModelSettings:
        """What is set about models."""
        return read_model_settings(self._settings_path)

    @property
    def name(self) -> str:
        """What vectors made now would be kept under, "" where no model is set: others are of no use with them."""
        endpoint, chosen = _chosen(self.settings)
        return _name(endpoint, chosen) if endpoint is not None and chosen is not None else ""

    def agree(self, host: str) -> None:
        """Keep that text may go to a host. Raises BlueprintError if that cannot be kept."""
        settings = self.settings
        for endpoint in settings.endpoints:
            if endpoint.host == host:
                write_model_settings(with_consent(endpoint, settings), self._settings_path)
                return

    def request(self, snapshot: Snapshot) -> EmbeddingRequest | None:
        """What has to be sent before this snapshot can be searched by vectors; None where no model is set for it."""
        settings = self.settings
        endpoint, chosen = _chosen(settings)
        if chosen is None or endpoint is None:
            return None
        texts = tuple(dict.fromkeys(_texts(snapshot).values()))
        known = self._cache.read(_name(endpoint, chosen), texts)
        missing = tuple(text for text in texts if text not in known)
        return EmbeddingRequest(endpoint, chosen, missing, needs_consent(endpoint, settings))

    def vectors(
        self, snapshot: Snapshot, check: Check = _never, report: Report = _unreported
    ) -> Mapping[NodeId, Vector]:
        """The vectors of all nodes; each text is sent once, whatever becomes of the rest.

        Raises BlueprintError where no model is set for it or nobody agreed, ModelError, OutOfBudgetError, and what
        `check` raises.
        """
        endpoint, chosen = self._allowed()
        texts = _texts(snapshot)

        def told(done: int, count: int) -> None:
            report(done / count, f"{chosen.model}: {done:,} of {count:,} texts")

        def embed(some: Sequence[str]) -> Sequence[Sequence[float]]:
            return self._embedded(endpoint, chosen, some, check)

        found = vectors_of(tuple(texts.values()), _name(endpoint, chosen), embed, self._cache, check, told)
        return {node: found[text] for node, text in texts.items()}

    def question_vector(self, question: str, check: Check = _never) -> Sequence[float]:
        """The vector of what a person typed, asked for once. Raises as `vectors` does."""
        endpoint, chosen = self._allowed()
        key = _name(endpoint, chosen), question.strip()[:LONGEST]
        found = self._questions.get(key)
        if found is None:
            if len(self._questions) >= _MOST_QUESTIONS:
                self._questions.clear()
            (found,) = self._embedded(endpoint, chosen, [key[1]], check)
            self._questions[key] = found
        return found

    def _allowed(self) -> tuple[Endpoint, RoleModel]:
        """The last gate: whoever calls, nothing goes where no person sent it."""
        settings = self.settings
        endpoint, chosen = _chosen(settings)
        if chosen is None or endpoint is None:
            raise BlueprintError("No model is set for the search by meaning.", "Choose one under Models.")
        if needs_consent(endpoint, settings):
            raise BlueprintError(f"Nobody has agreed yet that text goes to {endpoint.host}.", "Agree first.")
        return endpoint, chosen

    def _embedded(self, endpoint: Endpoint, chosen: RoleModel, texts: Sequence[str], check: Check) -> list[list[float]]:
        tokens = sum(map(estimated_tokens, texts))
        price = endpoint.prices.get(chosen.model)
        amount = Amount(tokens, tokens * price.prompt / 1e6 if price is not None else 0.0)
        with Reservation(self._budgets, amount) as reserved:
            vectors = self._models.embed(endpoint, chosen.model, texts, check)
            reserved.settle(amount)
        return vectors


def _chosen(settings: ModelSettings) -> tuple[Endpoint | None, RoleModel | None]:
    chosen = settings.embedder
    return (settings.endpoint(chosen.endpoint), chosen) if chosen is not None else (None, None)


def _texts(snapshot: Snapshot) -> dict[NodeId, str]:
    return {node: text[:LONGEST] for node, text in texts_to_embed(snapshot).items()}


def _name(endpoint: Endpoint, chosen: RoleModel) -> str:
    """What vectors are kept under: servers may serve different models under one name."""
    return f"{endpoint.host} {chosen.model}"
