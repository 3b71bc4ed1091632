"""References, citations and addresses: what they print and where they lead."""

import pytest


@pytest.mark.parametrize(
    ("tex", "shown", "href"),
    [
        (r"\ref{lem:jensen}", "2.3", "node:lem%3Ajensen"),
        (r"\cref{lem:jensen}", "Lemma 2.3", "node:lem%3Ajensen"),
        (r"\Cref{alias}", "Lemma 2.3", "node:lem%3Ajensen"),
        (r"\autoref{th: α/β}", "Theorem 4", "node:th%3A%20%CE%B1%2F%CE%B2"),
        (r"\nameref{lem:jensen}", "Jensen bound", "node:lem%3Ajensen"),
        (r"\eqref{eq:one}", "(2.1)", "node:lem%3Ajensen"),
        (r"\cref{eq:one}", "Equation (2.1)", "node:lem%3Ajensen"),
        (r"\cref{sec:entropy}", "Section 2", "source:blueprint%2Fsrc%2Fcontent.tex#12"),
        (r"\hyperref[lem:jensen]{the bound}", "the bound", "node:lem%3Ajensen"),
        (r"\href{https://example.org/a?b=c\#d}{there}", "there", "https://example.org/a?b=c#d"),
        (r"\url{https://example.org/a_b%20c}", "https://example.org/a_b%20c", "https://example.org/a_b%20c"),
    ],
)
def test_links(prose, parse, tex, shown, href):
    markup = parse(prose.passage(f"see {tex}."))
    assert markup.text == f"see {shown}."
    assert markup.links() == [href]


def test_several_labels_make_several_links(prose, parse):
    markup = parse(prose.passage(r"\cref{lem:jensen,eq:one, alias}"))
    assert markup.text == "Lemma 2.3, Equation (2.1) and Lemma 2.3"
    assert len(markup.links()) == 3


@pytest.mark.parametrize("command", ["ref", "cref", "eqref", "nameref", "autoref"])
def test_a_reference_to_nothing_is_marked(prose, parse, command):
    markup = parse(prose.passage(rf"\{command}{{nowhere}}"))
    assert markup.links() == []
    assert markup.of_class("unresolved")
    assert "nowhere" in markup.text


def test_citations_show_mark_note_and_entry(prose, parse):
    markup = parse(prose.passage(r"\cite[Thm~3]{AB12, missing}"))
    assert markup.text == "[AB, missing, Thm\u00a03]"
    (known,) = [attributes for tag, attributes in markup.elements if tag == "cite"]
    assert known["title"] == "A. Author, A book, 2012"
    assert markup.of_class("unresolved")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "file:///etc/passwd",
        "data:text/html,x",
        "//host/x",
        "https://",
        "vbscript:x",
    ],
)
def test_other_addresses_are_no_links(prose, parse, address):
    for tex in (rf"\href{{{address}}}{{x}}", rf"\url{{{address}}}"):
        assert parse(prose.passage(tex)).links() == []


def test_anchors_of_equations(prose):
    markup = prose.passage(r"\begin{equation} a \label{eq:one} \end{equation}")
    assert 'id="at-eq%3Aone"' in markup
