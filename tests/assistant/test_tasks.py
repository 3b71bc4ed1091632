"""Tasks: each has a role and a prompt, and says plainly why it cannot be done on a node."""

import pytest

from blueprint_app.assistant.endpoints.endpoint import Role
from blueprint_app.assistant.tasks import TASKS, Audience, Task, obstacle, prompt_name, target_of
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot
from tests.model.builders import blueprint


def test_every_task_is_described_and_every_role_has_one() -> None:
    assert set(TASKS) == set(Task)
    assert {info.role for info in TASKS.values()} == set(Role)
    assert len({info.title for info in TASKS.values()}) == len(Task)


def test_an_explanation_has_a_prompt_for_each_audience() -> None:
    names = {prompt_name(Task.EXPLAIN, audience) for audience in Audience}
    assert len(names) == 3
    assert prompt_name(Task.PROVE, Audience.NEWCOMER) == "prove"


@pytest.mark.parametrize(
    ("task", "node", "reason"),
    [
        (Task.EXPLAIN, "def:fib", ""),
        (Task.PROVE, "thm:zeckendorf-exists", ""),
        (Task.PROVE, "def:fib", "Primes.fib is a definition: it has no proof to draft."),
        (Task.PROVE, "prop:sum-swap", "names no Lean declaration"),
        (Task.PROVE, "thm:zeckendorf-unique", "Primes.sparse_unique was not found"),
        (Task.PROVE, "lem:gcd-step", "not found in the project's own Lean files"),
        (Task.RETELL, "lem:fib-sum", ""),
        (Task.RETELL, "thm:zeckendorf-exists", "holds a sorry"),
        (Task.CRITIQUE, "thm:binet", "No proof is written"),
        (Task.CRITIQUE, "lem:fib-sum", ""),
        (Task.COUNTEREXAMPLE, "def:fib", "claims nothing"),
        (Task.SPLIT, "def:fib", "claims nothing"),
        (Task.SPLIT, "thm:goldbach", ""),
        (Task.STATE, "thm:goldbach", ""),
    ],
)
def test_the_reason_against_a_task(primes: Snapshot, task: Task, node: str, reason: str) -> None:
    said = obstacle(task, primes, NodeId(node))
    assert reason in said
    assert bool(said) == bool(reason)


def test_every_task_gives_an_answer_for_every_node_of_a_real_blueprint(pfr: Snapshot) -> None:
    for node in pfr.nodes:
        for task in Task:
            assert obstacle(task, pfr, node).endswith(".") or obstacle(task, pfr, node) == ""


def test_the_first_hole_is_what_is_proved(primes: Snapshot) -> None:
    assert target_of(Task.PROVE, primes, NodeId("thm:zeckendorf-exists")) == "Primes.exists_sparse"
    assert target_of(Task.RETELL, primes, NodeId("lem:fib-mono")) == "Primes.fib_succ_pos"
    assert target_of(Task.PROVE, primes, NodeId("def:fib")) == ""


def test_a_node_without_text_or_without_tex_is_refused() -> None:
    snapshot = snapshot_of(blueprint("a: lemma proof"))
    assert obstacle(Task.SPLIT, snapshot, NodeId("a")) == ""
    assert obstacle(Task.PROVE, snapshot, NodeId("a"))
