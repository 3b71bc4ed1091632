"""The loop against a real server and the real client; what Lean says is scripted here, and real in test_with_lean."""

import threading

import pytest

from blueprint_app.assistant.asker import Asker
from blueprint_app.assistant.budget import Amount, Budget
from blueprint_app.assistant.context.gathering import context_of
from blueprint_app.assistant.drafting.events import Drafted, Ending, Judged, RoundBegun, TacticsTried, TextCame
from blueprint_app.assistant.drafting.loop import DraftLoop, Prompts, Saved
from blueprint_app.assistant.drafting.progress import Progress
from blueprint_app.assistant.drafting.recording import Asked, Recorder
from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Role, RoleModel
from blueprint_app.assistant.endpoints.errors import ModelError
from blueprint_app.assistant.prompts import read_prompt
from blueprint_app.assistant.records.record import Outcome
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.assistant.tasks import Task
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.model.blueprint import NodeId
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import CheckLevel, Failure, Verdict
from tests.fakes.bench import VERIFIED, ScriptedBench, rejected
from tests.fakes.model_server import cut, refuses, says, stalls, wrong_key


def lean(proof: str) -> str:
    return f"I would try this.\n\n```lean\n{proof}\n```\n"


GOOD = ScriptedBench({"by good": VERIFIED}).verdicts


class StoppedError(Exception):
    pass


@pytest.fixture
def client():
    with ModelClient() as client:
        yield client


@pytest.fixture
def asked(sample_copy):
    folder = sample_copy("primes")
    node = NodeId("thm:factorisation-unique")
    context = context_of(open_project(folder), node, Task.PROVE)
    return folder, Asked(node, "prove", "run-1", "Test", "0" * 64, context, read_prompt("prove"))


@pytest.fixture
def looping(asked, client, model_server):
    """Makes a loop; returns it with the list of its events and the store that it writes to."""
    folder, run = asked
    store = AttemptStore(folder)

    def make(bench, **options):
        budgets = options.pop("budgets", ())
        chosen = RoleModel("test", "alpha", max_tokens=500)
        asker = Asker(client, model_server.endpoint(), chosen, budgets)
        prompts = Prompts(run.prompt, read_prompt("repair"), read_prompt("replan"))
        events = []
        loop = DraftLoop(asker, Role.PROVER, bench, Recorder(store, run), prompts, events.append, **options)
        return loop, events, store

    return make


def test_an_error_goes_back_to_the_model_and_the_next_draft_is_accepted(looping, model_server):
    model_server.then(says(lean("by bad_name")), says(lean("by good")))
    loop, events, store = looping(ScriptedBench(GOOD))
    result = loop.run()
    assert result.ending is Ending.VERIFIED
    assert result.draft == Draft("by good")
    assert "Unknown identifier `by bad_name`" in model_server.questions[1].text
    assert [record.outcome for record in store.read()[0]] == [Outcome.FAILED, Outcome.VERIFIED]
    first, second = store.read()[0]
    assert (first.round, second.round, second.parent, second.run) == (1, 2, first.id, "run-1")
    assert first.failure.kind == "unknown name"
    assert second.check.level == CheckLevel.MATCHED
    assert store.reply(second) == "by good"
    assert [type(event) for event in events if isinstance(event, RoundBegun | Drafted | Judged)] == [
        RoundBegun, Drafted, Judged, RoundBegun, Drafted, Judged,
    ]  # fmt: skip
    assert any(isinstance(event, TextCame) for event in events)


def test_what_a_tactic_proves_costs_nothing(looping, model_server):
    loop, events, store = looping(ScriptedBench(free=Draft("by simp")))
    result = loop.run()
    assert result.ending is Ending.VERIFIED
    assert model_server.count() == 0
    assert isinstance(events[0], TacticsTried)
    (record,) = store.read()[0]
    assert (record.actor.kind, record.outcome, store.reply(record)) == ("tactics", Outcome.VERIFIED, "by simp")


def test_the_same_obstacle_asks_for_a_new_plan_and_then_offers_to_split(looping, model_server):
    model_server.script(lambda call: says(lean("by stuck")))
    loop, events, _store = looping(ScriptedBench())
    result = loop.run()
    assert result.ending is Ending.STUCK
    assert result.offers_split
    assert model_server.count() == 3
    plans = [event.new_plan for event in events if isinstance(event, RoundBegun)]
    assert plans == [False, False, True]
    assert [event.met for event in events if isinstance(event, Judged)] == [1, 2, 3]
    assert "different plan" in model_server.questions[2].text


def test_it_ends_after_the_rounds_it_was_given(looping, model_server):
    model_server.script(lambda call: says(lean(f"by wrong_{model_server.count()}")))
    loop, _events, store = looping(ScriptedBench(), rounds=4)
    result = loop.run()
    assert result.ending is Ending.OUT_OF_ROUNDS
    assert model_server.count() == 4
    assert len(store.read()[0]) == 4


def test_only_the_last_attempt_and_a_line_for_each_failure_stay_in_the_prompt(looping, model_server):
    model_server.script(lambda call: says(lean(f"by wrong_{model_server.count()}")))
    loop, _events, _store = looping(ScriptedBench(), rounds=4)
    loop.run()
    last = model_server.questions[3].text
    # The draft of the round before stands there as a whole; of those before it only why they failed.
    assert "```lean\nby wrong_3\n```" in last
    assert "```lean\nby wrong_1\n```" not in last
    assert "unknown name: by wrong_1" in last


