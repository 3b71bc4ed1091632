"""The declarations of one Lean file, as its text shows them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from blueprint_app.lean.names import NAME, NOT_AFTER, PART, parts_of
from blueprint_app.lean.scan.attributes import generated_names, makes_simp_lemmas
from blueprint_app.lean.scan.blanking import Blanked, blanked
from blueprint_app.lean.scan.commands import BRACKET, DECLARING, NAMING, OPENING, Command, commands
from blueprint_app.lean.scan.members import (
    constructor_name,
    constructors,
    derived_classes,
    fields,
    local_definitions,
    parents,
)
from blueprint_app.lean.scan.passages import Cut, cut_of
from blueprint_app.lean.scan.scopes import Scopes


class ScannedDeclaration(NamedTuple):
    """A declaration as a file's text shows it, without the file.

    Lines are 1-based; `line` and `column` (1-based, in code points) are those of the name, or of the
    keyword where there is no name; `start_line` to `end_line` is all of it, attributes included.
    `statement` is the text from the keyword up to what ends the statement; `doc` the documentation
    comment without its marks. `is_generated` tells that the name was inferred. The name of an
    anonymous instance is the beginning of the name that Lean gives it: ``Foo.instAddCommGroup``.
    """

    name: str
    kind: str
    line: int
    column: int
    start_line: int
    end_line: int
    statement: str = ""
    doc: str = ""
    statement_sorry: bool = False
    proof_sorry: bool = False
    is_private: bool = False
    is_generated: bool = False
    is_anonymous: bool = False
    makes_simp_lemmas: bool = False


@dataclass(frozen=True, slots=True)
class ScannedText:
    """What one file declares, in order, and the namespaces that it opens.

    `makes_commands` tells that it extends Lean by commands, which may declare what no reader of
    text can see.
    """

    declarations: tuple[ScannedDeclaration, ...]
    namespaces: frozenset[str] = frozenset()
    makes_commands: bool = False


_SORRY = re.compile(rf"(?:sorry(?:Ax|_using)?|admit|stop(?=[ \t]*(?:\n|\Z))){NOT_AFTER}")
_SORRY_WORDS = ("sorry", "admit", "stop")
_NAME = re.compile(rf"\s*({NAME})")
_NAME_ON_LINE = re.compile(rf"[ \t]*({NAME})")
_NAME_OPTION = re.compile(rf"\(\s*name\s*:=\s*({NAME})\s*\)")
_PRIORITY = re.compile(r"\s*\(\s*(?:priority|prio|name)\b")
_CLASS_OF_INSTANCE = re.compile(rf"\s*(?:{PART}\.)*@?({PART})")
_ALIASES = re.compile(rf"\s*(?:⟨([^⟩]*)⟩|({NAME})\s*(?:(←|<-|↔|<->)\s*([^\n:]*))?)")
_EXPORT = re.compile(r"\s*[^\s(]+\s*\(([^)]*)\)")
_MODULE_HEADER = re.compile(r"\ufeff?\s*module\s")
_COMMAND_CATEGORY = re.compile(r":\s*command\b")
_ATTRIBUTE_COMMAND = re.compile(r"\s*\[")
_STRUCTURES = frozenset({"structure", "class", "class structure"})
_INDUCTIVES = frozenset({"inductive", "class inductive", "coinductive"})
_WITH_PROOF = frozenset({"theorem", "lemma", "def", "abbrev", "instance", "opaque", "irreducible_def"})


def scan_text(text: str) -> ScannedText:
    """The declarations of a file. Never fails, whatever the text; takes time in proportion to its length."""
    return _Scanner(text).scan()


class _Scanner:
    """Goes through the commands of a file once, keeping the open scopes."""

    def __init__(self, text: str) -> None:
        self._text = text
        blank: Blanked = blanked(text)
        self._code = blank.code
        self._docs = blank.docs
        self._doc_ends = [end for _, end in blank.docs]
        self._line_ends = [found.start() for found in re.finditer("\n", text)]
        self._sorries = list(_sorries(self._code))
        self._scopes = Scopes()
        self._is_module = _MODULE_HEADER.match(self._code) is not None
        self._declarations: list[ScannedDeclaration] = []
        self._namespaces: set[str] = set()
        self._makes_commands = False

    def scan(self) -> ScannedText:
        """All declarations."""
        found = list(commands(self._code))
        last = Command(len(self._code), len(self._code), len(self._code), "")
        before = 0
        for command, following in pairwise([*found, last]):
            end = command.end + len(self._code[command.end : following.start].rstrip())
            self._take(command, before, end)
            before = end
        return ScannedText(tuple(self._declarations), frozenset(self._namespaces), self._makes_commands)

    def _take(self, command: Command, before: int, end: int) -> None:
        keyword = command.keyword
        if keyword in ("namespace", "section", "end", "mutual"):
            self._scope(command)
        elif keyword == "alias":
            self._alias(command, before, end)
        elif keyword == "export":
            self._export(command, before, end)
        elif keyword == "attribute":
            self._attribute(command, before, end)
        elif keyword == "deriving instance":
            self._derive(command, before, end)
        elif keyword.split(" ")[0] in DECLARING:
            self._declaration(command, before, end)
        elif keyword in NAMING:
            self._extension(command, before, end)

    def _scope(self, command: Command) -> None:
        found = _NAME_ON_LINE.match(self._code, command.end)
        # `namespace` wants a name, which may stand on the next line; a section's must stand on its own.
        if command.keyword == "namespace":
            found = _NAME.match(self._code, command.end)
        name = found[1] if found and command.keyword != "mutual" else ""
        if command.keyword == "end":
            self._scopes.close(name)
        elif command.keyword != "namespace" or name:
            self._scopes.open(command.keyword, name, "public" in command.modifiers)
            if command.keyword == "namespace":
                self._namespaces.add(self._scopes.namespace)

    def _declaration(self, command: Command, before: int, end: int) -> None:
        start = self._behind_options(command.end, end) if command.keyword == "instance" else command.end
        found = _NAME.match(self._code, start, end)
        if found is None and command.keyword != "instance":
            return
        name_start, name_end = found.span(1) if found else (command.keyword_start, start)
        cut = cut_of(self._code, name_end, end)
        name = found[1] if found else self._instance_name(name_end, cut.offset)
        declaration = self._head(command, before, end, name, name_start, command.keyword, cut, found is None)
        self._add(declaration)
        self._add_members(declaration, name_end, end, cut)
        self._add_attributed(declaration, [self._code[slice(*span)] for span in command.attributes])

    def _head(
        self,
        command: Command,
        before: int,
        end: int,
        name: str,
        name_start: int,
        kind: str,
        cut: Cut | None = None,
        is_anonymous: bool = False,
        is_generated: bool = False,
    ) -> ScannedDeclaration:
        statement_end = cut.offset if cut else end
        line = self._line(name_start)
        return ScannedDeclaration(
            self._scopes.full_name(name),
            kind,
            line,
            name_start - (self._line_ends[line - 2] if line > 1 else -1),
            self._line(command.start),
            self._line(max(command.start, end - 1)),
            self._text[command.keyword_start : statement_end].strip(),
            self._doc(before, command),
            self._has_sorry(command.end, statement_end),
            self._has_sorry(statement_end, end),
            self._is_private(command),
            is_generated,
            is_anonymous,
            any(makes_simp_lemmas(self._code[slice(*span)]) for span in command.attributes),
        )

    def _add(self, declaration: ScannedDeclaration) -> None:
        self._declarations.append(declaration)

    def _add_generated(self, owner: ScannedDeclaration, name: str, kind: str, offset: int | None = None) -> None:
        """A name that `owner` brings along; what is known of the owner's text holds for it too."""
        line, column = owner.line, owner.column
        if offset is not None:
            line = self._line(offset)
            column = offset - (self._line_ends[line - 2] if line > 1 else -1)
        self._add(
            owner._replace(
                name=name,
                kind=kind,
                line=line,
                column=column,
                statement="",
                doc="",
                is_generated=True,
                is_anonymous=False,
            )
        )

    def _add_members(self, owner: ScannedDeclaration, start: int, end: int, cut: Cut) -> None:
        code, kind = self._code, owner.kind
        body = cut.offset + len(cut.by)
        if kind in _STRUCTURES:
            self._add_structure_members(owner, start, end, cut)
        elif kind in _INDUCTIVES:
            for case in constructors(code, start, end):
                self._add_generated(owner, f"{owner.name}.{case.name}", "constructor", case.offset)
        elif kind in _WITH_PROOF and cut.by in (":=", "|"):
            if not owner.is_anonymous:
                for local in local_definitions(code, body, end):
                    self._add_generated(owner, f"{owner.name}.{local.name}", "def", local.offset)
            if kind == "irreducible_def":
                self._add_generated(owner, f"{owner.name}_def", "theorem")
        if kind in _STRUCTURES or kind in _INDUCTIVES:
            self._add_derived(owner, derived_classes(code, start, end))

    def _add_structure_members(self, owner: ScannedDeclaration, start: int, end: int, cut: Cut) -> None:
        body = cut.offset + len(cut.by)
        named = constructor_name(self._code, body, end) if cut.by else None
        constructor, body = named or ("mk", body)
        for name in parents(self._code, start, cut.offset):
            self._add_generated(owner, f"{owner.name}.{name}", "projection")
        hidden = owner._replace(is_private=True)
        members = list(fields(self._code, body, end)) if cut.by else []
        for field in members:
            self._add_generated(
                hidden if field.is_private else owner, f"{owner.name}.{field.name}", "field", field.offset
            )
        # In the module system, who cannot see a field cannot make the whole.
        maker = hidden if self._is_module and any(field.is_private for field in members) else owner
        self._add_generated(maker, f"{owner.name}.{constructor}", "constructor")

    def _add_derived(self, owner: ScannedDeclaration, classes: Iterable[str]) -> None:
        for name in classes:
            full = self._scopes.full_name(f"inst{name}")
            self._add(
                owner._replace(name=full, kind="instance", statement="", doc="", is_generated=True, is_anonymous=True)
            )

    def _add_attributed(self, owner: ScannedDeclaration, attributes: Iterable[str]) -> None:
        is_structure = owner.kind in _STRUCTURES
        for text in attributes:
            for name in generated_names(text, owner.name, is_structure):
                self._add_generated(owner, name, "theorem" if not is_structure else owner.kind)

    def _alias(self, command: Command, before: int, end: int) -> None:
        found = _ALIASES.match(self._code, command.end, end)
        if found is None:
            return
        names = found[1].split(",") if found[1] is not None else [found[2]]
        if found[4] is not None:
            # How Mathlib wrote it in 2023: `alias old ← new1 new2`.
            names = found[4].split()
        attributes = [self._code[slice(*span)] for span in command.attributes]
        for name in (each.strip() for each in names):
            if re.fullmatch(NAME, name) and name != "_":
                place = self._code.find(name, found.start())
                declaration = self._head(command, before, end, name, place, "alias")
                self._add(declaration)
                self._add_attributed(declaration, attributes)

    def _export(self, command: Command, before: int, end: int) -> None:
        if found := _EXPORT.match(self._code, command.end, end):
            nothing = Cut(command.end, "")
            head = self._head(command, before, end, "", command.keyword_start, "export", nothing, is_generated=True)
            for name in found[1].split():
                self._add(head._replace(name=self._scopes.full_name(name)))

    def _attribute(self, command: Command, before: int, end: int) -> None:
        """``attribute [to_additive] foo``: what it makes of declarations that may stand elsewhere."""
        opening = _ATTRIBUTE_COMMAND.match(self._code, command.end, end)
        closing = self._closing(opening.end() - 1, end) if opening else None
        if opening is None or closing is None:
            return
        attributes = self._code[opening.end() : closing - 1]
        nothing = Cut(command.end, "")
        owner = self._head(command, before, end, "", command.keyword_start, "theorem", nothing)
        for target in re.findall(NAME, self._code[closing:end]):
            self._add_attributed(owner._replace(name=self._scopes.full_name(target)), [attributes])

    def _derive(self, command: Command, before: int, end: int) -> None:
        classes, _, _ = self._code[command.end : end].partition(" for ")
        owner = self._head(command, before, end, "", command.keyword_start, "instance")
        self._add_derived(owner, (parts_of(name)[-1] for name in re.findall(NAME, classes)))

    def _extension(self, command: Command, before: int, end: int) -> None:
        """Notation and the like, which has a declared name only if one is given."""
        first_line = self._code.find("\n", command.end, end)
        head_end = end if first_line < 0 else first_line
        self._makes_commands |= _COMMAND_CATEGORY.search(self._code, command.end, end) is not None
        found = _NAME_OPTION.search(self._code, command.end, head_end)
        if found is None and command.keyword in (
            "initialize",
            "builtin_initialize",
            "register_option",
            "simproc",
            "dsimproc",
            "unif_hint",
        ):
            found = _NAME.match(self._code, command.end, end)
        if found is not None:
            self._add(self._head(command, before, end, found[1], found.start(1), command.keyword))

    def _behind_options(self, position: int, end: int) -> int:
        """The offset behind ``(priority := low)``."""
        while found := _PRIORITY.match(self._code, position, end):
            closing = self._closing(self._code.index("(", found.start()), end)
            if closing is None:
                break
            position = closing
        return position

    def _closing(self, opening: int, end: int) -> int | None:
        depth = 0
        for bracket in BRACKET.finditer(self._code, opening, end):
            depth += 1 if bracket.group() in OPENING else -1
            if depth == 0:
                return bracket.end()
        return None

    def _instance_name(self, start: int, end: int) -> str:
        """What the name of an anonymous instance begins with: ``inst`` and its class."""
        depth = 0
        for found in re.compile(r"[()\[\]{}⟨⟩⦃⦄]|:(?!=)").finditer(self._code, start, end):
            if found.group() != ":":
                depth = max(0, depth + (1 if found.group() in OPENING else -1))
            elif depth == 0:
                name = _CLASS_OF_INSTANCE.match(self._code, found.end(), end)
                return f"inst{name[1]}" if name else "inst"
        return "inst"

    def _is_private(self, command: Command) -> bool:
        if "private" in command.modifiers or (command.keyword in NAMING and "local" in command.modifiers):
            return True
        return self._is_module and "public" not in command.modifiers and not self._scopes.is_public

    def _has_sorry(self, start: int, end: int) -> bool:
        index = bisect_left(self._sorries, start)
        return index < len(self._sorries) and self._sorries[index] < end

    def _doc(self, before: int, command: Command) -> str:
        """The documentation comment of a command that follows the offset `before`, without its marks."""
        index = bisect_right(self._doc_ends, command.keyword_start) - 1
        # A comment inside of an attribute is the attribute's: LeanArchitect writes statements so.
        while index >= 0 and any(first <= self._docs[index][0] < last for first, last in command.attributes):
            index -= 1
        if index < 0 or self._docs[index][0] < before:
            return ""
        start, end = self._docs[index]
        return self._text[start + 3 : end - 2].strip()

    def _line(self, offset: int) -> int:
        return bisect_left(self._line_ends, offset) + 1


def _sorries(code: str) -> Iterator[int]:
    """Where a text leaves something out; ``stop`` is a word for it only where it is a whole tactic."""
    # Most files hold none of these words; to look for words that are written out is quickest.
    if not any(word in code for word in _SORRY_WORDS):
        return
    for found in _SORRY.finditer(code):
        start = found.start()
        if found.group() == "stop":
            is_whole = not code[code.rfind("\n", 0, start) + 1 : start].strip()
        else:
            is_whole = start == 0 or not (code[start - 1].isalnum() or code[start - 1] in "_.'«!?`")
        if is_whole:
            yield start
