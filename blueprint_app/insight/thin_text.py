"""Tells a text that says how from one that only says that: a proof of five words may be one step, or a whole book."""

import re

_SHORT = 25
"""Words up to which a text that points elsewhere, or calls itself obvious, holds no argument of its own."""

_UNFINISHED = ("TODO", "???", "To do", "to do", "omitted", "Omitted", "FIXME")
_POINTS_ELSEWHERE = re.compile(
    r"\\(?:cite|url|href)\b|\bsee\b|\bclassic(?:al)?\b|\bwell[- ]known\b|\bstandard\b|\broutine\b|\bexercise\b"
    r"|\bobvious(?:ly)?\b|\bstraightforward\b|\bnothing to prove\b|\beasy\b|\bnot too hard\b|\bsame (?:proof )?as\b"
    r"|\.\.\.",
    re.IGNORECASE,
)
_SAYS_WHICH = re.compile(r"\\(?:ref|[cC]ref|eqref|autoref)\b")


def leaves_out(tex: str) -> bool:
    """Whether a statement or proof leaves out what it should say: empty, unfinished, or pointing elsewhere.

    "See \\cite{...}" leaves the argument out; "see \\cref{...}" names a node of the blueprint and does not.
    """
    words = len(tex.split())
    if words == 0 or any(mark in tex for mark in _UNFINISHED):
        return True
    if words > _SHORT:
        return False
    return _POINTS_ELSEWHERE.search(tex) is not None and _SAYS_WHICH.search(tex) is None
