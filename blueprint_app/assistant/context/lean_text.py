"""What is in force at a place of a Lean file, and what was declared before it: without the proofs."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from blueprint_app.assistant.tasks import DEFINING
from blueprint_app.lean.names import parts_of
from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.lean.scan.commands import SCOPING, Command, commands
from blueprint_app.lean.scan.declarations import ScannedDeclaration, scan_text

MOST_NEIGHBOURS = 40
"""Declarations right before a statement that are quoted."""

LONGEST_NEIGHBOUR = 30
"""Lines of one of them."""

_LASTING = frozenset({"import", "export", "notation", "notation3", "infix", "infixl", "infixr", "prefix", "postfix"})
"""Commands that count beyond the section they stand in."""

_IN_FORCE = _LASTING | {"open", "variable", "universe", "set_option", "include", "omit", "attribute"}


@dataclass(slots=True)
class _Scope:
    """An open namespace or section: how it began and what was said in it."""

    opening: str = ""
    parts: tuple[str, ...] = ()
    said: list[str] = field(default_factory=list)


def in_force(before: str) -> str:
    """The imports, and the namespaces, sections, opens, variables and the like that are in force where `before` ends.

    As written, in their order; everything else is left out, and so is a section that has ended.
    """
    code = blanked(before).code
    scopes = [_Scope()]
    found = list(commands(code))
    last = Command(len(code), len(code), len(code), "")
    for command, following in pairwise([*found, last]):
        end = command.end + len(code[command.end : following.start].rstrip())
        _take(command, before[command.start : end], code[command.end : end], scopes)
    return "\n".join(line for scope in scopes for line in (scope.opening, *scope.said) if line)


def _take(command: Command, text: str, rest: str, scopes: list[_Scope]) -> None:
    keyword = command.keyword
    if keyword == "end":
        _close(tuple(parts_of(rest.split()[0])) if rest.split() else (), scopes)
    elif keyword in SCOPING:
        name = rest.split()[0] if rest.split() and keyword != "mutual" else ""
        scopes.append(_Scope(text, tuple(parts_of(name)) if name else ("",)))
    elif keyword in _IN_FORCE:
        is_lasting = keyword in _LASTING and not command.modifiers & {"local", "scoped"}
        scopes[0 if is_lasting else -1].said.append(text)


def _close(name: tuple[str, ...], scopes: list[_Scope]) -> None:
    """An ``end``; what Lean would refuse closes nothing. ``end A.B`` may close what two commands opened."""
    closed = 0
    for index in range(len(scopes) - 1, 0, -1):
        closed += len(scopes[index].parts)
        opened = tuple(part for scope in scopes[index:] for part in scope.parts)
        if opened == (name or ("",)):
            del scopes[index:]
            return
        if closed >= max(1, len(name)):
            return


def neighbours(before: str, apart_from: Collection[str] = ()) -> str:
    """The declarations right before a place, in their order: definitions whole, of others the statement alone."""
    lines = before.splitlines()
    found = [each for each in scan_text(before).declarations if not each.is_generated and each.name not in apart_from]
    return "\n\n".join(_quoted(each, lines) for each in found[-MOST_NEIGHBOURS:])


def _quoted(declaration: ScannedDeclaration, lines: list[str]) -> str:
    documentation = f"/-- {declaration.doc.strip()} -/\n" if declaration.doc.strip() else ""
    if declaration.kind.split(" ")[0] not in DEFINING:
        return documentation + declaration.statement.rstrip()
    written = lines[declaration.line - 1 : declaration.end_line]
    cut = ["  -- (further lines are left out)"] if len(written) > LONGEST_NEIGHBOUR else []
    return documentation + "\n".join([*written[:LONGEST_NEIGHBOUR], *cut])
