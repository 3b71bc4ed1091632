"""A draft in a window that follows its project: hatched once it is recorded, in the project once it is accepted."""

import pytest

from blueprint_app.assistant.accepting import accepted_proof
from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.lean.project import read_project
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.headline import Headline
from blueprint_app.model.provenance import statement_hash
from blueprint_app.ui.drift.change_dialog import ChangeDialog
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import goal_of
from tests.assistant.records.attempts import full

PATIENCE = 60_000
NODE, NAME = NodeId("thm:factorisation-unique"), "Primes.factorisation_unique"
PROOF = "by\n  exact absurd rfl (fun _ => trivial)"


@pytest.fixture
def followed(opened, window, qtbot, sample_copy):
    folder = sample_copy("primes")
    with qtbot.waitSignal(window.session.renewed, timeout=PATIENCE):
        opened(folder)
    qtbot.waitUntil(window.lean.following._follower.is_ready.is_set, timeout=PATIENCE)
    return window, folder


def style(window):
    scene = window.graph.canvas.scene
    return scene.styles[scene.style_of[scene.index[NODE]]]


def test_from_draft_to_accepted(followed, qtbot):
    window, folder = followed
    snapshot = window.session.project.snapshot
    assert snapshot.headlines[NODE] is Headline.STATED
    assert not style(window).hatched
    store, digest = attempt_store(folder), statement_hash(snapshot.nodes[NODE])
    with qtbot.waitSignal(window.lean.changed, timeout=PATIENCE):
        record = store.write(full(NODE, outcome=Outcome.VERIFIED, statement_sha256=digest), PROOF, ".lean")
    assert window.session.project.snapshot.headlines[NODE] is Headline.AI_DRAFTED
    assert [turn.words for turn in window.changed_strip.turns] == ["stated → AI-drafted"]
    qtbot.waitUntil(lambda: style(window).hatched, timeout=PATIENCE)

    # Another reading, or another look at Lean, forgets nothing of it.
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.commands["view.reading_strict"].trigger()
    assert window.session.project.snapshot.headlines[NODE] is Headline.AI_DRAFTED
    with qtbot.waitSignal(window.session.renewed, timeout=PATIENCE):
        window.lean.look_again()
    assert window.session.project.snapshot.headlines[NODE] is Headline.AI_DRAFTED

    goal, before = goal_of(read_project(folder), NAME), window.session.project.snapshot
    window.mending.review(
        lambda: accepted_proof(before, NODE, goal, Draft(PROOF), is_verified=True), "A model's draft is accepted."
    )
    qtbot.waitUntil(lambda: window.findChild(ChangeDialog) is not None, timeout=PATIENCE)
    dialog = window.findChild(ChangeDialog)
    assert "@ Primes/Prime.lean" in dialog.text.toPlainText()
    assert "+  \\leanok" in dialog.text.toPlainText()
    assert "fun _ => trivial" not in (folder / goal.file).read_text()
    dialog.apply.click()
    # TeX and Lean may be told of in two steps.
    qtbot.waitUntil(lambda: window.session.project.snapshot.headlines[NODE] is Headline.FORMALISED, timeout=PATIENCE)
    assert window.session.project.snapshot.node_provenance[NODE].draft is not None
    store.mark(record, Judgement.ACCEPTED, "Ada")
    qtbot.waitUntil(lambda: window.session.project.snapshot.node_provenance[NODE].proof is not None, timeout=PATIENCE)
    now = window.session.project.snapshot.node_provenance[NODE]
    assert (now.draft, now.proof.model) == (None, "m-large-0426")
    assert window.session.project.snapshot.nodes[NODE].proof.is_leanok
    qtbot.waitUntil(lambda: not style(window).hatched, timeout=PATIENCE)
