"""Jobs: latest wins, cancel delivers nothing, errors go their ways, and values arrive on the UI thread."""

import threading

import pytest

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui import error_hook
from blueprint_app.ui.jobs import Activity, Jobs


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    assert made.stop()


def test_the_value_arrives_on_the_ui_thread(jobs, qtbot):
    got = []
    jobs.start("a", lambda _ctx: threading.get_ident(), lambda value: got.append((value, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(got))
    worker, here = got[0]
    assert here == threading.get_ident() != worker
    assert not jobs.is_running("a")


def test_a_newer_job_in_the_slot_supersedes_the_older(jobs, qtbot):
    started, let_go, ended, got = threading.Event(), threading.Event(), threading.Event(), []

    def slow(_context):
        started.set()
        let_go.wait(5)
        ended.set()
        return "old"

    jobs.start("a", slow, got.append, title="Slow")
    assert started.wait(5)
    jobs.start("a", lambda _ctx: "new", got.append, title="Slow")
    qtbot.waitUntil(lambda: bool(got))
    let_go.set()
    assert ended.wait(5)
    # Whatever the old job posted is in the queue before this one's value.
    jobs.start("b", lambda _ctx: "last", got.append)
    qtbot.waitUntil(lambda: "last" in got)
    assert got == ["new", "last"]


def test_a_cancelled_job_sees_it_at_its_next_check_and_delivers_nothing(jobs, qtbot):
    started, reached, got = threading.Event(), threading.Event(), []

    def work(context):
        started.set()
        try:
            while True:
                context.check()
        finally:
            reached.set()

    jobs.start("a", work, got.append, got.append)
    assert started.wait(5)
    jobs.cancel("a")
    assert reached.wait(5)
    jobs.start("b", lambda _ctx: "b", got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["b"]


def test_quick_jobs_run_one_after_another_and_long_ones_beside_them(jobs, qtbot):
    started, let_go, got = threading.Event(), threading.Event(), []

    def held(_context):
        started.set()
        let_go.wait(5)
        return "first"

    jobs.start("first", held, got.append)
    assert started.wait(5)
    jobs.start("second", lambda _ctx: "second", got.append)
    jobs.start("long", lambda _ctx: "long", got.append, is_long=True)
    jobs.start("titled", lambda _ctx: "titled", got.append, title="Reading")
    qtbot.waitUntil(lambda: {"long", "titled"} <= set(got))
    assert set(got) == {"long", "titled"}
    let_go.set()
    qtbot.waitUntil(lambda: got[2:] == ["first", "second"])


def test_a_job_that_waits_for_another_process_lets_the_next_begin(jobs, qtbot):
    let_go, got = threading.Event(), []

    def waits(context):
        with context.waiting():
            assert let_go.wait(5)
        return "waited"

    jobs.start("first", waits, got.append)
    jobs.start("second", lambda _ctx: "second", got.append)
    qtbot.waitUntil(lambda: got == ["second"])
    let_go.set()
    qtbot.waitUntil(lambda: got == ["second", "waited"])


def test_nothing_is_started_once_all_was_stopped(jobs, qtbot):
    got = []
    assert jobs.stop()
    jobs.start("late", lambda _ctx: got.append("worked"), got.append, title="Late")
    assert not jobs.is_running("late")
    assert jobs.stop()
    assert got == []


def test_quiet_jobs_tell_nothing(jobs, qtbot):
    seen, got = [], []
    jobs.activities_changed.connect(seen.append)
    jobs.start("quiet", lambda _ctx: "done", got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert seen == []


def test_progress_is_told_for_jobs_with_a_title(jobs, qtbot):
    seen, let_go = [], threading.Event()
    jobs.activities_changed.connect(seen.append)

    def work(context):
        context.report(0.5, "half way")
        let_go.wait(5)

    jobs.start("quiet", lambda _ctx: None, lambda _value: None)
    jobs.start("a", work, lambda _value: None, title="Reading")
    qtbot.waitUntil(lambda: (Activity("a", "Reading", 0.5, "half way"),) in seen)
    let_go.set()
    qtbot.waitUntil(lambda: not jobs.is_running("a") and not jobs.is_running("quiet"))
    assert seen[-1] == ()
    assert all(activity.slot != "quiet" for activities in seen for activity in activities)


def test_an_expected_failure_goes_to_the_one_who_asked(jobs, qtbot):
    failures = []

    def work(_context):
        raise BlueprintError("No blueprint here.", "Choose another folder.")

    jobs.start("a", work, lambda _value: None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].what_to_do == "Choose another folder."


def test_a_bug_goes_to_the_error_hook_with_a_report_and_the_asker_is_told(jobs, qtbot):
    told, failures = [], []
    stop = error_hook.listen(lambda message, report: told.append((message, report)))
    try:
        jobs.start("a", lambda _ctx: 1 / 0, lambda _value: None, failures.append)
        qtbot.waitUntil(lambda: bool(told) and bool(failures))
    finally:
        stop()
    message, report = told[0]
    assert "ZeroDivisionError" in message
    assert "Traceback" in report
    assert isinstance(failures[0], BlueprintError)
