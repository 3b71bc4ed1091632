"""What a person can do with a draft: take it into the project after seeing the change, turn it down, or judge it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blueprint_app.assistant.records.record import AttemptRecord, Judgement
from blueprint_app.live.change_set import ChangeSet, write_set
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.assistant.side import AssistantSide
from blueprint_app.ui.drift.change_dialog import ChangeDialog
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_JOB, _TOPIC = "assistant-accept", "change"

_SAID = {
    Judgement.ACCEPTED: "The draft is part of the project now.",
    Judgement.REJECTED: "The draft was turned down; it stays among the attempts.",
    Judgement.FAITHFUL: "You said that the statement is faithful.",
    Judgement.UNFAITHFUL: "You said that the statement is not faithful.",
}


class Accepting(QObject):
    """`judged` carries what a person said, once that is kept."""

    judged = Signal(object)

    def __init__(self, window: "MainWindow", side: AssistantSide) -> None:
        super().__init__(window)
        self._window, self._side = window, side

    def show_change(self, snapshot: Snapshot, record: AttemptRecord, reason: str) -> None:
        """Show what accepting a draft would change in the project; it is written on a click, and not before."""

        def show(changes: ChangeSet) -> None:
            dialog = ChangeDialog(changes, reason, self._window.theme, self._window)
            dialog.applied.connect(lambda agreed: self._apply(agreed, record))
            dialog.open()

        self._window.jobs.start(_JOB, lambda _context: self._side.changes(snapshot, record), show, self._on_failed)

    def judge(self, record: AttemptRecord, judgement: Judgement) -> None:
        """Keep what a person says of a draft."""
        self._window.jobs.start(
            _JOB,
            lambda _context: self._side.mark(record, judgement),
            lambda _verdict: self._on_judged(judgement),
            self._on_failed,
        )

    def _on_judged(self, judgement: Judgement) -> None:
        self._window.notices.show_notice(Notice(_SAID[judgement], topic=_TOPIC))
        self.judged.emit(judgement)

    def _apply(self, changes: ChangeSet, record: AttemptRecord) -> None:
        def work(_context: object) -> None:
            write_set(changes)
            self._side.mark(record, Judgement.ACCEPTED)

        self._window.jobs.start(_JOB, work, lambda _none: self._on_applied(changes, record), self._on_failed)

    def _on_applied(self, changes: ChangeSet, record: AttemptRecord) -> None:
        window = self._window
        offers = [Offer("Undo", lambda: self._take_back(changes, record))]
        if window.asking.can_ask():
            # What was accepted is judged once more where it stands: built, then Lean is asked.
            offers.insert(0, Offer("Build", window.asking.build))
        words = f"{changes.title}: {changes.shown} changed. Build and ask Lean to have it judged in place."
        window.notices.show_notice(Notice(words, tuple(offers), topic=_TOPIC))
        self.judged.emit(Judgement.ACCEPTED)
        self._read_again()

    def _take_back(self, changes: ChangeSet, record: AttemptRecord) -> None:
        def work(_context: object) -> None:
            write_set(changes.undone)
            self._side.mark(record, Judgement.REJECTED, note="taken back")

        self._window.jobs.start(_JOB, work, lambda _none: self._read_again(), self._on_failed)

    def _read_again(self) -> None:
        if not self._window.lean.following.is_on:
            self._window.session.reload()

    def _on_failed(self, error: BlueprintError) -> None:
        again = Offer("Read again", self._window.session.reload)
        self._window.notices.show_notice(trouble(str(error), (again,), topic=_TOPIC))