def test_nothing_is_asked_that_the_budget_does_not_hold(looping, model_server):
    model_server.script(lambda call: says(lean("by no"), usage={"prompt_tokens": 900, "completion_tokens": 600}))
    budget = Budget("the budget of this node", most_tokens=5000)
    loop, _events, _store = looping(ScriptedBench(), budgets=[budget], rounds=50)
    result = loop.run()
    assert result.ending in (Ending.OUT_OF_BUDGET, Ending.STUCK)
    assert budget.spent.tokens <= 5000


def test_an_empty_budget_asks_nothing(looping, model_server):
    loop, _events, _store = looping(ScriptedBench(), budgets=[Budget("the budget of today", 10)])
    result = loop.run()
    assert result.ending is Ending.OUT_OF_BUDGET
    assert "the budget of today has 10 tokens left" in result.words
    assert model_server.count() == 0


def test_an_answer_that_broke_off_is_never_judged(looping, model_server):
    model_server.then(cut(lean("by good")), says(lean("by good")))
    bench = ScriptedBench(GOOD)
    loop, _events, store = looping(bench)
    assert loop.run().ending is Ending.VERIFIED
    assert bench.judged == ["by good"]
    first, _second = store.read()[0]
    assert (first.outcome, first.finish, first.failure.kind) == (Outcome.FAILED, "cut", "incomplete answer")


def test_an_answer_without_lean_is_asked_for_once_more(looping, model_server):
    model_server.then(says("It is obvious."), says(lean("by good")))
    loop, _events, _store = looping(ScriptedBench(GOOD))
    assert loop.run().ending is Ending.VERIFIED
    assert "The answer holds no Lean." in model_server.questions[1].text


def test_two_answers_without_lean_end_it(looping, model_server):
    model_server.script(lambda call: says("It is obvious."))
    loop, _events, _store = looping(ScriptedBench(GOOD))
    assert loop.run().ending is Ending.NO_LEAN
    assert model_server.count() == 2


def test_a_refusal_ends_it(looping, model_server):
    model_server.then(refuses())
    loop, _events, store = looping(ScriptedBench(GOOD))
    assert loop.run().ending is Ending.REFUSED
    assert store.read()[0][0].finish == "refused"


def test_where_nothing_can_judge_the_draft_is_kept_and_nothing_is_called_verified(looping, model_server):
    model_server.then(says(lean("by good")))
    nobody = Verdict(CheckLevel.NONE, Failure.NO_SANDBOX, "bubblewrap is not installed.")
    loop, _events, store = looping(ScriptedBench({"by good": nobody}), tries_tactics=False)
    result = loop.run()
    assert result.ending is Ending.UNJUDGED
    assert result.words == "bubblewrap is not installed."
    assert model_server.count() == 1
    assert store.read()[0][0].outcome is Outcome.UNJUDGED


def test_stop_keeps_what_had_come(looping, model_server):
    model_server.then(stalls(lean("by slow_thoughts")))
    loop, events, store = looping(ScriptedBench(GOOD))

    def check():
        if any(isinstance(event, TextCame) for event in events):
            raise StoppedError

    with pytest.raises(StoppedError):
        loop.run(check)
    (record,) = store.read()[0]
    assert (record.outcome, record.finish) == (Outcome.ABANDONED, "cancelled")
    assert store.reply(record)


def test_a_wrong_key_is_told_at_once(looping, model_server):
    model_server.then(wrong_key())
    loop, _events, store = looping(ScriptedBench(GOOD))
    with pytest.raises(ModelError):
        loop.run()
    assert store.read()[0] == ()


def test_a_run_goes_on_where_it_was_killed_without_asking_again(looping, model_server):
    model_server.then(says(lean("by bad_name")))
    kept: list[tuple[int, Saved]] = []
    killed = threading.Event()

    def kill(proof: str) -> None:
        killed.set()
        raise StoppedError

    loop, _events, _store = looping(
        ScriptedBench(GOOD, before=kill), on_reply=lambda number, saved: kept.append((number, saved))
    )
    with pytest.raises(StoppedError):
        loop.run()
    assert [number for number, _ in kept] == [1]
    model_server.then(says(lean("by good")))
    again, _events, store = looping(ScriptedBench(GOOD))
    assert again.run(progress=Progress(), saved=kept[0][1]).ending is Ending.VERIFIED
    assert model_server.count() == 2
    assert [record.round for record in store.read()[0]] == [1, 2]


def test_a_stopped_answer_is_paid_for_as_far_as_it_came(looping, model_server):
    model_server.then(stalls(lean("by slow_thoughts")))
    budget = Budget("the budget of this run")
    loop, events, _store = looping(ScriptedBench(GOOD), budgets=[budget])

    def check():
        if any(isinstance(event, TextCame) for event in events):
            raise StoppedError

    with pytest.raises(StoppedError):
        loop.run(check)
    assert budget.spent.tokens > 0
    assert budget.spent != Amount()


def test_errors_of_different_kinds_are_different_obstacles(looping, model_server):
    drafts = iter(["by a", "by b", "by c"])
    model_server.script(lambda call: says(lean(next(drafts))))
    bench = ScriptedBench(
        {
            "by a": rejected("unsolved goals\n⊢ 1 + n = n + 1"),
            "by b": rejected("unsolved goals\nx✝ : Nat\n⊢ 1 + n = n + 1"),
            "by c": rejected("type mismatch\n  h\nhas type"),
        }
    )
    loop, events, _store = looping(bench, rounds=3)
    assert loop.run().ending is Ending.OUT_OF_ROUNDS
    assert [event.met for event in events if isinstance(event, Judged)] == [1, 2, 1]
