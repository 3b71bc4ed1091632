"""Hostile text: no script of it runs, nothing is asked of network or disk, no link is followed by itself."""

import pytest

from blueprint_app.export.prose import Prose
from blueprint_app.model.blueprint import Blueprint
from blueprint_app.ui.reading.files import served

HOSTILE = r"""
<script>window.hit = 1</script> <img src=x onerror="window.hit=1"> \texttt{<svg/onload=window.hit=1>}
$<img src=x onerror=window.hit=1>$ $\text{<script>window.hit=1</script>}$ $\href{javascript:window.hit=1}{x}$
$\unicode{x3c}\class{x}{y}\cssId{page}{z}\style{background:url(https://example.org/a)}{w}$
$\require{html}\href{javascript:window.hit=1}{click}$ $\def\x{\x\x}\x$
\begin{equation}\label{" onmouseover="window.hit=1}\text{\href{javascript:window.hit=1}{q}}\end{equation}
\ref{" autofocus onfocus="window.hit=1} \cite{"><script>window.hit=1</script>}
\url{javascript:window.hit=1} \href{https://example.org/"onclick="window.hit=1}{y} \includegraphics{https://example.org/p.png}
\begin{verbatim}</pre><script>window.hit=1</script>\end{verbatim}
"""


def test_prose_of_hostile_text_does_nothing(pane):
    prose = Prose(Blueprint("/x", "</script><script>window.hit=1</script>", ()))
    markup = prose.passage(HOSTILE)
    pane.show_markup(markup, prose.engine_macros)
    assert pane.ask("window.hit ?? null") is None
    assert pane.ask("document.querySelectorAll('main script, main img, main svg, main iframe, main style').length") == 0
    assert pane.ask("[...document.querySelectorAll('main a')].map(a => a.protocol)") == ["https:"]
    assert pane.view.reader.requests.blocked == []


@pytest.mark.parametrize(
    "markup",
    [
        "<img src=x onerror='window.hit=1'>",
        "<svg onload='window.hit=1'></svg>",
        "<a id=bait href='javascript:window.hit=1'>x</a>",
        "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
        "<button id=bait onclick='window.hit=1'>x</button>",
        "<form action='https://example.org/'><input id=bait type=submit></form>",
    ],
)
def test_the_policy_holds_even_where_markup_would_not(pane, markup):
    pane.show_markup(markup)
    pane.ask("document.getElementById('bait')?.click()")
    pane.qtbot.wait(150)
    assert pane.ask("window.hit ?? null") is None
    assert pane.ask("location.href") == "blueprint-reading://app/reading.html"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.png",
        "http://127.0.0.1:9/a",
        "file:///etc/passwd",
        "qrc:/a",
        "blueprint-reading://other/reading.css",
    ],
)
def test_no_request_leaves(pane, address):
    pane.show_markup("<p>x</p>")
    outcome = pane.ask(
        f"(window.outcome = 'open', fetch({address!r}).then(() => outcome = 'fetched', () => outcome = 'refused'), 0)"
    )
    assert outcome == 0
    pane.qtbot.waitUntil(lambda: pane.ask("outcome") != "open", timeout=5_000)
    assert pane.ask("outcome") == "refused"
    pane.ask(f"(location.href = {address!r}, 0)")
    pane.qtbot.wait(150)
    assert pane.ask("location.href") == "blueprint-reading://app/reading.html"


def test_images_are_asked_of_nobody(pane):
    pane.show_markup("<img id=i src='https://example.org/a.png'>")
    pane.qtbot.wait(200)
    assert pane.ask("document.getElementById('i').naturalWidth") == 0


@pytest.mark.parametrize(
    "path",
    [
        "/../view.py",
        "/reading.py",
        "/mathjax/../../__init__.py",
        "/mathjax/../reading.js",
        "/etc/passwd",
        "/mathjax",
        "/x/reading.js",
        "/",
        "",
    ],
)
def test_other_files_are_not_served(path):
    assert served(path) is None


def test_the_engines_files_are_served():
    kind, content = served("/mathjax/output/chtml/fonts/woff-v2/MathJax_Main-Regular.woff")
    assert kind == b"font/woff"
    assert content.startswith(b"wOFF")
