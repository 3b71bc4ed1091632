"""A node's page: everything known of it stands there, and leads where it should."""

import dataclasses

import pytest

from blueprint_app.export.prose.markup import Html
from blueprint_app.export.prose.page import CHIPS, page_of
from blueprint_app.model.blueprint import (
    Blueprint,
    Heading,
    ListCommand,
    ListEntry,
    Node,
    NodeId,
    Passage,
    Reading,
)
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.place import Place

PLACE = Place("src/a b.tex", 10, 1, 14)


def entries(*names: str) -> ListCommand:
    return ListCommand(tuple(ListEntry(name, PLACE) for name in names), PLACE)


def node(name: str, kind: str = "lemma", **more) -> Node:
    fields = {
        "id": NodeId(name), "labels": (name,), "kind": kind, "caption": kind.capitalize(), "number": "1.1",
        "title": "", "path": (), "statement": Passage("Text.", PLACE),
    }  # fmt: skip
    return Node(**{**fields, **more})


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    first = node("def:first", "definition", statement=Passage("First.", PLACE, leanok=PLACE))
    main = node(
        "lem:main",
        title="On $x$",
        path=(0, 1),
        labels=("old", "lem:main"),
        discussion="7",
        statement=Passage(
            "Let $x$.", PLACE,
            uses=(entries("early"), entries("def:first", "gone")),
            lean=(entries("A.b"), entries("C.d'", "E.f")),
            leanok=Place("src/a b.tex", 11),
        ),
        proof=Passage("By \\cref{def:first}.", PLACE, (entries("def:first"),), (), Place("src/a b.tex", 20)),
        spare_proofs=(Passage("Another way.", PLACE),),
    )  # fmt: skip
    users = tuple(node(f"user{number}", statement=Passage("x", PLACE, (entries("lem:main"),))) for number in range(30))
    last = node("last", proof=Passage("", PLACE, (entries("lem:main"),)))
    nodes = (first, main, *users, last)
    return Blueprint(
        "/p", "Sample", nodes,
        headings=(
            Heading(0, "chapter", "1", "Chapter", PLACE),
            Heading(1, "section", "1.2", "The $L^p$ case", PLACE, 0),
        ),
        labels={label: one.id for one in nodes for label in one.labels},
        github="https://github.com/example/sample", dochome="https://example.org/docs/",
    )  # fmt: skip


@pytest.fixture
def main_page(blueprint, parse):
    return parse(page_of(snapshot_of(blueprint), NodeId("lem:main"), why=("Because <b>.", "So.")).html)


def test_head(main_page):
    assert main_page.text.startswith("1 Chapter › 1.2 The L^p case")
    assert [tag for tag, _ in main_page.elements].count("h1") == 1
    assert "Lemma 1.1" in main_page.text
    assert main_page.of_class("headline-claimed")
    assert "copy:lem%3Amain" in main_page.links()


def test_heading_in_plain_text(blueprint):
    content = page_of(snapshot_of(blueprint), NodeId("lem:main"))
    assert (content.node, content.heading) == ("lem:main", "Lemma 1.1 (On $x$)")


def test_statement_and_proofs(main_page):
    kinds = [attributes.get("class") for tag, attributes in main_page.elements if tag == "details"]
    assert kinds == ["proof", "proof spare", "more", "why"]
    assert "Let x." in main_page.text
    assert "By Definition 1.1." in main_page.text
    assert "Another way." in main_page.text


def test_uses_are_told_apart_and_unknown_ones_marked(main_page):
    assert "Uses 1" in main_page.text
    assert "in the statement" in main_page.text
    assert "in the proof" in main_page.text
    (missing,) = main_page.of_class("missing")
    assert missing["title"] == "no such label in this blueprint"
    # leanblueprint counts the last list of an element only.
    assert "early" not in main_page.text


def test_the_strict_reading_joins_repeated_lists(blueprint, parse):
    page = parse(page_of(snapshot_of(blueprint, Reading.STRICT), NodeId("lem:main")).html)
    assert "early" in page.text
    assert "A.b" in page.text


def test_many_users_are_folded(main_page):
    assert "Used by 31" in main_page.text
    assert f"{30 - CHIPS} more" in main_page.text
    assert sum(1 for link in main_page.links() if link.startswith("node:user")) == 30


def test_lean_names_flags_discussion_and_source(main_page):
    links = main_page.links()
    assert "copy:C.d%27" in links
    assert "https://example.org/docs/find/#doc/E.f" in links
    assert "https://github.com/example/sample/issues/7" in links
    assert "source:src%2Fa%20b.tex#11" in links
    assert "source:src%2Fa%20b.tex#20" in links
    assert r"\leanok in the statement, a b.tex:11" in main_page.text


def test_why_is_text(main_page):
    assert "Because <b>." in main_page.text


def test_more_sections_can_be_added(blueprint, parse):
    page = parse(page_of(snapshot_of(blueprint), NodeId("def:first"), extra=[("Evidence", Html("<p>built</p>"))]).html)
    assert "Evidencebuilt" in page.text


def test_a_definition_without_anything(blueprint, parse):
    page = parse(page_of(snapshot_of(blueprint), NodeId("def:first")).html)
    assert "No proof is written." not in page.text
    assert "It rests on nothing else." in page.text
    assert page.of_class("headline-claimed")


def test_an_unwritten_proof_is_named(blueprint, parse):
    assert "No proof is written." in parse(page_of(snapshot_of(blueprint), NodeId("user1")).html).text


def test_no_links_without_addresses(blueprint, parse):
    plain = dataclasses.replace(blueprint, github="javascript:x", dochome="")
    links = parse(page_of(snapshot_of(plain), NodeId("lem:main")).html).links()
    assert not [link for link in links if link.startswith(("http", "javascript"))]


def test_an_unknown_node_is_a_key_error(blueprint):
    with pytest.raises(KeyError):
        page_of(snapshot_of(blueprint), NodeId("nowhere"))
