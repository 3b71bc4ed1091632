"""What can be done once a model has answered, or could not: the buttons below the answer."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from blueprint_app.assistant.drafting.events import Ending
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble
from blueprint_app.assistant.records.draft_text import text_of_draft
from blueprint_app.assistant.records.record import Judgement
from blueprint_app.assistant.tasks import Task
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.assistant.exchange import DraftExchange, Exchange, TalkExchange
from blueprint_app.ui.assistant.panel import Action

if TYPE_CHECKING:
    from blueprint_app.ui.assistant.assistance import Assistance

_SETTINGS = frozenset({Trouble.WRONG_KEY, Trouble.WRONG_MODEL, Trouble.WRONG_URL, Trouble.NO_QUOTA, Trouble.LOGIN_PAGE})
"""Troubles that are mended in the settings of models."""

_ACCEPTABLE = frozenset({Ending.VERIFIED, Ending.COMPILED, Ending.UNJUDGED})
"""Endings with a draft that a person may want in the project."""

_REASONS = {
    Ending.VERIFIED: "Lean accepts the draft: statement matched, axioms allowed. What accepting it changes:",
    Ending.COMPILED: "Not verified. Lean takes the text; whether it says what the blueprint says is for you to judge.",
    Ending.UNJUDGED: "Not verified: nothing here could judge it. Look at every line before you take it.",
}


def next_steps(assistance: "Assistance", exchange: Exchange, error: BlueprintError | None) -> tuple[Action, ...]:
    """The buttons, the one that most people want first."""
    found = [*_mending(assistance, error)]
    if isinstance(exchange, TalkExchange):
        found += _after_talk(assistance, exchange, is_first=not found)
    elif isinstance(exchange, DraftExchange):
        found += _after_draft(assistance, exchange, is_first=not found)
    return (*found, Action("New question", assistance.begin_anew))


def _mending(assistance: "Assistance", error: BlueprintError | None) -> Iterator[Action]:
    trouble = error.trouble if isinstance(error, ModelError) else None
    if trouble is Trouble.CONTEXT_TOO_LONG:
        yield Action("Trim the context", assistance.trim, is_primary=True)
    elif trouble in _SETTINGS:
        yield Action("Models…", assistance.window.deeds.setting_up.show_models, is_primary=True)


def _after_talk(assistance: "Assistance", exchange: TalkExchange, *, is_first: bool) -> Iterator[Action]:
    talk, splitting = exchange.talk, assistance.splitting
    if splitting.proposal is not None:
        yield Action("Show change…", splitting.review, is_primary=is_first)
        yield Action("Dismiss", lambda: _dismiss(assistance))
    if not talk.turns[-1].is_whole:
        yield Action("Try again", assistance.try_again, is_primary=is_first)
    if talk.last_answer:
        yield Action("Copy answer", lambda: QGuiApplication.clipboard().setText(talk.last_answer))


def _dismiss(assistance: "Assistance") -> None:
    assistance.splitting.dismiss()
    assistance.show_rest()


def _after_draft(assistance: "Assistance", exchange: DraftExchange, *, is_first: bool) -> Iterator[Action]:
    run, record, subject = exchange.run, exchange.record, assistance.subject
    result, accepting = run.result, assistance.accepting
    if result is not None and record is not None and subject is not None and result.ending in _ACCEPTABLE:
        reason = _REASONS[result.ending]
        yield Action(
            "Accept…",
            lambda: accepting.show_change(subject.snapshot, record, reason),
            is_primary=is_first and result.ending is Ending.VERIFIED,
        )
        if subject.task is Task.STATE:
            yield Action("Faithful", lambda: accepting.judge(record, Judgement.FAITHFUL))
            yield Action("Not faithful", lambda: accepting.judge(record, Judgement.UNFAITHFUL))
        yield Action("Reject", lambda: accepting.judge(record, Judgement.REJECTED))
    elif result is not None and result.offers_split and subject is not None:
        split = Action(
            "Split into smaller lemmas",
            lambda: assistance.begin(subject.node, Task.SPLIT, subject.audience),
            is_primary=is_first,
        )
        yield split
    if result is None or result.ending not in _ACCEPTABLE:
        yield Action("Try again", assistance.try_again, is_primary=is_first and not (result and result.offers_split))
    if result is not None and result.draft is not None:
        draft = result.draft
        yield Action("Copy draft", lambda: QGuiApplication.clipboard().setText(text_of_draft(draft)))
