"""What verso-blueprint writes is read as far as it is known, and the rest is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.sources.listed_file import ListedFile
from blueprint_app.sources.project import read_project
from blueprint_app.sources.verso.manifest import _Reader, plain_name
from tests.sources.readings import by_id, codes, lean_of, proof_uses_of, uses_of, write_files

PLACE = "_out/site/html-multi/-verso-data/blueprint-manifest.json"


def test_sample(samples_folder: Path) -> None:
    blueprint = read_project(samples_folder / "verso")
    nodes = by_id(blueprint)
    assert list(nodes) == ["def:word", "lem:empty", "thm:free", "thm:list", "thm:later"]
    assert [heading.title for heading in blueprint.headings] == ["Words and letters"]
    word = nodes["def:word"]
    assert (word.kind, word.caption, word.number, word.title) == ("definition", "Definition", "1.1", "Words")
    assert word.statement.tex == "A \\textbf{word} over \\(A\\) is a list of its letters."
    assert str(word.statement.place) == "Words.lean:12"
    assert lean_of(word) == ("Word",)
    assert uses_of(nodes["thm:free"]) == ("def:word",)
    assert proof_uses_of(nodes["thm:free"]) == ("lem:empty",)
    assert lean_of(nodes["thm:list"]) == ("List.append_assoc",)
    assert nodes["thm:list"].statement.tex == "Lists over $A$ form a monoid."
    assert {node.source for node in blueprint.nodes} == {"verso-blueprint"}


def test_states_become_claims(samples_folder: Path) -> None:
    nodes = by_id(read_project(samples_folder / "verso"))
    claims = {
        name: (node.statement.is_leanok, node.proof is not None and node.proof.is_leanok)
        for name, node in nodes.items()
    }
    assert claims == {
        "def:word": (True, False),
        "lem:empty": (True, True),
        "thm:free": (True, False),
        "thm:list": (True, True),
        "thm:later": (False, False),
    }
    assert nodes["thm:list"].statement.mathlibok
    assert nodes["thm:free"].proof is not None, "incomplete code is a proof begun"


def test_unknown_words_are_named(samples_folder: Path) -> None:
    (found,) = read_project(samples_folder / "verso").diagnostics
    assert (found.code, found.node) == ("verso-unknown", "thm:later")
    assert "'promised'" in found.message


def test_edges_serve_where_nodes_have_no_uses(tmp_path: Path) -> None:
    manifest = {
        "graphs": [
            {
                "nodes": [{"label": "a"}, {"label": "b", "parent": "«The group»"}],
                "edges": [{"source": "a", "target": "b", "axes": ["statement", "proof"]}, {"source": "a"}],
            }
        ],
        "novelty": 1,
    }
    blueprint = read_project(write_files(tmp_path, {PLACE: json.dumps(manifest)}))
    node = by_id(blueprint)["b"]
    assert (uses_of(node), proof_uses_of(node)) == (("a",), ("a",))
    assert [heading.title for heading in blueprint.headings] == ["The group"]
    assert codes(blueprint) == ["verso-unknown"]


def test_manifests_of_parts_are_one_blueprint(tmp_path: Path) -> None:
    short = {"graphs": [{"nodes": [{"label": "a"}, {"label": "b", "statementUses": ["a"]}]}]}
    full = {"graphs": [{"nodes": [{"label": "a", "kind": "theorem", "statementUses": [{"label": "b"}]}]}]}
    files = {f"_out/{part}/blueprint-manifest.json": json.dumps(text) for part, text in (("1", short), ("2", full))}
    nodes = by_id(read_project(write_files(tmp_path, files)))
    assert list(nodes) == ["a", "b"]
    assert nodes["a"].kind == "theorem"


@pytest.mark.parametrize("content", ["", "[", "[]", "5", "[" * 5000, '{"graphs": 3}'])
def test_damaged_manifests_are_reported(tmp_path: Path, content: str) -> None:
    blueprint = read_project(write_files(tmp_path, {PLACE: content}))
    assert blueprint.nodes == ()
    assert codes(blueprint) in (["verso-damaged"], ["verso-empty"], [])
    assert content == "" or codes(blueprint)


def test_quotation_marks_of_names() -> None:
    assert plain_name("«a b».c.«d»") == "a b.c.d"


KEYS = ("graphs", "nodes", "edges", "label", "title", "previewKey", "previews", "key", "kind", "parent", "axes",
        "statementUses", "proofUses", "source", "target", "codeData", "external", "decls", "canonical", "inline",
        "code", "definedDefs", "name", "sourceLocation", "location", "range", "start", "line", "groups")  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "a", "lean:x", "theorem", "..", "/x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries(
        {
            "graphs": st.lists(
                st.fixed_dictionaries({"nodes": st.lists(VALUES, max_size=3), "edges": VALUES}), max_size=2
            )
        }
    ),
    VALUES,
)
def test_any_json_is_read_without_failing(content: dict[str, object], previews: object) -> None:
    file = ListedFile(Path("/p"), Path("/p/m.json"), json.dumps({**content, "previews": previews, "groups": previews}))
    for node in _Reader(file, {}).nodes():
        assert node.id
