"""What is concluded from histories that were made by hand."""

from datetime import timedelta

import pytest

from blueprint_app.insight.history.burn_up import LONGEST, burn_up, step_for
from blueprint_app.insight.history.comparing import Renaming, changed_between
from blueprint_app.insight.history.events import Happening, events_of, lines_of, renamed
from blueprint_app.insight.history.history import Commit, History, steadied
from blueprint_app.insight.history.moments import NO_TEXT, Counts, Moment, counts_of, moment_of
from blueprint_app.insight.history.pace import pace_of, quantile
from blueprint_app.insight.progress import progress_of
from blueprint_app.model.blueprint import Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.sources.project import read_project
from tests.insight.history.histories import START, WEEK, history, moment, node, point, proving


@pytest.mark.parametrize("reading", list(Reading))
@pytest.mark.parametrize("sample", ["primes", "chapters", "cycle"])
def test_a_moment_counts_as_progress_does(samples_folder, sample: str, reading: Reading) -> None:
    blueprint = read_project(samples_folder / sample)
    progress = progress_of(snapshot_of(blueprint, reading))
    counts = moment_of(blueprint, reading).counts
    for name in ("nodes", "stated", "to_prove", "proved", "fully_proved", "headlines"):
        assert getattr(counts, name) == getattr(progress, name), name


def test_definitions_have_nothing_to_prove() -> None:
    counts = counts_of([node("d", "s", kind="definition"), node("a", "sp"), node("b")])
    assert (counts.nodes, counts.stated, counts.to_prove, counts.proved, counts.left) == (3, 2, 2, 1, 1)
    assert node("d", "s", kind="definition").is_done
    assert not node("a", "s").is_done


def told(*whats: str | Moment) -> list[tuple[str, str]]:
    return [(event.node, event.what.value) for event in events_of(history(*whats))]


def test_events_come_from_what_is_different() -> None:
    assert told("a b:s", "a:s b:sp", "a:s", "a:s b") == [
        ("a", "added"),
        ("b", "added"),
        ("b", "stated in Lean"),
        ("a", "stated in Lean"),
        ("b", "proved in Lean"),
        ("b", "removed"),
        ("b", "added"),
    ]
    assert told("a:sp", "a") == [
        ("a", "added"),
        ("a", "stated in Lean"),
        ("a", "proved in Lean"),
        ("a", "statement taken back"),
        ("a", "proof taken back"),
    ]


def test_a_point_that_cannot_be_read_takes_nothing_away() -> None:
    assert told("a:s", Moment(problem="broken"), "a:s") == [("a", "added"), ("a", "stated in Lean")]


def test_the_line_of_a_node() -> None:
    lines = lines_of(history("a", "a:s b", "a:sp", "a:sp b"))
    first, last = lines["a"].first(Happening.STATED), lines["b"].last(Happening.ADDED)
    assert first is not None
    assert last is not None
    assert (first.commit.subject, last.commit.subject) == ("week 1", "week 3")
    assert lines["a"].first(Happening.REMOVED) is None
    assert lines["a"].is_from_the_start
    assert not lines["b"].is_from_the_start
    assert lines_of(history("a", ""))["a"].is_gone


def test_renamed_nodes_are_known_by_labels_then_declarations_then_text() -> None:
    old = Moment((node("a", names=("X.a",)), node("b", statement="same"), node("c"), node("d", statement="twice")))
    new = Moment(
        (
            node("a2", names=("X.a",), statement="another"),
            node("b2", statement="same"),
            node("x", statement="new"),
            node("d2", statement="twice"),
            node("d3", statement="twice"),
        )
    )
    assert renamed(old, new) == {"a2": "a", "b2": "b"}
    events = [(event.node, event.what) for event in events_of(history(old, new)) if event.what is not Happening.ADDED]
    assert events == [
        ("a2", Happening.RENAMED),
        ("b2", Happening.RENAMED),
        ("c", Happening.REMOVED),
        ("d", Happening.REMOVED),
    ]
    # Nodes without a word in them are not each other.
    assert renamed(Moment((node("a", statement=NO_TEXT),)), Moment((node("b", statement=NO_TEXT),))) == {}


def test_damage_that_was_mended_counts_as_not_readable() -> None:
    points = [
        point(0, "a:s b:s c:s d"),
        point(1, "a:s", damage="no brace"),
        point(2, "a:s b:s c:s d:s"),
    ]
    assert [each.moment.problem for each in steadied(points)] == ["", "The text is damaged: no brace", ""]


def test_faults_that_change_little_stay() -> None:
    points = [point(0, "a b"), point(1, "a:s b", damage="x"), point(2, "a:sp b:s", damage="x"), point(3, "a:sp b:sp")]
    assert steadied(points) == tuple(points)
    growing = [point(number, " ".join("abcdefgh"[: 2 * number + 1]), damage="x") for number in range(4)]
    assert steadied(growing) == tuple(growing)


