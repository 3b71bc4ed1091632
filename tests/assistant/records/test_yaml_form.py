"""Records as YAML: what goes out comes back, and nothing that others wrote does harm."""

import contextlib
import dataclasses
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.records.record import (
    TASKS,
    AttemptRecord,
    CheckMade,
    CheckMessage,
    FailureSeen,
    HumanSaid,
    Judgement,
    Outcome,
    PromptUsed,
    Verdict,
    new_id,
)
from blueprint_app.assistant.records.yaml_form import (
    DamagedRecordError,
    LaterVersionError,
    record_of,
    text_of,
    verdict_of,
    without_secrets,
)
from tests.assistant.records.attempts import HASH, full

FIELDS = [
    "schema", "id", "node", "task", "run", "round", "parent", "actor", "requested_by", "prompt", "params", "usage",
    "time", "finish", "statement_sha256", "draft", "lean", "check", "outcome", "failure", "human",
]  # fmt: skip


def test_a_full_record_has_the_fields_of_the_contract_and_comes_back() -> None:
    record = full(human=HumanSaid("rejected", "Emmy Noether", "too long"))
    text = text_of(record)
    data = yaml.safe_load(text)
    assert list(data) == FIELDS
    assert data["schema"] == "blueprint-attempt/1"
    assert list(data["actor"]) == ["kind", "model", "served_model", "endpoint_host", "role"]
    assert list(data["usage"]) == ["prompt", "completion", "reasoning", "cached", "cost", "estimated"]
    assert list(data["time"]) == ["start", "model_s", "lean_s"]
    assert list(data["lean"]) == ["version", "mathlib", "project_commit", "dirty"]
    assert list(data["check"]) == ["level", "axioms", "messages", "lint", "sandbox"]
    assert list(data["failure"]) == ["class", "blocker"]
    assert list(data["prompt"]["context"][0]) == ["node", "sha256"]
    assert record_of(text) == record
    assert "    text: |-\n      unsolved goals\n      n : ℕ" in text


def test_what_is_not_known_is_not_written() -> None:
    record = AttemptRecord(new_id(), "a", "explain", time=full().time, outcome=Outcome.ABANDONED)
    assert list(yaml.safe_load(text_of(record))) == ["schema", "id", "node", "task", "time", "outcome"]
    assert record_of(text_of(record)) == record


def test_the_prompt_is_only_there_if_it_was_given() -> None:
    assert "text" not in yaml.safe_load(text_of(full()))["prompt"]
    kept = full(prompt=PromptUsed("prove/3", HASH, (), "Prove it.\nPlease."))
    assert record_of(text_of(kept)).prompt.text == "Prove it.\nPlease."


texts = st.text(max_size=60) | st.text(alphabet=" \n\t'\"|-#:&*!%@\\{}[]\x85\u2028\ufeffΩ😀\x00\r", max_size=12)


@given(texts, texts, texts)
def test_any_text_comes_back(node: str, blocker: str, said: str) -> None:
    message = CheckMessage("error", 1, 0, said)
    made = full(node=f"x{node}", failure=FailureSeen("error", blocker), check=CheckMade("none", messages=(message,)))
    found = record_of(text_of(made))

    def kept(text: str) -> str:
        return text.replace("\r\n", "\n").encode("utf-8", "replace").decode()

    assert (found.node, found.failure.blocker) == (f"x{kept(node)}", kept(blocker))
    assert found.check.messages[0].text == kept(said)


def test_endless_texts_are_cut_and_the_record_stays_small() -> None:
    many = tuple(CheckMessage("error", n, 0, "⊢ x\n" * 100_000) for n in range(1000))
    text = text_of(full(check=CheckMade("none", messages=many)))
    assert len(text.encode()) < 2 * 2**20
    assert record_of(text).check.messages[0].text.endswith("[cut]")


def test_what_looks_like_a_key_is_never_written() -> None:
    said = "Incorrect API key provided: sk-proj-abcdefghijklmnopqrstuvwxyz0123. Authorization: Bearer abc.def-ghijkl"
    text = text_of(full(failure=FailureSeen("other", said), params={"stop": "hf_abcdefghijklmnopqrstuvwxyz"}))
    for secret in ("abcdefghij", "abc.def"):
        assert secret not in text
    assert without_secrets("theorem risk-averse-things sk-1") == "theorem risk-averse-things sk-1"


GOOD = text_of(full())


