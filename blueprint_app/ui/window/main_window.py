"""The window: makes the parts, gives them their places, and connects them; every part works by itself."""

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QFont, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QMenu,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.model.blueprint import Reading
from blueprint_app.ui import error_hook
from blueprint_app.ui.assistant.desk import AssistantDesk
from blueprint_app.ui.assistant.side import AssistantOf
from blueprint_app.ui.attempts.desk import AttemptsDesk
from blueprint_app.ui.batch.desk import BatchDesk
from blueprint_app.ui.batch.side import BatchesOf
from blueprint_app.ui.commands.command import Actions
from blueprint_app.ui.commands.deeds import Deeds
from blueprint_app.ui.commands.files import dropped_project
from blueprint_app.ui.commands.palette import Palette
from blueprint_app.ui.commands.table import FILE, GRAPH, MENUS, commands_of
from blueprint_app.ui.diagnostics.panel import DiagnosticsPanel
from blueprint_app.ui.drift.panel import DriftPanel
from blueprint_app.ui.graph_reading.desk import GraphReading
from blueprint_app.ui.jobs import Jobs
from blueprint_app.ui.lean_side.asking import Asking
from blueprint_app.ui.lean_side.build_panel import BuildPanel
from blueprint_app.ui.lean_side.desk import LeanDesk, SideOf
from blueprint_app.ui.listing.view import ListView
from blueprint_app.ui.look.icons import tool_icon
from blueprint_app.ui.look.style import apply_theme, theme_named
from blueprint_app.ui.next.desk import NextDesk, ranked
from blueprint_app.ui.next.view import NextView
from blueprint_app.ui.outline.panel import OutlinePanel
from blueprint_app.ui.progress.desk import ProgressDesk
from blueprint_app.ui.progress.people.offered import OfferedSchemes
from blueprint_app.ui.progress.project_view import ProgressView
from blueprint_app.ui.project.mending import Mending
from blueprint_app.ui.project.scenes import Placer, Scenes
from blueprint_app.ui.project.session import Opener, Session
from blueprint_app.ui.project.view_state import ViewState, ViewStore
from blueprint_app.ui.reading.node_page import NodePage
from blueprint_app.ui.search.desk import SearchDesk
from blueprint_app.ui.search.quick_open import QuickOpen
from blueprint_app.ui.search.side import SearchOf
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.standing.desk import StandingDesk
from blueprint_app.ui.tour.desk import TourDesk
from blueprint_app.ui.views.centre import Centre
from blueprint_app.ui.views.graph_pane import GraphPane
from blueprint_app.ui.views.view import GRAPH as GRAPH_VIEW
from blueprint_app.ui.views.view import ProjectView
from blueprint_app.ui.window.bottom_panel import BottomPanel
from blueprint_app.ui.window.changed_strip import ChangedStrip
from blueprint_app.ui.window.notices import NoticeBar, Offer, trouble
from blueprint_app.ui.window.presenter import Presenter
from blueprint_app.ui.window.right_panel import RightPanel
from blueprint_app.ui.window.start_page import StartPage
from blueprint_app.ui.window.status_strip import StatusStrip
from blueprint_app.ui.window.view_bar import ViewBar

_TOOLBAR_START = {"go.back": "back", "go.forward": "forward"}
_TOOLBAR_END = {"view.fit": "fit", "file.export": "export"}
"""The commands of the toolbar, and their icons."""


