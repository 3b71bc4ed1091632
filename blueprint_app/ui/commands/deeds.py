"""What the window's commands do, each a few lines: they ask the parts, and decide nothing by themselves."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QCursor, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDockWidget, QFileDialog, QMenu, QWidget

from blueprint_app.export.prose.provenance import ATTEMPT
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.sources.snapshot_path import SNAPSHOT_SUFFIX, is_snapshot_file
from blueprint_app.ui import error_hook
from blueprint_app.ui.commands.command import CommandMenu
from blueprint_app.ui.commands.conditions import SNAPSHOT, Conditions
from blueprint_app.ui.editor.opening import open_place
from blueprint_app.ui.graph_reading.commands import NODE_MENU
from blueprint_app.ui.reading.node_page import PAGE_DEEDS
from blueprint_app.ui.settings.settings import EDITOR
from blueprint_app.ui.views.view import GRAPH
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.jobs import JobContext
    from blueprint_app.ui.settings.settings import Settings
    from blueprint_app.ui.window.main_window import MainWindow

_SNAPSHOTS = f"Snapshots (*{SNAPSHOT_SUFFIX});;All files (*)"


class Deeds:
    """The deeds of one window; the ``has_...`` and ``..._shown`` tell what can be done and what is ticked."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.session = window.session
        self.store = window.store
        self.settings = window.settings
        self.asking = window.asking
        self.assistant = window.assistant
        self.search = window.search
        self.attempts = window.attempts
        self.batch = window.batch
        self.standing = window.standing
        self.reading = window.reading
        self.next = window.next
        self.progress = window.progress
        self.tour = window.tour
        self.conditions = Conditions(self)
        self.views = ((GRAPH, "&Graph"), *((view.name, view.title) for view in window.views))

    # State

    def has_project(self) -> bool:
        """Whether a project is open."""
        return self.session.project is not None

    def no_folder(self) -> str:
        """Why there is no folder to work in, in a sentence; "" where there is one, or nothing is open."""
        project = self.session.project
        if project is None or not project.is_packed:
            return ""
        return SNAPSHOT

    def has_scene(self) -> bool:
        """Whether a graph is shown."""
        return self.has_project() and self._window.graph.scene is not None

    def has_node(self) -> bool:
        """Whether a node is selected."""
        return self.has_project() and self.store.state.node is not None

    def has_assistant(self) -> bool:
        """Whether a project is open that has an assistant."""
        return self.has_project() and self.assistant.is_there()

    def is_running(self, slot: str) -> bool:
        """Whether a job of that slot is under way."""
        return self._window.jobs.is_running(slot)

    def has_written_edges(self) -> bool:
        """Whether the open project's blueprint says itself what uses what."""
        return self.session.project is not None and bool(self.session.project.snapshot.whole.edges)

    def can_infer(self) -> bool:
        """Whether the open project has no edges of its own and some can be inferred."""
        return self.session.project is not None and self.session.project.inferred is not None

    def inferred_shown(self) -> bool:
        """Whether inferred edges are shown."""
        return self.can_infer() and self.store.state.inferred

    def outline_shown(self) -> bool:
        """Whether the left side is there."""
        return not self._window.outline_dock.isHidden()

    def page_shown(self) -> bool:
        """Whether the right side is there."""
        return not self._window.page_dock.isHidden()

    def diagnostics_shown(self) -> bool:
        """Whether the lower side is there and shows the diagnostics."""
        return self._is_below(self._window.diagnostics)

    def drift_shown(self) -> bool:
        """Whether the lower side is there and shows the drift inbox."""
        return self._is_below(self._window.drift)

    def build_shown(self) -> bool:
        """Whether the lower side is there and shows the output of the build."""
        return self._is_below(self._window.build_panel)

    def _is_below(self, page: QWidget) -> bool:
        return not self._window.diagnostics_dock.isHidden() and self._window.bottom.currentWidget() is page

    def is_following(self) -> bool:
        """Whether projects are followed as their files change."""
        return bool(self.settings["follow"])

    def is_full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return self._window.isFullScreen()

    # File

    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        project = self.session.project
        start = str(Path(project.snapshot.blueprint.folder).parent) if project else str(Path.home())
        folder = QFileDialog.getExistingDirectory(self._window, "Open the folder of a blueprint", start)
        if folder:
            self.session.open(Path(folder))

    def choose_snapshot(self) -> None:
        """Ask for a snapshot file and open it."""
        project = self.session.project
        start = str(Path(project.snapshot.blueprint.folder).parent) if project else str(Path.home())
        name, _kind = QFileDialog.getOpenFileName(self._window, "Open a snapshot", start, _SNAPSHOTS)
        if name:
            self.session.open(Path(name))

    def save_snapshot(self) -> None:
        """Ask for a file and pack the open project into it."""
        project = self.session.project
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
        project, window = self.session.project, self._window
        if project is None:
            return

        def work(context: "JobContext") -> None:
            from blueprint_app.bootstrap.packing import pack_project

            pack_project(project.snapshot, path, context.check, context.report)

        window.jobs.start(
            "pack",
            work,
            lambda _none: self._on_written(path),
            lambda error: window.notices.show_notice(trouble(str(error), topic="export")),
            title="Saving a snapshot",
        )

    def fill_recent(self, menu: QMenu) -> None:
        """Offer the projects that were opened last."""
        menu.clear()
        paths = recent_projects(self.settings)
        for path in paths:
            action = menu.addAction(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.session.open(path))
        if not paths:
            menu.addAction("No project was opened yet").setEnabled(False)

    def reload(self) -> None:
        """Read the project again."""
        self.session.reload()

    def close_project(self) -> None:
        """Back to the start page."""
        self.session.close()

    def open_source(self) -> None:
        """Open the selected node's statement in the editor."""
        node = self.store.state.node
        if node is not None:
            self.open_source_of(node)

    def open_source_of(self, node: str) -> None:
        """Open the statement of `node` in the editor."""
        project = self.session.project
        if project is not None:
            self.open_place(project.snapshot.nodes[NodeId(node)].statement.place)

    def open_place(self, place: Place) -> None:
        """Open a place of the project in the editor; a notice says why that cannot be."""
        project = self.session.project
        if project is None:
            return
        if project.is_packed:
            self._tell_place(place)
            return
        try:
            open_place(project.snapshot.blueprint.folder, place, self.settings[EDITOR])
        except BlueprintError as error:
            offers = (
                Offer("Copy the place", lambda: QGuiApplication.clipboard().setText(str(place))),
                Offer("Settings…", self.show_settings),
            )
            self._window.notices.show_notice(trouble(str(error), offers, topic="editor"))

    def _tell_place(self, place: Place) -> None:
        """Where something stands in the sources, which are not in a snapshot."""
        text = f"It stands in {place} of the project. A snapshot carries no sources."
        offer = Offer("Copy the place", lambda: QGuiApplication.clipboard().setText(str(place)))
        self._window.notices.show_notice(Notice(text, (offer,), topic="editor"))

    def open_link(self, address: str) -> None:
        """Open a web address in the browser; pages choose addresses, so only the web's own kinds are followed."""
        url = QUrl(address)
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)

    def export_graph(self) -> None:
        """Ask for a format and a file and write the graph."""
        from blueprint_app.ui.views.export_dialog import ExportDialog

        project, window, state = self.session.project, self._window, self.store.state
        if project is not None:
            dialog = ExportDialog(
                project.snapshot,
                project.graph(state.graph, inferred=state.inferred),
                window.schemes,
                state.scheme,
                window.scenes.placer,
                window.jobs,
                window,
                self.reading.narrowing,
            )
            dialog.written.connect(self._on_written)
            dialog.failed.connect(lambda error: window.notices.show_notice(trouble(str(error), topic="export")))
            dialog.open()

    def _on_written(self, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        offer = Offer("Show in folder", lambda: QDesktopServices.openUrl(folder))
        self._window.notices.show_notice(Notice(f"Written: {path}", (offer,), topic="export"))

    def show_settings(self) -> None:
        """Show the settings dialog."""
        from blueprint_app.ui.settings.dialog import SettingsDialog

        dialog = SettingsDialog(self.settings, self._window, self._sample_place())
        dialog.models_wanted.connect(self.show_models)
        dialog.open()

    def _sample_place(self) -> tuple[str, Place] | None:
        """A place to try an editor with: where the selected node is written, else the first."""
        project = self.session.project
        if project is None or project.is_packed or not project.snapshot.nodes:
            return None
        nodes, selected = project.snapshot.nodes, self.store.state.node
        node = nodes.get(selected) if selected is not None else None
        node = node or next(iter(nodes.values()))
        return project.snapshot.blueprint.folder, node.statement.place

    def show_models(self) -> None:
        """Show the dialog for model servers and roles."""
        from blueprint_app.ui.assistant.models.dialog import ModelsDialog, model_names

        dialog = ModelsDialog(self._window.jobs, model_names, self._window)
        dialog.saved.connect(lambda _settings: self.assistant.settings_written())
        dialog.saved.connect(lambda _settings: self.batch.settings_written())
        dialog.open()

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    # Edit

    def copy_label(self) -> None:
        """Put the selected node's label on the clipboard."""
        if self.store.state.node is not None:
            QGuiApplication.clipboard().setText(self.store.state.node)

    def focus_filter(self) -> None:
        """Go to the filter box."""
        self._window.outline_dock.show()
        self._window.outline.filter_box.setFocus()
        self._window.outline.filter_box.selectAll()

    # View

    def fit_graph(self) -> None:
        """Show the whole graph."""
        self._window.graph.fit()

    def zoom_to_node(self) -> None:
        """Bring the selected node into the middle, large enough to be read."""
        if self.store.state.node is not None:
            self._window.presenter.look_at(self.store.state.node)

    def show_node_menu(self, node: str, place: QPoint) -> None:
        """What can be done with a node of the graph, or with the graph itself."""
        names = NODE_MENU if node else ("view.fit", "graph.show_all", "file.export")
        if node:
            self._window.presenter.go_to(node)
        menu = CommandMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in names:
            menu.addAction(self._window.commands[name])
        menu.popup(place)

    def toggle_outline(self) -> None:
        """Show or hide the left side."""
        self._toggle(self._window.outline_dock)

    def toggle_page(self) -> None:
        """Show or hide the right side."""
        self._toggle(self._window.page_dock)

    def toggle_diagnostics(self) -> None:
        """Show the diagnostics, or hide the lower side if it shows them."""
        self.toggle_below(self._window.diagnostics)

    def toggle_drift(self) -> None:
        """Show the drift inbox, or hide the lower side if it shows it."""
        self.toggle_below(self._window.drift)

    def toggle_build(self) -> None:
        """Show the output of the build, or hide the lower side if it shows it."""
        self.toggle_below(self._window.build_panel)

    def toggle_below(self, page: QWidget) -> None:
        """Bring a tab of the lower side to the front, or hide that side if it is there already."""
        window = self._window
        window.diagnostics_dock.setVisible(not self._is_below(page))
        window.bottom.setCurrentWidget(page)
        window.commands.refresh()

    def lay_out_anew(self) -> None:
        """Lay out the graph as if it were opened now."""
        self._window.graph.glide_next()
        self._window.scenes.lay_out_anew()

    def toggle_inferred(self) -> None:
        """Show inferred edges where the blueprint has none of its own, or no more."""
        # With other edges the graph has another layout: it is shown whole.
        self.store.change(inferred=not self.store.state.inferred, viewport=None)

    def toggle_following(self) -> None:
        """Follow the files' changes, or no more."""
        self.settings["follow"] = not self.settings["follow"]
        self._window.commands.refresh()

    def _toggle(self, dock: QDockWidget) -> None:
        dock.setVisible(dock.isHidden())
        self._window.commands.refresh()

    def set_theme(self, name: str) -> None:
        """Light, dark, or as the system is set."""
        self.settings["theme"] = name

    def zoom_by(self, step: float) -> None:
        """Make all text larger or smaller."""
        limits = self.settings.table["zoom"].limits
        assert limits is not None
        self.settings["zoom"] = min(max(round(self.settings["zoom"] + step, 2), limits[0]), limits[1])

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def remember_legend(self, folded: bool) -> None:
        """Keep the legend as a person left it."""
        self.settings["legend"] = "folded" if folded else "open"

    def on_setting_changed(self, key: str) -> None:
        """Let a changed setting show."""
        if key in ("theme", "zoom"):
            self._window.apply_look()
            self._window.commands.refresh()

    # Go

    def search_nodes(self) -> None:
        """Open the search box."""
        self._window.quick_open.open()

    def show_palette(self) -> None:
        """Open the box that finds commands."""
        self._window.command_palette.open()

    def focus_graph(self) -> None:
        """Keys go to the graph."""
        self.store.change(view=GRAPH)
        self._window.graph.setFocus()

    def focus_outline(self) -> None:
        """Keys go to the outline."""
        self._window.outline_dock.show()
        self._window.outline.view.setFocus()

    def focus_page(self) -> None:
        """Keys go to the node page."""
        self._window.page_dock.show()
        self._window.right.setCurrentWidget(self._window.page)
        self._window.page.setFocus()

    def focus_assistant(self) -> None:
        """Keys go to the assistant."""
        self.assistant.show_tab()
        self.assistant.tab.setFocus()

    def do_on_page(self, deed: str) -> None:
        """Do what a link on a page asks for: a command, an attempt, or "more" for all that the assistant can do."""
        if deed == "more":
            menu = CommandMenu(self._window)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._window.commands.fill_menu(menu, "&Assistant")
            menu.popup(QCursor.pos())
        elif deed.startswith(ATTEMPT):
            self.attempts.show(deed.removeprefix(ATTEMPT))
        elif deed in PAGE_DEEDS and self._window.commands[deed].isEnabled():
            self._window.commands[deed].trigger()

    # Help

    def show_guide(self) -> None:
        """Show the guide beside the window."""
        from blueprint_app.ui.guide.window import show_guide

        show_guide(self._window)

    def show_shortcuts(self) -> None:
        """Show all keys."""
        from blueprint_app.ui.commands.shortcut_page import ShortcutPage

        ShortcutPage(self._window.commands.table, self._window).open()

    def open_log(self) -> None:
        """Show the folder of the log file."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(error_hook.log_folder())))

    def show_about(self) -> None:
        """Say which version this is."""
        from blueprint_app import __version__

        text = (
            f"Blueprint Explorer {__version__}: what a Lean blueprint rests on, how far it is, and how that is known."
        )
        self._window.notices.show_notice(Notice(text, topic="about"))


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
