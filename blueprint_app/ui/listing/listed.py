"""What the list tells of each node: everything that the graph shows of it by place, colour, mark and line, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from blueprint_app.export.titles import numbered_title, plain_heading
from blueprint_app.insight.next.readiness import readiness_of
from blueprint_app.insight.standing import standing_of
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.node_table.rows import Column
from blueprint_app.ui.theme.schemes import leanblueprint_words, written_by


@dataclass(frozen=True, slots=True)
class ListedNode:
    """A row: `place` is its number in the text, from 1; `ready` says what can be done now ("": nothing)."""

    place: int
    node: NodeId
    name: str
    chapter: str
    headline: str
    declared: str
    ready: str
    lean: tuple[str, ...]
    uses: int
    used_by: int
    written_by: str


def listed_nodes(snapshot: Snapshot, check: Callable[[], None] = lambda: None) -> tuple[ListedNode, ...]:
    """A row for each node, in the order of the text; call it in a job."""
    headings = snapshot.blueprint.headings
    chapters = [numbered_title(heading) for heading in headings]
    standing = standing_of(snapshot)
    done = standing.stated & standing.proved
    unfinished = [node for node in snapshot.blueprint.nodes if node.id not in done]
    readiness = readiness_of(snapshot, standing, unfinished)
    rows = []
    for place, node in enumerate(snapshot.blueprint.nodes, 1):
        if not place % 500:
            check()
        border, fill, _mark = leanblueprint_words(snapshot, node)
        rows.append(
            ListedNode(
                place,
                node.id,
                plain_heading(node),
                chapters[node.path[0]] if node.path else "",
                snapshot.headlines[node.id].value,
                ", ".join(words for words in (border, fill) if words),
                _ready_words(node.id in readiness.to_state, node.id in readiness.to_prove),
                tuple(name for command in node.statement.lean for name in command.texts if name),
                len({*snapshot.statement_uses[node.id], *snapshot.proof_uses[node.id]}),
                len(snapshot.used_by[node.id]),
                written_by(snapshot, node),
            )
        )
    return tuple(rows)


def columns(rows: tuple[ListedNode, ...]) -> tuple[Column, ...]:
    """The columns of the list; each is as wide as the longest of its words."""

    def text(title: str, hint: str, of: Callable[[Any], str], spare: int, most: int = 26) -> Column:
        longest = max((of(row) for row in rows), key=len, default="")
        return Column(title, hint, of, lambda row: of(row).casefold(), longest[:most] or title, spare=spare)

    def number(title: str, hint: str, of: Callable[[Any], int], spare: int) -> Column:
        return Column(title, hint, lambda row: f"{of(row):,}", of, "88,888", True, spare=spare)

    return (
        number("No.", "Its place in the text", lambda row: row.place, 2),
        Column("Node", "Name and title", lambda row: row.name, lambda row: row.name.casefold(), has_mark=True),
        text("Headline", "Its state at a glance", lambda row: row.headline, 0),
        text("As declared", "What leanblueprint's border and fill say of it", lambda row: row.declared, 3),
        text("Ready", "What can be done now: all that it waits for is in Lean", lambda row: row.ready, 4),
        number("Uses", "Nodes that it uses itself", lambda row: row.uses, 1),
        number("Used by", "Nodes that use it themselves", lambda row: row.used_by, 1),
        text("Lean", "Declarations that formalise it", lambda row: ", ".join(row.lean), 6),
        text("Chapter", "Where it stands", lambda row: row.chapter, 5),
        text("Label", "Its label in the blueprint", lambda row: row.node, 8),
        text("Lean text by", "Who wrote its Lean text", lambda row: row.written_by, 7),
    )


def _ready_words(to_state: bool, to_prove: bool) -> str:
    return " and ".join(word for word, holds in (("state", to_state), ("prove", to_prove)) if holds)


def in_words(row: ListedNode) -> str:
    """A whole row, for the tooltip and for who hears it."""
    lines = [
        row.name,
        row.node,
        f"{row.headline}; {row.declared}" if row.declared else row.headline,
        f"ready to {row.ready}" if row.ready else "",
        f"uses {row.uses}, used by {row.used_by}",
        *row.lean,
        row.chapter,
    ]
    return "\n".join(line for line in lines if line)


def as_table(rows: tuple[ListedNode, ...]) -> str:
    """The rows with a heading, by tabs and with plain numbers: a spreadsheet takes it."""
    chosen = columns(rows)
    lines = ["\t".join(column.title for column in chosen)]
    for row in rows:
        cells = (column.key(row) if column.is_number else column.text(row) for column in chosen)
        lines.append("\t".join(" ".join(str(cell).split()) for cell in cells))
    return "\n".join(lines) + "\n"
