"""Runs through a document's tokens as plasTeX would, and obeys what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from blueprint_app.model.diagnostic import Severity
from blueprint_app.sources.leanblueprint.environments import Environment
from blueprint_app.sources.leanblueprint.files import ProjectFiles, TextFile
from blueprint_app.sources.leanblueprint.nesting import Nesting
from blueprint_app.sources.leanblueprint.opening import open_environment
from blueprint_app.sources.leanblueprint.tree import Context, Element, Role
from blueprint_app.sources.leanblueprint.vocabulary import Handler, Meaning, Vocabulary
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
from blueprint_app.sources.tex.macros import Macro
from blueprint_app.sources.tex.stream import TokenStream

MAX_EXPANSIONS = 100_000
"""Macro calls without a character read from a file, before a macro is taken to call itself forever."""
MAX_EXPANDED = 2_000_000
"""Tokens that such calls may give."""
MAX_LABEL = 10_000
"""Tokens that a macro in a label or a name may give."""
MAX_NESTING = 60
"""Arguments within arguments that are looked into."""
LIST_COUNTERS = ("enumi", "enumii", "enumiii", "enumiv")
COUNTER_STYLES = frozenset({"arabic", "roman", "Roman", "alph", "Alph", "fnsymbol", "value"})


class Machine(Nesting):
    """One run: the stream of tokens, the counters, and the state that commands share.

    `check` is called every thousand tokens and may raise to stop the run.
    """

    def __init__(self, files: ProjectFiles, handlers: Mapping[str, Handler], check: Callable[[], None]) -> None:
        super().__init__(files, Vocabulary(handlers))
        self.check = check
        self.stream = TokenStream()
        self.counters = Counters(self.text_of_the)
        self.meanings = self.vocabulary.meanings
        self.packages: set[str] = set()
        self.tex_packages: frozenset[str] | None = frozenset()
        self.switches: dict[str, bool] = {}
        self.is_article = False
        self.at_is_letter = False
        self.list_depth = 0
        self.included = 0
        self._expansions = 0
        self._expanded = 0
        self._endless: set[str] = set()
        self._arguments = 0

    def let_go(self) -> None:
        """Take apart what leads back to itself, so that it goes at once: the collector would stop all threads."""
        for element in self.theorems:
            if element.parent is not None:
                element.parent.theorems.clear()
        self.__dict__.clear()

    def run(self) -> None:
        """Take in all tokens of the stream."""
        stream, meanings, steps = self.stream, self.meanings, 0
        while True:
            lexer = stream.idle_lexer
            token = None
            if lexer is not None and not self.is_unsettled:
                formulas = not self.math_shifts or self.math_shifts[-1] != "math"
                token, seen = lexer.next_significant(self.vocabulary.passive, self.vocabulary.harmless, formulas)
                self._expansions = self._expanded = 0
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
        if self.vocabulary.is_inert(macro):
            return
        self._expansions += 1
        if self._expansions > MAX_EXPANSIONS or self._expanded > MAX_EXPANDED:
            if macro.name not in self._endless:
                self._endless.add(macro.name)
                self.report(
                    Severity.ERROR,
                    "macro-loop",
                    f"The macro \\{macro.name} seems to call itself without end.",
                    "Look at its definition; the macro was left out here.",
                    self.place(call),
                )
            return
        body = macro.expand(self.stream, call)
        self._expanded += len(body)
        self.stream.push(body)

    def run_argument(self, tokens: Sequence[Token], holder: Element | None = None) -> None:
        """Take in the tokens of an argument as a fragment of its own."""
        if self._arguments >= MAX_NESTING or not any(token.kind != TEXT for token in tokens):
            return
        self._arguments += 1
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
        self._arguments -= 1

    def cut_call(self, token: Token, *, argument: bool = False) -> None:
        """Leave out a command, with the `argument` just read, if both stand in one file."""
        closing = self.stream.closing
        if not argument:
            self.cut(token.source, token.start, token.end)
        elif closing is not None and closing.source == token.source:
            self.cut(token.source, token.start, closing.end)

    def define(self, name: str, meaning: Meaning | None, *, local: bool = False) -> None:
        """Give a name a meaning; a local one ends with its group."""
        self.vocabulary.define(name, meaning, self.contexts[-1] if local and len(self.contexts) > 1 else None)

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

    def spelt_name(self) -> str:
        """The name that the tokens up to ``\\endcsname`` spell."""
        tokens: list[Token] = []
        while (token := self.stream.next()) is not None:
            if token.kind == CONTROL and token.text == "endcsname":
                break
            tokens.append(token)
        return self.expanded_text(tokens)[0]

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
