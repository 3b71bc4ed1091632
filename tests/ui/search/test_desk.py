"""The search behind Ctrl+P in the real window: vectors of a model that was agreed to, and packages that were read."""

import shlex
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton

from blueprint_app.assistant.embedding import Embedder
from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import ModelSettings, RoleModel
from blueprint_app.assistant.endpoints.settings_file import read_model_settings, settings_path, write_model_settings
from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.bootstrap.searching import SearchSide
from blueprint_app.insight.search.vectors import VectorCache
from blueprint_app.layout import service
from blueprint_app.ui.app import read_project
from blueprint_app.ui.search.packages import READING
from blueprint_app.ui.search.vectors import FETCHING
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.window.main_window import MainWindow
from blueprint_app.ui.window.notices import NoticeBar
from tests.assistant.test_embedding import QUESTION, about
from tests.lean.test_library_index import add_packages

PATIENCE = 30_000
NUMBERS = """
/-- Squares of Fibonacci numbers add up to a product of two of them. -/
theorem Series.fib_sq_sum (n : Nat) : n = n := rfl
"""


class Side(SearchSide):
    """The real side with a cache of its own."""

    def __init__(self, folder, embedder):
        super().__init__(folder)
        self._own = embedder

    @property
    def embedder(self):
        return self._own


@pytest.fixture
def set_up(model_server):
    """A function that sets up a model for vectors; `agreed` says that its host was agreed to."""
    model_server.vector = about

    def write(*, agreed=True):
        endpoint = model_server.endpoint("Local")
        consented = frozenset({endpoint.host}) if agreed else frozenset()
        write_model_settings(ModelSettings((endpoint,), {}, consented, (), RoleModel("Local", "nomic")))
        return endpoint.host

    yield write
    settings_path().unlink(missing_ok=True)


@pytest.fixture
def window(qtbot, tmp_path):
    with ModelClient() as client:
        embedder = Embedder(client, VectorCache(tmp_path / "vectors"))
        settings = Settings(tmp_path / "settings.json")
        settings["follow"] = False
        made = MainWindow(
            settings, read_project, service, lean_side, search_of=lambda folder: Side(folder, embedder),
            use_web_engine=False,
        )  # fmt: skip
        made.resize(1300, 850)
        made.show()
        yield made
        made.close()
        made.deleteLater()


@pytest.fixture
def project(sample_copy):
    return add_packages(sample_copy("primes"), {"series": {"Series.Sums": NUMBERS}})


@pytest.fixture
def opened(window, qtbot, project):
    with qtbot.waitSignals([window.session.opened, window.session.searchable], timeout=PATIENCE):
        window.session.open(project)
    return window


def search(window, qtbot, question):
    """Open the box anew and type a question."""
    window.quick_open.hide()
    window.deeds.looking.search_nodes()
    window.quick_open.field.clear()
    qtbot.keyClicks(window.quick_open.field, question)


def shown(window):
    results = window.quick_open.results
    return [results.item(row).text() for row in range(results.count())]


def notices(window):
    return [notice.text for notice, _ in window.findChild(NoticeBar)._rows]


def asked(server):
    return [list(call.body["input"]) for call in server.calls if call.path == "/v1/embeddings"]


def test_vectors_find_what_shares_no_word_with_the_question(opened, qtbot, set_up, model_server):
    set_up()
    titles = []
    opened.jobs.activities_changed.connect(lambda activities: titles.extend(each.title for each in activities))
    search(opened, qtbot, QUESTION)
    qtbot.waitUntil(lambda: any("Fibonacci" in text for text in shown(opened)), timeout=PATIENCE)
    # The texts of all nodes in one call, the question in another; while they are fetched the window says so.
    assert len(asked(model_server)) == 2
    assert asked(model_server)[1] == [QUESTION]
    assert "Fetching vectors of the nodes" in titles
    search(opened, qtbot, "hares")
    qtbot.waitUntil(lambda: asked(model_server)[2:] == [["hares"]], timeout=PATIENCE)
    assert model_server.count() == 0


def test_without_a_model_for_it_nothing_is_sent_and_nothing_said(opened, qtbot, model_server):
    with qtbot.waitSignal(opened.search.packages.found, timeout=PATIENCE):
        search(opened, qtbot, QUESTION)
    qtbot.waitUntil(lambda: not opened.jobs.is_running("vector search"), timeout=PATIENCE)
    assert model_server.calls == []
    assert notices(opened) == []


