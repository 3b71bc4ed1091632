"""What is shown of a graph that is narrowed, on hand-made graphs with known answers."""

from dataclasses import replace

from blueprint_app.insight.graph.graph_view import (
    EVERYTHING,
    Focus,
    Level,
    Narrowing,
    Shown,
    box_of,
    done_nodes,
    nodes_between,
    shown_graph,
)
from blueprint_app.model.blueprint import Heading, NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.graph import EdgeKind
from blueprint_app.model.snapshot import Snapshot
from tests.insight.evidence import made, shown
from tests.model.builders import PLACE, blueprint

LADDER = """
a: definition leanok
b: lemma leanok proof:leanok < a
c: lemma leanok proof < a
d: lemma proof < b / c
e: theorem proof < d
f: lemma proof
"""

CHAPTERS = (
    Heading(0, "part", "I", "Ground", PLACE),
    Heading(1, "chapter", "1", "First", PLACE, parent=0),
    Heading(2, "section", "1.1", "Early", PLACE, parent=1),
    Heading(3, "chapter", "2", "Second", PLACE, parent=0),
)
PATHS = {"a": (0, 1, 2), "b": (0, 1, 2), "c": (0, 1), "d": (0, 3), "e": (0, 3), "f": ()}


def of(narrowing: Narrowing, snapshot: Snapshot | None = None) -> Shown:
    found = snapshot or made(LADDER)
    return shown_graph(found, found.whole, narrowing)


def in_chapters() -> Snapshot:
    plain = blueprint(LADDER)
    nodes = tuple(replace(node, path=PATHS[node.id]) for node in plain.nodes)
    return snapshot_of(replace(plain, nodes=nodes, headings=CHAPTERS))


def focus(node: str, up: int | None, down: int | None) -> Narrowing:
    return Narrowing(focus=Focus(NodeId(node), up, down))


def test_nothing_narrowed_is_the_same_graph() -> None:
    snapshot = made(LADDER)
    assert shown_graph(snapshot, snapshot.whole, EVERYTHING).graph is snapshot.whole


def test_focus_goes_so_many_steps_each_way() -> None:
    assert of(focus("d", 1, 0)).graph.nodes == ("b", "c", "d")
    assert of(focus("d", None, 1)).graph.nodes == ("a", "b", "c", "d", "e")
    assert of(focus("d", 0, 0)).graph.nodes == ("d",)
    found = of(focus("b", 0, None))
    assert (found.graph.nodes, found.nodes, found.total) == (("b", "d", "e"), 3, 6)
    assert [edge[:2] for edge in found.graph.edges] == [("b", "d"), ("d", "e")]


def test_a_path_holds_every_way_in_whichever_direction() -> None:
    for ends in (("a", "d"), ("d", "a")):
        found = of(Narrowing(path=(NodeId(ends[0]), NodeId(ends[1]))))
        assert found.graph.nodes == ("a", "b", "c", "d")
        assert not found.is_apart
    assert nodes_between(made(LADDER).whole, NodeId("a"), NodeId("b")) == {"a", "b"}
    assert not of(Narrowing(path=(NodeId("a"), NodeId("b")))).is_apart


def test_a_path_between_nodes_that_have_nothing_to_do_with_each_other() -> None:
    found = of(Narrowing(path=(NodeId("b"), NodeId("c"))))
    assert (found.graph.nodes, found.graph.edges, found.is_apart) == (("b", "c"), (), True)


def test_a_path_through_a_cycle_ends() -> None:
    looped = made("a: lemma < c\nb: lemma < a\nc: lemma < b\nd: lemma < c")
    found = shown_graph(looped, looped.whole, Narrowing(path=(NodeId("a"), NodeId("d"))))
    assert found.graph.nodes == ("a", "b", "c", "d")


def test_done_is_what_is_declared_unless_lean_shows_otherwise() -> None:
    assert done_nodes(made(LADDER)) == {"a", "b"}
    with_gap = made(LADDER, shown("a"), shown("b", proof_sorry=True), shown("c"))
    # b is claimed but has a sorry; c is not claimed, but Lean's text has it whole.
    assert done_nodes(with_gap) == {"a", "c"}
    assert done_nodes(made("a: lemma leanok notready proof:leanok\nb: lemma mathlibok")) == {"b"}


