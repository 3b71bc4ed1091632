"""Reads one passage and makes its markup: text, groups, formulas, commands and environments in turn."""

from collections.abc import Mapping, Sequence

from blueprint_app.export.prose import commands, environments
from blueprint_app.export.prose.characters import COMBINING, SYMBOLS, accented, typographic
from blueprint_app.export.prose.flow import Flow, Piece, Until, compact, line, paragraphs
from blueprint_app.export.prose.formulas import formula
from blueprint_app.export.prose.markup import EMPTY, Html, element, text, unrendered
from blueprint_app.export.prose.references import References
from blueprint_app.export.prose.stream import STOP, TokenStream, end_tokens, source_of
from blueprint_app.model.blueprint import MacroDefinition
from blueprint_app.sources.tex.lexer import ALIGN, CLOSE, CONTROL, MATH, OPEN, PAR, TEXT, TIE, Token

DEPTH = 40
"""How deeply groups, arguments and environments may nest; what is deeper is shown as source."""

_FORMULA_ENDS = {"(": ")", "[": "]"}


class Converter:
    """One passage on its way to markup.

    The readers in `commands` and `environments` are given the converter and the flow they add to;
    they take their arguments from `stream` and have them converted by `argument`.
    """

    def __init__(self, source: str, references: References, macros: Mapping[str, MacroDefinition]) -> None:
        self.references = references
        self.macros = dict(macros)
        self.stream = TokenStream(source, self.macros)
        self.footnotes: list[Html] = []
        self.open_environments: list[str] = []
        self.list_depth = 0
        self._depth = 0

    def document(self) -> Html:
        """The whole passage as paragraphs and blocks, footnotes at its end."""
        body = paragraphs(self.read(Until.END))
        if not self.footnotes:
            return body
        notes = [element("li", note) for note in self.footnotes]
        return Html(body + element("aside", element("ol", *notes), class_="footnotes"))

    def title(self) -> Html:
        """The whole source on one line."""
        return line(self.read(Until.END))

    def argument(self) -> list[Piece]:
        """The pieces of a command's next argument."""
        return self.converted(self.stream.argument())

    def argument_line(self) -> Html:
        """A command's next argument on one line."""
        return line(self.argument())

    def option_line(self) -> Html | None:
        """A command's optional argument on one line, or None where there is none."""
        tokens = self.stream.option()
        return None if tokens is None else line(self.converted(tokens))

    def converted(self, tokens: Sequence[Token]) -> list[Piece]:
        """The pieces of tokens already taken from the stream."""
        if not tokens:
            return []
        self.stream.push([*tokens, Token(STOP, "", 0, 0)])
        pieces = self.read(Until.END)
        following = self.stream.next()
        if following is not None and following.kind != STOP:
            self.stream.push([following])
        return pieces

    def cell(self, tokens: Sequence[Token]) -> Html:
        """Tokens as the content of a table's cell or a note."""
        return compact(self.converted(tokens))

    def read(self, until: Until) -> list[Piece]:
        r"""The pieces up to what ends this stretch.

        A group's brace and an environment's ``\end`` are passed; an ``\item`` or the ``\end`` of a
        list is left for the reader of the list, and what belongs to an outer stretch for that one.
        """
        flow = Flow()
        self._depth += 1
        while (token := self.stream.next()) is not None:
            if token.kind == STOP:
                self.stream.push([token])
                break
            if token.kind == CLOSE:
                if until is Until.GROUP:
                    break
                continue  # A stray brace: TeX drops it too, with an error.
            if token.kind == CONTROL and token.text in ("end", "item", "bibitem") and self._ends(token, until, flow):
                break
            self._token(token, flow)
        self._depth -= 1
        return flow.done()

    def is_deep(self) -> bool:
        """Whether nothing more may be nested here."""
        return self._depth >= DEPTH

    def _ends(self, token: Token, until: Until, flow: Flow) -> bool:
        if token.text != "end":
            if until is Until.ITEM:
                self.stream.push([token])
            return until is Until.ITEM
        name = source_of(self.stream.argument()).strip()
        innermost = bool(self.open_environments) and self.open_environments[-1] == name
        if innermost and until is Until.ENVIRONMENT:
            return True
        if name in self.open_environments:
            self.stream.push(end_tokens(name))
            return True
        flow.run(unrendered(f"\\end{{{name}}}", "this environment was not begun here"))
        return False

    def _token(self, token: Token, flow: Flow) -> None:
        if token.kind == CONTROL:
            self._control(token, flow)
        elif token.kind == PAR:
            flow.end_paragraph()
        elif token.kind == OPEN:
            self._group(flow)
        elif token.kind == MATH:
            tokens = self.stream.formula(token.text)
            if tokens or token.text == "$":
                flow.run(self._formula(tokens, display=token.text == "$$"))
        elif token.kind == TIE:
            flow.run(text("\u00a0"))
        elif token.kind == ALIGN:
            flow.run(text("&"))
        else:
            flow.run(text(typographic(token.text)) if token.kind == TEXT else text(token.text))

    def _group(self, flow: Flow) -> None:
        if self.is_deep():
            source = source_of(self.stream.balanced(CLOSE, "}"))
            flow.run(unrendered(f"{{{source}}}", "too deeply nested"))
        else:
            flow.extend(self.read(Until.GROUP))

    def _formula(self, tokens: Sequence[Token], *, display: bool) -> Html:
        return formula(tokens, self.references, display=display) if tokens else EMPTY

    def _control(self, token: Token, flow: Flow) -> None:
        name = token.text
        if name in _FORMULA_ENDS:
            flow.run(self._formula(self.stream.formula(_FORMULA_ENDS[name]), display=name == "["))
        elif name == "begin":
            environments.read(self, source_of(self.stream.argument()).strip(), flow)
        elif name in commands.COMMANDS and not self.is_deep():
            commands.COMMANDS[name](self, name, flow)
        elif name in self.macros:
            if not self.stream.expand(name):
                flow.run(unrendered("\\" + name, "a macro that cannot be expanded here"))
        elif name in SYMBOLS:
            flow.run(text(SYMBOLS[name]))
            if name == "xspace":
                self._space_before_words(flow)
        elif name in COMBINING:
            flow.run(self._accent(name))
        else:
            flow.run(unrendered("\\" + name, "an unknown command"))

    def _space_before_words(self, flow: Flow) -> None:
        r"""What ``\xspace`` asks for: the name in front of it swallowed the space that was there."""
        following = self.stream.peek()
        if following is not None and following.kind in (TEXT, MATH) and following.text[0] not in ".,:;!?)'-/ \n":
            flow.run(text(" "))

    def _accent(self, command: str) -> Html:
        tokens = self.stream.argument()
        letters = [token for token in tokens if token.kind not in (OPEN, CLOSE)]
        base = "".join(SYMBOLS.get(token.text, "") if token.kind == CONTROL else token.text for token in letters)
        return text(accented(command, base.strip()))
