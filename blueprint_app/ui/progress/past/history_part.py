"""Gets the history that its page shows: when a person asks for it, or at once where it was read before."""

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blueprint_app.insight.history.comparing import ChangedSince
from blueprint_app.insight.history.history import History
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.progress.asking import AskedPage
from blueprint_app.ui.progress.past.history_page import HistoryPage
from blueprint_app.ui.progress.past.past_lists import behind_change, change_up_to
from blueprint_app.ui.progress.past.visits import last_visit
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.settings.settings import Settings
from blueprint_app.ui.theme import Theme

if TYPE_CHECKING:
    from blueprint_app.live.past.past import Outlook

_OUTLOOK, _HISTORY, _SINCE = "past-outlook", "history", "past-since"
_READ, _MOST = "past_read", 200
"""The setting that holds the projects whose history was read, and how many it holds."""


class HistoryPart(QObject):
    """`behind` carries a `Behind`; `got` the `History` that was read; `replay_wanted` a step to show in the graph."""

    behind = Signal(object)
    got = Signal(object)
    replay_wanted = Signal(int)

    def __init__(self, jobs: Jobs, settings: Settings) -> None:
        super().__init__()
        self._jobs, self._settings = jobs, settings
        self._project: OpenProject | None = None
        self._theme: Theme | None = None
        self._outlook: Outlook | None = None
        self._is_in_front = False
        self.history: History | None = None
        self.page = AskedPage(jobs, _HISTORY, "Reading the history", lambda: self.content)
        self.page.asked.connect(self._on_asked)
        self.page.got.connect(self._on_history)

    @cached_property
    def content(self) -> HistoryPage:
        """What is shown once it is read."""
        made = HistoryPage()
        made.again_wanted.connect(self.read)
        made.since_wanted.connect(self._on_since_wanted)
        made.step_wanted.connect(self._on_step_wanted)
        made.replay_wanted.connect(self.replay_wanted)
        return made

    def show_project(self, project: OpenProject, theme: Theme) -> None:
        """Show another project, or the same in another state or other colours."""
        old, self._project, self._theme = self._project, project, theme
        if old is None or _key(old) != _key(project):
            self.forget()
            self._project = project
            if self._is_in_front:
                self._look()
        elif self.history is not None:
            self._show()

    def turn_to(self, *, in_front: bool) -> None:
        """The page comes to the front, or leaves it."""
        self._is_in_front = in_front
        if in_front and self._project is not None and self.history is None and not self.page.is_reading:
            self._look()

    def forget(self) -> None:
        """Nothing is open any more."""
        self._jobs.cancel(_OUTLOOK)
        self._jobs.cancel(_SINCE)
        self.page.forget()
        self._project = self.history = self._outlook = None
        self.page.ask("", "")

    def read(self) -> None:
        """Read the history, whatever it takes."""
        project = self._project
        if project is None:
            return

        def work(context: JobContext) -> History:
            from blueprint_app.bootstrap.past import history_of

            return history_of(project.snapshot, context.check, context.report)

        self.page.read(work)

    def _look(self) -> None:
        """Find out what there is to be read."""
        project = self._project
        assert project is not None

        def work(context: JobContext) -> "Outlook":
            from blueprint_app.bootstrap.past import outlook_of

            return outlook_of(project.snapshot, context.check)

        def failed(error: BlueprintError) -> None:
            self.page.ask(f"{error.what_happened}\n{error.what_to_do}".strip(), "")

        self.page.ask("Looking for a history…", "")
        self._jobs.start(_OUTLOOK, work, self._on_outlook, failed, is_long=True)

    def _on_outlook(self, outlook: "Outlook") -> None:
        self._outlook = outlook
        assert self._project is not None
        if self._project.is_packed or self._folder in self._settings[_READ]:
            self.read()
            return
        commits = "1 commit" if outlook.commits == 1 else f"{outlook.commits:,} commits"
        words = (
            "What became of each node, from the project’s own commits. Nothing is checked out or written; the first "
            "time may take a minute, later ones a second."
        )
        if outlook.is_shallow:
            words += "\nThe clone is shallow: its history reaches only as far back as it was fetched."
        self.page.ask(words, f"Read the history ({commits})")

    def _on_asked(self) -> None:
        if self._outlook is None:
            self._look()
        else:
            self.read()

    def _on_history(self, history: History) -> None:
        self.history = history
        if not self._is_packed:
            read = tuple(each for each in self._settings[_READ] if each != self._folder)
            self._settings[_READ] = (self._folder, *read)[:_MOST]
        self._show()
        tags = self._outlook.tags if self._outlook is not None else ()
        self.content.offer_since(last_visit(self._settings["visits"], self._folder), datetime.now(UTC), tags)
        self.content.again.setVisible(not self._is_packed)
        self.got.emit(history)

    def _show(self) -> None:
        if self.history is not None and self._theme is not None:
            self.content.show_history(self.history, self._theme, datetime.now(UTC))

    def _on_since_wanted(self, mark: str) -> None:
        project, history = self._project, self.history
        if project is None or history is None:
            return

        def work(context: JobContext) -> ChangedSince:
            from blueprint_app.bootstrap.past import changed_in

            return changed_in(project.snapshot, mark, history, context.check)

        def failed(error: BlueprintError) -> None:
            self.content.changed.setText(str(error))

        self._jobs.start(_SINCE, work, self._on_changed, failed, is_long=True)

    def _on_changed(self, changed: ChangedSince) -> None:
        self.content.show_changed(changed)
        title = f"Changed since {changed.since.time:%Y-%m-%d}"
        self._tell(title if not changed.is_empty else f"{title}: nothing", changed)

    def _on_step_wanted(self, number: int) -> None:
        if self.history is None:
            return
        steps = self.content.chart.steps
        changed = change_up_to(self.history, steps, number)
        begin = f"{steps[number - 1].time:%Y-%m-%d} to " if number else "Up to "
        title = f"{begin}{steps[number].time:%Y-%m-%d}"
        self._tell(title if not changed.is_empty else f"{title}: nothing changed", changed)

    def _tell(self, title: str, changed: ChangedSince) -> None:
        assert self._project is not None
        self.behind.emit(behind_change(title, changed, self._project.snapshot.nodes.keys()))

    @property
    def _folder(self) -> str:
        assert self._project is not None
        return self._project.snapshot.blueprint.folder

    @property
    def _is_packed(self) -> bool:
        return self._project is not None and self._project.is_packed


def _key(project: OpenProject) -> tuple[str, str]:
    """What a history belongs to: another reading counts otherwise."""
    return project.snapshot.blueprint.folder, project.snapshot.reading
