"""Answers as a person sees them: Markdown, formulas and citations; safe whatever they hold."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.citations import Citations
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.export.answers import Answers, ShownTurn, answer_page
from blueprint_app.export.answers.answers import LONGEST
from blueprint_app.export.answers.markdown import parser
from blueprint_app.export.answers.stretches import stretches
from blueprint_app.export.answers.unfinished import LONGEST_WAIT, settled
from blueprint_app.export.prose.prose import Prose
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from tests.export.prose.conftest import Markup
from tests.export.prose.test_safety import check
from tests.model.builders import blueprint

ANSWER = r"""# The idea

The proof of [[thm:euclid]] uses $n! + 1$ and \(p \divides n!\); see `[[lem:prime-divisor|a divisor]]`,
`lem:dvd-factorial`, [[lem:nope]], [[lean:Nat.gcd_comm]], [a page](https://example.org/x) and `omega`.
It costs $5 or $6.

1. Let **p** be a prime divisor.
2. Then

   \[
   p \divides 1
   - 0
   = 1
   \]

   and more.

$$
\Sum n {\Fib k} = \Fib{n+1} - 1
$$

\begin{align*}
a &= b \\
c &= d
\end{align*}

| name | value |
|------|------:|
| $x$  | 1 < 2 |

```lean
theorem x : [[1]] = [[1]] := rfl
```

- one
- two

> quoted

***
"""


SMALL = blueprint("a: lemma")


@pytest.fixture(scope="module")
def primes(samples_folder: Path) -> Snapshot:
    return open_project(samples_folder / "primes")


@pytest.fixture(scope="module")
def citations(primes: Snapshot) -> Citations:
    return Citations(primes)


@pytest.fixture(scope="module")
def answers(primes: Snapshot) -> Answers:
    return Answers(primes.blueprint)


@pytest.fixture(scope="module")
def shown(answers: Answers, citations: Citations) -> Markup:
    return Markup(answers.html(ANSWER, citations.resolve))


def test_every_construct_is_shown(shown: Markup) -> None:
    tags = [tag for tag, _ in shown.elements]
    for tag in ("h2", "p", "strong", "ol", "ul", "li", "table", "th", "td", "pre", "code", "blockquote", "hr", "a"):
        assert tag in tags
    assert "1 < 2" in shown.text
    assert "It costs $5 or $6." in shown.text
    assert {"class": "right"} in [attributes for tag, attributes in shown.elements if tag == "td"]


def test_formulas_are_marked_as_on_node_pages(shown: Markup, answers: Answers, primes: Snapshot) -> None:
    displays = [attributes for attributes in shown.of_class("formula") if "display" in attributes["class"]]
    assert len(displays) == 3
    assert len(shown.of_class("formula")) == 6
    assert "\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}" in shown.text
    assert "p \\divides 1\n- 0\n= 1" in shown.text
    assert answers.engine_macros == Prose(primes.blueprint).engine_macros


def test_citations_are_links_and_what_does_not_exist_is_marked(shown: Markup) -> None:
    assert shown.links() == ["node:thm%3Aeuclid", "node:lem%3Aprime-divisor", "node:lem%3Advd-factorial"]
    assert "a divisor" in shown.text
    assert [attributes["title"] for attributes in shown.of_class("unresolved")] == [
        "There is no such label in this blueprint."
    ]
    assert "nobody has looked" in shown.of_class("unchecked")[0]["title"]
    assert "[[1]] = [[1]]" in shown.text


def test_no_other_link_leads_anywhere(answers: Answers, citations: Citations) -> None:
    hostile = """[x](javascript:alert(1)) [y](https://evil.example/?q=secret) ![z](http://evil.example/a.png)
<https://evil.example> <img src=x onerror=alert(1)> <script>alert(1)</script> [n](node:thm%3Aeuclid) [r]

[r]: https://evil.example "t"
"""
    shown = Markup(answers.html(hostile, citations.resolve))
    assert shown.links() == []
    assert {tag for tag, _ in shown.elements} <= {"p", "code"}
    assert "<script>alert(1)</script>" in shown.text
    assert "https://evil.example/?q=secret" in shown.text


PIECES = [
    "\n", "\n\n", " ", "    ", "- ", "1. ", "> ", "# ", "```", "```lean\n", "~~~", "$", "$$", "\\[", "\\]", "\\(",
    "\\)", "[[", "]]", "[[thm:euclid]]", "`", "``", "*", "**", "_", "~~", "|", "|---|", "---", "===", "<b>", "</p>",
    "&lt;", "&#0;", "[a](", "](javascript:x)", "![", "\" onclick=\"", "\\begin{align}", "\\end{align}",
    "\\begin{align*}", "\\", "x", "é", "\u202e", "\0", "\ud800", "lean:", "^", "{", "}", "%", "\t",
    "\\ref{eq:fib-add}", "\\label{a}", "http://a.b", "<http://a.b>",
]  # fmt: skip
mixtures = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(mixtures, st.booleans())
def test_any_mixture_gives_safe_markup(answers: Answers, citations: Citations, text: str, is_complete: bool) -> None:
    check(Markup, answers.html(text, citations.resolve, is_complete=is_complete))


@given(st.text(max_size=300))
def test_any_text_gives_safe_markup(answers: Answers, citations: Citations, text: str) -> None:
    check(Markup, answers.html(text, citations.resolve))


BLOCKS = [
    "A paragraph with $x$.\n", "Two\nlines\n", "- a\n- b\n", "- a\n\n- b\n", "1. a\n\n   b\n", "   more\n",
    "    code\n", "```\nin\n\n# fence\n```\n", "~~~lean\n\nx\n~~~\n", "$$\na\n$$\n", "\\[\na\n\\]\n", "> q\n",
    "# h\n", "| a |\n|---|\n| b |\n", "\\begin{gather}\na\n\\end{gather}\n", "\n", "\n\n", "---\n", "text\n===\n",
    "```\nopen\n", "$$\nopen\n", "* * *\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(BLOCKS), max_size=14).map("".join))
def test_rendering_piece_by_piece_changes_nothing(citations: Citations, text: str) -> None:
    answers = Answers(SMALL)
    pieces = stretches(text)
    assert "".join(pieces) == text
    whole = answers._renderer(citations.resolve).blocks(parser().parse(text))
    assert answers.html(text, citations.resolve) == whole


@given(mixtures, st.randoms(use_true_random=False))
def test_an_answer_that_comes_in_ends_as_if_it_had_come_at_once(
    citations: Citations, text: str, chance: random.Random
) -> None:
    coming, at_once = Answers(SMALL), Answers(SMALL)
    position = 0
    while position < len(text):
        position += chance.randint(1, 20)
        coming.html(text[:position], citations.resolve, is_complete=False)
    assert coming.html(text, citations.resolve) == at_once.html(text, citations.resolve)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Let $x", "Let "),
        ("Let $x$", "Let $x$"),
        ("Let $$x", "Let "),
        ("Let $x$ and $y", "Let $x$ and "),
        ("See [[lem:fi", "See "),
        ("See [", "See "),
        ("See [[lem:fib]]", "See [[lem:fib]]"),
        ("Then \\[ a", "Then "),
        ("Then \\( a \\", "Then "),
        ("It costs \\$5", "It costs \\$5"),
        ("Use `simp", "Use "),
        ("A\n\n\\begin{align}\na &= b", "A\n\n"),
        ("```lean\nlet $x", "```lean\nlet $x"),
        ("One $x\n\nTwo", "One $x\n\nTwo"),
        ("$" + "x" * (LONGEST_WAIT + 1), "$" + "x" * (LONGEST_WAIT + 1)),
        ("", ""),
    ],
)
def test_what_has_begun_and_is_not_closed_waits(text: str, shown: str) -> None:
    assert settled(text) == shown


@given(mixtures)
def test_nothing_is_made_up_while_waiting(text: str) -> None:
    assert text.startswith(settled(text))


def test_an_enormous_answer_is_shown_as_it_is(answers: Answers, citations: Citations) -> None:
    shown = Markup(answers.html("$x$ " * (LONGEST // 4 + 1), citations.resolve))
    assert [tag for tag, _ in shown.elements] == ["pre"]


HEAVY = [
    "[[", "\\(", "\\[", "$", "`", "*", "[", "<", "> ", "- ", "|", "\\begin{align}\n", "\\[\n", "$$\nx\n", "$$x\n\n",
    "> \\[",
]  # fmt: skip


@pytest.mark.parametrize("piece", HEAVY)
def test_no_text_takes_long(answers: Answers, citations: Citations, piece: str) -> None:
    start = time.process_time()
    answers.html(piece * 5000, citations.resolve)
    answers.html(piece * 5000, citations.resolve, is_complete=False)
    assert time.process_time() - start < 10


def test_a_conversation_is_a_page_of_the_reading_pane(answers: Answers, citations: Citations) -> None:
    first = ShownTurn("", answers.html("So $x$.", citations.resolve), "I <b>wonder</b>.")
    second = ShownTurn("Why <i>?", answers.html("Because.", citations.resolve), remark="The answer was cut short.")
    page = answer_page("answer:thm:euclid", "Explain Theorem 3.5", [first, second], answers.engine_macros, "by a model")
    shown = Markup(page.html)
    assert page.node == "answer:thm:euclid"
    assert page.macros is answers.engine_macros
    assert "I <b>wonder</b>." in shown.text
    assert "Why <i>?" in shown.text
    assert "The answer was cut short." in shown.text
    assert len(shown.of_class("answer")) == 2


def test_a_resolver_that_knows_nothing_leaves_the_brackets() -> None:
    answers = Answers(blueprint("a: lemma"))
    assert answers.html("[[a]] `b`", lambda text, is_code: None) == "<p>[[a]] <code>b</code></p>"


def test_another_resolver_is_asked_anew(primes: Snapshot, citations: Citations, answers: Answers) -> None:
    nothing = Citations(open_project(Path(primes.blueprint.folder).parent / "chapters"))
    assert "node:" in answers.html("[[thm:euclid]]", citations.resolve)
    assert "unresolved" in answers.html("[[thm:euclid]]", nothing.resolve)
    assert NodeId("thm:euclid") not in {citation.node for citation in nothing.cited("[[thm:euclid]]")}
