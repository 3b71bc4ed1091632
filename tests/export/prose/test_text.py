"""Running text: characters, fonts, groups, macros, commands that nobody knows."""

import pytest


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        ("``quoted'' and `single'", "“quoted” and ‘single’"),
        ("pages 1--2 --- then", "pages 1–2 — then"),
        (r"Erd\H{o}s, \v{C}ech, na\"{\i}ve, \'etale", "Erdős, Čech, naïve, étale"),
        (r"M\"obius, Fa\c{c}ade, \L{}ojasiewicz", "Möbius, Façade, Łojasiewicz"),
        (r"\'{} and \^o and \~n and \r{a} and \v{d}", "´ and ô and ñ and å and ď"),
        ("Szemer\\’edi", "Szemerédi"),
        (r"50\% of \$3 \& \#1 \_ \{x\}", "50% of $3 & #1 _ {x}"),
        (r"a~b", "a\u00a0b"),
        (r"\S2, \ldots, \textbackslash", "§2, …, \\"),
        ("a\n  b", "a b"),
        (r"\eg so", "e.g. so"),
        (r"\ie\ so, \ie{} so", "i.e. so, i.e. so"),
        (r"\named{fame}, \named[Ann]{luck}", "fame of nobody, luck of Ann"),
        (r"a \noindent b \vspace{2cm} c \hspace*{1em} d", "a b c d"),
        (r"\mbox{kept} \textrm{too} \parbox{3cm}{here}", "kept too here"),
        (r"\enquote{so}", "“so”"),
        (r"\texorpdfstring{shown}{hidden}", "shown"),
        (r"\newcommand{\mine}[1]{my #1}\mine{own}", "my own"),
        (r"\def\pair#1#2{#2-#1}\pair ab", "b-a"),
    ],
)  # fmt: skip
def test_printed_characters(prose, parse, tex, shown):
    assert " ".join(parse(prose.passage(tex)).text.split(" ")).replace("  ", " ") == shown


@pytest.mark.parametrize(
    ("tex", "markup"),
    [
        (r"\emph{a} \textbf{b} \texttt{c}", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        (r"{\bf bold} plain", "<p><strong>bold</strong> plain</p>"),
        (r"{\em a {\bf b} c} d", "<p><em>a <strong>b</strong> c</em> d</p>"),
        (r"\textsc{Caps}", '<p><span class="small-caps">Caps</span></p>'),
        ("one\n\ntwo\\par three", "<p>one</p><p>two</p><p>three</p>"),
        (r"a\\b", "<p>a<br>b</p>"),
        (r"\textcolor{red}{hot} \textcolor{#f00}{odd}", '<p><span class="colour-red">hot</span> odd</p>'),
        (r"\verb|a_b%\x| done", "<p><code>a_b%\\x</code> done</p>"),
        (r"\emph{\verb|x|}", "<p><em><code>x</code></em></p>"),
        (r"a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_markup(prose, tex, markup):
    assert prose.passage(tex) == markup


def test_unknown_command_is_marked_and_its_argument_shown(prose, parse):
    markup = parse(prose.passage(r"so \unheardof{content} goes on"))
    assert markup.text == r"so \unheardofcontent goes on"
    (marked,) = markup.of_class("unrendered")
    assert marked["title"] == "an unknown command"


def test_a_macro_redefining_a_symbol_wins(prose):
    assert '<span class="formula">\\mathbb{P}</span>' in prose.passage(r"\P")


@pytest.mark.parametrize(
    "tex", [r"\loop{x}", r"\again", r"\newcommand{\b}{\b\b}\b", r"\newcommand{\b}[1]{#1#1#1#1#1#1#1#1#1\b{#1#1}}\b{xx}"]
)
def test_endless_macros_end(prose, tex):
    markup = prose.passage(tex + " after")
    assert "after" in markup
    assert len(markup) < 1_000_000


def test_footnotes_stand_at_the_end_in_order(prose, parse):
    markup = prose.passage(r"a\footnote{first \emph{one}} b\footnote{second}")
    assert '<aside class="footnotes"><ol><li>first <em>one</em></li><li>second</li></ol></aside>' in markup
    assert parse(markup).text.startswith("a1 b2")


def test_deep_nesting_is_shown_as_source(prose):
    markup = prose.passage("{" * 5_000 + "x" + "}" * 5_000 + " after")
    assert "too deeply nested" in markup
    assert markup.endswith(" after</p>")


@pytest.mark.parametrize("command", [r"\emph{", r"\begin{itemize}\item ", r"\footnote{", r"$\text{"])
def test_deep_commands_end(prose, parse, command):
    parse(prose.passage(command * 3_000))


def test_titles_stand_on_one_line(prose):
    assert prose.line("The $L^p$\n\nbound") == 'The <span class="formula">L^p</span> bound'
