"""Report and badge from the window: real files, told by a notice, refused with a word where they cannot be written."""

from PySide6.QtWidgets import QFileDialog

from blueprint_app.ui.progress.saving import BADGES


def said(window):
    return " ".join(notice.text for notice in window.notices.notices)


def test_the_report_is_one_file_with_the_projects_nodes(
    open_view, real_window, repository, qtbot, tmp_path, monkeypatch
):
    open_view(repository.folder)
    path = tmp_path / "out" / "r.html"
    path.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))
    real_window.commands["file.report"].trigger()
    qtbot.waitUntil(lambda: "Written" in said(real_window), timeout=30_000)
    assert '<template data-node="a">' in path.read_text("utf-8")
    assert real_window.notices.notices[0].offers[0].text == "Show in folder"


def test_a_badge_counts_what_the_chosen_kind_says(open_window, qtbot, tmp_path, monkeypatch):
    for kind, words in (("statements", "4 of 7 statements declared"), ("verified", "Lean was not asked")):
        shown = next(text for text, figure in BADGES.items() if figure == kind)
        path = tmp_path / f"{kind}.svg"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, path=path, shown=shown: (str(path), shown))
        open_window.commands["file.badge"].trigger()
        qtbot.waitUntil(path.exists, timeout=10_000)
        qtbot.waitUntil(lambda path=path: path.name in said(open_window), timeout=10_000)
        assert words in path.read_text("utf-8")


def test_a_file_that_cannot_be_written_is_told(open_window, qtbot, tmp_path):
    open_window.progress.saving.save_badge(tmp_path / "nowhere" / "b.svg", "proofs")
    qtbot.waitUntil(lambda: "nowhere" in said(open_window), timeout=10_000)
    assert "Written" not in said(open_window)


def test_without_a_project_there_is_nothing_to_save(window):
    assert not window.commands["file.report"].isEnabled()
    assert not window.commands["file.badge"].isEnabled()
