"""A project with several sources is one blueprint in which every node names its own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.graph import Edge, EdgeKind
from blueprint_app.sources.lean_files import LeanFiles
from blueprint_app.sources.leanblueprint.reader import read_blueprint
from blueprint_app.sources.project import read_project
from tests.sources.readings import by_id, codes, write_files

MANIFEST = {
    "graphs": [
        {
            "nodes": [
                {"label": "thm:verso", "kind": "theorem", "parent": "g", "statementUses": [{"label": "def:parity"}]},
                {"label": "def:parity", "kind": "definition", "statementStatus": "ready"},
            ]
        }
    ]
}
LIST = "- {id: thm:list, kind: theorem, chapter: More, uses: [thm:verso]}"


@pytest.fixture
def several(sample_copy: Callable[[str], Path]) -> Path:
    files = {"_out/blueprint-manifest.json": json.dumps(MANIFEST), "blueprint.yaml": LIST}
    return write_files(sample_copy("cycle"), files)


def test_several_sources_are_one_blueprint(several: Path) -> None:
    alone = read_blueprint(several)
    blueprint = read_project(several)
    assert blueprint.nodes[: len(alone.nodes)] == alone.nodes
    added = [(node.id, node.source) for node in blueprint.nodes[len(alone.nodes) :]]
    assert added == [("thm:verso", "verso-blueprint"), ("thm:list", "YAML")]
    assert (blueprint.title, blueprint.labels["thm:list"]) == (alone.title, "thm:list")
    keys = [heading.key for heading in blueprint.headings]
    assert len(set(keys)) == len(keys)
    headings = {heading.key: heading.title for heading in blueprint.headings}
    assert [headings[key] for key in by_id(blueprint)["thm:list"].path] == ["More"]


def test_uses_reach_across_sources(several: Path) -> None:
    edges = snapshot_of(read_project(several)).whole.edges
    assert Edge("def:parity", "thm:verso", EdgeKind.STATEMENT) in edges
    assert Edge("thm:verso", "thm:list", EdgeKind.STATEMENT) in edges


def test_claims_that_differ_are_reported(several: Path) -> None:
    found = [each for each in read_project(several).diagnostics if each.code == "sources-disagree"]
    assert [each.node for each in found] == ["def:parity"]
    assert "leanblueprint and verso-blueprint" in found[0].message


def test_a_leanblueprint_project_reads_no_lean_file(samples_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: LeanFiles, *arguments: object) -> None:
        raise AssertionError("a Lean file was asked for")

    for name in ("paths", "text", "containing", "of_module"):
        monkeypatch.setattr(LeanFiles, name, refuse)
    for name in ("primes", "chapters", "cycle"):
        assert read_project(samples_folder / name) == read_blueprint(samples_folder / name)


def test_files_that_were_read_are_named(samples_folder: Path) -> None:
    files = {file.path for file in read_project(samples_folder / "architect").files}
    assert {"blueprint/src/web.tex", "Naturals/Addition.lean", "Naturals/Order.lean"} <= files


def test_a_folder_with_nothing_says_what_to_do(tmp_path: Path) -> None:
    write_files(tmp_path, {"A.lean": "theorem a : True := trivial", "_out/x.json": "{}", "notes.txt": "", "x.html": ""})
    with pytest.raises(BlueprintError, match="No blueprint found"):
        read_project(tmp_path)
    with pytest.raises(BlueprintError):
        read_project(tmp_path / "nowhere")


def test_a_single_list_in_a_folder_is_taken(tmp_path: Path) -> None:
    write_files(tmp_path, {"plan.dot": "digraph { a -> b }"})
    assert [node.id for node in read_project(tmp_path).nodes] == ["a", "b"]


def test_lean_files_of_packages_are_not_looked_at(tmp_path: Path) -> None:
    tag = '@[blueprint "a"] def a := 1'
    write_files(tmp_path, {".lake/packages/p/P.lean": tag, "lake-packages/q/Q.lean": tag, "M.lean": "-- blueprint"})
    with pytest.raises(BlueprintError):
        read_project(tmp_path)


def test_a_lean_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "M.lean").write_bytes(b'-- \xe9\n@[blueprint "a"] def a := 1\n')
    blueprint = read_project(tmp_path)
    assert [node.id for node in blueprint.nodes] == ["a"]
    assert "not-utf8" in codes(blueprint)


def test_reading_can_be_stopped(samples_folder: Path) -> None:
    class StoppedError(Exception):
        pass

    def check() -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        read_project(samples_folder / "architect", check)
