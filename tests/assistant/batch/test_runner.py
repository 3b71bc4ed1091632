"""A run over many nodes, against a real server with the real client; the judge is scripted."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from blueprint_app.assistant.assistant import Assistant
from blueprint_app.assistant.batch.batches import Batches
from blueprint_app.assistant.batch.journal import Journal, runs_left
from blueprint_app.assistant.batch.ledger import Ledger
from blueprint_app.assistant.batch.plan import BatchPlan, Limits, jobs_of
from blueprint_app.assistant.batch.runner import BatchRun, JobDone, JobEvent, ModelOut
from blueprint_app.assistant.drafting.events import Ending, RoundBegun
from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Price, RoleModel
from blueprint_app.assistant.records.record import Outcome
from blueprint_app.assistant.tasks import Task
from blueprint_app.model.blueprint import NodeId
from tests.conftest import REPOSITORY
from tests.fakes.batch_maker import GOOD, ScriptedMaker
from tests.fakes.bench import VERIFIED
from tests.fakes.model_server import says, stalls, wrong_key

_NODE = re.compile(r"The statement of (\S+)\.")


def lean(proof: str) -> str:
    return f"```lean\n{proof}\n```"


def nodes(count: int) -> tuple[NodeId, ...]:
    return tuple(NodeId(f"lem:{number}") for number in range(count))


PLAN = BatchPlan("run", Task.PROVE, nodes(6), (RoleModel("test", "alpha", max_tokens=100),), canary_every=0)


@pytest.fixture
def running(tmp_path, model_server):
    """Starts a plan; returns the run, its events and its maker. Called again with the same plan it goes on with it."""
    with ModelClient() as client:

        def start(plan=PLAN, verdicts=GOOD, endpoint=None):
            journal = Journal(tmp_path / "runs" / "run.jsonl", plan, tmp_path)
            events = []
            maker = ScriptedMaker(client, endpoint or model_server.endpoint(), plan, tmp_path, verdicts)
            return BatchRun(maker, journal, Ledger(tmp_path / "ledger.jsonl"), events.append), events, maker

        yield start


def test_all_nodes_are_worked_through(running, model_server):
    model_server.script(lambda call: says(lean("by good")))
    run, events, maker = running()
    outcome = run.run()
    assert [done.ending for _, done in outcome.done] == [Ending.VERIFIED] * 6
    assert outcome.left == ()
    assert [event.finished for event in events if isinstance(event, JobDone)] == [1, 2, 3, 4, 5, 6]
    assert len(maker.store.read()[0]) == 6
    (row,) = outcome.table
    assert (row.asked, row.verified, row.rounds, row.amount.tokens) == (6, 6, 6, 6 * 18)


def test_models_compete_and_the_table_tells_who_closed_what_at_which_cost(running, model_server):
    model_server.script(lambda call: says(lean("by good" if call.body["model"] == "beta" else "by bad")))
    plan = replace(PLAN, models=(RoleModel("test", "alpha"), RoleModel("test", "beta")), rounds=2)
    endpoint = replace(model_server.endpoint(), prices={"beta": Price(1.0, 2.0)})
    run, _events, _maker = running(plan, endpoint=endpoint)
    alpha, beta = run.run().table
    assert (alpha.verified, alpha.rounds, alpha.cost_of_one) == (0, 12, None)
    assert (beta.verified, beta.rounds) == (6, 6)
    assert beta.cost_of_one == pytest.approx((11 * 1.0 + 7 * 2.0) / 1e6)


def test_with_first_wins_a_closed_node_is_left(running, model_server):
    model_server.script(lambda call: says(lean("by good")))
    plan = replace(PLAN, models=(RoleModel("test", "alpha"), RoleModel("test", "beta")), first_wins=True, parallel=1)
    run, _events, _maker = running(plan)
    outcome = run.run()
    assert model_server.count() == 6
    assert sum("has closed it" in done.words for _, done in outcome.done) == 6


def test_a_model_that_fails_the_same_way_again_and_again_is_taken_out(running, model_server):
    model_server.script(lambda call: says("I would rather not write Lean."))
    run, events, _maker = running(replace(PLAN, nodes=nodes(30), parallel=1))
    outcome = run.run()
    assert [event.reason for event in events if isinstance(event, ModelOut)] == [
        "no Lean in the reply (5 times, one after the other)"
    ]
    assert model_server.count() == 10
    assert len(outcome.done) == 30


def test_a_wrong_key_takes_a_model_out_at_once(running, model_server):
    model_server.script(lambda call: wrong_key())
    run, events, _maker = running(replace(PLAN, parallel=1))
    outcome = run.run()
    assert model_server.count() == 1
    assert [type(event) for event in events].count(ModelOut) == 1
    assert all(done.ending is None for _, done in outcome.done)


def test_a_verified_canary_halts_the_run(running, model_server):
    model_server.script(lambda call: says(lean("by cheat" if "canary" in call.text else "by good")))
    plan = replace(PLAN, nodes=nodes(50), canary_every=10, parallel=1)
    run, _events, _maker = running(plan, {**GOOD, "by cheat": VERIFIED})
    outcome = run.run()
    assert "planted false statement was called verified" in outcome.halted
    assert len(outcome.done) == 2
    again, _events, _maker = running(plan)
    assert "planted false statement" in again.run().halted


def test_canaries_come_early_and_every_so_often():
    jobs = jobs_of(replace(PLAN, nodes=nodes(45), canary_every=20))
    assert [number for number, job in enumerate(jobs) if job.canary is not None] == [1, 22, 43]
    assert len(jobs) == 48


def test_the_budget_of_the_run_holds_and_the_rest_is_left_for_later(running, model_server):
    model_server.script(lambda call: says(lean("by good"), usage={"prompt_tokens": 900, "completion_tokens": 100}))
    plan = replace(PLAN, nodes=nodes(20), limits=Limits(run_tokens=6000), parallel=2)
    run, _events, _maker = running(plan)
    outcome = run.run()
    assert outcome.spent.tokens <= 6000
    assert 0 < len(outcome.done) < 20
    assert outcome.left
    assert "the budget of this run has" in outcome.halted
    more = replace(plan, limits=Limits(run_tokens=60_000))
    again, _events, _maker = running(more)
    assert again.run().left == ()
    assert model_server.count() == 20


def test_the_budget_of_the_day_holds_over_runs(running, model_server, tmp_path):
    model_server.script(lambda call: says(lean("by good"), usage={"prompt_tokens": 900, "completion_tokens": 100}))
    ledger = Ledger(tmp_path / "ledger.jsonl")
    plan = replace(PLAN, nodes=nodes(20), limits=Limits(day_tokens=6000), parallel=3)
    run, _events, _maker = running(plan)
    outcome = run.run()
    assert ledger.spent_today().tokens <= 6000
    assert "the budget of today" in outcome.halted
    asked = model_server.count()
    again, _events, _maker = running(plan)
    again.run()
    assert model_server.count() <= asked + 1


def test_the_budget_of_a_node_ends_that_node_only(running, model_server):
    usage = {"prompt_tokens": 2000, "completion_tokens": 1}
    model_server.script(lambda call: says(lean(f"by bad{model_server.count()}"), usage=usage))
    run, _events, _maker = running(replace(PLAN, limits=Limits(node_tokens=5000)))
    outcome = run.run()
    assert {done.ending for _, done in outcome.done} == {Ending.OUT_OF_BUDGET}
    assert all(0 < done.amount.tokens <= 5000 for _, done in outcome.done)


def test_pause_asks_nothing_more_until_it_is_resumed(running, model_server):
    gate = threading.Event()
    first = threading.Event()

    def answer(call):
        first.set()
        return says(lean("by good"), gate=gate)

    model_server.script(answer)
    run, _events, _maker = running(replace(PLAN, parallel=1))
    outcome = []
    thread = threading.Thread(target=lambda: outcome.append(run.run()))
    thread.start()
    assert first.wait(30)
    run.pause()
    gate.set()
    model_server.script(lambda call: says(lean("by good")))
    thread.join(0.5)
    assert thread.is_alive()
    assert model_server.count() == 1
    run.resume()
    thread.join(30)
    assert not outcome[0].left
    assert model_server.count() == 6


def test_stop_ends_at_once_and_the_next_start_goes_on(running, model_server):
    model_server.script(lambda call: stalls(lean("by good")))
    run, _events, _maker = running()
    outcome = []
    thread = threading.Thread(target=lambda: outcome.append(run.run()))
    thread.start()
    model_server.wait_for(2)
    run.stop()
    thread.join(30)
    assert outcome[0].done == ()
    assert outcome[0].halted == "Stopped."
    model_server.script(lambda call: says(lean("by good")))
    again, _events, _maker = running()
    assert again.run().left == ()


def test_rounds_go_on_where_they_were(running, model_server):
    usage = {"prompt_tokens": 2000, "completion_tokens": 10}
    model_server.script(lambda call: says(lean(f"by bad_{model_server.count()}"), usage=usage))
    plan = replace(PLAN, nodes=nodes(1), rounds=5, limits=Limits(run_tokens=7000))
    run, _events, _maker = running(plan)
    first = run.run()
    assert first.left
    rounds = model_server.count()
    assert 0 < rounds < 5
    again, events, _maker = running(replace(plan, limits=Limits()))
    again.run()
    begun = [each.event.number for each in events if isinstance(each, JobEvent) and isinstance(each.event, RoundBegun)]
    assert begun[0] == rounds + 1
    assert model_server.count() == 5


@pytest.mark.slow
def test_a_run_over_200_nodes_that_is_killed_loses_nothing_and_pays_nothing_twice(tmp_path, model_server):
    asked: Counter[tuple[str, str]] = Counter()
    lock = threading.Lock()
    enough = threading.Event()

    def answer(call):
        node = _NODE.search(call.text)[1]
        is_repair = "does not accept" in call.text
        with lock:
            asked[node, "second" if is_repair else "first"] += 1
            if sum(asked.values()) >= 200:
                enough.set()
        return says(lean("by good" if is_repair else f"by bad_{node[4:]}"))

    model_server.script(answer)
    parallel = 4
    plan = replace(PLAN, nodes=nodes(200), parallel=parallel)
    journal, ledger = tmp_path / "runs" / "run.jsonl", tmp_path / "ledger.jsonl"
    Journal(journal, plan, tmp_path)
    command = [sys.executable, "-m", "tests.fakes.batch_maker", str(journal), str(ledger), str(tmp_path)]
    command.append(model_server.endpoint().base_url)
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, start_new_session=True)
    assert enough.wait(120)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    half = Journal(journal, plan, tmp_path)
    answered = sum(len(paid) for paid in half.paid.values())
    assert 100 < answered < 400
    assert 0 < len(half.done) < 200
    assert runs_left(tmp_path / "runs", tmp_path) == (journal,)

    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=300)

    whole = Journal(journal, plan, tmp_path)
    assert len(whole.done) == 200
    assert {done.ending for done in whole.done.values()} == {Ending.VERIFIED}
    # An answer that was on its way at the kill, and that alone, is asked for again.
    assert sum(asked.values()) <= 400 + parallel
    assert all(times <= 2 for times in asked.values())
    store = ScriptedMaker(None, None, plan, tmp_path, GOOD).store  # type: ignore[arg-type]
    records, problems = store.read()
    assert problems == ()
    per_node = Counter((record.node, record.round) for record in records if record.outcome is not Outcome.ABANDONED)
    assert per_node == Counter({(node, number): 1 for node in plan.nodes for number in (1, 2)})
    # Every answer that was paid for is in the records.
    assert sum(len(paid) for paid in whole.paid.values()) == 400


def test_a_diary_that_was_cut_short_is_read_as_far_as_it_goes(running, model_server, tmp_path):
    model_server.script(lambda call: says(lean("by good")))
    run, _events, maker = running()
    run.run()
    path = tmp_path / "runs" / "run.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    again, _events, _maker = running()
    assert again.run().left == ()
    assert model_server.count() <= 7
    # The record of the node whose end was cut off is on disk, and stays the only one.
    assert Counter(record.node for record in maker.store.read()[0]) == Counter(PLAN.nodes)


def test_finished_runs_are_not_left_and_their_diaries_go(running, model_server, tmp_path):
    model_server.script(lambda call: says(lean("by good"), usage={"prompt_tokens": 900, "completion_tokens": 100}))
    run, _events, maker = running(replace(PLAN, limits=Limits(run_tokens=3000)))
    run.run()
    batches = Batches(Assistant(tmp_path, maker), tmp_path / "runs", Ledger(tmp_path / "ledger.jsonl"))
    assert [journal.is_finished for journal in batches.left()] == [False]
    again, _events, _maker = running(PLAN)
    assert again.run().left == ()
    assert batches.left() == ()
    assert not (tmp_path / "runs" / "run.jsonl").exists()
    assert batches.spent_today().tokens == 6000


def test_the_diary_is_for_nobody_else(running, model_server, tmp_path):
    running()
    path = tmp_path / "runs" / "run.jsonl"
    assert path.stat().st_mode & 0o077 == 0
    assert Path(tmp_path / "runs").is_dir()
