"""Vectors for a search by meaning, from a real server: what is sent, how often, and never before it was agreed."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from blueprint_app.assistant.budget import Budget, OutOfBudgetError
from blueprint_app.assistant.embedding import LONGEST, MOST_SHOWN, Embedder, EmbeddingRequest
from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import ModelSettings, Price, RoleModel
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble
from blueprint_app.assistant.endpoints.settings_file import read_model_settings, write_model_settings
from blueprint_app.insight.search.full_text import Field, FullTextIndex, texts_to_embed
from blueprint_app.insight.search.vectors import VectorCache
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from tests.fakes.model_server import ModelServer

KEY = "sk-proj-Zx81hqLk29fTTe0aWvB7"
QUESTION = "rabbits"
"""No word of the sample, and none that is like one."""


def about(text: str) -> list[float]:
    """As a model would see it: rabbits are about Fibonacci numbers."""
    small = text.lower()
    return [float("fib" in small or "rabbit" in small), float("prime" in small), 0.1]


@pytest.fixture
def client() -> Iterator[ModelClient]:
    with ModelClient() as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "models.yaml"


@pytest.fixture
def set_up(model_server: ModelServer, path: Path) -> Callable[..., None]:
    """A function that writes the settings: an embedder at the server, agreed to or not."""
    model_server.vector = about

    def write(*, agreed: bool = True, chosen: bool = True, key: str = "", price: Price | None = None) -> None:
        prices = {"nomic": price} if price is not None else {}
        endpoint = model_server.endpoint("Local", key=key, prices=prices)
        consented = frozenset({endpoint.host}) if agreed else frozenset()
        embedder = RoleModel("Local", "nomic") if chosen else None
        write_model_settings(ModelSettings((endpoint,), {}, consented, (), embedder), path)

    return write


@pytest.fixture
def embedder(client: ModelClient, tmp_path: Path, path: Path) -> Embedder:
    return Embedder(client, VectorCache(tmp_path / "vectors"), path)


def asked(server: ModelServer) -> list[list[str]]:
    """The texts of each call for vectors."""
    return [list(call.body["input"]) for call in server.calls if call.path == "/v1/embeddings"]


def test_a_question_that_shares_no_word_with_a_node_finds_it(
    embedder: Embedder, set_up: Callable[..., None], primes: Snapshot
) -> None:
    set_up()
    index = FullTextIndex(primes)
    assert index.find(QUESTION) == ()
    index.take_vectors(embedder.vectors(primes))
    hits = index.find(QUESTION, 3, vector=embedder.question_vector(QUESTION))
    assert len(hits) == 3
    assert all("fib" in texts_to_embed(primes)[hit.node].lower() for hit in hits)
    assert {hit.field for hit in hits} == {Field.MEANING}


def test_each_text_is_sent_once_and_nothing_else(
    embedder: Embedder, set_up: Callable[..., None], primes: Snapshot, model_server: ModelServer, tmp_path: Path,
    client: ModelClient, path: Path,
) -> None:  # fmt: skip
    set_up()
    texts = set(texts_to_embed(primes).values())
    told: list[float] = []
    vectors = embedder.vectors(primes, report=lambda fraction, note: told.append(fraction))
    assert set(vectors) == set(primes.nodes)
    assert len(asked(model_server)) == -(-len(texts) // 64) == 1
    assert set(asked(model_server)[0]) == {text[:LONGEST] for text in texts}
    assert model_server.count() == 0
    assert told == [0.0]
    # Another start of the application, with the same folder of caches.
    again = Embedder(client, VectorCache(tmp_path / "vectors"), path)
    assert {node: list(each) for node, each in again.vectors(primes).items()} == {
        node: list(each) for node, each in vectors.items()
    }
    assert len(asked(model_server)) == 1
    embedder.question_vector(QUESTION)
    embedder.question_vector(f" {QUESTION} ")
    assert asked(model_server)[1:] == [[QUESTION]]


def test_only_what_changed_is_sent_again(
    embedder: Embedder, set_up: Callable[..., None], primes: Snapshot, model_server: ModelServer
) -> None:
    set_up()
    embedder.vectors(primes)
    node = primes.blueprint.nodes[0]
    changed = replace(node, statement=replace(node.statement, tex="Something else."))
    newer = replace(primes, blueprint=replace(primes.blueprint, nodes=(changed, *primes.blueprint.nodes[1:])))
    request = embedder.request(newer)
    assert request is not None
    assert request.texts == (f"{changed.heading}\nSomething else.",)
    embedder.vectors(newer)
    assert asked(model_server)[1:] == [list(request.texts)]
    assert embedder.request(newer) == replace(request, texts=())


def test_what_would_be_sent_is_told_in_full_and_nothing_goes_before_it_was_agreed(
    embedder: Embedder, set_up: Callable[..., None], primes: Snapshot, model_server: ModelServer, path: Path
) -> None:
    set_up(agreed=False)
    request = embedder.request(primes)
    assert request is not None
    assert (request.needs_consent, request.host) == (True, model_server.endpoint().host)
    assert request.text.split("\n\n")[0] == texts_to_embed(primes)[primes.blueprint.nodes[0].id]
    assert all(text[:LONGEST] in request.text for text in texts_to_embed(primes).values())
    for refused in (lambda: embedder.vectors(primes), lambda: embedder.question_vector("x")):
        with pytest.raises(BlueprintError, match="Nobody has agreed yet that text goes to"):
            refused()
    assert model_server.calls == []
    embedder.agree(request.host)
    assert request.host in read_model_settings(path).consented
    embedder.vectors(primes)
    assert sorted(asked(model_server)[0]) == sorted(request.texts)


def test_without_a_model_for_it_nothing_is_sent(
    embedder: Embedder, set_up: Callable[..., None], primes: Snapshot, model_server: ModelServer
) -> None:
    assert embedder.request(primes) is None
    set_up(chosen=False)
    assert embedder.request(primes) is None
    with pytest.raises(BlueprintError, match="No model is set for the search by meaning"):
        embedder.vectors(primes)
    assert model_server.calls == []


def test_no_key_gets_into_the_cache(
    embedder: Embedder, set_up: Callable[..., None], primes: Snapshot, model_server: ModelServer, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("EMBEDDING_KEY", KEY)
    model_server.key = KEY
    set_up(key="env:EMBEDDING_KEY")
    embedder.vectors(primes)
    assert asked(model_server)
    (kept,) = (tmp_path / "vectors").iterdir()
    assert KEY.encode() not in kept.read_bytes()
    with sqlite3.connect(kept) as database:
        (names,) = {row for row in database.execute("select model from vector")}
    database.close()
    assert names == (f"{model_server.endpoint().host} nomic",)


def test_a_failure_is_told_and_what_came_before_a_stop_is_kept(
    embedder: Embedder, set_up: Callable[..., None], pfr: Snapshot, model_server: ModelServer
) -> None:
    set_up()
    model_server.key = "another"
    with pytest.raises(ModelError) as error:
        embedder.vectors(pfr)
    assert error.value.trouble is Trouble.WRONG_KEY
    model_server.key = ""

    class GivenUpError(Exception):
        pass

    def stop(fraction: float, note: str) -> None:
        if fraction:
            raise GivenUpError

    with pytest.raises(GivenUpError):
        embedder.vectors(pfr, report=stop)
    before = list(itertools.chain(*asked(model_server)))[64:]
    assert len(before) == 64
    embedder.vectors(pfr)
    after = list(itertools.chain(*asked(model_server)))[128:]
    assert not set(before) & set(after)
    texts = {text[:LONGEST] for text in texts_to_embed(pfr).values()}
    assert set(before) | set(after) == texts


def test_it_is_paid_from_the_budget_of_the_day(
    client: ModelClient, set_up: Callable[..., None], primes: Snapshot, model_server: ModelServer, tmp_path: Path,
    path: Path,
) -> None:  # fmt: skip
    set_up(price=Price(0.02, 0.0))
    budget = Budget("the budget of today", most_tokens=100_000)
    embedder = Embedder(client, VectorCache(tmp_path / "vectors"), path, budget)
    request = embedder.request(primes)
    assert request is not None
    embedder.vectors(primes)
    assert budget.spent.tokens == request.tokens
    assert budget.spent.cost == pytest.approx(request.tokens * 0.02 / 1e6)
    poor = Embedder(client, VectorCache(None), path, Budget("the budget of today", most_tokens=5))
    with pytest.raises(OutOfBudgetError):
        poor.vectors(primes)
    assert len(asked(model_server)) == 1


def test_of_very_much_the_beginning_is_shown(model_server: ModelServer) -> None:
    texts = tuple(f"{number} {'x' * 1_000}" for number in range(300))
    request = EmbeddingRequest(model_server.endpoint(), RoleModel("test", "m"), texts, needs_consent=True)
    shown = request.text
    assert len(shown) < MOST_SHOWN + 2_000
    *first, last = shown.split("\n\n")
    assert tuple(first) == texts[: len(first)]
    assert last == f"(and {300 - len(first):,} more texts like these)"


def test_long_statements_are_cut(embedder: Embedder, set_up: Callable[..., None], primes: Snapshot) -> None:
    set_up()
    node = primes.blueprint.nodes[0]
    long = replace(node, statement=replace(node.statement, tex="long " * 2_000))
    newer = replace(primes, blueprint=replace(primes.blueprint, nodes=(long,)))
    request = embedder.request(newer)
    assert request is not None
    assert [len(text) for text in request.texts] == [LONGEST]
    assert set(embedder.vectors(newer)) == {NodeId(node.id)}
