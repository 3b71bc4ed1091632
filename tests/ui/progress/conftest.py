"""A window over a real git repository with a small past, read by the real reader."""

import shutil

import pytest

from tests.live.past.repositories import Repository, lemma
from tests.ui.conftest import ColumnPlacer


@pytest.fixture
def repository(tmp_path):
    """Planned, stated, proved over three months, by two people and a model."""
    if shutil.which("git") is None:
        pytest.skip("no git on PATH")
    made = Repository(tmp_path / "project")
    made.content(lemma("a"), lemma("b"))
    made.commit("plan")
    made.git("tag", "v1")
    made.content(lemma("a", stated=True), lemma("b"))
    made.commit("state a", "Emmy Noether <emmy@example.org>", days=30)
    made.content(lemma("a", stated=True, proved=True), lemma("b", stated=True), lemma("c"))
    made.commit("prove a\n\nAssisted-by: Tool:test-model", days=30)
    return made


@pytest.fixture
def real_window(qtbot, tmp_path):
    """A window with the real reader; nothing is open yet."""
    from blueprint_app.ui.app import read_project
    from blueprint_app.ui.settings.settings import Settings
    from blueprint_app.ui.window.main_window import MainWindow

    made = MainWindow(Settings(tmp_path / "settings.json"), read_project, ColumnPlacer(), use_web_engine=False)
    made.resize(1300, 850)
    made.show()
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def open_view(real_window, qtbot):
    """Opens a project in that window and gives the pages of its Progress view."""

    def open_at(path):
        with qtbot.waitSignals([real_window.session.opened, real_window.scenes.ready], timeout=20_000):
            real_window.session.open(path)
        real_window.store.change(view="progress")
        view = next(each for each in real_window.views if each.name == "progress").pages
        qtbot.waitUntil(lambda: view.now.figures is not None)
        return view

    return open_at
