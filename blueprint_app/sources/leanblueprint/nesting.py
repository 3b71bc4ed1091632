"""plasTeX's two stacks: contexts (what is in force) and open elements (what takes in what comes next).

In faulty documents the two drift apart; both are kept here by plasTeX's rules, so that faulty
documents are read as leanblueprint reads them.
"""

from blueprint_app.model.diagnostic import Severity
from blueprint_app.sources.leanblueprint.files import ProjectFiles
from blueprint_app.sources.leanblueprint.findings import Findings
from blueprint_app.sources.leanblueprint.tree import (
    COMMAND_LEVEL,
    END_OF_SECTIONS,
    ENVIRONMENT_LEVEL,
    Context,
    Element,
    Role,
)
from blueprint_app.sources.leanblueprint.vocabulary import Vocabulary
from blueprint_app.sources.tex.lexer import Token

ROW_KINDS = frozenset({"rows:plain", "math:plain", "math:numbered", "math:array"})


class Nesting(Findings):
    """What is open at a point of the document.

    `math_shifts` are the formulas begun by ``$`` and not yet ended, None where a box starts anew.
    `is_unsettled` is true after contexts were lost that elements still rely on.
    """

    def __init__(self, files: ProjectFiles, vocabulary: Vocabulary) -> None:
        super().__init__(files)
        self.vocabulary = vocabulary
        self.contexts: list[Context] = [Context(None, "global")]
        self.open: list[Element] = [Element(Role.ROOT, "", None)]
        self.math_shifts: list[str | None] = []
        self.is_unsettled = False

    def leave_context(self) -> None:
        """Pop one context and bring back the meanings that it hid."""
        self.vocabulary.restore(self.contexts.pop())

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
