"""Views with names: as text, and in a real window."""

import pytest
from PySide6.QtWidgets import QInputDialog, QMenu

from blueprint_app.insight.graph.emphasis import Emphasis, EmphasisKind
from blueprint_app.insight.graph.graph_view import EVERYTHING, Focus, Level, Narrowing
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.graph_reading.saved_views import LONGEST_NAME, read, saved_view, written
from blueprint_app.ui.project.view_state import ViewState
from tests.ui.conftest import label_of

A, B = NodeId("lem:a"), NodeId("thm:β, 1")


@pytest.mark.parametrize(
    "state",
    [
        ViewState(),
        ViewState(graph="chapter_2", scheme="chapter", filter="kind:lemma", inferred=True),
        ViewState(narrowing=Narrowing(focus=Focus(A, None, 3), hides_done=True)),
        ViewState(narrowing=Narrowing(path=(A, B), collapsed=Level.SECTION, opened=frozenset({A, B}))),
        ViewState(emphasis=Emphasis(EmphasisKind.IMPACT, B)),
        ViewState(emphasis=Emphasis(EmphasisKind.BOTTLENECKS)),
    ],
)
def test_a_view_comes_back_as_it_was_saved(state):
    view = saved_view(" My view ", state)
    assert view.name == "My view"
    assert read(written([view])) == (view,)


def test_a_name_is_no_longer_than_a_menu_can_show():
    assert len(saved_view("x" * 1000, ViewState()).name) == LONGEST_NAME


def test_what_cannot_be_understood_is_left_out():
    good = written([saved_view("good", ViewState())])
    bad = [
        "1", "null", '{"name": 3, "scheme": "x"}', '{"name": "n"}', '{"name": "n", "scheme": "x", "focus": [1, 2, 3]}',
        '{"name": "n", "scheme": "x", "focus": ["a", -1, null]}', '{"name": "n", "scheme": "x", "collapsed": "page"}',
        '{"name": "n", "scheme": "x", "path": ["a"]}', '{"name": "n", "scheme": "x", "emphasis": ["fear", null]}',
    ]  # fmt: skip
    for text in bad:
        assert [view.name for view in read(f"[{text}, {good[1:]}")] == ["good"], text
    assert read("{") == read("7") == ()


def test_save_show_and_delete_in_the_window(open_window, qtbot):
    window, saved = open_window, open_window.reading.saved
    window.presenter.go_to(label_of(3))
    window.reading.focus()
    window.store.change(scheme="chapter")
    window.commands["graph.save_view"].trigger()
    dialog = window.findChild(QInputDialog, "save_view")
    dialog.setTextValue("A & B")
    dialog.accept()
    assert [view.name for view in saved.views] == ["A & B"]
    window.store.change(narrowing=EVERYTHING, scheme="headline")
    menu = QMenu()
    saved.fill(menu)
    assert menu.actions()[0].text() == "A && B"
    menu.actions()[0].trigger()
    state = window.store.state
    assert (state.scheme, state.narrowing) == ("chapter", Narrowing(focus=Focus(label_of(3), 2, 1)))
    window.store.undo()
    assert (window.store.state.scheme, window.store.state.narrowing) == ("headline", EVERYTHING)
    menu.actions()[-1].menu().actions()[0].trigger()
    assert saved.views == ()
    window.notices.notices[0].offers[0].run()
    assert [view.name for view in saved.views] == ["A & B"]


def test_a_saved_view_of_a_node_that_is_gone_shows_the_rest(open_window, qtbot):
    window = open_window
    state = ViewState(narrowing=Narrowing(focus=Focus(NodeId("gone")), hides_done=True), graph="gone", scheme="gone")
    with qtbot.waitSignal(window.scenes.ready, timeout=10_000):
        window.reading.saved.show(saved_view("old", state))
    assert window.reading.narrowing == Narrowing(hides_done=True)
    assert len(window.graph.scene.ids) == 3
