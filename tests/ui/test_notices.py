"""Notices: newest first, one a topic, and their buttons do what they say."""

from PySide6.QtWidgets import QPushButton

from blueprint_app.ui.notices import Notice, NoticeBar, Offer, trouble


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
