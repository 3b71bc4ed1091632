"""The strip of what turned: one step a node however often it turned, and nothing of what turned back."""

import pytest
from PySide6.QtCore import Qt

from blueprint_app.live.changes import Aspect, Change
from blueprint_app.ui.theme import LIGHT
from blueprint_app.ui.window.changed_strip import ChangedStrip, Turn, joined


@pytest.fixture
def strip(qtbot):
    made = ChangedStrip()
    qtbot.addWidget(made)
    made.resize(1200, 32)
    return made


def turn(node, before, after):
    return Change(node, Aspect.HEADLINE, before, after)


def test_several_turns_of_a_node_are_one_step_and_the_latest_stands_first():
    earlier = (Turn("a", "claimed", "formalised"), Turn("b", "stated", "claimed"))
    later = (Turn("a", "formalised", "contradicted"), Turn("b", "claimed", "stated"), Turn("c", "", "informal"))
    assert joined(earlier, later) == (Turn("c", "", "informal"), Turn("a", "claimed", "contradicted"))


def test_only_states_are_told_of(strip, make_snapshot):
    strip.add([Change("lem:n1", Aspect.PROOF), Change("lem:n1", Aspect.COLOUR)], make_snapshot(7), LIGHT)
    assert strip.isHidden()


def test_a_click_leads_to_the_node_and_one_that_is_gone_leads_nowhere(strip, qtbot, make_snapshot):
    changes = [turn("lem:n1", "stated", "claimed"), Change("lem:gone", Aspect.REMOVED, before="informal")]
    strip.add(changes, make_snapshot(7), LIGHT)
    strip.show()
    assert [button.isEnabled() for button in strip.buttons] == [False, True]
    with qtbot.waitSignal(strip.node_selected) as signal:
        qtbot.mouseClick(strip.buttons[1], Qt.MouseButton.LeftButton)
    assert signal.args == ["lem:n1"]
    assert "informal → gone" in strip.buttons[0].text()


def test_what_has_no_room_is_in_a_menu(strip, qtbot, make_snapshot):
    nodes = list(make_snapshot(7).nodes)
    strip.add([turn(node, "stated", "claimed") for node in nodes], make_snapshot(7), LIGHT)
    assert len(strip.buttons) == 4
    actions = strip._menu.actions()
    assert len(actions) == 3
    with qtbot.waitSignal(strip.node_selected) as signal:
        actions[0].trigger()
    assert signal.args == [nodes[2]]


def test_dismissed_it_begins_anew(strip, qtbot, make_snapshot):
    strip.add([turn("lem:n1", "stated", "claimed")], make_snapshot(7), LIGHT)
    strip.close_button.click()
    assert strip.isHidden()
    strip.add([turn("lem:n1", "claimed", "formalised")], make_snapshot(7), LIGHT)
    assert [each.words for each in strip.turns] == ["claimed → formalised"]


def test_little_room_shows_fewer_nodes_and_never_widens_the_window(strip, make_snapshot):
    strip.add([turn(node, "formalised", "fully verified") for node in make_snapshot(7).nodes], make_snapshot(7), LIGHT)
    strip.show()
    around = sum(each.sizeHint().width() for each in (strip.heading, strip._more, strip.close_button))
    strip.resize(around + 2 * strip._buttons[0].sizeHint().width(), 32)
    assert len(strip.buttons) == 1
    assert len(strip.buttons) + len(strip._menu.actions()) == 7
    assert strip.minimumSizeHint().width() < 200
    strip.resize(around + 6 * strip._buttons[0].sizeHint().width(), 32)
    assert len(strip.buttons) == 4
