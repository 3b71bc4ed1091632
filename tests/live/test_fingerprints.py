"""Content decides what changed; what may be half-written is named."""

import os
from pathlib import Path

import pytest

from blueprint_app.live.fingerprints import Fingerprints, Look
from blueprint_app.live.scope import Scope


@pytest.fixture
def prints(tmp_path: Path) -> Fingerprints:
    (tmp_path / "a.tex").write_text("one\ntwo\n")
    (tmp_path / "b.lean").write_text("theorem b : True := trivial\n")
    taken = Fingerprints(Scope(tmp_path))
    assert taken.start() == Look()
    return taken


def looked(prints: Fingerprints, *paths: str) -> tuple[set[str], set[str]]:
    """What a look at some files finds, which must be what one at all finds."""
    look = prints.look(paths or None)
    assert prints.look(None) == look
    return set(look.changed), set(look.unsettled)


def test_nothing_changed(prints: Fingerprints) -> None:
    assert looked(prints) == (set(), set())


def test_touched_is_not_changed(prints: Fingerprints, tmp_path: Path) -> None:
    os.utime(tmp_path / "a.tex", (1, 1))
    assert looked(prints, "a.tex") == (set(), set())


def test_new_text_of_the_same_size_and_time_in_another_file(prints: Fingerprints, tmp_path: Path) -> None:
    """As an atomic save within the clock's grain."""
    status = (tmp_path / "a.tex").stat()
    (tmp_path / "beside").write_text("two\none\n")
    os.utime(tmp_path / "beside", ns=(status.st_atime_ns, status.st_mtime_ns))
    (tmp_path / "beside").replace(tmp_path / "a.tex")
    assert looked(prints, "a.tex") == ({"a.tex"}, set())


@pytest.mark.parametrize(
    ("text", "unsettled"),
    [
        ("one\ntwo\nthree\n", False),
        ("one\n", False),
        ("one\ntwo\nthree", False),
        ("one\ntw", True),
        ("", True),
        (None, True),
    ],
)
def test_what_may_be_half_written(prints: Fingerprints, tmp_path: Path, text: str | None, unsettled: bool) -> None:
    path = tmp_path / "a.tex"
    path.unlink() if text is None else path.write_text(text)
    assert looked(prints, "a.tex") == ({"a.tex"}, {"a.tex"} if unsettled else set())
    prints.accept({"a.tex"})
    assert looked(prints, "a.tex") == (set(), set())


def test_a_change_taken_back_is_none(prints: Fingerprints, tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("three\n")
    assert looked(prints, "a.tex")[0] == {"a.tex"}
    (tmp_path / "a.tex").write_text("one\ntwo\n")
    assert looked(prints, "a.tex") == (set(), set())


def test_a_new_file_and_one_that_never_was(prints: Fingerprints, tmp_path: Path) -> None:
    (tmp_path / "c.tex").write_text("new\n")
    assert looked(prints, "c.tex", "d.tex") == ({"c.tex"}, set())


def test_files_known_before_are_compared_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("one\n")
    (tmp_path / "b.tex").write_text("one\n")
    digest = "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806"
    taken = Fingerprints(Scope(tmp_path), {"a.tex": digest, "b.tex": "other", "gone.tex": "other"})
    assert taken.start() == Look(frozenset({"b.tex", "gone.tex"}), frozenset({"gone.tex"}))


def test_a_doubted_file_counts_as_changed(prints: Fingerprints) -> None:
    prints.doubt(["a.tex"])
    assert prints.moved(["a.tex", "b.lean"]) == {"a.tex"}
    assert looked(prints, "a.tex") == ({"a.tex"}, set())
    prints.accept({"a.tex"})
    assert prints.moved(["a.tex", "b.lean"]) == frozenset()


def test_an_unreadable_file_is_as_good_as_gone(prints: Fingerprints, tmp_path: Path, monkeypatch) -> None:
    def refuse(*given: object) -> None:
        raise PermissionError

    (tmp_path / "a.tex").write_text("locked\n")
    with monkeypatch.context() as patched:
        patched.setattr("builtins.open", refuse)
        assert looked(prints, "a.tex") == ({"a.tex"}, {"a.tex"})
    assert looked(prints, "a.tex") == ({"a.tex"}, set())
