"""kill -9 at random moments: `benchmarks/kills.py` does it fifty times, here a few of each kind have to do."""

import random
import sys

import pytest

from benchmarks.kills import KINDS, Place, Told, kill_some

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_was_confirmed_is_lost_and_nothing_stays_behind(kind):
    told = kill_some(kind, 2, seed=3)
    assert told.kills == 2
    assert told.confirmed > 0
    assert told.wrong == []


def test_a_process_that_stays_behind_would_be_seen(tmp_path):
    place = Place(tmp_path, random.Random(1))
    process = place.start("-c", "import time; time.sleep(60)")
    (left,) = place.left_running(0.0)
    assert "time.sleep" in left
    process.kill()
    process.communicate()
    assert place.left_running() == []


def test_what_is_wrong_is_kept_with_its_kill():
    told = Told(kills=4)
    told.expect(True, "not this")
    told.expect([], "that")
    assert told.wrong == ["kill 4: that"]


def test_fifty_kills_are_shared_out():
    from benchmarks.kills import SHARES

    assert SHARES.keys() == KINDS.keys()
    assert sum(round(50 * share) for share in SHARES.values()) == 50
