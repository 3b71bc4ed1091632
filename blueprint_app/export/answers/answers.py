"""Turns an answer's Markdown into markup made by the app's own functions, so that nothing in it can be unsafe."""

from collections.abc import Callable, Sequence
from typing import Protocol

from markdown_it.token import Token

from blueprint_app.export.answers.markdown import parser
from blueprint_app.export.answers.stretches import stretches
from blueprint_app.export.answers.unfinished import settled
from blueprint_app.export.prose.formulas import ENGINE_DISPLAYS, EngineMacro, engine_macros, formula
from blueprint_app.export.prose.markup import EMPTY, Html, element, node_href, source_href, text
from blueprint_app.export.prose.references import References
from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.place import Place
from blueprint_app.sources.tex.lexer import tokens_of

LONGEST = 300_000
"""Characters of an answer that are rendered; a longer one is shown as it is."""

_PLAIN = {
    "paragraph": "p", "blockquote": "blockquote", "table": "table", "tbody": "tbody", "tr": "tr", "th": "th",
    "td": "td", "em": "em", "strong": "strong", "s": "s",
}  # fmt: skip
_HEADINGS = {"h1": "h2", "h2": "h2"}


class Cited(Protocol):
    """What a citation names: `exists` is None where nobody can tell, `node` and `place` are where a link leads."""

    @property
    def words(self) -> str:
        """What is shown."""

    @property
    def hint(self) -> str:
        """More about it, or why it is doubtful."""

    @property
    def exists(self) -> bool | None:
        """Whether there is such a thing."""

    @property
    def node(self) -> str | None:
        """The node that it is or belongs to."""

    @property
    def place(self) -> Place | None:
        """Where it stands in a file."""

    @property
    def is_declaration(self) -> bool:
        """Whether it is a Lean name."""


Resolve = Callable[[str, bool], Cited | None]
"""From what stands in double brackets (False) or in backticks (True) to what it names; None for plain code."""


