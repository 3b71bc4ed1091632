"""The canvas driven as a person does, with a look at its pixels."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from blueprint_app.ui.canvas import CanvasView, GraphCanvas, empty_scene
from blueprint_app.ui.canvas.standing_out.badges import Emphasised
from blueprint_app.ui.theme import DARK, HEADLINE_SCHEME, LEANBLUEPRINT_SCHEME, LIGHT
from blueprint_app.ui.theme.colour import contrast

LEFT = Qt.MouseButton.LeftButton


def picture(canvas: GraphCanvas) -> QImage:
    return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours(image: QImage, left: int, top: int, right: int, bottom: int) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(left, right) for y in range(top, bottom)}


def settled(qtbot, canvas: GraphCanvas, do) -> None:
    with qtbot.waitSignal(canvas.settled, timeout=5000):
        do()


def wheel(canvas: GraphCanvas, at: QPointF, turn: int, pixels: QPoint | None = None, phase=None) -> None:
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), pixels or QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, phase or Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_nodes_have_their_colours_and_shapes(qtbot, canvas, kite_in, point_of):
    settled(qtbot, canvas, lambda: canvas.show_scene(kite_in(LEANBLUEPRINT_SCHEME, LIGHT)))
    image, scale = picture(canvas), canvas.viewport.scale
    a, b = point_of("def:a"), point_of("lem:b")
    x, y = round(44 * scale), round(13 * scale)
    assert image.pixelColor(a.x() - x, a.y() + y).name() == "#b0eca3", "a box is filled into its corners"
    assert image.pixelColor(b.x() - x, b.y() + y).name() == "#ffffff", "an ellipse is not"
    assert image.pixelColor(b.x() - x, b.y()).name() == "#1cac78"


def test_uses_in_statements_are_dashed_and_in_proofs_solid(canvas, kite):
    image, theme = picture(canvas), kite.theme

    def ink(source: str, target: str) -> list[bool]:
        (x1, y1), (x2, y2) = (kite.centre(kite.index[node]) for node in (source, target))
        start, end = canvas.viewport.to_picture(x1, y1 + 18), canvas.viewport.to_picture(x2, y2 - 18)
        found = []
        for step in range(10, 81):
            x, y = (a + (b - a) * step / 100 for a, b in zip(start, end, strict=True))
            around = colours(image, round(x) - 1, round(y) - 1, round(x) + 2, round(y) + 2)
            found.append(any(contrast(colour, theme.ground) > 1.8 for colour in around))
        return found

    assert all(ink("def:a", "lem:c"))
    dashed = ink("def:a", "lem:b")
    assert 0.3 * len(dashed) < sum(dashed) < 0.95 * len(dashed)


def test_a_click_selects_and_the_background_clears(qtbot, canvas, point_of):
    with qtbot.waitSignal(canvas.node_selected) as selected:
        QTest.mouseClick(canvas, LEFT, pos=point_of("lem:c"))
    assert selected.args == ["lem:c"]
    assert canvas.selected == "lem:c"
    with qtbot.waitSignal(canvas.node_selected) as cleared:
        QTest.mouseClick(canvas, LEFT, pos=QPoint(5, 5))
    assert cleared.args == [""]
    assert canvas.selected is None


def test_calls_select_silently(qtbot, canvas):
    with qtbot.assertNotEmitted(canvas.node_selected):
        canvas.select("lem:b")
    assert canvas.selected == "lem:b"
    canvas.select("no such node")
    assert canvas.selected is None


def test_the_selected_node_has_a_ring(qtbot, canvas, kite, point_of):
    settled(qtbot, canvas, lambda: canvas.select("def:a"))
    at, scale = point_of("def:a"), canvas.viewport.scale
    below = round(at.y() + 18 * scale + 3)
    assert kite.theme.accent.lower() in colours(picture(canvas), at.x() - 30, below - 2, at.x() - 20, below + 3)


def test_a_drag_pans_by_its_pixels_and_selects_nothing(qtbot, canvas, point_of):
    before = canvas.viewport
    at = point_of("lem:b")
    with qtbot.assertNotEmitted(canvas.node_selected):
        QTest.mousePress(canvas, LEFT, pos=at)
        QTest.mouseMove(canvas, at + QPoint(30, 10))
        QTest.mouseMove(canvas, at + QPoint(60, -25))
        QTest.mouseRelease(canvas, LEFT, pos=at + QPoint(60, -25))
    x, y = before.to_picture(0, 0)
    assert canvas.viewport.to_picture(0, 0) == pytest.approx((x + 60, y - 25))
    assert canvas.viewport.scale == before.scale


def test_panned_pixels_are_the_pixels_of_a_new_painting(qtbot, canvas):
    settled(qtbot, canvas, lambda: canvas.restore_view(CanvasView(20, 100, 0.9)))
    view = canvas.viewport.moved(37, -23)
    canvas.centre_on(view.x, view.y)
    moved = picture(canvas)
    other = GraphCanvas()
    qtbot.addWidget(other)
    other.resize(canvas.size())
    other.show_scene(canvas.scene)
    other.restore_view(canvas.view_state())
    settled(qtbot, other, other.show)
    painted = picture(other)
    different = sum(
        abs(moved.pixelColor(x, y).lightness() - painted.pixelColor(x, y).lightness()) > 40
        for x in range(0, 800, 2)
        for y in range(0, 600, 2)
    )
    assert different < 40


def test_the_wheel_zooms_to_the_pointer(canvas, point_of):
    at = QPointF(point_of("lem:c"))
    before = canvas.viewport
    wheel(canvas, at, 240)
    assert canvas.viewport.scale > 1.2 * before.scale
    assert canvas.viewport.to_scene(at.x(), at.y()) == pytest.approx(before.to_scene(at.x(), at.y()))
    wheel(canvas, at, -240)
    assert canvas.viewport.scale == pytest.approx(before.scale)


def test_two_fingers_on_a_trackpad_pan(canvas):
    before = canvas.viewport
    wheel(canvas, QPointF(100, 100), 40, QPoint(12, -7), Qt.ScrollPhase.ScrollUpdate)
    assert canvas.viewport == before.moved(12, -7)


def test_a_double_click_asks_for_the_source(qtbot, canvas, point_of):
    with qtbot.waitSignal(canvas.source_requested) as asked:
        QTest.mouseDClick(canvas, LEFT, pos=point_of("thm:d"))
    assert asked.args == ["thm:d"]
    with qtbot.assertNotEmitted(canvas.source_requested):
        QTest.mouseDClick(canvas, LEFT, pos=QPoint(5, 5))


def test_keys_walk_and_act(qtbot, canvas):
    canvas.select("thm:d")
    walked = []
    canvas.node_selected.connect(walked.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Escape):
        QTest.keyClick(canvas, key)
    assert walked == ["lem:b", "lem:c", "def:a", ""]
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.selected is not None, "a first arrow enters the graph"
    with qtbot.waitSignal(canvas.node_activated) as activated:
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert activated.args == [canvas.selected]


def test_keys_zoom_and_fit(canvas):
    fitted = canvas.viewport
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.viewport.scale == pytest.approx(fitted.scale * 1.25**2)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.viewport.scale == pytest.approx(fitted.scale * 1.25)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.viewport == fitted
    canvas.zoom_out()
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.viewport == fitted


def test_walking_brings_a_node_into_sight(canvas, kite):
    canvas.restore_view(CanvasView(0, 0, 3.0))
    canvas.select("def:a")
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.selected in ("lem:b", "lem:c")
    x, y = canvas.viewport.to_picture(*kite.centre(kite.index[canvas.selected]))
    assert 0 < x < canvas.width()
    assert 0 < y < canvas.height()


def test_views_glide_unless_motion_is_reduced(qtbot, canvas):
    end = canvas.view_state()
    canvas.restore_view(CanvasView(0, 0, 2.0))
    assert canvas.viewport.scale == 2.0
    canvas.set_reduced_motion(False)
    seen = []
    canvas.view_changed.connect(lambda: seen.append(canvas.viewport.scale))
    canvas.fit()
    assert canvas.view_state() == end, "the state is where the journey goes"
    qtbot.waitUntil(lambda: canvas.viewport.scale == end.scale)
    if canvas.style().styleHint(canvas.style().StyleHint.SH_Widget_Animation_Duration):
        assert len(seen) > 1
    assert seen == sorted(seen, reverse=True)


def test_hovering_lets_the_rest_step_back(qtbot, canvas, kite, point_of):
    def border_at(node: str) -> float:
        at, scale = point_of(node), canvas.viewport.scale
        found = colours(picture(canvas), at.x() - round(51 * scale), at.y() - 2, at.x() - round(45 * scale), at.y() + 3)
        return max(contrast(colour, kite.theme.ground) for colour in found)

    apart, near = border_at("lem:e"), border_at("lem:c")
    with qtbot.waitSignal(canvas.node_hovered) as hovered:
        QTest.mouseMove(canvas, point_of("lem:b"))
    assert hovered.args == ["lem:b"]
    qtbot.waitUntil(lambda: border_at("lem:e") < 0.6 * apart)
    assert border_at("lem:c") < 0.6 * near, "a sibling is neither foundation nor impact"
    assert border_at("thm:d") > 3
    QTest.mouseMove(canvas, QPoint(4, 4))
    qtbot.waitUntil(lambda: border_at("lem:e") == pytest.approx(apart))


def test_foundation_and_impact_edges_have_their_colours(qtbot, canvas, kite):
    settled(qtbot, canvas, lambda: canvas.select("lem:c"))
    image = picture(canvas)

    def colours_along(source: str, target: str) -> set[str]:
        ends = [canvas.viewport.to_picture(*kite.centre(kite.index[node])) for node in (source, target)]
        x, y = (round((a + b) / 2) for a, b in zip(*ends, strict=True))
        return colours(image, x - 2, y - 2, x + 3, y + 3)

    assert kite.theme.foundation.lower() in colours_along("def:a", "lem:c")
    assert kite.theme.impact.lower() in colours_along("lem:c", "thm:d")
    assert not {kite.theme.foundation.lower(), kite.theme.impact.lower()} & colours_along("def:a", "lem:b")


def test_a_selected_node_too_small_for_text_is_named(qtbot, canvas, kite):
    settled(qtbot, canvas, lambda: canvas.restore_view(CanvasView(0, 120, 0.2)))
    before = picture(canvas)
    settled(qtbot, canvas, lambda: canvas.select("thm:d"))
    x, y = canvas.viewport.to_picture(*kite.centre(kite.index["thm:d"]))
    box = (round(x) - 100, round(y) + 8, round(x) + 100, round(y) + 32)
    assert kite.theme.accent.lower() in colours(picture(canvas), *box)
    assert kite.theme.accent.lower() not in colours(before, *box)


def test_a_filter_lets_nodes_step_back(qtbot, canvas, point_of):
    at = point_of("lem:e")
    box = (at.x() - 20, at.y() - 6, at.x() + 20, at.y() + 6)
    darkest = min(QColor(colour).lightness() for colour in colours(picture(canvas), *box))
    settled(qtbot, canvas, lambda: canvas.show_only({"def:a"}))
    faded = min(QColor(colour).lightness() for colour in colours(picture(canvas), *box))
    assert faded > darkest + 30
    settled(qtbot, canvas, lambda: canvas.show_only(None))
    assert min(QColor(colour).lightness() for colour in colours(picture(canvas), *box)) == darkest


def test_a_kept_view_does_not_jump(canvas, kite, kite_in):
    canvas.restore_view(CanvasView(30, 50, 1.4))
    canvas.select("lem:c")
    before = canvas.viewport.to_picture(*kite.centre(kite.index["lem:c"]))
    canvas.show_scene(kite_in(LEANBLUEPRINT_SCHEME, DARK), keep_view=True)
    assert canvas.selected == "lem:c"
    assert canvas.viewport.to_picture(*canvas.scene.centre(canvas.scene.index["lem:c"])) == pytest.approx(before)
    assert canvas.viewport.scale == 1.4


def test_what_is_shown_already_is_not_painted_again(canvas, kite):
    pictures, content = canvas.pictures, canvas.pictures.content
    canvas.show_scene(kite, keep_view=True)
    canvas.show_only(None)
    assert canvas.pictures is pictures
    assert pictures.content is content


def test_a_kept_view_follows_the_selected_node_of_a_new_layout(canvas, kite):
    from dataclasses import replace

    canvas.restore_view(CanvasView(30, 50, 1.4))
    canvas.select("lem:c")
    before = canvas.viewport.to_picture(*kite.centre(kite.index["lem:c"]))
    shifted = replace(kite, rects=kite.rects + np.array([500, 300, 0, 0]))
    canvas.show_scene(shifted, keep_view=True)
    assert canvas.viewport.to_picture(*shifted.centre(shifted.index["lem:c"])) == pytest.approx(before)


def test_a_fitted_view_stays_fitted_when_the_window_grows(canvas, kite):
    canvas.resize(1200, 900)
    left, _, right, _ = canvas.viewport.box
    assert left < kite.bounds[0]
    assert right > kite.bounds[2]
    assert canvas.viewport.width == 1200
    canvas.zoom(2, animated=False)
    scale = canvas.viewport.scale
    canvas.resize(1000, 700)
    assert canvas.viewport.scale == scale
    assert canvas.viewport.width == 1000


def test_what_is_gone_near_to_stands_above_what_covers_the_canvas(qtbot, canvas, kite):
    canvas.keep_clear(150)
    everything = Emphasised(frozenset(kite.ids))
    settled(qtbot, canvas, lambda: canvas.emphasise(everything, come_near=True))
    left, top = canvas.viewport.to_picture(*kite.bounds[:2])
    right, bottom = canvas.viewport.to_picture(*kite.bounds[2:])
    assert 0 < left < right < canvas.width()
    assert 0 < top < bottom < canvas.height() - 150
    canvas.resize(700, 440)
    left, top = canvas.viewport.to_picture(*kite.bounds[:2])
    right, bottom = canvas.viewport.to_picture(*kite.bounds[2:])
    assert 0 < left < right < 700
    assert 0 < top < bottom < 440 - 150, "a strip that appears above does not push it below the edge"
    canvas.zoom(2, animated=False)
    scale = canvas.viewport.scale
    canvas.resize(800, 600)
    assert canvas.viewport.scale == scale, "it was moved by hand"


def in_corner(canvas, scene, width, height):
    lower_left = [canvas.viewport.to_picture(left, bottom) for left, _, _, bottom in scene.corners.tolist()]
    return [
        node
        for node, (left, bottom) in zip(scene.ids, lower_left, strict=True)
        if left < width and bottom > canvas.height() - height
    ]


def test_a_fitted_graph_stands_beside_an_open_legend_where_that_would_cover_nodes(canvas, kite):
    whole = canvas.viewport
    canvas.keep_corner(20, 20)
    assert canvas.viewport == whole, "nothing lies there"
    assert in_corner(canvas, kite, 380, 560)
    canvas.keep_corner(380, 560)
    assert in_corner(canvas, kite, 380, 560) == []
    left, top = canvas.viewport.to_picture(*kite.bounds[:2])
    right, bottom = canvas.viewport.to_picture(*kite.bounds[2:])
    assert 380 <= left < right <= canvas.width()
    assert 0 <= top < bottom <= canvas.height()
    canvas.keep_corner(0, 0)
    assert canvas.viewport == whole
    canvas.zoom(2, animated=False)
    view = canvas.viewport
    canvas.keep_corner(380, 560)
    assert canvas.viewport == view, "only a fitted view moves"


def test_a_graph_that_is_seen_whole_does_not_move_for_a_node_at_its_edge(canvas, kite):
    view = canvas.viewport
    for node in kite.ids:
        canvas.select(node)
        assert canvas.viewport == view
    canvas.resize(300, 200)
    fitted = canvas.viewport
    canvas.select(kite.ids[0])
    assert canvas.viewport == fitted


def test_an_empty_canvas_says_what_to_do(qtbot):
    canvas = GraphCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(500, 300)
    canvas.show()
    assert len(colours(picture(canvas), 100, 100, 400, 200)) > 5
    before = picture(canvas)
    canvas.set_empty_message("Nothing matches.\nClear the filter.")
    assert picture(canvas) != before
    canvas.show_scene(empty_scene(DARK))
    assert picture(canvas).pixelColor(3, 3).name() == DARK.ground.lower()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_0):
        QTest.keyClick(canvas, key)
    QTest.mouseClick(canvas, LEFT, pos=QPoint(100, 100))
    assert canvas.selected is None


def test_tooltips_never_take_a_title_for_markup(canvas, point_of, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: shown.append(text))
    at = point_of("thm:d")
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, at, canvas.mapToGlobal(at)))
    assert len(shown) == 1
    assert shown[0].startswith("<qt>Theorem 1.4 (A &lt;b&gt;bold&lt;/b&gt; ρ bound)<br>thm:d<br>informal")


def test_screen_readers_hear_the_selection(canvas):
    assert canvas.accessibleName() == "Dependency graph"
    assert canvas.accessibleDescription() == "5 nodes, 4 edges."
    canvas.select("lem:c")
    assert "Lemma 1.3" in canvas.accessibleDescription()
    assert "prerequisites: 1, users: 1." in canvas.accessibleDescription()


def test_keyboard_focus_is_seen(canvas, kite):
    assert picture(canvas).pixelColor(0, 300).name() != kite.theme.accent.lower()
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    assert picture(canvas).pixelColor(0, 300).name() == kite.theme.accent.lower()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_grabbed_images_are_crisp(canvas, kite, ratio):
    image = canvas.grab_image(ratio=ratio)
    assert image.width() == 800 * ratio
    x, y = canvas.viewport.to_picture(*kite.centre(kite.index["def:a"]))
    fill = kite.styles[kite.style_of[kite.index["def:a"]]].fill.lower()
    assert image.pixelColor(round((x - 35) * ratio), round(y * ratio)).name() == fill


def test_a_shown_canvas_looks_like_its_grabbed_image(canvas):
    shown, grabbed = picture(canvas), canvas.grab_image()
    different = sum(shown.pixel(x, y) != grabbed.pixel(x, y) for x in range(0, 800, 3) for y in range(0, 600, 3))
    assert different == 0


def test_group_titles_are_shown_where_they_have_room(qtbot, canvas, grouped):
    settled(qtbot, canvas, lambda: canvas.show_scene(grouped))
    x, y = canvas.viewport.to_picture(-200, -40)
    title = colours(picture(canvas), round(x) + 8, round(y) - 6, round(x) + 120, round(y) + 6)
    assert any(contrast(colour, grouped.theme.ground) > 7 for colour in title)
    inner = grouped.groups[1].box
    corner = [round(value) for value in canvas.viewport.to_picture(inner[0], inner[1])]
    small = colours(picture(canvas), corner[0] + 2, corner[1] - 8, corner[0] + 30, corner[1] + 8)
    assert not any(contrast(colour, grouped.theme.ground) > 4.5 for colour in small)


def test_a_scene_given_while_hidden_is_painted_when_shown(qtbot, canvas, kite_in):
    canvas.hide()
    canvas.show_scene(kite_in(HEADLINE_SCHEME, DARK))
    qtbot.wait(1)
    settled(qtbot, canvas, canvas.show)
    assert canvas.pictures.is_crisp(canvas.viewport)


def test_another_screen_gets_images_of_its_own(qtbot, canvas):
    before = picture(canvas)
    settled(qtbot, canvas, lambda: QApplication.sendEvent(canvas, QEvent(QEvent.Type.DevicePixelRatioChange)))
    assert picture(canvas) == before


def test_scheme_and_theme_change_the_ground(qtbot, canvas, kite_in):
    settled(qtbot, canvas, lambda: canvas.show_scene(kite_in(HEADLINE_SCHEME, DARK)))
    assert picture(canvas).pixelColor(2, 2).name() == DARK.ground.lower()


def test_another_state_of_the_scene_does_not_end_a_glide(canvas, qtbot):
    goal = CanvasView(120.0, 90.0, 2.0)
    canvas.restore_view(goal)
    canvas.show_scene(replace(canvas.scene), keep_view=True)
    qtbot.waitUntil(lambda: not canvas._camera._is_gliding())
    assert canvas.view_state() == goal
    assert canvas.viewport.scale == pytest.approx(2.0)


def test_a_new_size_lets_a_glide_arrive(canvas, qtbot):
    canvas.restore_view(CanvasView(120.0, 90.0, 2.0))
    canvas.resize(canvas.width() + 40, canvas.height())
    qtbot.waitUntil(lambda: not canvas._camera._is_gliding())
    assert canvas.viewport.scale == pytest.approx(2.0)
