"""What of a project's Lean side could not be looked at, and why: said wherever conclusions are drawn from the rest."""

from collections.abc import Iterator
from typing import Any

from blueprint_app.export.graph_json import diagnostic_as_json
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.evidence import Origin, ProjectEvidence


def remarks_as_text(evidence: ProjectEvidence) -> list[str]:
    """Lines for a terminal, each remark in full; none where all was looked at by this machine itself."""
    return [*_published(evidence.published), *_remarks(evidence.remarks)]


def remarks_as_json(evidence: ProjectEvidence) -> list[dict[str, Any]]:
    """Each remark as the diagnostics of ``blueprint-graph/1`` are."""
    return [diagnostic_as_json(each) for each in evidence.remarks]


def published_as_json(evidence: ProjectEvidence) -> dict[str, str] | None:
    """The file of others' evidence that was taken into account, or None."""
    origin = evidence.published
    return None if origin is None else {"file": origin.source, "date": origin.date, "commit": origin.commit}


def origin_in_words(origin: Origin) -> str:
    """Where published evidence comes from: ``ci.json (2026-01-01 09:30, commit 0123456789)``."""
    # An ISO date to the minute.
    date = origin.date.replace("T", " ")[:16]
    when = ", ".join(filter(None, (date, origin.commit and f"commit {origin.commit[:10]}")))
    return f"{origin.source} ({when})" if when else origin.source


def _published(origin: Origin | None) -> Iterator[str]:
    if origin is not None:
        yield f"Published evidence was taken into account: {origin_in_words(origin)}."


def _remarks(remarks: tuple[Diagnostic, ...]) -> Iterator[str]:
    if remarks:
        yield f"What of Lean's side was not looked at, and why ({len(remarks)})"
    for each in remarks:
        place = f"{each.place}: " if each.place else ""
        yield f"  {place}{each.message}"
        if each.hint:
            yield f"      {each.hint}"
