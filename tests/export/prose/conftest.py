"""A small blueprint to refer to, and ways to look at markup as a browser would."""

from html.parser import HTMLParser

import pytest

from blueprint_app.export.prose import Prose
from blueprint_app.model.blueprint import (
    Blueprint,
    Heading,
    Landmark,
    MacroDefinition,
    Node,
    NodeId,
    Passage,
    Reference,
)
from blueprint_app.model.place import Place

PLACE = Place("blueprint/src/content.tex", 12, 1, 18)
VOID = {"br", "hr"}


class Markup(HTMLParser):
    """Parses markup, and fails where tags do not match."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(markup)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.elements if name in (attributes.get("class") or "").split()]

    def links(self) -> list[str | None]:
        return [attributes.get("href") for tag, attributes in self.elements if tag == "a"]


def blueprint() -> Blueprint:
    """Two nodes, an equation in one of them, a section, macros of all kinds and one reference."""
    jensen = Node(
        NodeId("lem:jensen"), ("lem:jensen",), "lemma", "Lemma", "2.3", "Jensen bound", (), Passage("x", PLACE),
    )  # fmt: skip
    strange = Node(
        NodeId("th: α/β"), ("th: α/β",), "theorem", "Theorem", "4", "", (), Passage("y", PLACE),
    )  # fmt: skip
    return Blueprint(
        "/project", "Sample", (jensen, strange),
        headings=(Heading(0, "section", "2", "Entropy", PLACE, None, ("sec:entropy",)),),
        labels={"lem:jensen": jensen.id, "th: α/β": strange.id, "alias": jensen.id},
        landmarks={
            "eq:one": Landmark("eq:one", "eq:one", "equation", "2.1", PLACE, False, jensen.id),
            "eq:two": Landmark("eq:two", "eq:two", "align", "2.2", PLACE, False, jensen.id),
            "sec:entropy": Landmark("sec:entropy", "sec:entropy", "section", "2", PLACE),
        },
        macros=(
            MacroDefinition("ie", 0, r"\emph{i.e.}\xspace"),
            MacroDefinition("eg", 0, "e.g.\\"),
            MacroDefinition("R", 0, r"\mathbb{R}"),
            MacroDefinition("P", 0, r"\ensuremath{\mathbb{P}}"),
            MacroDefinition("named", 2, r"#2 of \textbf{#1}", default="nobody"),
            MacroDefinition("pair", 2, "<#1>", delimited="(#1,#2)"),
            MacroDefinition("loop", 1, r"\loop{#1#1}"),
            MacroDefinition("again", 0, r"x\again"),
        ),
        references={"AB12": Reference("AB12", "AB", "A. Author, A book, 2012")},
    )  # fmt: skip


@pytest.fixture(scope="session")
def prose() -> Prose:
    return Prose(blueprint())


@pytest.fixture(scope="session")
def parse() -> type[Markup]:
    return Markup
