"""How far a blueprint is, for a terminal and for scripts."""

from collections import Counter
from typing import Any

from blueprint_app.export.remarks import published_as_json, remarks_as_json, remarks_as_text
from blueprint_app.export.titles import numbered_title, plain_title
from blueprint_app.insight.progress import Progress, percent, progress_of
from blueprint_app.model.blueprint import Heading, NodeId
from blueprint_app.model.diagnostic import Severity
from blueprint_app.model.evidence import EvidenceLevel
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot


def status_as_text(snapshot: Snapshot) -> str:
    """A page of counts with their totals, chapter by chapter, and what is wrong."""
    blueprint, progress = snapshot.blueprint, progress_of(snapshot)
    lines = [
        f"{plain_title(blueprint.title) or 'Blueprint'} · {progress.nodes} nodes · {snapshot.reading.value} reading",
        "",
    ]
    lines += _table(
        [
            ("statements in Lean", progress.stated, progress.nodes),
            ("proofs in Lean", progress.proved, progress.to_prove),
            ("fully proved, with all below", progress.fully_proved, progress.nodes),
        ]
    )
    lines += ["", f"  ready to state {progress.ready_to_state} · ready to prove {progress.ready_to_prove}"]
    lines += ["", f"  {grounds_in_words(snapshot)}"]
    lines += [f"  {count:>6}  {headline.value}" for headline, count in _headlines(progress)]
    remarks = remarks_as_text(snapshot.evidence)
    lines += ["", *(f"  {line}" for line in remarks)] if remarks else []
    chapters = _chapters(snapshot)
    if chapters:
        lines += ["", "  Proofs in Lean by chapter"]
        lines += _table([(name, each.proved, each.to_prove) for name, each in chapters])
    lines += ["", _findings(snapshot)]
    return "\n".join(lines) + "\n"


def status_as_json(snapshot: Snapshot) -> dict[str, Any]:
    """The same counts, schema ``blueprint-status/1``."""
    severities = Counter(diagnostic.severity for diagnostic in snapshot.diagnostics)
    return {
        "schema": "blueprint-status/1",
        "title": snapshot.blueprint.title,
        "reading": snapshot.reading.value,
        **_counts(progress_of(snapshot)),
        "chapters": [{"title": name, **_counts(each)} for name, each in _chapters(snapshot)],
        "diagnostics": {severity.value: severities[severity] for severity in Severity},
        "published": published_as_json(snapshot.evidence),
        "remarks": remarks_as_json(snapshot.evidence),
    }


def grounds_in_words(snapshot: Snapshot) -> str:
    """What the headlines rest on."""
    levels = {each.level for each in snapshot.node_evidence.values()}
    if EvidenceLevel.CHECKED in levels:
        return "As Lean says where it was asked, else by its sources, else as the author declares it:"
    if levels & {EvidenceLevel.SOURCE, EvidenceLevel.BUILT}:
        return "By the Lean sources, else as the author declares it; Lean was not asked:"
    return "As the author declares it; Lean's side was not looked at:"


def _counts(progress: Progress) -> dict[str, Any]:
    return {
        "nodes": progress.nodes,
        "statements_formalised": progress.stated,
        "to_prove": progress.to_prove,
        "proofs_formalised": progress.proved,
        "fully_proved": progress.fully_proved,
        "ready_to_state": progress.ready_to_state,
        "ready_to_prove": progress.ready_to_prove,
        "headlines": {headline.value: count for headline, count in _headlines(progress)},
    }


def _headlines(progress: Progress) -> list[tuple[Headline, int]]:
    return [(headline, progress.headlines[headline]) for headline in Headline if progress.headlines.get(headline)]


def nodes_by_chapter(snapshot: Snapshot) -> list[tuple[Heading, list[NodeId]]]:
    """The outermost headings that hold nodes, each with these, in document order."""
    members: dict[int, list[NodeId]] = {}
    for node in snapshot.blueprint.nodes:
        if node.path:
            members.setdefault(node.path[0], []).append(node.id)
    return [(snapshot.blueprint.headings[key], nodes) for key, nodes in members.items()]


def _chapters(snapshot: Snapshot) -> list[tuple[str, Progress]]:
    return [(numbered_title(heading), progress_of(snapshot, nodes)) for heading, nodes in nodes_by_chapter(snapshot)]


def _table(rows: list[tuple[str, int, int]]) -> list[str]:
    width = min(max(len(name) for name, _, _ in rows), 48)
    digits = max(len(str(total)) for _, _, total in rows)
    return [
        f"  {_clipped(name, width):<{width}}  {part:>{digits}} of {total:>{digits}}  {percent(part, total):>5}"
        for name, part, total in rows
    ]


def _clipped(name: str, width: int) -> str:
    return name if len(name) <= width else name[: width - 1] + "…"


def _findings(snapshot: Snapshot) -> str:
    severities = Counter(diagnostic.severity for diagnostic in snapshot.diagnostics)
    if not severities:
        return "  Nothing wrong was found in the text."
    lines = [
        "  Found in the text: "
        + ", ".join(
            f"{severities[each]} {each.value}{'s' if severities[each] > 1 else ''}"
            for each in Severity
            if severities[each]
        )
    ]
    worst = [each for each in snapshot.diagnostics if each.severity is Severity.ERROR]
    lines += [f"    {each.place or ''}: {each.message}" for each in worst[:10]]
    if len(worst) > 10:
        lines.append(f"    and {len(worst) - 10} more errors; `graph --format json` lists all")
    return "\n".join(lines)
