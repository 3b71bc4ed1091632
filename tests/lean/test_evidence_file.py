"""Evidence as a file: what was written comes back, counts where sources are the same, and damage is told in words."""

import json
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.lean.evidence_file import (
    SCHEMA,
    EvidenceFile,
    evidence_file_of,
    judged_now,
    merge,
    project_commit,
    read_evidence,
    write_evidence,
)
from blueprint_app.lean.gather import EVIDENCE_FILE, gather, gather_evidence
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, Origin, ProjectEvidence
from blueprint_app.model.place import Place
from tests.lean.records.projects import write_project

SOURCES = {
    "Small": "import Small.A\nimport Small.B\n",
    "Small.A": "theorem Small.a : 1 = 1 := rfl\n",
    "Small.B": "import Small.A\ntheorem Small.b : 1 = 1 := Small.a\n",
    "Small.C": "theorem Small.c : 1 = 1 := rfl\n",
}
CHECKED = {
    name: DeclarationEvidence(
        f"Small.{name}",
        EvidenceLevel.CHECKED,
        "theorem",
        f"Small.{name.upper()}",
        Place(f"Small/{name.upper()}.lean", 1, end_line=2),
        signature=f"Small.{name} : 1 = 1",
        doc="∀",
        statement_sorry=False,
        proof_sorry=False,
        axioms=("propext",),
        sorry_in=(),
        uses=("Small.a",),
        statement_uses=(),
    )
    for name in "abc"
}
LIBRARY = DeclarationEvidence("Nat.add_comm", EvidenceLevel.CHECKED, module="Init.Nat", axioms=(), is_external=True)
NAMES = ["Small.a", "Small.b", "Small.c", "Nat.add_comm"]


@pytest.fixture
def folder(tmp_path):
    return write_project(tmp_path / "p", SOURCES)


def published(folder) -> EvidenceFile:
    """What another machine would have written of the folder as it is."""
    gathered = gather(folder, [])
    known = ProjectEvidence({each.name: each for each in (*CHECKED.values(), LIBRARY)})
    judged = judged_now(gathered.project, gathered.records)
    return evidence_file_of(known, [*NAMES, "Small.unknown"], judged, "2026-11-23T17:00:00Z", "0" * 40)


def merged(folder, content, here=None):
    gathered = gather(folder, NAMES)
    return merge(here or gathered.evidence, content, "ci", gathered.project, gathered.records)


def test_what_was_written_comes_back(folder, tmp_path):
    content = published(folder)
    path = tmp_path / "evidence.json"
    write_evidence(path, content)
    assert read_evidence(path) == content
    assert content.declarations.keys() == set(NAMES)
    assert json.loads(path.read_text(encoding="utf-8"))["schema"] == SCHEMA
    assert [each.name for each in tmp_path.iterdir()].count("evidence.json") == 1
    # Twice the same is the same, byte for byte: files in a repository show what changed.
    before = path.read_bytes()
    write_evidence(path, read_evidence(path))
    assert path.read_bytes() == before


