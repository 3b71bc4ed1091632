"""Makes a draft of an answer: the proof alone, helpers apart, the statement never the model's."""

import re
import textwrap
from dataclasses import dataclass

from blueprint_app.assistant.lean_reply.blocks import LeanBlock, lean_in
from blueprint_app.assistant.lean_reply.pieces import Piece, pieces_of, same_statement, without_frame
from blueprint_app.assistant.problem import Problem
from blueprint_app.assistant.tasks import DEFINING
from blueprint_app.lean.names import parts_of
from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import Goal


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TACTICS = _words(
    """intro intros rintro induction cases rcases obtain constructor refine apply exact exfalso use left right split
    rw rwa simp simpa unfold change conv subst ext funext congr gcongr specialize generalize injection contradiction
    omega decide grind aesop trivial assumption by_contra by_cases push_neg norm_num norm_cast ring ring_nf linarith
    nlinarith positivity field_simp bound fin_cases interval_cases"""
)
"""Words that begin a tactic and no term."""

_EITHER = frozenset({"have", "show", "let", "suffices", "calc", "match", "if", "haveI", "letI"})
"""Words that begin a tactic as well as a term: what follows tells."""

_FIRST_WORD = re.compile(r"\s*([A-Za-z_]+)")


@dataclass(frozen=True, slots=True)
class DraftedStatement:
    """A declaration that a model proposes: to be compiled, and to be compared with the text by a person.

    `statement` of a theorem ends with ``:=``, and the proof is the app's to add; a definition stands in it as a whole.
    `helpers` are the declarations before it; `name` is as written.
    """

    name: str
    kind: str
    statement: str
    helpers: str = ""

    @property
    def is_definition(self) -> bool:
        """Whether it defines something, so that there is nothing to prove."""
        return self.kind.split(" ")[0] in DEFINING


NO_LEAN = Problem("The answer holds no Lean text.", "Ask again, or ask another model.")


def draft_from(text: str, goal: Goal) -> Draft | Problem:
    """The draft that an answer proposes for a goal, or why there is none.

    The last proof in the answer counts, as models correct themselves. A statement that is repeated is cut off if it is
    the goal's word for word, and the answer is refused if it is not. What the file has in force anyway (imports,
    namespaces, opens) is dropped where it is repeated, and so is what stands behind the proof.
    """
    reply = lean_in(text)
    if reply is None:
        return NO_LEAN
    helpers: list[Piece] = []
    proof: str | None = None
    for block in reply.blocks:
        read = _read(block, goal)
        if isinstance(read, Problem):
            return read
        found, before = read
        if found is not None:
            proof = found
        helpers = _joined(helpers, before)
    if proof is None or not _is_said(proof):
        return Problem(f"The answer holds Lean text, but no proof of {goal.name}.", "Ask for the proof alone.")
    return Draft(_as_proof(proof), "\n\n".join(piece.text.strip("\n") for piece in helpers))


def statement_from(text: str) -> DraftedStatement | Problem:
    """The declaration that an answer proposes as a node's statement, or why there is none."""
    reply = lean_in(text)
    if reply is None:
        return NO_LEAN
    helpers: list[Piece] = []
    stated: Piece | None = None
    for block in reply.blocks:
        declarations = [piece for piece in without_frame(pieces_of(block.text)[1]) if piece.is_declaration]
        if not declarations:
            continue
        if block.is_helpers:
            helpers = _joined(helpers, declarations)
            continue
        helpers, stated = _joined(helpers, declarations[:-1]), declarations[-1]
    if stated is None:
        return Problem("The answer holds Lean text, but no declaration.", "Ask for a theorem or a definition.")
    if not stated.name:
        return Problem("The answer states something without a name.", "Ask for a theorem with a name.")
    written = "\n\n".join(piece.text for piece in helpers if piece.name != stated.name)
    return DraftedStatement(stated.name, stated.keyword, _as_statement(stated), written)


def _read(block: LeanBlock, goal: Goal) -> tuple[str | None, list[Piece]] | Problem:
    """The proof of the goal in a block, if it holds one, and the declarations before it."""
    head, pieces = pieces_of(block.text)
    if _is_said(head):
        # A proof, with nothing but remarks or a repeated `end` behind it.
        return head, []
    written = list(without_frame(pieces, goal.before))
    target = next((number for number, piece in enumerate(written) if _is_goal(piece, goal)), None)
    if target is None:
        return None, written
    stated = written[target]
    if stated.keyword != "example" and not same_statement(stated.statement, _bare(goal), goal.name):
        return Problem(
            f"The answer changes the statement of {goal.name}, which is fixed.", "Ask for the proof of it as it stands."
        )
    return stated.rest, written[:target]


def _is_goal(piece: Piece, goal: Goal) -> bool:
    if not piece.is_declaration:
        return False
    if piece.keyword == "example":
        return same_statement(piece.statement.removeprefix("example"), _signature(goal), "")
    return piece.name == goal.name or piece.name == parts_of(goal.name)[-1]


def _bare(goal: Goal) -> str:
    """The goal's statement from its keyword on: without documentation, attributes and modifiers."""
    _, pieces = pieces_of(goal.statement)
    return pieces[0].statement if pieces else goal.statement


def _signature(goal: Goal) -> str:
    """The goal's statement without keyword and name."""
    _, pieces = pieces_of(goal.statement)
    statement = _bare(goal)
    name = pieces[0].name if pieces else ""
    return statement.partition(name)[2] if name else statement


def _is_said(text: str) -> bool:
    """Whether there is anything but comments."""
    return bool(blanked(text).code.strip())


def _joined(helpers: list[Piece], more: list[Piece]) -> list[Piece]:
    """Helpers of several blocks: what is declared again replaces what was before."""
    names = {piece.name for piece in more if piece.name and piece.is_declaration}
    texts = {piece.text for piece in more}
    kept = [piece for piece in helpers if piece.text not in texts and piece.name not in names]
    return [*kept, *more]


def _as_proof(text: str) -> str:
    """A proof as it may stand behind ``:=``: without the mark, with the ``by`` that was forgotten, indented."""
    proof = textwrap.dedent(text).strip()
    proof = proof[2:].strip("\n ") if proof.startswith(":=") else proof
    if _is_tactics(proof):
        return "by\n" + textwrap.indent(textwrap.dedent(proof), "  ")
    first, _, rest = proof.partition("\n")
    code = blanked(rest).code
    flush = any(line and not line[0].isspace() for line in code.split("\n"))
    # Lean takes what stands at the margin for the next command.
    return f"{first}\n{textwrap.indent(rest, '  ')}" if rest.strip() and flush and first[0] != "|" else proof


def _is_tactics(proof: str) -> bool:
    code = blanked(proof).code
    first = _FIRST_WORD.match(code)
    if first is None:
        return False
    if first[1] in _TACTICS:
        return True
    flush = [line for line in textwrap.dedent(code).split("\n") if line and not line[0].isspace()]
    return first[1] in _EITHER and any(
        (word := _FIRST_WORD.match(line)) is not None and word[1] in _TACTICS for line in flush[1:]
    )


def _as_statement(piece: Piece) -> str:
    if piece.keyword.split(" ")[0] in DEFINING:
        return piece.text.strip("\n")
    without = piece.text[: len(piece.text) - len(piece.rest)].rstrip() if piece.rest else piece.text.rstrip()
    return f"{without} :="