@pytest.mark.parametrize(
    ("old", "new", "said", "line"),
    [
        ("round: 2", "round: two", "round must be a number", 6),
        ("round: 2", "round: -2", "round must not be negative", 6),
        ("round: 2", "round: 9999999999999999999999", "round must be a number", 6),
        ("round: 2", "round: [2]", "round must be a single value", 6),
        ("  cost: 0.0123", "  cost: .inf", "cost must be a number", 0),
        ("  cost: 0.0123", "  cost: -1", "cost must not be negative", 0),
        ("  estimated: true", "  estimated: maybe", "estimated must be true or false", 0),
        ("outcome: failed", "outcome: done", "outcome must be one of failed, compiled", 0),
        ("outcome: failed\n", "", "has no outcome", 1),
        ("finish: stop", "finish: later", "'later' is no finish", 0),
        ("task: prove", "task: dance", "'dance' is no task", 0),
        ("node: lem:a", "node: ''", "it names no node", 0),
        ("node: lem:a\n", "", "has no node", 1),
        ("run: run-1", "node: lem:b", "node is there twice", 5),
        ("  start: '2026-11-03T14:15:02.123456+00:00'", "  start: yesterday", "'yesterday' is no time", 0),
        ("  start: '2026-11-03T14:15:02.123456+00:00'", "  start: 2026-11-03", "is no time in UTC", 0),
        ("blueprint-attempt/1", "blueprint-graph/1", "its schema is not", 1),
        ("check:", "check: [", "this is no YAML", 0),
        ("\nactor:", "\n<<<<<<< HEAD\nactor:", "this is no YAML", 0),
    ],
)  # fmt: skip
def test_damage_is_told_with_its_line(old: str, new: str, said: str, line: int) -> None:
    assert old in GOOD
    with pytest.raises(DamagedRecordError) as caught:
        record_of(GOOD.replace(old, new))
    assert said in caught.value.message
    assert not line or caught.value.line == line


@pytest.mark.parametrize(
    "text", ["", "just words", "- a\n- b", "--- a\n--- b\n", "\x00", "schema: blueprint-attempt/1", "a: *b"]
)
def test_what_is_no_record_at_all(text: str) -> None:
    with pytest.raises(DamagedRecordError):
        record_of(text)


def test_an_id_is_never_a_path() -> None:
    record = full()
    for bad in ("../../x", "", "a/b", ".hidden", "x" * 200):
        with pytest.raises(DamagedRecordError):
            record_of(text_of(record).replace(record.id, bad))


def test_later_versions_are_told_apart() -> None:
    with pytest.raises(LaterVersionError):
        record_of(GOOD.replace("attempt/1", "attempt/2"))


def test_unknown_fields_are_kept_out() -> None:
    text = GOOD + "api_key: sk-1234\nextra: {deep: [1, 2]}\n"
    found = record_of(text)
    assert "api_key" not in text_of(found)
    assert found == record_of(GOOD)


def test_tags_make_no_objects(tmp_path) -> None:
    target = tmp_path / "made"
    tagged = GOOD.replace("requested_by: Ada Lovelace", f"requested_by: !!python/object/apply:os.mkdir ['{target}']")
    with pytest.raises(DamagedRecordError):
        record_of(tagged)
    assert not target.exists()


def bomb(levels: int) -> str:
    first = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    more = (f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, levels))
    return first + "".join(more)


@pytest.mark.parametrize(
    "text",
    [
        bomb(30) + GOOD,
        bomb(30) + GOOD.replace("lint:\n  - sorry (line 3)", "lint: *a29"),
        "[" * 200_000,
        "- " * 200_000,
        "? " * 200_000,
        "{a: " * 200_000,
        "".join(" " * n + "a:\n" for n in range(1500)),
        GOOD + "x: " + "[" * 100_000 + "]" * 100_000,
        bomb(3).replace("a0: &a0 [x", "a0: &a0 [*a0") + GOOD,
        GOOD + "<<: &m\n  <<: *m\n",
    ],
    ids=[
        "aliases",
        "aliases in a field",
        "brackets",
        "dashes",
        "keys",
        "braces",
        "indents",
        "closed",
        "itself",
        "merge",
    ],
)
def test_bombs_cost_nothing(text: str) -> None:
    begun = time.perf_counter()
    with contextlib.suppress(DamagedRecordError):
        assert record_of(text).node == "lem:a"
    assert time.perf_counter() - begun < 2


def test_digits_alone_can_be_a_text() -> None:
    found = record_of(GOOD.replace("project_commit: 01c9b66", "project_commit: 12345e6").replace("m-large-0426", "4"))
    assert (found.lean.project_commit, found.actor.served_model) == ("12345e6", "4")


def test_verdicts_come_back() -> None:
    said = Verdict(new_id(), new_id(), Judgement.FAITHFUL, "Emmy Noether", full().time.start, "as in the book", HASH)
    assert verdict_of(text_of(said)) == said
    with pytest.raises(DamagedRecordError):
        verdict_of(text_of(said).replace("verdict: faithful", "verdict: perhaps"))
    with pytest.raises(DamagedRecordError):
        verdict_of(GOOD)


def test_tasks_are_those_of_the_app() -> None:
    from blueprint_app.assistant.tasks import Task

    assert frozenset(map(str, Task)) == TASKS


def test_ids_sort_by_time_and_are_unique() -> None:
    starts = ["2026-11-03T14:15:02.000001+00:00", "2026-11-03T14:15:02.000002+00:00", "2027-01-01T00:00:00+00:00"]
    ids = [new_id(start) for start in starts]
    assert ids == sorted(ids)
    assert len({new_id(starts[0]) for _ in range(1000)}) == 1000
    assert new_id("2026-11-03T15:15:02.000001+01:00").split("-")[0] == ids[0].split("-")[0]


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        full().node = "other"  # type: ignore[misc]
