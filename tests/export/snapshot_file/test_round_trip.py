"""What is read from a snapshot file is what was written, and what follows from it is computed anew."""

from dataclasses import replace
from pathlib import Path

import pytest

from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.export.snapshot_file import PackedProject, read_snapshot, write_snapshot
from blueprint_app.layout.cache import fingerprint
from blueprint_app.layout.problem import problem_of
from blueprint_app.model.blueprint import Packing, Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.evidence import NO_EVIDENCE, DeclarationEvidence, EvidenceLevel, Origin, ProjectEvidence
from blueprint_app.model.headline import Headline
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot
from tests.export.snapshot_file.conftest import Packed
from tests.export.snapshot_file.packing import Parts, parts_of, rewritten

PACKING = Packing("project", "2026-11-03T14:15:02+00:00", "01c9b66", False)


def check_same(read: Snapshot, written: Snapshot, path: Path, packing: Packing) -> None:
    moved = replace(written.blueprint, folder=str(path), packing=packing)
    assert read.blueprint == moved
    assert list(read.blueprint.labels) == list(moved.labels)
    assert read.evidence == written.evidence
    assert read.provenance == written.provenance
    assert read == snapshot_of(moved, written.reading, written.evidence, written.provenance)


def round_trip(snapshot: Snapshot, path: Path) -> None:
    write_snapshot(PackedProject(snapshot), PACKING, path)
    check_same(read_snapshot(path).snapshot, snapshot, path, PACKING)


@pytest.mark.parametrize("name", ["architect", "chapters", "comments", "cycle", "lists", "primes", "verso"])
def test_samples(samples_folder: Path, tmp_path: Path, name: str) -> None:
    snapshot = open_project(samples_folder / name)
    evidence = lean_side(Path(snapshot.blueprint.folder)).evidence(snapshot.blueprint)
    for reading in Reading:
        round_trip(snapshot_of(snapshot.blueprint, reading, evidence), tmp_path / "x.bpsnap")


@pytest.mark.slow
def test_real_projects(corpus_folder: Path, corpus_name: str, tmp_path: Path) -> None:
    snapshot = open_project(corpus_folder / corpus_name)
    evidence = lean_side(Path(snapshot.blueprint.folder)).evidence(snapshot.blueprint)
    round_trip(snapshot_of(snapshot.blueprint, Reading.LEANBLUEPRINT, evidence), tmp_path / "x.bpsnap")


def test_every_field_of_evidence(samples_folder: Path, tmp_path: Path) -> None:
    snapshot = open_project(samples_folder / "chapters")
    place = Place("A/B.lean", 3, 4, 9)
    before = DeclarationEvidence("A.b", EvidenceLevel.CHECKED, axioms=(), origin=Origin("ci.json", "2026", "abc"))
    full = DeclarationEvidence(
        "A.b", EvidenceLevel.BUILT, "theorem", "A.B", place, "theorem b", "b : ∀ x, 𝔽 x", "doc", False, True,
        ("propext",), ("A.c",), ("A.d",), (), True, True, True, Origin("x"), before,
    )  # fmt: skip
    evidence = ProjectEvidence(
        {"A.b": full}, frozenset({"A", "Z"}), True, (("A.b", place, place),), "v4.28.0", frozenset({"own"}),
        (Diagnostic(Severity.NOTE, "not-built", "It is not built.", "Build it.", place, "lem:a"),), Origin("ci.json"),
    )  # fmt: skip
    round_trip(snapshot_of(snapshot.blueprint, Reading.STRICT, evidence), tmp_path / "x.bpsnap")


def test_without_evidence_nothing_was_looked_at(samples_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.bpsnap"
    write_snapshot(PackedProject(open_project(samples_folder / "cycle")), PACKING, path)
    assert read_snapshot(path).snapshot.evidence is NO_EVIDENCE


def test_the_whole_project(packed: Packed) -> None:
    project = read_snapshot(packed.path)
    packing = project.snapshot.blueprint.packing
    assert packing is not None
    assert (packing.project, packing.commit) == ("chapters", "")
    check_same(project.snapshot, packed.snapshot, packed.path, packing)
    assert Headline.AI_DRAFTED in project.snapshot.headlines.values()
    assert project.layouts.keys() == {
        fingerprint(problem_of(project.snapshot, graph))
        for graph in (*project.snapshot.graphs, project.snapshot.whole)
        if graph.nodes
    }


def test_attempts(packed: Packed) -> None:
    own, carried = attempt_store(Path(packed.snapshot.blueprint.folder)), attempt_store(packed.path)
    records, problems = carried.read()
    assert (records, problems) == own.read()
    assert [len(record.verdicts) for record in records] == [1, 0]
    assert [carried.reply(record) for record in records] == [own.reply(record) for record in records]
    assert "\r\n" in carried.reply(records[0])


def test_nothing_tells_where_the_project_lay(packed: Packed) -> None:
    folder = packed.snapshot.blueprint.folder
    assert folder not in str(parts_of(packed.path))


def test_equal_projects_give_equal_files(packed: Packed, tmp_path: Path) -> None:
    project = read_snapshot(packed.path)
    packing = project.snapshot.blueprint.packing
    assert packing is not None
    again = tmp_path / "again.bpsnap"
    write_snapshot(project, packing, again)
    assert again.read_bytes() == packed.path.read_bytes()


def test_states_follow_from_what_the_author_wrote(packed: Packed) -> None:
    """A file cannot claim a state: it carries none."""

    def claim(parts: Parts) -> None:
        for node in parts["blueprint.json"]["nodes"]:
            node["headline"] = "fully verified"
            node["statement"].pop("leanok", None)
        parts["manifest.json"]["status"] = {"all": "green"}
        parts.pop("evidence.json")

    snapshot = read_snapshot(rewritten(packed.path, claim)).snapshot
    assert {Headline.INFORMAL, Headline.AI_DRAFTED, Headline.NOT_READY} == set(snapshot.headlines.values())


def test_another_reading_is_derived(packed: Packed) -> None:
    assert read_snapshot(packed.path).snapshot.reading is Reading.LEANBLUEPRINT
    assert read_snapshot(packed.path, Reading.STRICT).snapshot == snapshot_of(
        read_snapshot(packed.path).snapshot.blueprint,
        Reading.STRICT,
        packed.snapshot.evidence,
        packed.snapshot.provenance,
    )
