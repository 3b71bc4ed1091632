"""What a node's page says of who wrote its Lean text."""

from dataclasses import replace

import pytest

from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.export.prose.provenance import provenance_section
from tests.fakes.attempts_of_primes import GOLDBACH, LARGE, UNIQUE, write_attempts


@pytest.fixture
def folder(sample_copy):
    return sample_copy("primes")


@pytest.fixture
def store(folder):
    return AttemptStore(folder)


@pytest.fixture
def records(folder, store):
    return write_attempts(store, open_project(folder))


def section(folder, node, **more):
    return provenance_section(open_project(folder), node, **more)


def test_nothing_is_said_where_nothing_is_recorded(folder, records):
    assert section(folder, "thm:euclid") == ""


def test_a_draft_that_waits_is_named_with_its_model_day_and_level(folder, records):
    verified = next(record for record in records if record.outcome is Outcome.VERIFIED)
    html = section(folder, UNIQUE)
    assert f"A draft of the proof waits for a person: <b>{LARGE}</b> on 2026-11-03." in html
    assert "Judged: statement matched, axioms allowed." in html
    assert f'href="app:attempt.{verified.id}"' in html
    assert "href" not in section(folder, UNIQUE, with_links=False)


def test_what_was_accepted_says_when_and_who_vouches_for_the_statement(folder, store, records):
    drafted = next(record for record in records if record.node == GOLDBACH)
    store.mark(drafted, Judgement.ACCEPTED, "Ada")
    html = section(folder, GOLDBACH)
    assert "The Lean statement was drafted: <b>gpt-5.2</b> on 2026-11-04, put into the project on 20" in html
    assert "Faithful to the text, says Emmy Noether." in html
    store.mark(drafted, Judgement.UNFAITHFUL, "Ada")
    assert "Nobody has marked it as faithful to the text as it is now." in section(folder, GOLDBACH)


def test_a_models_name_is_text_and_nothing_else(folder, store, records):
    verified = next(record for record in records if record.outcome is Outcome.VERIFIED)
    evil = replace(
        verified,
        id="20991103T141502123456Z-0000000001",
        actor=replace(verified.actor, model="<script>", served_model=""),
        time=replace(verified.time, start="2099-11-03T14:15:02+00:00"),
    )
    store.write(evil, "by simp", ".lean")
    assert "<b>&lt;script&gt;</b>" in section(folder, UNIQUE)
