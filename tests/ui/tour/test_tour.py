"""The tour in the real window: it leads through all cards by keyboard, gives way, and leaves no trace."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from blueprint_app.ui import app
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.tour import desk as desk_module
from blueprint_app.ui.tour.callout import place_beside
from blueprint_app.ui.tour.desk import TAKE_TOUR
from blueprint_app.ui.window.main_window import MainWindow
from tests.ui.conftest import ColumnPlacer

PATIENCE = 20_000
TITLES = ["The graph", "The page of a node", "Next", "Progress", "Drift and diagnostics", "Find anything"]


@pytest.fixture
def shown(open_window, qtbot):
    """The window with the keys in it, as a person has it."""
    open_window.activateWindow()
    qtbot.waitUntil(open_window.isActiveWindow, timeout=PATIENCE)
    open_window.graph.setFocus()
    return open_window


@pytest.fixture
def tour(shown, qtbot):
    """A tour that has begun."""
    shown.commands["help.tour"].trigger()
    qtbot.waitUntil(shown.tour.tour.callout.hasFocus, timeout=PATIENCE)
    return shown.tour.tour


def looks(window):
    """All that the tour must leave as it was."""
    state = window.store.state
    docks = tuple(dock.isHidden() for dock in (window.outline_dock, window.page_dock, window.diagnostics_dock))
    tabs = window.right.currentWidget(), window.bottom.currentWidget(), window.centre.currentWidget()
    chosen = state.node, state.view, state.graph, state.filter, state.narrowing
    return docks, tabs, chosen, window.store.can_go, window.graph.legend.is_folded, window.settings["legend"]


def place_in(window, widget):
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def test_the_keys_lead_through_all_cards_and_out(shown, qtbot):
    before, settings = looks(shown), shown.graph.legend.is_folded
    shown.commands["help.tour"].trigger()
    tour, read = shown.tour.tour, []
    with qtbot.waitSignal(tour.ended, timeout=PATIENCE):
        for title in TITLES:
            assert tour.title == title
            qtbot.waitUntil(tour.callout.hasFocus, timeout=PATIENCE)
            read.append((tour.callout.accessibleName(), tour.callout.accessibleDescription()))
            part = next(stop.part for stop in tour._stops if stop.title == title)
            assert part.isVisible()
            qtbot.waitUntil(lambda part=part: tour.veil.part == place_in(shown, part), timeout=PATIENCE)
            assert shown.rect().contains(tour.callout.geometry())
            qtbot.keyClick(tour.callout, Qt.Key.Key_Right)
    assert [name.split(": ")[1] for name, _text in read] == TITLES
    assert all(text for _name, text in read)
    assert shown.tour.tour is None
    assert looks(shown) == before
    assert shown.graph.legend.is_folded == settings


def test_each_card_shows_what_it_speaks_of(tour, shown, qtbot):
    assert shown.centre.currentWidget() is shown.graph
    assert not shown.graph.legend.is_folded
    qtbot.keyClick(tour.callout, Qt.Key.Key_Return)
    assert shown.store.state.node == "the:n2", "the first with a title, a proof and a Lean name"
    assert shown.right.currentWidget() is shown.page
    assert shown.graph.legend.is_folded, "it would hide what the other cards show"
    qtbot.keyClick(tour.callout, Qt.Key.Key_Space)
    assert shown.centre.currentWidget() is shown.next_view
    qtbot.keyClick(tour.callout, Qt.Key.Key_Right)
    assert shown.centre.currentWidget() is shown.views[-1]
    qtbot.keyClick(tour.callout, Qt.Key.Key_Right)
    assert shown.bottom.currentWidget() is shown.drift
    assert not shown.diagnostics_dock.isHidden()


@pytest.mark.parametrize("cards", [0, 2, 5])
def test_skip_leaves_the_window_as_it_was(shown, qtbot, cards):
    shown.presenter.go_to("the:n2")
    shown.presenter.go_to("lem:n4")
    shown.store.back()
    shown.store.change(view="list")
    shown.outline_dock.hide()
    shown.diagnostics_dock.hide()
    shown.commands.refresh()
    before = looks(shown)
    shown.commands["help.tour"].trigger()
    tour = shown.tour.tour
    for _card in range(cards):
        qtbot.keyClick(tour.callout, Qt.Key.Key_Right)
    with qtbot.waitSignal(tour.ended, timeout=PATIENCE):
        qtbot.keyClick(tour.callout, Qt.Key.Key_Escape)
    assert looks(shown) == before
    assert tour.veil.isHidden()
    assert tour.callout.isHidden()


def test_back_goes_back_and_not_before_the_first(tour, qtbot):
    qtbot.keyClick(tour.callout, Qt.Key.Key_Left)
    assert tour.title == TITLES[0]
    assert not tour.callout.back.isEnabled()
    qtbot.mouseClick(tour.callout.go_on, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tour.callout.go_on, Qt.MouseButton.LeftButton)
    assert tour.title == TITLES[2]
    qtbot.mouseClick(tour.callout.back, Qt.MouseButton.LeftButton)
    assert tour.title == TITLES[1]


def test_the_buttons_are_reached_by_tab_and_nothing_else_is(tour, qtbot):
    callout, seen = tour.callout, []
    for _press in range(4):
        callout.focusNextPrevChild(True)
        seen.append(callout.window().focusWidget())
    assert seen == [callout.skip, callout.go_on, callout, callout.skip]
    qtbot.keyClick(callout.skip, Qt.Key.Key_Right)
    assert tour.title == TITLES[1], "an arrow on a button turns the card as well"


def test_the_last_card_says_done_and_has_nothing_to_skip(tour, qtbot):
    for _card in TITLES[1:]:
        qtbot.keyClick(tour.callout, Qt.Key.Key_Right)
    assert tour.callout.go_on.text() == "Done"
    assert tour.callout.skip.isHidden()
    for words in ("Ctrl+P", "Ctrl+K", "F1"):
        assert words in tour.callout.text.text()


def test_frame_and_card_follow_the_window(tour, shown, qtbot):
    before = tour.veil.part
    shown.resize(1100, 720)
    qtbot.waitUntil(lambda: tour.veil.part not in (before, QRect()), timeout=PATIENCE)
    qtbot.waitUntil(lambda: tour.veil.part == place_in(shown, shown.graph), timeout=PATIENCE)
    assert tour.veil.geometry() == shown.rect()
    assert shown.rect().contains(tour.callout.geometry())


def test_it_ends_when_the_project_closes(tour, shown, qtbot):
    qtbot.keyClick(tour.callout, Qt.Key.Key_Right)
    with qtbot.waitSignal(tour.ended, timeout=PATIENCE):
        shown.commands["file.close"].trigger()
    assert shown.centre.currentWidget() is shown.start_page
    assert shown.page_dock.isHidden()
    assert shown.store.state.node is None


def test_it_ends_when_another_project_is_opened(tour, shown, qtbot, tmp_path):
    with qtbot.waitSignals([tour.ended, shown.scenes.ready], timeout=PATIENCE):
        shown.session.open(tmp_path / "p5")
    assert shown.tour.tour is None
    assert len(shown.session.project.snapshot.blueprint.nodes) == 5


def test_what_a_person_does_meanwhile_stays(tour, shown, qtbot):
    qtbot.keyClick(tour.callout, Qt.Key.Key_Right)
    with qtbot.waitSignal(tour.ended, timeout=PATIENCE):
        shown.commands["view.to_list"].trigger()
    qtbot.waitUntil(lambda: shown.store.state.view == "list", timeout=PATIENCE)
    assert shown.centre.currentWidget() is shown.views[0]
    assert shown.store.state.node is None, "what the tour selected is no longer so"


def test_ctrl_k_may_be_tried_at_once(tour, shown, qtbot):
    with qtbot.waitSignal(tour.ended, timeout=PATIENCE):
        shown.commands["go.command"].trigger()
    assert shown.command_palette.isVisible()
    assert shown.command_palette.field.hasFocus()


def test_a_card_stands_beside_its_part_where_there_is_room():
    room = QRect(0, 0, 1400, 900)
    for part in (QRect(300, 80, 700, 500), QRect(1000, 60, 400, 800), QRect(300, 600, 700, 260)):
        card = QRect(place_beside(part, 380, 180, room), QRect(0, 0, 380, 180).size())
        assert not card.intersects(part)
        assert room.contains(card)
    assert room.contains(QRect(place_beside(room, 380, 180, room), QRect(0, 0, 380, 180).size()))


# The offer, and the ways to the tour


def offered(window):
    return [offer.text for notice in window.notices.notices for offer in notice.offers]


def test_the_offer_comes_once_and_never_again(window, qtbot, tmp_path):
    window.tour.offer_once()
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        window.session.open(tmp_path / "p")
    assert offered(window) == [TAKE_TOUR, "Not now"]
    (not_now,) = [each for each in window.notices.findChildren(QPushButton) if each.text() == "Not now"]
    qtbot.mouseClick(not_now, Qt.MouseButton.LeftButton)
    assert offered(window) == []
    window.tour.offer_once()
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        window.session.open(tmp_path / "p5")
    assert offered(window) == []
    assert type(window.settings)(window.settings.path)["tour_offered"] is True


def test_who_opened_projects_before_is_not_offered_it(window, qtbot, tmp_path, monkeypatch):
    window.settings["recent"] = (str(tmp_path),)
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        app.open_first(window, tmp_path / "p")
    assert offered(window) == []


def test_a_first_start_with_a_folder_offers_it(window, qtbot, tmp_path):
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        app.open_first(window, tmp_path / "p")
    assert offered(window) == [TAKE_TOUR, "Not now"]


def test_the_offer_begins_it_and_goes(window, qtbot, tmp_path):
    window.tour.offer_once()
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        window.session.open(tmp_path / "p")
    (take,) = [each for each in window.notices.findChildren(QPushButton) if each.text() == TAKE_TOUR]
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert window.tour.tour.title == TITLES[0]
    assert offered(window) == []


@pytest.fixture
def real_window(qtbot, tmp_path):
    """A window with the real reader; nothing is open yet."""
    made = MainWindow(Settings(tmp_path / "settings.json"), app.read_project, ColumnPlacer(), use_web_engine=False)
    made.resize(1300, 850)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def button_of(page, text):
    (found,) = [each for each in page.findChildren(QPushButton) if each.text() == text]
    return found


def test_the_start_page_says_in_three_lines_what_to_open(window):
    labels = [label.text() for label in window.start_page.findChildren(QLabel)]
    assert [line.split(":")[0] for line in labels[1:4]] == ["Your project", "A snapshot", "Neither at hand"]


def test_the_start_page_opens_a_folder_that_is_chosen(window, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(tmp_path / "p5"))
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        qtbot.mouseClick(button_of(window.start_page, "Open folder…"), Qt.MouseButton.LeftButton)
    assert len(window.session.project.snapshot.blueprint.nodes) == 5


def test_the_start_page_opens_the_sample(real_window, qtbot):
    with qtbot.waitSignal(real_window.session.opened, timeout=PATIENCE):
        qtbot.mouseClick(button_of(real_window.start_page, "Open the sample"), Qt.MouseButton.LeftButton)
    assert real_window.session.project.path.name == "primes"
    assert real_window.tour.tour is None


def test_the_start_page_begins_the_tour_over_the_sample(real_window, qtbot):
    window = real_window
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        qtbot.mouseClick(button_of(window.start_page, TAKE_TOUR), Qt.MouseButton.LeftButton)
    assert window.session.project.path.name == "primes"
    qtbot.waitUntil(lambda: window.tour.tour is not None, timeout=PATIENCE)
    assert window.tour.tour.title == TITLES[0]
    assert window.settings["tour_offered"] is True, "who took it is not offered it"


def test_the_very_first_start_offers_it_with_the_sample(real_window, qtbot):
    with qtbot.waitSignal(real_window.scenes.ready, timeout=PATIENCE):
        app.open_first(real_window, None)
    assert offered(real_window) == [TAKE_TOUR, "Open a project", "Not now"]


def test_with_neither_project_nor_sample_there_is_none(window, monkeypatch):
    # As in a package that was installed without its samples.
    monkeypatch.setattr(desk_module, "sample_folders", lambda: ())
    window.commands.refresh()
    assert not window.commands["help.tour"].isEnabled()


def test_the_text_of_a_card_is_not_cut_off(tour, qtbot):
    for _card in TITLES:
        label = tour.callout.text
        assert isinstance(label, QLabel)
        assert label.height() >= label.heightForWidth(label.width())
        if tour.title != TITLES[-1]:
            qtbot.keyClick(tour.callout, Qt.Key.Key_Right)
