"""What became of a blueprint over time, for a terminal."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from blueprint_app.insight.history.burn_up import Step, burn_up, step_for
from blueprint_app.insight.history.comparing import ChangedSince
from blueprint_app.insight.history.history import Commit, History
from blueprint_app.insight.history.pace import Pace, pace_of

_ROWS = 16
_LISTED = 12
_BAR_WIDTH = 20


def history_as_text(title: str, history: History, now: datetime, changed: ChangedSince | None = None) -> str:
    """A page: a table over time, the pace, and with `changed` what is different since then."""
    lines = [_head(title, history), *_remark_lines(history)]
    if not history.readable:
        return "\n".join(lines) + "\n"
    until = max(now, history.readable[-1].commit.time)
    lines += ["  As the author declared it each time; what Lean's side showed then is not known.", ""]
    lines += _table(burn_up(history, until, step_for(history, until, _ROWS)))
    lines += ["", *(f"  {line}" for line in pace_as_lines(pace_of(history, now)))]
    if changed is not None:
        lines += ["", *changed_as_lines(changed)]
    return "\n".join(lines) + "\n"


def sorts_of_change(changed: ChangedSince) -> list[tuple[str, Sequence[str]]]:
    """What is different by sort, in words, with the nodes; of a renamed one both labels."""
    return [(words, nodes) for words, nodes in _sorts(changed) if nodes]


def changed_as_lines(changed: ChangedSince) -> Iterator[str]:
    """What is different, a line for each sort."""
    yield f"  Changed since {_commit(changed.since)}:"
    if changed.is_empty:
        yield "    nothing that the blueprint says"
        return
    before, after = changed.before, changed.after
    yield (
        f"    {before.nodes} -> {after.nodes} nodes, {before.stated} -> {after.stated} statements, "
        f"{before.proved} of {before.to_prove} -> {after.proved} of {after.to_prove} proofs in Lean"
    )
    for words, nodes in sorts_of_change(changed):
        more = f" and {len(nodes) - _LISTED} more" if len(nodes) > _LISTED else ""
        yield f"    {words} ({len(nodes)}): {', '.join(nodes[:_LISTED])}{more}"


def _sorts(changed: ChangedSince) -> list[tuple[str, Sequence[str]]]:
    return [
        ("proved in Lean", changed.proved),
        ("stated in Lean", changed.stated),
        ("proof taken back", changed.unproved),
        ("statement taken back", changed.unstated),
        ("new", changed.added),
        ("gone", changed.removed),
        ("renamed", [f"{each.before} -> {each.after}" for each in changed.renamed]),
        ("statement changed", changed.statement_changed),
        ("written proof changed", changed.proof_changed),
        ("Lean declarations changed", changed.declarations_changed),
    ]


def _head(title: str, history: History) -> str:
    words = f"{title or 'Blueprint'} · {history.commits:,} commits on the main line"
    if history.points and history.head is not None:
        first = history.points[0].commit.time
        words += (
            f", {history.changes:,} of them changed the blueprint, {first:%Y-%m-%d} to {history.head.time:%Y-%m-%d}"
        )
    return words


def _remark_lines(history: History) -> list[str]:
    if not history.remarks:
        return [""]
    return ["", *(f"  Note: {each.message} {each.hint}".rstrip() for each in history.remarks), ""]


def _table(steps: Sequence[Step]) -> Iterator[str]:
    rows = [
        (
            f"{step.time:%Y-%m-%d}",
            str(step.counts.nodes),
            str(step.counts.stated),
            f"{step.counts.proved} of {step.counts.to_prove}",
            str(step.counts.fully_proved),
            _bar(step),
        )
        for step in steps
    ]
    head = ("", "nodes", "stated", "proved", "fully", "proofs in Lean")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = [cell.rjust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        yield f"  {'  '.join(cells)}  {row[-1]}".rstrip()


def _bar(step: Step) -> str:
    """Filled as far as is proved, never to the end before all is."""
    whole = step.counts.to_prove
    done = _BAR_WIDTH * step.counts.proved // whole if whole else 0
    return "█" * done + "░" * (_BAR_WIDTH - done)


def pace_as_lines(pace: Pace) -> Iterator[str]:
    """The pace and the range of what remains, in sentences."""
    if pace.why_none:
        why = pace.why_none[0].lower() + pace.why_none[1:]
        yield f"No pace: {why}" + (f" {_proofs(pace.left)} left." if pace.left else "")
        return
    grown = f"{abs(pace.grown)} nodes were {'added to' if pace.grown > 0 else 'taken from'} what is to be proved"
    done = "1 proof was" if pace.proved == 1 else f"{pace.proved} proofs were"
    yield (
        f"In the last {pace.weeks} weeks {done} declared done"
        + (f", and {grown}" if pace.grown else "")
        + f"; {pace.left} are left."
    )
    between = f"between {pace.slow:.1f} and {pace.fast:.1f} proofs a week"
    if pace.most_weeks is None:
        least = "longer than can be told" if pace.least_weeks is None else f"at least {_weeks(pace.least_weeks)}"
    elif pace.most_weeks == pace.least_weeks:
        least = f"about {_weeks(pace.most_weeks)}"
    else:
        least = f"{pace.least_weeks} to {_weeks(pace.most_weeks)}"
    yield f"At that pace, {between}, the rest would take {least}, if nothing is added. That is no promise."


def _proofs(count: int) -> str:
    return "1 proof is" if count == 1 else f"{count} proofs are"


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def _commit(commit: Commit) -> str:
    day = f"{commit.time:%Y-%m-%d}"
    return f"{day} ({commit.id[:7]}, {commit.subject})" if commit.id else f"{day}, before the blueprint began"
