"""The small map, the legend and the buttons around a canvas."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from blueprint_app.ui.canvas import Legend, Minimap, ZoomButtons, empty_scene
from blueprint_app.ui.canvas.beside.legend import legend_rows
from blueprint_app.ui.theme import DARK, LEANBLUEPRINT_SCHEME

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def minimap(qtbot, canvas):
    widget = Minimap(canvas)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_click_on_the_map_moves_the_canvas(canvas, minimap, kite):
    canvas.zoom(3, animated=False)
    x, y = minimap.view.to_picture(*kite.centre(kite.index["lem:e"]))
    QTest.mouseClick(minimap, LEFT, pos=QPoint(round(x), round(y)))
    at = canvas.viewport.to_picture(*kite.centre(kite.index["lem:e"]))
    assert at == pytest.approx((400, 300), abs=2 * canvas.viewport.scale / minimap.view.scale)
    QTest.mousePress(minimap, LEFT, pos=QPoint(10, 10))
    QTest.mouseMove(minimap, QPoint(12, 14))
    assert (canvas.viewport.x, canvas.viewport.y) == pytest.approx(minimap.view.to_scene(12, 14))


def test_the_frame_shows_what_the_canvas_shows(canvas, minimap, kite):
    assert minimap.frame().width() > minimap.view.scale * (kite.bounds[2] - kite.bounds[0])
    canvas.zoom(4, animated=False)
    assert minimap.frame().width() == pytest.approx(800 / canvas.viewport.scale * minimap.view.scale)


def test_the_map_has_the_nodes_colours_and_the_frames(canvas, minimap, kite):
    image = minimap.grab().toImage()
    names = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {style.dot.lower() for style in kite.styles} <= names
    assert kite.theme.accent.lower() in names


def test_the_map_keeps_the_scenes_proportions(canvas, minimap, kite_in):
    left, top, right, bottom = canvas.scene.bounds
    inner = (minimap.width() - 10) / (minimap.height() - 10)
    assert inner == pytest.approx((right - left) / (bottom - top), rel=0.05)
    canvas.show_scene(empty_scene())
    assert minimap.width() >= 48
    minimap.grab()


def test_the_legend_counts_what_there_is(kite):
    rows = {row.text: row.count for row in legend_rows(kite)}
    assert rows["claimed"] == 2 - rows.get("fully verified", 0)
    assert rows["not ready"] == rows["informal"] == rows["stated"] == 1
    assert rows["definition"] == 1
    assert rows["result to be proved"] == 4
    assert rows["used in the statement"] == 1
    assert rows["used in the proof"] == 3
    assert "contradicted" not in rows


def test_no_heading_of_the_legend_stands_over_nothing(kite):
    assert "Shapes" in [row.text for row in legend_rows(kite)]
    texts = [row.text for row in legend_rows(empty_scene())]
    assert "Shapes" not in texts


def test_the_legend_runs_from_nothing_done_to_all_done(kite_in):
    texts = [row.text for row in legend_rows(kite_in(LEANBLUEPRINT_SCHEME, DARK))]
    assert (
        texts.index("not ready")
        < texts.index("stated, ready to prove")
        < texts.index("stated, proved with all it rests on")
    )


def test_the_legend_folds_and_follows_the_scene(qtbot, canvas, kite_in):
    legend = Legend(canvas)
    qtbot.addWidget(legend)
    legend.show()
    whole = legend.sizeHint()
    assert "claimed: 2" in legend.accessibleDescription()
    with qtbot.waitSignal(legend.folded_changed) as folded:
        QTest.mouseClick(legend.findChild(QToolButton), LEFT)
    assert folded.args == [True]
    assert legend.is_folded
    assert legend.sizeHint().height() < whole.height() / 3
    legend.fold(False)
    canvas.show_scene(kite_in(LEANBLUEPRINT_SCHEME, DARK))
    assert "not ready: 1" in legend.accessibleDescription()
    assert "claimed" not in legend.accessibleDescription()
    panel = legend.grab().toImage()
    assert panel.pixelColor(panel.width() - 6, panel.height() - 6).name() == DARK.panel.lower()


def test_buttons_zoom_and_fit(qtbot, canvas):
    buttons = ZoomButtons(canvas)
    qtbot.addWidget(buttons)
    buttons.show()
    fitted = canvas.viewport
    nearer, further, whole = buttons.findChildren(QToolButton)
    QTest.mouseClick(nearer, LEFT)
    assert canvas.viewport.scale == pytest.approx(1.25 * fitted.scale)
    QTest.mouseClick(further, LEFT)
    QTest.mouseClick(further, LEFT)
    assert canvas.viewport.scale == pytest.approx(fitted.scale / 1.25)
    QTest.mouseClick(whole, LEFT)
    assert canvas.viewport == fitted
    assert all(button.accessibleName() for button in (nearer, further, whole))
