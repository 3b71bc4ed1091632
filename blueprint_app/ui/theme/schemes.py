"""Colour schemes: each answers one question about all nodes at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.graph import NodeBox
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.theme.chapters import by_chapter
from blueprint_app.ui.theme.colour import most_readable
from blueprint_app.ui.theme.styles import Line, Mark, NodeStyle, dot_colour
from blueprint_app.ui.theme.themes import Theme

StyleOf = Callable[[Node], NodeStyle]


@dataclass(frozen=True, slots=True)
class ColourScheme:
    """A way to colour the graph; `styling` makes, for a snapshot and a theme, the rule from node to style."""

    id: str
    title: str
    styling: Callable[[Snapshot, Theme], StyleOf]


def styles_of(
    scheme: ColourScheme, snapshot: Snapshot, nodes: Sequence[NodeId], theme: Theme, boxes: Sequence[NodeBox] = ()
) -> tuple[tuple[NodeStyle, ...], list[int]]:
    """The styles that occur among `nodes`, in order of first use, and each node's index into them.

    `boxes` are those of `nodes` that stand for several.
    """
    style_of = scheme.styling(snapshot, theme)
    looks = {box.id: _box_style(box, theme) for box in boxes}
    if scheme is CHAPTER_SCHEME:
        chapter_of = by_chapter(snapshot, theme)
        looks = {box.id: _in_colour(looks[box.id], chapter_of(snapshot.nodes[box.members[0]])) for box in boxes}
    number: dict[NodeStyle, int] = {}
    styles = (looks[node] if node in looks else style_of(snapshot.nodes[node]) for node in nodes)
    indices = [number.setdefault(style, len(number)) for style in styles]
    return tuple(number), indices


def _box_style(box: NodeBox, theme: Theme) -> NodeStyle:
    """How a collapsed chapter or section looks in every scheme: a scheme tells of single nodes only."""
    is_done = box.done == box.count
    name = f"collapsed {box.level}, all done" if is_done else f"collapsed {box.level}"
    mark = Mark.TICK if is_done else Mark.NONE
    dot = dot_colour(theme.panel, theme.muted, theme)
    meaning = "several nodes in one box; a double click opens it"
    return NodeStyle(
        name, theme.panel, theme.muted, theme.text, dot, theme.ground, mark, Line.DOUBLE, False, meaning, 99
    )


@dataclass(frozen=True, slots=True)
class _Look:
    light: tuple[str, str, str]
    dark: tuple[str, str, str]
    mark: Mark
    line: Line
    meaning: str


def _in_colour(box: NodeStyle, chapter: NodeStyle) -> NodeStyle:
    """A box in the colour of its chapter, which is one thing that can be said of all its nodes."""
    return replace(chapter, name=f"{chapter.name}, collapsed", line=box.line, meaning=box.meaning)


HEADLINES: Mapping[Headline, _Look] = {
    Headline.CONTRADICTED: _Look(
        ("#C8430A", "#7E2600", "#FFFFFF"), ("#F0743E", "#FFC2A6", "#0B0D0F"),
        Mark.EXCLAMATION, Line.SOLID, "declared done, but Lean shows otherwise",
    ),
    Headline.NOT_READY: _Look(
        ("#FFFFFF", "#A35F00", "#1C2024"), ("#16191D", "#E0A040", "#E8EAED"),
        Mark.BAR, Line.DASHED, "its author says it is not ready",
    ),
    Headline.INFORMAL: _Look(
        ("#F1F3F5", "#7A828C", "#1C2024"), ("#23282E", "#8B949E", "#E8EAED"),
        Mark.NONE, Line.THIN, "text only",
    ),
    Headline.AI_DRAFTED: _Look(
        ("#FBE7BE", "#9A6400", "#1C2024"), ("#4A3710", "#E6A93A", "#F3EBDD"),
        Mark.STAR, Line.SOLID, "drafted by a model, and nobody has vouched for it",
    ),
    Headline.STATED: _Look(
        ("#E3F0FA", "#0067A3", "#1C2024"), ("#12304A", "#56B4E9", "#E8EAED"),
        Mark.HALF_DISC, Line.SOLID, "the statement is in Lean, its proof is not",
    ),
    Headline.CLAIMED: _Look(
        ("#FFFFFF", "#3E7D6B", "#1C2024"), ("#16191D", "#6FC3AC", "#E8EAED"),
        Mark.QUESTION, Line.SOLID, "declared proved; no evidence at hand",
    ),
    Headline.FORMALISED: _Look(
        ("#CDEBDF", "#007A59", "#1C2024"), ("#124034", "#3CC39A", "#E8EAED"),
        Mark.OUTLINED_TICK, Line.SOLID, "Lean's text holds it without sorry; Lean was not asked",
    ),
    Headline.LEAN_VERIFIED: _Look(
        ("#007A59", "#00543D", "#FFFFFF"), ("#1E9E78", "#7FE0C2", "#0B0D0F"),
        Mark.TICK, Line.SOLID, "Lean was asked; only allowed axioms",
    ),
    Headline.FULLY_VERIFIED: _Look(
        ("#00493A", "#002B22", "#FFFFFF"), ("#5FD9B4", "#B8F2E0", "#0B0D0F"),
        Mark.DOUBLE_TICK, Line.SOLID, "verified, and so is all that it rests on",
    ),
    Headline.IN_MATHLIB: _Look(
        ("#E9E1F3", "#6B4B9A", "#1C2024"), ("#33264A", "#B79BE0", "#EEE8F7"),
        Mark.MATHLIB, Line.DOUBLE, "its declaration is part of Mathlib",
    ),
}  # fmt: skip
"""Fill, border and text of each headline in both themes, its mark, its line and what it says."""


def headline_style(headline: Headline, theme: Theme) -> NodeStyle:
    """The style of a headline, also for badges and lists."""
    look = HEADLINES[headline]
    fill, border, text = look.dark if theme.is_dark else look.light
    return NodeStyle(
        headline.value, fill, border, text, dot_colour(fill, border, theme), theme.ground,
        look.mark, look.line, headline is Headline.AI_DRAFTED, look.meaning,
        tuple(Headline).index(headline),
    )  # fmt: skip


def _by_headline(snapshot: Snapshot, theme: Theme) -> StyleOf:
    styles = {headline: headline_style(headline, theme) for headline in Headline}
    return _hatching(snapshot, lambda node: styles[snapshot.headlines[node.id]])


def _hatching(snapshot: Snapshot, style_of: StyleOf) -> StyleOf:
    def hatched(node: Node) -> NodeStyle:
        style = style_of(node)
        if style.hatched or not snapshot.waits_for_person(node.id):
            return style
        name = f"{style.name}, AI-drafted" if style.name else "AI-drafted"
        mark = style.mark if style.mark in (Mark.EXCLAMATION, Mark.BAR) else Mark.STAR
        return replace(style, hatched=True, mark=mark, name=name, meaning=HEADLINES[Headline.AI_DRAFTED].meaning)

    return hatched


_BORDER_ORDER = ("not ready", "cannot be stated yet", "ready to state", "stated", "in Mathlib")
_FILL_ORDER = ("", "ready to define", "ready to prove", "proved", "defined", "proved with all it rests on")


def leanblueprint_words(snapshot: Snapshot, node: Node) -> tuple[str, str, Mark]:
    """What leanblueprint's border and fill say of a node, in words, and a mark for both together."""
    status, statement = snapshot.status[node.id], node.statement
    border, mark = "cannot be stated yet", Mark.NONE
    if statement.mathlibok is not None:
        border, mark = "in Mathlib", Mark.MATHLIB
    elif statement.is_leanok:
        border, mark = "stated", Mark.HALF_DISC
    elif status.can_state:
        border, mark = "ready to state", Mark.PEN
    elif statement.notready is not None:
        border, mark = "not ready", Mark.BAR
    in_mathlib = mark is Mark.MATHLIB
    if node.kind == "definition":
        if statement.is_leanok:
            return border, "defined", mark if in_mathlib else Mark.OUTLINED_TICK
        return border, "ready to define" if status.can_state else "", mark
    if status.fully_proved:
        return border, "proved with all it rests on", mark if in_mathlib else Mark.DOUBLE_TICK
    if status.proved:
        return border, "proved", mark if in_mathlib else Mark.TICK
    if status.can_prove and (status.can_state or statement.is_leanok):
        return border, "ready to prove", mark if in_mathlib else Mark.ARROW
    return border, "", mark


