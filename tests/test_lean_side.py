"""The Lean side as the window uses it: what was learnt once is not lost when something else changes."""

import pytest

from blueprint_app.bootstrap.lean_side import LeanSide
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.lean.evidence_file import evidence_file_of, judged_now, write_evidence
from blueprint_app.lean.project import read_project
from blueprint_app.lean.records.reader import RecordReader
from blueprint_app.live.following import Listener
from blueprint_app.live.scope import Kind
from blueprint_app.live.watching import Changed
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence

NAME = "Primes.exists_prime_gt"
TEX = "blueprint/src/chapters/primes.tex"


@pytest.fixture
def folder(sample_copy):
    return sample_copy("primes")


def published(folder, path):
    """A file that says Lean was asked about one declaration of the sources as they are."""
    project = read_project(folder)
    judged = judged_now(project, RecordReader().read(project))
    checked = DeclarationEvidence(NAME, EvidenceLevel.CHECKED, "theorem", "Primes.Prime", axioms=())
    write_evidence(path, evidence_file_of(ProjectEvidence({NAME: checked}), [NAME], judged, "2026-01-01", ""))
    return path


def changed(path, kind):
    return Changed(frozenset({path}), frozenset({kind}))


def test_what_is_learnt_beside_a_follower_outlives_a_change_of_the_text(folder, tmp_path):
    side = LeanSide(folder, tmp_path / "cache")
    follower = side.follower(open_project(folder), Listener(lambda _update: None))
    first = follower._read(changed("Primes/Prime.lean", Kind.LEAN), lambda: None)
    assert first.evidence.of(NAME).level is EvidenceLevel.SOURCE
    side.take(published(folder, tmp_path / "evidence.json"))
    side.evidence(first.blueprint)
    (folder / TEX).write_text((folder / TEX).read_text() + "\n% a word")
    second = follower._read(changed(TEX, Kind.BLUEPRINT), lambda: None)
    assert second.evidence.of(NAME).level is EvidenceLevel.CHECKED


def test_a_name_that_is_new_in_the_text_is_looked_up(folder, tmp_path):
    side = LeanSide(folder, tmp_path / "cache")
    follower = side.follower(open_project(folder), Listener(lambda _update: None))
    follower._read(changed("Primes/Prime.lean", Kind.LEAN), lambda: None)
    lemma = "\n\\begin{lemma}\\label{lem:more}\\lean{Primes.not_there}\\leanok More.\\end{lemma}\n"
    (folder / TEX).write_text((folder / TEX).read_text() + lemma)
    snapshot = follower._read(changed(TEX, Kind.BLUEPRINT), lambda: None)
    assert snapshot.node_evidence["lem:more"].level is EvidenceLevel.MISSING


def test_a_file_that_is_no_evidence_is_not_taken(folder, tmp_path):
    side = LeanSide(folder, tmp_path / "cache")
    with pytest.raises(BlueprintError):
        side.take(tmp_path / "absent.json")
    assert side.imported is None


def test_whose_evidence_is_in_use_is_told_with_its_date(folder, tmp_path):
    side = LeanSide(folder, tmp_path / "cache")
    blueprint = open_project(folder).blueprint
    assert side.evidence(blueprint).published is None
    file = published(folder, tmp_path / "evidence.json")
    side.take(file)
    evidence = side.evidence(blueprint)
    assert (evidence.published.source, evidence.published.date) == (str(file), "2026-01-01")
    assert evidence.of(NAME).origin == evidence.published
    side.imported = None
    assert side.evidence(blueprint).of(NAME).level is EvidenceLevel.SOURCE


def test_imported_evidence_that_is_gone_is_said_and_nothing_else_is_lost(folder, tmp_path):
    side = LeanSide(folder, tmp_path / "cache")
    side.imported = tmp_path / "gone.json"
    evidence = side.evidence(open_project(folder).blueprint)
    assert evidence.of(NAME).level is EvidenceLevel.SOURCE
    assert evidence.published is None
    (remark,) = (each for each in evidence.remarks if each.code == "evidence-gone")
    assert "gone.json is not there any more" in remark.message


def test_a_folder_without_lean_has_no_evidence_and_nothing_to_build(tmp_path, samples_folder):
    side = LeanSide(tmp_path, tmp_path / "cache")
    with pytest.raises(BlueprintError, match="no Lean project"):
        side.build(lambda _line: None)
