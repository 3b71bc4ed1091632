"""The window shows projects whose nodes stand in other files than TeX, with their headings, and reads their nodes."""

import pytest

PATIENCE = 60_000


@pytest.mark.parametrize(
    ("sample", "node", "heading"),
    [
        ("architect", "thm:add-comm", "Counting"),
        ("comments", "lem:half-double", "Halves"),
        ("verso", "lem:empty", "Words and letters"),
        ("lists", "thm:left", "Sieving"),
    ],
)
def test_a_sample_in_each_format_is_shown_and_read(opened, samples_folder, qtbot, sample, node, heading):
    window = opened(samples_folder / sample)
    snapshot = window.session.project.snapshot
    assert set(window.graph.canvas.scene.ids) == set(snapshot.nodes)
    assert heading in [each.title for each in snapshot.blueprint.headings]
    with qtbot.waitSignal(
        window.page.reading.completed, timeout=PATIENCE, check_params_cb=lambda shown, *_counts: shown == node
    ) as signal:
        window.presenter.look_at(node)
    _node, formulas, rejected = signal.args
    assert formulas >= 1
    assert rejected == 0