class Answers:
    """Renders answers about one blueprint, with its macros and labels at hand; may be used from any thread.

    A citation becomes a link, in words that `resolve` gives; one of something that does not exist is marked. No other
    link leads anywhere: a web address is shown as text. What was rendered last is kept, so that an answer which
    is coming in costs only what is new in it, as long as it is the same `resolve`.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self._references = References(blueprint)
        self._last: tuple[Resolve | None, dict[str, Html]] = (None, {})
        self.engine_macros: dict[str, EngineMacro] = engine_macros(blueprint.macros)

    def html(self, answer: str, resolve: Resolve, *, is_complete: bool = True) -> Html:
        """The answer as blocks. Of one that is still coming in, a formula or citation at its end waits to be whole."""
        if len(answer) > LONGEST:
            return element("pre", text(answer))
        last_resolve, known = self._last
        if last_resolve is not resolve:
            known = {}
        made: dict[str, Html] = {}
        renderer = self._renderer(resolve)
        pieces = stretches(answer if is_complete else settled(answer))
        for piece in pieces:
            if piece not in made:
                made[piece] = known[piece] if piece in known else renderer.blocks(parser().parse(piece))
        self._last = resolve, made
        return Html("".join(made[piece] for piece in pieces))

    def _renderer(self, resolve: Resolve) -> "_Renderer":
        return _Renderer(self._references, resolve)


class _Renderer:
    """Goes through the tokens once, with what is open on a stack."""

    def __init__(self, references: References, resolve: Resolve) -> None:
        self._references, self._resolve = references, resolve

    def blocks(self, tokens: Sequence[Token]) -> Html:
        """The markup of a run of tokens, block or inline."""
        stack: list[tuple[Token | None, list[Html]]] = [(None, [])]
        for token in tokens:
            if token.nesting > 0:
                stack.append((token, []))
            elif token.nesting < 0:
                opening, children = stack.pop()
                if opening is not None:
                    stack[-1][1].append(self._wrapped(opening, children, stack))
            else:
                stack[-1][1].append(self._leaf(token))
        return Html("".join(stack[0][1]))

    def _wrapped(self, token: Token, children: list[Html], above: list[tuple[Token | None, list[Html]]]) -> Html:
        kind = token.type.removesuffix("_open")
        if kind == "paragraph" and token.hidden:
            return Html("".join(children))
        if kind == "heading":
            return element(_HEADINGS.get(token.tag, "h3"), *children)
        if kind in ("bullet_list", "ordered_list"):
            return element("ul" if kind == "bullet_list" else "ol", *children, class_="items")
        if kind == "list_item":
            return _item(token, children, above[-1][0])
        if kind == "link":
            return _link(token, children)
        if kind == "thead":
            return Html("".join(children))
        return element(_PLAIN[kind], *children, class_=_alignment(token)) if kind in _PLAIN else EMPTY

    def _leaf(self, token: Token) -> Html:
        kind, content = token.type, token.content
        if kind == "inline":
            return self.blocks(token.children or ())
        if kind == "text":
            return text(content)
        if kind == "softbreak":
            return Html("\n")
        if kind == "hardbreak":
            return element("br")
        if kind == "code_inline":
            return self._code(content)
        if kind in ("fence", "code_block"):
            return element("pre", text(content.rstrip("\n")), class_=_language(token))
        if kind == "citation":
            return self._citation(content)
        if kind.startswith("math") or kind == "amsmath":
            return self._formula(token)
        if kind == "hr":
            return element("hr")
        return text(content)

    def _formula(self, token: Token) -> Html:
        tex, display, environment = token.content.strip(), token.type != "math_inline", ""
        if token.type == "amsmath":
            name = tex.partition("{")[2].partition("}")[0]
            if name.rstrip("*") in ENGINE_DISPLAYS:
                environment = name
                tex = tex.removeprefix(f"\\begin{{{name}}}").removesuffix(f"\\end{{{name}}}")
        if not tex.strip():
            return EMPTY
        made = formula(tokens_of(tex), self._references, display=display, environment=environment)
        return element("p", made) if token.block else made

    def _code(self, content: str) -> Html:
        inside = content.strip()
        if inside.startswith("[[") and inside.endswith("]]") and len(inside) > 4:
            return self._citation(inside[2:-2])
        found = self._resolve(inside, True)
        return element("code", text(content)) if found is None else _reference(found)

    def _citation(self, content: str) -> Html:
        found = self._resolve(content, False)
        return text(f"[[{content}]]") if found is None else _reference(found)


def _reference(cited: Cited) -> Html:
    words = element("code", text(cited.words)) if cited.is_declaration else text(cited.words)
    if cited.exists is None:
        return element("span", words, class_="unchecked", title=cited.hint)
    if not cited.exists:
        return element("span", words, class_="unresolved", title=cited.hint)
    if cited.node is not None:
        return element("a", words, href=node_href(cited.node), class_="reference", title=cited.hint or None)
    if cited.place is not None:
        href = source_href(cited.place.file, cited.place.line)
        return element("a", words, href=href, class_="reference", title=cited.hint or None)
    return element("span", words, title=cited.hint or None)


def _link(token: Token, children: list[Html]) -> Html:
    """The words of a link, with its address in sight: answers lead nowhere but to the project itself."""
    address = str(token.attrs.get("href", ""))
    words = Html("".join(children))
    if not address or words == text(address):
        return words
    return Html(words + text(" (") + element("code", text(address)) + text(")"))


def _item(token: Token, children: list[Html], around: Token | None) -> Html:
    content = Html("".join(children))
    if around is None or around.type != "ordered_list_open":
        return element("li", content)
    marker = element("span", text(f"{token.info}{token.markup}"), class_="marker")
    return element("li", marker, element("div", content), class_="marked")


def _alignment(token: Token) -> str | None:
    """The style sheet's name for how a table's cell is aligned."""
    style = str(token.attrs.get("style", ""))
    return {"text-align:center": "centre", "text-align:right": "right"}.get(style)


def _language(token: Token) -> str | None:
    word = token.info.split()[0].lower() if token.info.split() else ""
    return f"code-{word}" if word.isascii() and word.isalnum() and len(word) < 20 else None
