"""A draft and its place: the text that takes the place of a proof, and the file as it would read with it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.verify.goal import Goal

_TAKES_NO_MARK = re.compile(r"\||where(?![\w'])")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be judged: `proof` takes the place of the goal's, `helpers` are declarations before its statement.

    `proof` is what may follow ``:=`` (``by ...`` or a term; a ``:=`` in front does no harm), cases that begin
    with ``|``, or fields that begin with ``where``.
    """

    proof: str
    helpers: str = ""


class Part(StrEnum):
    """A stretch of the text that Lean is given for a draft."""

    BEFORE = "before"
    HELPERS = "helpers"
    STATEMENT = "statement"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class PlacedDraft:
    """The pieces of a module with a draft in it, in order; a `joint` is what the app itself puts in between.

    What comes after the goal is not part of it: nothing there can matter to what stands above.
    """

    before: str
    helpers: str
    statement: str
    joint: str
    proof: str

    @property
    def text(self) -> str:
        """The module, up to the end of the draft's proof."""
        return f"{self.before}{self._helped()}{self.statement}{self.joint}{self.proof}\n"

    @property
    def lines_above(self) -> int:
        """How many line ends stand before the statement."""
        return f"{self.before}{self._helped()}".count("\n")

    def part_at(self, line: int) -> tuple[Part, int]:
        """The part that a 1-based line of the text belongs to, and that line counted within the part, from 1.

        Parts may meet within a line; it then belongs to the later one.
        """
        starts = [(Part.BEFORE, 1)]
        above = self.before
        for part, written in ((Part.HELPERS, self._helped()), (Part.STATEMENT, self.statement), (Part.PROOF, "")):
            if written or part is Part.PROOF:
                above += self.joint if part is Part.PROOF else ""
                starts.append((part, above.count("\n") + 1))
            above += written
        part, first = next((part, first) for part, first in reversed(starts) if first <= line)
        return part, line - first + 1

    def _helped(self) -> str:
        return f"{self.helpers}\n\n" if self.helpers else ""


def placed(goal: Goal, draft: Draft) -> PlacedDraft:
    """The module in which a draft has the goal's place."""
    proof = draft.proof.strip()
    proof = proof[2:].lstrip() if proof.startswith(":=") else proof
    statement = goal.statement.rstrip()
    has_mark = statement.endswith(":=")
    if _TAKES_NO_MARK.match(proof):
        return PlacedDraft(goal.before, draft.helpers.strip("\n"), statement.removesuffix(":=").rstrip(), "\n", proof)
    return PlacedDraft(goal.before, draft.helpers.strip("\n"), statement, " " if has_mark else " := ", proof)


def text_with(goal: Goal, draft: Draft) -> str:
    """The whole file with the draft in it: what is written once a person accepts it."""
    return placed(goal, draft).text.removesuffix("\n") + goal.after
