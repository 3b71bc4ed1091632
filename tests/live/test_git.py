"""git at work on a project that is open: branch switches, rebases, locks, other working trees."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from blueprint_app.live import watching
from blueprint_app.live.git_state import GitFolders, git_folders
from blueprint_app.live.scope import Kind
from tests.live.followed import PATIENCE, Follow

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on PATH")

SUMS = "blueprint/src/chapters/sums.tex"


def git(folder: Path, *words: str, env: dict[str, str] | None = None) -> str:
    command = ["git", "-C", str(folder), *words]
    run = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(env or {})})
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.fixture
def clone(sample_copy) -> Path:
    """A project under version control, on the branch main."""
    folder = sample_copy("primes")
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "first")
    return folder


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def claim_nothing(path: Path) -> None:
    path.write_text(path.read_text().replace("\\leanok", ""))


@pytest.mark.slow
def test_a_branch_switch_that_touches_5000_files_gives_one_snapshot(clone: Path, follow: Follow) -> None:
    library = clone / "Primes" / "Many"
    for number in range(5000):
        file = library / f"Part{number // 100}" / f"File{number}.lean"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"theorem a{number} : True := trivial\n")
    commit(clone, "many")
    git(clone, "checkout", "-q", "-b", "other")
    for file in library.rglob("*.lean"):
        file.write_text(f"-- another\n{file.read_text()}")
    claim_nothing(clone / SUMS)
    commit(clone, "all changed")
    followed = follow(clone)
    git(clone, "checkout", "-q", "main")
    followed.wait_until_fresh()
    followed.settle()
    [update] = followed.record.updates
    assert len(update.paths) == 5001
    assert update.kinds == {Kind.BLUEPRINT, Kind.LEAN, Kind.GIT}
    assert len(followed.reads) == 2  # the second is that of settling
    assert followed.record.codes == []


def test_nothing_is_read_while_git_holds_its_lock(clone: Path, follow: Follow, monkeypatch) -> None:
    asked = threading.Event()
    is_locked = GitFolders.is_locked

    def told(self) -> bool:
        locked = is_locked.fget(self)
        if locked:
            asked.set()
        return locked

    monkeypatch.setattr(GitFolders, "is_locked", property(told))
    followed = follow(clone)
    lock = clone / ".git" / "index.lock"
    lock.touch()
    claim_nothing(clone / SUMS)
    assert asked.wait(PATIENCE)
    assert followed.reads == []
    lock.unlink()
    followed.wait_until_fresh()
    assert len(followed.record.updates) == 1


def test_a_lock_left_behind_does_not_hold_for_ever(clone: Path, follow: Follow, monkeypatch) -> None:
    monkeypatch.setattr(watching, "LOCK_PATIENCE", 0.3)
    (clone / ".git" / "index.lock").touch()
    followed = follow(clone)
    claim_nothing(clone / SUMS)
    followed.wait_until_fresh()
    assert len(followed.record.updates) == 1


def test_a_rebase_ends_as_a_fresh_opening_shows_it(clone: Path, follow: Follow) -> None:
    git(clone, "checkout", "-q", "-b", "work")
    chapters = sorted((clone / "blueprint" / "src" / "chapters").glob("*.tex"))
    for number in range(6):
        chapter = chapters[number % len(chapters)]
        text = chapter.read_text()
        chapter.write_text(f"{text}\n\\begin{{lemma}}\\label{{added:{number}}} Added.\\end{{lemma}}\n")
        commit(clone, f"lemma {number}")
    git(clone, "checkout", "-q", "main")
    (clone / "blueprint" / "src" / "content.tex").write_text(
        "% A remark.\n" + (clone / "blueprint" / "src" / "content.tex").read_text()
    )
    commit(clone, "a remark")
    git(clone, "checkout", "-q", "work")
    followed = follow(clone)
    git(clone, "rebase", "-q", "main")
    fresh = followed.wait_until_fresh()
    assert {f"added:{number}" for number in range(6)} <= set(fresh.nodes)
    assert followed.record.codes == []


def test_a_commit_is_told_though_no_file_changes(clone: Path, follow: Follow) -> None:
    claim_nothing(clone / SUMS)
    followed = follow(clone)
    commit(clone, "second")
    followed.record.wait(lambda: followed.record.updates)
    [update] = followed.record.updates
    assert update.kinds == {Kind.GIT}
    assert update.changes == ()
    assert update.snapshot == followed.snapshot


def test_a_linked_worktree_is_followed(clone: Path, follow: Follow, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    git(clone, "worktree", "add", "-q", "-b", "side", str(tree))
    followed = follow(tree)
    claim_nothing(tree / SUMS)
    followed.wait_until_fresh()
    git(tree, "commit", "-q", "-a", "-m", "in the tree")
    followed.record.wait(lambda: any(update.kinds == {Kind.GIT} for update in followed.record.updates))


def test_the_head_is_what_git_says(clone: Path, tmp_path: Path) -> None:
    found = git_folders(clone / "blueprint" / "src")
    assert found is not None
    assert found.head() == f"refs/heads/main {git(clone, 'rev-parse', 'HEAD')}"
    git(clone, "pack-refs", "--all")
    assert not (clone / ".git" / "refs" / "heads" / "main").exists()
    assert found.head() == f"refs/heads/main {git(clone, 'rev-parse', 'HEAD')}"
    git(clone, "checkout", "-q", "--detach")
    assert found.head() == git(clone, "rev-parse", "HEAD")
    git(clone, "worktree", "add", "-q", "-b", "side", str(tmp_path / "tree"))
    tree = git_folders(tmp_path / "tree")
    assert tree is not None
    assert tree.head() == f"refs/heads/side {git(clone, 'rev-parse', 'HEAD')}"
    assert git_folders(tmp_path) is None