def _by_leanblueprint(snapshot: Snapshot, theme: Theme) -> StyleOf:
    def style_of(node: Node) -> NodeStyle:
        status = snapshot.status[node.id]
        border_words, fill_words, mark = leanblueprint_words(snapshot, node)
        fill, border = status.fill or theme.paper, status.border or (theme.muted if theme.is_dark else theme.text)
        text = most_readable(fill, theme.paper_text, "#FFFFFF")
        name = ", ".join(words for words in (border_words, fill_words) if words)
        line = Line.SOLID if status.border else Line.THIN
        rank = 10 * _FILL_ORDER.index(fill_words) + _BORDER_ORDER.index(border_words)
        return NodeStyle(name, fill, border, text, dot_colour(fill, border, theme), theme.paper, mark, line, rank=rank)

    return _hatching(snapshot, style_of)


_PROVENANCE: Mapping[str, _Look] = {
    "not in Lean": replace(HEADLINES[Headline.INFORMAL], meaning="there is no Lean text yet"),
    "human": replace(
        HEADLINES[Headline.STATED], mark=Mark.NONE, meaning="no record says that a model wrote any of its Lean text"
    ),
    "AI, accepted": replace(
        HEADLINES[Headline.AI_DRAFTED], mark=Mark.OUTLINED_TICK, meaning="a person put a model's draft into the project"
    ),
    "AI, statement not vouched for": replace(
        HEADLINES[Headline.AI_DRAFTED], mark=Mark.QUESTION,
        meaning="a model's statement is in the project, and no person has marked it as faithful to the text",
    ),
    "AI, draft": replace(HEADLINES[Headline.AI_DRAFTED], meaning="a model's draft waits outside of the project"),
}  # fmt: skip
"""Who wrote a node's Lean text, from nothing written to what waits for a person."""


