"""Formulas reach the engine as their source, with numbers and references filled in."""

import html
import re

import pytest

from blueprint_app.export.prose import engine_macros
from blueprint_app.model.blueprint import MacroDefinition


def formulas(prose, tex):
    found = re.findall(r'<span class="(formula[^"]*)"[^>]*>(.*?)</span>', prose.passage(tex), re.S)
    return [(kind == "formula display", html.unescape(source)) for kind, source in found]


@pytest.mark.parametrize(
    ("tex", "display", "source"),
    [
        (r"$x^2$", False, "x^2"),
        (r"\(x^2\)", False, "x^2"),
        (r"$$x^2$$", True, "x^2"),
        (r"\[ x^2 \]", True, "x^2"),
        (r"\begin{displaymath}y\end{displaymath}", True, "y"),
        (r"\begin{math}y\end{math}", False, "y"),
        (r"\ensuremath{\alpha b}", False, r"\alpha b"),
        (r"\begin{align*}a&=b\\c&=d\end{align*}", True, r"\begin{align*}a&=b\\c&=d\end{align*}"),
        (r"\begin{alignat}{2}a&=b\end{alignat}", True, r"\begin{alignat}{2}a&=b\end{alignat}"),
        (r"$\text{for $n$ even}$", False, r"\text{for $n$ even}"),
        (r"$a \qedhere\uses{x}b$", False, "a b"),
        (r"$x \in \R$", False, r"x \in \R"),
        ("$$a\n\nb$$", True, "ab"),
    ],
)
def test_source(prose, tex, display, source):
    assert formulas(prose, tex) == [(display, source)]


def test_neighbouring_formulas(prose):
    assert [source for _, source in formulas(prose, "$a$$b$ and $c$")] == ["a", "b", "c"]


def test_a_lost_dollar_damages_one_paragraph(prose):
    assert formulas(prose, "a $x and more\n\nnext $y$ end")[-1] == (False, "y")
    assert "end</p>" in prose.passage("a $x and more\n\nnext $y$ end")


@pytest.mark.parametrize(("begin", "end"), [("$$", "$$"), (r"\[", r"\]")])
def test_a_lost_brace_damages_one_display(prose, begin, end):
    found = formulas(prose, rf"{begin} \frac{{a}}{{b {end} and $c$")
    assert found == [(True, r"\frac{a}{b"), (False, "c")]


def test_labels_become_tags_at_the_end_of_their_rows(prose):
    tex = r"\begin{align} \label{eq:one} a &= \begin{cases} 1 \\ 2 \end{cases} \\ b &= c \label{eq:two} \end{align}"
    ((_, source),) = formulas(prose, tex)
    first, second = re.split(r"\\\\(?= b)", source)
    assert first.endswith(r"\end{cases} \tag{2.1}")
    assert second.endswith(r"\tag{2.2}\end{align}")
    assert r"\label" not in source


def test_no_tag_where_the_author_set_one_or_wants_none(prose):
    assert r"\tag{2.1}" not in formulas(prose, r"\begin{equation}a\tag{A}\label{eq:one}\end{equation}")[0][1]
    assert r"\tag" not in formulas(prose, r"\begin{equation*}a\label{eq:one}\end{equation*}")[0][1]
    assert r"\tag" not in formulas(prose, r"\[a\label{lem:jensen}\]")[0][1]


def test_references_in_formulas_are_text(prose):
    assert formulas(prose, r"$a \overset{\eqref{eq:one}}{=} b$") == [(False, r"a \overset{{\textrm{(2.1)}}}{=} b")]
    assert formulas(prose, r"$a \text{ by \cref{lem:jensen}}$") == [(False, r"a \text{ by {\textrm{Lemma 2.3}}}")]
    assert formulas(prose, r"$\text{\cite{AB12}}$") == [(False, r"\text{{\textrm{[AB]}}}")]


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{tikzcd} A \ar[r] & B \end{tikzcd}",
        r"\[\begin{tikzcd} A \ar[r] & B \end{tikzcd}\]",
        r"$$\xymatrix{A \ar[r] & B}$$",
        r"\begin{tikzpicture}\draw (0,0) -- (1,1);\end{tikzpicture}",
    ],
)
def test_drawings_are_marked_source(prose, tex):
    markup = prose.passage(tex)
    assert formulas(prose, tex) == []
    assert 'class="unrendered"' in markup
    assert "needs TeX" in markup


def test_the_engine_gets_the_projects_macros():
    macros = (
        MacroDefinition("R", 0, r"\mathbb{R}"),
        MacroDefinition("norm", 2, r"\|#2\|_{#1}", default="2"),
        MacroDefinition("pair", 2, "<#1,#2>", delimited="(#1,#2)"),
        MacroDefinition("phi", 0, r"\phi'"),
        MacroDefinition("phia", 0, r"\phi"),
    )
    table = engine_macros(macros)
    assert table["R"] == [r"\mathbb{R}", 0]
    assert table["norm"] == [r"\|#2\|_{#1}", 2, "2"]
    assert table["pair"] == ["<#1,#2>", 2, ["(", ",", ")"]]
    assert table["phia"] == [r"\phi", 0]
    # A macro that calls its own name would never end; the engine's own command is the better guess.
    assert "phi" not in table
