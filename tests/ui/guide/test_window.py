"""The window of the guide: F1 opens it, links turn its pages, and it can be left and found again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from blueprint_app.ui.guide import pages
from blueprint_app.ui.guide.pages import INDEX
from blueprint_app.ui.guide.window import GuideWindow
from blueprint_app.ui.theme import DARK, LIGHT


@pytest.fixture
def followed():
    return []


@pytest.fixture
def guide(qtbot, followed):
    made = GuideWindow(pages.contents(), followed.append, LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def test_f1_opens_it_beside_the_window_and_only_once(window, qtbot):
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (guide,) = window.findChildren(GuideWindow)
    assert guide.isVisible()
    assert not guide.isModal()
    assert "Blueprint Explorer" in guide.browser.toPlainText()
    guide.close()
    window.commands["help.guide"].trigger()
    assert window.findChildren(GuideWindow) == [guide]
    assert guide.isVisible()


def test_it_follows_the_theme_of_its_window(window):
    window.commands["help.guide"].trigger()
    guide = window.findChild(GuideWindow)
    for name, theme in (("dark", DARK), ("light", LIGHT)):
        window.settings["theme"] = name
        assert guide.browser.palette().color(QPalette.ColorRole.Base) == QColor(theme.ground)


def test_every_page_can_be_chosen_and_says_something(guide):
    shown = []
    for row in range(guide.contents.count()):
        if guide.contents.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
            guide.contents.setCurrentRow(row)
            shown.append(guide.page)
            assert len(guide.browser.toPlainText()) > 500
    assert shown == [entry.page for entry in pages.contents() if entry.page]


def test_links_turn_pages_and_back_leads_to_the_place_before(guide):
    assert not guide.back.isEnabled()
    guide.show_page("troubleshooting.md")
    bar = guide.browser.verticalScrollBar()
    bar.setValue(bar.maximum())
    guide.follow("drift.md")
    assert guide.page == "drift.md"
    assert bar.value() == 0
    assert guide.contents.currentItem().text().strip() == "Drift"
    guide.back.click()
    assert guide.page == "troubleshooting.md"
    assert bar.value() == bar.maximum() > 0
    guide.back.click()
    assert guide.page == INDEX
    assert not guide.back.isEnabled()


def test_addresses_of_the_web_are_handed_on(guide, followed):
    guide.follow("https://example.org/a.md")
    assert followed == ["https://example.org/a.md"]
    assert guide.page == INDEX


def test_a_page_that_is_missing_is_told_and_left_again(guide):
    guide.follow("nowhere.md")
    assert "cannot be read" in guide.browser.toPlainText()
    assert guide.page == INDEX
    guide.follow("drift.md")
    assert guide.page == "drift.md"


def test_a_guide_that_is_not_installed_is_told(window, monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "guide_folder", lambda: tmp_path)
    window.commands["help.guide"].trigger()
    assert window.findChild(GuideWindow) is None
    assert "guide" in window.notices.notices[0].text


def test_lines_stay_readable_in_a_wide_window(guide):
    guide.resize(1900, 800)
    right = guide.browser.document().rootFrame().frameFormat().rightMargin()
    assert guide.browser.viewport().width() - right <= 24 + 720
