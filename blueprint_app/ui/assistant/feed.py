"""What a drafting run has told so far, folded into rounds that can be shown at any moment."""

import threading
from dataclasses import dataclass, replace

from blueprint_app.assistant.drafting.blockers import Blocker
from blueprint_app.assistant.drafting.events import (
    Drafted,
    Event,
    Judged,
    Recorded,
    Replied,
    Result,
    RoundBegun,
    TacticsTried,
    TextCame,
)
from blueprint_app.assistant.endpoints.messages import Usage
from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Round:
    """One round: asked, answered as `text`, drafted, judged; each is there once it has happened."""

    number: int
    most: int
    new_plan: bool = False
    text: str = ""
    thinking: str = ""
    is_replied: bool = False
    usage: Usage | None = None
    draft: Draft | None = None
    verdict: Verdict | None = None
    blocker: Blocker | None = None
    met: int = 0
    record: AttemptRecord | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands. `fault` says why it could not go on, `is_stopped` that a person ended it."""

    tactics: TacticsTried | None = None
    rounds: tuple[Round, ...] = ()
    result: Result | None = None
    fault: str = ""
    is_stopped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.result is None and not self.fault and not self.is_stopped

    @property
    def spent(self) -> tuple[int, float]:
        """Tokens and money that the rounds took so far."""
        usages = [each.usage for each in self.rounds if each.usage is not None]
        return sum(each.prompt + each.completion for each in usages), sum(each.cost or 0.0 for each in usages)


def advanced(run: Run, event: Event) -> Run:
    """The run after something happened."""
    match event:
        case TacticsTried():
            return replace(run, tactics=event)
        case RoundBegun():
            return replace(run, rounds=(*run.rounds, Round(event.number, event.most, event.new_plan)))
    if not run.rounds:
        return run
    last = run.rounds[-1]
    match event:
        case TextCame(text, is_thinking):
            last = replace(last, thinking=last.thinking + text) if is_thinking else replace(last, text=last.text + text)
        case Replied():
            last = replace(last, text=event.text, usage=event.usage, is_replied=True)
        case Drafted():
            last = replace(last, draft=event.draft)
        case Judged():
            last = replace(last, verdict=event.verdict, blocker=event.blocker, met=event.met)
        case Recorded():
            last = replace(last, record=event.record)
    return replace(run, rounds=(*run.rounds[:-1], last))


class Feed:
    """Takes events from the thread that drafts and gives the run to the window, whenever that looks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._run = Run()
        self._pieces: list[TextCame] = []
        self._is_new = True

    def take(self, event: Event) -> None:
        """Something happened."""
        with self._lock:
            self._is_new = True
            if isinstance(event, TextCame):
                self._pieces.append(event)
            else:
                self._fold()
                self._run = advanced(self._run, event)

    def end(self, *, result: Result | None = None, fault: str = "", is_stopped: bool = False) -> None:
        """The run is over."""
        with self._lock:
            self._fold()
            self._is_new = True
            self._run = replace(self._run, result=result, fault=fault, is_stopped=is_stopped)

    @property
    def run(self) -> Run:
        """The run as it stands."""
        with self._lock:
            self._fold()
            return self._run

    def has_news(self) -> bool:
        """Whether anything happened since this was last asked."""
        with self._lock:
            is_new, self._is_new = self._is_new, False
            return is_new

    def _fold(self) -> None:
        """Put the pieces of text that came in at once: one by one they would be copied again and again."""
        for is_thinking in (True, False):
            text = "".join(piece.text for piece in self._pieces if piece.is_thinking is is_thinking)
            if text:
                self._run = advanced(self._run, TextCame(text, is_thinking))
        self._pieces.clear()
