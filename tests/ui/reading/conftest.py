"""A running reading pane, and questions to the document in it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, Qt

from blueprint_app.export.prose import Prose
from blueprint_app.export.prose.markup import Html
from blueprint_app.export.prose.page import PageContent, page_of
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.leanblueprint.reader import read_blueprint
from blueprint_app.ui.reading import ReadingView

# As the app does before it makes its application object; a web view made later needs it.
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)

SOURCE = r"""
\documentclass{report}
\usepackage{amsmath, amsthm}
\usepackage{blueprint}
\newcommand{\R}{\mathbb{R}}
\newcommand{\norm}[2][2]{\|#2\|_{#1}}
\def\pair(#1,#2){\langle #1,#2\rangle}
\newtheorem{theorem}{Theorem}
\newtheorem{lemma}[theorem]{Lemma}
\newtheorem{definition}[theorem]{Definition}
\dochome{https://example.org/docs}
\github{https://github.com/example/sample}
\begin{document}
\chapter{Bounds}
\begin{definition}[Gap]\label{def:gap}\lean{Gap}\leanok
  The \emph{gap} of $x \in \R$.
\end{definition}
\begin{lemma}[The $L^2$ bound]\label{lem:bound}\lean{Foo.bound, Foo.bound'}\leanok
  \uses{def:gap, lem:lost}\discussion{17}
  For all $x \in \R$ we have
  \begin{equation}\label{eq:main} \norm{x} \le \pair(x,x) \end{equation}
\end{lemma}
\begin{proof}\uses{def:gap}
  By \cref{def:gap} and \eqref{eq:main}, $\mbox{if $x>0$ then } \undefinedmacro{x}$.
  \[ a = b \]
\end{proof}
\begin{theorem}\label{thm:end}\uses{lem:bound}
  Text with $a<b$ & \textbf{signs}.
\end{theorem}
\end{document}
"""


class Pane:
    """The view under test with a way to wait for a page and to ask its document."""

    def __init__(self, qtbot: Any, view: ReadingView) -> None:
        self.qtbot = qtbot
        self.view = view

    def show(self, content: PageContent) -> tuple[str, int, int]:
        """Show a page; node id, formulas and rejected formulas when all is done."""
        with self.qtbot.waitSignal(self.view.completed, timeout=30_000) as done:
            self.view.show_page(content)
        return tuple(done.args)

    def show_markup(self, markup: str, macros: dict[str, Any] | None = None) -> tuple[str, int, int]:
        """Show a page of plain markup."""
        return self.show(PageContent("node", "Node", Html(markup), macros or {}))

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answers: list[str] = []
        self.view.reader.document().runJavaScript(f"JSON.stringify({expression})", 0, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        return json.loads(answers[0]) if answers[0] else None


@pytest.fixture
def pane(qtbot: Any) -> Iterator[Pane]:
    view = ReadingView()
    view.resize(460, 700)
    view.show()
    yield Pane(qtbot, view)
    # Now and not later, as the web engine must go before the application does.
    shiboken6.delete(view)


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("project")
    (folder / "blueprint" / "src").mkdir(parents=True)
    (folder / "blueprint" / "src" / "web.tex").write_text(SOURCE, encoding="utf-8")
    return snapshot_of(read_blueprint(folder))


@pytest.fixture(scope="session")
def page(snapshot: Snapshot) -> Callable[..., PageContent]:
    prose = Prose(snapshot.blueprint)
    return lambda node, **more: page_of(snapshot, node, prose=prose, **more)


@pytest.fixture(scope="session")
def line_of() -> Callable[[str], int]:
    """The first line of the sample that holds a text."""
    return lambda start: next(number for number, line in enumerate(SOURCE.split("\n"), 1) if start in line)
