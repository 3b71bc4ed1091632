"""A snapshot file in the real window: opened as a folder is, and read-only, on a machine that has nothing else."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from blueprint_app import cli
from blueprint_app.layout import service
from blueprint_app.model.headline import Headline
from tests.export.snapshot_file.conftest import record_attempts

PATIENCE = 60_000
GOLDBACH = "thm:goldbach"
NEEDS_FOLDER = {
    "file.follow", "file.source", "lean.ask", "lean.build", "lean.export", "lean.import", "lean.drop",
    "assistant.batch", "assistant.prove", "assistant.state", "assistant.explain",
}  # fmt: skip


@pytest.fixture
def packed(sample_copy, tmp_path) -> Path:
    """A snapshot of the sample, far from the project, which is gone."""
    folder, path = sample_copy("primes"), tmp_path / "elsewhere" / "primes.bpsnap"
    record_attempts(folder, GOLDBACH)
    path.parent.mkdir()
    assert cli.main(["snapshot", str(folder), "-o", str(path)]) == 0
    shutil.rmtree(folder)
    return path


@pytest.fixture
def shown(packed, window, qtbot, monkeypatch):
    """The window with the snapshot open; there is no program that could be run, and nobody to lay out graphs."""
    monkeypatch.setenv("PATH", os.devnull)

    def refuse(*_arguments: object) -> None:
        raise AssertionError("the layout came with the file")

    monkeypatch.setattr(service, "_ask", refuse)
    signals = [window.graph.canvas.settled, window.session.filtered, window.page.reading.rendered]
    with qtbot.waitSignals(signals, timeout=PATIENCE):
        drop(window, packed)
    qtbot.waitUntil(lambda: not window.jobs.is_running("scene"), timeout=PATIENCE)
    return window


def drop(window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where = QPoint(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering, dropping = QDragEnterEvent(*where), QDropEvent(*where)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, dropping)


def test_a_snapshot_is_shown_as_its_project_was(shown, packed):
    window, snapshot = shown, shown.session.project.snapshot
    assert len(window.graph.canvas.scene.ids) == 48
    assert snapshot.headlines[GOLDBACH] is Headline.AI_DRAFTED
    assert Headline.CONTRADICTED in snapshot.headlines.values()
    words = window.status.project.text()
    assert words.startswith("Snapshot of primes, 2")
    assert words.endswith(" UTC, read-only")
    assert window.windowTitle() == "From sums to primes – Blueprint Explorer"
    assert window.settings["recent"][0] == str(packed)


def test_nothing_can_be_asked_or_changed(shown, qtbot):
    window = shown
    window.presenter.go_to(GOLDBACH)
    unavailable = {each.id for each in window.commands.table if each.needs_folder}
    assert unavailable >= NEEDS_FOLDER
    for name in unavailable:
        assert not window.commands[name].isEnabled(), name
        assert window.commands[name].statusTip() == (
            "This is a snapshot, and read-only: open the project's folder for that."
        )
    assert not window.right.isTabEnabled(window.right.indexOf(window.assistant.tab))
    assert not window.page.has_assistant
    assert window.lean.side is None
    assert not window.lean.following.is_on
    window.deeds.places.open_source_of(GOLDBACH)
    assert "A snapshot carries no sources" in window.notices.notices[0].text


def test_attempts_are_read_and_not_judged(shown, qtbot):
    window = shown
    window.commands["view.attempts"].trigger()
    qtbot.waitUntil(lambda: window.attempts.panel is not None, timeout=PATIENCE)
    panel = window.attempts.panel
    qtbot.waitUntil(lambda: panel.current is not None and not window.jobs.is_running("attempts-detail"))
    assert len(window.attempts._gathered.records) == 2
    buttons = {name: button for name, button in panel.detail.buttons.items() if not button.isHidden()}
    assert set(buttons) == {"copy"}


def test_the_folder_comes_back_to_life(shown, qtbot, samples_folder):
    """What a snapshot could not do can be done again once a folder is open."""
    window = shown
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.session.open(samples_folder / "cycle")
    qtbot.waitUntil(lambda: not window.deeds.at_hand.no_folder() and window.commands["file.follow"].isEnabled())
    assert window.commands.hindrance("file.follow") == ""
    assert window.right.isTabEnabled(window.right.indexOf(window.assistant.tab))


def test_another_reading_and_saving_again(shown, packed, qtbot, tmp_path, monkeypatch):
    window, again = shown, tmp_path / "again.bpsnap"
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.commands["view.reading_strict"].trigger()
    assert window.session.project.is_packed
    with qtbot.waitSignal(window.session.opened, timeout=PATIENCE):
        window.commands["view.reading_leanblueprint"].trigger()
    window.deeds.files.pack_to(again)
    qtbot.waitUntil(lambda: again.exists() and not window.jobs.is_running("pack"), timeout=PATIENCE)
    assert again.read_bytes() == packed.read_bytes()


def test_a_damaged_file_leaves_the_start_page(window, packed, qtbot):
    packed.write_bytes(packed.read_bytes()[:-100])
    with qtbot.waitSignal(window.session.failed, timeout=PATIENCE) as told:
        window.session.open(packed)
    assert "is no snapshot file" in str(told.args[1])
    assert window.centre.currentWidget() is window.start_page
