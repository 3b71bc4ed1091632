"""Shows in the window's parts what the session and the view store say, and turns choices into view states."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QIcon

from blueprint_app.export.titles import plain_title
from blueprint_app.insight.drift import false_claims
from blueprint_app.insight.inferred import Ground
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.canvas.scene import Scene
from blueprint_app.ui.commands.files import recent_projects
from blueprint_app.ui.look.icons import node_icon
from blueprint_app.ui.project.samples import sample_folders
from blueprint_app.ui.project.scenes import Wish
from blueprint_app.ui.project.session import Filtered, OpenProject
from blueprint_app.ui.project.view_state import ViewState
from blueprint_app.ui.views.view import GRAPH
from blueprint_app.ui.window.notices import Notice, Offer, trouble
from blueprint_app.ui.window.start_page import Failure

if TYPE_CHECKING:
    from blueprint_app.live.changes import Change
    from blueprint_app.live.notice import Notice as LiveNotice
    from blueprint_app.ui.window.main_window import MainWindow

_RECENT = 10
_SOON_MS = 300

_OFFERED, _MOST_OFFERED = "inferred_offered", 200
"""The setting that holds the projects whose inferred edges were offered, and how many it holds."""

_LEAN_MS = 1500
"""So long after the graph stands the Lean side is looked at, if the first page does not stand before."""


class Presenter(QObject):
    """The one who knows which part shows what; it holds no state but what it last asked the graph to show."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._matching: frozenset[NodeId] | None = None
        self._outline: Filtered | None = None
        self._failure: Failure | None = None
        self._has_page = False
        # A graph that comes soon takes the place of what is shown; for another a word is said.
        self._wait = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._wait.timeout.connect(self._on_waiting)
        self._lean_wait = QTimer(self, singleShot=True, interval=_LEAN_MS)
        self._lean_wait.timeout.connect(self._look_at_lean)
        self._is_new = False
        window.page.reading.rendered.connect(self._look_at_lean)
        session = window.session
        session.opening.connect(self._on_opening)
        session.opened.connect(self._on_opened)
        session.failed.connect(self._on_failed)
        session.closed.connect(self._on_closed)
        session.renewed.connect(self._on_renewed)
        window.lean.changed.connect(self._on_turned)
        window.lean.noticed.connect(self._on_live_notice)
        window.lean.following_changed.connect(self._show_following)
        window.scenes.outgrown.connect(self._on_outgrown)
        window.schemes.repainted.connect(self._show_graph)
        window.schemes.recoloured.connect(self._on_colours_changed)
        session.filtered.connect(self._on_filtered)
        session.searchable.connect(self._on_searchable)
        window.search.show_in(window.quick_open)
        window.store.changed.connect(self._on_view_changed)
        window.scenes.ready.connect(self._on_scene)
        window.scenes.failed.connect(self._on_scene_failed)
        window.graph.canvas.settled.connect(self._on_painted)
        window.theme_changed.connect(lambda _theme: self._on_theme_changed())

    # What people choose

    def go_to(self, node: str) -> None:
        """Select `node` and bring it into sight, in a graph that holds it."""
        window, project = self._window, self._window.session.project
        if project is None or node not in project.snapshot.nodes:
            return
        graph = project.graph(window.store.state.graph)
        if node not in graph.nodes:
            holder = next((each for each in project.graphs if node in each.nodes), project.snapshot.whole)
            window.store.change(node=NodeId(node), graph=holder.name, viewport=None)
        else:
            window.store.change(node=NodeId(node))
        window.graph.select(window.store.state.node)

    def look_at(self, node: str) -> None:
        """Select `node` and bring it close in the graph."""
        self._window.store.change(view=GRAPH)
        self.go_to(node)
        self._window.graph.look_at(self._window.store.state.node)

    def select_in_graph(self, node: str) -> None:
        """Select `node` where it stands ("" for none)."""
        self._window.store.change(node=NodeId(node) if node else None)

    def read(self, node: str) -> None:
        """Select `node` and go to its page."""
        self.go_to(node)
        self._window.page_dock.show()
        self._window.right.setCurrentWidget(self._window.page)
        self._window.page.setFocus()

    def stop(self, slot: str) -> None:
        """End a job that a person does not want to wait for."""
        self._window.jobs.cancel(slot)
        if self._window.session.project is None:
            self.show_start()
        self._window.notices.show_notice(Notice("Stopped.", topic="stopped"))

    # What is shown

    def show_start(self) -> None:
        """Show how to open a project; the docks have nothing to show."""
        window = self._window
        recent = recent_projects(window.settings)
        window.start_page.show_choices(recent, sample_folders(), self._failure)
        window.centre.show_start()
        for dock in (window.outline_dock, window.page_dock, window.diagnostics_dock):
            dock.hide()
        window.toolbar.hide()
        window.setWindowTitle("Blueprint Explorer")
        window.view_bar.show_graphs(())
        window.commands.refresh()

    def mark_of(self) -> Callable[[NodeId], QIcon]:
        """How the lists mark a node: as the graph paints it."""
        project = self._window.session.project
        assert project is not None
        snapshot, scheme = project.snapshot, self._window.schemes.named(self._window.store.state.scheme)
        style_of = scheme.styling(snapshot, self._window.theme)

        def mark(node: NodeId) -> QIcon:
            return node_icon(style_of(snapshot.nodes[node]), box=snapshot.status[node].shape == "box")

        return mark

    def _on_opening(self, path: Path) -> None:
        self._window.notices.clear("open")
        if self._window.session.project is None:
            self._window.setWindowTitle(f"{path.name} – Blueprint Explorer")

    def _on_opened(self, project: OpenProject) -> None:
        window = self._window
        self._failure = None
        self._remember(Path(project.snapshot.blueprint.folder))
        window.scenes.forget()
        self._wait.start()
        self._lean_wait.stop()
        self._is_new = True
        for part in (window.toolbar, window.outline_dock, window.page_dock):
            part.show()
        title = plain_title(project.snapshot.blueprint.title) or project.path.name
        window.setWindowTitle(f"{title} – Blueprint Explorer")
        window.view_bar.show_graphs(project.graphs)
        window.status.show_project(project)
        window.changed_strip.clear()
        self._show_graph()
        if self._has_page:
            self._show_page()
        # In a turn of its own, so that none is felt.
        QTimer.singleShot(0, self._show_around)

    def _show_around(self) -> None:
        """Fill what stands around the graph of a project that has just been opened."""
        window, project = self._window, self._window.session.project
        if project is None:
            return
        window.quick_open.show_snapshot(project.snapshot, project.__dict__.get("search_index"), self.mark_of())
        window.centre.show_project(project, window.theme)
        self._show_findings(project)
        window.bottom.setCurrentWidget(window.diagnostics)
        self._show_bottom(bool(project.diagnostics))
        self._show_progress()
        self._offer_inferred(project)
        window.commands.refresh()

    def _on_renewed(self, old: OpenProject, new: OpenProject) -> None:
        """A newer state of what is shown: everything is told again, and stays where it is."""
        window, snapshot = self._window, new.snapshot
        window.scenes.renew(new.renamed)
        if snapshot.blueprint is not old.snapshot.blueprint:
            window.view_bar.show_graphs(new.graphs)
            window.status.show_project(new)
        self._show_findings(new, old)
        is_first = new.evidence_progress.is_known and not old.evidence_progress.is_known
        if is_first and false_claims(new.drift) and window.diagnostics_dock.isHidden():
            window.bottom.setCurrentWidget(window.drift)
            self._show_bottom(True)
        index = new.__dict__.get("search_index")
        window.quick_open.show_snapshot(snapshot, index, self.mark_of())
        window.centre.show_project(new, window.theme)
        self._show_progress()
        window.store.rename(new.renamed)
        self._show_graph()
        if self._has_page:
            self._show_page()
        self._offer_inferred(new)
        window.commands.refresh()

    def _offer_inferred(self, project: OpenProject) -> None:
        """Offer once for a project what can be inferred: conclusions of the app's own are never shown unasked."""
        window, folder = self._window, project.snapshot.blueprint.folder
        offered = window.settings[_OFFERED]
        if project.inferred is None or window.store.state.inferred or folder in offered:
            return
        window.settings[_OFFERED] = (folder, *offered)[:_MOST_OFFERED]
        grounds = project.inferred.grounds.values()
        found = " and ".join(ground for ground in Ground if ground in grounds)
        uses = "1 use" if len(grounds) == 1 else f"{len(grounds)} uses"
        text = f"This blueprint says nowhere what uses what. {uses} can be inferred from {found}."
        offer = Offer("Show inferred edges", window.deeds.looking.toggle_inferred)
        window.notices.show_notice(Notice(text, (offer,), topic="inferred"))

    def _show_findings(self, project: OpenProject, old: OpenProject | None = None) -> None:
        """Fill the tabs of the lower side, as far as they differ from what `old` showed."""
        window, diagnostics = self._window, project.diagnostics
        if old is None or diagnostics != old.diagnostics:
            window.diagnostics.show_diagnostics(diagnostics, window.theme)
            window.bottom.show_count(window.diagnostics, len(diagnostics))
        window.drift.show_drift(project.drift, project.evidence_progress, window.theme)
        window.bottom.show_count(window.drift, len(project.drift))

    def _show_bottom(self, shown: bool) -> None:
        window = self._window
        window.diagnostics_dock.setVisible(shown)
        page = window.bottom.currentWidget()
        height = page.sizeHint().height() + window.bottom.tabBar().sizeHint().height()
        window.resizeDocks([window.diagnostics_dock], [height], Qt.Orientation.Vertical)

    def _on_turned(self, new: OpenProject, changes: "tuple[Change, ...]") -> None:
        self._window.changed_strip.add(changes, new.snapshot, self._window.theme)

    def _on_live_notice(self, notice: "LiveNotice") -> None:
        """Say how far the project can be followed; good news only take back the bad ones."""
        from blueprint_app.live.notice import NoticeCode

        bar, code = self._window.notices, notice.code
        topic = {
            NoticeCode.WATCHING: "watch", NoticeCode.POLLING: "watch",
            NoticeCode.FOLDER_GONE: "folder", NoticeCode.FOLDER_BACK: "folder",
        }.get(code, "readable")  # fmt: skip
        bar.clear(topic)
        if code in (NoticeCode.POLLING, NoticeCode.FOLDER_GONE, NoticeCode.UNREADABLE):
            offers = () if code is NoticeCode.POLLING else (Offer("Close project", self._window.session.close),)
            bar.show_notice(trouble(f"{notice.message} {notice.hint}".strip(), offers, topic=topic))
        elif code is NoticeCode.FOLDER_BACK:
            bar.show_notice(Notice(notice.message, topic=topic))

    def _show_following(self) -> None:
        self._window.status.show_following(self._window.lean.following.is_on)
        self._window.commands.refresh()

    def _on_outgrown(self) -> None:
        again = Offer("New layout", self._window.deeds.looking.lay_out_anew)
        text = "Much of the graph is new since it was laid out."
        self._window.notices.show_notice(Notice(text, (again,), topic="layout"))

    def _look_at_lean(self) -> None:
        """The graph stands, and the first page if it came soon: now there is time for Lean's side."""
        if self._is_new and not self._wait.isActive() and self._window.graph.scene is not None:
            self._is_new = False
            self._lean_wait.stop()
            self._window.lean.begin()

    def _on_closed(self) -> None:
        self._wait.stop()
        self._lean_wait.stop()
        self._is_new = False
        self._window.scenes.forget()
        self._failure = None
        window = self._window
        window.changed_strip.clear()
        for topic in ("watch", "folder", "readable", "layout", "change", "inferred"):
            window.notices.clear(topic)
        self.show_start()

    def _on_failed(self, path: Path, error: BlueprintError) -> None:
        self._failure = Failure(path, error)
        if self._window.session.project is None:
            self.show_start()
            return
        again = Offer("Try again", lambda: self._window.session.open(path))
        self._window.notices.show_notice(trouble(f"{path.name}: {error}", (again,), topic="open"))

    def _on_filtered(self, filtered: Filtered) -> None:
        self._outline = filtered
        self._matching = filtered.matching
        self._show_outline()
        self._window.graph.dim_except(filtered.matching)
        self._window.centre.show_only(filtered.matching)

    def _on_searchable(self, project: OpenProject) -> None:
        if project is self._window.session.project:
            self._window.quick_open.show_snapshot(project.snapshot, project.search_index, self.mark_of())

    def _on_view_changed(self, old: ViewState, new: ViewState) -> None:
        window, project = self._window, self._window.session.project
        if project is None:
            return
        if new.filter != old.filter:
            # Only then: what is being typed right now is not in the view state yet.
            window.outline.show_filter(new.filter)
        if new.scheme != old.scheme:
            window.settings["scheme"] = new.scheme
            self._on_colours_changed()
        if new.inferred != old.inferred:
            window.settings["inferred"] = new.inferred
            window.notices.clear("inferred")
        if (new.graph, new.inferred, new.narrowing) != (old.graph, old.inferred, old.narrowing):
            window.graph.expect_another()
            self._show_graph()
        elif new.viewport != old.viewport:
            window.graph.show_viewport(new.viewport)
        if new.view != old.view and window.graph.scene is not None:
            window.centre.show_view(new.view)
            # Behind another view the graph is not painted: what waits for that waits no longer.
            self._on_painted()
        if new.node != old.node:
            self._has_page = True
            window.centre.select(new.node)
            self._show_page()
            window.outline.view.select(new.node)
            window.graph.select(new.node)
        elif new.inferred != old.inferred and self._has_page:
            self._show_page()
        window.commands.refresh()

    def _on_colours_changed(self) -> None:
        self._show_graph()
        self._window.outline.show_marks(self.mark_of())
        self._show_progress()
        project = self._window.session.project
        assert project is not None
        self._window.quick_open.show_snapshot(project.snapshot, project.search_index, self.mark_of())

    def _on_theme_changed(self) -> None:
        window, project = self._window, self._window.session.project
        window.graph.show_theme(window.theme)
        window.page.show_theme(window.theme)
        if project is not None:
            self._on_colours_changed()
            window.centre.show_project(project, window.theme)
            self._show_findings(project)
            window.changed_strip.show_theme(window.theme)

    def _on_waiting(self) -> None:
        window, project = self._window, self._window.session.project
        if project is not None:
            count = len(project.graph(window.store.state.graph).nodes)
            window.graph.show_waiting(f"Laying out {count} nodes…\nThe outline can be used meanwhile.", window.theme)
            window.centre.show_view(window.store.state.view)

    def _on_scene(self, scene: Scene) -> None:
        window = self._window
        self._wait.stop()
        state = window.store.state
        window.centre.show_view(state.view)
        window.graph.show_scene(scene, state.viewport)
        window.graph.select(state.node)
        window.graph.dim_except(self._matching)
        window.commands.refresh()
        if not scene.ids or state.view != GRAPH:
            self._on_painted()

    def _on_painted(self) -> None:
        """The web engine is heavy to start: the first page comes once the graph stands."""
        if self._is_new and not self._lean_wait.isActive():
            self._lean_wait.start()
        if not self._has_page:
            self._has_page = True
            self._window.page.prepare(self._show_page)

    def _on_scene_failed(self, error: BlueprintError) -> None:
        self._wait.stop()
        self._window.graph.show_waiting(
            "The graph could not be laid out.\nThe outline can be used.", self._window.theme
        )
        self._window.centre.show_view(self._window.store.state.view)
        again = Offer("Try again", self._show_graph)
        self._window.notices.show_notice(trouble(str(error), (again,), topic="scene"))

    def _show_graph(self) -> None:
        window, project = self._window, self._window.session.project
        if project is not None:
            state = window.store.state
            graph = project.graph(state.graph, inferred=state.inferred)
            narrowing = window.reading.narrowing
            window.scenes.show(Wish(project, graph, window.schemes.shown(state.scheme), window.theme, narrowing))

    def _show_outline(self) -> None:
        project = self._window.session.project
        if self._outline is None or project is None:
            return
        headlines = project.snapshot.headlines
        self._window.outline.show_outline(
            self._outline.tree,
            self.mark_of(),
            lambda node: headlines[node].value,
            filtered=self._outline.matching is not None,
        )
        self._window.outline.view.select(self._window.store.state.node)

    def _show_progress(self) -> None:
        project = self._window.session.project
        assert project is not None
        colours = project.snapshot.blueprint.colours
        fully, proved = (QColor(colours[name].value) for name in ("fully_proved", "proved"))
        self._window.outline.show_progress(project.progress, fully, proved, project.evidence_progress)

    def _show_page(self) -> None:
        project = self._window.session.project
        if project is not None:
            state = self._window.store.state
            self._window.page.show_node(project.snapshot, state.node, project.inferred if state.inferred else None)

    def _remember(self, folder: Path) -> None:
        recent = [str(folder), *(text for text in self._window.settings["recent"] if text != str(folder))]
        self._window.settings["recent"] = tuple(recent[:_RECENT])
