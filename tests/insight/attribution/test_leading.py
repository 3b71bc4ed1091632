"""Whose a node mostly is, and when it was last changed, from shares made by hand."""

from datetime import UTC, datetime

from blueprint_app.insight.attribution.credits import UNKNOWN, Credit, NodeCredit, Share
from blueprint_app.insight.attribution.leading import last_change, leading_person, most_leading


def day(number: int) -> datetime:
    return datetime(2025, 1, number, tzinfo=UTC)


def share(**lines: int) -> Share:
    """Lines by name; the first was last changed on the first day, the second on the second ..."""
    people = tuple(Credit(name, count, 1, day(number)) for number, (name, count) in enumerate(lines.items(), 1))
    return Share(sum(lines.values()), people)


def credit(text: Share, lean: Share) -> NodeCredit:
    return NodeCredit("a", "Lemma 1", text, lean)


def test_the_lines_of_both_sides_count_together():
    assert leading_person(credit(share(Ada=5, Emmy=4), share(Emmy=3))) == "Emmy"


def test_equals_are_told_apart_by_name_and_nobody_leads_where_no_line_is_anybodys():
    assert leading_person(credit(share(Emmy=4), share(Ada=4))) == "Ada"
    assert leading_person(credit(Share(), Share())) == ""


def test_what_was_before_the_clone_leads_only_where_it_is_more_than_anybodys():
    assert leading_person(credit(share(**{UNKNOWN: 4}), share(Ada=4))) == "Ada"
    assert leading_person(credit(share(**{UNKNOWN: 5}), share(Ada=4))) == UNKNOWN


def test_the_newest_line_tells_the_last_change():
    assert last_change(credit(share(Ada=1, Emmy=1), share(Ada=1))) == day(2)
    assert last_change(credit(share(**{UNKNOWN: 1}), Share())) is None


def test_those_who_lead_most_come_first_as_far_as_there_is_room():
    leaders = ["Ada", "Emmy", "Emmy", "", UNKNOWN, UNKNOWN, UNKNOWN, "Cleo"]
    assert most_leading(leaders, 2) == ("Emmy", "Ada")
    assert most_leading(leaders, 9) == ("Emmy", "Ada", "Cleo")
