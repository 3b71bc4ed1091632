"""Writes what the numbers are for, for people who have no window: the report and the badge."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from blueprint_app.ui.jobs import JobContext, Work
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_REPORTS = "HTML file (*.html)"
BADGES = {
    "Badge: proofs declared (*.svg)": "proofs",
    "Badge: statements declared (*.svg)": "statements",
    "Badge: in Lean without sorry (*.svg)": "without-sorry",
    "Badge: Lean-verified (*.svg)": "verified",
}
"""What a badge can count, as the file dialog offers it."""


class Saving:
    """The report and the badge of the open project, with what is known of it now."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def choose_report(self) -> None:
        """Ask for a file and write the report."""
        path = self._ask("Save the report", "report", ".html", _REPORTS)[0]
        if path is not None:
            self.save_report(path)

    def choose_badge(self) -> None:
        """Ask for a file, and by its kind what is counted, and write the badge."""
        path, kind = self._ask("Save a badge", "badge", ".svg", ";;".join(BADGES))
        if path is not None:
            self.save_badge(path, BADGES.get(kind, "proofs"))

    def save_report(self, path: Path) -> None:
        """Write the report to `path` in a job."""
        project = self._window.session.project
        if project is None:
            return

        def work(context: JobContext) -> None:
            from blueprint_app.bootstrap.packing import report_on
            from blueprint_app.ui.views.export_dialog import write_whole

            write_whole(path, report_on(project.snapshot, context.check, context.report).encode())

        self._start("report", work, path, "Writing the report")

    def save_badge(self, path: Path, figure: str) -> None:
        """Write a badge to `path` in a job; `figure` is one of the values of `BADGES`."""
        project = self._window.session.project
        if project is None:
            return

        def work(_context: JobContext) -> None:
            from blueprint_app.export.badge import badge_as_svg
            from blueprint_app.ui.views.export_dialog import write_whole

            write_whole(path, badge_as_svg(project.snapshot, figure).encode())

        self._start("badge", work, path, "Writing the badge")

    def _ask(self, title: str, name: str, suffix: str, kinds: str) -> tuple[Path | None, str]:
        project = self._window.session.project
        if project is None:
            return None, ""
        folder = Path(project.snapshot.blueprint.folder)
        start = str(folder.parent / f"{folder.stem}-{name}{suffix}")
        chosen, kind = QFileDialog.getSaveFileName(self._window, title, start, kinds)
        if not chosen:
            return None, kind
        path = Path(chosen)
        return (path if path.suffix else path.with_suffix(suffix)), kind

    def _start(self, slot: str, work: Work, path: Path, title: str) -> None:
        notices = self._window.notices
        folder = QUrl.fromLocalFile(str(path.parent))
        offer = Offer("Show in folder", lambda: QDesktopServices.openUrl(folder))
        self._window.jobs.start(
            slot,
            work,
            lambda _none: notices.show_notice(Notice(f"Written: {path}", (offer,), topic="export")),
            lambda error: notices.show_notice(trouble(str(error), topic="export")),
            title=title,
        )
