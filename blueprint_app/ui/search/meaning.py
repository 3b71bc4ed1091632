"""Finds nodes by what they say, off the UI thread: the index is made when somebody first asks, and kept up to date."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.quiet_collector import quiet_collector

if TYPE_CHECKING:
    from blueprint_app.insight.search.full_text import FullTextIndex, TextHit

_MAKING, _ASKING = "full-text index", "full-text search"
_ENOUGH = 20


class MeaningSearch(QObject):
    """Answers the question that was asked last; `found` carries that question and a tuple of `TextHit`, best first.

    `project` tells what is open.
    """

    found = Signal(str, object)

    def __init__(self, jobs: Jobs, project: Callable[[], OpenProject | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._project = project
        self._index: FullTextIndex | None = None
        self._question = ""

    @property
    def index(self) -> "FullTextIndex | None":
        """The index of what is open now, if it was made already."""
        project = self._project()
        is_current = project is not None and self._index is not None and self._index.snapshot is project.snapshot
        return self._index if is_current else None

    def ask(self, question: str) -> None:
        """Look for `question`; one that was asked before and is not answered yet gets no answer."""
        self._question = question
        if self.index is not None:
            self._look(self.index)
        elif not self._jobs.is_running(_MAKING):
            self._make()

    def forget(self) -> None:
        """Nothing is open any more: no answer is wanted, and the index goes."""
        for slot in (_MAKING, _ASKING):
            self._jobs.cancel(slot)
        self._index = None

    def _make(self) -> None:
        project, former = self._project(), self._index
        if project is None:
            return

        def work(context: JobContext) -> "FullTextIndex":
            # Not at the start of the program: a window that nobody searches in does without.
            from blueprint_app.insight.search.full_text import FullTextIndex

            snapshot = project.snapshot
            same_project = former is not None and former.snapshot.blueprint.folder == snapshot.blueprint.folder
            with quiet_collector():
                return FullTextIndex(snapshot, former if same_project else None, context.check)

        # Of its own accord nobody may wait for it: it takes seconds for the largest blueprints.
        self._jobs.start(_MAKING, work, self._on_made, is_long=True)

    def _on_made(self, index: "FullTextIndex") -> None:
        self._index = index
        # What is open may have changed meanwhile: then it is made once more, which takes less time.
        self.ask(self._question)

    def _look(self, index: "FullTextIndex") -> None:
        question = self._question

        def work(_context: JobContext) -> "tuple[TextHit, ...]":
            return index.find(question, _ENOUGH, is_typing=True)

        self._jobs.start(_ASKING, work, lambda hits: self.found.emit(question, hits))
