"""Finds in a Lean file what is tagged for the blueprint: declarations with the attribute, and comments for the text."""

import re
from dataclasses import dataclass

from blueprint_app.model.place import Place
from blueprint_app.sources.lean_architect.masking import MaskedText
from blueprint_app.sources.lean_architect.options import DocText, Options, doc_text, read_options

THEOREMS = frozenset({"theorem", "lemma"})
_MODIFIERS = r"(?:(?:private|protected|public|noncomputable|nonrec|unsafe|partial|scoped|local|meta)\s+)*"
_KEYWORDS = (
    "theorem|lemma|def|abbrev|instance|structure|class\\s+inductive|class|inductive|axiom|opaque|irreducible_def|alias"
)
_COMMANDS = (
    f"(?:{_KEYWORDS}|attribute|namespace|section|end|open|variable|universe|set_option|private|protected|public|"
    "noncomputable|nonrec|unsafe|partial|scoped|local|notation|macro|macro_rules|syntax|elab|infix[lr]?|prefix|postfix|"
    "blueprint_comment|example|export|import|initialize|deriving|mutual|omit|include|run_cmd|simproc|add_decl_doc|"
    "suppress_compilation|library_note|recall)"
    "(?![\\w'])|@\\[|\\#\\w"
)
_LANDMARK = re.compile(
    rf"""^[ \t]*(?:
        (?P<scope>(?:(?:noncomputable|public|meta|@\[expose\])\s+)*(?P<what>namespace|section|end|mutual)\b
            [ \t]*(?P<name>[^\s]*))
      | (?P<open>open\b(?:[ \t]+scoped\b)?(?P<opened>[^\n]*))
      | (?P<comment>blueprint_comment\b)
      | (?P<command>attribute[ \t]*\[)
      | {_MODIFIERS}(?P<plain>{_KEYWORDS})\s+(?P<plain_name>[^\s:({{\[⦃]+)
      )
      | (?P<attribute>@\[)
    """,
    re.VERBOSE | re.MULTILINE,
)
_IMPORT = re.compile(r"^(?:public\s+|meta\s+)*import\s+(?:all\s+)?([^\s]+)", re.MULTILINE)
_DECLARATION = re.compile(rf"\s*{_MODIFIERS}(?P<keyword>{_KEYWORDS})\b\s*(?P<name>[^\s:({{\[⦃]*)")
_NEXT_ATTRIBUTE = re.compile(r"\s*@\[")
_TAG = re.compile(r"(?<![\w.])blueprint(?![\w.])")
_SPLIT = re.compile(r"[(\[{⟨⦃]|[)\]}⟩⦄]|:=|\b(?:let|have|fun)\b|\bwhere\b|^[ \t]*\|(?!\|)", re.MULTILINE)
SORRY = re.compile(r"(?<![\w.'])(?:sorry|admit|sorryAx|sorry_using)(?![\w'])")
_USING = re.compile(r"\b(?:sorry_using|blueprint_using)\s*\[([^\]]*)\]")
_NAME = re.compile(r"\s*(\w[^\s:({\[\]})⦃,]*)")
_TO_ADDITIVE = re.compile(r"\bto_additive\??\s*(?:\([^)]*\)\s*)*\(\s*attr\s*:=[^)]*$")
_BRACKET = re.compile(r"[()\[\]{},]")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Tagged:
    """A declaration with the ``blueprint`` attribute, as the source shows it.

    `names` are fully qualified (a ``to_additive`` twin with an explicit name included), empty where
    the source does not tell; `scopes` the prefixes under which names in it may be meant, innermost
    first. `keyword` is "" where an ``attribute`` command tags what stands elsewhere.
    `statement_sorry` and `proof_sorry` tell of a sorry in its own text.
    """

    options: Options
    keyword: str
    names: tuple[str, ...]
    scopes: tuple[str, ...]
    place: Place
    proof_place: Place
    doc: DocText | None = None
    statement_sorry: bool = False
    proof_sorry: bool = False
    proof_docs: tuple[DocText, ...] = ()
    proof_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """Any declaration of a file, with the offsets behind its name, of its proof or body, and of its end."""

    names: tuple[str, ...]
    scopes: tuple[str, ...]
    head: int
    split: int
    end: int


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A Lean file with what it contributes to the blueprint, all that it declares, and the modules that it imports."""

    file: MaskedText
    entries: tuple["Tagged | ModuleComment", ...]
    declared: tuple[Declared, ...]
    imports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModuleComment:
    """The text of a ``blueprint_comment``."""

    doc: DocText


class _Scanner:
    """One pass over a file."""

    def __init__(self, file: MaskedText) -> None:
        self.file = file
        self.code = file.code
        self.scopes: list[str] = []
        self.opened: list[str] = []
        self.found: list[Tagged | ModuleComment] = []
        self.keywords: dict[str, str] = {}
        self.declared: list[Declared] = []

    def run(self) -> None:
        position = 0
        while (found := _LANDMARK.search(self.code, position)) is not None:
            position = max(found.end(), position + 1)
            if found["scope"] is not None:
                self._scope(found["what"], found["name"])
            elif found["open"] is not None:
                self.opened += [name for name in found["opened"].split("(")[0].split() if name not in ("in", "hiding")]
            elif found["comment"] is not None:
                self._comment(found.end())
            elif found["command"] is not None:
                position = self._attribute_command(found.end() - 1)
            elif found["attribute"] is not None:
                position = self._attributes(found.start())
            else:
                name = self._full(found["plain_name"])
                self.keywords[name] = found["plain"]
                self._keep((name,), found.end(), *self._extent(found.end(), found.start("plain")))

    def _scope(self, what: str, name: str) -> None:
        if what == "namespace":
            self.scopes += name.split(".")
        elif what in ("section", "mutual"):
            # A named section is left by its name, which may have parts as well.
            self.scopes += [""] * max(1, name.count(".") + 1)
        else:
            for _ in range(max(1, name.count(".") + 1)):
                if self.scopes:
                    self.scopes.pop()

    @property
    def _namespace(self) -> list[str]:
        return [scope for scope in self.scopes if scope]

    def _keep(self, names: tuple[str, ...], head: int, split: int, end: int) -> None:
        self.declared.append(Declared(names, self._prefixes(names), head, split, end))

    def _full(self, name: str) -> str:
        if name.startswith("_root_."):
            return name.removeprefix("_root_.")
        return ".".join([*self._namespace, name])

    def _prefixes(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Where an identifier may be found: inside the declaration's own name, outwards, then in opened namespaces."""
        own = names[0].split(".")[:-1] if names else self._namespace
        outwards = [".".join(own[:length]) for length in range(len(own), 0, -1)]
        return tuple(dict.fromkeys((*outwards, "", *self.opened)))

    def _comment(self, position: int) -> None:
        comment = self.file.comment_at(position)
        if comment is not None:
            self.found.append(ModuleComment(doc_text(self.file, *comment)))

    def _block_end(self, opening: int) -> int:
        """The offset of the bracket that closes the one at `opening`, or the end of the text."""
        stack = []
        for found in _BRACKET.finditer(self.code, opening):
            character = found[0]
            if character in _CLOSING:
                stack.append(_CLOSING[character])
            elif character != ",":
                if stack and stack[-1] == character:
                    stack.pop()
                if not stack:
                    return found.start()
        return len(self.code)

    def _tags(self, start: int, end: int) -> list[tuple[Options, str]]:
        """The ``blueprint`` attributes in a block, each with the name of its ``to_additive`` twin, "" for none."""
        tags = []
        for found in _TAG.finditer(self.code, start, end):
            before = self.code[start : found.start()].rstrip()
            if before and not before.endswith(("[", ",", ":=")):
                continue
            stop = self._element_end(found.end(), end)
            tags.append((read_options(self.file, found.end(), stop), self._twin(before, stop, end)))
        return tags

    def _element_end(self, position: int, limit: int) -> int:
        level = 0
        for found in _BRACKET.finditer(self.code, position, limit):
            if found[0] in _CLOSING:
                level += 1
            elif found[0] == ",":
                if not level:
                    return found.start()
            else:
                level -= 1
                if level < 0:
                    return found.start()
        return limit

    def _twin(self, before: str, stop: int, end: int) -> str:
        if _TO_ADDITIVE.search(before) is None or self.code[stop : stop + 1] != ")":
            return ""
        found = _NAME.match(self.code, stop + 1, end)
        return self._full(found[1]) if found else ""

    def _attributes(self, start: int) -> int:
        """Read an attribute block before a declaration (and those that follow it); where to go on."""
        end = self._block_end(start + 1)
        tags = self._tags(start + 2, end)
        while (another := _NEXT_ATTRIBUTE.match(self.code, end + 1)) is not None:
            inner = another.end() - 1
            end = self._block_end(inner)
            tags += self._tags(inner + 1, end)
        if not tags:
            return start + 2
        declared = _DECLARATION.match(self.code, end + 1)
        if declared is None:
            return end + 1
        for options, twin in tags:
            self.found.append(self._declaration(start, end, declared, options, twin))
        return declared.end()

    def _declaration(self, start: int, block: int, declared: re.Match[str], options: Options, twin: str) -> Tagged:
        keyword = declared["keyword"]
        name = declared["name"] if declared["name"][:1] not in (":", "") else ""
        names = tuple(each for each in (self._full(name) if name else "", twin) if each)
        if name:
            self.keywords[names[0]] = keyword
        split, end = self._extent(declared.end(), start)
        self._keep(names, declared.end(), split, end)
        comment = self.file.comment_at(block + 1) or self._doc_before(start)
        is_doc = comment is not None and self.file.text.startswith("/--", comment[0])
        docs = [doc_text(self.file, *each) for each in self._docs(split, end)]
        using = [entry.strip() for each in _USING.findall(self.code[split:end]) for entry in each.split(",")]
        return Tagged(
            options,
            keyword,
            names,
            self._prefixes(names),
            self.file.place(start, split),
            self.file.place(min(split, len(self.code) - 1), end),
            doc_text(self.file, *comment) if comment is not None and is_doc else None,
            SORRY.search(self.code, declared.end(), split) is not None,
            SORRY.search(self.code, split, end) is not None,
            tuple(docs),
            tuple(entry for entry in using if entry),
        )

    def _doc_before(self, start: int) -> tuple[int, int] | None:
        """A doc comment that ends just before the attribute."""
        before = [each for each in self.file.comments if each[1] <= start]
        if before and not self.file.code[before[-1][1] : start].strip():
            return before[-1]
        return None

    def _docs(self, start: int, end: int) -> list[tuple[int, int]]:
        return [
            each for each in self.file.comments if start <= each[0] < end and self.file.text[each[0] :][:3] == "/--"
        ]

    def _extent(self, position: int, start: int) -> tuple[int, int]:
        """Where a declaration's proof or body begins, and where the declaration ends."""
        indent = start - (self.code.rfind("\n", 0, start) + 1)
        command = re.compile(rf"^[ \t]{{0,{indent}}}(?:{_COMMANDS})", re.MULTILINE)
        following = command.search(self.code, position)
        end = following.start() if following else len(self.code)
        end = position + len(self.code[position:end].rstrip())
        level = pending = 0
        for found in _SPLIT.finditer(self.code, position, end):
            what = found[0]
            if what in "([{⟨⦃":
                level += 1
            elif what in ")]}⟩⦄":
                level -= 1
            elif level > 0 or what == "fun":
                continue
            elif what in ("let", "have"):
                pending += 1
            elif what == ":=" and pending:
                pending -= 1
            else:
                return found.start(), max(end, found.end())
        return end, end

    def _attribute_command(self, bracket: int) -> int:
        """``attribute [blueprint ...] name ...``."""
        end = self._block_end(bracket)
        tags = self._tags(bracket + 1, end)
        position = end + 1
        while tags and (found := _NAME.match(self.code, position)) is not None:
            if re.match(rf"\s*\n[ \t]*(?:{_COMMANDS})", self.code[position : found.end() + 1]):
                break
            position = found.end()
            for options, _ in tags:
                self._tag_by_name(found[1], options, bracket, position)
            if self.code[position : position + 1] == "\n" and not self.code[position + 1 : position + 2].isspace():
                break
        return max(position, bracket + 1)

    def _tag_by_name(self, name: str, options: Options, start: int, end: int) -> None:
        scopes = self._prefixes(())
        candidates = [f"{scope}.{name}" if scope else name for scope in scopes]
        known = next((each for each in candidates if each in self.keywords), name.removeprefix("_root_."))
        place = self.file.place(start, end)
        self.found.append(Tagged(options, self.keywords.get(known, ""), (known,), scopes, place, place))


def scan_file(file: MaskedText) -> ScannedFile:
    """What a Lean file holds, in its order."""
    scanner = _Scanner(file)
    scanner.run()
    imports = tuple(found[1] for found in _IMPORT.finditer(file.code))
    return ScannedFile(file, tuple(scanner.found), tuple(scanner.declared), imports)
