"""Several files change together or not at all."""

import os
import subprocess
from pathlib import Path

import pytest

from blueprint_app.live import change_set
from blueprint_app.live.change_set import ChangeSet, planned_over, planned_set, write_set
from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.errors import BlueprintError
from tests.live.test_changing import TEX, marked, project

LEAN = "theorem a : True := by\r\n  sorry\r\n\r\ntheorem b : True := trivial"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Blueprint, ChangeSet]:
    blueprint = project(tmp_path, TEX.encode())
    (tmp_path / "A.lean").write_bytes(LEAN.encode())
    lean = planned_over(tmp_path, "A.lean", LEAN, lambda text: text.replace("sorry", "trivial"), "Accept")
    return blueprint, ChangeSet("Accept", (lean, *planned_set(blueprint, [("a.tex", marked)], "Accept").changes))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_are_written_and_taken_back(tmp_path: Path, made: tuple[Blueprint, ChangeSet]) -> None:
    _, changes = made
    before = contents(tmp_path)
    write_set(changes)
    assert contents(tmp_path) == {
        "A.lean": LEAN.replace("sorry", "trivial").encode(),
        "a.tex": marked(TEX).encode(),
    }
    write_set(changes.undone)
    assert contents(tmp_path) == before


def test_one_that_changed_meanwhile_stops_all(tmp_path: Path, made: tuple[Blueprint, ChangeSet]) -> None:
    (tmp_path / "a.tex").write_text("other")
    with pytest.raises(BlueprintError, match="has changed since it was read"):
        write_set(made[1])
    assert (tmp_path / "A.lean").read_bytes() == LEAN.encode()


def test_one_that_cannot_be_written_puts_the_others_back(tmp_path: Path, made, monkeypatch) -> None:
    real, before = change_set.write, contents(tmp_path)

    def write(change) -> None:
        if change.shown == "a.tex":
            raise BlueprintError("a.tex cannot be written.")
        real(change)

    monkeypatch.setattr(change_set, "write", write)
    with pytest.raises(BlueprintError, match="cannot be written"):
        write_set(made[1])
    assert contents(tmp_path) == before


def test_the_diff_names_each_file(made: tuple[Blueprint, ChangeSet]) -> None:
    _, changes = made
    lines = changes.diff()
    assert [line for line in lines if line.startswith("@ ")] == ["@ A.lean", "@ a.tex"]
    assert "-  sorry" in lines
    assert "+  trivial" in lines
    assert "+  \\leanok" in lines
    assert changes.shown == "A.lean, a.tex"
    assert ChangeSet("one", changes.changes[:1]).diff() == changes.changes[0].diff()


def test_the_patch_is_one_that_git_applies(tmp_path: Path, made: tuple[Blueprint, ChangeSet]) -> None:
    _, changes = made
    (tmp_path / "p.patch").write_bytes(changes.as_patch().encode())
    before = contents(tmp_path)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "p.patch"], cwd=tmp_path, check=True)
    applied = contents(tmp_path)
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    write_set(changes)
    assert applied == contents(tmp_path)


def test_a_file_is_changed_only_as_it_was_read(tmp_path: Path) -> None:
    (tmp_path / "A.lean").write_text("theorem a : True := trivial\n")
    with pytest.raises(BlueprintError, match="has changed since it was read"):
        planned_over(tmp_path, "A.lean", "theorem a : True := sorry\n", lambda text: text, "t")
    os.unlink(tmp_path / "A.lean")
    with pytest.raises(BlueprintError, match="cannot be read"):
        planned_over(tmp_path, "A.lean", "", lambda text: text, "t")


def test_edits_of_one_file_follow_each_other(tmp_path: Path) -> None:
    blueprint = project(tmp_path, TEX.encode())
    edits = [("a.tex", marked), ("a.tex", lambda text: text.replace("\\leanok", "\\mathlibok"))]
    (change,) = planned_set(blueprint, edits, "t").changes
    assert change.after.decode() == marked(TEX).replace("\\leanok", "\\mathlibok")
