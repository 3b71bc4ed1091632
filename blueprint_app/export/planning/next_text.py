"""The ranked list of what to do next, with reasons."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from blueprint_app.export.graph_json import diagnostic_as_json
from blueprint_app.export.planning.lines import counted, node_line, one_line, wrapped
from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.next.next_lemma import CRITERIA, NextLemmas, Offer, Work
from blueprint_app.insight.next.offer_words import listed, reasons, uses_mathlib, words_of
from blueprint_app.model.claim import Claim
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.snapshot import Snapshot


def next_as_text(
    snapshot: Snapshot,
    found: NextLemmas,
    chosen: Sequence[Offer],
    limit: int,
    today: date,
    remarks: Sequence[Diagnostic] = (),
) -> str:
    """The first `limit` of the chosen offers, each with what it takes and why it stands there."""
    lines = [_counts(found, chosen), ""]
    for rank, offer in enumerate(chosen[:limit], 1):
        lines += [f"{rank:>3}. {offer.work.value}: {node_line(snapshot, offer.node)}"]
        lines += [wrapped((_takes(offer), *reasons(snapshot, found.standing, offer, today, plain_heading)), "     ")]
        lines += [f"     {snapshot.nodes[offer.node].statement.place}", ""]
    if len(chosen) > limit:
        lines += [f"and {len(chosen) - limit} more: --limit N shows them", ""]
    lines += list(_notes(snapshot, found))
    lines += [f"{remark.place}: {one_line(remark.message)} {remark.hint}".rstrip() for remark in remarks]
    return "\n".join(lines).rstrip() + "\n"


def next_as_json(
    snapshot: Snapshot,
    found: NextLemmas,
    chosen: Sequence[Offer],
    limit: int,
    today: date,
    remarks: Sequence[Diagnostic] = (),
) -> dict[str, Any]:
    """The same, schema ``blueprint-next/1``, with the points of each criterion."""
    return {
        "schema": "blueprint-next/1",
        "title": snapshot.blueprint.title,
        "reading": snapshot.reading.value,
        "date": today.isoformat(),
        "goals": list(found.goals),
        "criteria": {name: {"weight": each.weight, "meaning": each.meaning} for name, each in CRITERIA.items()},
        "found": len(chosen),
        "offers": [_offer(snapshot, found, offer, today) for offer in chosen[:limit]],
        "done_in_lean": list(found.done_in_lean),
        "diagnostics": [diagnostic_as_json(each) for each in remarks],
    }


def weights_as_text() -> str:
    """The table that the ranking rests on."""
    width = max(map(len, CRITERIA))
    rows = [f"{name:<{width}}  {each.weight:>5g}  {each.meaning}" for name, each in CRITERIA.items()]
    return "\n".join([f"{'criterion':<{width}}  points  value, by which the points are multiplied", *rows]) + "\n"


def _counts(found: NextLemmas, chosen: Sequence[Offer]) -> str:
    by_work = [(work, sum(offer.work is work for offer in chosen)) for work in Work]
    parts = ", ".join(f"{count} to {work.value}" for work, count in by_work if count)
    head = f"{counted(len(chosen), 'node')} can be worked on" + (f": {parts}" if parts else "")
    left = "" if len(chosen) == len(found.offers) else f" ({len(found.offers)} without the filters)"
    return f"{head}{left}."


def _takes(offer: Offer) -> str:
    return f"{offer.size.value}, takes {'mathematics and Lean' if offer.skill.value == 'both' else offer.skill.value}"


def _notes(snapshot: Snapshot, found: NextLemmas) -> Iterator[str]:
    if not found.offers:
        unfinished = len(snapshot.nodes) - len(found.standing.stated & found.standing.proved)
        if not unfinished:
            yield "Every node is declared done, or is in Lean; nothing is left to do."
        else:
            yield f"{counted(unfinished, 'node is', 'nodes are')} not done, but none is ready: see `blocked`."
    if found.done_in_lean:
        yield (
            f"In Lean already, though the blueprint does not say so: {one_line(listed(found.done_in_lean))}. "
            "See `check` for the flags that are missing."
        )


def _offer(snapshot: Snapshot, found: NextLemmas, offer: Offer, today: date) -> dict[str, Any]:
    node = snapshot.nodes[offer.node]
    return {
        "id": node.id,
        "kind": node.kind,
        "number": node.number,
        "title": node.title,
        "work": offer.work.value,
        "skill": offer.skill.value,
        "size": offer.size.value,
        "score": round(offer.score, 3),
        "points": found.points(offer),
        "impact": offer.impact,
        "makes_ready": list(offer.makes_ready),
        "last_gap_of": offer.last_gap_of,
        "goal": offer.goal,
        "steps_to_goal": offer.steps if offer.goal is not None else None,
        "words": words_of(node, offer),
        "uses": offer.uses,
        "uses_mathlib": uses_mathlib(snapshot, node.id),
        "failed_attempts": offer.failed,
        "claimed": offer.is_claimed,
        "claims": [claim_as_json(claim, today) for claim in offer.claims],
        "discussion": node.discussion or None,
        "reasons": list(reasons(snapshot, found.standing, offer, today, plain_heading)),
        "file": node.statement.place.file,
        "line": node.statement.place.line,
    }


def claim_as_json(claim: Claim, today: date) -> dict[str, Any]:
    """A claim as it stands in the file, and whether it has expired."""
    return {
        "node": claim.node,
        "by": claim.by,
        "since": claim.since.isoformat() if claim.since else None,
        "expires": claim.expires.isoformat() if claim.expires else None,
        "note": claim.note,
        "expired": claim.has_expired(today),
        "origin": claim.origin or None,
    }
