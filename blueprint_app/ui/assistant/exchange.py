"""What goes on between the window and a model, as it is shown: a conversation, or a run that drafts."""

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from blueprint_app.assistant.citations import Citations
from blueprint_app.assistant.endpoints.messages import Usage
from blueprint_app.assistant.question import Question
from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.assistant.tasks import Task
from blueprint_app.export.answers import Answers
from blueprint_app.export.answers.answers import Resolve
from blueprint_app.export.prose.page import PageContent
from blueprint_app.export.prose.prose import Prose
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.assistant.feed import Feed, Run
from blueprint_app.ui.assistant.rounds_page import rounds_page
from blueprint_app.ui.assistant.talk import Talk, talk_page

PageWork = Callable[[], PageContent]


class Exchange(Protocol):
    """One of them; `key` is of its page, `question` the one that is or was asked last."""

    key: str

    @property
    def question(self) -> Question:
        """The question."""

    @property
    def is_open(self) -> bool:
        """Whether more is to come."""

    def take_in(self) -> bool:
        """Take over what came in; whether anything did."""

    def stop(self) -> None:
        """A person ended it; what came stays."""

    def fail(self, fault: str) -> None:
        """It could not go on; what came stays."""

    def progress(self) -> str:
        """How far it is, in a few words."""

    def spent(self) -> str:
        """What it took, in a few words."""

    def page(self) -> PageWork:
        """What makes its page as it stands; to be called in a job."""


class Renderer:
    """Macros, labels and names of a snapshot, looked through in the first job that needs them, and kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def answers(self) -> Answers:
        """For answers."""
        return Answers(self.snapshot.blueprint)

    @cached_property
    def prose(self) -> Prose:
        """For the blueprint's own text."""
        return Prose(self.snapshot.blueprint)

    @cached_property
    def resolve(self) -> Resolve:
        """For citations; always the same function, as what was rendered for another one is not used again."""
        return Citations(self.snapshot).resolve


class TalkExchange:
    """A conversation."""

    def __init__(self, key: str, question: Question, renderer: Renderer) -> None:
        self.key, self._renderer, self._first = key, renderer, question
        self.talk = Talk()

    @property
    def question(self) -> Question:
        return self.talk.turns[-1].question if self.talk.turns else self._first

    @property
    def is_open(self) -> bool:
        return self.talk.is_open

    def take_in(self) -> bool:
        return self.talk.take_in()

    def stop(self) -> None:
        self.talk.stop()

    def fail(self, fault: str) -> None:
        self.talk.fail(fault)

    def progress(self) -> str:
        last = self.talk.turns[-1]
        return f"{len(last.text):,} characters" if last.text else "thinking…" if last.thinking else "waiting…"

    def spent(self) -> str:
        usage = self.talk.turns[-1].usage
        return usage_in_words(usage) if usage is not None else ""

    def page(self) -> PageWork:
        turns, made, key = self.talk.turns, self._renderer, self.key
        return lambda: talk_page(key, "Answer", turns, made.answers, made.resolve)


class DraftExchange:
    """A run that drafts; `caution` says why nothing can be verified here, "" if it can."""

    def __init__(self, key: str, question: Question, renderer: Renderer, caution: str) -> None:
        self.key, self.question, self._renderer, self._caution = key, question, renderer, caution
        self.feed = Feed()

    @property
    def run(self) -> Run:
        """The run as it stands."""
        return self.feed.run

    @property
    def is_open(self) -> bool:
        return self.feed.run.is_open

    @property
    def record(self) -> AttemptRecord | None:
        """The attempt that holds the draft which the run came to, if it came to one."""
        result = self.feed.run.result
        return result.records[-1] if result is not None and result.draft is not None and result.records else None

    def take_in(self) -> bool:
        return self.feed.has_news()

    def stop(self) -> None:
        self.feed.end(is_stopped=True)

    def fail(self, fault: str) -> None:
        self.feed.end(fault=fault)

    def progress(self) -> str:
        run = self.feed.run
        where = f"round {run.rounds[-1].number} of {run.rounds[-1].most}" if run.rounds else "cheap tactics"
        return "  ·  ".join(part for part in (where, self.spent()) if part)

    def spent(self) -> str:
        tokens, cost = self.feed.run.spent
        money = f" (${cost:.3g})" if cost else ""
        return f"{tokens:,} tokens{money}" if tokens else ""

    def page(self) -> PageWork:
        run, made, key, caution = self.feed.run, self._renderer, self.key, self._caution
        context = self.question.context
        statement = made.snapshot.nodes[context.node].statement.tex if context.task is Task.STATE else ""

        def work() -> PageContent:
            stated = made.prose.passage(statement) if statement and run.result is not None else None
            return rounds_page(key, "Draft", run, made.prose.engine_macros, stated=stated, caution=caution)

        return work


def usage_in_words(usage: Usage) -> str:
    """What a call took, as a person reads it."""
    words = f"{usage.prompt:,} + {usage.completion:,} tokens"
    words += f" (${usage.cost:.3g})" if usage.cost else ""
    return f"{words}, estimated" if usage.estimated else words
