"""What the window's tests share: a small snapshot made by hand, so that they need no reader."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from blueprint_app.layout.placement import Placement
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
from blueprint_app.model.graph import DependencyGraph, Edge, EdgeKind
from blueprint_app.model.headline import headline_of
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.status import BlueprintStatus

COLOURS = {"border": "green", "fill": "#9CEC8B"}


def place(line: int) -> Place:
    return Place("blueprint/src/content.tex", line)


def make_node(number: int, kind: str, chapter: int, title: str = "") -> Node:
    label = f"{kind[:3]}:n{number}"
    done = number % 3 != 0
    lean = (ListCommand((ListEntry(f"Demo.n{number}", place(number)),), place(number)),)
    statement = Passage(
        f"Statement {number} about $x_{number}$.", place(number), lean=lean, leanok=place(number) if done else None
    )
    proof = None if kind == "definition" else Passage("Clear.", place(number), leanok=place(number) if done else None)
    return Node(
        NodeId(label), (label,), kind, kind.capitalize(), f"{chapter}.{number}", title, (chapter,), statement, proof
    )


def snapshot_of(count: int, folder: str = "/nowhere", reading: Reading = Reading.LEANBLUEPRINT) -> Snapshot:
    """A blueprint of `count` nodes in chapters of at most 50, each node using the one before it."""
    kinds = ("definition", "lemma", "theorem")
    titles = ("Entropy", "", "Jensen bound")
    per_chapter = 50 if count > 20 else (count + 1) // 2 or 1
    nodes = tuple(make_node(i, kinds[i % 3], 1 + i // per_chapter, titles[i % 3]) for i in range(count))
    chapters = 1 + (count - 1) // per_chapter if count else 0
    headings = tuple(Heading(c, "chapter", str(c), f"Chapter {c}", place(c)) for c in range(1, chapters + 1))
    ids = tuple(node.id for node in nodes)
    edges = tuple(Edge(a, b, EdgeKind.STATEMENT if i % 2 else EdgeKind.PROOF) for i, (a, b) in enumerate(pairwise(ids)))
    whole = DependencyGraph("document", "", ids, edges, edges)
    graphs = tuple(
        DependencyGraph(
            f"chapter_{c}",
            f"Chapter {c}",
            own := tuple(node.id for node in nodes if node.path == (c,)),
            inner := tuple(e for e in edges if e.source in own and e.target in own),
            inner,
        )
        for c in range(1, chapters + 1)
    )
    status = {
        node.id: BlueprintStatus(
            True, True, node.proof is not None and node.proof.is_leanok, False,
            "green" if node.statement.is_leanok else "blue", "#9CEC8B" if node.statement.is_leanok else "",
            "box" if node.kind == "definition" else "ellipse",
        )
        for node in nodes
    }  # fmt: skip
    diagnostics = tuple(
        Diagnostic(severity, f"code-{i}", f"Message {i}", "Do this.", place(i + 1), node)
        for i, (severity, node) in enumerate(zip(Severity, (*ids[:1], None, None), strict=False))
    )
    blueprint = Blueprint(
        folder, "Demo", nodes, headings, {label: node.id for node in nodes for label in node.labels},
        files=(SourceFile("blueprint/src/content.tex", "0" * 64, "utf-8"),),
    )  # fmt: skip
    return Snapshot(
        blueprint, reading, status, {node.id: headline_of(node) for node in nodes},
        dict.fromkeys(ids, ()), dict.fromkeys(ids, ()), graphs if chapters > 1 else (), whole, diagnostics,
    )  # fmt: skip


@pytest.fixture
def make_snapshot() -> Callable[..., Snapshot]:
    return snapshot_of


def place_in_a_column(problem, _cache_folder, check):
    """A layout without an engine: every node below the one before it, every edge a straight line."""
    check()
    count, edges = len(problem.sizes), problem.edges
    centres = np.column_stack([np.full(count, 100.0), 60.0 * np.arange(count) + 30.0])
    shares = np.array([0.0, 1 / 3, 2 / 3, 1.0])[None, :, None]
    starts, ends = centres[edges[:, 0], None, :], centres[edges[:, 1], None, :]
    points = (starts + shares * (ends - starts)).reshape(-1, 2)
    boxes = np.full((len(problem.groups), 4), np.nan)
    return Placement(
        centres, points, 4 * np.arange(len(edges) + 1), boxes, (0.0, 0.0, 200.0, 60.0 * max(count, 1)), "dot"
    )


@pytest.fixture
def window(qtbot, tmp_path, make_snapshot):
    """The main window with a made-up project of seven nodes behind every path; no project is open yet."""
    from blueprint_app.model.errors import BlueprintError
    from blueprint_app.ui.main_window import MainWindow
    from blueprint_app.ui.settings import Settings

    def opener(path, reading, context):
        context.report(0.5, "reading")
        if path.name == "bad":
            raise BlueprintError("There is no blueprint here.", "Choose a folder that holds blueprint/src.")
        return make_snapshot(int(path.name.lstrip("p") or 7), str(path), reading)

    made = MainWindow(Settings(tmp_path / "settings.json"), opener, place_in_a_column, use_web_engine=False)
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
