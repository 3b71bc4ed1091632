"""Drafts judged in threads and by real Dask workers, which are processes of their own."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blueprint_app.lean.project import read_project
from blueprint_app.model.errors import BlueprintError
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.executors import make_executor
from blueprint_app.verify.goal import goal_of
from blueprint_app.verify.judge import JudgeWork, judge_draft
from blueprint_app.verify.verdict import CheckLevel, Failure
from tests.verify.attacks import HONEST


def slowly(number: int) -> int:
    time.sleep(0.2)
    return number


def test_threads():
    with make_executor(None, 2) as executor:
        assert [future.result() for future in [executor.submit(slowly, n) for n in range(3)]] == [0, 1, 2]
        assert executor.submit(threading.get_ident).result() != threading.get_ident()
    with pytest.raises(RuntimeError):
        executor.submit(slowly, 1)


def test_what_was_not_begun_is_cancelled():
    with make_executor(None, 1) as executor:
        futures = [executor.submit(slowly, n) for n in range(20)]
    assert sum(future.cancelled() for future in futures) > 10


def test_without_dask(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BlueprintError, match="Dask is not installed"), make_executor("tcp://127.0.0.1:9", 1):
        pass


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two workers, each a process."""
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50
    )
    try:
        yield cluster.scheduler_address
    finally:
        cluster.close()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.slow
class TestDask:
    def test_no_scheduler(self, monkeypatch):
        pytest.importorskip("distributed")
        monkeypatch.setattr("blueprint_app.verify.executors._CONNECT_SECONDS", 1)
        address = "tcp://127.0.0.1:9"
        with pytest.raises(BlueprintError, match="no Dask scheduler at"), make_executor(address, 1):
            pass

    def test_two_workers(self, scheduler):
        with make_executor(scheduler, 2) as executor:
            pids = {executor.submit(_slow_identity, n).result() for n in range(1)}
            futures = [executor.submit(_slow_identity, n) for n in range(8)]
            pids |= {future.result() for future in futures}
        assert len(pids) == 2
        assert os.getpid() not in pids

    def test_drafts(self, scheduler, built_arena: Path, programs_cache: Path):
        project = read_project(built_arena)
        assert project is not None
        goal = goal_of(project, "Arena.truth")
        drafts = [HONEST, Draft("by omega_or_so"), Draft("by sorry")]
        work = [JudgeWork(str(built_arena), goal, draft, cache_folder=str(programs_cache)) for draft in drafts]
        with make_executor(scheduler, 2) as executor:
            verdicts = [future.result() for future in [executor.submit(judge_draft, each) for each in work]]
        assert [verdict.level for verdict in verdicts] == [CheckLevel.MATCHED, CheckLevel.NONE, CheckLevel.COMPILED]
        assert [verdict.failure for verdict in verdicts] == [Failure.NONE, Failure.ERROR, Failure.SORRY]
        assert [verdict.is_verified for verdict in verdicts] == [True, False, False]


def _slow_identity(number: int) -> int:
    time.sleep(0.3)
    return os.getpid()
