"""A snapshot file in the window, with the project gone: its history and who wrote it are there all the same."""

import pytest

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.bootstrap.packing import pack_project


@pytest.fixture
def packed(repository, tmp_path):
    path = tmp_path / "project.bpsnap"
    pack_project(open_project(repository.folder), path)
    repository.folder.rename(tmp_path / "gone")
    return path


def test_history_and_people_are_shown_without_being_asked_for(open_view, packed, qtbot):
    view = open_view(packed)
    with qtbot.waitSignal(view.history.got, timeout=20_000):
        view.show_page(1)
    chart = view.history.content.chart
    assert chart.words_at(len(chart.steps) - 1).endswith("3 nodes, 2 stated, 1 of 3 proved")
    assert view.history.content.again.isHidden()
    with qtbot.waitSignal(view.people.page.got, timeout=20_000):
        view.show_page(2)
    assert [each.name for each in view.people.attribution.people] == ["Ada Lovelace", "Emmy Noether"]


def test_a_file_that_carries_none_says_what_to_do(open_view, repository, tmp_path, qtbot):
    path = tmp_path / "small.bpsnap"
    pack_project(open_project(repository.folder), path, with_past=False)
    view = open_view(path)
    view.show_page(1)
    qtbot.waitUntil(lambda: "carries no history" in view.history.page.text.text(), timeout=20_000)
    assert "Make it anew" in view.history.page.text.text()
    view.show_page(2)
    qtbot.waitUntil(lambda: "does not tell who" in view.people.page.text.text(), timeout=20_000)
