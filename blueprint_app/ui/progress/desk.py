"""What the Progress view needs of the window, and what can be done with its numbers beyond it."""

import importlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.progress.past.visits import visited
from blueprint_app.ui.progress.people.offered import READ_SCHEMES
from blueprint_app.ui.progress.project_view import ProgressView
from blueprint_app.ui.progress.saving import Saving
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.project.view_state import ViewState
from blueprint_app.ui.theme import SCHEMES
from blueprint_app.ui.views.view import GRAPH
from blueprint_app.ui.window.notices import trouble

if TYPE_CHECKING:
    from blueprint_app.insight.history.history import History
    from blueprint_app.ui.progress.past.replay import Replay
    from blueprint_app.ui.window.main_window import MainWindow


class ProgressDesk(QObject):
    """Remembers visits, offers the colour schemes that were read, replays the past, and saves report and badge."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._folder = ""
        self._awaited = ""
        """The colours that are to be shown as soon as their data are there."""
        self.saving = Saving(window)
        self.view = next(view for view in window.views if isinstance(view, ProgressView))
        self.view.made.connect(self._on_made)
        self.replay: Replay | None = None
        window.schemes.changed.connect(self._on_offered)
        window.session.opened.connect(self._on_opened)
        window.session.closed.connect(self._on_closed)
        store = window.store
        if store.state.scheme not in [each.id for each in SCHEMES]:
            # It was chosen when the window was last closed; its data have to be read again first.
            store.reset(replace(store.state, scheme=SCHEMES[0].id))
        store.changed.connect(self._on_state)
        once = Qt.ConnectionType.SingleShotConnection
        window.page.reading.completed.connect(self._on_first_page, once)

    def _on_first_page(self) -> None:
        """Now nothing is waited for: the pages are read from disk, so that the tab comes at once."""

        def work(_context: JobContext) -> object:
            return importlib.import_module("blueprint_app.ui.progress.view")

        self._window.jobs.start("progress-pages", work, lambda _module: None)

    def _on_made(self) -> None:
        from blueprint_app.ui.progress.past.replay import Replay

        pages = self.view.pages
        assert pages is not None
        self.replay = Replay(self._window)
        pages.people.scheme_wanted.connect(self.colour_by)
        pages.people.page.not_got.connect(self._on_not_got)
        pages.history.got.connect(lambda _history: self._window.commands.refresh())
        pages.history.replay_wanted.connect(self._on_replay_wanted)

    @property
    def _history(self) -> "History | None":
        return None if self.view.pages is None else self.view.pages.history.history

    def can_colour_by(self, scheme: str) -> bool:
        """Whether the data of a scheme have been read."""
        return any(each.id == scheme for each in self._window.schemes.more)

    def colour_by(self, scheme: str) -> None:
        """Show the graph in the colours of a scheme."""
        self._window.store.change(view=GRAPH, scheme=scheme)

    def choose_colours(self, scheme: str) -> None:
        """Colour what is shown by a scheme; where its data were not read yet, once they are."""
        project = self._window.session.project
        if scheme not in READ_SCHEMES or self.can_colour_by(scheme):
            self._window.store.change(scheme=scheme)
        elif project is not None:
            self._awaited = scheme
            self.view.show_project(project, self._window.theme)
            assert self.view.pages is not None
            if not self.view.pages.people.page.is_reading:
                self.view.pages.people.read()

    def _on_state(self, old: ViewState, new: ViewState) -> None:
        """A saved view may ask for colours whose data were not read: those before it stay until they are."""
        if new.scheme in READ_SCHEMES and new.scheme != old.scheme and not self.can_colour_by(new.scheme):
            before = SCHEMES[0].id if old.scheme in READ_SCHEMES else old.scheme
            QTimer.singleShot(0, self, lambda: self._wait_for(new.scheme, before))

    def _wait_for(self, scheme: str, meanwhile: str) -> None:
        self._window.store.change(scheme=meanwhile)
        self.choose_colours(scheme)

    def _on_not_got(self, error: BlueprintError | None) -> None:
        if self._awaited and error is not None:
            self._window.notices.show_notice(trouble(str(error), topic="colours"))
        self._awaited = ""

    def can_replay(self) -> bool:
        """Whether the history has been read."""
        return self._history is not None

    def is_replaying(self) -> bool:
        """Whether the graph shows the past."""
        return self.replay is not None and self.replay.is_on

    def toggle_replay(self) -> None:
        """Show the past in the graph, or now again."""
        history = self._history
        if self.is_replaying() or history is None:
            self._end_replay()
        elif self.replay is not None:
            self.replay.begin(history, datetime.now(UTC))

    def _end_replay(self) -> None:
        if self.replay is not None:
            self.replay.end()

    def _on_replay_wanted(self, step: int) -> None:
        history, pages = self._history, self.view.pages
        if history is not None and pages is not None and self.replay is not None:
            self.replay.begin(history, pages.history.content.chart.steps[step].time)

    def _on_opened(self, project: OpenProject) -> None:
        settings, folder = self._window.settings, project.snapshot.blueprint.folder
        settings["visits"] = visited(settings["visits"], folder, datetime.now(UTC))
        if folder != self._folder:
            self._end_replay()
            self.view.forget()
        self._folder = folder

    def _on_closed(self) -> None:
        self._folder = self._awaited = ""
        self._end_replay()

    def _on_offered(self) -> None:
        """Take the colours that were waited for; leave those whose data are not there any more."""
        window, chosen = self._window, self._window.store.state.scheme
        if chosen in READ_SCHEMES:
            if self.can_colour_by(chosen):
                window.schemes.recoloured.emit()
            else:
                window.store.change(scheme=SCHEMES[0].id)
        if self.can_colour_by(self._awaited):
            awaited, self._awaited = self._awaited, ""
            window.store.change(scheme=awaited)
        window.commands.refresh()
