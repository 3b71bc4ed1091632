"""What the list tells of each node: everything that the graph shows of it by place, colour, mark and line, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from blueprint_app.export.titles import numbered_title, plain_heading
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.node_table.rows import Column
from blueprint_app.ui.theme.schemes import leanblueprint_words, written_by


@dataclass(frozen=True, slots=True)
class ListedNode:
    """A row: `place` is its number in the text, from 1."""

    place: int
    node: NodeId
    name: str
    chapter: str
    headline: str
    declared: str
    lean: tuple[str, ...]
    uses: int
    used_by: int
    written_by: str


def listed_nodes(snapshot: Snapshot, check: Callable[[], None] = lambda: None) -> tuple[ListedNode, ...]:
    """A row for each node, in the order of the text; call it in a job."""
    headings = snapshot.blueprint.headings
    chapters = [numbered_title(heading) for heading in headings]
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
        number("Uses", "Nodes that it uses itself", lambda row: row.uses, 1),
        number("Used by", "Nodes that use it themselves", lambda row: row.used_by, 1),
        text("Lean", "Declarations that formalise it", lambda row: ", ".join(row.lean), 5),
        text("Chapter", "Where it stands", lambda row: row.chapter, 4),
        text("Lean text by", "Who wrote its Lean text", lambda row: row.written_by, 6),
    )


def in_words(row: ListedNode) -> str:
    """A whole row, for the tooltip and for who hears it."""
    lines = [
        row.name,
        row.node,
        f"{row.headline}; {row.declared}" if row.declared else row.headline,
        f"uses {row.uses}, used by {row.used_by}",
        *row.lean,
        row.chapter,
    ]
    return "\n".join(line for line in lines if line)


def as_table(rows: tuple[ListedNode, ...]) -> str:
    """The rows with a heading, by tabs: a spreadsheet takes it."""
    titles = ("No.", "Node", "Label", "Headline", "As declared", "Uses", "Used by", "Lean", "Chapter", "Lean text by")
    lines = ["\t".join(titles)]
    for row in rows:
        cells = (
            row.place, row.name, row.node, row.headline, row.declared, row.uses, row.used_by, ", ".join(row.lean),
            row.chapter, row.written_by,
        )  # fmt: skip
        lines.append("\t".join(" ".join(str(cell).split()) for cell in cells))
    return "\n".join(lines) + "\n"
