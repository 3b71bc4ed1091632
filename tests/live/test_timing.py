"""When a burst is over; times are given, so that nothing waits."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.live.timing import LONGEST, QUIET, SHORT_QUIET, Burst


def burst_of(*events: tuple[str, float, bool]) -> Burst:
    burst = Burst()
    for path, now, is_complete in events:
        burst.note(path, now, is_complete=is_complete)
    return burst


def test_without_an_event_nothing_is_due() -> None:
    assert Burst().due() is None


def test_a_single_save_is_looked_at_soon() -> None:
    assert burst_of(("a", 1.0, False), ("a", 1.01, True)).due() == 1.01 + SHORT_QUIET


def test_a_file_that_is_still_open_is_given_time() -> None:
    assert burst_of(("a", 1.0, True), ("a", 1.01, False)).due() == 1.01 + QUIET


def test_many_files_are_waited_for() -> None:
    assert burst_of(*((name, 1.0, True) for name in "abcd")).due() == 1.0 + QUIET


def test_an_event_on_everything_is_no_save() -> None:
    burst = Burst()
    burst.note_all(1.0)
    assert burst.due() == 1.0 + QUIET


def test_a_burst_without_end_is_looked_at_all_the_same() -> None:
    burst = burst_of(*((f"{index}", index / 10, True) for index in range(100)))
    assert burst.due() == LONGEST


def test_what_came_later_is_added() -> None:
    burst = burst_of(("a", 1.0, False), ("b", 1.1, True))
    burst.add(burst_of(("a", 1.2, True), ("c", 1.3, False)))
    assert (burst.paths, burst.writing, burst.first, burst.last) == ({"a", "b", "c"}, {"c"}, 1.0, 1.3)
    burst.add(Burst())
    assert (burst.first, burst.last) == (1.0, 1.3)
    empty = Burst()
    empty.add(burst)
    assert (empty.first, empty.last, empty.paths) == (1.0, 1.3, {"a", "b", "c"})


EVENT = st.tuples(st.sampled_from("abcdef"), st.floats(0, 5), st.booleans())


@given(st.lists(EVENT, min_size=1, max_size=20), st.integers(0, 20))
def test_a_burst_in_two_parts_is_the_burst(events: list[tuple[str, float, bool]], cut: int) -> None:
    events = sorted(events, key=lambda event: event[1])
    whole, first = burst_of(*events), burst_of(*events[:cut])
    first.add(burst_of(*events[cut:]))
    assert first == whole
    assert whole.due() is not None
    assert whole.first is not None
    assert min(whole.last, whole.first + LONGEST) <= whole.due() <= whole.first + LONGEST
