"""Gets who wrote what: when a person asks for it; then the graph can be coloured by it, too."""

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from blueprint_app.export.attribution_text import attribution_as_markdown, attribution_as_text
from blueprint_app.export.titles import plain_title
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.progress.asking import AskedPage
from blueprint_app.ui.progress.people.offered import OfferedSchemes
from blueprint_app.ui.progress.people.people_page import PeoplePage
from blueprint_app.ui.progress.people.schemes import contributor_scheme, recency_scheme
from blueprint_app.ui.project.session import OpenProject

if TYPE_CHECKING:
    from blueprint_app.insight.attribution.summaries import Attribution

_SLOT = "authors"
_QUESTION = (
    "Who wrote the blueprint’s text and its Lean, from the project’s own commits: people and models apart. Nothing is "
    "checked out or written; the first time may take a minute, later ones a second."
)


class PeoplePart(QObject):
    """`behind` carries a `Behind`, `scheme_wanted` the id of a colour scheme; both schemes are offered once known."""

    behind = Signal(object)
    scheme_wanted = Signal(str)

    def __init__(self, jobs: Jobs, schemes: OfferedSchemes) -> None:
        super().__init__()
        self._schemes = schemes
        self._project: OpenProject | None = None
        self.attribution: Attribution | None = None
        self.page = AskedPage(jobs, _SLOT, "Reading who wrote what", lambda: self.content)
        self.page.asked.connect(self.read)
        self.page.got.connect(self._on_got)

    @cached_property
    def content(self) -> PeoplePage:
        """What is shown once it is read."""
        made = PeoplePage()
        made.again_wanted.connect(self.read)
        made.chosen.connect(self.behind)
        made.scheme_wanted.connect(self.scheme_wanted)
        made.statement_wanted.connect(self.copy_statement)
        return made

    def show_project(self, project: OpenProject) -> None:
        """Ask about another project; what is known of the same one stays."""
        folder = None if self._project is None else self._project.snapshot.blueprint.folder
        if folder != project.snapshot.blueprint.folder:
            self.forget()
            self.page.ask(_QUESTION, "Read who wrote what")
        self._project = project

    def turn_to(self, *, in_front: bool) -> None:
        """The page comes to the front: what a snapshot file carries is read at once."""
        is_packed = self._project is not None and self._project.is_packed
        if in_front and is_packed and self.attribution is None and not self.page.is_reading:
            self.read()

    def forget(self) -> None:
        """Nothing is open any more."""
        self.page.forget()
        self._project = self.attribution = None
        self._schemes.offer()

    def read(self) -> None:
        """Read who wrote what, whatever it takes."""
        project = self._project
        if project is None:
            return

        def work(context: JobContext) -> "Attribution":
            from blueprint_app.bootstrap.past import attribution_at

            return attribution_at(project.snapshot, context.check, context.report)

        self.page.read(work)

    def copy_statement(self) -> None:
        """Put the section for a paper on the clipboard."""
        if self.attribution is not None:
            QGuiApplication.clipboard().setText(attribution_as_markdown(self._title, self.attribution))

    def as_text(self) -> str:
        """Both tables with what they count; "" before they are read."""
        return "" if self.attribution is None else attribution_as_text(self._title, self.attribution)

    def _on_got(self, found: "Attribution") -> None:
        self.attribution = found
        assert self._project is not None
        self.content.show_attribution(found)
        self.content.again.setVisible(not self._project.is_packed)
        self._schemes.offer(contributor_scheme(found.nodes), recency_scheme(found.nodes, datetime.now(UTC)))

    @property
    def _title(self) -> str:
        assert self._project is not None
        return plain_title(self._project.snapshot.blueprint.title) or self._project.path.name
