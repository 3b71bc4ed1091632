"""Quick open: finds as one types, keys move through what was found, and every empty state says what to do."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from blueprint_app.insight.search.full_text import Field, TextHit
from blueprint_app.insight.search.search import SearchIndex
from blueprint_app.lean.library_index import LibraryHit
from blueprint_app.model.place import Place
from blueprint_app.ui.jobs import Jobs
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.search.meaning import MeaningSearch
from blueprint_app.ui.search.quick_open import QuickOpen

DETAIL = Qt.ItemDataRole.UserRole + 2
PATIENCE = 20_000


@pytest.fixture
def box(qtbot, make_snapshot):
    home = QWidget()
    qtbot.addWidget(home)
    home.resize(900, 700)
    home.show()
    made = QuickOpen(home)
    snapshot = make_snapshot(7)
    made.show_snapshot(snapshot, SearchIndex(snapshot.blueprint.nodes), lambda _node: QIcon())
    made.open()
    made.home = home
    return made


def texts(box):
    return [box.results.item(row).text() for row in range(box.results.count())]


def test_it_begins_with_the_first_nodes(box):
    assert texts(box)[:2] == ["Definition 1.0 (Entropy)", "Lemma 1.1 n1"]
    assert box.field.hasFocus()


def test_it_finds_as_one_types_and_enter_chooses_the_best(box, qtbot):
    qtbot.keyClicks(box.field, "demo.n4")
    assert texts(box) == ["Lemma 2.4 n4"]
    with qtbot.waitSignal(box.node_chosen) as signal:
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert signal.args == ["lem:n4"]
    assert box.isHidden()


def test_arrows_go_round_and_pages_stop_at_the_end(box, qtbot):
    qtbot.keyClick(box.field, Qt.Key.Key_Up)
    assert box.results.currentRow() == 6
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    assert box.results.currentRow() == 0
    qtbot.keyClick(box.field, Qt.Key.Key_PageDown)
    assert box.results.currentRow() == 6


def test_a_click_chooses(box, qtbot):
    item = box.results.item(1)
    with qtbot.waitSignal(box.node_chosen) as signal:
        place = box.results.visualItemRect(item).center()
        qtbot.mouseClick(box.results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["lem:n1"]


def test_escape_leaves_without_choosing(box, qtbot):
    with qtbot.assertNotEmitted(box.node_chosen):
        qtbot.keyClick(box.field, Qt.Key.Key_Escape)
    assert box.isHidden()


@pytest.mark.parametrize(
    ("reason", "stays"),
    [
        (Qt.FocusReason.ActiveWindowFocusReason, True),
        (Qt.FocusReason.PopupFocusReason, True),
        (Qt.FocusReason.MouseFocusReason, False),
    ],
)
def test_a_click_elsewhere_ends_it_and_another_window_does_not(box, reason, stays):
    QApplication.sendEvent(box.field, QFocusEvent(QEvent.Type.FocusOut, reason))
    assert box.isHidden() is not stays


def test_nothing_found_and_nothing_ready_say_so(box, qtbot, make_snapshot):
    qtbot.keyClicks(box.field, "zz")
    assert "Try a part of its label" in box.note.text()
    assert box.note.isVisible()
    box.show_snapshot(make_snapshot(7), None, lambda _node: QIcon())
    assert box.note.text() == "Getting ready to search…"


# By meaning


def hit(node, excerpt="", field=Field.STATEMENT):
    return TextHit(node, 1.0, field, excerpt)


@pytest.fixture
def meaning(box, qtbot, make_snapshot):
    """The box with a real search by meaning behind it; `meaning.open` is what is open."""
    jobs = Jobs()
    opened = [OpenProject(make_snapshot(7), Path("/nowhere"), 0.0)]
    made = MeaningSearch(jobs, lambda: opened[0])
    made.opened = opened
    box.asked.connect(made.ask)
    made.found.connect(box.show_more)
    yield made
    assert jobs.stop()


def test_what_is_typed_is_asked_once_it_may_be_a_question(box, qtbot):
    asked = []
    box.asked.connect(asked.append)
    qtbot.keyClicks(box.field, "x a")
    assert asked == ["x a"]


def test_nodes_found_by_meaning_come_after_those_found_by_name_and_once(box, qtbot):
    qtbot.keyClicks(box.field, "demo.n4")
    box.show_more("demo.n4", (hit("lem:n4"), hit("def:n0", "In other words."), hit("gone")))
    assert texts(box) == ["Lemma 2.4 n4", "Definition 1.0 (Entropy)"]
    assert box.results.item(1).data(DETAIL) == "statement: In other words."
    assert box.results.currentRow() == 0


def package_hit(name, line=3):
    return LibraryHit(
        name, "theorem", "order", "Order.Zorn", "/p/Order/Zorn.lean", line, f"theorem {name}", "A chain.", 1
    )


def test_declarations_of_packages_come_last_whenever_they_come(box, qtbot):
    qtbot.keyClicks(box.field, "demo.n4")
    box.show_packages("demo.n4", (package_hit("zorn"),))
    box.show_more("demo.n4", (hit("def:n0"),))
    assert texts(box) == ["Lemma 2.4 n4", "Definition 1.0 (Entropy)", "zorn"]
    assert box.results.item(2).data(DETAIL) == "order: A chain."
    box.show_packages("what was typed before", (package_hit("late"),))
    assert len(texts(box)) == 3


def test_what_of_packages_is_out_of_sight_is_told_of(box, qtbot, make_snapshot):
    snapshot = make_snapshot(30)
    box.show_snapshot(snapshot, SearchIndex(snapshot.blueprint.nodes), lambda _node: QIcon())
    qtbot.keyClicks(box.field, "demo")
    assert not box.note.isVisible()
    box.show_packages("demo", (package_hit("zorn"), package_hit("chain")))
    assert box.note.isVisible()
    assert box.note.text() == "2 from Lean packages at the end of the list"
    box.field.setText("demo.n4")
    box.show_packages("demo.n4", (package_hit("zorn"),))
    assert not box.note.isVisible()


def test_a_declaration_of_a_package_leads_to_its_source_and_to_no_node(box, qtbot):
    qtbot.keyClicks(box.field, "zzzz")
    box.show_packages("zzzz", (package_hit("zorn", 7),))
    with qtbot.assertNotEmitted(box.node_chosen), qtbot.waitSignal(box.place_chosen) as signal:
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert signal.args == [Place("/p/Order/Zorn.lean", 7)]


def test_an_answer_to_what_was_typed_before_is_left(box, qtbot):
    qtbot.keyClicks(box.field, "demo.n4")
    box.show_more("demo.n", (hit("def:n0"),))
    assert texts(box) == ["Lemma 2.4 n4"]


def test_what_was_chosen_meanwhile_stays_chosen(box, qtbot):
    qtbot.keyClicks(box.field, "demo")
    qtbot.keyClick(box.field, Qt.Key.Key_Down)
    box.show_more("demo", (hit("def:n0"),))
    assert box.results.currentRow() == 1


def test_a_question_in_plain_words_is_answered_and_enter_opens_the_answer(box, meaning, qtbot):
    with qtbot.waitSignal(meaning.found, timeout=PATIENCE):
        qtbot.keyClicks(box.field, "bounds of Jensen")
    assert texts(box)[0] == "Theorem 1.2 (Jensen bound)"
    with qtbot.waitSignal(box.node_chosen) as signal:
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert signal.args == ["the:n2"]


def test_while_it_looks_it_says_so_and_then_that_there_is_nothing(box, meaning, qtbot):
    with qtbot.waitSignal(meaning.found, timeout=PATIENCE):
        qtbot.keyClicks(box.field, "zzzz")
        assert "Looking at what the nodes say" in box.note.text()
    assert "Try a part of its label" in box.note.text()
    assert box.note.isVisible()


def test_only_the_last_question_is_answered(box, meaning, qtbot):
    answers = []
    meaning.found.connect(lambda question, _hits: answers.append(question))
    for question in ("first", "second", "jensen"):
        meaning.ask(question)
    qtbot.waitUntil(lambda: answers != [], timeout=PATIENCE)
    assert answers == ["jensen"]


def test_the_index_follows_what_is_open(box, meaning, qtbot, make_snapshot):
    assert meaning.index is None
    with qtbot.waitSignal(meaning.found, timeout=PATIENCE):
        meaning.ask("jensen")
    assert meaning.index is not None
    meaning.opened[0] = OpenProject(make_snapshot(40), Path("/nowhere"), 0.0)
    assert meaning.index is None
    with qtbot.waitSignal(meaning.found, timeout=PATIENCE) as signal:
        meaning.ask("n38")
    assert [each.node for each in signal.args[1]] == ["the:n38"]
    assert meaning.index.snapshot is meaning.opened[0].snapshot
    meaning.forget()
    meaning.opened[0] = None
    meaning.ask("jensen")
    assert meaning.index is None
