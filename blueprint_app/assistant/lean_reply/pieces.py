"""Takes a stretch of Lean apart into its declarations, and brings what a model adds without need out of the way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from blueprint_app.assistant.context.lean_text import in_force
from blueprint_app.lean.names import NAME
from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.lean.scan.commands import DECLARING, Command, commands
from blueprint_app.lean.scan.passages import cut_of

_NAME = re.compile(rf"\s*(?:\([^()]*\)\s*)?({NAME})")
_WORDS = re.compile(r"\w+|[^\w\s]")
_FRAME = frozenset({"import", "namespace", "section", "end", "set_option"})
_OPENING = frozenset({"open", "variable", "universe"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One command of a stretch of Lean, documentation included.

    `statement` is the text from its keyword up to what ends the statement, `rest` what comes then: ``:=`` and the
    proof. Both are "" for commands that declare nothing. `name` is as written.
    """

    keyword: str
    text: str
    name: str = ""
    statement: str = ""
    rest: str = ""

    @property
    def is_declaration(self) -> bool:
        """Whether it declares something."""
        return self.keyword.split(" ")[0] in DECLARING or self.keyword == "example"


def pieces_of(text: str) -> tuple[str, tuple[Piece, ...]]:
    """What stands before the first command (a proof, say), and the commands."""
    blank = blanked(text)
    found = list(commands(blank.code))
    last = Command(len(text), len(text), len(text), "")
    starts = [_with_doc(blank.code, blank.docs, command) for command in (*found, last)]
    pieces = tuple(
        _piece(text, blank.code, command, start, end)
        for command, (start, end) in zip(found, pairwise(starts), strict=True)
    )
    return text[: starts[0]], pieces


def _with_doc(code: str, docs: tuple[tuple[int, int], ...], command: Command) -> int:
    for start, end in docs:
        if end <= command.start and not code[end : command.start].strip():
            return start
    return command.start


def _piece(text: str, code: str, command: Command, start: int, end: int) -> Piece:
    written = text[start:end].rstrip()
    name = _NAME.match(code, command.end, end)
    if command.keyword.split(" ")[0] not in DECLARING and command.keyword != "example":
        return Piece(command.keyword, written, name[1] if name else "")
    has_name = name is not None and command.keyword not in ("example", "instance")
    begins = name.end() if name is not None and has_name else command.end
    cut = cut_of(code, begins, end)
    statement = text[command.keyword_start : cut.offset].rstrip()
    return Piece(
        command.keyword, written, name[1] if name and has_name else "", statement, text[cut.offset : end].rstrip()
    )


def without_frame(pieces: tuple[Piece, ...], before: str = "") -> tuple[Piece, ...]:
    """The pieces without imports, namespaces and questions to Lean, and without what `before` has in force anyway.

    What a model opens or declares variables for beyond that stays, to be seen and to be judged with the rest.
    """
    said = {" ".join(line.split()) for line in in_force(before).splitlines()}
    return tuple(
        piece
        for piece in pieces
        if piece.keyword not in _FRAME
        and not piece.keyword.startswith("#")
        and not (piece.keyword in _OPENING and " ".join(piece.text.split()) in said)
    )


def same_statement(one: str, other: str, name: str) -> bool:
    """Whether two statements are the same word for word: spaces, comments and the name's namespace apart."""
    return list(_said(one, name)) == list(_said(other, name))


def _said(statement: str, name: str) -> Iterator[str]:
    code = blanked(statement).code.strip().removesuffix(":=")
    words = _WORDS.findall(code)
    if words and words[0] == "lemma":
        words[0] = "theorem"
    head = _NAME.match(code.split(None, 1)[1]) if len(code.split(None, 1)) > 1 else None
    if head is not None and (head[1] == name or name.endswith(f".{head[1]}")):
        rest = code.split(None, 1)[1][head.end() :]
        return iter([words[0], *_WORDS.findall(rest)])
    return iter(words)