def test_it_counts_where_sources_are_the_same(folder):
    evidence = merged(folder, published(folder))
    found = evidence.of("Small.b")
    assert found.level is EvidenceLevel.CHECKED
    assert found.origin == Origin("ci", "2026-11-23T17:00:00Z", "0" * 40)
    assert not found.stale
    assert found.statement.startswith("theorem Small.b")
    assert evidence.of("Nat.add_comm").level is EvidenceLevel.CHECKED
    # Line ends differ between checkouts of one commit.
    content = published(folder)
    for path in folder.rglob("*.lean"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert merged(folder, content).of("Small.a").level is EvidenceLevel.CHECKED


@pytest.mark.parametrize(
    ("changed", "fresh"),
    [
        ("Small/A.lean", {"c", "Nat"}),
        ("Small/B.lean", {"a", "c", "Nat"}),
        ("Small.lean", {"a", "b", "c", "Nat"}),
        ("lean-toolchain", set()),
        ("lake-manifest.json", set()),
    ],
)
def test_it_is_stale_where_they_differ(folder, changed, fresh):
    content = published(folder)
    with (folder / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    if changed == "lean-toolchain":
        (folder / changed).write_text("leanprover/lean4:v4.29.0\n", encoding="utf-8")
    evidence = merged(folder, content)
    names = {"a": "Small.a", "b": "Small.b", "c": "Small.c", "Nat": "Nat.add_comm"}
    found = {short: evidence.of(name) for short, name in names.items()}
    assert {short for short, each in found.items() if each.level is EvidenceLevel.CHECKED} == fresh
    for short in names.keys() - fresh:
        # Shown as having been, counted as nothing.
        assert found[short].stale
        assert found[short].axioms is None
        assert found[short].earlier.level is EvidenceLevel.CHECKED
        assert found[short].earlier.origin.source == "ci"


def test_what_is_known_here_is_not_weakened(folder):
    content = published(folder)
    # Text that is the same, and yet has a sorry: the file does not speak the truth.
    gathered = gather(folder, NAMES)
    here = gathered.evidence.of("Small.a")
    doubtful = replace(gathered.evidence, declarations={"Small.a": replace(here, proof_sorry=True)})
    assert merged(folder, content, doubtful).of("Small.a").proof_sorry is True
    own = replace(CHECKED["a"], axioms=("Small.cheat",))
    known = replace(gathered.evidence, declarations={"Small.a": own})
    assert merged(folder, content, known).of("Small.a") == own


def test_a_fact_about_another_module_than_the_name_lives_in_is_not_current(folder):
    content = published(folder)
    moved = replace(content.declarations["Small.a"], module="Elsewhere")
    nowhere = replace(content.declarations["Small.b"], module="")
    forged = replace(content, declarations={"Small.a": moved, "Small.b": nowhere})
    (folder / "Small/A.lean").write_text("theorem Small.a : 1 = 2 := foo\n", encoding="utf-8")
    evidence = merged(folder, forged)
    assert {evidence.of(name).level for name in ("Small.a", "Small.b")} == {EvidenceLevel.SOURCE}


def test_neither_stale_nor_imported_evidence_is_passed_on_as_ones_own(folder):
    gathered = gather(folder, NAMES)
    mixed = {
        "Small.a": replace(CHECKED["a"], stale=True),
        "Small.b": replace(CHECKED["b"], origin=Origin("ci")),
        "Small.c": CHECKED["c"],
    }
    judged = judged_now(gathered.project, gathered.records)
    assert evidence_file_of(ProjectEvidence(mixed), NAMES, judged, "", "").declarations.keys() == {"Small.c"}


def test_a_published_file_is_found_and_a_damaged_one_is_told_of(folder):
    content = published(folder)
    path = folder / EVIDENCE_FILE
    path.parent.mkdir()
    write_evidence(path, content)
    evidence = gather_evidence(folder, NAMES)
    assert evidence.of("Small.a").origin.source == EVIDENCE_FILE
    path.write_text("{", encoding="utf-8")
    evidence = gather_evidence(folder, NAMES)
    assert evidence.of("Small.a").level is EvidenceLevel.SOURCE
    assert "evidence-file" in {remark.code for remark in evidence.remarks}


def data_of(folder, tmp_path):
    path = tmp_path / "evidence.json"
    write_evidence(path, published(folder))
    return path, json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data: data | {"schema": "blueprint-evidence/2"}, "cannot read (blueprint-evidence/2)"),
        (lambda data: data | {"schema": 1}, "is no evidence file"),
        (lambda data: [data], "is no evidence file"),
        (lambda data: data | {"modules": []}, "modules of the file"),
        (lambda data: data | {"modules": {"A": 1}}, "modules of the file"),
        (lambda data: data | {"declarations": [1]}, "a declaration is no object"),
        (lambda data: data | {"declarations": [{"name": "a", "level": "certain"}]}, "no known level"),
        (lambda data: data | {"declarations": [{"name": "a", "level": "checked"}]}, "axioms are not given"),
        (lambda data: data | {"declarations": [{"name": "a", "level": "built", "axioms": [1]}]}, "axioms of"),
        (
            lambda data: data | {"declarations": [{"name": "a", "level": "built", "place": {"line": 10**30}}]},
            "no line number",
        ),
        (lambda data: data | {"declarations": [{"name": "a", "level": "built", "place": {"line": True}}]}, "line"),
        (lambda data: data | {"declarations": [{"name": "a", "level": "built", "proof_sorry": "no"}]}, "proof_sorry"),
    ],
)
def test_damage_is_told_in_words(folder, tmp_path, change, words):
    path, data = data_of(folder, tmp_path)
    path.write_text(json.dumps(change(data)), encoding="utf-8")
    with pytest.raises(BlueprintError) as caught:
        read_evidence(path)
    assert words in caught.value.what_happened
    assert caught.value.what_to_do


@pytest.mark.parametrize("text", ["", "[" * 200_000, '{"schema":' + "1" * 100_000 + "}", "\x00", '{"schema": NaN}'])
def test_what_is_no_json(tmp_path, text):
    path = tmp_path / "evidence.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BlueprintError):
        read_evidence(path)
    with pytest.raises(BlueprintError):
        read_evidence(tmp_path / "absent.json")


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.lists(st.text(max_size=3), max_size=2)


@given(st.dictionaries(st.sampled_from(["name", "level", "module", "place", "axioms", "uses", "x"]), VALUES), VALUES)
def test_any_declaration_is_read_or_refused(tmp_path_factory, entry, modules):
    path = tmp_path_factory.mktemp("evidence") / "e.json"
    data = {"schema": SCHEMA, "modules": modules, "declarations": [{"name": "a", "level": "source"} | entry]}
    path.write_text(json.dumps(data), encoding="utf-8")
    try:
        content = read_evidence(path)
    except BlueprintError:
        return
    assert all(isinstance(each.level, EvidenceLevel) for each in content.declarations.values())


def test_a_disk_that_refuses(folder, tmp_path):
    with pytest.raises(BlueprintError):
        write_evidence(tmp_path / "no" / "such" / "folder.json", published(folder))
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(BlueprintError):
        write_evidence(target, published(folder))
    assert list(tmp_path.glob(".target*")) == []


def test_the_commit_of_a_project_without_running_its_hooks(tmp_path):
    assert project_commit(tmp_path) == ""
    repository = tmp_path / "r"
    repository.mkdir()

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=repository, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    git("init", "-q")
    assert project_commit(repository) == ""
    git("commit", "-q", "--allow-empty", "-m", "x")
    (repository / "spy").write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    (repository / "spy").chmod(0o755)
    git("config", "core.fsmonitor", str(repository / "spy"))
    assert project_commit(repository) == git("-c", "core.fsmonitor=false", "rev-parse", "HEAD")
    assert not (repository / "ran").exists()
