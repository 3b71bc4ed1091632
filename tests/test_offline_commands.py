"""The commands for people who are elsewhere, on real projects, and the other commands with a snapshot file."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app import cli
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.export.snapshot_file import read_snapshot
from blueprint_app.model.evidence import EvidenceLevel
from tests.export.snapshot_file.conftest import record_attempts

GOLDBACH = "thm:goldbach"


def run(capsysbinary, *arguments: object) -> tuple[int, str, str]:
    status = cli.main([str(argument) for argument in arguments])
    captured = capsysbinary.readouterr()
    return status, captured.out.decode(), captured.err.decode()


@pytest.fixture
def folder(sample_copy: Callable[[str], Path]) -> Path:
    folder = sample_copy("primes")
    record_attempts(folder, GOLDBACH)
    claims = "schema: blueprint-claims/1\nclaims:\n- node: thm:factorisation-unique\n  by: Ada\n"
    (folder / "blueprint" / "claims.yaml").write_text(claims)
    return folder


@pytest.fixture
def packed(folder: Path, tmp_path: Path, capsysbinary) -> Path:
    path = tmp_path / "primes.bpsnap"
    status, out, _ = run(capsysbinary, "snapshot", folder, "-o", path)
    assert (status, out.split(",")[0]) == (0, f"{path}: 48 nodes")
    return path


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No git, no Lean, no Graphviz program: nothing is on the PATH."""
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))


def test_a_snapshot_carries_what_lean_shows(packed: Path) -> None:
    snapshot = open_project(packed)
    assert snapshot.blueprint.is_packed
    assert {each.level for each in snapshot.node_evidence.values()} >= {EvidenceLevel.SOURCE, EvidenceLevel.MISSING}


COMMANDS = [
    ("status", ()),
    ("status", ("--json",)),
    ("show", (GOLDBACH,)),
    ("search", ("infinitely many primes",)),
    ("search", ("prime", "--declarations", "--libraries", "--json")),
    ("graph", ("--format", "json")),
    ("graph", ("--format", "svg")),
    ("check", ()),
    ("next", ()),
    ("blocked", ()),
    ("impact", ("def:prime",)),
    ("trust", (GOLDBACH,)),
    ("attempts", ()),
    ("attempts", (GOLDBACH,)),
]


@pytest.mark.parametrize(("command", "more"), COMMANDS)
def test_commands_say_of_a_snapshot_what_they_say_of_the_folder(
    folder: Path, packed: Path, capsysbinary, bare_machine: None, command: str, more: tuple[str, ...]
) -> None:
    of_folder = run(capsysbinary, command, folder, *more)
    of_file = run(capsysbinary, command, packed, *more)
    assert of_file[:2] == of_folder[:2]
    assert len(of_file[1]) > 100


@pytest.mark.parametrize("other", ["ask", "evidence", "check", "verify"])
def test_what_needs_a_folder_is_refused(packed: Path, tmp_path: Path, capsysbinary, other: str) -> None:
    more = {
        "ask": (GOLDBACH,),
        "evidence": ("-o", tmp_path / "e.json"),
        "check": ("--ask",),
        "verify": (GOLDBACH, packed),
    }[other]
    before = packed.read_bytes(), sorted(os.listdir(tmp_path))
    status, out, said = run(capsysbinary, other, packed, *more)
    assert (status, out) == (1, "")
    assert "is a snapshot: it can only be read" in said
    assert (packed.read_bytes(), sorted(os.listdir(tmp_path))) == before


def test_a_snapshot_of_a_snapshot_is_the_same(packed: Path, tmp_path: Path, capsysbinary) -> None:
    again = tmp_path / "again.bpsnap"
    assert run(capsysbinary, "snapshot", packed, "-o", again)[0] == 0
    assert again.read_bytes() == packed.read_bytes()


def test_a_place_that_cannot_be_written(folder: Path, tmp_path: Path, capsysbinary) -> None:
    status, _, said = run(capsysbinary, "snapshot", folder, "-o", tmp_path / "no" / "x.bpsnap")
    assert status == 1
    assert "cannot be written (No such file or directory)" in said


def test_a_damaged_file_is_refused(packed: Path, capsysbinary) -> None:
    packed.write_bytes(packed.read_bytes()[:-9])
    status, out, said = run(capsysbinary, "status", packed)
    assert (status, out) == (1, "")
    assert said.startswith("blueprint-explorer: primes.bpsnap is no snapshot file: ")


def test_nothing_is_different(packed: Path, folder: Path, capsysbinary) -> None:
    status, out, _ = run(capsysbinary, "compare", packed, folder)
    assert status == 0
    assert out.endswith("Nothing is different.\n")


def test_what_is_different(packed: Path, folder: Path, capsysbinary) -> None:
    chapter = folder / "blueprint" / "src" / "chapters" / "primes.tex"
    text = chapter.read_text("utf-8")
    label = "\\label{def:prime}"
    assert label in text
    changed = text.replace("\\begin{theorem}[Euclid]", "\\begin{theorem}[Euclid of Alexandria]")
    chapter.write_text(changed.replace(label, "\\label{def:prime-number}").replace("{def:prime}", "{def:prime-number}"))
    status, out, _ = run(capsysbinary, "compare", packed, folder)
    assert status == 0
    assert "  renamed: def:prime → def:prime-number" in out
    assert "thm:euclid  Theorem 3.5 (Euclid of Alexandria)\n  title: Euclid → Euclid of Alexandria\n" in out
    found = json.loads(run(capsysbinary, "compare", packed, folder, "--json")[1])
    assert found["schema"] == "blueprint-changes/1"
    assert {"node": "thm:euclid", "aspect": "title", "before": "Euclid", "after": "Euclid of Alexandria"} in found[
        "changes"
    ]


def test_what_the_author_declares_is_told(packed: Path, folder: Path, capsysbinary) -> None:
    chapter = folder / "blueprint" / "src" / "chapters" / "sums.tex"
    head, flag, rest = chapter.read_text("utf-8").partition("\\leanok")
    chapter.write_text(head + rest)
    assert flag
    _, out, _ = run(capsysbinary, "compare", packed, folder)
    assert "def:sum  Definition 1.1 (Finite sum)\n  declared: no longer stated\n" in out
    assert "another colour" not in out
    assert "lem:sum-congr  Lemma 1.3\n  declared: no longer resting on stated nodes only" in out
    assert "statements in Lean  38 of 48 → 37 of 48" in out


def test_a_later_snapshot_remembers_when_and_which_commit(packed: Path) -> None:
    packing = read_snapshot(packed).snapshot.blueprint.packing
    assert packing is not None
    assert packing.project == "primes"
    assert packing.date.endswith("+00:00")


def test_a_report_and_a_badge_of_both(folder: Path, packed: Path, tmp_path: Path, capsysbinary) -> None:
    page, image = tmp_path / "report.html", tmp_path / "badge.svg"
    status, out, _ = run(capsysbinary, "report", packed, "-o", page)
    assert (status, out.split(",")[0]) == (0, f"{page}: 48 nodes")
    text = page.read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    for figure in ("statements", "proofs", "without-sorry", "verified"):
        assert run(capsysbinary, "badge", folder, "--count", figure, "-o", image)[0] == 0
        assert run(capsysbinary, "badge", packed, "--count", figure)[1] == image.read_text("utf-8")
