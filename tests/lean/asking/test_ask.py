"""Lean itself is asked: what it says of true proofs, gaps and cheats, and what happens when it cannot answer."""

import json
import shutil
import time
from pathlib import Path

import pytest

from blueprint_app.lean.asking import ask as asking
from blueprint_app.lean.asking.ask import NO_PERMISSION, ask_lean
from blueprint_app.lean.asking.build import build
from blueprint_app.lean.asking.process import Limits
from blueprint_app.lean.asking.tools import NotAsked, find_tools, packages_at_hand
from blueprint_app.lean.project import read_project
from blueprint_app.lean.records.reader import RecordReader
from tests.lean.cheats import NAMES
from tests.lean.records.projects import write_project


def ask(folder: Path, names=NAMES, **options):
    project = read_project(folder)
    options.setdefault("permission", True)
    options.setdefault("limits", Limits(seconds=240))
    return ask_lean(project, RecordReader().read(project), names, **options)


@pytest.fixture(scope="session")
def answers(built_cheats, cheats_cache):
    return ask(built_cheats, cache_folder=cheats_cache / "lean-answers")


@pytest.mark.slow
def test_what_lean_says_of_truths_and_cheats(answers):
    said = answers.declarations
    assert answers.is_whole
    assert answers.not_asked is None
    assert not answers.dropped
    assert set(NAMES) - said.keys() == {"Small.absent"}
    fine = said["Small.fine"]
    assert (fine.kind, fine.module, fine.doc, fine.lines) == ("theorem", "Small.Base", "Really so.", (2, 3))
    assert fine.signature == "Small.fine (a b : Nat) (h : a = b) : b = a"
    assert (fine.axioms, fine.sorry_in, fine.statement_sorry, fine.proof_sorry) == ((), (), False, False)
    assert said["Small.number"].kind == "def"
    assert said["Nat.add_comm"].module.startswith("Init.")
    assert said["Small.hidden"].axioms == ()


@pytest.mark.slow
def test_where_a_sorry_sits(answers):
    said = answers.declarations

    def gaps(name):
        answer = said[name]
        return answer.statement_sorry, answer.proof_sorry, answer.sorry_in, "sorryAx" in answer.axioms

    assert gaps("Small.gap") == (False, True, (), True)
    assert gaps("Small.aboveGap") == (False, False, ("Small.gap",), True)
    assert gaps("Small.farAboveGap") == (False, False, ("Small.gap",), True)
    assert gaps("Small.statementGap") == (True, False, (), True)
    assert gaps("Small.quiet") == (False, True, (), True)
    assert gaps("_root_.Small.Tree")[3]
    assert gaps("Small.size")[3]
    assert gaps("Small.usesHidden") == (False, False, (), False)


@pytest.mark.slow
def test_axioms_by_their_full_names(answers):
    said = answers.declarations
    assert said["Small.cheat"].kind == "axiom"
    assert said["Small.byAxiom"].axioms == ("Small.cheat",)
    assert said["Small.byDisguise"].axioms == ("«Classical.choice»", "_private.Small.Cheats.0.Small.secret")
    assert said["Small.byEvaluation"].axioms
    assert any("ofReduceBool" in axiom or "native" in axiom for axiom in said["Small.byEvaluation"].axioms)


@pytest.mark.slow
def test_what_rests_on_what(answers):
    said = answers.declarations
    assert said["Small.aboveGap"].uses == ("Small.gap",)
    # Not looking past a declaration that was asked for.
    assert said["Small.farAboveGap"].uses == ("Small.aboveGap",)
    assert said["Small.farAboveGap"].statement_uses == ()
    assert set(said["Small.usesHidden"].uses) == {"Small.number", "Small.hidden"}
    assert said["Small.usesHidden"].statement_uses == ("Small.number",)
    assert "_root_.Small.Tree" in said["Small.size"].uses


@pytest.mark.slow
def test_facts_run_nothing_of_the_project(built_cheats, tmp_path):
    from blueprint_app.lean.asking.probe import Question, ask_facts, ask_signatures

    project = read_project(built_cheats)
    (built_cheats / "initialiser-ran").unlink(missing_ok=True)
    question = Question(("Small",), ("Small",), ("Small.plain",))
    assert ask_facts(find_tools(project), built_cheats, question, lambda: None)["Small.plain"].axioms == ()
    assert not (built_cheats / "initialiser-ran").exists()
    # Printing is what runs it.
    assert ask_signatures(find_tools(project), built_cheats, question, lambda: None)["Small.plain"][1] == "theorem"
    assert (built_cheats / "initialiser-ran").exists()


@pytest.mark.slow
def test_an_unchanged_build_is_not_asked_twice_and_an_edit_costs_only_its_own(
    built_cheats, cheats_cache, answers, tmp_path, monkeypatch
):
    monkeypatch.setattr(asking, "ask_facts", lambda *_: pytest.fail("Lean was asked"))
    again = ask(built_cheats, cache_folder=cheats_cache / "lean-answers", permission=False)
    assert again == answers
    # What an edit makes stale is not answered from the time before; the rest still is.
    copy = shutil.copytree(built_cheats, tmp_path / "small")
    text = (copy / "Small/Cheats.lean").read_text(encoding="utf-8")
    (copy / "Small/Cheats.lean").write_text(text + "-- changed", encoding="utf-8")
    edited = ask(copy, cache_folder=cheats_cache / "lean-answers")
    assert edited.declarations.keys() == {
        name for name, answer in answers.declarations.items() if answer.module != "Small.Cheats"
    }
    assert not edited.is_whole
    assert edited.modules == {"Small.Base", "Small.Init", "Small.Quiet"}


