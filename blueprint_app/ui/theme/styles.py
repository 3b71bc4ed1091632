"""How a node is drawn: colours, line, hatching and a mark, so that colour never speaks alone."""

from dataclasses import dataclass, replace
from enum import StrEnum

from blueprint_app.ui.theme.colour import contrast, mix
from blueprint_app.ui.theme.themes import Theme


class Mark(StrEnum):
    """The small sign on a node's outline."""

    NONE = "none"
    BAR = "bar"
    STAR = "star"
    HALF_DISC = "half disc"
    QUESTION = "question mark"
    OUTLINED_TICK = "outlined tick"
    TICK = "tick"
    DOUBLE_TICK = "double tick"
    MATHLIB = "M"
    EXCLAMATION = "exclamation mark"
    PEN = "pen"
    ARROW = "arrow"
    # Those that say nothing by themselves tell apart what has no order, such as people.
    DISC = "disc"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    PLUS = "plus"
    CROSS = "cross"
    RING = "ring"


class Line(StrEnum):
    """How a node's border is drawn."""

    THIN = "thin"
    SOLID = "solid"
    DASHED = "dashed"
    DOUBLE = "double"


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """One look that nodes share; colours are ``#rrggbb``.

    `name` and `meaning` explain it in the legend, which `rank` orders from nothing done to all done.
    `dot` is its colour where the node is only a few pixels large, `mark_ground` lies behind an
    outlined mark.
    """

    name: str
    fill: str
    border: str
    text: str
    dot: str
    mark_ground: str
    mark: Mark = Mark.NONE
    line: Line = Line.SOLID
    hatched: bool = False
    meaning: str = ""
    rank: int = 0

    def faded(self, theme: Theme) -> "NodeStyle":
        """The same style stepped back behind what is highlighted; its text can still be read."""
        fill = mix(self.fill, theme.ground, 0.86)
        return replace(
            self,
            fill=fill,
            border=mix(self.border, theme.ground, 0.68),
            text=theme.muted if contrast(theme.muted, fill) >= 4.5 else theme.text,
            dot=mix(self.dot, theme.ground, 0.72),
            mark_ground=mix(self.mark_ground, theme.ground, 0.86),
        )


def dot_colour(fill: str, border: str, theme: Theme) -> str:
    """The colour of a node too small for a border: its fill, or nearer its border where the ground would swallow it."""
    return fill if contrast(fill, theme.ground) >= 1.6 else mix(fill, border, 0.6)
