"""Turns the HTML of statements and proofs back to TeX, formulas as they were, the rest by its meaning."""

import re
from html.parser import HTMLParser

_SPECIAL = re.compile(r"[\\{}$&#^_%~]")
_NAMED = {"\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}"}
_FORMULA = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.DOTALL)
_STYLES = {
    "em": "emph", "i": "textit", "b": "textbf", "strong": "textbf", "tt": "texttt", "code": "texttt",
    "sup": "textsuperscript", "sub": "textsubscript",
}  # fmt: skip
_LISTS = {"ul": "itemize", "ol": "enumerate"}
_SILENT = frozenset({"script", "style", "button", "svg", "noscript", "template"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr"}
)
_BLOCKS = frozenset({"p", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr"})


def escaped(text: str) -> str:
    """Plain text as TeX."""
    return _SPECIAL.sub(lambda found: _NAMED.get(found[0], f"\\{found[0]}"), text)


def text_with_formulas(text: str) -> str:
    """Text in which MathJax would find formulas: these as they are, the rest escaped."""
    pieces, position = [], 0
    for found in _FORMULA.finditer(text):
        pieces += [escaped(text[position : found.start()]), found[0]]
        position = found.end()
    return "".join([*pieces, escaped(text[position:])])


class _Writer(HTMLParser):
    """Writes TeX while the HTML is read; each open tag keeps what it must write at its end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.silent = 0
        self.formula = 0
        self.pending = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        if tag in _VOID:
            if tag == "br" and not self.silent:
                self.parts.append("\n")
            return
        classes = (dict(attrs).get("class") or "").split()
        closing = ""
        if tag in _SILENT or "katex-html" in classes:
            self.silent += 1
            closing = "silent"
        elif tag in ("code", "span") and "math" in classes:
            display = "display" in classes
            self.parts.append("\\[" if display else "\\(")
            self.formula += 1
            closing = "\\]" if display else "\\)"
        elif tag in _STYLES:
            self.parts.append(f"\\{_STYLES[tag]}{{")
            closing = "}"
        elif tag in _LISTS:
            self.parts.append(f"\n\\begin{{{_LISTS[tag]}}}\n")
            closing = f"\n\\end{{{_LISTS[tag]}}}\n"
        elif tag == "li":
            self.parts.append("\n\\item ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
            closing = "\n\n"
        self.open.append((tag, closing))

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        if not any(name == tag for name, _ in self.open):
            return
        while self.open:
            name, closing = self.open.pop()
            if closing == "silent":
                self.silent -= 1
            elif not self.silent:
                if closing in ("\\)", "\\]"):
                    self.formula -= 1
                self.parts.append(closing)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        # Collected first: a formula with < and & comes in several pieces.
        if not self.silent:
            self.pending += data

    def _flush(self) -> None:
        if self.pending:
            self.parts.append(self.pending if self.formula else text_with_formulas(self.pending))
            self.pending = ""

    def text(self) -> str:
        self._flush()
        while self.open:
            self.handle_endtag(self.open[-1][0])
        joined = "".join(self.parts)
        return re.sub(r"\n[ \t]*\n\s*", "\n\n", joined).strip()


def tex_of_html(html: str) -> str:
    """TeX that says what a fragment of HTML says."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.text()
