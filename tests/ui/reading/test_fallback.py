"""Without a web engine the page is still there to be read and followed, under a notice."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEnginePage

from blueprint_app.ui.reading import ReadingView, view
from blueprint_app.ui.reading.plain import PlainReader
from blueprint_app.ui.theme import DARK


@pytest.fixture
def plain(qtbot):
    widget = ReadingView(use_web_engine=False)
    widget.resize(460, 700)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_formulas_show_as_their_source(qtbot, plain, page):
    with qtbot.waitSignal(plain.completed) as done:
        plain.show_page(page("lem:bound"))
    assert done.args == ["lem:bound", 5, 5]
    assert isinstance(plain.reader, PlainReader)
    assert r"x \in \R" in plain.reader.toPlainText()
    assert plain.notice == "Formulas are shown as their source: it is switched off."


def test_links_work(qtbot, plain, page):
    plain.set_theme(DARK)
    plain.show_page(page("lem:bound"))
    with qtbot.waitSignal(plain.node_requested) as requested:
        plain.reader.anchorClicked.emit(QUrl("node:def%3Agap"))
    assert requested.args == ["def:gap"]


def test_the_theme_is_taken(qtbot, plain, page):
    plain.set_theme(DARK)
    plain.show_page(page("lem:bound"))
    picture = plain.reader.viewport().grab().toImage()
    assert picture.pixelColor(2, 2).name() == DARK.ground.lower()
    drawn = {picture.pixelColor(x, y).name() for x in range(0, 300, 1) for y in range(16, 120)}
    assert DARK.text.lower() in drawn


def test_a_missing_engine_is_named(qtbot, plain, page, monkeypatch):
    monkeypatch.setattr(view, "engine_folder", lambda: None)
    widget = ReadingView()
    qtbot.addWidget(widget)
    widget.show_page(page("def:gap"))
    assert "the mathematics engine is not installed" in widget.notice


def test_one_crash_is_survived_a_second_one_falls_back(pane, page):
    pane.show(page("lem:bound"))
    crashed = QWebEnginePage.RenderProcessTerminationStatus.CrashedTerminationStatus
    with pane.qtbot.waitSignal(pane.view.completed, timeout=30_000) as done:
        pane.view.reader.document().renderProcessTerminated.emit(crashed, 11)
    assert done.args == ["lem:bound", 5, 1]
    with pane.qtbot.waitSignal(pane.view.completed, timeout=30_000):
        pane.view.reader.document().renderProcessTerminated.emit(crashed, 11)
    assert isinstance(pane.view.reader, PlainReader)
    assert "ended twice" in pane.view.notice
    assert "L^2" in pane.view.reader.toPlainText()
