"""Shows in the window's parts what the session and the view store say, and turns choices into view states."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from blueprint_app.export.titles import plain_title
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.commands.files import recent_projects
from blueprint_app.ui.project.samples import sample_folders
from blueprint_app.ui.project.session import Filtered, OpenProject
from blueprint_app.ui.project.view_state import ViewState
from blueprint_app.ui.views.view import GRAPH
from blueprint_app.ui.window.notices import Notice, Offer, trouble
from blueprint_app.ui.window.shown.findings import ShownFindings
from blueprint_app.ui.window.shown.graph import ShownGraph
from blueprint_app.ui.window.shown.lists import ShownLists
from blueprint_app.ui.window.shown.news import News
from blueprint_app.ui.window.shown.page import ShownPage
from blueprint_app.ui.window.start_page import Failure

if TYPE_CHECKING:
    from blueprint_app.live.changes import Change
    from blueprint_app.ui.window.main_window import MainWindow

_RECENT = 10


class Presenter(QObject):
    """The one who knows which part shows what, and when; it keeps only why nothing could be opened."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._failure: Failure | None = None
        self._graph = ShownGraph(window)
        self._page = ShownPage(window, self._graph)
        self._lists = ShownLists(window)
        self._findings = ShownFindings(window)
        self._news = News(window)
        session = window.session
        session.opening.connect(self._on_opening)
        session.opened.connect(self._on_opened)
        session.failed.connect(self._on_failed)
        session.closed.connect(self._on_closed)
        session.renewed.connect(self._on_renewed)
        session.filtered.connect(self._on_filtered)
        window.lean.changed.connect(self._on_turned)
        window.lean.following_changed.connect(self._show_following)
        window.schemes.recoloured.connect(self._on_colours_changed)
        window.search.show_in(window.quick_open)
        window.store.changed.connect(self._on_view_changed)
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
        self._window.deeds.looking.focus_page()

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

    def _on_opening(self, path: Path) -> None:
        self._window.notices.clear("open")
        if self._window.session.project is None:
            self._window.setWindowTitle(f"{path.name} – Blueprint Explorer")

    def _on_opened(self, project: OpenProject) -> None:
        window = self._window
        self._failure = None
        self._remember(Path(project.snapshot.blueprint.folder))
        self._graph.begin()
        self._page.begin()
        for part in (window.toolbar, window.outline_dock, window.page_dock):
            part.show()
        title = plain_title(project.snapshot.blueprint.title) or project.path.name
        window.setWindowTitle(f"{title} – Blueprint Explorer")
        window.view_bar.show_graphs(project.graphs)
        window.status.show_project(project)
        window.changed_strip.clear()
        self._graph.show()
        self._page.show_again()
        # In a turn of its own, so that none is felt.
        QTimer.singleShot(0, self._show_around)

    def _show_around(self) -> None:
        """Fill what stands around the graph of a project that has just been opened."""
        window, project = self._window, self._window.session.project
        if project is None:
            return
        self._lists.show(project)
        window.centre.show_project(project, window.theme)
        self._findings.begin(project)
        self._news.offer_inferred(project)
        window.commands.refresh()

    def _on_renewed(self, old: OpenProject, new: OpenProject) -> None:
        """A newer state of what is shown: everything is told again, and stays where it is."""
        window = self._window
        window.scenes.renew(new.renamed)
        if new.snapshot.blueprint is not old.snapshot.blueprint:
            window.view_bar.show_graphs(new.graphs)
            window.status.show_project(new)
        self._findings.renew(old, new)
        self._lists.show(new)
        window.centre.show_project(new, window.theme)
        window.store.rename(new.renamed)
        self._graph.show()
        self._page.show_again()
        self._news.offer_inferred(new)
        window.commands.refresh()

    def _on_turned(self, new: OpenProject, changes: "tuple[Change, ...]") -> None:
        self._window.changed_strip.add(changes, new.snapshot, self._window.theme)

    def _show_following(self) -> None:
        self._window.status.show_following(self._window.lean.following.is_on)
        self._window.commands.refresh()

    def _on_closed(self) -> None:
        self._graph.end()
        self._page.end()
        self._failure = None
        self._window.changed_strip.clear()
        self._news.end()
        self.show_start()

    def _on_failed(self, path: Path, error: BlueprintError) -> None:
        self._failure = Failure(path, error)
        if self._window.session.project is None:
            self.show_start()
            return
        again = Offer("Try again", lambda: self._window.session.open(path))
        self._window.notices.show_notice(trouble(f"{path.name}: {error}", (again,), topic="open"))

    def _on_filtered(self, filtered: Filtered) -> None:
        self._lists.show_filtered(filtered)
        self._graph.dim_except(filtered.matching)
        self._window.centre.show_only(filtered.matching)

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
            self._graph.show()
        elif new.viewport != old.viewport:
            window.graph.show_viewport(new.viewport)
        if new.view != old.view and window.graph.scene is not None:
            window.centre.show_view(new.view)
            # Behind another view the graph is not painted: what waits for that waits no longer.
            self._page.on_graph_stands()
        if new.node != old.node:
            window.centre.select(new.node)
            self._page.show_chosen()
            window.outline.view.select(new.node)
            window.graph.select(new.node)
        elif new.inferred != old.inferred:
            self._page.show_again()
        window.commands.refresh()

    def _on_colours_changed(self) -> None:
        self._graph.show()
        project = self._window.session.project
        assert project is not None
        self._lists.show_colours(project)

    def _on_theme_changed(self) -> None:
        window, project = self._window, self._window.session.project
        window.graph.show_theme(window.theme)
        window.page.show_theme(window.theme)
        if project is not None:
            self._on_colours_changed()
            window.centre.show_project(project, window.theme)
            self._findings.show(project)
            window.changed_strip.show_theme(window.theme)

    def _remember(self, folder: Path) -> None:
        recent = [str(folder), *(text for text in self._window.settings["recent"] if text != str(folder))]
        self._window.settings["recent"] = tuple(recent[:_RECENT])
