"""Finds where the commands of a Lean file begin: the one thing that can be told without knowing its notation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from blueprint_app.lean.names import NOT_AFTER, NOT_BEFORE


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DECLARING = _words(
    "theorem lemma def abbrev instance structure class inductive coinductive opaque axiom alias irreducible_def"
)
"""The commands whose name follows at once."""

NAMING = _words("""syntax notation notation3 infix infixl infixr prefix postfix macro elab simproc dsimproc simproc_decl
    dsimproc_decl builtin_simproc macro_rules elab_rules initialize builtin_initialize register_option
    unif_hint declare_syntax_cat""")
"""Commands that extend Lean; some name what they make with ``(name := ...)``."""

SCOPING = _words("namespace section end mutual")

PREFIXING = _words("open set_option omit include variable attribute universe unseal seal count_heartbeats")
"""Commands that ``in`` turns into a prefix of the next one."""

_ANYWHERE = DECLARING | SCOPING | {"example", "export", "variable", "universe", "proof_wanted"}
"""Commands that are recognised in the middle of a line too: `instance`, say, can be nothing else."""

_OTHERS = _words("""import deriving run_cmd run_elab run_meta add_decl_doc library_note suppress_compilation
    unsuppress_compilation assert_not_exists assert_not_imported initialize_simps_projections register_simp_attr
    register_label_attr recall compile_inductive compile_def gen_injective_theorems grind_pattern
    reset_grind_attrs declare_aesop_rule_sets binder_predicate to_additive_dont_translate insert_to_additive_translation
    """)
_MODIFIERS = _words("private protected noncomputable computable unsafe partial nonrec local scoped public meta")
_LONGEST_ATTRIBUTE_LIST = 20_000
"""Characters; what is not closed by then is taken for no attribute list."""


_DEEPEST_INDENTATION = 200
"""Characters; what stands further right does not begin its line."""


def _one_of(words: frozenset[str]) -> str:
    """A pattern for any of the words; grouped by first letter, as the expression engine tries one by one."""
    groups = []
    for initial, group in groupby(sorted(words), key=lambda word: word[0]):
        tails = "|".join(sorted((word[1:] for word in group), key=len, reverse=True))
        groups.append(f"{initial}(?:{tails})")
    return f"(?:{'|'.join(groups)}){NOT_AFTER}(?!\\.[^\\W\\d])"


_KEYWORD = _one_of(_ANYWHERE | NAMING | PREFIXING | _OTHERS)
_START = rf"(?:@\[|\#[a-z]|{_one_of(_ANYWHERE | NAMING | PREFIXING | _OTHERS | _MODIFIERS)})"
_CANDIDATE = re.compile(rf"[ \t\n]{_START}")
_FIRST = re.compile(rf"\ufeff?{_START}")
_NEXT = re.compile(
    rf"\s*(?:(?P<modifier>{_one_of(_MODIFIERS)})(?:\[[^\]\n]*\])?|(?P<attribute>@\[)|(?P<keyword>{_KEYWORD})|(?P<hash>\#[a-z_]+))"
)
_SECOND_WORD = re.compile(rf"\s+(instance|inductive|abbrev|structure){NOT_AFTER}")
_TAKES_SECOND = {"class": frozenset({"inductive", "abbrev", "structure"}), "deriving": frozenset({"instance"})}
_IN_OR_STOP = re.compile(rf"[()\[\]{{}}⟨⟩⦃⦄]|{NOT_BEFORE}in{NOT_AFTER}|(?P<stop>[ \t\n]{_KEYWORD})")
BRACKET = re.compile(r"[()\[\]{}⟨⟩⦃⦄]")
OPENING = frozenset("([{⟨⦃")


@dataclass(frozen=True, slots=True)
class Command:
    """A command: where it starts, modifiers and ``... in`` included, and where its keyword starts and ends.

    `keyword` has its second word too (``class inductive``); `attributes` are the spans between the
    brackets of its attribute lists.
    """

    start: int
    keyword_start: int
    end: int
    keyword: str
    modifiers: frozenset[str] = frozenset()
    attributes: tuple[tuple[int, int], ...] = ()


def commands(code: str) -> Iterator[Command]:
    """The commands of blanked text, in order. Takes time in proportion to the length, whatever the text."""
    return _CommandFinder(code).commands()


@dataclass(slots=True)
class _Prefix:
    modifiers: set[str] = field(default_factory=set)
    attributes: list[tuple[int, int]] = field(default_factory=list)


class _CommandFinder:
    """Goes through a text once; how deep in brackets it is counts from the last command on."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._depth = 0
        self._counted = 0
        self._no_attribute_before = 0

    def commands(self) -> Iterator[Command]:
        position = 0
        found = _FIRST.match(self._code) or _CANDIDATE.search(self._code)
        while found:
            start = found.start() + (self._code[found.start()] in " \t\n\ufeff")
            command, position = self._command_at(start) if self._may_start(start) else (None, found.end())
            if command is not None:
                yield command
                self._depth, self._counted = 0, command.end
            found = _CANDIDATE.search(self._code, position)

    def _may_start(self, start: int) -> bool:
        """Whether a command can be here: at the start of a line, or outside of all brackets."""
        if start == 0 or self._code[start - 1] == "\n":
            return True
        if self._code[start] == "#":
            return False
        for bracket in BRACKET.finditer(self._code, self._counted, start):
            self._depth = max(0, self._depth + (1 if bracket.group() in OPENING else -1))
        self._counted = max(start, self._counted)
        return self._depth == 0

    def _command_at(self, start: int) -> tuple[Command | None, int]:
        """The command that begins here, if one does, and the offset to go on from."""
        position, prefix = start, _Prefix()
        while found := _NEXT.match(self._code, position):
            position = found.end()
            if modifier := found["modifier"]:
                prefix.modifiers.add(modifier)
            elif found["attribute"]:
                end = self._attribute_end(position)
                if end is None:
                    return None, position
                prefix.attributes.append((position, end - 1))
                position = end
            else:
                keyword = found["keyword"] or found["hash"]
                keyword_start = found.end() - len(keyword)
                after_in = self._after_in(position) if keyword in PREFIXING or found["hash"] else None
                if after_in is None:
                    return self._command(start, keyword_start, keyword, prefix)
                position, prefix = after_in, _Prefix()
        return None, position

    def _command(self, start: int, keyword_start: int, keyword: str, prefix: _Prefix) -> tuple[Command | None, int]:
        end = keyword_start + len(keyword)
        if keyword not in _ANYWHERE and keyword[0] != "#" and not self._is_first_on_line(start):
            return None, end
        second = _SECOND_WORD.match(self._code, end)
        if second and second[1] in _TAKES_SECOND.get(keyword, ()):
            keyword, end = f"{keyword} {second[1]}", second.end()
        elif keyword == "deriving":
            return None, end
        command = Command(start, keyword_start, end, keyword, frozenset(prefix.modifiers), tuple(prefix.attributes))
        return command, end

    def _is_first_on_line(self, start: int) -> bool:
        line_end = self._code.rfind("\n", max(0, start - _DEEPEST_INDENTATION), start)
        return (line_end >= 0 or start < _DEEPEST_INDENTATION) and not self._code[line_end + 1 : start].strip()

    def _attribute_end(self, position: int) -> int | None:
        """The offset behind the bracket that closes an attribute list whose inside begins at `position`."""
        if position < self._no_attribute_before:
            return None
        depth, limit = 1, position + _LONGEST_ATTRIBUTE_LIST
        for bracket in BRACKET.finditer(self._code, position, limit):
            depth += 1 if bracket.group() in OPENING else -1
            if depth == 0:
                return bracket.end()
        # Each stretch of text is searched in vain only once.
        self._no_attribute_before = limit
        return None

    def _after_in(self, position: int) -> int | None:
        """The offset behind the ``in`` that makes a prefix of the command whose keyword ends at `position`."""
        depth = 0
        for found in _IN_OR_STOP.finditer(self._code, position):
            if found["stop"]:
                if depth == 0 or found["stop"][0] == "\n":
                    return None
            elif found.group() == "in":
                if depth == 0:
                    return found.end()
            else:
                depth = max(0, depth + (1 if found.group() in OPENING else -1))
        return None
