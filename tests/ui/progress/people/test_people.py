"""Who wrote what, in the real window over a real repository: read when asked, shown, coloured, copied."""

import pytest
from PySide6.QtGui import QGuiApplication

from blueprint_app.ui.progress.people.offered import CONTRIBUTOR, RECENCY


@pytest.fixture
def read_view(open_view, repository, qtbot):
    view = open_view(repository.folder)
    view.show_page(2)
    assert view.people.attribution is None
    with qtbot.waitSignal(view.people.page.got, timeout=30_000):
        view.people.page.button.click()
    return view


def rows(table):
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def test_people_and_models_have_a_table_each(read_view):
    people, models = rows(read_view.people.content.people), rows(read_view.people.content.models)
    assert [row[:3] for row in people] == [["Ada Lovelace", 2, 0], ["Emmy Noether", 1, 0]]
    assert people[0][3] > people[1][3] > 0
    assert models[0][:4] == ["test-model", 0, 0, 1]
    assert "As of commit" in read_view.people.content.head.text()


def test_a_person_leads_to_their_nodes(read_view):
    read_view.people.content.people.cellActivated.emit(1, 0)
    assert read_view.nodes.heading.text().startswith("Emmy Noether")
    assert read_view.nodes.rows.nodes == ("a",)


def test_the_contribution_statement_is_that_of_the_command_line(read_view):
    read_view.people.content.statement_wanted.emit()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("## Contributions to ")
    assert "| Emmy Noether | 1 | 0 |" in text


def test_the_graph_can_be_coloured_by_them_once_they_are_known(read_view, real_window, qtbot):
    with qtbot.waitSignal(real_window.scenes.ready, timeout=10_000):
        read_view.people.scheme_wanted.emit(CONTRIBUTOR)
    assert real_window.store.state.view == "graph"
    assert {style.name for style in real_window.graph.scene.styles} == {"Ada Lovelace"}
    assert real_window.commands[f"view.scheme_{CONTRIBUTOR}"].isChecked()
    with qtbot.waitSignal(real_window.scenes.ready, timeout=10_000):
        real_window.commands[f"view.scheme_{RECENCY}"].trigger()
    assert real_window.view_bar.schemes.currentText() == "Last change"
    assert {style.name for style in real_window.graph.scene.styles} == {"longer ago"}


@pytest.fixture
def graph_in_front(real_window, repository, qtbot):
    """The project, with nothing read of its past."""
    with qtbot.waitSignals([real_window.session.opened, real_window.scenes.ready], timeout=20_000):
        real_window.session.open(repository.folder)
    return real_window


@pytest.mark.parametrize("way", ["toolbar", "menu", "saved view"])
def test_colours_are_read_as_soon_as_they_are_chosen(graph_in_front, qtbot, way):
    window = graph_in_front
    choice = window.view_bar.schemes
    if way == "toolbar":
        choice.setCurrentIndex(choice.findData(CONTRIBUTOR))
        choice.activated.emit(choice.currentIndex())
        assert choice.currentText() == "leanblueprint", "it says which colours are shown"
    elif way == "menu":
        window.commands[f"view.scheme_{CONTRIBUTOR}"].trigger()
    else:
        window.store.change(scheme=CONTRIBUTOR)
    qtbot.waitUntil(
        lambda: {style.name for style in window.graph.scene.styles} == {"Ada Lovelace"},
        timeout=30_000,
    )
    assert choice.currentText() == "Contributor"
    assert window.store.state.view == "graph"


def test_where_there_is_no_git_the_colours_stay_and_it_is_said_why(real_window, sample_copy, qtbot):
    folder = sample_copy("primes")
    with qtbot.waitSignals([real_window.session.opened, real_window.scenes.ready], timeout=20_000):
        real_window.session.open(folder)
    real_window.commands[f"view.scheme_{RECENCY}"].trigger()
    qtbot.waitUntil(lambda: any("git" in each.text for each in real_window.notices.notices), timeout=30_000)
    assert real_window.store.state.scheme == "leanblueprint"


def test_another_project_takes_the_colours_back(read_view, real_window, repository, qtbot, tmp_path):
    read_view.people.scheme_wanted.emit(CONTRIBUTOR)
    repository.git("clone", "-q", str(repository.folder), str(tmp_path / "other"))
    with qtbot.waitSignals([real_window.session.opened, real_window.scenes.ready], timeout=20_000):
        real_window.session.open(tmp_path / "other")
    assert real_window.store.state.scheme == "leanblueprint"
    assert real_window.view_bar.schemes.currentText() == "leanblueprint"
    assert read_view.people.attribution is None


def test_colours_that_were_chosen_last_time_wait_for_their_data(qtbot, tmp_path):
    from blueprint_app.ui.app import read_project
    from blueprint_app.ui.settings.settings import Settings
    from blueprint_app.ui.window.main_window import MainWindow
    from tests.ui.conftest import ColumnPlacer

    settings = Settings(tmp_path / "settings.json")
    settings["scheme"] = CONTRIBUTOR
    window = MainWindow(settings, read_project, ColumnPlacer(), use_web_engine=False)
    qtbot.addWidget(window)
    assert window.store.state.scheme == "leanblueprint"
    window.close()
