"""Projects followed for real: files on disk, the system's own watches."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live.following import Follower, Listener
from blueprint_app.live.watching import Changed
from blueprint_app.model.snapshot import Snapshot
from tests.live.followed import PATIENCE, Follow, Followed, Record


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let watchdog's warning of its own double entries pass here too: see `blueprint_app.live.watches`."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning"))


@pytest.fixture
def follow() -> Iterator[Follow]:
    """A function that follows the project in a folder; in the end all are stopped, and none may have failed."""
    followed: list[Followed] = []

    def start(folder: Path, **options: object) -> Followed:
        record = Record()
        reads: list[Changed | None] = []

        def read(changed: Changed | None, check: Callable[[], None]) -> Snapshot:
            record.adding(reads)(changed)
            return open_project(folder, check=check)

        listener = Listener(
            updated=record.adding(record.updates),
            noticed=record.adding(record.notices),
            working=record.adding(record.working),
            failed=record.adding(record.failures),
        )
        follower = Follower(read, open_project(folder), listener, **options)
        follower.start()
        followed.append(Followed(folder, follower, record, reads))
        assert follower.is_ready.wait(PATIENCE)
        return followed[-1]

    yield start
    for each in followed:
        each.follower.stop()
        assert not each.record.failures
