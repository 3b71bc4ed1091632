"""What rests on a node, and what it would lose."""

from collections.abc import Iterator, Sequence
from typing import Any

from blueprint_app.export.planning.lines import counted, node_line, one_line
from blueprint_app.export.titles import plain_title
from blueprint_app.insight.graph.impact import Affected, Impact
from blueprint_app.model.snapshot import Snapshot

_MOST = 60


def impact_as_text(snapshot: Snapshot, impact: Impact) -> str:
    """Counts first, then the nodes by how far away they are."""
    lines = [f"If {node_line(snapshot, impact.node)} were wrong", ""]
    if not impact.affected:
        return "\n".join([*lines, "Nothing rests on it.", ""])
    lines += (resting_in_words(impact), *lost_in_words(impact))
    if impact.goals:
        goals = "; ".join(node_line(snapshot, goal) for goal in impact.goals[:5])
        more = f" and {len(impact.goals) - 5} more" if len(impact.goals) > 5 else ""
        lines.append(f"Goals among them ({len(impact.goals)}): {goals}{more}")
    if len(impact.by_chapter) > 1:
        lines += [
            "",
            *(
                f"  {count:>5}  {one_line(plain_title(name)) or 'before the first chapter'}"
                for name, count in impact.by_chapter
            ),
        ]
    lines += ["", *_nodes(snapshot, impact.affected)]
    lines += ["", "By the uses that the blueprint states; what Lean itself uses may be more or less."]
    return "\n".join(lines) + "\n"


def impact_as_json(snapshot: Snapshot, impact: Impact) -> dict[str, Any]:
    """The same, schema ``blueprint-impact/1``."""
    return {
        "schema": "blueprint-impact/1",
        "title": snapshot.blueprint.title,
        "reading": snapshot.reading.value,
        "node": impact.node,
        "goals": list(impact.goals),
        "chapters": [{"title": name, "nodes": count} for name, count in impact.by_chapter],
        "affected": [
            {
                "node": each.node,
                "steps": each.steps,
                "by_way_of": each.by_way_of,
                "headline": snapshot.headlines[each.node].value,
                "loses": {
                    "lean_verified": each.is_verified,
                    "fully_verified": each.is_fully_verified,
                    "fully_proved": each.is_fully_proved,
                },
            }
            for each in impact.affected
        ],
    }


def resting_in_words(impact: Impact) -> str:
    """How many nodes rest on it; there is at least one."""
    direct = sum(each.steps == 1 for each in impact.affected)
    if len(impact.affected) == 1:
        return "1 node rests on it, directly."
    return f"{counted(len(impact.affected), 'node')} rest on it, {direct} of them directly."


def lost_in_words(impact: Impact) -> Iterator[str]:
    """What they would lose, a sentence each."""
    verified, declared = len(impact.verified), len(impact.fully_proved)
    if verified:
        yield f"Lean has verified {verified} of them; {'it' if verified == 1 else 'they'} would rest on nothing."
    else:
        yield "None of them is known to be verified by Lean."
    if declared:
        are = "is" if declared == 1 else "are"
        yield f"{declared} {are} declared proved with everything below, and would not be any more."


def _nodes(snapshot: Snapshot, affected: Sequence[Affected]) -> Iterator[str]:
    for each in affected[:_MOST]:
        state = snapshot.headlines[each.node].value
        yield f"  {each.steps:>3}  {node_line(snapshot, each.node)} · {state}"
    if len(affected) > _MOST:
        yield f"       and {len(affected) - _MOST} more; --json lists all"
