"""Judges drafts of a statement: whether Lean takes it, at the place where it would go. More Lean cannot say."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from blueprint_app.assistant.lean_reply import Problem, statement_from
from blueprint_app.assistant.new_declaration import NewPlace
from blueprint_app.assistant.records.draft_text import text_of_draft
from blueprint_app.verify.draft import Draft, Part
from blueprint_app.verify.goal import Goal
from blueprint_app.verify.judge import JudgeWork, judge_statement
from blueprint_app.verify.verdict import LeanMessage, Verdict

OPEN_PROOF = " by\n  sorry"
"""What stands for the proof of a theorem that was only stated."""

_NOTHING_TO_PROVE = "example : True :="


class StatementBench:
    """The bench of one node's statement. A draft's `proof` is the declaration; a theorem has an open proof."""

    def __init__(self, folder: str, place: NewPlace, allowed_axioms: frozenset[str]) -> None:
        self._folder, self._place, self._allowed = folder, place, allowed_axioms

    def read(self, reply: str) -> Draft | str:
        """The declaration that an answer holds, or in words why it holds none."""
        found = statement_from(reply)
        if isinstance(found, Problem):
            return str(found)
        written = found.statement if found.is_definition else f"{found.statement}{OPEN_PROOF}"
        return Draft(written, found.helpers)

    def judge(self, draft: Draft, check: Callable[[], None]) -> Verdict:
        """Whether Lean takes it."""
        before = f"{self._place.before}\n\n" if self._place.before else ""
        if draft.proof.endswith(OPEN_PROOF):
            statement, helpers = draft.proof.removesuffix(OPEN_PROOF), draft.helpers
        else:
            # A definition is checked as a whole, so it stands where helpers do, before something that needs no proof.
            statement, helpers = _NOTHING_TO_PROVE, declarations_of(draft)
        goal = Goal("", self._place.module, self._place.file, before, statement, "sorry", "", self._place.line)
        work = JudgeWork(self._folder, goal, Draft("sorry", helpers), allowed_axioms=self._allowed)
        verdict = judge_statement(work, check)
        return replace(verdict, messages=tuple(_in_draft(verdict.messages, draft)))

    def try_tactics(self, check: Callable[[], None]) -> None:
        """No tactic states anything."""

    def text_of(self, draft: Draft) -> str:
        """A draft as the file beside its record has it."""
        return text_of_draft(draft)


def declarations_of(draft: Draft) -> str:
    """All that a drafted statement would add to a file."""
    return f"{draft.helpers}\n\n{draft.proof}" if draft.helpers else draft.proof


def _in_draft(messages: Iterable[LeanMessage], draft: Draft) -> Iterable[LeanMessage]:
    """The messages with lines counted as in the draft, whose declaration Lean had as statement or among the helpers."""
    lines = draft.helpers.count("\n") + 2 if draft.helpers else 0
    is_definition = not draft.proof.endswith(OPEN_PROOF)
    for message in messages:
        if message.part is Part.STATEMENT:
            yield replace(message, part=Part.PROOF)
        elif message.part is Part.HELPERS and is_definition and message.line > lines:
            yield replace(message, part=Part.PROOF, line=message.line - lines)
        else:
            yield message
