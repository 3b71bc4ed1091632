"""Lists, tables, quotes, theorem-like environments, verbatim text and figures."""

import pytest

from blueprint_app.export.prose.lists import counted, numbering
from blueprint_app.export.prose.tables import alignments


@pytest.mark.parametrize(
    ("option", "number", "marker"),
    [
        ("", 2, "2."),
        ("(i)", 4, "(iv)"),
        ("a)", 3, "c)"),
        ("label=(\\roman*)", 9, "(ix)"),
        ("label={(\\alph*)}, leftmargin=2em", 2, "(b)"),
        ("label=\\textbf{\\Roman{enumi}.}", 14, "\\textbf{XIV.}"),
        ("label=(\\arabic*)", 3, "(3)"),
        ("noitemsep", 1, "1."),
        ("label=(\\alph*)", 30, "(30)"),
    ],
)
def test_numbering(option, number, marker):
    style, first = numbering(option, 1)
    assert first == 1
    assert counted(style, number) == marker


def test_numbering_starts_where_told():
    assert numbering("start=3", 1) == ("{arabic}.", 3)


def test_lists_nest(prose, parse):
    markup = prose.passage(
        r"\begin{itemize}\item a \begin{enumerate}\item b \item[($\ast$)] c\end{enumerate} \item d\end{itemize}"
    )
    assert parse(markup).text == "a1. b(\\ast) cd"
    assert markup.count("<li") == 4
    assert '<span class="marker">(<span class="formula">\\ast</span>)</span>' in markup


def test_second_level_is_numbered_as_latex_does(prose):
    inner = r"\begin{enumerate}\item x\end{enumerate}"
    assert "(a)" in prose.passage(rf"\begin{{enumerate}}\item {inner}\end{{enumerate}}")


def test_descriptions(prose):
    markup = prose.passage(r"\begin{description}\item[Word] meaning\item[Other] more\end{description}")
    assert markup == '<dl class="items"><dt>Word</dt><dd>meaning</dd><dt>Other</dt><dd>more</dd></dl>'


def test_items_hold_paragraphs(prose):
    assert "<div><p>one</p><p>two</p></div>" in prose.passage("\\begin{enumerate}\\item one\n\ntwo\\end{enumerate}")


def test_alignments():
    assert alignments("|l|c r@{x}p{3cm}") == ["left", "centre", "right", "left"]
    assert alignments("*{3}{c}") == ["centre", "centre", "centre"]


def test_tables(prose):
    markup = prose.passage(
        r"\begin{tabular}{lc}\hline a & $b$ \\ \multicolumn{2}{c}{wide \emph{cell}} \\[2pt] \cline{1-2}"
        r"{x & y} & z\end{tabular}"
    )
    assert markup == (
        "<table><tbody>"
        '<tr><td class="left">a</td><td class="centre"><span class="formula">b</span></td></tr>'
        '<tr><td class="left" colspan="2">wide <em>cell</em></td></tr>'
        '<tr><td class="left">x &amp; y</td><td class="centre">z</td></tr>'
        "</tbody></table>"
    )


def test_theorem_like_environments(prose):
    markup = prose.passage(r"\begin{remark}[Tao] It is so. \end{remark}")
    assert markup == ('<div class="environment"><p><strong class="run-in">Remark (Tao).</strong> It is so.</p></div>')


def test_unknown_environments_show_their_content(prose, parse):
    markup = parse(prose.passage(r"\begin{strangebox} inside \emph{it} \end{strangebox}"))
    assert markup.text == "inside it"
    assert markup.of_class("unknown")[0]["title"] == "the environment strangebox"


@pytest.mark.parametrize("name", ["verbatim", "lstlisting", "minted"])
def test_verbatim(prose, parse, name):
    option = {"lstlisting": "[language=lean]", "minted": "{lean}"}.get(name, "")
    source = "theorem x : a < b := by\n  simp % not a comment {\n"
    markup = prose.passage(f"\\begin{{{name}}}{option}\n{source}\\end{{{name}}} after")
    assert parse(markup).text == source.strip("\n") + "after"
    assert "<pre><code>" in markup


def test_figures_show_caption_and_place(prose):
    markup = prose.passage(
        r"\begin{figure}[h]\centering\includegraphics[width=3cm]{img/a.png}\caption{A \emph{map}}\end{figure}"
    )
    assert "<figcaption>A <em>map</em></figcaption>" in markup
    assert "picture: img/a.png" in markup
    assert "<img" not in markup


def test_comments_of_the_comment_environment_are_hidden(prose):
    assert prose.passage("a \\begin{comment} b \\end{comment}c") == "<p>a c</p>"


def test_quotes_and_centred_text(prose):
    assert prose.passage(r"\begin{quote}q\end{quote}") == "<blockquote><p>q</p></blockquote>"
    assert prose.passage(r"\begin{center}c\end{center}") == '<div class="centred"><p>c</p></div>'


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{itemize}\item a \end{enumerate} b",
        r"\begin{itemize} a \begin{quote} b \end{itemize} c",
        r"\end{proof} a",
        r"\begin{center} a",
        r"\begin{tabular}{c} a & b",
        r"\item a",
        r"{\begin{quote} a } b \end{quote}",
        r"\emph{\begin{itemize}\item a}\end{itemize}",
        r"\begin",
        r"\begin{",
        r"\begin{align} a & b",
        r"\verb",
        r"\footnote{a\footnote{b}}",
        "a } b { c",
        r"\frac $",
        r"\def",
        r"\newcommand",
        r"\href{a",
    ],
)
def test_broken_structure_stays_readable(prose, parse, tex):
    markup = parse(prose.passage(tex))
    if "a" in tex.split():
        assert "a" in markup.text
