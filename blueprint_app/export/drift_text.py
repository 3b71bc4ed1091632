"""The drift inbox for a terminal, made for CI."""

from collections import Counter
from itertools import groupby
from typing import Any

from blueprint_app.export.remarks import published_as_json, remarks_as_json, remarks_as_text
from blueprint_app.insight.drift import Drift, false_claims
from blueprint_app.model.evidence import EvidenceLevel
from blueprint_app.model.snapshot import Snapshot


def drift_as_text(snapshot: Snapshot, drift: tuple[Drift, ...]) -> str:
    """What was compared, the lines of the inbox by kind, each with its place, and a verdict."""
    lines = [_compared(snapshot), "", *remarks_as_text(snapshot.evidence)]
    lines += [""] if len(lines) > 2 else []
    for kind, group in groupby(drift, key=lambda each: each.kind):
        found = list(group)
        lines.append(f"{kind.value[0].upper()}{kind.value[1:]} ({len(found)})")
        for each in found:
            lines.append(f"  {each.place}: {each.node}: {each.message}")
            if len(each.chain) > 1:
                lines.append(f"      {' → '.join(each.chain)}")
            elif each.chain:
                lines.append(f"      {each.chain[0]}")
            if each.edit is not None:
                lines.append(f"      {each.edit.title}")
        lines.append("")
    lines.append(_verdict(drift))
    return "\n".join(lines) + "\n"


def drift_as_json(snapshot: Snapshot, drift: tuple[Drift, ...]) -> dict[str, Any]:
    """The same, schema ``blueprint-drift/1``."""
    levels = Counter(each.level for each in snapshot.node_evidence.values() if each.declarations)
    return {
        "schema": "blueprint-drift/1",
        "title": snapshot.blueprint.title,
        "reading": snapshot.reading.value,
        "nodes": len(snapshot.blueprint.nodes),
        "evidence": {level.name.lower(): levels[level] for level in EvidenceLevel},
        "published": published_as_json(snapshot.evidence),
        "remarks": remarks_as_json(snapshot.evidence),
        "false_claims": len(false_claims(drift)),
        "drift": [
            {
                "kind": each.kind.name.lower(),
                "node": each.node,
                "message": each.message,
                "file": each.place.file,
                "line": each.place.line,
                "chain": list(each.chain),
                "edit": each.edit.title if each.edit is not None else None,
            }
            for each in drift
        ],
    }


def _compared(snapshot: Snapshot) -> str:
    """How much of the blueprint could be held against Lean, so that silence is not taken for proof."""
    named = [each for each in snapshot.node_evidence.values() if each.declarations]
    levels = Counter(each.level for each in named)
    if not named:
        return f"{len(snapshot.blueprint.nodes)} nodes; none names a Lean declaration."
    words = {
        EvidenceLevel.CHECKED: "checked by Lean",
        EvidenceLevel.BUILT: "recorded by a build",
        EvidenceLevel.SOURCE: "found in the sources (Lean was not asked)",
        EvidenceLevel.MISSING: "not found",
        EvidenceLevel.NONE: "not the project's own, or nothing was read",
    }
    parts = [f"{levels[level]} {word}" for level, word in words.items() if levels[level]]
    return f"{len(snapshot.blueprint.nodes)} nodes, {len(named)} with Lean declarations: {', '.join(parts)}."


def _verdict(drift: tuple[Drift, ...]) -> str:
    false = len(false_claims(drift))
    if false:
        return f"{false} false claim{'s' if false > 1 else ''}."
    if drift:
        return "No claim was found to be false."
    return "Nothing drifted, as far as it could be compared."
