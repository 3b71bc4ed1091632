"""What became of a blueprint over time, for scripts: schema ``blueprint-history/1``."""

from datetime import datetime
from typing import Any

from blueprint_app.export.graph_json import diagnostic_as_json
from blueprint_app.insight.history.comparing import ChangedSince
from blueprint_app.insight.history.events import Event, lines_of
from blueprint_app.insight.history.history import Commit, History, HistoryPoint
from blueprint_app.insight.history.moments import Counts
from blueprint_app.insight.history.pace import pace_of
from blueprint_app.model.headline import Headline

SCHEMA = "blueprint-history/1"


def history_as_json(title: str, history: History, now: datetime, changed: ChangedSince | None = None) -> dict[str, Any]:
    """Points, what happened to each node, the pace, and what changed since (null where that was not asked)."""
    pace = pace_of(history, now)
    return {
        "schema": SCHEMA,
        "title": title,
        "head": None if history.head is None else _commit(history.head),
        "commits": history.commits,
        "changes": history.changes,
        "is_shallow": history.is_shallow,
        "points": [_point(each) for each in history.points],
        "nodes": [
            {
                "id": line.node,
                "from_the_start": line.is_from_the_start,
                "events": [_event(each) for each in line.events],
            }
            for line in lines_of(history).values()
        ],
        "pace": {
            "weeks": pace.weeks,
            "proved": pace.proved,
            "added_to_prove": pace.grown,
            "left": pace.left,
            "slow_per_week": round(pace.slow, 2),
            "fast_per_week": round(pace.fast, 2),
            "least_weeks": pace.least_weeks,
            "most_weeks": pace.most_weeks,
            "why_none": pace.why_none or None,
        },
        "since": None if changed is None else _changed(changed),
        "remarks": [diagnostic_as_json(each) for each in history.remarks],
    }


def _commit(commit: Commit) -> dict[str, Any]:
    time = commit.time.isoformat(timespec="seconds")
    return {"commit": commit.id or None, "time": time, "author": commit.author, "subject": commit.subject}


def _point(point: HistoryPoint) -> dict[str, Any]:
    problem = point.moment.problem
    return {
        **_commit(point.commit),
        "problem": problem or None,
        "counts": None if problem else _counts(point.moment.counts),
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "nodes": counts.nodes,
        "statements_formalised": counts.stated,
        "to_prove": counts.to_prove,
        "proofs_formalised": counts.proved,
        "fully_proved": counts.fully_proved,
        "headlines": {each.value: counts.headlines[each] for each in Headline if counts.headlines.get(each)},
    }


def _event(event: Event) -> dict[str, Any]:
    time = event.commit.time.isoformat(timespec="seconds")
    found = {"what": event.what.value, "commit": event.commit.id, "time": time}
    return {**found, "before": event.before} if event.before else found


def _changed(changed: ChangedSince) -> dict[str, Any]:
    return {
        "since": _commit(changed.since),
        "until": _commit(changed.until),
        "before": _counts(changed.before),
        "after": _counts(changed.after),
        "added": changed.added,
        "removed": changed.removed,
        "renamed": [{"before": each.before, "after": each.after} for each in changed.renamed],
        "stated": changed.stated,
        "proved": changed.proved,
        "unstated": changed.unstated,
        "unproved": changed.unproved,
        "statement_changed": changed.statement_changed,
        "proof_changed": changed.proof_changed,
        "declarations_changed": changed.declarations_changed,
    }
