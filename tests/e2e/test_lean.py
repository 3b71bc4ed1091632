"""Building, asking Lean, and files of evidence, in the window and against the real Lean."""

import json
import os
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from blueprint_app.model.evidence import EvidenceLevel
from blueprint_app.model.headline import Headline

PATIENCE = 300_000
VERIFIED = {Headline.LEAN_VERIFIED, Headline.FULLY_VERIFIED}


@pytest.fixture
def looked(opened, window, qtbot, sample_copy, tmp_path, monkeypatch):
    """The window over a copy of the primes whose Lean side was looked at, and the copy."""
    if shutil.which("lake") is None:
        # Nothing calls it in the tests that do not ask for the real one.
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "lake").write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / "bin" / "lake").chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    folder = sample_copy("primes")
    with qtbot.waitSignal(window.session.renewed, timeout=60_000):
        opened(folder)
    return window, folder


def answer(window, qtbot, role):
    """Press the button of that role in the question whether the project is trusted."""
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "trust") is not None)
    box = window.findChild(QMessageBox, "trust")
    button = next(button for button in box.buttons() if box.buttonRole(button) == role)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def lean_notice(window):
    return next((notice for notice in window.notices.notices if notice.topic == "lean"), None)


def test_nothing_runs_without_a_persons_word(looked, qtbot, monkeypatch):
    window, _folder = looked
    window.lean.side.build = lambda *_arguments: pytest.fail("a build was started")
    window.commands["lean.build"].trigger()
    answer(window, qtbot, QMessageBox.ButtonRole.RejectRole)
    assert not window.jobs.is_running("build")
    assert window.settings["trusted"] == ()


def test_without_a_build_asking_says_what_to_do(looked, qtbot):
    window, folder = looked
    window.commands["lean.ask"].trigger()
    answer(window, qtbot, QMessageBox.ButtonRole.AcceptRole)
    qtbot.waitUntil(lambda: lean_notice(window) is not None, timeout=60_000)
    assert "not built" in lean_notice(window).text
    assert [offer.text for offer in lean_notice(window).offers] == ["Build"]
    assert window.settings["trusted"] == (str(folder),)


def test_without_lean_a_build_says_so(looked, qtbot, monkeypatch, tmp_path):
    window, folder = looked
    monkeypatch.setenv("PATH", str(tmp_path))
    window.settings["trusted"] = (str(folder),)
    window.commands.refresh()
    assert "no Lean on this machine" in window.commands.hindrance("lean.build")
    # A notice of before may offer it still.
    window.asking.build()
    qtbot.waitUntil(lambda: lean_notice(window) is not None, timeout=60_000)
    assert "no Lean on this machine" in lean_notice(window).text
    assert "no Lean on this machine" in window.build_panel.state.text()


@pytest.mark.slow
def test_a_project_is_built_asked_and_published(looked, qtbot, lake, tmp_path):
    window, folder = looked
    window.settings["trusted"] = (str(folder),)
    window.commands["lean.build"].trigger()
    assert window.bottom.currentWidget() is window.build_panel
    qtbot.waitUntil(lambda: "succeeded" in window.build_panel.state.text(), timeout=PATIENCE)
    assert "Primes.Sums" in window.build_panel.text.toPlainText()
    qtbot.waitUntil(
        lambda: any(
            each.level is EvidenceLevel.BUILT
            for of in window.session.project.snapshot.node_evidence.values()
            for each in of.declarations
        ),
        timeout=PATIENCE,
    )
    assert not VERIFIED & set(window.session.project.snapshot.headlines.values())
    lean_notice(window).offers[0].run()
    qtbot.waitUntil(lambda: window.session.project.evidence_progress.was_asked, timeout=PATIENCE)
    headlines = window.session.project.snapshot.headlines
    assert headlines["thm:zeckendorf-exists"] is Headline.CONTRADICTED
    assert VERIFIED & set(headlines.values())
    assert Headline.FORMALISED not in headlines.values()
    assert "Lean-verified" in window.outline.progress.details.text()
    assert window.changed_strip.isVisible()
    qtbot.waitUntil(lambda: lean_notice(window).text.startswith("Lean was asked"), timeout=PATIENCE)

    path = tmp_path / "evidence.json"
    window.asking.export_to(path)
    qtbot.waitUntil(lambda: lean_notice(window).text.startswith("Evidence of"), timeout=PATIENCE)
    assert json.loads(path.read_text())["schema"] == "blueprint-evidence/1"


def test_a_file_that_is_no_evidence_is_refused(looked, qtbot, tmp_path):
    window, _folder = looked
    (tmp_path / "other.json").write_text("[]")
    window.asking.import_from(tmp_path / "other.json")
    qtbot.waitUntil(lambda: lean_notice(window) is not None, timeout=60_000)
    assert "no evidence file" in lean_notice(window).text
