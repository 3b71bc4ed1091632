"""Colours by who wrote a node and by when it was last changed: there once git has told, as git told it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from blueprint_app.insight.attribution.credits import UNKNOWN, NodeCredit
from blueprint_app.insight.attribution.leading import last_change, leading_person, most_leading
from blueprint_app.model.blueprint import Node
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.progress.people.offered import CONTRIBUTOR, READ_SCHEMES, RECENCY
from blueprint_app.ui.theme import ColourScheme, Line, Mark, NodeStyle, Theme
from blueprint_app.ui.theme.chapters import COLOURS, MARKS
from blueprint_app.ui.theme.colour import mix, most_readable
from blueprint_app.ui.theme.schemes import StyleOf
from blueprint_app.ui.theme.styles import dot_colour

_PEOPLE = tuple(zip(COLOURS, MARKS, strict=True))

_AGES = (
    ("in the last week", timedelta(days=7), "#08306B", Mark.DISC),
    ("in the last month", timedelta(days=30), "#2171B5", Mark.DIAMOND),
    ("in the last three months", timedelta(days=91), "#6BAED6", Mark.TRIANGLE),
    ("in the last year", timedelta(days=365), "#BDD7E7", Mark.SQUARE),
    ("longer ago", None, "#EFF3FF", Mark.RING),
)
"""One hue from dark to light (ColorBrewer, "Blues"), which every eye and a copier keep in order."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    fill: str
    mark: Mark
    meaning: str
    line: Line = Line.SOLID


def contributor_scheme(nodes: Sequence[NodeCredit]) -> ColourScheme:
    """Each node in the colour of the person with most of its lines; who has no colour left is one of the others."""
    leaders = {credit.node: leading_person(credit) for credit in nodes}
    named = most_leading(leaders.values(), len(_PEOPLE))
    others = {name for name in leaders.values() if name and name != UNKNOWN} - set(named)

    def styling(_snapshot: Snapshot, theme: Theme) -> StyleOf:
        entries = [
            _Entry(name, colour, mark, f"most lines of the node's text and Lean are of commits that name {name}")
            for name, (colour, mark) in zip(named, _PEOPLE, strict=False)
        ]
        count = "1 other" if len(others) == 1 else f"{len(others)} others"
        rest = _Entry(count, _grey(theme), Mark.NONE, f"most lines are of one of: {', '.join(sorted(others))}")
        styles = {entry.name: _style(entry, theme, rank) for rank, entry in enumerate(entries)}
        styles |= dict.fromkeys(others, _style(rest, theme, len(entries)))
        return _by(styles, leaders, theme)

    return ColourScheme(CONTRIBUTOR, READ_SCHEMES[CONTRIBUTOR], styling)


def recency_scheme(nodes: Sequence[NodeCredit], now: datetime) -> ColourScheme:
    """Each node by when the newest of its lines of today was written."""
    ages = {credit.node: _age(last_change(credit), now) for credit in nodes}

    def styling(_snapshot: Snapshot, theme: Theme) -> StyleOf:
        styles = {
            name: _style(_Entry(name, colour, mark, f"its newest line was written {name}"), theme, rank)
            for rank, (name, _, colour, mark) in enumerate(_AGES)
        }
        return _by(styles, ages, theme)

    return ColourScheme(RECENCY, READ_SCHEMES[RECENCY], styling)


def _age(time: datetime | None, now: datetime) -> str:
    if time is None:
        return ""
    return next(name for name, span, _, _ in _AGES if span is None or now - time <= span)


def _by(styles: Mapping[str, NodeStyle], value_of: Mapping[str, str], theme: Theme) -> StyleOf:
    rank = len(styles)
    unknown = _Entry("not known", theme.paper, Mark.NONE, "written before the clone begins", Line.DASHED)
    absent = _Entry("not committed", theme.paper, Mark.NONE, "not in the commit that is checked out", Line.THIN)
    not_known, not_there = _style(unknown, theme, rank), _style(absent, theme, rank + 1)

    def style_of(node: Node) -> NodeStyle:
        if node.id not in value_of:
            return not_there
        return styles.get(value_of[node.id], not_known)

    return style_of


def _grey(theme: Theme) -> str:
    return mix(theme.muted, theme.paper, 0.6)


def _style(entry: _Entry, theme: Theme, rank: int) -> NodeStyle:
    text = most_readable(entry.fill, "#000000", "#FFFFFF")
    edge = "#000000" if not theme.is_dark else "#FFFFFF"
    border = mix(entry.fill, edge, 0.45) if entry.fill != theme.paper else theme.muted
    dot = dot_colour(entry.fill, border, theme)
    return NodeStyle(
        entry.name, entry.fill, border, text, dot, theme.ground, entry.mark, entry.line, False, entry.meaning, rank
    )
