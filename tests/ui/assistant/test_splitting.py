"""A proposed split: ghosts in the graph while it is looked at, a change of the TeX on a click, and no trace without."""

from blueprint_app.ui.drift.change_dialog import ChangeDialog
from tests.fakes.model_server import says
from tests.ui.assistant.conftest import PATIENCE, shown

SPLIT = r"""One step first.

```yaml
lemmas:
  - label: lem:factor-head
    kind: lemma
    title: The first prime
    statement: |
      A prime that divides a product of primes is one of them.
    uses: [def:prime]
proof_uses: [lem:factor-head]
```
"""
NODE = "thm:factorisation-unique"


def proposed(compose, set_up, model_server, qtbot, answer=SPLIT):
    set_up()
    model_server.then(says(answer))
    panel = compose(NODE, "split")
    panel.composer.send.click()
    qtbot.waitUntil(lambda: "Copy answer" in panel.buttons, timeout=PATIENCE)
    return panel


def test_a_proposal_stands_in_the_graph_until_it_is_dismissed(compose, set_up, model_server, opened, qtbot):
    panel = proposed(compose, set_up, model_server, qtbot)
    qtbot.waitUntil(lambda: "Show change…" in panel.buttons, timeout=PATIENCE)
    assert set(opened.graph.canvas.ghosts.rects) == {"lem:factor-head"}
    panel.buttons["Dismiss"].click()
    assert opened.graph.canvas.ghosts is None
    assert "Show change…" not in panel.buttons


def test_ghosts_go_with_the_question(compose, set_up, model_server, opened, qtbot):
    panel = proposed(compose, set_up, model_server, qtbot)
    qtbot.waitUntil(lambda: opened.graph.canvas.ghosts is not None, timeout=PATIENCE)
    panel.buttons["New question"].click()
    assert opened.graph.canvas.ghosts is None


def test_the_change_is_shown_and_written_on_a_click(compose, set_up, model_server, opened, qtbot):
    file = opened.session.project.path / "blueprint" / "src" / "chapters" / "primes.tex"
    before = file.read_text()
    panel = proposed(compose, set_up, model_server, qtbot)
    qtbot.waitUntil(lambda: "Show change…" in panel.buttons, timeout=PATIENCE)
    panel.buttons["Show change…"].click()
    qtbot.waitUntil(lambda: opened.findChild(ChangeDialog) is not None, timeout=PATIENCE)
    assert file.read_text() == before
    with qtbot.waitSignal(opened.session.opened, timeout=PATIENCE):
        opened.findChild(ChangeDialog).apply.click()
    assert "\\label{lem:factor-head}" in file.read_text()
    assert "lem:factor-head" in opened.session.project.snapshot.nodes
    assert opened.graph.canvas.ghosts is None


def test_a_proposal_that_cannot_be_used_says_why(compose, set_up, model_server, opened, qtbot):
    panel = proposed(
        compose, set_up, model_server, qtbot, SPLIT.replace("lem:factor-head\n    kind", "thm:euclid\n    kind")
    )
    qtbot.waitUntil(lambda: "exists already" in panel.status.text(), timeout=PATIENCE)
    assert opened.graph.canvas.ghosts is None
    qtbot.waitUntil(lambda: "One step first." in shown(panel), timeout=PATIENCE)
