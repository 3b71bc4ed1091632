"""A model's text that waits for a person is hatched in every scheme and on the painted canvas; nothing else is."""

from dataclasses import replace

import numpy as np
import pytest

from blueprint_app.model.blueprint import ListCommand, ListEntry, NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.model.headline import Headline
from blueprint_app.model.place import Place
from blueprint_app.model.provenance import Contribution, FaithfulMark, Part, ProjectProvenance, statement_hash
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.canvas import GraphCanvas, scene_of
from blueprint_app.ui.theme import (
    DARK,
    HEADLINE_SCHEME,
    LEANBLUEPRINT_SCHEME,
    LIGHT,
    PROVENANCE_SCHEME,
    SCHEMES,
    Mark,
    styles_of,
)
from blueprint_app.ui.theme.colour import contrast
from tests.model.builders import blueprint

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
DAY = "2026-11-03T10:00:00+00:00"


@pytest.fixture
def snapshot() -> Snapshot:
    """Six nodes: a text, a draft for a text, two accepted statements (the second vouched for), a proof, a person's."""
    made = blueprint(
        "text: lemma\ndraft: lemma\nunvouched: lemma leanok proof:leanok\nvouched: lemma leanok proof:leanok\n"
        "proof: lemma leanok proof:leanok\nhuman: lemma leanok proof:leanok"
    )
    place = Place("a.tex", 1)
    nodes = tuple(
        replace(
            node, statement=replace(node.statement, lean=(ListCommand((ListEntry(f"P.{node.id}", place),), place),))
        )
        for node in made.nodes
    )
    hashes = {node.id: statement_hash(node) for node in nodes}

    def work(node: str, part: Part, accepted: str = DAY, **more: object) -> tuple[Contribution, ...]:
        known = hashes[NodeId(node)]
        return (Contribution(node, part, "m", DAY, accepted=accepted, statement_sha256=known, **more),)  # type: ignore[arg-type]

    mark = FaithfulMark("Emmy", DAY, True)
    checked = {
        f"P.{node.id}": DeclarationEvidence(f"P.{node.id}", EvidenceLevel.CHECKED, axioms=()) for node in nodes[2:]
    }
    return snapshot_of(
        replace(made, nodes=nodes),
        evidence=ProjectEvidence(checked),
        provenance=ProjectProvenance(
            {
                "draft": work("draft", Part.STATEMENT, accepted=""),
                "unvouched": work("unvouched", Part.STATEMENT),
                "vouched": work("vouched", Part.STATEMENT, marks=(mark,)),
                "proof": work("proof", Part.PROOF),
            }
        ),
    )


HATCHED = {"draft", "unvouched"}


@both_themes
@pytest.mark.parametrize("scheme", SCHEMES, ids=[scheme.id for scheme in SCHEMES])
def test_what_waits_for_a_person_is_hatched_in_every_scheme(snapshot: Snapshot, scheme, theme) -> None:
    styles, indices = styles_of(scheme, snapshot, snapshot.whole.nodes, theme)
    found = dict(zip(snapshot.whole.nodes, (styles[index] for index in indices), strict=True))
    assert {node for node, style in found.items() if style.hatched} == HATCHED
    assert all("AI" in found[NodeId(node)].name for node in HATCHED)
    assert all(found[NodeId(node)].mark in (Mark.STAR, Mark.QUESTION) for node in HATCHED)
    assert len({style.name for style in styles}) == len(styles)
    for style in styles:
        assert contrast(style.text, style.fill) >= 4.5
        assert scheme is LEANBLUEPRINT_SCHEME or contrast(style.border, theme.ground) >= 3


def test_headlines_and_provenance_tell_them_apart(snapshot: Snapshot) -> None:
    assert {node: headline.value for node, headline in snapshot.headlines.items()} == {
        "text": "informal", "draft": "AI-drafted", "unvouched": "AI-drafted", "vouched": "fully verified",
        "proof": "fully verified", "human": "fully verified",
    }  # fmt: skip
    styles, indices = styles_of(PROVENANCE_SCHEME, snapshot, snapshot.whole.nodes, LIGHT)
    names = {node: styles[index].name for node, index in zip(snapshot.whole.nodes, indices, strict=True)}
    assert names == {
        "text": "not in Lean", "draft": "AI, draft", "unvouched": "AI, statement not vouched for",
        "vouched": "AI, accepted", "proof": "AI, accepted", "human": "human",
    }  # fmt: skip
    assert len({(style.mark, style.line, style.hatched) for style in styles}) == len(styles)


def test_nodes_of_leanblueprint_colours_stay_as_the_project_sets_them(snapshot: Snapshot) -> None:
    styles, indices = styles_of(LEANBLUEPRINT_SCHEME, snapshot, snapshot.whole.nodes, LIGHT)
    found = dict(zip(snapshot.whole.nodes, (styles[index] for index in indices), strict=True))
    assert found[NodeId("unvouched")].fill == found[NodeId("human")].fill == snapshot.status[NodeId("human")].fill
    assert found[NodeId("unvouched")].name == f"{found[NodeId('human')].name}, AI-drafted"


def test_worse_news_keeps_its_colours_and_is_hatched(snapshot: Snapshot) -> None:
    broken = dict(snapshot.evidence.declarations)
    broken["P.unvouched"] = replace(broken["P.unvouched"], axioms=("sorryAx",))
    worse = snapshot_of(snapshot.blueprint, evidence=ProjectEvidence(broken), provenance=snapshot.provenance)
    assert worse.headlines[NodeId("unvouched")] is Headline.CONTRADICTED
    styles, indices = styles_of(HEADLINE_SCHEME, worse, [NodeId("unvouched")], LIGHT)
    style = styles[indices[0]]
    assert (style.hatched, style.mark, style.name) == (True, Mark.EXCLAMATION, "contradicted, AI-drafted")


@both_themes
@pytest.mark.parametrize("scheme", SCHEMES, ids=[scheme.id for scheme in SCHEMES])
def test_the_hatching_is_painted(qtbot, snapshot: Snapshot, scheme, theme) -> None:
    from blueprint_app.layout.placement import LayoutProblem, Placement

    count = len(snapshot.whole.nodes)
    centres = np.array([(200.0 * (row % 3), 120.0 * (row // 3)) for row in range(count)])
    problem = LayoutProblem(np.tile((150.0, 60.0), (count, 1)), np.zeros((0, 2), dtype=int), np.ones(count, dtype=bool))
    bounds = (-75.0, -30.0, 475.0, 150.0)
    placement = Placement(centres, np.zeros((0, 2)), np.zeros(1, dtype=int), np.zeros((0, 4)), bounds, "dot")
    canvas = GraphCanvas()
    qtbot.addWidget(canvas)
    canvas.set_reduced_motion(True)
    canvas.resize(900, 500)
    canvas.show_scene(scene_of(snapshot, snapshot.whole, problem, placement, scheme, theme))
    with qtbot.waitSignal(canvas.settled, timeout=10_000):
        canvas.show()
    image = canvas.grab().toImage()
    striped = set()
    for node, row in canvas.scene.index.items():
        x, y = canvas.viewport.to_picture(*canvas.scene.centre(row))
        left = round(x - 60 * canvas.viewport.scale)
        # A strip on the left of the node, where neither label nor mark is.
        line = [image.pixelColor(left + dx, round(y)).name() for dx in range(24)]
        if len(set(line)) > 1:
            striped.add(node)
    assert striped == HATCHED
