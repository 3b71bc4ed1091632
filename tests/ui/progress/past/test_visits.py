"""What counts as the last visit."""

from datetime import UTC, datetime, timedelta

from blueprint_app.ui.progress.past.visits import last_visit, visited

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_first_visit_has_none_before_it():
    assert last_visit(visited({}, "/p", NOON), "/p") is None


def test_opening_again_on_the_same_day_keeps_the_visit_before():
    visits = visited({}, "/p", NOON)
    visits = visited(visits, "/p", NOON + timedelta(days=2))
    assert last_visit(visits, "/p") == NOON
    visits = visited(visits, "/p", NOON + timedelta(days=2, hours=3))
    assert last_visit(visits, "/p") == NOON


def test_projects_are_apart_and_the_oldest_are_forgotten():
    visits = visited({}, "/old", NOON)
    for number in range(250):
        visits = visited(visits, f"/p{number}", NOON)
    assert len(visits) == 200
    assert "/old" not in visits


def test_what_is_no_time_counts_as_no_visit():
    assert last_visit({"/p": "once upon"}, "/p") is None