def test_a_text_that_is_empty_for_a_while_is_damaged_whatever_comes_next() -> None:
    points = [point(0, "a b c"), point(1, "", damage="missing"), point(2, "x y z u v w")]
    assert steadied(points)[1].moment.problem
    assert steadied(points[:2]) == tuple(points[:2])


def test_what_is_different_in_the_end() -> None:
    before = moment("a b:s c:sp gone:s old")
    after = Moment(
        (
            node("a", "s", statement="reworded"),
            node("b", "sp"),
            node("c", "s", names=("C",)),
            node("new", "sp"),
            node("older", statement="text of old"),
        )
    )
    changed = changed_between(Commit("1", START), before, Commit("2", START + WEEK), after)
    assert changed.added == ("new",)
    assert changed.removed == ("gone",)
    assert changed.renamed == (Renaming("old", "older"),)
    assert changed.stated == ("a", "new")
    assert changed.proved == ("b", "new")
    assert changed.unproved == ("c",)
    assert changed.unstated == ()
    assert changed.statement_changed == ("a",)
    assert changed.declarations_changed == ("c",)
    assert not changed.is_empty
    assert changed_between(Commit("1", START), before, Commit("2", START), before).is_empty


def test_burn_up_takes_the_last_point_before_each_step() -> None:
    steps = burn_up(history("a", "a:s b", "a:sp b"), START + 3.5 * WEEK)
    assert [(step.time, step.counts.nodes, step.counts.proved) for step in steps] == [
        (START + 0.5 * WEEK, 1, 0),
        (START + 1.5 * WEEK, 2, 0),
        (START + 2.5 * WEEK, 2, 1),
        (START + 3.5 * WEEK, 2, 1),
    ]
    assert burn_up(history(), START) == ()
    assert burn_up(history("a"), START - WEEK) == ()


def test_clocks_that_go_wrong_do_no_harm() -> None:
    points = [point(0, "a"), point(-52 * 1900, "a b"), point(2, "a b c")]
    found = History(tuple(points))
    steps = burn_up(found, START + 3 * WEEK, timedelta(days=1))
    assert len(steps) == LONGEST
    assert steps[-1].counts.nodes == 3
    assert found.at(START + WEEK) == points[1]


def test_steps_are_as_short_as_the_rows_allow() -> None:
    found = proving([0] * 30)
    assert step_for(found, START + 29 * WEEK, 30) == WEEK
    assert step_for(found, START + 29 * WEEK, 20) == 2 * WEEK
    assert step_for(history("a"), START, 10) == timedelta(days=1)


def test_the_pace_is_a_range() -> None:
    even = pace_of(proving([2 * week for week in range(20)]), START + 19 * WEEK)
    assert (even.weeks, even.proved, even.left) == (12, 24, 62)
    assert (even.slow, even.fast, even.least_weeks, even.most_weeks) == (2, 2, 31, 31)
    bursts = pace_of(proving([0, 0, 8, 8, 8, 8, 20, 20, 20, 20, 22, 24, 30]), START + 12 * WEEK)
    assert 0 < bursts.slow < bursts.fast
    assert bursts.least_weeks is not None
    assert bursts.most_weeks is not None
    assert bursts.least_weeks < bursts.most_weeks
    assert bursts.least_weeks == -(-70 // bursts.fast)


def test_where_there_is_no_pace_it_says_why() -> None:
    now = START + 12 * WEEK
    for found, why in [
        (history(), "no history"),
        (proving([100] * 13), "Nothing is left"),
        (proving([30, 20, 25, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20]), "taken back"),
        (proving([20] * 13), "nothing was proved"),
    ]:
        pace = pace_of(found, now)
        assert why in pace.why_none
        assert (pace.least_weeks, pace.most_weeks) == (None, None)
    young = pace_of(proving([0, 5, 10, 15]), START + 3 * WEEK)
    assert "younger than 6 weeks" in young.why_none
    # A project that rested for long has no pace, however fast it once was.
    assert pace_of(proving([0, 10, 20, 30, 40, 50, 60]), START + 52 * WEEK).why_none


def test_an_open_end_is_told_as_such() -> None:
    pace = pace_of(proving([0] * 9 + [10, 20, 30, 40]), START + 12 * WEEK)
    assert pace.slow == 0
    assert pace.least_weeks is not None
    assert pace.most_weeks is None


def test_what_is_added_to_the_plan_is_counted_beside_it() -> None:
    moments = [" ".join(f"n{i}:sp" if i < w else f"n{i}" for i in range(20 + w)) for w in range(13)]
    pace = pace_of(history(*moments), START + 12 * WEEK)
    assert (pace.proved, pace.grown, pace.left) == (12, 12, 20)


def test_quantiles() -> None:
    assert [quantile([1, 2, 3, 4], part) for part in (0, 0.5, 1)] == [1, 2.5, 4]
    assert quantile([7], 0.9) == 7


def test_the_sum_of_nothing() -> None:
    assert counts_of([]) == Counts(0, 0, 0, 0, 0, {})
