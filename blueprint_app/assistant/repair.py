"""What a model is told of a draft that Lean rejects: the draft, the first errors in it, and what failed before."""

from collections.abc import Sequence
from dataclasses import dataclass

from blueprint_app.assistant.context.sections import Context
from blueprint_app.assistant.conversation import first_messages, names_of
from blueprint_app.assistant.endpoints.messages import Message
from blueprint_app.assistant.prompts import Prompt
from blueprint_app.verify.draft import Draft, Part
from blueprint_app.verify.verdict import LeanMessage

REPAIR = "repair"
REPLAN = "replan"
"""The prompts that ask for a mended draft and, where the obstacle stays the same, for another plan."""

MOST_ERRORS = 3
"""Errors of one draft that are shown: those after the first often follow from it."""

MOST_FAILURES = 6
"""Earlier failures that are listed, the newest last."""

_LINES_AROUND = 4
_LONGEST_MESSAGE = 1800
_LONGEST_FAILURE = 300


@dataclass(frozen=True, slots=True)
class FailedDraft:
    """A draft that did not pass: what Lean said of it, or `detail` where Lean said nothing that can be shown."""

    draft: Draft
    messages: tuple[LeanMessage, ...] = ()
    detail: str = ""


def repair_messages(
    prompt: Prompt, repair: Prompt, context: Context, failed: FailedDraft, earlier: Sequence[str] = ()
) -> tuple[Message, ...]:
    """The messages that ask for the next draft: the task, the last draft as the model's answer, and its errors.

    `repair` is the prompt called `REPAIR`, or `REPLAN` to ask for another plan. `earlier` says in a line each why the
    drafts before this one failed, the oldest first; of these drafts nothing else is sent.
    """
    values = {
        "errors": errors_in_words(failed),
        "failures": _listed(earlier),
        **names_of(context),
    }
    _, user = repair.filled(values)
    return (*first_messages(prompt, context), Message("assistant", as_answer(failed.draft)), Message("user", user))


def as_answer(draft: Draft) -> str:
    """A draft in the form in which a model is asked to answer."""
    helpers = f"```lean helpers\n{draft.helpers.strip(chr(10))}\n```\n\n" if draft.helpers.strip() else ""
    return f"{helpers}```lean\n{draft.proof.strip(chr(10))}\n```"


def errors_in_words(failed: FailedDraft) -> str:
    """The first errors of a draft, each with the lines around it and with Lean's words; else what is known."""
    errors = [message for message in failed.messages if message.severity == "error"]
    shown = [error_excerpt(failed.draft, error) for error in errors[:MOST_ERRORS]]
    more = len(errors) - len(shown)
    if more > 0:
        shown.append(f"({more} more {'error' if more == 1 else 'errors'}.)")
    if failed.detail and not errors:
        shown.append(failed.detail)
    return "\n\n".join(shown) or "Lean rejects the draft and gives no reason."


def error_excerpt(draft: Draft, message: LeanMessage) -> str:
    """One message of Lean: the draft's lines around it, numbered, the marked one with ``>``, then Lean's own words.

    A message about a line that is not the draft's shows the words alone.
    """
    words = _shortened(message.text.strip(), _LONGEST_MESSAGE)
    text = {Part.PROOF: draft.proof, Part.HELPERS: draft.helpers}.get(message.part)
    where = {Part.PROOF: "the proof", Part.HELPERS: "the helpers"}.get(message.part, f"the {message.part.value}")
    head = f"{message.severity} in {where}, line {message.line}, column {message.column + 1}:"
    if text is None:
        return f"{message.severity} in {where}:\n{words}"
    return f"{head}\n\n{_numbered(text.strip(chr(10)), message)}\n\n{words}"


def _numbered(text: str, message: LeanMessage) -> str:
    lines = text.split("\n")
    # Lean places an error of a proof that stops too early behind its end.
    marked = min(max(1, message.line), len(lines))
    first, last = max(1, marked - _LINES_AROUND), min(len(lines), marked + _LINES_AROUND)
    width = len(str(last))
    shown = []
    for number in range(first, last + 1):
        shown.append(f"{'>' if number == marked else ' '} {number:>{width}} | {lines[number - 1]}")
        if number == marked and 0 <= message.column <= len(lines[number - 1]) and message.line == marked:
            shown.append(f"  {' ' * width} | {' ' * message.column}^")
    return "\n".join(shown)


def _listed(earlier: Sequence[str]) -> str:
    if not earlier:
        return ""
    lines = [f"- {_shortened(' '.join(each.split()), _LONGEST_FAILURE)}" for each in earlier[-MOST_FAILURES:]]
    return "What failed before this, and must not be tried again:\n\n" + "\n".join(lines)


def _shortened(text: str, longest: int) -> str:
    """A text with its middle left out where it is too long: the first words and the goal at the end both matter."""
    if len(text) <= longest:
        return text
    head, tail = text[: longest * 2 // 3], text[-(longest // 3) :]
    return f"{head}\n... ({len(text) - longest} characters are left out) ...\n{tail}"
