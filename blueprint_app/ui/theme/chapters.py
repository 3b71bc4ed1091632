"""Colours by chapter: every chapter has a colour and a mark, and no two of them the same pair."""

from collections.abc import Callable

from blueprint_app.export.titles import numbered_title
from blueprint_app.insight.graph.graph_view import Level, headings_by_node
from blueprint_app.model.blueprint import Node
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.theme.colour import mix, most_readable
from blueprint_app.ui.theme.styles import Line, Mark, NodeStyle, dot_colour
from blueprint_app.ui.theme.themes import Theme

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
"""Colours that colour-blind people tell apart (Okabe and Ito, "Color universal design", 2008)."""

MARKS = (Mark.DISC, Mark.TRIANGLE, Mark.SQUARE, Mark.DIAMOND, Mark.PLUS, Mark.CROSS, Mark.RING)
MOST = len(COLOURS) * len(MARKS)
"""So many chapters can be told apart; any more are shown as what they are: the further ones."""


def by_chapter(snapshot: Snapshot, theme: Theme) -> Callable[[Node], NodeStyle]:
    """The style of a node by the chapter that it stands in, or else by its outermost heading, in document order."""
    heading_of = headings_by_node(snapshot, Level.CHAPTER)
    titles = {heading.key: numbered_title(heading) for heading in heading_of.values()}
    order = list(dict.fromkeys(heading.key for heading in heading_of.values()))
    looks = {key: look(theme, at, titles[key]) for at, key in enumerate(order[:MOST])}
    further = _plain(
        theme, f"{len(order) - MOST} further chapters", MOST, "no pair of colour and mark is left for them"
    )
    nowhere = _plain(theme, "in no chapter", MOST + 1, "")

    def style_of(node: Node) -> NodeStyle:
        heading = heading_of.get(node.id)
        return nowhere if heading is None else looks.get(heading.key, further)

    return style_of


def look(theme: Theme, at: int, name: str) -> NodeStyle:
    """The style of the chapter at a place among all: neighbours differ in colour, those of one colour in their mark."""
    fill, mark = COLOURS[at % len(COLOURS)], MARKS[(at + at // len(COLOURS)) % len(MARKS)]
    border = mix(fill, "#FFFFFF" if theme.is_dark else "#000000", 0.45)
    text = most_readable(fill, "#000000", "#FFFFFF")
    return NodeStyle(name, fill, border, text, dot_colour(fill, border, theme), theme.ground, mark, rank=at)


def _plain(theme: Theme, name: str, rank: int, meaning: str) -> NodeStyle:
    dot = dot_colour(theme.paper, theme.muted, theme)
    return NodeStyle(
        name, theme.paper, theme.muted, theme.paper_text, dot, theme.ground, Mark.NONE, Line.THIN, False, meaning, rank
    )
