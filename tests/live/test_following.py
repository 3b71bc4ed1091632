"""What a person, an editor or a build changes in real files is shown: once, whole, and nothing else."""

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.assistant.records.record import Outcome
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live import coverage, survey
from blueprint_app.live.changes import Aspect
from blueprint_app.live.following import Follower, Listener
from blueprint_app.live.scope import Kind
from blueprint_app.model.claim import CLAIMS_FILE, CLAIMS_SCHEMA
from blueprint_app.model.snapshot import Snapshot
from tests.assistant.records.attempts import full
from tests.live.followed import PATIENCE, Follow, Record

CLAIMED = f"schema: {CLAIMS_SCHEMA}\nclaims:\n  - node: lem:one\n    by: Ada\n"
SUMS = "blueprint/src/chapters/sums.tex"


@pytest.fixture
def folder(sample_copy) -> Path:
    return sample_copy("primes")


def unclaimed(folder: Path) -> str:
    """The text of a chapter without its first claim."""
    text = (folder / SUMS).read_text()
    assert "\\leanok" in text
    return text.replace("\\leanok", "", 1)


def save(path: Path, text: str) -> None:
    path.write_text(text)


def save_atomically(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.swp8u")
    beside.write_text(text)
    beside.replace(path)


def save_from_outside(path: Path, text: str) -> None:
    """As programs do that write to a folder for temporary files first."""
    outside = path.parents[4] / "temporary"
    outside.write_text(text)
    outside.replace(path)


def save_like_vim(path: Path, text: str) -> None:
    swap, probe, backup = path.with_name(f".{path.name}.swp"), path.with_name("4913"), Path(f"{path}~")
    swap.write_bytes(b"b0VIM 9.0")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_text(text)
    backup.unlink()
    swap.unlink()


def save_like_emacs(path: Path, text: str) -> None:
    lock, unsaved = path.with_name(f".#{path.name}"), path.with_name(f"#{path.name}#")
    lock.symlink_to("someone@somewhere.1234:1700000000")
    unsaved.write_text(text)
    path.rename(Path(f"{path}~"))
    path.write_text(text)
    unsaved.unlink()
    lock.unlink()


def save_like_vs_code(path: Path, text: str) -> None:
    """It empties the file and writes it in pieces."""
    with path.open("r+b", buffering=0) as file:
        file.truncate(0)
        data = text.encode()
        for start in range(0, len(data), 1000):
            file.write(data[start : start + 1000])


@pytest.mark.parametrize(
    "save_as",
    [save, save_atomically, save_from_outside, save_like_vim, save_like_emacs, save_like_vs_code],
    ids=lambda function: function.__name__,
)
def test_one_save_gives_one_new_snapshot(folder: Path, follow: Follow, save_as: Callable[[Path, str], None]) -> None:
    followed = follow(folder)
    save_as(folder / SUMS, unclaimed(folder))
    followed.wait_until_fresh()
    followed.settle()
    [update] = followed.record.updates
    assert update.paths == {SUMS}
    assert update.kinds == {Kind.BLUEPRINT}
    assert any(change.aspect is Aspect.HEADLINE for change in update.changes)
    assert [changed.paths for changed in followed.reads if SUMS in changed.paths] == [{SUMS}]
    assert followed.record.codes == []


def test_what_is_touched_or_written_anew_without_change_is_not_read(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    path = folder / SUMS
    path.touch()
    save_atomically(path, path.read_text())
    save_like_vs_code(path, path.read_text())
    path.rename(path.with_suffix(".bak"))
    path.with_suffix(".bak").rename(path)
    followed.settle()
    assert not any(SUMS in changed.paths for changed in followed.reads)
    assert followed.record.updates == []


def test_files_of_no_interest_wake_nobody(folder: Path, follow: Follow) -> None:
    package = folder / ".lake" / "packages" / "mathlib" / "Mathlib"
    package.mkdir(parents=True)
    followed = follow(folder)
    (package / "Init.lean").write_text("theorem a : True := trivial\n")
    (folder / "blueprint" / "src" / ".#web.tex").symlink_to("nobody")
    (folder / "blueprint" / "src" / "web.tex~").write_text("old")
    (folder / "blueprint" / "src" / "web.pdf").write_bytes(b"%PDF")
    followed.settle()
    assert [changed.paths for changed in followed.reads] == [{"blueprint/src/mark.tex"}]


def test_each_kind_of_file_is_told_as_what_it_is(folder: Path, follow: Follow) -> None:
    records = folder / ".lake" / "build" / "lib" / "lean"
    records.mkdir(parents=True)
    followed = follow(folder)
    expected = {
        "Primes/New.lean": Kind.LEAN,
        ".lake/build/lib/lean/Primes.trace": Kind.BUILD,
        "lean-toolchain": Kind.PROJECT,
        "lake-manifest.json": Kind.PROJECT,
        "blueprint/src/new.tex": Kind.BLUEPRINT,
    }
    for shown, kind in expected.items():
        (folder / shown).write_text(f"-- {shown}\n")
        followed.record.wait(lambda shown=shown: any(shown in changed.paths for changed in followed.reads))
        assert followed.reads[-1].kinds == {kind}


def test_an_attempt_that_failed_is_told_though_the_snapshot_stays(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    before = followed.snapshot
    AttemptStore(folder).write(full("thm:euclid", outcome=Outcome.FAILED), "by simp", ".lean")
    followed.record.wait(lambda: followed.record.updates)
    assert {kind for update in followed.record.updates for kind in update.kinds} == {Kind.ATTEMPT}
    assert followed.snapshot.headlines == before.headlines


def test_a_claim_is_told_though_the_snapshot_stays(folder: Path, follow: Follow) -> None:
    claims = folder / CLAIMS_FILE
    claims.unlink(missing_ok=True)
    followed = follow(folder)
    for count, text in enumerate((CLAIMED, CLAIMED.replace("Ada", "Emmy")), 1):
        save_atomically(claims, text)
        followed.record.wait(lambda count=count: len(followed.record.updates) >= count)
    claims.unlink()
    followed.record.wait(lambda: len(followed.record.updates) >= 3)
    assert {kind for update in followed.record.updates for kind in update.kinds} == {Kind.CLAIM}


def test_a_file_half_written_is_waited_for(folder: Path, follow: Follow, monkeypatch) -> None:
    followed = follow(folder)
    suspected = watch_looks(monkeypatch)
    data = unclaimed(folder).encode()
    with (folder / SUMS).open("wb", buffering=0) as file:
        file.write(data[: len(data) // 2])
        assert suspected.wait(PATIENCE)
        file.write(data[len(data) // 2 :])
    followed.wait_until_fresh()
    assert [len(update.snapshot.nodes) for update in followed.record.updates] == [len(followed.snapshot.nodes)]


def test_a_file_emptied_and_written_by_two_programs_is_waited_for(folder: Path, follow: Follow, monkeypatch) -> None:
    followed = follow(folder)
    suspected = watch_looks(monkeypatch)
    text = unclaimed(folder)
    (folder / SUMS).write_text("")
    assert suspected.wait(PATIENCE)
    (folder / SUMS).write_text(text)
    followed.wait_until_fresh()
    assert len(followed.record.updates) == 1


def watch_looks(monkeypatch) -> threading.Event:
    """An event that is set once a file was looked at and found to be perhaps half-written."""
    from blueprint_app.live import watching

    suspected = threading.Event()
    judge = watching.Watcher._may_be_half

    def judged(self, look, burst, now):
        is_half = judge(self, look, burst, now)
        if is_half:
            suspected.set()
        return is_half

    monkeypatch.setattr(watching.Watcher, "_may_be_half", judged)
    return suspected


def test_a_file_emptied_or_deleted_for_good_is_shown_so(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    before = len(followed.snapshot.nodes)
    (folder / SUMS).write_text("")
    fresh = followed.wait_until_fresh()
    assert len(fresh.nodes) < before
    (folder / SUMS).unlink()
    fresh = followed.wait_until_fresh()
    assert any(finding.code == "file-missing" for finding in fresh.diagnostics)


@pytest.mark.parametrize("few", [0, 150], ids=["recursive", "each alone"])
def test_a_new_chapter_in_a_new_folder_is_followed(folder: Path, follow: Follow, monkeypatch, few: int) -> None:
    monkeypatch.setattr(survey, "FEW_FOLDERS", few)
    monkeypatch.setattr(coverage, "SWEEP_SECONDS", 3600.0)
    followed = follow(folder)
    new = folder / "blueprint" / "src" / "more" / "deeper"
    new.mkdir(parents=True)
    (new / "one.tex").write_text("\\begin{lemma}\\label{one} One.\\end{lemma}\n")
    with (folder / SUMS).open("a") as file:
        file.write("\n\\input{more/deeper/one}\n")
    followed.wait_until_fresh()
    assert "one" in followed.snapshot.nodes
    (new / "one.tex").write_text("\\begin{lemma}\\label{two} Two.\\end{lemma}\n")
    followed.wait_until_fresh()
    assert "two" in followed.snapshot.nodes


def test_a_file_of_any_name_is_followed_once_it_is_read(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    (folder / "blueprint" / "src" / "notes.txt").write_text("\\begin{lemma}\\label{one} One.\\end{lemma}\n")
    with (folder / SUMS).open("a") as file:
        file.write("\n\\input{notes.txt}\n")
    followed.wait_until_fresh()
    (folder / "blueprint" / "src" / "notes.txt").write_text("\\begin{lemma}\\label{two} Two.\\end{lemma}\n")
    followed.wait_until_fresh()
    assert "two" in followed.snapshot.nodes


def test_a_folder_replaced_by_another_of_its_name_is_followed(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    source = folder / "blueprint"
    text = unclaimed(folder)
    source.rename(folder / "away")
    shutil.copytree(folder / "away", source)
    followed.settle()
    (folder / SUMS).write_text(text)
    followed.wait_until_fresh()
    assert SUMS in followed.record.updates[-1].paths


def test_a_change_between_opening_and_following_is_noticed(folder: Path) -> None:
    snapshot = open_project(folder)
    (folder / SUMS).write_text(unclaimed(folder))
    record = Record()
    listener = Listener(updated=record.adding(record.updates))
    follower = Follower(lambda changed, check: open_project(folder), snapshot, listener)
    follower.start()
    try:
        record.wait(lambda: record.updates)
        assert follower.snapshot == open_project(folder)
    finally:
        follower.stop()


def test_what_changes_while_it_is_read_is_read_again(folder: Path) -> None:
    """The first reading sees a file that another change takes away at once; nobody is shown that."""
    record = Record()
    original = (folder / SUMS).read_text()
    broken, final = original[: len(original) // 2], unclaimed(folder)
    readings: list[Snapshot] = []

    def read(changed, check) -> Snapshot:
        if not readings:
            (folder / SUMS).write_text(broken)
        readings.append(open_project(folder))
        if len(readings) == 1:
            (folder / SUMS).write_text(final)
        return readings[-1]

    follower = Follower(read, open_project(folder), Listener(updated=record.adding(record.updates)))
    follower.start()
    try:
        assert follower.is_ready.wait(PATIENCE)
        (folder / SUMS).write_text(final)
        record.wait(lambda: record.updates)
        assert follower.snapshot == open_project(folder)
        assert [update.snapshot for update in record.updates] == [readings[-1]]
        assert len(readings) > 1
    finally:
        follower.stop()


def test_a_paused_follower_tells_later(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    followed.follower.pause()
    (folder / SUMS).write_text(unclaimed(folder))
    (folder / "blueprint" / "src" / "chapters" / "new.tex").write_text("% new\n")
    witness = follow(folder)
    witness.settle()
    assert followed.reads == []
    followed.follower.pause(False)
    followed.wait_until_fresh()
    assert len(followed.record.updates) == 1


def test_refreshing_reads_everything(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    followed.follower.refresh()
    followed.record.wait(lambda: followed.reads)
    assert followed.reads == [None]


def test_a_bug_in_a_reader_is_reported_and_following_goes_on(folder: Path) -> None:
    record = Record()
    readings = []

    def read(changed, check) -> Snapshot:
        readings.append(changed)
        if len(readings) == 1:
            raise ZeroDivisionError
        return open_project(folder)

    listener = Listener(updated=record.adding(record.updates), failed=record.adding(record.failures))
    follower = Follower(read, open_project(folder), listener)
    follower.start()
    try:
        assert follower.is_ready.wait(PATIENCE)
        (folder / SUMS).write_text(unclaimed(folder))
        record.wait(lambda: record.failures)
        (folder / "blueprint" / "src" / "new.tex").write_text("% new\n")
        record.wait(lambda: record.updates)
        assert isinstance(record.failures[0], ZeroDivisionError)
        assert SUMS in record.updates[0].paths
    finally:
        follower.stop()


def test_a_listener_may_stop_the_follower(folder: Path) -> None:
    stopped = threading.Event()

    def stop(update: object) -> None:
        follower.stop()
        stopped.set()

    follower = Follower(lambda changed, check: open_project(folder), open_project(folder), Listener(updated=stop))
    follower.start()
    assert follower.is_ready.wait(PATIENCE)
    (folder / SUMS).write_text(unclaimed(folder))
    assert stopped.wait(PATIENCE)
    follower.stop()


def test_two_followers_of_one_project_show_the_same(folder: Path, follow: Follow) -> None:
    first, second = follow(folder), follow(folder)
    (folder / SUMS).write_text(unclaimed(folder))
    first.wait_until_fresh()
    second.wait_until_fresh()
    assert len(first.record.updates) == len(second.record.updates) == 1


def test_a_project_behind_a_symbolic_link_is_followed(folder: Path, follow: Follow, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder, target_is_directory=True)
    followed = follow(link)
    (link / SUMS).write_text(unclaimed(folder))
    followed.wait_until_fresh()
    (folder / SUMS).write_text("")
    followed.wait_until_fresh()
    assert [update.paths for update in followed.record.updates] == [{SUMS}, {SUMS}]


def test_working_is_told_around_each_reading(folder: Path, follow: Follow) -> None:
    followed = follow(folder)
    (folder / SUMS).write_text(unclaimed(folder))
    followed.wait_until_fresh()
    followed.record.wait(lambda: len(followed.record.working) == 2)
    assert followed.record.working == [True, False]


def test_a_build_that_goes_on_leaves_time_for_other_things(folder: Path) -> None:
    """Reading is as slow here as of a large project; meanwhile a build writes its records, six at a time."""
    records = folder / ".lake" / "build" / "lib"
    records.mkdir(parents=True)
    reading_ends: list[float] = []
    reading_begins: list[float] = []
    has_read_often = threading.Event()

    def read(changed, check) -> Snapshot:
        reading_begins.append(time.monotonic())
        build(len(reading_begins))
        time.sleep(0.5)
        reading_ends.append(time.monotonic())
        if len(reading_ends) == 3:
            has_read_often.set()
        return open_project(folder)

    def build(step: int) -> None:
        for number in range(6):
            (records / f"M{number}.trace").write_text(f"{step}\n")

    follower = Follower(read, open_project(folder), Listener(updated=lambda update: None))
    follower.start()
    try:
        assert follower.is_ready.wait(PATIENCE)
        build(0)
        assert has_read_often.wait(PATIENCE)
    finally:
        follower.stop()
    assert all(begin - end > 0.4 for end, begin in zip(reading_ends, reading_begins[1:], strict=False))
