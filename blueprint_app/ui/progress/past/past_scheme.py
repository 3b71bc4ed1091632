"""The graph as it was declared at a moment: the nodes of now where they stand now, in the colours of then."""

from collections.abc import Mapping

from blueprint_app.insight.history.moments import Moment, NodeThen
from blueprint_app.model.blueprint import Node
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.theme import HEADLINE_SCHEME, ColourScheme, Line, Mark, NodeStyle, Theme, headline_style
from blueprint_app.ui.theme.colour import most_readable
from blueprint_app.ui.theme.schemes import StyleOf
from blueprint_app.ui.theme.styles import dot_colour

PAST = "past"
NOT_YET = "not there yet"
_LAST = 99


def past_scheme(moment: Moment, names: Mapping[str, str], chosen: str) -> ColourScheme:
    """The colours of a moment; by headline where that scheme is chosen, else leanblueprint's.

    `names` gives the ids then by those of now, where they differ.
    """
    then = moment.by_id

    def styling(_snapshot: Snapshot, theme: Theme) -> StyleOf:
        absent = _absent(theme)

        def style_of(node: Node) -> NodeStyle:
            found = then.get(names.get(node.id, node.id))
            if found is None:
                return absent
            if chosen == HEADLINE_SCHEME.id:
                return headline_style(found.headline, theme)
            return _as_leanblueprint(found, theme)

        return style_of

    return ColourScheme(PAST, "As it was", styling)


def _absent(theme: Theme) -> NodeStyle:
    meaning = "this node was not in the blueprint at that time"
    return NodeStyle(
        NOT_YET, theme.ground, theme.faint_edge, theme.muted, theme.line, theme.ground,
        Mark.NONE, Line.DASHED, False, meaning, _LAST,
    )  # fmt: skip


def _as_leanblueprint(then: NodeThen, theme: Theme) -> NodeStyle:
    words, mark, rank = _words(then)
    fill, border = then.fill or theme.paper, then.border or (theme.muted if theme.is_dark else theme.text)
    text = most_readable(fill, theme.paper_text, "#FFFFFF")
    line = Line.SOLID if then.border else Line.THIN
    meaning = "as its author declared it at that time"
    return NodeStyle(
        words, fill, border, text, dot_colour(fill, border, theme), theme.paper, mark, line, False, meaning, rank
    )


def _words(then: NodeThen) -> tuple[str, Mark, int]:
    if then.is_fully_proved:
        return "done, with all it rests on", Mark.DOUBLE_TICK, 4
    if then.is_proved:
        return "proved", Mark.TICK, 3
    if then.is_stated and not then.needs_proof:
        return "defined", Mark.OUTLINED_TICK, 2
    if then.is_stated:
        return "stated", Mark.HALF_DISC, 1
    return "not in Lean", Mark.NONE, 0