@pytest.mark.slow
def test_a_module_that_cannot_be_imported_is_left_out_with_its_importers(built_cheats, tmp_path):
    copy = shutil.copytree(built_cheats, tmp_path / "small")
    olean = copy / ".lake/build/lib/lean/Small/Cheats.olean"
    olean.write_bytes(olean.read_bytes()[:1000])
    found = ask(copy, ["Small.fine", "Small.byAxiom", "Small.plain"])
    assert found.declarations.keys() == {"Small.fine", "Small.plain"}
    assert found.dropped.keys() == {"Small.Cheats", "Small"}
    assert found.dropped["Small"] == "It imports Small.Cheats."
    assert not found.is_whole
    assert found.not_asked is None


@pytest.mark.slow
def test_cancel_and_time_limit_leave_no_lean_behind(built_cheats):
    class CancelledError(Exception):
        pass

    begun = time.monotonic()

    def check() -> None:
        if time.monotonic() - begun > 1.0:
            raise CancelledError

    with pytest.raises(CancelledError):
        ask(built_cheats, check=check)
    assert time.monotonic() - begun < 10
    limited = ask(built_cheats, limits=Limits(seconds=0.5))
    assert not limited.declarations
    assert "took longer" in limited.not_asked.reason


def test_without_permission_nothing_runs(tmp_path, monkeypatch):
    from tests.lean.records.projects import record

    folder = write_project(tmp_path, {"Small": ""})
    record(folder, "Small", "4.28")
    monkeypatch.setattr(asking, "find_tools", lambda _: pytest.fail("Lean was looked for"))
    assert ask(folder, permission=False).not_asked == NO_PERMISSION


def test_no_lean_is_a_reason(tmp_path, monkeypatch):
    from tests.lean.records.projects import record

    folder = write_project(tmp_path / "p", {"Small": ""})
    record(folder, "Small", "4.28")
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = ask(folder)
    assert "no Lean" in answer.not_asked.reason
    assert answer.not_asked.hint


def test_a_lake_that_cannot_run_or_answers_nothing_is_a_reason(tmp_path, monkeypatch):
    from tests.lean.records.projects import record

    folder = write_project(tmp_path / "p", {"Small": ""})
    record(folder, "Small", "4.28")
    broken = fake_lake(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{broken.parent}:/usr/bin:/bin")
    assert "downloading" in ask(folder).not_asked.reason
    broken.write_text("#!/no/such/interpreter\n", encoding="utf-8")
    assert "cannot be started" in ask(folder).not_asked.reason


def fake_lake(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lake"
    path.write_text("#!/bin/sh\necho called > called\necho downloading\nexit 1\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_elan_is_not_made_to_download(tmp_path, monkeypatch):
    project = read_project(write_project(tmp_path / "p", {"Small": ""}))
    elan = tmp_path / "elan"
    fake_lake(elan / "bin")
    monkeypatch.setenv("PATH", f"{elan / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("ELAN_HOME", str(elan))
    found = find_tools(project)
    assert isinstance(found, NotAsked)
    assert found.reason == "leanprover/lean4:v4.28.0 is not installed."
    # A build that the user starts may download; what is installed is called without elan in between.
    assert find_tools(project, network=True).lake == elan / "bin/lake"
    inside = fake_lake(elan / "toolchains/leanprover--lean4---v4.28.0/bin")
    found = find_tools(project)
    assert found.lake == inside
    assert found.environment["PATH"].startswith(str(inside.parent))


def test_a_lake_that_the_project_brings_is_not_called(tmp_path, monkeypatch):
    folder = write_project(tmp_path / "p", {"Small": ""})
    fake_lake(folder / "bin")
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:bin:.")
    monkeypatch.chdir(folder)
    assert isinstance(find_tools(read_project(folder)), NotAsked)


def test_lake_is_not_called_where_it_would_fetch(tmp_path):
    folder = write_project(tmp_path, {"Small": ""})
    commit = "0123456789abcdef0123456789abcdef01234567"
    manifest = {"version": "1.1.0", "packages": [{"type": "git", "name": "dep", "rev": commit, "url": "x"}]}
    (folder / "lake-manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "not on this machine" in packages_at_hand(read_project(folder)).reason
    head = folder / ".lake/packages/dep/.git/HEAD"
    head.parent.mkdir(parents=True)
    head.write_text(commit[::-1], encoding="utf-8")
    assert "not at the commit" in packages_at_hand(read_project(folder)).reason
    head.write_text(f"{commit}\n", encoding="utf-8")
    assert packages_at_hand(read_project(folder)) is None


@pytest.mark.slow
def test_build_streams_its_output_and_tells_how_it_ended(lake, tmp_path):
    folder = write_project(tmp_path, {"Small": "theorem x : 1 = 1 := rfl\n"})
    lines: list[str] = []
    assert build(read_project(folder), lines.append).succeeded
    assert any("Built Small" in line for line in lines)
    (folder / "Small.lean").write_text("theorem x : 1 = 2 := rfl\n", encoding="utf-8")
    lines.clear()
    assert not build(read_project(folder), lines.append).succeeded
    assert any(line.startswith("error:") for line in lines)
