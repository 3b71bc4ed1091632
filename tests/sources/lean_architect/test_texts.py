"""Nodes that stand in Lean files come in where the document asks for them, built or not."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.sources.project import read_project
from tests.sources.readings import by_id, codes, lean_of, proof_uses_of, uses_of, write_files

WEB = (
    "\\documentclass{report}\\usepackage{amsthm}\\usepackage{blueprint}"
    "\\newtheorem{theorem}{Theorem}\\newtheorem{lemma}{Lemma}\\newtheorem{definition}{Definition}"
    "\\input{../../.lake/build/blueprint/library/M}\\begin{document}\n%s\n\\end{document}"
)


def project(folder: Path, body: str, lean: dict[str, str]) -> Blueprint:
    write_files(folder, {"lakefile.toml": "", "blueprint/src/web.tex": WEB % body, **lean})
    return read_project(folder)


@pytest.fixture(scope="module")
def sample(samples_folder: Path) -> Blueprint:
    return read_project(samples_folder / "architect")


def test_sample_has_its_nodes_in_the_order_of_the_document(sample: Blueprint) -> None:
    assert [(node.id, node.number) for node in sample.nodes] == [
        ("Count", "1.1"),
        ("def:add", "1.2"),
        ("lem:zero-add", "1.3"),
        ("lem:succ-add", "1.4"),
        ("thm:add-comm", "1.5"),
        ("thm:cancel", "1.6"),
        ("def:le", "2.1"),
        ("lem:le-trans", "2.2"),
        ("lem:le-refl", "2.3"),
        ("thm:le-total", "2.4"),
        ("lem:core-add-comm", "2.5"),
    ]
    assert [(heading.level, heading.title) for heading in sample.headings] == [
        ("chapter", "Counting"),
        ("section", "Addition"),
        ("chapter", "Order"),
    ]
    assert {node.source for node in sample.nodes} == {"LeanArchitect", "leanblueprint"}
    assert by_id(sample)["lem:le-trans"].source == "leanblueprint"


def test_sample_says_what_its_author_said(sample: Blueprint) -> None:
    nodes = by_id(sample)
    assert nodes["Count"].statement.tex == "The natural numbers, counted from `zero`."
    assert nodes["def:add"].title == "Addition"
    assert uses_of(nodes["def:add"]) == ("Count",)
    assert (nodes["def:add"].kind, nodes["lem:zero-add"].kind, nodes["thm:add-comm"].kind) == (
        "definition",
        "lemma",
        "theorem",
    )
    assert nodes["lem:succ-add"].discussion == "12"
    commutes = nodes["thm:add-comm"]
    assert commutes.statement.leanok
    assert commutes.proof is not None
    assert not commutes.proof.leanok
    assert commutes.proof.tex == "The beginning is \\cref{lem:zero-add},\n\nand the step is \\cref{lem:succ-add}."
    assert proof_uses_of(commutes) == ("lem:zero-add", "lem:succ-add")
    assert nodes["thm:le-total"].statement.notready


def test_sample_places_lead_to_the_lean_files(sample: Blueprint, samples_folder: Path) -> None:
    for node in sample.nodes:
        if node.source == "LeanArchitect":
            lines = (samples_folder / "architect" / node.statement.place.file).read_text("utf-8").splitlines()
            assert "blueprint" in lines[node.statement.place.line - 1] + lines[node.statement.place.line]
    proof = by_id(sample)["thm:add-comm"].proof
    assert proof is not None
    assert (proof.place.file, proof.place.line, proof.place.end_line) == ("Naturals/Addition.lean", 49, 56)


def test_nodes_of_one_label_are_one(sample: Blueprint) -> None:
    node = by_id(sample)["thm:cancel"]
    assert lean_of(node) == ("Count.cancel_right", "Count.cancel_left")
    assert node.statement.tex.startswith("If $a + c")
    assert uses_of(node) == ("def:add", "Count"), "one of the two takes Count back"
    assert proof_uses_of(node) == ("thm:add-comm",)


def test_all_of_one_label_must_be_done(tmp_path: Path) -> None:
    lean = '@[blueprint "a"] theorem x : True := trivial\n@[blueprint "a"] theorem y : True := sorry\n'
    (node,) = project(tmp_path, "\\inputleannode{a}", {"M.lean": lean}).nodes
    assert node.statement.leanok
    assert node.proof is not None
    assert not node.proof.leanok


def test_sample_tells_what_is_not_known(sample: Blueprint) -> None:
    assert sorted(codes(sample)) == ["leanarchitect-unbuilt", "leannode-missing"]
    missing = next(each for each in sample.diagnostics if each.code == "leannode-missing")
    assert str(missing.place) == "blueprint/src/content.tex:18"


def test_without_tex_the_modules_are_the_chapters(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("architect")
    for path in (folder / "blueprint").rglob("*.tex"):
        path.unlink()
    blueprint = read_project(folder)
    assert len(blueprint.nodes) == 10
    assert [h.title for h in blueprint.headings if h.level == "chapter"] == ["Naturals.Addition", "Naturals.Order"]


def test_faults_of_the_tex_are_found_in_the_lean_file(tmp_path: Path) -> None:
    lean = 'import Architect\n\n@[blueprint "a"\n  (statement := /-- One\n  line { with a fault. -/)]\ndef x := 1\n'
    blueprint = project(tmp_path, "\\inputleannode{a}\n\\inputleanmodule{No.Such}", {"M.lean": lean})
    places = {each.code: str(each.place) for each in blueprint.diagnostics}
    assert places["braces-unbalanced"] == "M.lean:5"
    assert places["leanmodule-missing"] == "blueprint/src/web.tex:3"


def test_a_node_that_asks_for_itself_ends(tmp_path: Path) -> None:
    lean = '@[blueprint "a" (statement := /-- \\inputleannode{a} \\inputleanmodule{M} -/)] def x := 1\n'
    blueprint = project(tmp_path, "\\inputleannode{a}", {"M.lean": lean})
    assert 1 <= codes(blueprint).count("include-loop") <= 3


def test_a_module_cannot_lead_out_of_the_project(tmp_path: Path) -> None:
    write_files(tmp_path, {"Out.lean": '@[blueprint "secret"] def x := 1\n'})
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "Link.lean").symlink_to(tmp_path / "Out.lean")
    blueprint = project(tmp_path / "p", "\\inputleanmodule{Link}\\inputleanmodule{...Out}\\inputleannode{secret}", {})
    assert blueprint.nodes == ()


def part(text: str, *, uses: tuple[str, ...] = (), ok: bool = True, environment: str = "theorem") -> dict[str, Any]:
    return {"leanOk": ok, "text": text, "uses": list(uses), "latexEnv": environment}


def node(label: str, name: str, module: str = "M", **data: Any) -> dict[str, Any]:
    location = {"module": module, "range": {"pos": {"line": 3, "column": 0}, "endPos": {"line": 5, "column": 2}}}
    return {
        "type": "node",
        "data": {
            "name": name,
            "latexLabel": label,
            "proof": None,
            "notReady": False,
            "discussion": None,
            "title": None,
            "hasLean": True,
            "file": "/elsewhere/M.lean",
            "location": location,
            **data,
        },
    }


def built_json(entries: object) -> dict[str, str]:
    return {"M.lean": "\n" * 9, ".lake/build/blueprint/module/M.json": json.dumps(entries)}


def test_built_json(tmp_path: Path) -> None:
    entries = [
        {"type": "moduleDoc", "data": "\\section{From Lean}"},
        node("a", "M.a", statement=part("A.", environment="definition")),
        node("b", "M.b", statement=part("B.", uses=("a",)), proof=part("", uses=("a",), ok=False), title="T"),
        node("b", "M.b'", statement=part("", uses=("c",), ok=False), proof=part("", ok=True), discussion=7),
        node("c", "List.c", module="Mathlib.Data.List", statement=part("C."), notReady=True),
    ]
    blueprint = project(tmp_path, "\\inputleanmodule{M}", built_json(entries))
    nodes = by_id(blueprint)
    assert list(nodes) == ["a", "b", "c"]
    assert [heading.title for heading in blueprint.headings] == ["From Lean"]
    assert lean_of(nodes["b"]) == ("M.b", "M.b'")
    assert uses_of(nodes["b"]) == ("a", "c")
    assert (nodes["b"].statement.leanok, nodes["b"].title, nodes["b"].discussion) == (None, "T", "7")
    assert nodes["c"].statement.mathlibok
    assert nodes["c"].statement.notready
    assert (nodes["a"].statement.place.file, nodes["a"].statement.place.line) == ("M.lean", 3)
    assert codes(blueprint) == []


@pytest.mark.parametrize(
    "content",
    [
        "[",
        "{}",
        "null",
        '[{"type":"node"}]',
        '[{"type":"node","data":{"latexLabel":"a","name":"a","statement":5}}]',
        '[{"type":"moduleDoc","data":[]}, 7]',
        "[" * 5000,
    ],
)
def test_damaged_json_is_reported(tmp_path: Path, content: str) -> None:
    files = {"M.lean": "", ".lake/build/blueprint/module/M.json": content}
    blueprint = project(tmp_path, "\\inputleanmodule{M}", files)
    assert "leanarchitect-output-damaged" in codes(blueprint)
    assert blueprint.nodes == ()


BUILT_TEX = {
    "A/M.lean": "\n" * 30,
    ".lake/build/blueprint/module/A/M.tex": (
        "%%% Macro definitions %%%\n\\newleannode{lem:x/y}{\\input{/home/other/module/A/M.artifacts/lem:x/y}}\n\n"
        "\\newleanmodule{A.M}{\nBefore.\n\n\\inputleannode{lem:x/y}\n}"
    ),
    ".lake/build/blueprint/module/A/M.artifacts/lem:x/y.tex": (
        "\\begin{lemma}[T]\n\\uses{a}\n\\label{lem:x/y}\n\\lean{A.x}\n% at /home/other/A/M.lean:12.0-20.5\n\\leanok\n"
        "Text.\n\\end{lemma}\n\\begin{proof}\n\\uses{b}\n\\leanok\n\n\\end{proof}\n"
    ),
}


def test_built_tex(tmp_path: Path) -> None:
    blueprint = project(tmp_path, "\\inputleanmodule{A.M}", BUILT_TEX)
    (found,) = blueprint.nodes
    assert (found.id, found.title, found.source, found.statement.tex) == ("lem:x/y", "T", "LeanArchitect", "Text.")
    assert (found.statement.place.file, found.statement.place.line) == ("A/M.lean", 12)
    assert (uses_of(found), proof_uses_of(found)) == (("a",), ("b",))
    assert "leanarchitect-unbuilt" not in codes(blueprint)


def test_a_build_that_is_older_than_its_source_is_told(tmp_path: Path) -> None:
    project(tmp_path, "\\inputleanmodule{A.M}", BUILT_TEX)
    os.utime(tmp_path / ".lake/build/blueprint/module/A/M.tex", (1, 1))
    assert "leanarchitect-stale" in codes(read_project(tmp_path))


def test_damaged_tex_of_a_module_is_reported(tmp_path: Path) -> None:
    files = {"M.lean": "", ".lake/build/blueprint/module/M.tex": "\\newleanmodule{Other}{"}
    assert "leanarchitect-output-damaged" in codes(project(tmp_path, "\\inputleanmodule{M}", files))
