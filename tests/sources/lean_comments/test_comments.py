"""TeX in comments of Lean files is read where the document asks for the file that would be made of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from blueprint_app.sources.project import read_project
from tests.sources.readings import by_id, codes, proof_uses_of, write_files


def test_sample(samples_folder: Path) -> None:
    blueprint = read_project(samples_folder / "comments")
    nodes = by_id(blueprint)
    assert [(node.id, node.number) for node in blueprint.nodes] == [
        ("def:half", "1.1"),
        ("lem:half-double", "1.2"),
        ("thm:half-loses", "1.3"),
    ]
    assert {node.source for node in blueprint.nodes} == {"leanblueprint-extract"}
    proof = nodes["lem:half-double"].proof
    assert proof is not None
    assert proof.leanok
    assert proof.tex == "Divide by $2$."
    assert (str(proof.place), proof.place.end_line) == ("Halves.lean:22", 26)
    assert proof_uses_of(nodes["thm:half-loses"]) == ("lem:half-double",)
    assert codes(blueprint) == []


def test_a_file_that_was_extracted_comes_first(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("comments")
    (folder / "blueprint/src/Halves.tex").write_text("\\chapter{Other}")
    assert read_project(folder).nodes == ()


def test_without_tex_each_file_is_read(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("comments")
    shutil.rmtree(folder / "blueprint")
    write_files(folder, {"Deep/More.lean": "--%%\\begin{lemma}\\label{more}\n--%%\\end{lemma}\n"})
    blueprint = read_project(folder)
    assert [node.id for node in blueprint.nodes] == ["more", "def:half", "lem:half-double", "thm:half-loses"]
    assert [heading.title for heading in blueprint.headings] == ["More", "Halves"]
    assert {node.source for node in blueprint.nodes} == {"leanblueprint-extract"}


def test_a_comment_without_end_is_reported(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("comments")
    with (folder / "Halves.lean").open("a") as file:
        file.write("\n/-%% \\begin{lemma}\n")
    blueprint = read_project(folder)
    assert len(blueprint.nodes) == 3
    (found,) = blueprint.diagnostics
    assert (found.code, str(found.place)) == ("comment-unclosed", "Halves.lean:45")
