"""The worker process: cancelled at once, replaced when it dies, never left behind."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from benchmarks.graphs import blueprint_like
from blueprint_app.layout import child as child_module
from blueprint_app.layout import service
from blueprint_app.layout.child import Child, Children, LayoutTimeoutError
from blueprint_app.layout.placement import Group, LayoutProblem
from blueprint_app.layout.service import never
from blueprint_app.layout.wire import placement_from, problem_bytes
from blueprint_app.model.errors import BlueprintError
from tests.layout.problems import problem


class CancelledError(Exception):
    pass


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def slow():
    """A problem that keeps dot busy for far longer than any test runs."""
    return blueprint_like(3000)


def test_cancelling_ends_the_process(slow):
    child = Child()
    started = time.monotonic()

    def check():
        if time.monotonic() > started + 0.5:
            raise CancelledError

    with pytest.raises(CancelledError):
        child.ask("dot", problem_bytes(slow), check, 60)
    assert time.monotonic() - started < 5
    assert not is_running(child.pid)


def test_a_time_limit_ends_the_process(slow):
    child = Child()
    with pytest.raises(LayoutTimeoutError, match="longer than 1 seconds"):
        child.ask("dot", problem_bytes(slow), never, 0.6)
    assert not is_running(child.pid)


def test_a_crash_is_an_error_that_a_person_can_read(slow):
    child = Child()
    threading.Timer(0.5, os.kill, (child.pid, signal.SIGSEGV)).start()
    with pytest.raises(BlueprintError, match="ended unexpectedly"):
        child.ask("dot", problem_bytes(slow), never, 60)


def test_a_bad_problem_is_an_error_and_the_process_lives_on():
    good = problem(2, [(0, 1)])
    bad = LayoutProblem(good.sizes, good.edges, good.boxes, (Group("A", 7, (0,)),))
    child = Child()
    with pytest.raises(BlueprintError, match="parent 7"):
        child.ask("dot", problem_bytes(bad), never, 60)
    assert len(placement_from(child.ask("dot", problem_bytes(good), never, 60)).centres) == 2
    child.end()


def test_one_process_serves_many_and_is_replaced_when_it_died():
    children = Children()
    for _ in range(3):
        children.place("dot", problem(3, [(0, 1)]), never, 60)
    ((kept, _),) = children._idle
    os.kill(kept.pid, signal.SIGKILL)
    kept._process.wait()
    assert len(children.place("dot", problem(3, [(0, 1)]), never, 60).centres) == 3
    assert children._idle[0][0].pid != kept.pid
    children.close()
    assert children._idle == []


def test_a_prepared_process_answers_the_first_question():
    children = Children()
    children.prepare()
    ((prepared, _),) = children._idle
    children.place("dot", problem(2), never, 60)
    assert children._idle[0][0] is prepared
    children.prepare()
    assert children._idle[0][0] is prepared
    children.close()
    assert not is_running(prepared.pid)


def test_a_process_that_was_idle_for_long_is_not_asked_again():
    children = Children()
    children.prepare()
    ((old, since),) = children._idle
    children._idle = [(old, since - 100_000)]
    children.place("dot", problem(2), never, 60)
    assert children._idle[0][0] is not old
    assert not is_running(old.pid)
    children.close()


def test_a_worker_ends_with_the_application():
    script = (
        "from blueprint_app.layout.service import place, _children\n"
        "from tests.layout.problems import problem\n"
        "place(problem(2, [(0, 1)]))\n"
        "print(_children._idle[0][0].pid, flush=True)\n"
        "import os; os._exit(1)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    pid = int(done.stdout)
    deadline = time.monotonic() + 10
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(pid)


def test_dot_too_slow_is_answered_by_the_layered_engine(monkeypatch, slow):
    monkeypatch.setattr(service, "FIRST_ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(service, "DOT_NODES", 10_000)
    assert service.place(slow).engine == "layered"


def test_few_nodes_that_all_use_each_other_are_none_for_dot(monkeypatch):
    # Chapters drawn as boxes may be so: dot takes minutes for what the layered engine draws in a second.
    monkeypatch.setattr(service, "LAYERED_SECONDS", 30.0)
    count = 100
    edges = [(node, other) for node in range(count) for other in range(node + 1, min(node + 13, count))]
    assert len(edges) > 1000
    placed = service.place(problem(count, edges))
    assert placed.engine == "layered"
    assert not service.can_refine(problem(count, edges), placed)
    assert service.place(problem(30, [(a, b) for a in range(30) for b in range(a + 1, min(a + 6, 30))])).engine == "dot"


def test_a_crash_of_dot_is_answered_without_dot(monkeypatch):
    asked = []

    def ask(engine, problem, check, seconds):
        asked.append(engine)
        if engine != "plain":
            raise BlueprintError("The layout program ended unexpectedly.")
        return real(engine, problem, check, seconds)

    real = service._children.place
    monkeypatch.setattr(service._children, "place", ask)
    placed = service.place(problem(40, [(node, node + 1) for node in range(39)]))
    assert asked == ["dot", "plain"]
    assert placed.engine == "layered"


def test_refining_is_for_what_the_fast_engine_drew(slow):
    middle = blueprint_like(1200)
    first = service.place(middle)
    assert first.engine == "layered"
    assert service.can_refine(middle, first)
    assert not service.can_refine(slow, service.place(slow))
    small = problem(3, [(0, 1), (1, 2)])
    assert not service.can_refine(small, service.place(small))
    assert service.refine(middle, seconds=0.3) is None


def test_a_folder_that_is_the_current_one_lends_no_modules(tmp_path, monkeypatch):
    (tmp_path / "numpy.py").write_text("raise SystemExit('a module of the project was run')\n")
    monkeypatch.chdir(tmp_path)
    child = Child()
    assert len(placement_from(child.ask("dot", problem_bytes(problem(2)), never, 60)).centres) == 2
    child.end()


def test_a_frozen_application_starts_the_worker_beside_it(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", os.path.join("some", "folder", "app"))
    (command,) = child_module.worker_command()
    assert os.path.dirname(command) == os.path.join("some", "folder")