def written_by(snapshot: Snapshot, node: Node) -> str:
    """Who wrote a node's Lean text, as far as records tell."""
    known = snapshot.node_provenance[node.id]
    if known.needs_faithful:
        return "AI, statement not vouched for"
    if snapshot.headlines[node.id] is Headline.AI_DRAFTED:
        return "AI, draft"
    if known.is_by_model:
        return "AI, accepted"
    is_in_lean = node.statement.is_leanok or snapshot.node_evidence[node.id].is_found
    return "human" if is_in_lean else "not in Lean"


def _by_provenance(snapshot: Snapshot, theme: Theme) -> StyleOf:
    styles = {}
    for rank, (name, look) in enumerate(_PROVENANCE.items()):
        fill, border, text = look.dark if theme.is_dark else look.light
        dot, hatched = dot_colour(fill, border, theme), name not in ("not in Lean", "human", "AI, accepted")
        styles[name] = NodeStyle(
            name, fill, border, text, dot, theme.ground, look.mark, look.line, hatched, look.meaning, rank
        )
    return lambda node: styles[written_by(snapshot, node)]


def _by_chapter(snapshot: Snapshot, theme: Theme) -> StyleOf:
    return _hatching(snapshot, by_chapter(snapshot, theme))


LEANBLUEPRINT_SCHEME = ColourScheme("leanblueprint", "leanblueprint", _by_leanblueprint)
HEADLINE_SCHEME = ColourScheme("headline", "Headline", _by_headline)
PROVENANCE_SCHEME = ColourScheme("provenance", "Provenance", _by_provenance)
CHAPTER_SCHEME = ColourScheme("chapter", "Chapter", _by_chapter)
SCHEMES = (LEANBLUEPRINT_SCHEME, HEADLINE_SCHEME, CHAPTER_SCHEME, PROVENANCE_SCHEME)
"""All schemes, in the order of the menu."""