def test_nothing_is_sent_before_a_person_agrees_to_what_is_shown(opened, qtbot, set_up, model_server):
    host = set_up(agreed=False)
    search(opened, qtbot, QUESTION)
    qtbot.waitUntil(lambda: any(host in text for text in notices(opened)), timeout=PATIENCE)
    assert model_server.calls == []
    button = next(each for each in opened.notices.findChildren(QPushButton) if each.text() == "See what is sent…")
    button.click()
    dialog = opened.findChild(QDialog, "consent")
    told = dialog.text.toPlainText()
    assert "Fibonacci numbers" in told
    assert host in dialog.windowTitle()
    assert model_server.calls == []
    dialog.send.click()
    # The box comes back with the question, and goes on with it.
    qtbot.waitUntil(opened.quick_open.isVisible, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(asked(model_server)) == 2, timeout=PATIENCE)
    assert host in read_model_settings().consented
    assert "\n\n".join(asked(model_server)[0]) == told


def test_who_does_not_agree_is_asked_once(opened, qtbot, set_up, model_server):
    host = set_up(agreed=False)
    wanted = []
    opened.search.vectors.consent_wanted.connect(wanted.append)
    search(opened, qtbot, QUESTION)
    qtbot.waitUntil(lambda: len(wanted) == 1, timeout=PATIENCE)
    assert sum(host in text for text in notices(opened)) == 1
    opened.notices.clear("search")
    search(opened, qtbot, "hares")
    qtbot.waitUntil(lambda: len(wanted) == 2, timeout=PATIENCE)
    assert notices(opened) == []
    assert model_server.calls == []


def test_a_failure_is_told_once_and_tried_again_when_a_person_searches_again(opened, qtbot, set_up, model_server):
    set_up()
    model_server.key = "another"
    with qtbot.waitSignal(opened.search.vectors.failed, timeout=PATIENCE):
        search(opened, qtbot, QUESTION)
    assert any("No search by vectors" in text and "key" in text for text in notices(opened))
    calls = len(model_server.calls)
    with qtbot.waitSignal(opened.search.packages.found, timeout=PATIENCE):
        qtbot.keyClicks(opened.quick_open.field, " and")
    assert len(model_server.calls) == calls
    model_server.key = ""
    search(opened, qtbot, QUESTION)
    qtbot.waitUntil(lambda: any("Fibonacci" in text for text in shown(opened)), timeout=PATIENCE)


def test_fetching_can_be_stopped(opened, qtbot, set_up, model_server):
    set_up()
    held = threading.Event()

    def vector(text):
        held.wait(PATIENCE / 1000)
        return about(text)

    model_server.vector = vector
    search(opened, qtbot, QUESTION)
    qtbot.waitUntil(lambda: opened.jobs.is_running(FETCHING) and asked(model_server) != [], timeout=PATIENCE)
    opened.presenter.stop(FETCHING)
    held.set()
    qtbot.waitUntil(lambda: "Stopped." in notices(opened), timeout=PATIENCE)
    assert not opened.jobs.is_running(FETCHING)
    assert len(asked(model_server)) == 1


def test_packages_are_read_on_command_and_then_found_after_the_nodes(opened, qtbot, tmp_path):
    with qtbot.waitSignal(opened.search.packages.found, timeout=PATIENCE) as signal:
        search(opened, qtbot, "fibonacci squares product")
    assert signal.args[1] == ()
    command = opened.commands["lean.packages"]
    assert command.isEnabled()
    with qtbot.waitSignal(opened.search.packages.read, timeout=PATIENCE) as signal:
        command.trigger()
        assert opened.jobs.is_running(READING)
        assert not command.isEnabled()
    assert signal.args == [("series",), 1]
    assert notices(opened) == ["1 declaration was read. Ctrl+P searches in series as well."]
    assert command.isEnabled()
    with qtbot.waitSignal(opened.search.packages.found, timeout=PATIENCE):
        search(opened, qtbot, "fibonacci squares product")
    assert shown(opened)[-1] == "Series.fib_sq_sum"
    assert any("squares" in text for text in shown(opened)[:-1])
    # An editor that writes down what it was to open.
    opened_at = tmp_path / "opened"
    script = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"
    opened.settings["editor"] = shlex.join([sys.executable, "-c", script, str(opened_at), "{file}:{line}"])
    box = opened.quick_open
    box.results.setCurrentRow(box.results.count() - 1)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert box.isHidden()
    qtbot.waitUntil(lambda: opened_at.exists() and opened_at.read_text() != "", timeout=PATIENCE)
    assert opened_at.read_text().endswith("/.lake/packages/series/Series/Sums.lean:3")


def test_a_project_without_packages_says_what_to_do(window, qtbot, sample_copy):
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.session.open(sample_copy("primes"))
    with qtbot.waitSignal(window.search.packages.failed, timeout=PATIENCE):
        window.commands["lean.packages"].trigger()
    assert any("No Lean packages of this project" in text for text in notices(window))


def test_closing_the_project_ends_all_of_it(opened, qtbot):
    with qtbot.waitSignal(opened.search.packages.found, timeout=PATIENCE):
        search(opened, qtbot, "fibonacci")
    opened.session.close()
    assert opened.search.meaning.index is None
    assert not opened.commands["lean.packages"].isEnabled()
