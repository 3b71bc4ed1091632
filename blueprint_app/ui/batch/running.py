"""One run under way: its thread, its board, and its end."""

import threading
import time
from collections.abc import Callable

from blueprint_app.assistant.batch.runner import BatchRun, Outcome
from blueprint_app.assistant.budget import Amount
from blueprint_app.ui.batch.board import Board
from blueprint_app.ui.jobs import JobContext

_LEDGER_SECONDS = 1.0


class Running:
    """A run with what is shown of it. `work` is what a job does; all else is for the window's thread."""

    def __init__(self, run: BatchRun, board: Board, spent_today: Callable[[], Amount]) -> None:
        self.run, self.board = run, board
        self._spent_today = spent_today
        self._ended = threading.Event()
        self.outcome: Outcome | None = None

    def work(self, context: JobContext) -> Outcome:
        """Work until all is done or there is a reason to stop; progress is told as it is made."""
        told, looked = -1, 0.0

        def check() -> None:
            nonlocal told, looked
            context.check()
            if self.run.finished != told:
                told = self.run.finished
                context.report(told / max(self.run.total, 1), f"{told} of {self.run.total}")
            if time.monotonic() - looked > _LEDGER_SECONDS:
                looked = time.monotonic()
                self.board.spent_today(self._spent_today())

        try:
            return self.run.run(check)
        finally:
            self.board.spent_today(self._spent_today())
            self._ended.set()

    def wait(self, check: Callable[[], None]) -> None:
        """Wait, off the window's thread, until the last of its threads is gone."""
        while not self._ended.wait(0.05):
            check()
