"""A conversation as it is shown: turns of question and answer, the last of which may still be coming in."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from blueprint_app.assistant.endpoints.errors import trouble_with
from blueprint_app.assistant.endpoints.messages import Finish, Reply, Usage
from blueprint_app.assistant.question import Answer, Question
from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.export.answers import Answers, ShownTurn, answer_page
from blueprint_app.export.answers.answers import Resolve
from blueprint_app.export.prose.page import PageContent


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it. `finish` is None while the answer comes in; `fault` says why there is none.

    `asked` is what a person wrote, "" for the task itself.
    """

    question: Question
    asked: str = ""
    text: str = ""
    thinking: str = ""
    finish: Finish | None = None
    usage: Usage | None = None
    fault: str = ""
    record: AttemptRecord | None = None

    @property
    def is_whole(self) -> bool:
        """Whether this is an answer; anything else is no more than the beginning of one."""
        return self.finish is Finish.STOP

    @property
    def remark(self) -> str:
        """What is to be known of the answer, in a sentence."""
        if self.fault:
            return self.fault if not self.text else f"Incomplete. {self.fault}"
        if self.finish is None:
            return "" if self.text else "Waiting for the first word…"
        found = trouble_with(Reply(self.text, "", self.finish, Usage(), "", 0.0))
        if found is not None:
            return f"Incomplete. {found.what_happened}" if self.text else found.what_happened
        return ""


class Incoming:
    """What comes in from another thread, taken over by the window a few times a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._text: list[str] = []
        self._thinking: list[str] = []

    def add_text(self, piece: str) -> None:
        """More of the answer."""
        with self._lock:
            self._text.append(piece)

    def add_thinking(self, piece: str) -> None:
        """More of the thoughts."""
        with self._lock:
            self._thinking.append(piece)

    def taken(self) -> tuple[str, str]:
        """Text and thoughts that came since the last time."""
        with self._lock:
            found = "".join(self._text), "".join(self._thinking)
            self._text.clear()
            self._thinking.clear()
        return found


class Talk:
    """The turns of one conversation; no part of it waits for anything."""

    def __init__(self) -> None:
        self.turns: tuple[Turn, ...] = ()
        self.incoming = Incoming()

    @property
    def is_open(self) -> bool:
        """Whether an answer is coming in."""
        return bool(self.turns) and self.turns[-1].finish is None and not self.turns[-1].fault

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What was asked and answered in full, as a further question needs it."""
        return tuple((turn.asked, turn.text) for turn in self.turns if turn.is_whole)

    @property
    def last_answer(self) -> str:
        """The newest answer, whole or not."""
        return next((turn.text for turn in reversed(self.turns) if turn.text), "")

    def begin(self, question: Question, asked: str) -> None:
        """A question goes out."""
        self.incoming = Incoming()
        self.turns = (*self.turns, Turn(question, asked))

    def take_in(self) -> bool:
        """Take over what came in; whether anything did."""
        text, thinking = self.incoming.taken()
        if not (text or thinking) or not self.is_open:
            return False
        last = self.turns[-1]
        self._put(replace(last, text=last.text + text, thinking=last.thinking + thinking))
        return True

    def finish(self, answer: Answer) -> None:
        """The answer is there."""
        last = self.turns[-1]
        self._put(
            replace(
                last, text=answer.text, thinking=answer.thinking or last.thinking, finish=answer.finish,
                usage=answer.usage, record=answer.record,
            )
        )  # fmt: skip

    def stop(self) -> None:
        """Nothing more is waited for; what came stays, marked as incomplete."""
        self.take_in()
        if self.is_open:
            self._put(replace(self.turns[-1], finish=Finish.CANCELLED))

    def fail(self, fault: str) -> None:
        """There is no answer; what came of one stays."""
        self.take_in()
        self._put(replace(self.turns[-1], fault=fault))

    def drop_last(self) -> None:
        """Take the last question back, to ask it once more."""
        self.turns = self.turns[:-1]

    def _put(self, turn: Turn) -> None:
        self.turns = (*self.turns[:-1], turn)


def talk_page(key: str, heading: str, turns: Sequence[Turn], answers: Answers, resolve: Resolve) -> PageContent:
    """The page of a conversation."""
    shown = [
        ShownTurn(
            turn.asked, answers.html(turn.text, resolve, is_complete=turn.finish is not None), turn.thinking,
            turn.remark,
        )
        for turn in turns
    ]  # fmt: skip
    return answer_page(key, heading, shown, answers.engine_macros)
