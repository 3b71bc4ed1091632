"""How much of real mathematics is typeset, and how long a formula and a page take.

Run it offscreen: ``QT_QPA_PLATFORM=offscreen python -m benchmarks.mathematics [PROJECT ...]``. It reads the corpus
of real blueprints beside the repository (or in $BLUEPRINT_SHARED) and writes ``benchmarks/RESULTS-mathematics.md``.
"""

import argparse
import html
import json
import os
import platform
import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QLibraryInfo, Qt, QTimer
from PySide6.QtWidgets import QApplication

from blueprint_app.export.prose import Prose
from blueprint_app.export.prose.page import PageContent, page_of
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.leanblueprint.reader import read_blueprint
from blueprint_app.ui.reading import ReadingView

REPOSITORY = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("BLUEPRINT_SHARED") or REPOSITORY.parent / "shared") / "corpus"
RESULTS = Path(__file__).with_name("RESULTS-mathematics.md")
PAGES = 25
"""How many pages of a project are shown and timed."""

FORMULA = re.compile(r'<span class="(formula(?: display)?)"[^>]*>(.*?)</span>', re.DOTALL)
UNRENDERED = re.compile(r'class="unrendered" title="([^"]*)"')
TYPESET = """(formulas => {
  const metrics = { em: 16, ex: 8, containerWidth: 640 };
  const rejected = [];
  const began = performance.now();
  for (const [tex, display] of formulas) {
    try { MathJax.tex2chtml(tex, { display, ...metrics }); } catch (error) { rejected.push(error.message); }
  }
  return JSON.stringify({ ms: performance.now() - began, rejected });
})"""


@dataclass
class Outcome:
    """What was measured of one project; times in milliseconds."""

    project: str
    nodes: int
    formulas: int
    rejected: Counter[str]
    unrendered: Counter[str]
    prose_ms: float
    engine_ms: float
    page_ms: list[float]


class Reader:
    """The reading pane, driven synchronously."""

    def __init__(self) -> None:
        self.view = ReadingView()
        self.view.resize(480, 900)
        self.view.show()

    def show(self, content: PageContent) -> float:
        """Show a page; milliseconds until its visible formulas are painted."""
        began = perf_counter()
        painted: list[float] = []
        loop = QEventLoop()
        first = self.view.rendered.connect(lambda *_: painted.append(perf_counter() - began))
        last = self.view.completed.connect(lambda *_: loop.quit())
        QTimer.singleShot(60_000, loop, loop.quit)
        self.view.show_page(content)
        loop.exec()
        self.view.rendered.disconnect(first)
        self.view.completed.disconnect(last)
        return 1000 * (painted[0] if painted else perf_counter() - began)

    def typeset(self, formulas: list[tuple[str, bool]]) -> tuple[float, list[str]]:
        """Typeset formulas in the engine alone; milliseconds, and why some were rejected."""
        answers: list[str] = []
        loop = QEventLoop()

        def take(answer: str) -> None:
            answers.append(answer)
            loop.quit()

        reader = self.view.reader
        reader.document().runJavaScript(f"{TYPESET}({json.dumps(formulas)})", 0, take)
        loop.exec()
        told = json.loads(answers[0])
        return told["ms"], told["rejected"]


