"""What stands in the way of a node, and of the whole project."""

from collections.abc import Iterator, Sequence
from typing import Any

from blueprint_app.export.planning.lines import counted, node_line, one_line
from blueprint_app.insight.next.blocked import Blocked, Bottleneck, CriticalPath, Step
from blueprint_app.insight.next.offer_words import listed
from blueprint_app.model.snapshot import Snapshot

_MOST_STEPS = 40


def blocked_as_text(snapshot: Snapshot, found: Blocked) -> str:
    """The steps before its statement, before its proof, and until all is done below it."""
    lines = [node_line(snapshot, found.node), ""]
    is_definition = snapshot.nodes[found.node].kind == "definition"
    if found.is_stated and found.is_proved:
        lines.append("It is in Lean.")
    elif found.is_stated:
        lines.append("Its statement is in Lean.")
    else:
        lines += _section(snapshot, "Before it can be stated", found.to_state, "It can be stated now.")
    if not found.is_proved and not is_definition:
        lines += ["", *_section(snapshot, "Before it can be proved", found.to_prove, "It can be proved now.")]
    if found.to_finish:
        title = "Until it is in Lean with all that it rests on"
        lines += ["", *_section(snapshot, title, found.to_finish, "")]
    elif found.is_proved:
        lines.append("So is all that it rests on.")
    if found.obstacles:
        lines += ["", "What no work on nodes removes", *(f"  {one_line(each)}" for each in found.obstacles)]
    return "\n".join(lines) + "\n"


def project_as_text(
    snapshot: Snapshot, bottlenecks: Sequence[Bottleneck], paths: Sequence[CriticalPath], limit: int
) -> str:
    """The nodes that hold back most, and the longest chain of work below each goal."""
    if not bottlenecks and not paths:
        return "Nothing is held back: all that something rests on is declared done, or is in Lean.\n"
    shown = min(limit, len(bottlenecks))
    lines = [f"What holds back most ({shown} of {len(bottlenecks)})" if shown else "No node holds another back."]
    for each in bottlenecks[:limit]:
        lines += [f"  {each.holds_back:>5}  {node_line(snapshot, each.node)}", *_bottleneck(each)]
    lines += ["", f"The longest chain of work below each goal that is not finished ({len(paths)})"]
    for path in paths[:limit]:
        lines += ["", *_path(snapshot, path)]
    if len(paths) > limit:
        lines += ["", f"and {len(paths) - limit} more goals: --limit N shows them"]
    return "\n".join(lines) + "\n"


def blocked_as_json(snapshot: Snapshot, found: Blocked) -> dict[str, Any]:
    """The same of a node, schema ``blueprint-blocked/1``."""
    return {
        "schema": "blueprint-blocked/1",
        "title": snapshot.blueprint.title,
        "reading": snapshot.reading.value,
        "node": found.node,
        "stated": found.is_stated,
        "proved": found.is_proved,
        "to_state": [_step_as_json(each) for each in found.to_state],
        "to_prove": [_step_as_json(each) for each in found.to_prove],
        "to_finish": [_step_as_json(each) for each in found.to_finish],
        "obstacles": list(found.obstacles),
    }


def project_as_json(
    snapshot: Snapshot, bottlenecks: Sequence[Bottleneck], paths: Sequence[CriticalPath], limit: int
) -> dict[str, Any]:
    """The same of a project, schema ``blueprint-bottlenecks/1``."""
    return {
        "schema": "blueprint-bottlenecks/1",
        "title": snapshot.blueprint.title,
        "reading": snapshot.reading.value,
        "found": len(bottlenecks),
        "bottlenecks": [
            {"node": each.node, "holds_back": each.holds_back, "alone": each.alone, "goals": list(each.goals)}
            for each in bottlenecks[:limit]
        ],
        "critical_paths": [
            {
                "goal": path.goal,
                "left": path.left,
                "steps": path.steps,
                "words": path.words,
                "chain": [{"node": node, "done": node in path.done} for node in path.chain],
            }
            for path in paths
        ],
    }


def _section(snapshot: Snapshot, title: str, steps: Sequence[Step], none: str) -> Iterator[str]:
    if not steps:
        yield none
        return
    yield f"{title}: {counted(len(steps), 'step')}"
    for number, step in enumerate(steps[:_MOST_STEPS], 1):
        notes = f" ({'; '.join(step.notes)})" if step.notes else ""
        what = "state" if step.part.value == "statement" else "prove"
        yield f"  {number:>3}. {what} {node_line(snapshot, step.node)}{notes}"
    if len(steps) > _MOST_STEPS:
        yield f"       and {len(steps) - _MOST_STEPS} more; --json lists all"


def _bottleneck(each: Bottleneck) -> Iterator[str]:
    parts = []
    if each.goals:
        parts.append(f"{counted(len(each.goals), 'goal')}: {one_line(listed(each.goals))}")
    if each.alone:
        parts.append(f"all that is missing under {counted(each.alone, 'node')}")
    if parts:
        yield f"         {'; '.join(parts)}"


def _path(snapshot: Snapshot, path: CriticalPath) -> Iterator[str]:
    yield f"  {node_line(snapshot, path.goal)}: {counted(path.left, 'node')} left under it or at it"
    yield f"    {counted(path.steps, 'step')} one after the other, texts of {counted(path.words, 'word')}:"
    for node in path.chain:
        yield f"      {'✓' if node in path.done else '·'} {node_line(snapshot, node)}"


def _step_as_json(step: Step) -> dict[str, Any]:
    return {"node": step.node, "part": step.part.value, "notes": list(step.notes)}
