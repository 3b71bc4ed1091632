"""The YAML form is read as docs/reference/formats.md describes it; whatever does not fit has a line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.sources.project import read_project
from tests.sources.readings import by_id, codes, lean_of, proof_uses_of, uses_of


def read(folder: Path, text: str) -> Blueprint:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return read_project(path)


def test_sample(samples_folder: Path) -> None:
    blueprint = read_project(samples_folder / "lists")
    nodes = by_id(blueprint)
    assert blueprint.title == "Sieves"
    assert [heading.title for heading in blueprint.headings] == ["Sieving", "Speed"]
    assert lean_of(nodes["def:sieve"]) == ("Sieve", "Sieve.strikes")
    assert (uses_of(nodes["thm:left"]), proof_uses_of(nodes["thm:left"])) == (("def:sieve",), ("lem:struck",))
    assert nodes["lem:struck"].proof is not None
    assert nodes["lem:struck"].proof.leanok
    assert nodes["thm:left"].discussion == "4"
    assert nodes["thm:linear"].statement.notready
    assert str(nodes["thm:left"].statement.place) == "blueprint.yaml:21"
    assert codes(blueprint) == []


def test_the_forms_are_those_of_the_documentation(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    examples = page.partition("## Attempts")[0].split("```yaml\n")[1:]
    assert examples
    for example in examples:
        blueprint = read(tmp_path, example.partition("```")[0])
        assert blueprint.nodes
        assert codes(blueprint) == []


def test_other_forms(tmp_path: Path) -> None:
    by_name = read(tmp_path, "nodes:\n  a: {kind: Theorem}\n  b: {uses: 'a, c', lean: X.y}\n")
    assert [(node.id, node.kind) for node in by_name.nodes] == [("a", "theorem"), ("b", "lemma")]
    assert uses_of(by_name.nodes[1]) == ("a", "c")
    assert [node.id for node in read(tmp_path, "- id: a\n- id: b\n").nodes] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("nodes: [", "yaml-damaged", 2),
        ("nodes: 5", "yaml-form", 1),
        ("titel: x", "yaml-form", 1),
        ("- a\n- id: b", "yaml-form", 1),
        ("- {kind: lemma}", "yaml-form", 1),
        ("- id: a\n  uses: {b: c}", "yaml-form", 2),
        ("- id: a\n  leanok: perhaps", "yaml-form", 2),
        ("- id: a\n  colour: red", "yaml-form", 2),
        ("- id: a\n- id: a", "node-twice", 2),
        ("- id: a\n  id: b", "yaml-form", 2),
        ("a: !!python/object/apply:os.system ['x']", "yaml-form", 1),
        ("[" * 3000, "yaml-damaged", 0),
        ("nodes: " + "[" * 100_000, "yaml-damaged", 0),
        ("nodes:\n" + "".join(f"{' ' * depth}- a:\n" for depth in range(1, 3000, 2)), "yaml-damaged", 0),
    ],
)
def test_faults_have_a_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    found = [each for each in read(tmp_path, text).diagnostics if each.code == code]
    assert found
    assert found[0].place is not None
    assert not line or found[0].place.line == line


@given(st.text(st.sampled_from("abid: -[]{}&*!|>'\"\n#,"), max_size=60))
def test_any_text_is_read_or_reported(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    blueprint = read(tmp_path_factory.getbasetemp(), "nodes:\n" + text)
    assert all(node.id.strip() for node in blueprint.nodes)
