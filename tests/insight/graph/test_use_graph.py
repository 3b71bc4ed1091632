"""Questions asked of all nodes at once, against what a plain search of the same graph says."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.insight.graph.goals import goals_of
from blueprint_app.insight.graph.use_graph import UseGraph, impact_sizes, use_graph
from blueprint_app.model.graph import adjacency, reach
from tests.insight.evidence import made

DIAMOND = """
a: definition
b: lemma proof < a
c: lemma proof < a
d: theorem proof < b / c
e: lemma proof
"""


def graph(text: str) -> UseGraph:
    return use_graph(made(text))


def test_known_answers_on_a_diamond() -> None:
    found = graph(DIAMOND)
    assert impact_sizes(found) == [3, 1, 1, 0, 0]
    assert found.last_gaps({1}) == [-1, -1, -1, 1, -1]
    assert found.last_gaps({0, 1}) == [-1, 0, 0, -2, -1]
    assert found.nearest([3]) == ([2, 1, 1, 0, -1], [3, 3, 3, 3, -1])
    best, before = found.longest([(1, 0), (1, 0), (2, 0), (1, 0), (1, 0)])
    assert best == [(1, 0), (2, 0), (3, 0), (4, 0), (1, 0)]
    assert (before[3], before[2], before[0]) == (2, 0, -1)


def test_nodes_of_a_cycle_rest_on_each_other_and_nothing_hangs() -> None:
    found = graph("a: lemma < c\nb: lemma < a\nc: lemma < b\nd: lemma < c\ne: lemma < e")
    assert impact_sizes(found) == [3, 3, 3, 0, 0]
    order = list(found.order)
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert order.index(3) > order.index(2)
    assert found.last_gaps({0}) == [-1, 0, 0, 0, -1]
    assert found.longest([(1, 0)] * 5)[0] == [(1, 0), (1, 0), (1, 0), (2, 0), (1, 0)]


@given(st.lists(st.lists(st.integers(0, 11), max_size=4), min_size=1, max_size=12), st.sets(st.integers(0, 11)))
def test_any_graph_agrees_with_a_plain_search(uses: list[list[int]], gaps: set[int]) -> None:
    count = len(uses)
    lines = [
        f"n{row}: lemma < {' '.join(f'n{used}' for used in used_by if used < count)}"
        for row, used_by in enumerate(uses)
    ]
    snapshot = made("\n".join(lines))
    found = use_graph(snapshot)
    gaps = {gap for gap in gaps if gap < count}
    above, below = adjacency(snapshot.whole.edges), adjacency(snapshot.whole.edges, backwards=True)
    for row, node in enumerate(found.ids):
        assert impact_sizes(found)[row] == len(reach(node, above))
        missing = {found.rows[other] for other in reach(node, below)} & gaps
        expected = -1 if not missing else next(iter(missing)) if len(missing) == 1 else -2
        assert found.last_gaps(gaps)[row] == expected
    place = {row: at for at, row in enumerate(found.order)}
    for row, used_by in enumerate(found.uses):
        assert all(found.group_of[used] == found.group_of[row] or place[used] < place[row] for used in used_by)


def goals(text: str) -> list[str]:
    snapshot = made(text)
    return list(goals_of(snapshot, use_graph(snapshot)))


def test_goals_are_the_theorems_at_the_top_and_those_called_main() -> None:
    assert goals(DIAMOND) == ["d"]
    assert goals("a: lemma\nb: lemma < a\nc: lemma") == ["b"]
    assert goals("a: lemma\nb: definition < a\nc: lemma") == ["c"]
    assert goals("main-result: lemma\nb: theorem < main-result\nremainder: lemma") == ["main-result", "b"]
