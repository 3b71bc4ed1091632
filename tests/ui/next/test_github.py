"""GitHub asked from the window: offered only where it can be, what is sent is shown first, and the answer ranks."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMessageBox

from tests.fakes.github_server import GithubServer


@pytest.fixture(autouse=True)
def homes(tmp_path, monkeypatch):
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def make_snapshot(make_snapshot):
    def made(count, folder="/nowhere", reading=None):
        snapshot = make_snapshot(count, folder, reading)
        numbers = {"lem:b": "3", "lem:f": "5"}
        nodes = tuple(replace(each, discussion=numbers.get(each.id)) for each in snapshot.blueprint.nodes)
        blueprint = replace(snapshot.blueprint, nodes=nodes, github="https://github.com/ada/proofs")
        return replace(snapshot, blueprint=blueprint)

    return made


@pytest.fixture
def server():
    with GithubServer() as made:
        made.issues = {3: ("open", ("emmy",))}
        yield made


def shown(window, server, qtbot):
    window.next.api = server.api
    window.store.change(view="next")
    view = window.next_view
    qtbot.waitUntil(lambda: view.ready.table.rows.rowCount() == 3)
    return view


def test_nothing_is_offered_or_sent_without_a_token(open_window, server, qtbot):
    view = shown(open_window, server, qtbot)
    assert view.github.isHidden()
    assert server.calls == []
    assert not open_window.notices.notices


def test_it_is_asked_once_and_an_assigned_issue_counts_as_claimed(open_window, server, qtbot, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "secret-token")
    view = shown(open_window, server, qtbot)
    assert view.github.isVisible()
    view.github.click()
    question = open_window.next.question
    assert "https://api.github.com/repos/ada/proofs/issues/3" in question.informativeText()
    assert server.calls == []
    next(button for button in question.buttons() if button.text() == "Ask GitHub").click()
    rows = view.ready.table.rows
    qtbot.waitUntil(lambda: "Claimed by" in [column.title for column in rows.columns])
    assert (rows.rows[-1].node, rows.rows[-1].is_claimed) == ("lem:b", True)
    view.ready.table.setCurrentIndex(rows.index(2, 0))
    assert "GitHub issue #3, assigned to emmy, seen just now" in view.ready.reasons.text.text()
    assert view.ready.reasons.release.isHidden(), "what stands in an issue is not in the file"
    assert any("There is no issue #5" in each.text for each in open_window.notices.notices)
    calls = len(server.calls)
    view.github.click()
    qtbot.waitUntil(lambda: len(server.calls) > calls)
    assert not [each for each in open_window.findChildren(QMessageBox) if each.isVisible()]


def test_who_does_not_agree_sends_nothing(open_window, server, qtbot, monkeypatch):
    monkeypatch.setenv("GH_TOKEN", "secret-token")
    view = shown(open_window, server, qtbot)
    view.github.click()
    open_window.next.question.reject()
    assert server.calls == []


def test_a_token_that_is_not_accepted_is_told_with_a_way_on(open_window, server, qtbot, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "other")
    view = shown(open_window, server, qtbot)
    open_window.next._on_agreed(view.ready.ranking.issues)
    qtbot.waitUntil(lambda: bool(open_window.notices.notices))
    notice = open_window.notices.notices[0]
    assert "does not accept the token" in notice.text
    assert [offer.text for offer in notice.offers] == ["Try again"]
