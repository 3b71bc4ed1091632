"""The trail of view states: what Back, Forward and Undo bring back."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.model.blueprint import NodeId, Reading
from blueprint_app.ui.project.view_state import ViewState, ViewStore

A, B, C = map(NodeId, "abc")


def test_back_and_forward_step_through_nodes_and_keep_the_colours(qtbot):
    store = ViewStore()
    store.change(node=A)
    store.change(node=B)
    store.change(scheme="headline")
    store.back()
    assert (store.state.node, store.state.scheme) == (A, "headline")
    store.forward()
    assert (store.state.node, store.state.scheme) == (B, "headline")


def test_undo_takes_back_whatever_changed_last(qtbot):
    store = ViewStore()
    store.change(node=A)
    store.change(scheme="headline")
    store.change(reading=Reading.STRICT)
    store.undo()
    assert store.state == ViewState(node=A, scheme="headline")
    store.undo()
    assert store.state == ViewState(node=A)
    store.redo()
    assert store.state.scheme == "headline"


def test_a_new_step_forgets_the_future(qtbot):
    store = ViewStore()
    for node in (A, B):
        store.change(node=node)
    store.back()
    store.change(node=C)
    assert not store.can_go[1]
    store.back()
    assert store.state.node == A


def test_moving_about_is_no_step_but_is_remembered(qtbot):
    store = ViewStore()
    store.change(node=A)
    store.change(viewport=(1, 2))
    store.change(viewport=(3, 4))
    store.change(node=B)
    store.back()
    assert store.state == ViewState(node=A, viewport=(3, 4))


def test_typing_in_the_filter_is_one_step(qtbot):
    store = ViewStore()
    store.change(node=A)
    for text in ("e", "en", "ent"):
        store.change(filter=text)
    store.undo()
    assert store.state == ViewState(node=A)


def test_nothing_is_told_when_nothing_changes(qtbot):
    store, told = ViewStore(), []
    store.changed.connect(lambda old, new: told.append((old, new)))
    store.change(node=None)
    store.back()
    store.undo()
    assert told == []
    assert store.can_go == (False, False, False, False)


@given(st.lists(st.sampled_from([A, B, C]), max_size=30))
def test_as_many_undos_as_steps_lead_to_the_start(nodes):
    store = ViewStore()
    for node in nodes:
        store.change(node=node)
    while store.can_go[2]:
        store.undo()
    assert store.state == ViewState()


def test_a_way_back_forgets_what_was_looked_at_since(qtbot):
    store, told = ViewStore(), []
    store.change(node=A)
    store.change(node=B)
    store.back()
    before, where = store.state, store.can_go
    way_back = store.way_back()
    store.change(node=C)
    store.change(view="list")
    store.changed.connect(lambda old, new: told.append((old.node, new.node)))
    way_back()
    assert (store.state, store.can_go) == (before, where)
    assert told == [(C, A)]
    store.forward()
    assert store.state.node == B
    way_back()
    assert (store.state, store.can_go) == (before, where), "the way back can be taken again"
