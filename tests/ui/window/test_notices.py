"""Notices: newest first, one a topic, and their buttons do what they say."""

from PySide6.QtWidgets import QLabel, QPushButton

from blueprint_app.ui.window.notices import Notice, NoticeBar, Offer, trouble


def test_a_notice_shows_and_goes(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    notice = Notice("Written.")
    bar.show_notice(notice)
    assert not bar.isHidden()
    bar.dismiss(notice)
    assert bar.isHidden()


def test_one_notice_a_topic_newest_first_and_no_more_than_fit(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    for text in "abcd":
        bar.show_notice(Notice(text))
    bar.show_notice(trouble("x", topic="open"))
    bar.show_notice(trouble("y", topic="open"))
    assert [notice.text for notice in bar.notices] == ["y", "d", "c"]
    bar.clear("open")
    assert [notice.text for notice in bar.notices] == ["d", "c"]


def test_a_button_acts_and_takes_the_notice_away(qtbot):
    bar, done = NoticeBar(), []
    qtbot.addWidget(bar)
    bar.show_notice(trouble("It failed.", [Offer("Again", lambda: done.append(1))]))
    button = next(button for button in bar.findChildren(QPushButton) if button.text() == "Again")
    button.click()
    assert done == [1]
    assert bar.notices == ()


def test_in_a_narrow_window_the_buttons_go_below_the_words(open_window, qtbot):
    bar = open_window.notices
    offers = tuple(Offer(text, lambda: None) for text in ("Take a short tour", "Open a project", "Not now"))
    bar.show_notice(Notice("This is a sample blueprint, to look around in. Drop a folder onto the window.", offers))
    (words,) = [label for label in bar.findChildren(QLabel) if label.text().startswith("This is")]
    (button,) = [button for button in bar.findChildren(QPushButton) if button.text() == "Not now"]
    open_window.resize(1600, 850)
    qtbot.waitUntil(lambda: button.y() < words.geometry().bottom())
    open_window.resize(1000, 700)
    qtbot.waitUntil(lambda: button.y() >= words.geometry().bottom())
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
