"""Search in the guide: what is found, where it is marked, and that the keyboard alone will do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from blueprint_app.ui.guide import pages
from blueprint_app.ui.guide.pages import INDEX, Entry
from blueprint_app.ui.guide.search import MOST, Line, find, lines_of, spans
from blueprint_app.ui.guide.window import GuideWindow
from blueprint_app.ui.theme import DARK, LIGHT


def line(*texts, block=0, is_heading=False):
    return Line("a.md", "A", block, texts, is_heading)


def test_all_words_must_be_in_a_line_in_any_order():
    lines = [line("Lean is asked"), line("Ask Lean"), line("Ask a friend")]
    assert [hit.line.text for hit in find("lean ASK", lines)] == ["Ask Lean", "Lean is asked"][::-1]
    assert find("lean friend", lines) == ()
    assert find("  ", lines) == ()


def test_headings_come_first_and_then_words_that_stand_together():
    lines = [line("ask of Lean"), line("To ask lean"), line("Lean, to ask", is_heading=True)]
    assert [hit.line for hit in find("ask lean", lines)] == [lines[2], lines[1], lines[0]]


def test_a_row_is_one_line_and_each_cell_has_its_own_marks():
    (hit,) = find("graph ctrl+p", [line("Search", "Ctrl+P", "in the Graph, not the graph", block=7)])
    assert hit.places() == ((8, 0, 6), (9, 7, 5), (9, 22, 5))
    assert hit.told() == "Search · Ctrl+P · in the Graph, not the graph"


def test_a_long_line_is_told_from_a_little_before_the_match_on():
    (hit,) = find("needle", [line("hay " * 40 + "a needle in it" + " hay" * 40)])
    told = hit.told()
    assert told.startswith("… hay")
    assert told.endswith(" …")
    assert "a needle in it" in told
    assert len(told) < 100


def test_signs_of_patterns_are_only_signs():
    assert spans("a+b (c)", ("+", "(")) == ((1, 1), (4, 1))
    assert find(".*", [line("abc")]) == ()


def test_no_more_is_listed_than_can_be_read():
    assert len(find("a", [line("a")] * (MOST + 5))) == MOST


def test_the_lines_of_a_page_are_its_blocks_as_the_window_numbers_them(guide):
    for entry in pages.contents():
        if not entry.page:
            continue
        guide.show_page(entry.page)
        document = guide.browser.document()
        found = list(lines_of(entry))
        assert sum(len(each.texts) for each in found) == document.blockCount()
        for each in found:
            for number, text in enumerate(each.texts):
                shown = document.findBlockByNumber(each.block + number).text()
                assert len(shown) == len(text)
                assert shown.replace("\xa0", " ").replace("\u2028", " ").replace("\ufffc", " ") == text


def test_a_row_of_a_page_is_a_line(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text("# One\n\n| key | does |\n|---|---|\n| `U` | up |\n\nAfter.\n", encoding="utf-8")
    monkeypatch.setattr(pages, "guide_folder", lambda: tmp_path)
    found = {each.text: each.is_heading for each in lines_of(Entry("A", "a.md"))}
    assert {"One": True, "key · does": False, "U · up": False, "After.": False}.items() <= found.items()


@pytest.fixture
def guide(qtbot):
    made = GuideWindow(pages.contents(), lambda _address: None, LIGHT)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def ask(guide, qtbot, words):
    QTest.keyClick(guide, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.search.field.hasFocus()
    QTest.keyClicks(guide.search.field, words)
    qtbot.waitUntil(lambda: not guide.search._unread)


def marked(guide):
    return [selection.cursor.selectedText() for selection in guide.browser.extraSelections()]


def test_by_keys_alone_from_a_question_to_the_marked_place_and_back(guide, qtbot):
    ask(guide, qtbot, "native_decide")
    assert guide.search.results.isVisible()
    assert not guide.contents.isVisible()
    assert guide.page == INDEX
    QTest.keyClick(guide.search.field, Qt.Key.Key_Return)
    assert guide.page == "statuses-and-evidence.md"
    assert marked(guide) == ["native_decide"]
    assert guide.browser.viewport().rect().contains(guide.browser.cursorRect())
    assert guide.browser.verticalScrollBar().value() > 0
    QTest.keyClick(guide.search.field, Qt.Key.Key_Escape)
    assert guide.search.field.text() == ""
    assert guide.contents.isVisible()
    assert guide.browser.hasFocus()
    assert guide.isVisible()


def test_arrows_choose_among_what_was_found(guide, qtbot):
    ask(guide, qtbot, "ctrl+p")
    results = guide.search.results
    assert results.count() > 1
    QTest.keyClick(guide.search.field, Qt.Key.Key_Down)
    assert results.currentRow() == 1
    QTest.keyClick(guide.search.field, Qt.Key.Key_Up)
    QTest.keyClick(guide.search.field, Qt.Key.Key_Up)
    assert results.currentRow() == results.count() - 1
    QTest.keyClick(guide.search.field, Qt.Key.Key_Return)
    assert guide.page == results.currentItem().data(Qt.ItemDataRole.UserRole).line.page
    assert {text.lower() for text in marked(guide)} == {"ctrl+p"}


def test_every_word_is_marked_in_the_line_that_was_chosen(guide, qtbot):
    ask(guide, qtbot, "sandbox bubblewrap")
    QTest.keyClick(guide.search.field, Qt.Key.Key_Return)
    assert {text.lower() for text in marked(guide)} == {"sandbox", "bubblewrap"}


def test_what_is_nowhere_is_told(guide, qtbot):
    ask(guide, qtbot, "zebra")
    assert guide.search.results.count() == 0
    assert guide.search.note.isVisible()
    assert "“zebra”" in guide.search.note.text()
    QTest.keyClick(guide.search.field, Qt.Key.Key_Return)
    assert guide.page == INDEX


def test_the_mark_stays_when_the_theme_changes_and_goes_with_the_page(guide, qtbot):
    ask(guide, qtbot, "bubblewrap")
    QTest.keyClick(guide.search.field, Qt.Key.Key_Return)
    before = marked(guide)
    guide.set_theme(DARK)
    assert marked(guide) == before != []
    guide.show_page("drift.md")
    assert marked(guide) == []


def test_a_page_that_is_missing_does_not_stop_the_search(qtbot):
    made = GuideWindow((*pages.contents(), Entry("Gone", "gone.md")), lambda _address: None, LIGHT)
    qtbot.addWidget(made)
    made.show()
    made.search.begin()
    made.search.field.setText("bubblewrap")
    qtbot.waitUntil(lambda: not made.search._unread)
    assert made.search.results.count() >= 1


def test_a_line_is_found_where_the_cursor_then_stands(guide, qtbot):
    ask(guide, qtbot, "exit codes")
    QTest.keyClick(guide.search.field, Qt.Key.Key_Return)
    cursor = QTextCursor(guide.browser.textCursor())
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    assert "exit code" in cursor.selectedText().lower()


def test_the_window_behind_keeps_its_own_ctrl_f(open_window, qtbot):
    open_window.commands["help.guide"].trigger()
    guide = open_window.findChild(GuideWindow)
    qtbot.waitUntil(guide.isActiveWindow)
    QTest.keyClick(guide, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.search.field.hasFocus()
    guide.close()
    open_window.activateWindow()
    qtbot.waitUntil(open_window.isActiveWindow)
    QTest.keyClick(open_window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert open_window.outline.isAncestorOf(open_window.focusWidget())
