"""The store against a real disk: nothing half-written, nothing outside of its folder, nothing lost to a bad file."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.records.places import folder_name, label_in
from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.assistant.records.yaml_form import text_of
from blueprint_app.model.errors import BlueprintError
from tests.assistant.records.attempts import full


@pytest.fixture
def store(tmp_path: Path) -> AttemptStore:
    (tmp_path / "project").mkdir()
    return AttemptStore(tmp_path / "project")


LABELS = [
    "lem:a", "thm:α/β", "..", ".", "../../etc/passwd", "/etc/passwd", "C:\\x", "con", "nul.txt", "a b", "∃x, x'=1",
    ".git", "x.", "%41", "~root", "a" * 400, "", "\x00", "lem:a=b",
]  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_any_label_has_a_folder_of_its_own_below(store: AttemptStore, label: str) -> None:
    name = folder_name(label)
    assert Path(name).name == name
    assert name not in (".", "..", "")
    assert name.isascii()
    assert not name.startswith(".")
    assert len(name) <= 120
    if label and len(label) < 100:
        assert label_in(name) == label
    if label.strip("\x00"):
        kept = store.write(full(label), "text")
        path = (store.folder / kept.file).resolve()
        assert path.is_relative_to(store.folder / "blueprint" / "attempts")
        assert store.read() == ((kept,), ())


@given(st.text(min_size=1, max_size=25))
def test_labels_can_be_read_off_their_folders(label: str) -> None:
    name = folder_name(label)
    encodable = label.encode("utf-8", "replace").decode()
    assert "/" not in name
    assert "\\" not in name
    assert ":" not in name
    assert len(name) >= 120 or label_in(name) == encodable


def test_an_attempt_lies_beside_its_reply(store: AttemptStore) -> None:
    kept = store.write(full("lem:a"), "by\n  simp\n", ".lean")
    folder = store.folder / "blueprint/attempts/lem=a"
    assert sorted(os.listdir(folder)) == [f"{kept.id}.lean", f"{kept.id}.yaml"]
    data = yaml.safe_load((folder / f"{kept.id}.yaml").read_text())
    assert data["draft"] == {"file": f"{kept.id}.lean", "sha256": hashlib.sha256(b"by\n  simp\n").hexdigest()}
    assert store.reply(kept) == "by\n  simp\n"
    assert AttemptStore(store.folder).read() == ((kept,), ())
    assert store.of("lem:a") == (kept,)
    assert store.of("lem:b") == ()
    assert store.find(kept.id) == kept
    assert store.write(full("lem:a", id=""), "", ".md").draft == full().draft


def test_attempts_are_never_changed(store: AttemptStore) -> None:
    kept = store.write(full(), "one")
    with pytest.raises(BlueprintError, match="never changed"):
        store.write(kept, "two")
    assert store.reply(store.read()[0][0]) == "one"


def test_several_people_judge_and_the_newest_word_of_each_counts(store: AttemptStore) -> None:
    kept = store.write(full(outcome=Outcome.VERIFIED), "by simp", ".lean")
    before = (store.folder / kept.file).read_bytes()
    for verdict, by in (
        (Judgement.REJECTED, "Ada"), (Judgement.FAITHFUL, "Emmy"), (Judgement.NOTE, "Emmy"),
        (Judgement.ACCEPTED, "Ada"), (Judgement.UNFAITHFUL, "Ada"),
    ):  # fmt: skip
        store.mark(kept, verdict, by, f"{by}: {verdict}")
        time.sleep(0.001)
    (found,), problems = AttemptStore(store.folder).read()
    assert problems == ()
    assert [(each.by, str(each.verdict)) for each in found.standing()] == [
        ("Emmy", "faithful"), ("Emmy", "note"), ("Ada", "accepted"), ("Ada", "not faithful"),
    ]  # fmt: skip
    assert len(found.verdicts) == 5
    assert found.is_accepted
    assert not found.is_rejected
    assert (store.folder / kept.file).read_bytes() == before
    store.mark(kept, Judgement.REJECTED, "Ada")
    (found,), _ = store.read()
    assert (found.is_accepted, found.is_rejected) == (False, True)
    with pytest.raises(BlueprintError):
        store.mark(kept, Judgement.ACCEPTED, "  ")


def spoil(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_damage_is_reported_and_the_rest_is_read(store: AttemptStore, tmp_path: Path) -> None:
    good = [store.write(full(f"lem:{name}"), "text") for name in "ab"]
    folder = store.folder / "blueprint/attempts/lem=a"
    text = text_of(full("lem:a"))
    spoil(folder / "half.yaml", text.encode()[:200])
    spoil(folder / "latin.yaml", text.encode().replace(b"Ada", b"Ad\xe9"))
    spoil(folder / "wrong.yaml", text.replace("round: 2", "round: two").encode())
    spoil(folder / "large.yaml", b"x" * (50 * 2**20))
    spoil(folder / "empty.yaml", b"")
    spoil(folder / "later.yaml", text.replace("attempt/1", "attempt/9").encode())
    spoil(folder / "x.verdict-1.yaml", b"schema: blueprint-verdict/1\nattempt: 1\n")
    spoil(folder / "notes.txt", b"not ours")
    spoil(folder / ".attempt-abc.part", b"left behind")
    spoil(store.folder / "blueprint/attempts/lem=c/again.yaml", (store.folder / good[1].file).read_bytes())
    outside = tmp_path / "outside"
    spoil(outside / "secret.yaml", text.encode())
    (folder / "link.yaml").symlink_to(outside / "secret.yaml")
    (store.folder / "blueprint/attempts/linked").symlink_to(outside)
    os.mkfifo(folder / "pipe.yaml")
    (folder / "folder.yaml").mkdir()
    begun = time.perf_counter()
    records, problems = store.read()
    assert time.perf_counter() - begun < 5
    assert {record.id for record in records} == {record.id for record in good}
    told = {Path(problem.place.file).name: problem for problem in problems if problem.place}
    assert set(told) == {
        "half.yaml", "latin.yaml", "wrong.yaml", "large.yaml", "empty.yaml", "later.yaml", "x.verdict-1.yaml",
        "link.yaml", "linked", "pipe.yaml", "folder.yaml", "again.yaml",
    }  # fmt: skip
    assert "round must be a number" in told["wrong.yaml"].message
    assert told["wrong.yaml"].place.line == 6
    assert told["latin.yaml"].place.line == text[: text.index("Ada")].count("\n") + 1
    assert "2 MB" in told["large.yaml"].message
    assert told["later.yaml"].severity == "note"
    assert all(problem.hint for problem in problems)
    assert store.read() == (records, problems)


def test_what_changed_is_read_again_and_only_that(store: AttemptStore, monkeypatch) -> None:
    first, second = (store.write(full(f"lem:{name}", f"2026-11-03T14:15:0{name}+00:00"), "text") for name in "12")
    store.read()
    from blueprint_app.assistant.records import store as module

    looked: list[str] = []
    real = module.record_of
    monkeypatch.setattr(module, "record_of", lambda text: (looked.append(text), real(text))[1])
    assert store.read()[0] == (first, second)
    assert looked == []
    path = store.folder / second.file
    path.write_text(path.read_text().replace("Ada Lovelace", "Grace Hopper"))
    assert [record.requested_by for record in store.read()[0]] == ["Ada Lovelace", "Grace Hopper"]
    assert len(looked) == 1
    path.unlink()
    assert store.read()[0] == (first,)


def test_a_link_never_leads_the_writer_out(store: AttemptStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (store.folder / "blueprint").mkdir()
    (store.folder / "blueprint" / "attempts").symlink_to(outside)
    with pytest.raises(BlueprintError, match="link to another place"):
        store.write(full(), "text")
    assert list(outside.iterdir()) == []
    assert "link" in store.read()[1][0].message
    (store.folder / "blueprint" / "attempts").unlink()
    (store.folder / "blueprint" / "attempts").mkdir()
    (store.folder / "blueprint" / "attempts" / "lem=a").symlink_to(outside)
    with pytest.raises(BlueprintError, match="link to another place"):
        store.write(full("lem:a"), "text")
    assert list(outside.iterdir()) == []


def test_a_reply_is_read_only_from_beside_the_record(store: AttemptStore, tmp_path: Path) -> None:
    (store.folder / "secret").write_text("secret")
    for name in ("../../../secret", "/etc/passwd", "..", "a/b", "..\\..\\secret"):
        kept = store.write(full("lem:a"), "")
        path = store.folder / kept.file
        path.write_text(path.read_text().replace("file: x.lean", f"file: '{name}'"))
        with pytest.raises(BlueprintError):
            store.reply(next(record for record in store.read()[0] if record.id == kept.id))
    kept = store.write(full("lem:c"), "by simp", ".lean")
    (store.folder / kept.file).with_suffix(".lean").write_text("by evil")
    with pytest.raises(BlueprintError, match="was changed"):
        store.reply(kept)
    (store.folder / kept.file).with_suffix(".lean").unlink()
    with pytest.raises(BlueprintError, match="cannot be read"):
        store.reply(kept)
    (store.folder / kept.file).with_suffix(".lean").symlink_to(store.folder / "secret")
    with pytest.raises(BlueprintError, match="cannot be read"):
        store.reply(kept)


def test_a_full_disk_is_told_in_words(store: AttemptStore, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(BlueprintError, match="No space left"):
        store.write(full(), "text")
    assert [name for _, _, names in os.walk(store.folder) for name in names] == []


WRITER = """
import sys
from pathlib import Path
from blueprint_app.assistant.records.store import AttemptStore
from tests.assistant.records.attempts import full
store = AttemptStore(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    store.write(full("lem:a"), "by simp\\n" * 5000, ".lean")
"""


def test_a_killed_writer_leaves_whole_records_or_none(store: AttemptStore) -> None:
    written = 0
    for delay in (0.01, 0.03, 0.05, 0.08, 0.13):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(store.folder)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        records, problems = AttemptStore(store.folder).read()
        assert problems == ()
        assert all(store.reply(record) == "by simp\n" * 5000 for record in records)
        assert len(records) >= written
        written = len(records)
    assert written > 0
    for name in (store.folder / "blueprint/attempts/lem=a").glob(".attempt-*"):
        os.utime(name, (0, 0))
    store.write(full("lem:a"), "text")
    assert list((store.folder / "blueprint/attempts/lem=a").glob(".attempt-*")) == []
