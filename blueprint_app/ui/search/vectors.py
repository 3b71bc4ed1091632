"""Finds nodes by the vectors of a model, where one is set for it: the texts go out once a person has agreed to that."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.search.side import SearchSide

if TYPE_CHECKING:
    from blueprint_app.assistant.embedding import EmbeddingRequest
    from blueprint_app.insight.search.full_text import FullTextIndex, TextHit
    from blueprint_app.insight.search.vectors import Vector
    from blueprint_app.model.blueprint import NodeId

_ASKING, FETCHING, _AGREEING = "vector search", "vectors", "vector consent"
_ENOUGH = 20


class VectorSearch(QObject):
    """Answers the question that was asked last; `found` carries it and a tuple of `TextHit`, best first.

    `consent_wanted` carries the `EmbeddingRequest` that would go out, and `failed` a `BlueprintError`: after either
    nothing more is tried before `begin`. `agreed` and `ready` say that what kept it from answering is out of the way:
    consent was kept, the vectors are there. `index` tells the full-text index of what is open, if it was made.
    """

    found = Signal(str, object)
    consent_wanted = Signal(object)
    agreed = Signal()
    ready = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, index: "Callable[[], FullTextIndex | None]", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._index = jobs, index
        self._given_up = False
        self._ready: tuple[FullTextIndex, str] | None = None

    def begin(self) -> None:
        """A person begins to search: what failed before may be tried again."""
        self._given_up = False

    def ask(self, question: str, side: SearchSide) -> None:
        """Look for `question`; without a model for it nothing happens."""
        index, ready = self._index(), self._ready
        if index is None or self._given_up or self._jobs.is_running(FETCHING):
            return

        def work(context: JobContext) -> "tuple[TextHit, ...] | EmbeddingRequest | None":
            embedder = side.embedder
            name = embedder.name
            if not name:
                return None
            if ready is None or ready[0] is not index or ready[1] != name:
                request = embedder.request(index.snapshot)
                if request is None or request.needs_consent or request.texts:
                    return request
                index.take_vectors(embedder.vectors(index.snapshot, context.check))
                self._ready = index, name
            return index.find(question, _ENOUGH, vector=embedder.question_vector(question, context.check))

        def done(answer: "tuple[TextHit, ...] | EmbeddingRequest | None") -> None:
            if isinstance(answer, tuple):
                self.found.emit(question, answer)
            elif answer is not None and answer.needs_consent:
                self._given_up = True
                self.consent_wanted.emit(answer)
            elif answer is not None:
                self._fetch(index, side)

        self._jobs.start(_ASKING, work, done, self._fail, is_long=True)

    def agree(self, host: str, side: SearchSide) -> None:
        """A person agrees that text goes to a host: keep that."""
        self._jobs.start(
            _AGREEING, lambda _context: side.embedder.agree(host), lambda _none: self._go_on(self.agreed), self._fail
        )

    def forget(self) -> None:
        """Nothing is open any more."""
        for slot in (_ASKING, FETCHING, _AGREEING):
            self._jobs.cancel(slot)
        self._ready = None
        self._given_up = False

    def _fetch(self, index: "FullTextIndex", side: SearchSide) -> None:
        # If it is stopped nothing more is tried before a person searches again; what came until then is kept.
        self._given_up = True

        def work(context: JobContext) -> "Mapping[NodeId, Vector]":
            return side.embedder.vectors(index.snapshot, context.check, context.report)

        title = "Fetching vectors of the nodes"
        self._jobs.start(FETCHING, work, lambda _vectors: self._go_on(self.ready), self._fail, title=title)

    def _go_on(self, signal: SignalInstance) -> None:
        self._given_up = False
        signal.emit()

    def _fail(self, error: BlueprintError) -> None:
        self._given_up = True
        self.failed.emit(error)
