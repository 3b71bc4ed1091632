"""The past in the graph: the colours of then on the nodes of now, a banner that says so, and the way back."""

import pytest
from PySide6.QtCore import Qt

from blueprint_app.ui.progress.past.past_scheme import NOT_YET


@pytest.fixture
def replayed(open_view, repository, real_window, qtbot):
    """The window with its history read, and the chart's cursor at the first step."""
    view = open_view(repository.folder)
    real_window.settings["past_read"] = (str(repository.folder),)
    with qtbot.waitSignal(view.history.got, timeout=30_000):
        view.show_page(1)
    view.history.content.chart.put_cursor(0)
    with qtbot.waitSignal(real_window.scenes.ready, timeout=20_000):
        view.history.content.replay.click()
    return real_window


def looks(window):
    scene = window.graph.scene
    return {node: scene.styles[scene.style_of[number]].name for number, node in enumerate(scene.ids)}


def test_the_graph_shows_the_day_and_says_so(replayed):
    bar = replayed.progress.replay.bar
    assert replayed.store.state.view == "graph"
    assert bar.isVisible()
    assert "As of 2025-03-04" in bar.words.text()
    assert looks(replayed) == {"a": "not in Lean", "b": "not in Lean", "c": NOT_YET}
    assert replayed.commands["view.replay"].isChecked()


def test_the_slider_goes_through_time_and_no_node_moves(replayed, qtbot):
    bar, places = replayed.progress.replay.bar, replayed.graph.scene.rects.copy()
    assert bar.slider.hasFocus()
    with qtbot.waitSignal(replayed.scenes.ready, timeout=20_000):
        qtbot.keyClick(bar.slider, Qt.Key.Key_Right)
    assert looks(replayed) == {"a": "stated", "b": "not in Lean", "c": NOT_YET}
    with qtbot.waitSignal(replayed.scenes.ready, timeout=20_000):
        qtbot.keyClick(bar.slider, Qt.Key.Key_End)
    assert looks(replayed)["a"] == "done, with all it rests on"
    assert (replayed.graph.scene.rects == places).all()


def test_play_goes_to_the_end_by_itself(replayed, qtbot):
    bar = replayed.progress.replay.bar
    bar.play.click()
    qtbot.waitUntil(lambda: not bar.play.isChecked(), timeout=20_000)
    assert bar.slider.value() == bar.slider.maximum() == 2


def test_back_to_now(replayed, qtbot):
    with qtbot.waitSignal(replayed.scenes.ready, timeout=20_000):
        replayed.progress.replay.bar.back.click()
    assert not replayed.progress.replay.bar.isVisible()
    assert NOT_YET not in looks(replayed).values()
    assert not replayed.commands["view.replay"].isChecked()


def test_other_colours_are_those_of_then_as_well(replayed, qtbot):
    with qtbot.waitSignal(replayed.scenes.ready, timeout=20_000):
        replayed.store.change(scheme="headline")
    assert looks(replayed) == {"a": "informal", "b": "informal", "c": NOT_YET}


def test_another_project_is_shown_as_it_is_now(replayed, repository, qtbot, tmp_path):
    repository.git("clone", "-q", str(repository.folder), str(tmp_path / "other"))
    with qtbot.waitSignals([replayed.session.opened, replayed.scenes.ready], timeout=20_000):
        replayed.session.open(tmp_path / "other")
    assert not replayed.progress.replay.is_on
    assert NOT_YET not in looks(replayed).values()


def test_without_a_history_there_is_nothing_to_replay(open_window):
    assert not open_window.commands["view.replay"].isEnabled()
