"""What of a text that is still coming in can be shown already: half a formula or citation waits for its other half."""

import re

LONGEST_WAIT = 800
"""Characters that may be held back; more than that is no unfinished formula, but a stray sign."""

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})", re.MULTILINE)
_MARK = re.compile(r"\\[\[\]()\\$`]|\$\$|\$|`+|\[\[|\]\]|\\begin\{[a-z*]+\}|\\end\{[a-z*]+\}|\\\Z")
_CLOSES = {"\\[": "\\]", "\\(": "\\)", "[[": "]]", "$": "$", "$$": "$$"}


def settled(text: str) -> str:
    """The text up to a formula, citation or piece of code at its end that has begun and is not closed yet."""
    if len(_FENCE.findall(text)) % 2:
        return text
    start = max(text.rfind("\n\n"), len(text) - LONGEST_WAIT, 0)
    opened = _opened(text, start)
    return text if opened is None else text[:opened].rstrip("[")


def _opened(text: str, start: int) -> int | None:
    """Where the last thing begins that is not closed at the end, or None if nothing is open."""
    wanted, begun = "", -1
    for mark in _MARK.finditer(text, start):
        sign = mark.group()
        if wanted:
            wanted = "" if sign == wanted else wanted
        elif sign in _CLOSES:
            wanted, begun = _CLOSES[sign], mark.start()
        elif sign.startswith("`"):
            wanted, begun = sign, mark.start()
        elif sign.startswith("\\begin"):
            wanted, begun = sign.replace("begin", "end", 1), mark.start()
        elif sign == "\\":
            return mark.start()
    if wanted:
        return begun
    return len(text) - 1 if text.endswith("[") else None
