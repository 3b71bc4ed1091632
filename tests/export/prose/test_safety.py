"""Whatever a project's text holds, the markup is well formed, safe, and made in reasonable time."""

import re
import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.export.prose import Prose
from blueprint_app.export.prose.markup import element, node_href, text, web_href
from blueprint_app.model.blueprint import Blueprint, Landmark, MacroDefinition, Node, NodeId, Passage, Reference
from blueprint_app.model.place import Place

ALLOWED_LINK = re.compile(r"(?:node|source|copy|https?|mailto):[^\s\"'<>]*")
ALLOWED_ATTRIBUTES = {"class", "id", "title", "href", "role", "open", "colspan", "tabindex", "data-at"}

PIECES = [
    "\\begin{itemize}", "\\end{itemize}", "\\item", "\\begin{align}", "\\end{align}", "$", "$$", "\\[", "\\]",
    "{", "}", "\\emph{", "\\footnote{", "\\ref{", "\\cite[", "\\href{javascript:x}{", "\\url{", "\\verb|", "|",
    "\\begin{tabular}{cc}", "\\end{tabular}", "&", "\\\\", "\n\n", "\\begin{verbatim}", "\\end{verbatim}", "%",
    "~", "#1", "\\newcommand{\\x}[2]{", "\\x", "\\def\\y#1{", "\\y", "\\'", "\\c", "\\label{", "\\begin{",
    "\\end{", "[", "]", "\\multicolumn{2}{c}{", "\\bf", "<script>", "</p>", "\" onclick=\"", "'", "\0",
    "\u202e", "\ud800", "é", "\\textcolor{red}{", "\\verb", "\\", "\\begin{tikzcd}", "\\item[", "\\hyperref[",
    "\\begin{proof}", "\\end{proof}", "\\par", "\\caption{", "a", " ", "\\ensuremath{", "\\xspace",
]  # fmt: skip


def check(parse, markup: str) -> None:
    """Well formed, with links and attributes of the lists only; the parser fails on the rest."""
    parsed = parse(markup)
    for tag, attributes in parsed.elements:
        assert tag not in {
            "script",
            "style",
            "img",
            "svg",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "link",
            "base",
        }
        assert set(attributes) <= ALLOWED_ATTRIBUTES, attributes
        if "href" in attributes:
            assert ALLOWED_LINK.fullmatch(attributes["href"] or ""), attributes


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_mixture_of_tex_gives_safe_markup(prose, parse, tex):
    check(parse, prose.passage(tex))
    parse(prose.line(tex))


@given(st.text(max_size=200))
def test_any_text_gives_safe_markup(prose, parse, tex):
    check(parse, prose.passage(tex))


@given(name=st.text(max_size=30), words=st.text(max_size=30))
def test_hostile_names_stay_text(parse, name, words):
    place = Place(name or "x", 3)
    node = Node(NodeId(name), (name,), name, words, words, words, (), Passage("", place))
    blueprint = Blueprint(
        "/p", words, (node,),
        labels={name: node.id},
        landmarks={name + "x": Landmark(label=name + "x", id=name, kind=words, number=words, place=place)},
        macros=(MacroDefinition("m", 1, words + "#1"),),
        references={name: Reference(name, words, words)},
    )  # fmt: skip
    inside = name.translate(str.maketrans("", "", "{}\\%$#&~[]\0"))
    prose = Prose(blueprint)
    labels = rf"\cref{{{inside}}} \ref{{{inside}x}} \nameref{{{inside}}}"
    tex = rf"{labels} \cite[{words}]{{{inside}}} \m{{a}} $\eqref{{{inside}x}}$"
    check(parse, prose.passage(tex))


@given(st.text(max_size=40))
def test_attributes_and_links_hold_any_text(parse, value):
    ((_, attributes),) = parse(element("span", text(value), title=value)).elements
    assert attributes["title"] == parse(text(value)).text
    assert ALLOWED_LINK.fullmatch(node_href(value))
    address = web_href(value)
    assert address is None or ALLOWED_LINK.fullmatch(address)


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [("script", {}), ("img", {}), ("a", {"href": "javascript:x"}), ("a", {"onclick": "x"}), ("p", {"style": "x"}),
     ("a", {"href": "HTTPS://x y"}), ("a", {"href": "data:x"})],
)  # fmt: skip
def test_markup_off_the_lists_cannot_be_made(tag, attributes):
    with pytest.raises(ValueError, match="no such"):
        element(tag, **attributes)


def test_text_that_turns_the_direction_of_reading_is_neutralised():
    assert text("a\u202eb\u2066c\x00d\ud800") == "a\ufffdb\ufffdc\ufffdd\ufffd"


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 20_000,
        "\\begin{quote}" * 5_000,
        "\\emph{" * 20_000,
        "$" * 20_001,
        "\\begin{tabular}{c}" * 3_000,
        "\\item" * 10_000,
        "[" * 20_000,
        "\\cite[" * 5_000,
        "\\begin{align}" * 5_000,
        "\\end{x}" * 10_000,
        "\\footnote{a" * 5_000,
        "\\bf " * 20_000,
        "\\'" * 20_000,
        "\\verb|" * 10_000,
        "\\begin{itemize}\\item " * 3_000 + "\\end{itemize}" * 3_000,
        "\\begin{enumerate}[" + "a" * 50_000,
        "\\begin{tabular}{" + "*{99}{*{99}{*{99}{c}}}" * 20 + "}a\\end{tabular}",
        "\\begin{tabular}{c}" + "a & " * 20_000,
        "\\begin{enumerate}[label=" + "{" * 5_000 + "]" + "\\item " * 100,
        "\\multicolumn{2}{c}{" * 5_000,
        "`" * 50_000,
        "\\url{" * 5_000,
        "\\begin{verbatim}" * 5_000,
        "\\def" * 20_000,
    ],
)
def test_no_text_takes_long(prose, parse, tex):
    began = time.perf_counter()
    markup = prose.passage(tex)
    # Each of these takes well under a second; what grows with the square of the length would take minutes.
    assert time.perf_counter() - began < 10
    assert len(markup) < 100 * len(tex) + 1_000_000
    parse(markup)


@cache
def corpus_lines(folder) -> list[str]:
    """Real text to damage: some thousand lines of all projects."""
    lines: list[str] = []
    for path in sorted(folder.glob("*/blueprint/src/**/*.tex")):
        lines += path.read_text(encoding="utf-8", errors="replace").splitlines()[::7]
    return [line for line in lines if line.strip()]


@given(data=st.data())
def test_damaged_real_text_gives_safe_markup(prose, parse, corpus_folder, data):
    lines = corpus_lines(corpus_folder)
    start = data.draw(st.integers(0, len(lines) - 1))
    source = "\n".join(lines[start : start + data.draw(st.integers(1, 12))])
    for _ in range(data.draw(st.integers(0, 6))):
        begin = data.draw(st.integers(0, len(source)))
        end = begin + data.draw(st.integers(0, 12))
        source = source[:begin] + data.draw(st.sampled_from(["", *PIECES])) + source[end:]
    check(parse, prose.passage(source))