def test_hiding_what_is_done_keeps_what_is_named() -> None:
    assert of(Narrowing(hides_done=True)).graph.nodes == ("c", "d", "e", "f")
    found = of(Narrowing(focus=Focus(NodeId("b"), 1, 1), hides_done=True))
    assert (found.graph.nodes, found.hidden_done) == (("b", "d"), 1)


def test_chapters_become_boxes_with_their_counts() -> None:
    found = of(Narrowing(collapsed=Level.CHAPTER), in_chapters())
    first, second = found.graph.boxes
    assert found.graph.nodes == (first.id, second.id, "f")
    assert (first.title, first.level, first.members, first.counts) == (
        "1 First", "chapter", ("a", "b", "c"), "3 nodes, 2 done",
    )  # fmt: skip
    assert (second.members, second.counts, second.path) == (("d", "e"), "2 nodes, 0 done", (0,))
    # d uses b in its statement and c in its proof: one edge, and a use in a statement.
    assert found.graph.edges == ((first.id, second.id, EdgeKind.STATEMENT),)
    assert (found.nodes, found.total) == (6, 6)
    assert box_of(found.graph, NodeId("e")) == second
    assert box_of(found.graph, NodeId("f")) is None


def test_a_box_counts_what_is_hidden_because_it_is_done() -> None:
    boxes = of(Narrowing(hides_done=True, collapsed=Level.CHAPTER), in_chapters()).graph.boxes
    assert [(box.members, box.counts) for box in boxes] == [
        (("c",), "3 nodes, 2 done"),
        (("d", "e"), "2 nodes, 0 done"),
    ]


def test_sections_become_boxes_and_what_has_none_stands_in_its_chapter() -> None:
    boxes = of(Narrowing(collapsed=Level.SECTION), in_chapters()).graph.boxes
    assert [(box.title, box.members) for box in boxes] == [
        ("1.1 Early", ("a", "b")), ("1 First", ("c",)), ("2 Second", ("d", "e")),
    ]  # fmt: skip
    assert boxes[1].counts == "1 node, 0 done"


def test_an_opened_box_shows_its_nodes_and_a_focus_is_never_in_a_box() -> None:
    snapshot = in_chapters()
    closed = of(Narrowing(collapsed=Level.CHAPTER), snapshot)
    opened = of(Narrowing(collapsed=Level.CHAPTER, opened=frozenset({closed.graph.boxes[1].id})), snapshot)
    assert opened.graph.nodes == (closed.graph.boxes[0].id, "d", "e", "f")
    found = of(Narrowing(focus=Focus(NodeId("d"), None, 0), collapsed=Level.CHAPTER), snapshot)
    assert found.graph.nodes == (closed.graph.boxes[0].id, "d")


def test_boxes_that_rest_on_each_other_are_a_cycle() -> None:
    plain = blueprint("a: lemma\nb: lemma < a\nc: lemma < b")
    paths = {"a": (0,), "b": (1,), "c": (0,)}
    headings = (Heading(0, "chapter", "1", "One", PLACE), Heading(1, "chapter", "2", "Two", PLACE))
    nodes = tuple(replace(node, path=paths[node.id]) for node in plain.nodes)
    snapshot = snapshot_of(replace(plain, nodes=nodes, headings=headings))
    graph = of(Narrowing(collapsed=Level.CHAPTER), snapshot).graph
    assert graph.cycles == (graph.nodes,)
    assert len(graph.edges) == len(graph.drawn_edges) == 2


def test_headings_of_one_name_have_ids_of_their_own_and_no_nodes() -> None:
    plain = blueprint("chapter Notes: lemma\nb: lemma\nc: lemma")
    headings = tuple(Heading(key, "chapter", "", "Notes", PLACE) for key in range(3))
    nodes = tuple(replace(node, path=(key,)) for key, node in enumerate(plain.nodes))
    graph = of(Narrowing(collapsed=Level.CHAPTER), snapshot_of(replace(plain, nodes=nodes, headings=headings))).graph
    assert len(set(graph.nodes)) == 3
    assert not {*graph.nodes} & {node.id for node in nodes}


def test_what_speaks_of_other_nodes_is_left_out() -> None:
    narrowing = Narrowing(Focus(NodeId("x")), (NodeId("a"), NodeId("x")), hides_done=True)
    assert narrowing.within({"a"}) == Narrowing(hides_done=True)
    assert narrowing.within({"a", "x"}) is narrowing
