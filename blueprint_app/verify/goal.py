"""Cuts one declaration out of the project's Lean text, so that a draft can take the place of its proof."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from blueprint_app.lean.names import NAME, parts_of, unquoted
from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.lean.scan.commands import Command, commands
from blueprint_app.lean.scan.declarations import ScannedDeclaration, scan_text
from blueprint_app.lean.scan.passages import cut_of
from blueprint_app.lean.scan.scanned_file import LARGEST
from blueprint_app.model.errors import BlueprintError

PROVABLE = frozenset({"theorem", "lemma", "def", "abbrev", "instance", "opaque"})
"""The commands that have a proof or a value which a draft can replace."""

_PRIVATE = re.compile(r"_private\..+?\.0\.(.+)")
_GOES_ON = frozenset({"where", "termination_by", "decreasing_by", "by", "fun", "let", "have", "match", "if", "calc"})
"""Words that may stand at the margin and yet belong to the proof above."""

_AT_MARGIN = re.compile(r"^([^\W\d][\w.]*)", re.MULTILINE)
_INDENTED = re.compile(r"^[ \t]+\S", re.MULTILINE)
_MUTUAL = re.compile(r"(?<![\w.])mutual(?![\w.])")


@dataclass(frozen=True, slots=True)
class Goal:
    """A declaration with a proof to be replaced.

    `before`, `statement`, `proof` and `after` make up the file's text exactly. `statement` begins with what belongs to
    the declaration (documentation, attributes, ``open ... in``) at line `line` (1-based) and ends with ``:=``, or
    where the proof begins if that is ``where`` or ``|``. `name` is full, as people write it; `file` is relative to the
    project's base folder.
    """

    name: str
    module: str
    file: str
    before: str
    statement: str
    proof: str
    after: str
    line: int

    @property
    def text(self) -> str:
        """The file's text."""
        return f"{self.before}{self.statement}{self.proof}{self.after}"


def goal_of(project: LeanProject, name: str, check: Callable[[], None] = lambda: None) -> Goal:
    """The goal of this name, from the project's files as they are now.

    Raises BlueprintError where there is none: not found, there twice, made by Lean and not written, or without a proof.
    """
    written = unquoted(name)
    if private := _PRIVATE.fullmatch(written):
        written = private[1]
    last = parts_of(written)[-1]
    found: list[tuple[str, Path, str, ScannedDeclaration]] = []
    for module, path in project.modules().items():
        check()
        text = _text_of(path)
        if last in text:
            declared = scan_text(text).declarations
            found += [(module, path, text, each) for each in declared if each.name == written]
    if not found:
        raise BlueprintError(
            f"The project's Lean files have no declaration {written}.", "Check the name, and that the file is saved."
        )
    read = [each for each in found if not each[3].is_generated]
    if not read:
        raise BlueprintError(f"{written} is made by Lean; no text of its own can be replaced.", "Choose another one.")
    if len(read) > 1:
        places = " and ".join(f"{project.shown_path(path)}:{each.line}" for _, path, _, each in read[:2])
        raise BlueprintError(f"{written} is declared more than once: {places}.", "Rename one of them.")
    module, path, text, declaration = read[0]
    return goal_in(text, declaration, module, project.shown_path(path))


def goal_in(text: str, declaration: ScannedDeclaration, module: str, file: str) -> Goal:
    """The goal that a declaration of this text is. Raises BlueprintError if it has no proof to replace."""
    if declaration.kind not in PROVABLE or declaration.is_anonymous:
        raise BlueprintError(f"{declaration.name} is no theorem or definition with a proof to replace.")
    blank = blanked(text)
    command, end = _command_around(blank.code, _offset(text, declaration))
    _refuse_mutual(blank.code, command, declaration.name)
    name = re.compile(rf"\s*(?:\([^()]*\)\s*)?({NAME})").match(blank.code, command.end)
    cut = cut_of(blank.code, name.end() if name else command.end, end)
    if not cut.by:
        raise BlueprintError(
            f"{declaration.name} has no proof to replace.", "Write `:= by sorry` behind its statement."
        )
    start = _with_doc(blank.code, blank.docs, command)
    proof_start = cut.offset + (2 if cut.by == ":=" else 0)
    _refuse_unknown_commands(blank.code[proof_start:end], declaration.name)
    return Goal(
        declaration.name,
        module,
        file,
        text[:start],
        text[start:proof_start],
        text[proof_start:end],
        text[end:],
        text.count("\n", 0, start) + 1,
    )


def _text_of(path: Path) -> str:
    """The text, line ends as they are; "" where it cannot be read or is no text that could be put together again."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _offset(text: str, declaration: ScannedDeclaration) -> int:
    """The offset of the declaration's name."""
    start = 0
    for _ in range(declaration.line - 1):
        start = text.index("\n", start) + 1
    return start + declaration.column - 1


def _command_around(code: str, offset: int) -> tuple[Command, int]:
    """The command that holds an offset, and the offset where its own text ends."""
    found = list(commands(code))
    index = bisect_right([command.keyword_start for command in found], offset) - 1
    last = Command(len(code), len(code), len(code), "")
    command, following = list(pairwise([*found, last]))[index]
    return command, command.end + len(code[command.end : following.start].rstrip())


def _with_doc(code: str, docs: tuple[tuple[int, int], ...], command: Command) -> int:
    """Where a declaration begins: at its documentation if that stands right before it."""
    for start, end in docs:
        if end <= command.start and not code[end : command.start].strip():
            return start
    return command.start


def _refuse_mutual(code: str, command: Command, name: str) -> None:
    """Declarations that are made together cannot be judged one by one."""
    opened = [each.keyword for each in commands(code[: command.start]) if each.keyword in ("mutual", "end")]
    if _MUTUAL.search(code, 0, command.start) and "mutual" in opened and opened[-1] == "mutual":
        raise BlueprintError(f"{name} stands in a mutual block, whose declarations cannot be drafted one by one.")


def _refuse_unknown_commands(proof: str, name: str) -> None:
    """A command that only the project knows looks like the end of the proof above, and would be replaced with it."""
    if not _INDENTED.search(proof):
        return
    for found in _AT_MARGIN.finditer(proof):
        if found[1] not in _GOES_ON:
            raise BlueprintError(
                f"Where the proof of {name} ends cannot be told: `{found[1]}` stands at the margin below it.",
                "Indent it if it belongs to the proof; otherwise put `section` and `end` around the declaration.",
            )
