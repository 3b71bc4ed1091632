"""What stands out in a real window: the answer, the badges, the bar, and the way back."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from blueprint_app.insight.graph.emphasis import EmphasisKind
from blueprint_app.insight.graph.graph_view import Level
from blueprint_app.ui.canvas.standing_out.badges import Emphasised, chain_edges, nodes_among, placed_badges
from tests.ui.conftest import label_of


def words(window):
    return [" ".join(chip.parts_in_words) for chip in window.graph.bar.chips]


def asked(window, qtbot, command):
    with qtbot.waitSignal(window.reading.emphasis.changed, timeout=10_000):
        window.commands[command].trigger()


def faded(window):
    scene = window.graph.scene
    return [scene.ids[n] for n in np.flatnonzero(window.graph.canvas.pictures.content.faded)]


def test_impact_stands_out_and_escape_ends_it(open_window, qtbot):
    window = open_window
    window.presenter.go_to(label_of(4))
    asked(window, qtbot, "graph.impact")
    assert faded(window) == [label_of(number) for number in range(4)]
    scene, canvas = window.graph.scene, window.graph.canvas
    # All that is in doubt comes near, above what the small map covers.
    top, bottom = scene.corners[4][1], scene.corners[6][3]
    qtbot.waitUntil(lambda: canvas.viewport.scale > 1, timeout=10_000)
    qtbot.waitUntil(lambda: 0 < canvas.viewport.to_picture(0, top)[1] < canvas.height() / 2, timeout=10_000)
    assert canvas.height() / 2 < canvas.viewport.to_picture(0, bottom)[1] < canvas.height() - 60
    assert words(window)[0].startswith("2 nodes in doubt if Lemma 2.4 n4 is wrong")
    # The selection is a ring only: its surroundings would hide the answer.
    assert window.graph.canvas.pictures.highlight is None
    QTest.keyClick(window.graph.canvas, Qt.Key.Key_Escape)
    QTest.keyClick(window.graph.canvas, Qt.Key.Key_Escape)
    assert faded(window) == []
    assert window.graph.bar.isHidden()
    window.store.undo()
    qtbot.waitUntil(lambda: len(faded(window)) == 4, timeout=10_000)


def test_the_critical_path_is_numbered_and_its_edges_are_strong(open_window, qtbot):
    window = open_window
    window.presenter.go_to(label_of(5))
    asked(window, qtbot, "graph.critical_path")
    answer = window.reading.emphasis.answer
    assert (answer.chain[-1], answer.badges) == (label_of(5), {label_of(0): "1", label_of(3): "2"})
    strong = window.graph.canvas.pictures.content.inks[-1]
    assert strong.colour == window.theme.accent
    assert int(strong.edges.sum()) == len(answer.chain) - 1
    assert window.commands["graph.critical_path"].isChecked()
    # Another question takes the place of this one.
    asked(window, qtbot, "graph.bottlenecks")
    assert window.reading.emphasis.shows(EmphasisKind.BOTTLENECKS)
    assert not window.commands["graph.critical_path"].isChecked()


def test_what_stands_out_and_is_not_shown_is_told(open_window, qtbot):
    window = open_window
    window.presenter.go_to(label_of(5))
    asked(window, qtbot, "graph.critical_path")
    with qtbot.waitSignal(window.scenes.ready, timeout=10_000):
        window.reading.toggle_done()
    nodes = window.reading.emphasis.answer.nodes
    hidden = len(nodes) - sum(node in window.graph.scene.index for node in nodes)
    assert hidden
    assert f"{hidden} of them not in what is shown" in words(window)


def test_a_box_stands_out_with_its_nodes_and_counts_their_badges(open_window, qtbot):
    window = open_window
    with qtbot.waitSignal(window.scenes.ready, timeout=10_000):
        window.reading.toggle_boxes(Level.CHAPTER)
    scene = window.graph.scene
    badges = {label_of(4): "1", label_of(5): "2", label_of(1): "3"}
    assert placed_badges(scene, badges).texts == ("3", "2×")
    assert nodes_among(scene, {label_of(5)}).tolist() == [False, True]
    assert chain_edges(scene, (label_of(3), label_of(4))).tolist() == [True]
    window.graph.canvas.emphasise(Emphasised(frozenset(badges), badges))

    def colour_of_badge():
        x, y = window.graph.canvas.viewport.to_picture(*scene.corners[0, :2])
        return window.graph.canvas.grab().toImage().pixelColor(round(x), round(y) - 6).name().upper()

    # It comes in softly.
    qtbot.waitUntil(lambda: colour_of_badge() == window.theme.accent, timeout=20_000)
