"""What the window's tests share: small snapshots made by hand, so that they need no reader, and a window over them."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from blueprint_app.layout.placement import Placement
from blueprint_app.model import derive
from blueprint_app.model.blueprint import (
    Blueprint,
    Heading,
    ListCommand,
    ListEntry,
    Node,
    NodeId,
    Passage,
    Reading,
    SourceFile,
)
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot

KINDS = ("definition", "lemma", "theorem")
TITLES = ("Entropy", "", "Jensen bound")

PATIENCE = 20_000
"""Milliseconds that a test waits for what is to come."""


def place(line: int) -> Place:
    return Place("blueprint/src/content.tex", line)


def listing(text: str, line: int) -> tuple[ListCommand, ...]:
    return (ListCommand((ListEntry(text, place(line)),), place(line)),)


def label_of(number: int) -> NodeId:
    return NodeId(f"{KINDS[number % 3][:3]}:n{number}")


def make_node(number: int, chapter: int) -> Node:
    """Node `number` uses the one before it, in its statement or its proof; every third is not in Lean yet."""
    kind, label, line = KINDS[number % 3], label_of(number), number + 1
    done = place(line) if number % 3 else None
    uses = listing(label_of(number - 1), line) if number else ()
    in_statement = number % 2 == 1 or kind == "definition"
    statement = Passage(
        f"Statement {number} about $x_{number}$.",
        place(line),
        uses=uses if in_statement else (),
        lean=listing(f"Demo.n{number}", line),
        leanok=done,
    )
    proof = Passage("Clear.", place(line), uses=() if in_statement else uses, leanok=done)
    return Node(
        label, (label,), kind, kind.capitalize(), f"{chapter}.{number}", TITLES[number % 3], (chapter - 1,), statement,
        None if kind == "definition" else proof,
    )  # fmt: skip


def snapshot_of(count: int, folder: str = "/nowhere", reading: Reading = Reading.LEANBLUEPRINT) -> Snapshot:
    """`count` nodes, each using the one before it, in chapters with a graph each; three diagnostics."""
    per_chapter = 50 if count > 20 else (count + 1) // 2 or 1
    nodes = tuple(make_node(number, 1 + number // per_chapter) for number in range(count))
    chapters = 1 + (count - 1) // per_chapter if count else 0
    headings = tuple(Heading(c - 1, "chapter", str(c), f"Chapter {c}", place(c)) for c in range(1, chapters + 1))
    diagnostics = tuple(
        Diagnostic(severity, f"code-{rank}", f"Message {rank}", "Do this.", place(rank + 1), node)
        for rank, (severity, node) in enumerate(zip(Severity, (label_of(0), None, None), strict=True))
    )
    blueprint = Blueprint(
        folder, "Demo", nodes, headings, {label: node.id for node in nodes for label in node.labels},
        graph_scope="chapter", files=(SourceFile("blueprint/src/content.tex", "0" * 64, "utf-8"),),
        diagnostics=diagnostics,
    )  # fmt: skip
    return derive.snapshot_of(blueprint, reading)


class PatientBot(QtBot):
    """Waits long, as a busy machine may take its time; what comes at once costs nothing."""

    def waitUntil(self, callback, *, timeout=PATIENCE):
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp, request):
    """The bot of pytest-qt, with patience; a size of the text that a test chose ends with it."""
    font = QFont(qapp.font())
    yield PatientBot(request)
    qapp.setFont(font)


@pytest.fixture
def make_snapshot() -> Callable[..., Snapshot]:
    return snapshot_of


class ColumnPlacer:
    """A layout without an engine: every node below the one before it, every edge a straight line."""

    def __init__(self) -> None:
        self.improves = False

    def place(self, problem, _cache_folder, check):
        check()
        return placement_in_a_column(problem, 100.0)

    def can_refine(self, _problem, _placement):
        return self.improves

    def refine(self, problem, _cache_folder, check):
        check()
        return placement_in_a_column(problem, 300.0)


def placement_in_a_column(problem, x):
    count, edges = len(problem.sizes), problem.edges
    centres = np.column_stack([np.full(count, x), 60.0 * np.arange(count) + 30.0])
    shares = np.array([0.0, 1 / 3, 2 / 3, 1.0])[None, :, None]
    starts, ends = centres[edges[:, 0], None, :], centres[edges[:, 1], None, :]
    points = (starts + shares * (ends - starts)).reshape(-1, 2)
    boxes = np.full((len(problem.groups), 4), np.nan)
    return Placement(
        centres, points, 4 * np.arange(len(edges) + 1), boxes, (0.0, 0.0, 400.0, 60.0 * max(count, 1)), "dot"
    )


@pytest.fixture
def window(qtbot, tmp_path, make_snapshot):
    """The main window with a made-up project of seven nodes behind every path; no project is open yet."""
    from blueprint_app.model.errors import BlueprintError
    from blueprint_app.ui.settings.settings import Settings
    from blueprint_app.ui.window.main_window import MainWindow

    def opener(path, reading, context):
        context.report(0.5, "reading")
        if path.name == "bad":
            raise BlueprintError("There is no blueprint here.", "Choose a folder that holds blueprint/src.")
        return make_snapshot(int(path.name.lstrip("p") or 7), str(path), reading)

    made = MainWindow(Settings(tmp_path / "settings.json"), opener, ColumnPlacer(), use_web_engine=False)
    made.resize(1300, 850)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def open_window(window, qtbot, tmp_path):
    """The window with the made-up project open and its graph painted."""
    with qtbot.waitSignals([window.session.opened, window.scenes.ready, window.session.searchable], timeout=20_000):
        window.session.open(tmp_path / "p")
    return window
