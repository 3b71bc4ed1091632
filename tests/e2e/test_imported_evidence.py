"""Evidence that others published: kept for its project, marked while it is in use, dropped on a person's word."""

import pytest

from blueprint_app.model.evidence import EvidenceLevel
from blueprint_app.ui import app
from blueprint_app.ui.settings.settings import Settings
from tests.test_lean_side import NAME, published

PATIENCE = 60_000


@pytest.fixture
def looked(opened, window, qtbot, sample_copy):
    """The window over a copy of the primes whose Lean side was looked at, and the copy."""
    folder = sample_copy("primes")
    with qtbot.waitSignal(window.session.renewed, timeout=PATIENCE):
        opened(folder)
    return window, folder


def level(window):
    return window.session.project.snapshot.evidence.of(NAME).level


def lean_notice(window):
    return next((notice for notice in window.notices.notices if notice.topic == "lean"), None)


def take(window, qtbot, file):
    window.asking.import_from(file)
    qtbot.waitUntil(lambda: level(window) is EvidenceLevel.CHECKED, timeout=PATIENCE)


@pytest.fixture
def again(qtbot, tmp_path):
    """A function that opens a project in another window of the same person."""
    windows = []

    def open_again(folder):
        made = app.make_window(Settings(tmp_path / "settings.json"))
        windows.append(made)
        made.show()
        with qtbot.waitSignals([made.session.opened, made.session.renewed], timeout=PATIENCE):
            made.session.open(folder)
        return made

    yield open_again
    for made in windows:
        made.close()
        made.deleteLater()


def test_it_is_marked_while_it_is_in_use_and_dropped(looked, qtbot, tmp_path):
    window, folder = looked
    mark = window.status.published
    assert not mark.isVisible()
    assert not window.commands["lean.drop"].isEnabled()
    take(window, qtbot, published(folder, tmp_path / "ci.json"))
    assert mark.isVisible()
    assert mark.text() == "imported evidence: ci.json"
    assert "2026-01-01" in mark.toolTip()
    assert "1 declaration;" in mark.toolTip()
    qtbot.waitUntil(window.commands["lean.drop"].isEnabled)
    window.commands["lean.drop"].trigger()
    qtbot.waitUntil(lambda: level(window) is EvidenceLevel.SOURCE, timeout=PATIENCE)
    assert not mark.isVisible()
    assert window.settings["imported"] == {}
    assert "left out" in lean_notice(window).text
    assert (tmp_path / "ci.json").exists()


def test_it_is_taken_again_when_the_project_is_opened_again(looked, qtbot, tmp_path, again):
    window, folder = looked
    take(window, qtbot, published(folder, tmp_path / "ci.json"))
    window.session.close()
    assert not window.status.published.isVisible()
    other = again(folder)
    assert level(other) is EvidenceLevel.CHECKED
    assert other.status.published.isVisible()


def test_it_is_said_when_the_file_is_gone_and_offered_to_forget_it(looked, qtbot, tmp_path, again):
    window, folder = looked
    file = published(folder, tmp_path / "ci.json")
    take(window, qtbot, file)
    file.unlink()
    other = again(folder)
    assert level(other) is EvidenceLevel.SOURCE
    assert not other.status.published.isVisible()
    notice = lean_notice(other)
    assert "ci.json is not there any more" in notice.text
    assert [offer.text for offer in notice.offers] == ["Import evidence…", "Drop it"]
    assert any(each.code == "evidence-gone" for each in other.session.project.diagnostics)
    notice.offers[1].run()
    assert other.settings["imported"] == {}
    qtbot.waitUntil(
        lambda: not any(each.code == "evidence-gone" for each in other.session.project.diagnostics), timeout=PATIENCE
    )


def test_the_projects_own_file_is_marked_and_cannot_be_dropped(opened, window, qtbot, sample_copy):
    folder = sample_copy("primes")
    published(folder, folder / "blueprint" / "evidence.json")
    with qtbot.waitSignal(window.session.renewed, timeout=PATIENCE):
        opened(folder)
    assert level(window) is EvidenceLevel.CHECKED
    assert window.status.published.text() == "published evidence: evidence.json"
    assert not window.commands["lean.drop"].isEnabled()
