"""A project whose files are written, renamed, truncated and deleted at random while it is followed.

``BLUEPRINT_FAULT_SECONDS`` and ``BLUEPRINT_FAULT_SEED`` make it shorter or longer, or another one.
"""

import errno
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.bootstrap.lean_side import LeanSide
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live.following import Listener
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot
from tests.live.followed import Follow, Record

SECONDS = float(os.environ.get("BLUEPRINT_FAULT_SECONDS", "60"))
LONG_PATIENCE = 300.0
"""Seconds for what takes a moment: nothing here is a question of speed."""

SEED = int(os.environ.get("BLUEPRINT_FAULT_SEED", "20261123"))


class Vandal:
    """Does one random thing after another to the files of a project; the same seed gives the same order."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.texts = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in (".tex", ".lean")}
        self.deeds: list[Callable[[Path], None]] = [
            self.restore,
            self.restore,
            self.write_slowly,
            self.save_atomically,
            self.truncate,
            self.empty,
            self.delete,
            self.rename,
            self.toggle_claim,
            self.add_node,
            self.touch,
            self.swap_folder,
            self.spoil,
        ]

    def act(self) -> None:
        deed = self.random.choice(self.deeds)
        path = self.random.choice(list(self.texts))
        path.parent.mkdir(parents=True, exist_ok=True)
        deed(path)

    def text(self, path: Path) -> bytes:
        return path.read_bytes() if path.exists() else self.texts[path]

    def restore(self, path: Path) -> None:
        path.write_bytes(self.texts[path])

    def write_slowly(self, path: Path) -> None:
        with path.open("wb", buffering=0) as file:
            text = self.texts[path]
            file.write(text[: len(text) // 2])
            time.sleep(self.random.uniform(0, 0.2))
            file.write(text[len(text) // 2 :])

    def save_atomically(self, path: Path) -> None:
        beside = path.with_name(f"{path.name}.tmp")
        beside.write_bytes(self.texts[path] + b"% saved\n")
        beside.replace(path)

    def truncate(self, path: Path) -> None:
        text = self.text(path)
        path.write_bytes(text[: self.random.randrange(len(text) + 1)])

    def empty(self, path: Path) -> None:
        path.write_bytes(b"")

    def delete(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def rename(self, path: Path) -> None:
        target = self.random.choice(list(self.texts)).with_name("elsewhere.tex")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            path.replace(target)

    def toggle_claim(self, path: Path) -> None:
        text = self.text(path)
        given = b"\\leanok" in text
        path.write_bytes(
            text.replace(b"\\leanok", b"", 1) if given else text.replace(b"\\label", b"\\leanok\\label", 1)
        )

    def add_node(self, path: Path) -> None:
        with path.open("ab") as file:
            file.write(b"\n\\begin{lemma}\\label{new:%d} One more.\\end{lemma}\n" % self.random.randrange(50))

    def touch(self, path: Path) -> None:
        if path.exists():
            os.utime(path)

    def swap_folder(self, path: Path) -> None:
        """A folder goes away and comes back as a copy: another folder under the same name."""
        away = path.parent.with_name(f"{path.parent.name} away")
        if path.parent == self.folder or away.exists():
            return
        path.parent.rename(away)
        if self.random.random() < 0.7:
            shutil.copytree(away, path.parent, dirs_exist_ok=True)
        shutil.rmtree(away)

    def spoil(self, path: Path) -> None:
        path.write_bytes(self.random.randbytes(200))


def no_observer():
    raise OSError(errno.ENOSPC, "inotify watch limit reached")


def play(folder: Path) -> None:
    """Do random things to the files for a while; at the end the blueprint's entry is whole."""
    entry = folder / "blueprint" / "src" / "web.tex"
    vandal = Vandal(folder, SEED)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        vandal.act()
        time.sleep(vandal.random.choice((0, 0, 0.01, 0.1, 0.4)))
    entry.parent.mkdir(parents=True, exist_ok=True)
    vandal.restore(entry)


@pytest.mark.slow
@pytest.mark.parametrize("options", [{}, {"make_observer": no_observer, "poll": 0.2}], ids=["watching", "polling"])
def test_a_project_under_random_faults_ends_as_a_fresh_opening_shows_it(sample_copy, follow: Follow, options) -> None:
    folder = sample_copy("primes")
    followed = follow(folder, **options)
    play(folder)
    followed.wait_until_fresh(LONG_PATIENCE)
    assert followed.record.updates


@pytest.mark.slow
@pytest.mark.parametrize("sample", ["primes", "architect"])
def test_with_its_lean_side_too(sample_copy, sample: str, tmp_path: Path) -> None:
    """As the window follows: what was read before is kept, and only what changed is read again."""
    folder, record = sample_copy(sample), Record()
    side = LeanSide(folder, tmp_path / "cache")
    listener = Listener(record.adding(record.updates), failed=record.adding(record.failures))
    follower = side.follower(opened(side), listener)
    follower.start()
    assert follower.is_ready.wait(LONG_PATIENCE)
    play(folder)
    fresh = opened(LeanSide(folder, tmp_path / "another cache"))
    record.wait(lambda: follower.snapshot == fresh, LONG_PATIENCE)
    follower.stop()
    assert record.updates
    assert not record.failures


def opened(side: LeanSide) -> Snapshot:
    """The project as a fresh opening shows it, its Lean side included."""
    blueprint = open_project(side.folder).blueprint
    return snapshot_of(blueprint, side.reading, side.evidence(blueprint))
