"""Where the system's watches fail, or the project goes away: said once, got over, and never a crash."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, EventEmitter

from blueprint_app.live import coverage, watches
from blueprint_app.live.notice import NoticeCode
from blueprint_app.live.watches import is_remote
from tests.conftest import REPOSITORY
from tests.live.followed import Follow

SUMS = "blueprint/src/chapters/sums.tex"


@pytest.fixture
def folder(sample_copy) -> Path:
    return sample_copy("primes")


def claim_nothing(folder: Path) -> None:
    path = folder / SUMS
    path.write_text(path.read_text().replace("\\leanok", ""))


def no_observer() -> BaseObserver:
    raise OSError(errno.EMFILE, "inotify instance limit reached")


class DeafEmitter(EventEmitter):
    """Never tells of anything, as on disks that other machines or virtual ones write to."""

    def queue_events(self, timeout: float) -> None:
        self._stopped_event.wait(timeout)

    def queue_event(self, event: FileSystemEvent) -> None:
        raise AssertionError


def deaf_observer() -> BaseObserver:
    return BaseObserver(DeafEmitter)


def test_without_watches_files_are_polled_and_it_is_said_once(folder: Path, follow: Follow) -> None:
    followed = follow(folder, make_observer=no_observer, poll=0.05)
    claim_nothing(folder)
    followed.wait_until_fresh()
    followed.settle()
    assert followed.record.codes == [NoticeCode.POLLING]
    assert "inotify instance limit reached" in followed.record.notices[0].message
    assert len(followed.record.updates) == 1


def test_a_limit_reached_later_is_got_over(folder: Path, follow: Follow) -> None:
    """As when folders are added until the system has no more watches to give."""
    observer = Observer()
    schedule = observer.schedule
    new = folder / "blueprint" / "src" / "new"

    def limited(handler, path, **options):
        if path == str(new):
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return schedule(handler, path, **options)

    observer.schedule = limited
    followed = follow(folder, make_observer=lambda: observer, poll=0.05)
    new.mkdir()
    followed.record.wait_for_notice(NoticeCode.POLLING)
    (new / "one.tex").write_text("\\begin{lemma}\\label{one} One.\\end{lemma}\n")
    with (folder / SUMS).open("a") as file:
        file.write("\n\\input{new/one}\n")
    followed.wait_until_fresh()
    assert "one" in followed.snapshot.nodes
    assert followed.record.codes == [NoticeCode.POLLING]


def test_watching_is_taken_up_again(folder: Path, follow: Follow, monkeypatch) -> None:
    monkeypatch.setattr(coverage, "RETRY_SECONDS", 0.1)
    observers = iter([no_observer, no_observer])
    followed = follow(folder, make_observer=lambda: next(observers, Observer)(), poll=0.05)
    followed.record.wait_for_notice(NoticeCode.WATCHING)
    claim_nothing(folder)
    followed.wait_until_fresh()
    assert followed.record.codes == [NoticeCode.POLLING, NoticeCode.WATCHING]


def test_watches_that_tell_nothing_are_found_out(folder: Path, follow: Follow, monkeypatch) -> None:
    monkeypatch.setattr(coverage, "SWEEP_SECONDS", 0.05)
    followed = follow(folder, make_observer=deaf_observer, poll=0.05)
    for _ in range(3):
        followed.settle()
    followed.record.wait_for_notice(NoticeCode.POLLING)
    claim_nothing(folder)
    followed.wait_until_fresh()
    assert followed.record.codes == [NoticeCode.POLLING]


def test_watches_that_tell_all_are_trusted(folder: Path, follow: Follow, monkeypatch) -> None:
    monkeypatch.setattr(coverage, "SWEEP_SECONDS", 0.2)
    followed = follow(folder)
    for _ in range(5):
        followed.settle()
    assert followed.record.codes == []


def test_a_network_disk_is_polled_from_the_start(folder: Path, follow: Follow, monkeypatch) -> None:
    monkeypatch.setattr(coverage, "is_remote", lambda path: True)
    followed = follow(folder, poll=0.05)
    claim_nothing(folder)
    followed.wait_until_fresh()
    assert followed.record.codes == [NoticeCode.POLLING]
    assert "network" in followed.record.notices[0].message


def test_a_local_disk_is_no_network_disk(folder: Path, monkeypatch, tmp_path: Path) -> None:
    assert not is_remote(folder)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "21 1 8:1 / / rw - ext4 /dev/sda rw\n"
        "22 21 0:5 / /home/a\\040b rw shared:1 - nfs4 server:/x rw\n"
        "23 22 8:2 / /home/a\\040b/disk rw - ext4 /dev/sdb rw\n"
    )
    monkeypatch.setattr(watches, "_MOUNTS", mounts)
    assert is_remote(Path("/home/a b/project"))
    assert not is_remote(Path("/home/a b/disk/project"))
    assert not is_remote(Path("/home/other"))


UNDER_A_LIMIT = """
import sys
from pathlib import Path
sys.path.insert(0, {repository!r})
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live.following import Follower, Listener
import queue
told = queue.Queue()
folder = Path(sys.argv[1])
listener = Listener(updated=told.put, noticed=told.put)
follower = Follower(lambda changed, check: open_project(folder), open_project(folder), listener, poll=0.1)
follower.start()
notice = told.get(timeout=20)
print(notice.code, notice.message)
path = folder / {sums!r}
path.write_text(path.read_text().replace("\\\\leanok", ""))
print("updated", sorted(told.get(timeout=20).paths))
follower.stop()
"""


@pytest.mark.parametrize("limit", ["max_inotify_watches", "max_inotify_instances"])
def test_the_systems_own_limit_is_got_over(folder: Path, limit: str) -> None:
    """In a user namespace of its own, which has a limit of its own."""
    setting = f"echo 0 > /proc/sys/user/{limit}"
    namespace = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if shutil.which("unshare") is None or subprocess.run([*namespace, setting], capture_output=True).returncode:
        pytest.skip("no user namespaces with limits of their own here")
    script = UNDER_A_LIMIT.format(repository=str(REPOSITORY), sums=SUMS)
    command = [*namespace, f'{setting} && exec "$@"', "sh", sys.executable, "-c", script, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[0].startswith("polling The system gives no more watches on folders")
    assert run.stdout.splitlines()[1] == f"updated ['{SUMS}']"
    assert run.stderr == ""


def test_a_project_deleted_and_restored(folder: Path, follow: Follow, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept)
    followed = follow(folder)
    before = followed.snapshot
    shutil.rmtree(folder)
    followed.record.wait_for_notice(NoticeCode.FOLDER_GONE)
    assert followed.snapshot == before
    shutil.copytree(kept, folder)
    followed.record.wait_for_notice(NoticeCode.FOLDER_BACK)
    claim_nothing(folder)
    followed.wait_until_fresh()
    codes = followed.record.codes
    assert codes[0] is NoticeCode.FOLDER_GONE
    assert codes.count(NoticeCode.FOLDER_GONE) == codes.count(NoticeCode.FOLDER_BACK) == 1


def test_a_project_renamed_and_renamed_back(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    away = folder.with_name("elsewhere")
    folder.rename(away)
    followed.record.wait_for_notice(NoticeCode.FOLDER_GONE)
    claim_nothing(away)
    away.rename(folder)
    followed.wait_until_fresh()
    assert followed.record.codes == [NoticeCode.FOLDER_GONE, NoticeCode.FOLDER_BACK]


def test_a_blueprint_without_its_entry_is_told_once_and_got_over(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    before = followed.snapshot
    entry = folder / "blueprint" / "src" / "web.tex"
    entry.rename(entry.with_name("web.bak"))
    followed.record.wait_for_notice(NoticeCode.UNREADABLE)
    assert followed.snapshot == before
    followed.settle()
    entry.with_name("web.bak").rename(entry)
    followed.record.wait_for_notice(NoticeCode.READABLE)
    claim_nothing(folder)
    followed.wait_until_fresh()
    assert followed.record.codes == [NoticeCode.UNREADABLE, NoticeCode.READABLE]


def test_a_disk_that_is_unplugged_leaves_an_empty_folder_and_comes_back(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    before = followed.snapshot
    disk = folder.with_name("disk")
    folder.rename(disk)
    folder.mkdir()
    followed.record.wait_for_notice(NoticeCode.UNREADABLE)
    assert followed.snapshot == before
    claim_nothing(disk)
    folder.rmdir()
    disk.rename(folder)
    followed.wait_until_fresh()
    assert followed.record.codes[-1] in (NoticeCode.READABLE, NoticeCode.FOLDER_BACK)
    assert followed.snapshot != before


def test_a_disk_that_fails_while_it_is_read_loses_nothing(folder: Path, follow: Follow, monkeypatch) -> None:
    followed = follow(folder)
    before = followed.snapshot
    read = Path.read_bytes

    def failing(path: Path) -> bytes:
        if path.is_relative_to(folder):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return read(path)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", failing)
        claim_nothing(folder)
        followed.record.wait_for_notice(NoticeCode.UNREADABLE)
        assert followed.snapshot == before
    (folder / SUMS).touch()
    claim_nothing(folder)
    followed.wait_until_fresh()
    assert followed.record.codes[-1] is NoticeCode.READABLE


def test_a_folder_that_can_only_be_read_is_followed(folder: Path, follow: Follow) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        followed = follow(folder)
        os.chmod(folder / "blueprint" / "src", 0o755)
        os.chmod(folder / SUMS, 0o644)
        claim_nothing(folder)
        followed.wait_until_fresh()
        assert followed.record.codes == []
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
