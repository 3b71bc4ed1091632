"""What TeX of a model may not hold before it goes into a project, as the author's TeX will run it on their machine."""

import re

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.sources.tex.lexer import BRACKET, CLOSE, CONTROL, MATH, OPEN, PARAMETER, TEXT, Lexer, Token

_FORBIDDEN = frozenset(
    re.findall(
        r"\w+",
        """
    input include includeonly import subimport subfile InputIfFileExists IfFileExists openin openout read readline
    write immediate newread newwrite closein closeout special ShellEscape pdfshellescape shellescape directlua latelua
    luaexec luadirect verbatiminput lstinputlisting inputminted includegraphics includepdf bibliography addbibresource
    usepackage RequirePackage documentclass LoadClass endinput scantokens batchmode nonstopmode scrollmode errorstopmode
    def edef gdef xdef let futurelet newcommand renewcommand providecommand DeclareRobustCommand NewDocumentCommand
    RenewDocumentCommand DeclareMathOperator newenvironment renewenvironment newtheorem newif chardef mathchardef
    countdef dimendef skipdef toksdef newcount newtoks newbox global long outer protected catcode lccode uccode sfcode
    mathcode escapechar endlinechar newlinechar csname endcsname expandafter noexpand string meaning the jobname number
    romannumeral uppercase lowercase afterassignment aftergroup everypar everymath everydisplay everyjob output
    makeatletter makeatother ExplSyntaxOn ExplSyntaxOff loop repeat iterate AtBeginDocument AtEndDocument
    begingroup endgroup bgroup egroup openaccess font fontname pdfobj pdfliteral pdfximage write18 href url
    label uses lean leanok mathlibok notready proves discussion alsoIn home github dochome graphcolor inputleannode
    inputleanmodule part chapter section subsection subsubsection paragraph subparagraph appendix
    """,
    )
)
"""Commands that read or write files, run programs, change what TeX means, or are the app's own to write."""

_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]|(?<=[^\s])\t")
_CONDITIONAL = frozenset({"fi", "else", "or"})
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_TAKES_OPTION = frozenset(
    re.findall(
        r"\S+",
        r"""\ item sqrt cite citep citet footnote xrightarrow xleftarrow linebreak pagebreak nolinebreak nopagebreak
    makebox framebox parbox raisebox hyperref tag caption""",
    )
)
"""Commands behind which a bracket begins an option, which goes on over whatever follows until it is closed."""

_VERBATIM = frozenset({"verb", "lstinline", "mintinline"})
_NOT_HERE = frozenset({"document", "proof", "verbatim", "Verbatim", "lstlisting", "minted", "comment", "filecontents"})


def without_comments(tex: str) -> str:
    """The TeX without comments, which could hide the end of what they stand in, and without blanks around it."""
    return "\n".join(line.rstrip() for line in _COMMENT.sub(r"\1", tex).strip("\n").split("\n")).strip()


def danger_in(tex: str, blueprint: Blueprint) -> str:
    """Why a piece of TeX is not taken into the blueprint, in words; "" if nothing speaks against it.

    Comments count as not there: it is `without_comments` that is written.
    """
    if found := _CONTROL_CHARACTER.search(tex):
        return f"it holds the control character {ord(found[0])}, as TeX between double quotation marks does"
    tex = without_comments(tex)
    if "^^" in tex:
        return "it holds ^^, which stands for other characters"
    return _Checker(blueprint).danger(tex)


class _Checker:
    """Goes through the tokens once, with what is open."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._not_here = _NOT_HERE | frozenset(blueprint.theorem_kinds)
        self._open: list[str] = []
        self._may_begin_option = False

    def danger(self, tex: str) -> str:
        lexer = Lexer(tex)
        while (token := lexer.next()) is not None:
            self._bracket(token)
            reason = ""
            if token.kind == CONTROL:
                reason = self._control(token.text, lexer)
            elif token.kind == MATH:
                reason = self._dollar(token.text)
            elif token.kind == PARAMETER:
                reason = "it holds #, which belongs in a definition"
            elif token.kind == OPEN:
                self._open.append("{")
            elif token.kind == CLOSE:
                reason = self._close("{", "}")
            if reason:
                return reason
        return f"it leaves {self._open[-1]} open" if self._open else ""

    def _bracket(self, token: Token) -> None:
        """Keep count of options; a bracket in any other place is only a sign."""
        if token.kind == BRACKET and token.text == "[" and self._may_begin_option:
            self._open.append("[")
        elif token.kind == BRACKET and token.text == "]" and self._open and self._open[-1] == "[":
            self._open.pop()
        if token.kind != TEXT or token.text.strip(" \n*"):
            self._may_begin_option = token.kind == CONTROL and token.text in _TAKES_OPTION

    def _control(self, name: str, lexer: Lexer) -> str:
        conditional = name in _CONDITIONAL or (name.startswith("if") and name != "iff")
        if name in _FORBIDDEN or name in _VERBATIM or conditional:
            return f"it holds \\{name}"
        if name in ("begin", "end"):
            return self._environment(name, lexer)
        if name in ("[", "("):
            self._open.append(f"\\{name}")
        elif name in ("]", ")"):
            return self._close({"]": "\\[", ")": "\\("}[name], f"\\{name}")
        return ""

    def _environment(self, command: str, lexer: Lexer) -> str:
        found = re.compile(r"\s*\{([A-Za-z]+\*?)\}").match(lexer.text, lexer.position)
        if found is None:
            return f"it holds \\{command} without the plain name of an environment"
        lexer.seek(found.end())
        name = found[1]
        if name.rstrip("*") in self._not_here:
            return f"it holds \\{command}{{{name}}}, which belongs to the blueprint itself"
        if command == "begin":
            self._open.append(f"\\begin{{{name}}}")
            return ""
        return self._close(f"\\begin{{{name}}}", f"\\end{{{name}}}")

    def _dollar(self, sign: str) -> str:
        if self._open and self._open[-1] in ("$", "$$"):
            # Two signs in a row may end one formula and begin the next.
            if self._open[-1] == sign:
                self._open.pop()
            elif sign == "$$":
                return ""
            else:
                return "its dollar signs do not match"
            return ""
        self._open.append(sign)
        return ""

    def _close(self, opening: str, closing: str) -> str:
        if not self._open or self._open[-1] != opening:
            return f"it holds {closing} where {self._open[-1] if self._open else 'nothing'} is open"
        self._open.pop()
        return ""