class MainWindow(QMainWindow):
    """One project in one window. `theme_changed` carries the new `Theme`.

    `opener` reads a project and `placer` places a graph: the window knows of no reader and no layout
    engine. `side_of` gives the Lean side of a project; without it that is not looked at. `assistant_of` gives its
    assistant, `batches_of` the runs over many nodes; without them there are none. `search_of`
    gives what Ctrl+P may ask beyond the nodes' words. Without `use_web_engine` formulas are shown as their source.
    """

    theme_changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        opener: Opener,
        placer: Placer,
        side_of: SideOf | None = None,
        assistant_of: AssistantOf | None = None,
        batches_of: BatchesOf | None = None,
        search_of: SearchOf | None = None,
        *,
        use_web_engine: bool = True,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.base_font = QFont(QApplication.font())
        self.theme = theme_named(settings["theme"])
        self.jobs = Jobs(self)
        self.schemes = OfferedSchemes(self)
        chosen = {key: settings[key] for key in ("scheme", "inferred")}
        self.store = ViewStore(ViewState(reading=Reading(settings["reading"]), **chosen))
        self.session = Session(opener, self.jobs, self.store, self)
        self.lean = LeanDesk(self.session, self.jobs, settings, side_of, self)
        self.scenes = Scenes(self.jobs, placer, self)
        self._make_parts(use_web_engine)
        self.mending = Mending(self)
        self.asking = Asking(self)
        self.assistant = AssistantDesk(self, assistant_of)
        self.attempts = AttemptsDesk(self)
        self.batch = BatchDesk(self, batches_of)
        self.search = SearchDesk(self, search_of)
        self.reading = GraphReading(self)
        self.next = NextDesk(self)
        self.progress = ProgressDesk(self)
        self.standing = StandingDesk(self)
        self.tour = TourDesk(self)
        self.deeds = Deeds(self)
        self.commands = Actions(commands_of(self.deeds), self, self.deeds.at_hand.no_folder)
        self._place_parts()
        self.presenter = Presenter(self)
        self._connect()
        self.apply_look()
        self._restore_geometry()
        self.presenter.show_start()
        for problem in settings.problems:
            self.notices.show_notice(trouble(problem, topic=problem))

    def _make_parts(self, use_web_engine: bool) -> None:
        self.outline = OutlinePanel()
        self.graph = GraphPane(self.settings["legend"])
        self.page = NodePage(self.jobs, use_web_engine=use_web_engine)
        self.right = RightPanel(self.page)
        self.diagnostics = DiagnosticsPanel()
        self.drift = DriftPanel()
        self.bottom = BottomPanel()
        self.bottom.add(self.diagnostics, "Diagnostics")
        self.bottom.add(self.drift, "Drift")
        self.build_panel = BuildPanel()
        self.bottom.add(self.build_panel, "Build")
        self.changed_strip = ChangedStrip()
        self.notices = NoticeBar()
        self.start_page = StartPage()
        self.status = StatusStrip()
        self.next_view = NextView(self.jobs, ranked, self.settings)
        progress = ProgressView(self.jobs, self.settings, self.schemes)
        self.views: tuple[ProjectView, ...] = (ListView(self.jobs, self.settings), self.next_view, progress)
        self.centre = Centre(self.start_page, self.graph, self.views)

    def _place_parts(self) -> None:
        self.setWindowTitle("Blueprint Explorer")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        # The side docks own the corners, so that the diagnostics stand below the graph only.
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
        ):
            self.setCorner(corner, area)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.centre, 1)
        self.setCentralWidget(middle)
        self.outline_dock = self._dock("Outline", self.outline, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.page_dock = self._dock("Node page", self.right, Qt.DockWidgetArea.RightDockWidgetArea)
        self.diagnostics_dock = self._dock("Diagnostics", self.bottom, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.changed_strip)
        self.setStatusBar(self.status)
        menus = self.commands.fill(self.menuBar(), MENUS)
        self._add_recent_menu(menus[FILE])
        self.reading.saved.add_menu(menus[GRAPH], self.commands["graph.save_view"])
        self._make_toolbar()
        self.quick_open = QuickOpen(middle)
        self.command_palette = Palette(middle, self.commands, self.settings)

    def _add_recent_menu(self, menu: QMenu) -> None:
        recent = QMenu("Open &recent", menu)
        recent.aboutToShow.connect(lambda: self.deeds.files.fill_recent(recent))
        menu.insertMenu(self.commands["file.reload"], recent)

    def _make_toolbar(self) -> None:
        bar = QToolBar("Toolbar")
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(16, 16))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(bar)
        self.toolbar = bar
        for command in _TOOLBAR_START:
            bar.addAction(self.commands[command])
        self.view_bar = ViewBar(self.store, bar)
        for command in _TOOLBAR_END:
            bar.addAction(self.commands[command])

    def _dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(title)
        # No title bar: the menu and the shortcuts show and hide the parts.
        dock.setTitleBarWidget(QWidget(dock))
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        dock.hide()
        return dock

    def _connect(self) -> None:
        self.jobs.activities_changed.connect(self.status.show_activities)
        self.status.stop_requested.connect(self.presenter.stop)
        self.start_page.path_chosen.connect(self.session.open)
        self.start_page.folder_wanted.connect(self.deeds.files.choose_folder)
        self.centre.view_chosen.connect(lambda name: self.store.change(view=name))
        for view in self.views:
            view.node_selected.connect(self.presenter.go_to)
            view.node_activated.connect(self.presenter.look_at)
            view.menu_requested.connect(self.deeds.nodes.show_node_menu)
        self.next_view.claim_wanted.connect(self.next.claim)
        self.next_view.release_wanted.connect(self.next.release)
        self.next_view.github_wanted.connect(self.next.ask_github)
        self.next_view.emphasis_wanted.connect(lambda emphasis: self.store.change(emphasis=emphasis, view=GRAPH_VIEW))
        self.view_bar.scheme_wanted.connect(self.progress.choose_colours)
        self.view_bar.search_wanted.connect(self.deeds.looking.search_nodes)
        self.quick_open.node_chosen.connect(self.reading.on_node_chosen)
        self.outline.node_selected.connect(self.presenter.go_to)
        self.outline.node_activated.connect(self.presenter.look_at)
        self.outline.filter_changed.connect(lambda text: self.store.change(filter=text))
        self.graph.node_selected.connect(self.presenter.select_in_graph)
        self.graph.node_activated.connect(self.presenter.read)
        self.graph.menu_requested.connect(self.deeds.nodes.show_node_menu)
        self.graph.source_requested.connect(self.deeds.places.open_source_of)
        self.graph.viewport_changed.connect(lambda viewport: self.store.change(viewport=viewport))
        self.graph.legend_folded.connect(self.deeds.setting_up.remember_legend)
        self.graph.only_written_wanted.connect(self.deeds.looking.toggle_inferred)
        self.page.node_requested.connect(self.presenter.go_to)
        self.page.source_requested.connect(self.deeds.places.open_place)
        self.page.link_requested.connect(self.deeds.places.open_link)
        self.page.deed_requested.connect(self.deeds.nodes.do_on_page)
        self.diagnostics.node_selected.connect(self.presenter.go_to)
        self.diagnostics.source_requested.connect(self.deeds.places.open_place)
        self.drift.node_selected.connect(self.presenter.go_to)
        self.drift.source_requested.connect(self.deeds.places.open_place)
        self.standing.source_requested.connect(self.deeds.places.open_place)
        self.drift.change_requested.connect(self.mending.show_change)
        self.diagnostics_dock.visibilityChanged.connect(lambda _shown: self.attempts.look_again())
        self.changed_strip.node_selected.connect(self.presenter.look_at)
        self.settings.changed.connect(self.deeds.setting_up.on_setting_changed)
        QApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self.apply_look())
        self._stop_listening = error_hook.listen(self._on_error)

    def apply_look(self) -> None:
        """Take theme and zoom from the settings."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.theme = theme_named(self.settings["theme"])
        apply_theme(app, self.theme, self.settings["zoom"], self.base_font)
        for command, icon in (_TOOLBAR_START | _TOOLBAR_END).items():
            self.commands[command].setIcon(tool_icon(icon, self.theme))
        self.view_bar.search.setIcon(tool_icon("search", self.theme))
        self.theme_changed.emit(self.theme)

    def _on_error(self, message: str, report: str) -> None:
        offers = (Offer("Copy report", lambda: QApplication.clipboard().setText(report)),) if report else ()
        self.notices.show_notice(trouble(message, offers, topic=message, details=report))

    def _restore_geometry(self) -> None:
        self.resize(1440, 900)
        widths = [int(word) for word in self.settings["widths"].split() if word.isdecimal()]
        docks = [self.outline_dock, self.page_dock]
        self.resizeDocks(docks, widths if len(widths) == len(docks) else [300, 400], Qt.Orientation.Horizontal)
        if self.settings["geometry"]:
            self.restoreGeometry(QByteArray.fromBase64(self.settings["geometry"].encode()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.quick_open.fit()
        self.command_palette.fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_project(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_project(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.session.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings["geometry"] = bytes(self.saveGeometry().toBase64().data()).decode()
        if self.outline_dock.isVisible() and self.page_dock.isVisible():
            self.settings["widths"] = f"{self.outline_dock.width()} {self.page_dock.width()}"
        self._stop_listening()
        self.jobs.stop()
        self.lean.following.stop(wait=True)
        super().closeEvent(event)
