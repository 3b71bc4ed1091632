"""Opening, packing and exporting: what a window does with the files of a project as a whole."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from blueprint_app.model.errors import BlueprintError
from blueprint_app.sources.snapshot_path import SNAPSHOT_SUFFIX, is_snapshot_file
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.jobs import JobContext
    from blueprint_app.ui.settings.settings import Settings
    from blueprint_app.ui.window.main_window import MainWindow

_SNAPSHOTS = f"Snapshots (*{SNAPSHOT_SUFFIX});;All files (*)"


class Files:
    """The deeds of one window that ask for a folder or a file."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        folder = QFileDialog.getExistingDirectory(self._window, "Open the folder of a blueprint", self._start())
        if folder:
            self._window.session.open(Path(folder))

    def choose_snapshot(self) -> None:
        """Ask for a snapshot file and open it."""
        name, _kind = QFileDialog.getOpenFileName(self._window, "Open a snapshot", self._start(), _SNAPSHOTS)
        if name:
            self._window.session.open(Path(name))

    def _start(self) -> str:
        """The folder to look in first: beside the open project."""
        project = self._window.session.project
        return str(Path(project.snapshot.blueprint.folder).parent) if project else str(Path.home())

    def save_snapshot(self) -> None:
        """Ask for a file and pack the open project into it."""
        project = self._window.session.project
        if project is None:
            return
        folder = Path(project.snapshot.blueprint.folder)
        start = str(folder.parent / f"{folder.stem}{SNAPSHOT_SUFFIX}")
        name, _kind = QFileDialog.getSaveFileName(self._window, "Save as snapshot", start, _SNAPSHOTS)
        if name:
            path = Path(name)
            self.pack_to(path if path.suffix else path.with_suffix(SNAPSHOT_SUFFIX))

    def pack_to(self, path: Path) -> None:
        """Pack the open project, with what is known of it now, into `path`."""
        project, window = self._window.session.project, self._window
        if project is None:
            return

        def work(context: "JobContext") -> None:
            from blueprint_app.bootstrap.packing import pack_project

            pack_project(project.snapshot, path, context.check, context.report)

        window.jobs.start(
            "pack",
            work,
            lambda _none: self._on_written(path),
            self._on_failed,
            title="Saving a snapshot",
        )

    def export_graph(self) -> None:
        """Ask for a format and a file and write the graph."""
        from blueprint_app.ui.views.export_dialog import ExportDialog

        window = self._window
        project, state = window.session.project, window.store.state
        if project is not None:
            dialog = ExportDialog(
                project.snapshot,
                project.graph(state.graph, inferred=state.inferred),
                window.schemes,
                state.scheme,
                window.scenes.placer,
                window.jobs,
                window,
                window.reading.narrowing,
            )
            dialog.written.connect(self._on_written)
            dialog.failed.connect(self._on_failed)
            dialog.open()

    def _on_written(self, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        offer = Offer("Show in folder", lambda: QDesktopServices.openUrl(folder))
        self._window.notices.show_notice(Notice(f"Written: {path}", (offer,), topic="export"))

    def _on_failed(self, error: BlueprintError) -> None:
        self._window.notices.show_notice(trouble(str(error), topic="export"))

    def fill_recent(self, menu: QMenu) -> None:
        """Offer the projects that were opened last."""
        menu.clear()
        paths = recent_projects(self._window.settings)
        for path in paths:
            action = menu.addAction(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self._window.session.open(path))
        if not paths:
            menu.addAction("No project was opened yet").setEnabled(False)


def recent_projects(settings: "Settings") -> list[Path]:
    """The projects that were opened last and are still there, snapshot files among them."""
    paths = [Path(text) for text in settings["recent"]]
    return [path for path in paths if path.is_dir() or (is_snapshot_file(path) and path.is_file())]


def dropped_project(data: QMimeData) -> Path | None:
    """The folder or the snapshot file that is dragged over the window; for another file the folder that holds it."""
    for url in data.urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and path.exists():
            return path if path.is_dir() or is_snapshot_file(path) else path.parent
    return None
