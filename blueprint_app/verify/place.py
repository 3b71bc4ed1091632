"""Whether a draft keeps to its place: the statement and all around it must read as before."""

from blueprint_app.lean.records.imports import read_imports
from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.lean.scan.declarations import ScannedDeclaration, scan_text
from blueprint_app.verify.draft import Draft, placed, text_with
from blueprint_app.verify.goal import Goal


def out_of_place(goal: Goal, draft: Draft) -> str:
    """What a draft does to the text around it, in words; "" if nothing.

    A comment that is never closed, an ``end`` too many or an ``#exit`` would move or hide what a person wrote.
    """
    if not draft.proof.strip():
        return "There is no proof in it."
    old, new = goal.text, text_with(goal, draft)
    if read_imports(_head(old)) != read_imports(_head(new)):
        return "It imports something else than its file."
    rest = blanked(goal.after).code
    if not blanked(new).code.endswith(rest) or _is_cut_short(new) != _is_cut_short(old):
        return "What stands below it would become part of a comment or of a string."
    before, within, after = _split(goal, scan_text(old).declarations)
    now = scan_text(new).declarations
    first, last = now[: len(before)], now[len(now) - len(after) :]
    if _keys(first) != _keys(before) or _keys(last) != _keys(after) or len(now) < len(before) + len(after):
        return "It changes what is declared above or below it."
    middle = now[len(before) : len(now) - len(after)]
    stated = [each for each in within if each.name == goal.name]
    found = [each for each in middle if each.name == goal.name]
    moved = placed(goal, draft).lines_above - goal.before.count("\n")
    if _keys(stated) != _keys(found) or [each.line + moved for each in stated] != [each.line for each in found]:
        return f"With it the file no longer states {goal.name} as it did."
    return ""


Keys = list[tuple[str, str, str, bool]]


def _head(text: str) -> str:
    return text.removeprefix("\ufeff")


def _is_cut_short(text: str) -> bool:
    return len(blanked(text).code) < len(text)


def _split(
    goal: Goal, declarations: tuple[ScannedDeclaration, ...]
) -> tuple[list[ScannedDeclaration], list[ScannedDeclaration], list[ScannedDeclaration]]:
    """The declarations before, at and behind the goal."""
    target = next(each for each in declarations if each.name == goal.name and not each.is_generated)
    before = [each for each in declarations if each.end_line < target.line]
    after = [each for each in declarations if each.start_line > target.end_line]
    within = [each for each in declarations if each not in before and each not in after]
    return before, within, after


def _keys(declarations: tuple[ScannedDeclaration, ...] | list[ScannedDeclaration]) -> Keys:
    return [(each.name, each.kind, each.statement, each.is_private) for each in declarations]
