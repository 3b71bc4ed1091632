"""The ids of then, through renamings one after the other."""

from datetime import UTC, datetime, timedelta

from blueprint_app.insight.history.former_names import former_names
from blueprint_app.insight.history.history import Commit, HistoryPoint
from blueprint_app.insight.history.moments import Moment, NodeThen
from blueprint_app.model.headline import Headline


def node(name: str, lean: str) -> NodeThen:
    return NodeThen(name, (name,), "lemma", name, Headline.INFORMAL, False, False, False, "", "", (lean,), "", "")


def points(*moments: tuple[NodeThen, ...]) -> list[HistoryPoint]:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    return [
        HistoryPoint(Commit(str(number), start + timedelta(days=number)), Moment(nodes))
        for number, nodes in enumerate(moments)
    ]


def test_a_node_renamed_twice_is_found_under_each_of_its_names():
    a, b, c = node("a", "A"), node("b", "A"), node("c", "A")
    other = node("o", "O")
    names = former_names(points((a,), (b,), (b, other), (c, other)))
    assert names == ({"c": "a"}, {"c": "b"}, {"c": "b"}, {})


def test_a_node_that_is_new_has_no_former_name():
    assert former_names(points((node("a", "A"),), (node("a", "A"), node("b", "B")))) == ({}, {})
    assert former_names([]) == ()


def test_a_label_that_went_to_another_node():
    first = (node("a", "A"), node("b", "B"))
    second = (node("b2", "B"), node("a2", "A"))
    assert former_names(points(first, second))[0] == {"a2": "a", "b2": "b"}
