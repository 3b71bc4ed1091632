"""The history in the real window, of real git repositories: asked for, read, shown, kept; and where there is none."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from blueprint_app.ui.progress.past.burn_up_chart import apart, round_top
from tests.live.past.repositories import START


@pytest.fixture
def read_view(open_view, repository, qtbot):
    view = open_view(repository.folder)
    view.show_page(1)
    qtbot.waitUntil(lambda: view.history.page.button.text() != "", timeout=20_000)
    with qtbot.waitSignal(view.history.got, timeout=30_000):
        view.history.page.button.click()
    return view


def sides(view):
    return [button.text() for button in view.nodes._group.buttons()]


def test_nothing_is_read_before_it_is_asked_for(open_view, repository, qtbot):
    view = open_view(repository.folder)
    assert not view.history.page.is_reading
    view.show_page(1)
    qtbot.waitUntil(lambda: view.history.page.button.text() == "Read the history (3 commits)", timeout=20_000)
    assert view.history.history is None


def test_the_chart_shows_what_was_there_at_each_time(read_view):
    chart = read_view.history.content.chart
    assert chart.words_at(0).endswith("2 nodes, 0 stated, 0 of 2 proved")
    assert chart.words_at(len(chart.steps) - 1).endswith("3 nodes, 2 stated, 1 of 3 proved")
    assert "3 commits on the main line" in read_view.history.content.head.text()
    assert "what Lean showed then is not known" in read_view.history.content.head.text()
    assert "3 nodes" in chart.accessibleName()


def test_keys_move_in_time_and_enter_lists_what_happened(read_view, qtbot):
    chart = read_view.history.content.chart
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.cursor_at == 0
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert sides(read_view) == ["New 2"]
    assert read_view.nodes.rows.nodes == ("a", "b")
    for number in range(1, len(chart.steps)):
        if chart.steps[number].counts.stated:
            break
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert sides(read_view) == ["Stated in Lean 1"]


@pytest.mark.parametrize("mark", ["v1", f"{START + timedelta(days=2):%Y-%m-%d}"])
def test_what_changed_since_a_tag_or_a_date(read_view, qtbot, mark):
    read_view.history.content.since.setEditText(mark)
    with qtbot.waitSignal(read_view.history.behind, timeout=20_000):
        read_view.history.content.compare.click()
    assert sides(read_view) == ["Proved in Lean 1", "Stated in Lean 2", "New 1"]
    assert "2 → 3 nodes" in read_view.history.content.changed.text()


def test_a_mark_that_names_nothing_is_told(read_view, qtbot):
    read_view.history.content.since.setEditText("v99")
    read_view.history.content.compare.click()
    qtbot.waitUntil(lambda: "v99 is no date" in read_view.history.content.changed.text(), timeout=20_000)


def test_the_last_visit_is_offered_first(open_view, real_window, repository, qtbot):
    folder = str(repository.folder)
    long_ago = (datetime.now(UTC) - timedelta(days=9)).isoformat(timespec="seconds")
    real_window.settings["visits"] = {folder: f" {long_ago}"}
    real_window.settings["past_read"] = (folder,)
    view = open_view(repository.folder)
    with qtbot.waitSignal(view.history.got, timeout=30_000):
        view.show_page(1)  # read before: nobody is asked
    assert view.history.content.since.itemText(0).startswith("my last visit, ")
    assert view.history.content.since.itemData(0) == long_ago


def test_a_folder_without_git_says_so(open_view, repository, qtbot, tmp_path):
    (repository.folder / ".git").rename(tmp_path / "elsewhere")
    view = open_view(repository.folder)
    view.show_page(1)
    qtbot.waitUntil(lambda: "no git clone" in view.history.page.text.text(), timeout=20_000)
    assert "Clone it with git" in view.history.page.text.text()
    assert view.history.page.button.isHidden()


def test_a_shallow_clone_says_how_far_it_reaches(open_view, repository, qtbot, tmp_path):
    repository.git("clone", "-q", "--depth=2", f"file://{repository.folder}", str(tmp_path / "shallow"))
    view = open_view(tmp_path / "shallow")
    view.show_page(1)
    qtbot.waitUntil(lambda: view.history.page.button.text() == "Read the history (2 commits)", timeout=20_000)
    assert "shallow" in view.history.page.text.text()
    with qtbot.waitSignal(view.history.got, timeout=30_000):
        view.history.page.button.click()
    begin = START + timedelta(days=31)
    assert f"its history begins with {begin:%Y-%m-%d}" in view.history.content.head.text()


def test_a_reading_that_is_stopped_can_be_asked_for_again(open_view, repository, qtbot):
    view = open_view(repository.folder)
    view.show_page(1)
    qtbot.waitUntil(lambda: view.history.page.button.text() != "", timeout=20_000)
    view.history.page.button.click()
    assert view.history.page.is_reading
    view.history.page.stop.click()
    assert not view.history.page.is_reading
    assert view.history.page.button.text() == "Read the history (3 commits)"
    assert view.history.history is None


@pytest.mark.parametrize(("most", "axis"), [(0, (1, 1)), (5, (5, 1)), (218, (250, 50)), (20_001, (25_000, 5_000))])
def test_an_axis_ends_at_a_round_number(most, axis):
    assert round_top(most) == axis


def test_names_that_would_overlap_move_apart():
    assert apart([50, 50, 100], 20, 0, 200) == [50, 70, 100]
    assert apart([190, 195], 20, 0, 200) == [180, 200]
