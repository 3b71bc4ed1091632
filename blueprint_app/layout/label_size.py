"""How large a node must be drawn to hold its label, told without any font at hand, as the command line has none."""

import unicodedata
from functools import lru_cache

FONT_SIZE = 14.0
"""Height of the labels' font in points: the canvas and the exports draw labels at this size."""

HEIGHT = 36.0
"""Height of a node's outline in points, Graphviz's own default (half an inch)."""

BOX_HEIGHT = 54.0
"""Height of several nodes drawn as one: two lines stand in it."""

SMALLEST_WIDTH = 54.0
PADDING = 12.0

# Advance widths in hundredths of the font size, of DejaVu Sans: wider than the other usual system
# fonts (Segoe UI, San Francisco, Noto, Cantarell), so that a label fits in whichever is there.
_WIDTHS = {
    character: width / 100
    for width, characters in {
        28: "'ijl", 30: "IJ", 32: " ,.", 34: "/:;\\|", 36: "f-", 39: "()[]t", 41: "!r", 46: '"', 50: "*_`",
        53: "sz?", 56: "cL", 59: "Fkvxy", 62: "PTYaoe", 64: "ESbdghnpqu$0123456789{}", 67: "AKV",
        70: "BCRXZ", 75: "HNU", 78: "DG&", 82: "OQw", 86: "#+<=>^~M", 97: "%m", 100: "W@",
    }.items()
    for character in characters
}  # fmt: skip


@lru_cache(maxsize=4096)
def _character_width(character: str) -> float:
    """Width of one character as a share of the font size, on the generous side."""
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0.0
    return 1.05 if unicodedata.east_asian_width(character) in "WF" else 0.86


def text_width(text: str, font_size: float = FONT_SIZE) -> float:
    """Width of a line of text in points."""
    return font_size * sum(map(_character_width, text))


def outline_size(label: str, *, box: bool) -> tuple[float, float]:
    """Width and height in points of a box or an ellipse around `label`.

    An ellipse must be wider, as its ends are pointed: text of height h fits at width w when
    w = text / sqrt(1 - (h / height)²), which for one line in this height is 1.09.
    """
    width = text_width(label) * (1.0 if box else 1.09) + PADDING * (1.0 if box else 1.6)
    return max(SMALLEST_WIDTH, width), HEIGHT
