"""The views in the middle: one is in front, only that one is told of what changed, and Back leads to the one before."""

import pytest
from PySide6.QtWidgets import QWidget

from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.theme import LIGHT
from blueprint_app.ui.views.centre import Centre
from blueprint_app.ui.views.view import ProjectView


class Recorded(ProjectView):
    """Remembers what it was told."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.title, self.hint = name, name.title(), f"All of {name}"
        self.told: list[object] = []

    def show_project(self, project, theme):
        self.told.append(project)

    def forget(self):
        self.told.append(None)

    def select(self, node):
        self.told.append(node)


@pytest.fixture
def parts(qtbot):
    start, graph, views = QWidget(), QWidget(), (Recorded("list"), Recorded("next"))
    centre = Centre(start, graph, views)
    qtbot.addWidget(centre)
    for view in views:
        view.told.clear()
    return centre, start, graph, views


@pytest.fixture
def project(make_snapshot, tmp_path):
    return OpenProject(make_snapshot(3), tmp_path, 0.1)


def test_it_begins_with_the_start_page_and_no_tabs(parts):
    centre, start, *_ = parts
    assert centre.currentWidget() is start
    assert centre.tabs.isHidden()
    assert [centre.tabs.tabText(row) for row in range(3)] == ["Graph", "List", "Next"]


def test_only_the_view_in_front_is_told_and_once(parts, project):
    centre, _, graph, (listed, following) = parts
    centre.show_project(project, LIGHT)
    centre.show_view("graph")
    assert centre.currentWidget() is graph
    assert (listed.told, following.told) == ([], [])
    centre.select("lem:n1")
    centre.show_view("list")
    assert listed.told == [project, "lem:n1"]
    centre.show_view("graph")
    centre.show_view("list")
    assert listed.told == [project, "lem:n1", "lem:n1"], "it knows the project already"
    newer = OpenProject(project.snapshot, project.path, 0.2)
    centre.show_project(newer, LIGHT)
    assert listed.told[-2:] == [newer, "lem:n1"]
    assert following.told == []


def test_a_view_that_is_not_there_is_the_graph(parts, project):
    centre, _, graph, _ = parts
    centre.show_project(project, LIGHT)
    centre.show_view("a view of another version")
    assert centre.currentWidget() is graph


def test_a_tab_asks_for_its_view(parts, project, qtbot):
    centre, _, _, _ = parts
    centre.show_project(project, LIGHT)
    centre.show_view("graph")
    with qtbot.waitSignal(centre.view_chosen) as signal:
        centre.tabs.setCurrentIndex(2)
    assert signal.args == ["next"]


def test_with_nothing_open_all_is_forgotten(parts, project):
    centre, start, _, views = parts
    centre.show_project(project, LIGHT)
    centre.show_view("list")
    centre.show_start()
    assert centre.currentWidget() is start
    assert [view.told[-1] for view in views] == [None, None]
