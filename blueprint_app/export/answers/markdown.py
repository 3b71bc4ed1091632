"""The Markdown of answers: CommonMark and tables, without HTML, with formulas and citations."""

import re
from collections.abc import MutableMapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin

from blueprint_app.export.prose.formulas import DISPLAYS

LONGEST_CITATION = 200
"""Characters between the brackets of a citation."""

_CODE = 4
"""Columns: what is indented further is code."""

_OPENING = re.compile(rf"\\\[|\\begin\{{((?:{'|'.join(sorted(DISPLAYS))})\*?)\}}")
_PAIRS = {"(": ("\\)", "math_inline"), "[": ("\\]", "math_inline_double")}


@cache
def parser() -> MarkdownIt:
    """The one parser. It keeps nothing between two texts, so that it may be used from several threads."""
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
    made.use(dollarmath_plugin, allow_labels=False, allow_digits=False, allow_blank_lines=False, double_inline=True)
    made.block.ruler.before("fence", "display", _display, {"alt": ["paragraph", "blockquote", "list"]})
    made.inline.ruler.before("escape", "math_bracket", _bracket)
    made.inline.ruler.before("link", "citation", _citation)
    return made


def _bracket(state: StateInline, silent: bool) -> bool:
    r"""Formulas between ``\(`` and ``\)``, and between ``\[`` and ``\]``, within a paragraph."""
    pair = _PAIRS.get(state.src[state.pos + 1 : state.pos + 2]) if state.src[state.pos] == "\\" else None
    if pair is None:
        return False
    closing, kind = pair
    end = _find(state.src, closing, state.pos + 2, state.env)
    if end < 0 or end > state.posMax:
        return False
    if not silent:
        state.push(kind, "math", 0).content = state.src[state.pos + 2 : end]
    state.pos = end + 2
    return True


def _display(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    r"""A display between ``\[`` and ``\]``, or an environment such as ``align``, on lines of its own.

    As a block, so that its lines are not taken for a list or a heading.
    """
    begin = state.bMarks[first] + state.tShift[first]
    opening = _OPENING.match(state.src, begin)
    if opening is None or state.sCount[first] - state.blkIndent >= _CODE:
        return False
    closing = f"\\end{{{opening[1]}}}" if opening[1] else "\\]"
    end = _find(state.src, closing, opening.end(), state.env)
    if end < 0 or _rest_of_line(state.src, end + len(closing)):
        return False
    number = first
    while number < last and state.eMarks[number] < end:
        number += 1
        if number >= last or state.isEmpty(number) or state.sCount[number] < state.blkIndent:
            return False
    if not silent:
        token = state.push("amsmath" if opening[1] else "math_block", "math", 0)
        token.block = True
        token.content = state.getLines(first, number + 1, state.blkIndent, False).strip()
        if not opening[1]:
            token.content = token.content.removeprefix("\\[").removesuffix("\\]")
    state.line = number + 1
    return True


def _rest_of_line(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[position : end if end >= 0 else len(text)].strip()


def _citation(state: StateInline, silent: bool) -> bool:
    """A label or a Lean name between double square brackets."""
    start = state.pos
    if not state.src.startswith("[[", start):
        return False
    end = state.src.find("]]", start + 2, min(state.posMax, start + 2 + LONGEST_CITATION))
    inside = state.src[start + 2 : end] if end >= 0 else ""
    if not inside.strip() or "\n" in inside or "[[" in inside:
        return False
    if not silent:
        state.push("citation", "", 0).content = inside
    state.pos = end + 2
    return True


def _find(text: str, wanted: str, start: int, known: MutableMapping[str, Any]) -> int:
    """Where `wanted` stands from `start` on, -1 if nowhere; that it is nowhere is found out once a text."""
    if known.get(wanted) is text:
        return -1
    found = text.find(wanted, start)
    if found < 0:
        known[wanted] = text
    return found
