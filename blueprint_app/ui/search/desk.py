"""What is searched beyond names as one types: what nodes say, vectors of a model, and the project's Lean packages."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.search.meaning import MeaningSearch
from blueprint_app.ui.search.packages import READING, PackageSearch
from blueprint_app.ui.search.quick_open import QuickOpen
from blueprint_app.ui.search.side import SearchOf, SearchSide
from blueprint_app.ui.search.vectors import VectorSearch
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.assistant.embedding import EmbeddingRequest
    from blueprint_app.ui.window.main_window import MainWindow

_PAUSE_MS = 300
"""So long after the last key a question is taken for whole: then models and packages are asked."""

_TOPIC = "search"
_MOST_NAMED = 4


class SearchDesk(QObject):
    """Puts the searches behind Ctrl+P. Without `search_of` there are neither vectors nor packages."""

    def __init__(self, window: "MainWindow", search_of: SearchOf | None) -> None:
        super().__init__(window)
        self._window, self._search_of = window, search_of
        self._side: tuple[str, SearchSide] | None = None
        self._asked_for: set[str] = set()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_further)
        self._question = ""
        jobs, session = window.jobs, window.session
        self.meaning = MeaningSearch(jobs, lambda: session.project, self)
        self.vectors = VectorSearch(jobs, lambda: self.meaning.index, self)
        self.packages = PackageSearch(jobs, self)
        self.meaning.found.connect(self._on_found)
        self.vectors.consent_wanted.connect(self._on_consent_wanted)
        self.vectors.failed.connect(self._on_no_vectors)
        self.vectors.ready.connect(self._ask_again)
        # Where a person was asked: the dialog took the place of the box.
        self.vectors.agreed.connect(lambda: window.quick_open.open())
        self.packages.read.connect(self._on_read)
        self.packages.failed.connect(self._on_not_read)
        session.closed.connect(self._forget)
        session.opened.connect(lambda _project: self._on_opened())

    def show_in(self, box: QuickOpen) -> None:
        """Answer what is typed there."""
        box.appeared.connect(self.vectors.begin)
        box.asked.connect(self._ask)
        box.place_chosen.connect(self._window.deeds.places.open_place)
        for found in (self.meaning.found, self.vectors.found):
            found.connect(box.show_more)
        self.packages.found.connect(box.show_packages)

    def can_read_packages(self) -> bool:
        """Whether a project is open whose packages are not being read already."""
        return self._current_side() is not None and not self._window.jobs.is_running(READING)

    def read_packages(self) -> None:
        """Make the Lean packages of the open project searchable."""
        side = self._current_side()
        if side is not None:
            self.packages.read_packages(side)
            self._window.commands.refresh()

    def _current_side(self) -> SearchSide | None:
        project = self._window.session.project
        if project is None or self._search_of is None:
            return None
        folder = project.snapshot.blueprint.folder
        if self._side is None or self._side[0] != folder:
            self._side = folder, self._search_of(Path(folder))
        return self._side[1]

    def _ask(self, question: str) -> None:
        self._pause.stop()
        self.meaning.ask(question)

    def _ask_again(self) -> None:
        box = self._window.quick_open
        if not box.isHidden():
            self._ask(box.field.text())

    def _on_found(self, question: str) -> None:
        self._question = question
        self._pause.start()

    def _look_further(self) -> None:
        side = self._current_side()
        if side is None or self._window.quick_open.isHidden():
            return
        if self.meaning.index is None:
            # Meanwhile there is a newer snapshot.
            self._ask(self._question)
        else:
            self.packages.ask(self._question, side)
            self.vectors.ask(self._question, side)

    # What people are told

    def _on_consent_wanted(self, request: "EmbeddingRequest") -> None:
        """Once a project: who does not want it is not to be asked at every search."""
        if request.host in self._asked_for:
            return
        self._asked_for.add(request.host)
        text = f"To search by meaning, the texts of the nodes and what you type would go to {request.host}."
        offer = Offer("See what is sent…", lambda: self._show_request(request))
        self._window.notices.show_notice(Notice(text, (offer,), topic=_TOPIC))

    def _show_request(self, request: "EmbeddingRequest") -> None:
        from blueprint_app.ui.assistant.sent_dialog import SentDialog

        dialog = SentDialog(request, self._window)
        dialog.agreed.connect(lambda: self._agree(request.host))
        dialog.open()

    def _agree(self, host: str) -> None:
        side = self._current_side()
        if side is not None:
            self.vectors.agree(host, side)

    def _on_no_vectors(self, error: BlueprintError) -> None:
        models = Offer("Models…", self._window.deeds.setting_up.show_models)
        self._window.notices.show_notice(trouble(f"No search by vectors: {error}", (models,), topic=_TOPIC))

    def _on_not_read(self, error: BlueprintError) -> None:
        self._window.notices.show_notice(trouble(str(error), topic=_TOPIC))
        self._window.commands.refresh()

    def _on_read(self, names: tuple[str, ...], count: int) -> None:
        more = len(names) - _MOST_NAMED
        listed = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        read = "1 declaration was read." if count == 1 else f"{count:,} declarations were read."
        added = read if count else "Nothing had to be read."
        self._window.notices.show_notice(Notice(f"{added} Ctrl+P searches in {listed} as well.", topic=_TOPIC))
        self._window.commands.refresh()

    # What is open

    def _on_opened(self) -> None:
        project = self._window.session.project
        if project is not None and self._side is not None and self._side[0] != project.snapshot.blueprint.folder:
            self._forget_side()

    def _forget(self) -> None:
        self.meaning.forget()
        self._forget_side()

    def _forget_side(self) -> None:
        self._pause.stop()
        self.vectors.forget()
        self.packages.forget()
        self._side = None
        self._asked_for.clear()
