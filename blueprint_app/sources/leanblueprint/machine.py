"""Runs through a document's tokens as plasTeX would and builds the tree that its blueprint rests on.

plasTeX keeps two stacks that can drift apart in faulty documents: contexts (what is in force) and
open elements (what takes in what comes next). Both are kept here by its rules, so that faulty
documents are read as leanblueprint reads them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from blueprint_app.model.blueprint import LEANBLUEPRINT_COLOURS, GraphColour, MacroDefinition
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.leanblueprint.environments import ARGUMENT_COMMANDS, BASE, DECLARATIONS, Environment
from blueprint_app.sources.leanblueprint.files import ProjectFiles, TextFile
from blueprint_app.sources.leanblueprint.opening import open_environment
from blueprint_app.sources.leanblueprint.tree import (
    COMMAND_LEVEL,
    END_OF_SECTIONS,
    ENVIRONMENT_LEVEL,
    Context,
    Element,
    Role,
)
from blueprint_app.sources.tex.counters import Counters
from blueprint_app.sources.tex.lexer import (
    ALIGN,
    BRACKET,
    CLOSE,
    CONTROL,
    MATH,
    OPEN,
    PAR,
    PARAMETER,
    TEXT,
    TIE,
    Lexer,
    Token,
)
from blueprint_app.sources.tex.macros import Macro, control_names
from blueprint_app.sources.tex.stream import TokenStream

Handler: TypeAlias = Callable[["Machine", Token], None]
Meaning: TypeAlias = Callable[["Machine", Token], None] | Macro | Environment

MAX_EXPANSIONS = 100_000
"""Macro calls without a character read from a file, before a macro is taken to call itself forever."""
MAX_EXPANDED = 2_000_000
"""Tokens that such calls may give."""
MAX_LABEL = 10_000
"""Tokens that a macro in a label or a name may give."""
MAX_NESTING = 60
"""Arguments within arguments that are looked into."""


@dataclass
class Settings:
    """What the document says of itself and of its graph."""

    title: str = ""
    home: str = ""
    github: str = ""
    dochome: str = ""
    kinds: tuple[str, ...] = ()
    graph_scope: str | None = None
    reduced: bool = True
    blueprint_loaded: bool = False
    colours: dict[str, GraphColour] = field(default_factory=lambda: dict(LEANBLUEPRINT_COLOURS))
    section_depth: int = 2


class _Memo(dict[str, bool]):
    """Answers of a question about names, each asked once."""

    def __init__(self, question: Callable[[str], bool]) -> None:
        super().__init__()
        self._question = question

    def __missing__(self, name: str) -> bool:
        answer = self[name] = self._question(name)
        return answer


class Machine:
    """The state of one run: what is open, what is in force, and what was found."""

    def __init__(self, files: ProjectFiles, handlers: dict[str, Handler], check: Callable[[], None]) -> None:
        self.files = files
        self.check = check
        self.stream = TokenStream()
        self.settings = Settings()
        self.counters = Counters(self.text_of_the)
        self.meanings: dict[str, Meaning] = {**handlers, **BASE, **DECLARATIONS}
        self.definitions = 0
        self.passive = _Memo(self.is_passive)
        self.harmless = _Memo(lambda name: name in ARGUMENT_COMMANDS or self.is_passive(name))
        self.expansions = 0
        self.expanded = 0
        self.endless: set[str] = set()
        self.nesting = 0
        self.at_is_letter = False
        self.contexts: list[Context] = [Context(None, "global")]
        self.root = Element(Role.ROOT, "", None)
        self.open: list[Element] = [self.root]
        self.math_shifts: list[str | None] = []
        self.list_depth = 0
        self.current_label: Element | None = None
        self.labels: dict[str, Element] = {}
        self.label_places: dict[str, list[Place]] = {}
        self.unreachable_labels: dict[str, Element] = {}
        self.theorems: list[Element] = []
        self.proofs: list[Element] = []
        self.sections: list[Element] = []
        self.packages: set[str] = set()
        self.macros: dict[str, MacroDefinition] = {}
        self.cuts: dict[int, list[tuple[int, int]]] = {}
        self.verbatims: dict[int, list[tuple[int, int]]] = {}
        self.references: dict[str, tuple[str, str]] = {}
        self.switches: dict[str, bool] = {}
        self.unknown_kinds: set[str] = set()
        self.has_document = False
        self.is_article = False
        self.is_unsettled = False
        self.included = 0
        self.reference_starts: list[tuple[str, int, int]] = []
        self.tex_packages: frozenset[str] | None = frozenset()
        self.diagnostics: list[Diagnostic] = []

    # Running

    def run(self) -> None:
        """Take in all tokens of the stream."""
        stream, meanings, steps = self.stream, self.meanings, 0
        while True:
            lexer = stream.idle_lexer
            token = None
            if lexer is not None and not self.is_unsettled:
                formulas = not self.math_shifts or self.math_shifts[-1] != "math"
                token, seen = lexer.next_significant(self.passive, self.harmless, formulas)
                self.expansions = self.expanded = 0
                if seen:
                    self.open[-1].touch()
            if token is None and (token := stream.next()) is None:
                return
            self.take(token, meanings)
            steps += 1
            if not steps & 1023:
                self.check()

    def take(self, token: Token, meanings: dict[str, Meaning]) -> None:
        """Take in one token."""
        kind, text = token[0], token[1]
        if self.is_unsettled and (kind == TEXT or (kind == CONTROL and text not in meanings)):
            self.is_unsettled = False
            self.settle()
        if kind == CONTROL:
            self.obey(meanings.get(text), token)
        elif kind == OPEN:
            self.begin_group(token)
        elif kind == CLOSE:
            self.end_group(token)
        elif kind == MATH:
            self.shift_math(token)
        elif kind == PAR:
            self.paragraph()
        elif kind == ALIGN:
            self.next_cell()
        elif kind != TEXT or not text.isspace():
            self.open[-1].touch()

    def obey(self, meaning: Meaning | None, token: Token) -> None:
        """Do what a control sequence means."""
        if meaning is None:
            self.open[-1].touch()
        elif isinstance(meaning, Macro):
            self.expand(meaning, token)
        elif isinstance(meaning, Environment):
            open_environment(self, meaning, token, as_command=True)
        else:
            meaning(self, token)

    def expand(self, macro: Macro, call: Token) -> None:
        """Put a macro's body in place of its call, if that can matter for structure."""
        self.open[-1].touch()
        if self.is_inert(macro):
            return
        self.expansions += 1
        if self.expansions > MAX_EXPANSIONS or self.expanded > MAX_EXPANDED:
            if macro.name not in self.endless:
                self.endless.add(macro.name)
                self.report(
                    Severity.ERROR,
                    "macro-loop",
                    f"The macro \\{macro.name} seems to call itself without end.",
                    "Look at its definition; the macro was left out here.",
                    self.place(call),
                )
            return
        body = macro.expand(self.stream, call)
        self.expanded += len(body)
        self.stream.push(body)

    def is_inert(self, macro: Macro, above: frozenset[str] = frozenset()) -> bool:
        """Whether a macro's body holds nothing that could be structure, so that its call may be passed over.

        Its arguments are then met where they stand, as groups.
        """
        if macro.inert_since == self.definitions:
            return True
        if macro.name in above or len(above) > MAX_NESTING:
            return False
        level = 0
        for token in macro.body:
            kind = token.kind
            if kind in (MATH, ALIGN, PAR):
                return False
            level += (kind == OPEN) - (kind == CLOSE)
            if level < 0:
                return False
        if level or any(token.kind != PARAMETER and not token.text.isspace() for token in macro.pattern):
            return False
        for name in control_names(macro.body):
            meaning = self.meanings.get(name)
            if meaning is None:
                continue
            if not isinstance(meaning, Macro) or not self.is_inert(meaning, above | {macro.name}):
                return False
        macro.inert_since = self.definitions
        return True

    def run_argument(self, tokens: Sequence[Token], holder: Element | None = None) -> None:
        """Take in the tokens of an argument as a fragment of its own."""
        if self.nesting >= MAX_NESTING or not any(token.kind != TEXT for token in tokens):
            return
        self.nesting += 1
        context = Context("", "argument")
        fragment = Element(Role.FRAGMENT, "", holder or self.open[-1])
        self.contexts.append(context)
        self.open.append(fragment)
        outer, self.stream = self.stream, TokenStream(tokens)
        self.run()
        self.stream = outer
        if fragment in self.open:
            while self.open.pop() is not fragment:
                pass
        self.leave_to(context)
        self.nesting -= 1

    def may_matter(self, tokens: Sequence[Token]) -> bool:
        """Whether tokens hold anything but text, groups and macros without influence on structure."""
        for token in tokens:
            kind = token.kind
            if kind in (MATH, ALIGN):
                return True
            if kind == CONTROL:
                meaning = self.meanings.get(token.text)
                if meaning is not None and not (isinstance(meaning, Macro) and self.is_inert(meaning)):
                    return True
        return False

    # Places and findings

    def place(self, token: Token) -> Place:
        """Where a token stands."""
        return self.files.place(token.source, token.start)

    def report(self, severity: Severity, code: str, message: str, hint: str = "", place: Place | None = None) -> None:
        """Keep a finding about the content."""
        self.diagnostics.append(Diagnostic(severity, code, message, hint, place))

    def cut(self, source: int, start: int, end: int) -> None:
        """Leave a stretch of a file out of the text that is shown of a node."""
        if end > start:
            self.cuts.setdefault(source, []).append((start, end))

    def cut_call(self, token: Token, *, argument: bool = False) -> None:
        """Leave out a command, with the `argument` just read, if both stand in one file."""
        closing = self.stream.closing
        if not argument:
            self.cut(token.source, token.start, token.end)
        elif closing is not None and closing.source == token.source:
            self.cut(token.source, token.start, closing.end)

    # Definitions

    def define(self, name: str, meaning: Meaning | None, *, local: bool = False) -> None:
        """Give a control word a meaning; a local one ends with its group."""
        self._forget_names()
        if local and len(self.contexts) > 1:
            context = self.contexts[-1]
            if context.saved is None:
                context.saved = {}
            context.saved.setdefault(name, self.meanings.get(name))
        if meaning is None:
            self.meanings.pop(name, None)
        else:
            self.meanings[name] = meaning

    def _forget_names(self) -> None:
        """What was found of control words may no longer hold."""
        self.definitions += 1
        self.passive.clear()
        self.harmless.clear()

    def is_passive(self, name: str) -> bool:
        """Whether a control sequence can have no effect itself."""
        meaning = self.meanings.get(name)
        return meaning is None or (isinstance(meaning, Macro) and self.is_inert(meaning))

    # Contexts

    def leave_context(self) -> None:
        """Pop one context and bring back the meanings that it hid."""
        context = self.contexts.pop()
        if context.saved:
            self._forget_names()
            for name, meaning in context.saved.items():
                if meaning is None:
                    self.meanings.pop(name, None)
                else:
                    self.meanings[name] = meaning  # type: ignore[assignment]

    def pop_group(self) -> None:
        """Pop contexts up to the nearest group in braces."""
        while len(self.contexts) > 1:
            is_group = self.contexts[-1].name is None
            self.leave_context()
            if is_group:
                return

    def pop_environment(self, name: str) -> None:
        """Pop contexts up to the one that an environment opened; all of them if none did."""
        while len(self.contexts) > 1:
            is_it = self.contexts[-1].name == name
            self.leave_context()
            if is_it:
                return

    def leave_to(self, context: Context) -> None:
        """Pop contexts up to this one; all of them if it is gone already, as plasTeX does."""
        while len(self.contexts) > 1:
            is_it = self.contexts[-1] is context
            self.leave_context()
            if is_it:
                return
        self.is_unsettled = True

    def local_kind(self, kinds: frozenset[str]) -> str:
        """The kind of the innermost context that is one of `kinds`, or ""."""
        for context in reversed(self.contexts):
            if context.kind in kinds:
                return context.kind
        return ""

    @property
    def is_math_mode(self) -> bool:
        """Whether the innermost context that decides it is mathematics."""
        for context in reversed(self.contexts):
            if context.kind.startswith("math"):
                return True
            if context.kind == "text":
                return False
        return False

    # Elements

    def settle(self, level: int = COMMAND_LEVEL, ends: str = "", mark: str = "") -> bool:
        """Close the elements that an item of this kind closes; True if one took it as its own end.

        `ends` is the name of the environment that the item ends, `mark` one of ``}``, ``&``,
        ``\\\\`` and ``item``.
        """
        depth = len(self.contexts)
        while True:
            top = self.open[-1]
            role = top.role
            consumed = False
            if role == Role.ENVIRONMENT:
                consumed = bool(ends) and ends == top.name
                closes = level < ENVIRONMENT_LEVEL or consumed or depth < top.depth
            elif role == Role.GROUP:
                consumed = mark == "}"
                closes = level < END_OF_SECTIONS or consumed or depth < top.depth
            elif role == Role.ITEM:
                closes = mark == "item" or depth < top.depth
            elif role == Role.CELL:
                consumed = mark == "&"
                closes = consumed or mark == "\\" or depth < top.depth
            elif role == Role.ROW:
                consumed = mark == "\\"
                closes = consumed or depth < top.depth
            elif role == Role.SECTION:
                closes = level <= top.level
            elif role == Role.DOCUMENT:
                closes = consumed = ends == "document"
            else:
                return False
            if not closes:
                return False
            self.open.pop()
            if consumed:
                return True
            self.report_unclosed(top)

    def report_unclosed(self, element: Element) -> None:
        """Tell of a brace or an environment that something else than its own end closes."""
        if element.role == Role.GROUP and element.source >= 0:
            self.report(
                Severity.ERROR,
                "braces-unbalanced",
                "This { is not closed.",
                "Add the missing }.",
                self.files.place(element.source, element.opening),
            )
        elif element.role == Role.ENVIRONMENT and element.place is not None and not element.end:
            self.report(
                Severity.ERROR,
                "environment-unclosed",
                f"\\begin{{{element.name}}} is not closed by an \\end of its own.",
                f"Add \\end{{{element.name}}}, or look for unbalanced $ or braces inside.",
                element.place,
            )

    def attach(self, element: Element) -> Element:
        """Open an element where the document is now; `settle` must have been called."""
        parent = self.open[-1]
        element.parent = parent
        element.depth = len(self.contexts)
        element.rank = len(parent.theorems)
        if element.is_theorem and (element.is_block or parent.fresh):
            parent.theorems.append(element)
        parent.is_empty = False
        parent.fresh = element.is_block
        if element.role != Role.MARK:
            self.open.append(element)
        return element

    def paragraph(self) -> None:
        """A blank line or ``\\par``."""
        top = self.open[-1]
        if top.role != Role.FRAGMENT:
            top.has_paragraphs = True
        top.fresh = True

    def begin_group(self, token: Token | None = None) -> None:
        """An opening brace."""
        self.contexts.append(Context(None))
        self.settle()
        group = self.attach(Element(Role.GROUP, "", None))
        if token is not None:
            group.opening, group.source = token.start, token.source

    def end_group(self, token: Token | None = None) -> None:
        """A closing brace."""
        self.pop_group()
        if not self.settle(mark="}"):
            self.open[-1].touch()
            if token is not None:
                self.report(
                    Severity.ERROR,
                    "brace-stray",
                    "This } closes nothing.",
                    "Remove it, or add the { that it should close; it ends all that was open here.",
                    self.place(token),
                )

    def shift_math(self, token: Token) -> None:
        """A ``$`` or ``$$``, which begins or ends a formula."""
        innermost = self.math_shifts[-1] if self.math_shifts else None
        name = "math"
        if token.text == "$$":
            if innermost == "math":
                self.stream.push((token._replace(text="$", start=token.start + 1),))
            else:
                name = "displaymath"
        if innermost == name:
            self.math_shifts.pop()
            self.end_math(name)
        else:
            self.math_shifts.append(name)
            self.begin_math(name)

    def begin_math(self, name: str) -> None:
        """The beginning of an inline or displayed formula."""
        self.contexts.append(Context(name, "math"))
        self.settle()
        element = Element(Role.ENVIRONMENT, name, None)
        element.is_block = name == "displaymath"
        self.attach(element)

    def end_math(self, name: str) -> None:
        """The end of such a formula."""
        self.pop_environment(name)
        if not self.settle(ends=name):
            self.open[-1].touch()

    def next_cell(self) -> None:
        """An ``&``, which ends a cell inside an environment with rows."""
        if not self.local_kind(ROW_KINDS):
            self.open[-1].touch()
            return
        self.pop_group()
        self.contexts.append(Context(None))
        if not self.settle(mark="&"):
            self.open[-1].touch()
        self.settle()
        self.attach(Element(Role.CELL, "cell", None))

    def step(self, counter: str, element: Element) -> None:
        """Step a counter for an element, which labels then refer to."""
        if counter:
            element.counter = counter
            self.current_label = element
            self.counters.step(counter)

    def printed(self, counter: str) -> str:
        """What ``\\the<counter>`` prints now."""
        return self.counters.printed(counter)

    def text_of_the(self, counter: str) -> str | None:
        """The text of ``\\the<counter>`` where the document has defined it as a macro, else None."""
        macro = self.meanings.get(f"the{counter}")
        if not isinstance(macro, Macro):
            return None
        return self.expanded_text(macro.body)[0]

    def bind_label(self, text: str, is_plain: bool, place: Place) -> None:
        """Let a label name what stepped a counter last."""
        label = " ".join(text.split())
        element = self.current_label
        if not label or element is None:
            return
        if not is_plain:
            self.unreachable_labels.setdefault(label, element)
            return
        self.label_places.setdefault(label, []).append(place)
        self.labels[label] = element
        element.labels.append(label)

    def expanded_text(self, tokens: Sequence[Token], depth: int = 0) -> tuple[str, bool]:
        """The text of tokens with macros expanded, and whether nothing but characters was met.

        plasTeX compares labels as strings; one with anything else in it never matches.
        """
        parts: list[str] = []
        is_plain = True
        stream = TokenStream(tokens)
        in_math = self.is_math_mode
        while (token := stream.next()) is not None:
            if token.kind in (TEXT, BRACKET, PARAMETER):
                parts.append(token.text)
                is_plain = is_plain and not (in_math and ("_" in token.text or "^" in token.text))
                continue
            meaning = self.meanings.get(token.text) if token.kind == CONTROL else None
            if isinstance(meaning, Macro) and depth < MAX_NESTING:
                depth += 1
                stream.push(meaning.expand(stream, token)[:MAX_LABEL])
                continue
            if token.kind == CONTROL and token.text in COUNTER_STYLES:
                parts.append(self.counters.shown(stream.read_name(), token.text))
                continue
            if token.kind == CONTROL and token.text.startswith("the") and token.text[3:] in self.counters:
                parts.append(self.printed(token.text[3:]))
                continue
            is_plain = False
            if token.kind == TIE:
                parts.append(" ")
            elif token.kind == CONTROL and not token.text.isalpha():
                parts.append(token.text)
        return "".join(parts), is_plain

    # Conditionals, lists, files

    def branch(self, token: Token, value: bool) -> None:
        """Go on with the branch of a conditional that `value` chooses."""
        self.take_branch(token, 0 if value else 1)

    def take_branch(self, token: Token, which: int) -> None:
        """Go on with a conditional's branch of that number."""
        chosen, last = self.stream.take_branch(which)
        self.open[-1].touch()
        if last is None:
            self.report(
                Severity.WARNING,
                "conditional-unclosed",
                f"The \\{token.text} here is never closed by \\fi.",
                "Add \\fi. A control word that begins with \\if, such as \\iff, counts as one, too: "
                "leanblueprint then leaves out all that follows.",
                self.place(token),
            )
        inner = [each for each in chosen if each.source == token.source]
        end = last.end if last is not None and last.source == token.source else token.end
        if not inner:
            self.cut(token.source, token.start, end)
        else:
            self.cut(token.source, token.start, inner[0].start)
            self.cut(token.source, inner[-1].end, end)

    def enter_list(self) -> None:
        """A list begins: the counters of deeper lists start anew."""
        self.list_depth += 1
        self._clear_list_counters()

    def leave_list(self) -> None:
        """A list ends."""
        self.list_depth -= 1
        self._clear_list_counters()

    def _clear_list_counters(self) -> None:
        for counter in LIST_COUNTERS[max(self.list_depth, 0) :]:
            self.counters.set(counter, 0)

    def set_at_letter(self, yes: bool) -> None:
        """Whether ``@`` is a letter from here on."""
        self.at_is_letter = yes
        for lexer in self.stream.lexers:
            lexer.make_at_letter(yes)

    def open_file(self, file: TextFile) -> None:
        """Read a file before going on."""
        self.stream.open(Lexer(file.text, file.number, at_is_letter=self.at_is_letter))


LIST_COUNTERS = ("enumi", "enumii", "enumiii", "enumiv")
ROW_KINDS = frozenset({"rows:plain", "math:plain", "math:numbered", "math:array"})
COUNTER_STYLES = frozenset({"arabic", "roman", "Roman", "alph", "Alph", "fnsymbol", "value"})
