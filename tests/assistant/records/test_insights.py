"""What all attempts together tell."""

from blueprint_app.assistant.records.insights import model_table, recurring_blockers, timeline, total_cost
from blueprint_app.assistant.records.record import (
    Actor,
    CheckMade,
    CheckMessage,
    FailureSeen,
    Judgement,
    Outcome,
    TokenUsage,
    Verdict,
)
from tests.assistant.records.attempts import full

SMALL = Actor("model", "m-small", "", "localhost")
LARGE = Actor("model", "m-large", "", "api.example.org")


def test_blockers_recur_over_nodes() -> None:
    missing = FailureSeen("unknown name", "Nat.foo")
    records = [
        full("lem:a", "2026-11-03T10:00:00+00:00", failure=missing),
        full("lem:b", "2026-11-03T11:00:00+00:00", failure=FailureSeen("unknown name", "Nat.foo \n")),
        full("lem:b", failure=FailureSeen("time", "")),
        full("lem:b", failure=FailureSeen("time", "")),
        full("lem:b", "2026-11-03T09:00:00+00:00", failure=missing),
        full("lem:c", failure=FailureSeen("syntax", "once")),
        full("lem:c", outcome=Outcome.VERIFIED, failure=FailureSeen()),
    ]
    found = recurring_blockers(records)
    assert [(each.kind, each.about, each.count, each.nodes) for each in found] == [
        ("unknown name", "Nat.foo", 3, ("lem:a", "lem:b")),
        ("time", "", 2, ("lem:b",)),
    ]
    assert found[0].last == "2026-11-03T11:00:00+00:00"
    assert len(recurring_blockers(records, least=1)) == 3


def priced(node: str, actor: Actor, outcome: Outcome, cost: float | None, task: str = "prove", **more: object):
    usage = TokenUsage(100, 20, cost=cost)
    return full(node, actor=actor, outcome=outcome, usage=usage, task=task, **more)


def test_who_closed_what_at_which_cost() -> None:
    accepted = Verdict("v", "x", Judgement.ACCEPTED, "Ada", "2026-11-04T10:00:00+00:00")
    rows = model_table(
        [
            priced("lem:a", LARGE, Outcome.FAILED, 0.5),
            priced("lem:a", LARGE, Outcome.VERIFIED, 0.25, verdicts=(accepted,)),
            priced("lem:b", LARGE, Outcome.FAILED, 0.25),
            priced("lem:b", SMALL, Outcome.VERIFIED, None),
            priced("lem:a", SMALL, Outcome.VERIFIED, 0.01),
            priced("lem:a", SMALL, Outcome.VERIFIED, 0.01),
            priced("lem:c", SMALL, Outcome.COMPILED, 0.0, "state"),
            priced("lem:c", SMALL, Outcome.FAILED, 0.0, "explain"),
            priced("lem:c", Actor("tactics"), Outcome.VERIFIED, None),
        ]
    )
    small, large = rows
    assert (small.model, small.attempts, small.closed, small.stated) == ("m-small", 5, ("lem:b", "lem:a"), ("lem:c",))
    assert (small.failed, small.unpriced, small.cost_of_each) == (0, 1, None)
    assert abs((small.cost or 0) - 0.02) < 1e-9
    assert (large.closed, large.accepted, large.failed, large.tokens) == (("lem:a",), ("lem:a",), 2, 360)
    assert (large.cost, large.cost_of_each) == (1.0, 1.0)


def test_no_price_is_no_cost_of_zero() -> None:
    assert total_cost([priced("lem:a", SMALL, Outcome.FAILED, None)]) == (None, 1)
    assert total_cost([]) == (None, 0)
    assert model_table([priced("lem:a", SMALL, Outcome.FAILED, None)])[0].cost is None


def failing(start: str, number: int, *errors: str, run: str = "r", cost: float | None = 0.5, node: str = "lem:a"):
    messages = (*(CheckMessage("error", 1, 0, text) for text in errors), CheckMessage("warning", 1, 0, "unused"))
    return full(
        node,
        f"2026-11-03T{start}:00+00:00",
        run=run,
        round=number,
        check=CheckMade("none", messages=messages),
        usage=TokenUsage(cost=cost),
    )


def test_a_timeline_shows_what_changed_in_the_errors() -> None:
    records = [
        failing("10:02", 3, "unsolved goals\n⊢ a = c"),
        failing("10:00", 1, "unknown name x", "unsolved goals\n⊢ a = b"),
        failing("10:01", 2, "unsolved goals\n⊢ a = b", cost=None),
        failing("10:03", 1, "unknown name y", run="other"),
        failing("10:04", 2, "unknown name y", run="other"),
        failing("10:00", 1, "elsewhere", node="lem:b"),
        full("lem:a", "2026-11-03T10:05:00+00:00", run="", check=CheckMade(), usage=TokenUsage()),
    ]
    steps = timeline(records, "lem:a")
    assert [step.record.round for step in steps[:5]] == [1, 2, 3, 1, 2]
    assert steps[0].errors == ("unknown name x", "unsolved goals", "⊢ a = b")
    assert steps[0].difference == ()
    assert steps[1].difference == ("-unknown name x", " unsolved goals")
    assert steps[2].difference == (" unsolved goals", "-⊢ a = b", "+⊢ a = c")
    assert (steps[3].difference, steps[4].difference) == ((), ())
    assert [step.cost for step in steps] == [0.5, 0.5, 1.0, 1.5, 2.0, 2.0]
    assert steps[5].errors == ("error: unsolved goals",)
