"""The trust report of a theorem, as a list that a referee could read."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from blueprint_app.export.planning.lines import counted, markdown, node_line, one_line
from blueprint_app.export.remarks import published_as_json, remarks_as_json, remarks_as_text
from blueprint_app.insight.graph.trust import Assumption, TrustReport
from blueprint_app.model.snapshot import Snapshot

_STATEMENTS = "Whether a statement in Lean says what the text says, Lean cannot tell; a person has to read both."


def trust_as_text(snapshot: Snapshot, report: TrustReport) -> str:
    """What Lean says, what it rests on, and every assumption by its ground, the gravest first."""
    lines = [f"What {node_line(snapshot, report.node)} rests on", "", *summary_of(report), ""]
    for ground, group in _by_ground(report):
        lines.append(f"{ground} ({len(group)})")
        for each in group:
            lines.append(f"  {node_line(snapshot, each.node)}{_where(each)}")
            lines.append(f"      {one_line(each.message)}  {each.place or ''}".rstrip())
        lines.append("")
    lines.append(_STATEMENTS)
    remarks = remarks_as_text(snapshot.evidence)
    return "\n".join([*lines, *(["", *remarks] if remarks else [])]) + "\n"


def trust_as_markdown(snapshot: Snapshot, report: TrustReport) -> str:
    """The same for a paper's appendix or a pull request."""
    title = markdown(node_line(snapshot, report.node))
    lines = [f"# What {title} rests on", "", *(f"- {markdown(line)}" for line in summary_of(report)), ""]
    for ground, group in _by_ground(report):
        lines += [f"## {markdown(ground)} ({len(group)})", ""]
        for each in group:
            place = f" (`{each.place}`)" if each.place else ""
            lines.append(f"- **{markdown(node_line(snapshot, each.node))}**: {markdown(each.message)}{place}")
        lines.append("")
    return "\n".join([*lines, f"*{_STATEMENTS}*"]) + "\n"


def trust_as_json(snapshot: Snapshot, report: TrustReport) -> dict[str, Any]:
    """The same, schema ``blueprint-trust/1``."""
    return {
        "schema": "blueprint-trust/1",
        "title": snapshot.blueprint.title,
        "reading": snapshot.reading.value,
        "node": report.node,
        "headline": report.headline.value,
        "holds": report.holds,
        "foundation": report.foundation,
        "lean_verified": report.verified,
        "in_mathlib": report.in_mathlib,
        "axioms": None if report.axioms is None else list(report.axioms),
        "allowed_axioms": list(report.allowed),
        "assumptions": [
            {
                "ground": each.ground.name.lower(),
                "node": each.node,
                "steps": each.steps,
                "message": each.message,
                "file": each.place.file if each.place else None,
                "line": each.place.line if each.place else None,
            }
            for each in report.assumptions
        ],
        "published": published_as_json(snapshot.evidence),
        "remarks": remarks_as_json(snapshot.evidence),
    }


def summary_of(report: TrustReport) -> Iterator[str]:
    """What Lean says of the theorem, and how much is taken on trust, a sentence each."""
    if report.axioms is None:
        yield "Lean was not asked about the node itself, so that its axioms are not known."
    else:
        yield f"Lean says that it rests on these axioms: {', '.join(report.axioms) or 'none'}."
    yield (
        f"By the blueprint it rests on {counted(report.foundation, 'node')}; of these and itself Lean has verified "
        f"{report.verified}, and {report.in_mathlib} {'is' if report.in_mathlib == 1 else 'are'} in Mathlib."
    )
    nodes = len({each.node for each in report.assumptions})
    if report.holds:
        yield "No assumption is left."
    elif report.assumptions:
        at = counted(nodes, "node")
        have = "has" if len(report.assumptions) == 1 else "have"
        yield f"{counted(len(report.assumptions), 'assumption')} at {at} {have} to be taken on trust."
    else:
        yield f"No assumption was found under it, yet it counts as {report.headline.value} only."


def _by_ground(report: TrustReport) -> Iterator[tuple[str, list[Assumption]]]:
    for ground, group in groupby(report.assumptions, key=lambda each: each.ground):
        yield ground.value, list(group)


def _where(each: Assumption) -> str:
    return " (the node itself)" if each.steps == 0 else f" ({counted(each.steps, 'step')} below)"
