"""Tries the tactics that cost nothing before anybody is asked: all of them in one run of Lean."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace

from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.lean.scan.commands import commands
from blueprint_app.verify.compiling import Compiled, messages_of
from blueprint_app.verify.draft import Draft, Part
from blueprint_app.verify.goal import Goal
from blueprint_app.verify.judge import Check, JudgeWork, judge_draft, ready_to_judge, without_judge
from blueprint_app.verify.readiness import NotReady
from blueprint_app.verify.verdict import CheckLevel, Failure, LeanMessage, Verdict

CHEAP_TACTICS = ("rfl", "simp", "omega", "decide", "grind", "aesop", "exact?")
"""In the order of preference; a Lean or a file that does not have one of them passes over it."""

_STATING = frozenset({"theorem", "lemma"})
_MARK = "blueprint: tried "
_SUGGESTION = re.compile(r"Try this:\s*(?:\[apply\]\s*)?(.+)", re.DOTALL)
_NAME = re.compile(r"\s*[^\s:({\[⦃⟨.]+(?:\.[^\s:({\[⦃⟨.]+)*")


def try_tactics(
    work: JudgeWork, tactics: tuple[str, ...] = CHEAP_TACTICS, check: Check = lambda: None
) -> tuple[Draft | None, Verdict]:
    """A draft of one tactic that is verified, and its verdict; None and why if there is none.

    Each tactic is tried in a copy of the statement without a name, so that none can lean on another; what seems
    to work is judged like any draft. `work.draft` is not looked at.
    """
    begun = time.monotonic()
    ready = ready_to_judge(work, check)
    if isinstance(ready, NotReady) or ready.sandbox is None:
        return None, without_judge(ready)
    text = tactics_text(work.goal, tactics)
    if not text:
        return None, Verdict(CheckLevel.NONE, Failure.ERROR, "Cheap tactics are tried for theorems only.")
    compiled = messages_of(ready, text, lambda line: (Part.PROOF, line), work.limits, check)
    last = Verdict(CheckLevel.NONE, Failure.ERROR, _none_works(compiled, tactics), sandbox=str(ready.sandbox))
    for draft in _drafts(text, compiled, tactics):
        verdict = judge_draft(replace(work, draft=draft), check)
        if verdict.is_verified:
            return draft, verdict
        last = verdict
    return None, replace(last, seconds=round(time.monotonic() - begun, 3))


def tactics_text(goal: Goal, tactics: tuple[str, ...]) -> str:
    """The module up to the statement, then an ``example`` for each tactic; "" if the goal is no theorem.

    Behind each stands a mark that Lean prints, so that one that was never reached is not taken for a success.
    """
    example = _as_example(goal.statement)
    if not example:
        return ""
    pieces = [goal.before]
    for number, tactic in enumerate(tactics):
        # `exact?` finds an example's own statement nowhere, as an example has no name.
        pieces.append(f'{example} := by\n  {tactic}\n\n#print "{_MARK}{number}"\n\n')
    return "".join(pieces)


def _as_example(statement: str) -> str:
    """The statement as an ``example``: without name, attributes and documentation, with what ``in`` puts before it."""
    code = blanked(statement).code
    command = next((each for each in commands(code) if each.keyword in _STATING), None)
    if command is None:
        return ""
    name = _NAME.match(statement, command.end)
    if name is None or statement[name.end() : name.end() + 2] == ".{":
        return ""
    return f"{_prefix(statement, code, command.start, command.keyword_start)}example{_type(statement, name.end())}"


def _type(statement: str, start: int) -> str:
    return statement[start:].rstrip().removesuffix(":=").rstrip()


def _prefix(statement: str, code: str, start: int, keyword: int) -> str:
    """What ends with ``in`` before the declaration itself; modifiers and attributes are left out."""
    found = list(re.finditer(r"(?<![\w.])in(?![\w'!?])", code[start:keyword]))
    return f"{statement[start : start + found[-1].end()]}\n" if found else ""


def _drafts(text: str, compiled: Compiled, tactics: tuple[str, ...]) -> Iterator[Draft]:
    """What seems to work, best first."""
    lines = text.split("\n")
    marks = {line[len(f'#print "{_MARK}') : -1]: at for at, line in enumerate(lines, 1) if _MARK in line}
    reached = {each.text.strip()[len(_MARK) :] for each in compiled.messages if each.text.strip().startswith(_MARK)}
    start = 0
    for number, tactic in enumerate(tactics):
        end = marks[str(number)]
        said = [each for each in compiled.messages if start < each.line < end]
        start = end
        if str(number) in reached and not any(_speaks_against(each) for each in said):
            yield Draft(f"by\n  {_suggestion(said) or tactic}")


def _speaks_against(message: LeanMessage) -> bool:
    return message.severity == "error" or message.kind == "hasSorry" or "declaration uses" in message.text


def _suggestion(said: list[LeanMessage]) -> str:
    """The proof that a searching tactic found, which is quicker and will be found again."""
    for message in said:
        if found := _SUGGESTION.match(message.text.strip()):
            return found[1].strip().split("\n\n")[0].replace("\n", "\n  ")
    return ""


def _none_works(compiled: Compiled, tactics: tuple[str, ...]) -> str:
    if compiled.failure in (Failure.NONE, Failure.ERROR):
        return f"None of {', '.join(tactics)} proves it."
    return compiled.detail