def measured(project: str, reader: Reader) -> Outcome:
    """All formulas of one project through the engine, and some of its pages through the pane."""
    snapshot = snapshot_of(read_blueprint(CORPUS / project))
    prose = Prose(snapshot.blueprint)
    began = process_time()
    markup = "".join(passages(snapshot, prose))
    prose_ms = 1000 * (process_time() - began)
    formulas = [(html.unescape(tex), "display" in kind) for kind, tex in FORMULA.findall(markup)]
    step = max(len(snapshot.blueprint.nodes) // PAGES, 1)
    page_ms = [
        reader.show(page_of(snapshot, node.id, prose=prose)) for node in snapshot.blueprint.nodes[::step][: PAGES + 1]
    ]
    engine_ms, rejected = reader.typeset(formulas) if page_ms else (0.0, [])
    # The first page of a project starts a shell of its own.
    return Outcome(
        project, len(snapshot.blueprint.nodes), len(formulas), Counter(rejected), Counter(UNRENDERED.findall(markup)),
        prose_ms, engine_ms, page_ms[1:],
    )  # fmt: skip


def passages(snapshot: Snapshot, prose: Prose) -> list[str]:
    """The markup of every statement and proof."""
    nodes = snapshot.blueprint.nodes
    statements = [prose.passage(node.statement.tex) for node in nodes]
    return statements + [prose.passage(node.proof.tex) for node in nodes if node.proof is not None]


def table(outcomes: list[Outcome]) -> str:
    """The outcomes as a Markdown table, the sum at its foot."""
    head = (
        "| project | nodes | formulas | typeset | prose ms/node | engine ms/formula | page ms median | worst |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(row(outcome) for outcome in [*outcomes, total(outcomes)])


def row(outcome: Outcome) -> str:
    """One project's line."""
    typeset = outcome.formulas - outcome.rejected.total()
    share = f"{typeset} ({100 * typeset / outcome.formulas:.2f} %)" if outcome.formulas else "–"
    pages = f"{statistics.median(outcome.page_ms):.0f} | {max(outcome.page_ms):.0f}" if outcome.page_ms else "– | –"
    prose_ms = outcome.prose_ms / max(outcome.nodes, 1)
    engine_ms = outcome.engine_ms / max(outcome.formulas, 1)
    return (
        f"| {outcome.project} | {outcome.nodes} | {outcome.formulas} | {share} "
        f"| {prose_ms:.2f} | {engine_ms:.2f} | {pages} |"
    )


def total(outcomes: list[Outcome]) -> Outcome:
    """All projects as one."""

    def add(of: Callable[[Outcome], float]) -> float:
        return sum(of(outcome) for outcome in outcomes)

    return Outcome(
        "**all**",
        sum(outcome.nodes for outcome in outcomes),
        sum(outcome.formulas for outcome in outcomes),
        sum((outcome.rejected for outcome in outcomes), Counter()),
        sum((outcome.unrendered for outcome in outcomes), Counter()),
        add(lambda outcome: outcome.prose_ms),
        add(lambda outcome: outcome.engine_ms),
        [time for outcome in outcomes for time in outcome.page_ms],
    )


def report(outcomes: list[Outcome]) -> str:
    """The whole file of results."""
    everything = total(outcomes)
    reasons = [f"- {count} × {reason}" for reason, count in everything.rejected.most_common()]
    shown = [f"- {count} × {html.unescape(reason)}" for reason, count in everything.unrendered.most_common()]
    return "\n".join([
        "# Mathematics: share of formulas typeset, and times",
        "",
        f"Made by `python -m benchmarks.mathematics` on {platform.system()} {platform.machine()} with {os.cpu_count()}",
        f"cores (load {os.getloadavg()[0]:.1f} at the end), Python {platform.python_version()}, "
        f"Qt {QLibraryInfo.version().toString()}, software raster.",
        "",
        "*Prose* is the conversion of statement and proof; *engine* is MathJax alone; *page* is the time from the call",
        "that shows a node to its visible formulas painted, in the running shell.",
        "",
        table(outcomes),
        "",
        "Formulas that the engine rejects, which show as their source with the reason:",
        "",
        *(reasons or ["- none"]),
        "",
        "Text that shows as marked source:",
        "",
        *(shown or ["- none"]),
        "",
    ])  # fmt: skip


def main() -> int:
    """Measure the projects named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", nargs="*")
    parser.add_argument("-o", "--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    projects = arguments.projects or sorted(path.parent.name for path in CORPUS.glob("*/reference.json"))
    if not projects:
        print(f"no projects in {CORPUS}", file=sys.stderr)
        return 1
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    _application = QApplication([])
    reader = Reader()
    outcomes = []
    for project in projects:
        outcomes.append(measured(project, reader))
        print(row(outcomes[-1]), flush=True)
    arguments.output.write_text(report(outcomes), encoding="utf-8")
    # The web engine must go before the application does.
    shiboken6.delete(reader.view)
    return 0


if __name__ == "__main__":
    sys.exit(main())
