"""Derived states, colours and words in both readings, on graphs small enough to check by hand."""

from dataclasses import replace

from blueprint_app.model.blueprint import Heading, Landmark, NodeId, Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.place import Place
from blueprint_app.model.why import explain
from tests.model.builders import PLACE, blueprint

TOWER = """
a: definition leanok
b: lemma leanok proof:leanok < a
c: lemma leanok proof < b / a
d: lemma < c
e: theorem < d
f: definition < e
g: lemma notready
"""


def test_states_and_colours_as_leanblueprint_derives_them() -> None:
    status = snapshot_of(blueprint(TOWER)).status
    assert {name: (each.border, each.fill, each.shape) for name, each in status.items()} == {
        "a": ("green", "#B0ECA3", "box"),
        "b": ("green", "#1CAC78", "ellipse"),
        "c": ("green", "#A3D6FF", "ellipse"),
        "d": ("blue", "", "ellipse"),
        "e": ("", "", "ellipse"),
        "f": ("", "", "box"),
        "g": ("#FFAA33", "", "ellipse"),
    }
    assert (status["d"].can_state, status["e"].can_state) == (True, False)


def test_the_strict_reading_repairs_what_misleads() -> None:
    text = """
m: lemma mathlibok
x: definition
y: lemma leanok proof:leanok < m
z: lemma leanok proof:leanok < x
w: lemma leanok proof:leanok < x | m
n: lemma leanok proof proof:notready
"""
    loose, strict = (snapshot_of(blueprint(text), reading) for reading in Reading)
    assert (loose.status["y"].fully_proved, strict.status["y"].fully_proved) == (False, True)
    assert (loose.status["z"].fully_proved, strict.status["z"].fully_proved) == (True, False)
    assert (loose.statement_uses["w"], strict.statement_uses["w"]) == (("m",), ("x", "m"))
    assert (loose.status["n"].can_prove, strict.status["n"].can_prove) == (True, False)


def test_a_cycle_is_found_and_breaks_nothing() -> None:
    text = """
a: lemma leanok proof:leanok < b
b: lemma leanok proof:leanok < a
c: lemma leanok proof:leanok < c
d: lemma leanok proof:leanok < b
"""
    for reading in Reading:
        snapshot = snapshot_of(blueprint(text), reading)
        assert snapshot.whole.cycles == (("a", "b"), ("c",))
        assert len([each for each in snapshot.diagnostics if each.code == "cycle"]) == 2
        assert snapshot.status["d"].fully_proved is (reading is Reading.LEANBLUEPRINT)
        assert "cycle" in " ".join(explain(snapshot, NodeId("a")))


def test_what_is_no_node_blocks_but_draws_nothing() -> None:
    def landmark(label: str, kind: str, *, leanok: bool = False, theorem_kind: str = "") -> Landmark:
        return Landmark(label, label, kind, "1", PLACE, leanok, None, theorem_kind)

    marks = {
        "eq": landmark("eq", "equation"),
        "rem": landmark("rem", "remark", leanok=True, theorem_kind="remark"),
        "indef": landmark("indef", "equation", leanok=True, theorem_kind="definition"),
    }
    text = """
a: lemma leanok proof:leanok < eq
b: lemma leanok proof:leanok < rem
c: lemma leanok proof:leanok < indef
"""
    snapshot = snapshot_of(blueprint(text, marks))
    assert snapshot.whole.edges == ()
    assert [snapshot.status[name].can_state for name in "abc"] == [False, True, True]
    assert [snapshot.status[name].fully_proved for name in "abc"] == [False, False, True]
    assert [each.code for each in snapshot.diagnostics] == ["uses-no-node"] * 3


def test_graphs_per_chapter_judge_one_after_the_other() -> None:
    made = blueprint("a: lemma leanok proof:leanok\nb: lemma leanok proof:leanok < a\nc: lemma < b")
    headings = tuple(Heading(key, "chapter", str(key + 1), f"C{key}", Place("a.tex", 1)) for key in range(2))
    paths = {"a": (1,), "b": (0,), "c": (0,)}
    nodes = tuple(replace(each, path=paths[each.id]) for each in made.nodes)
    made = replace(made, nodes=nodes, headings=headings, graph_scope="chapter")
    snapshot = snapshot_of(made)
    assert [(graph.name, graph.nodes) for graph in snapshot.graphs] == [
        ("chapter_1", ("b", "c")),
        ("chapter_2", ("a",)),
    ]
    assert [tuple(edge[:2]) for edge in snapshot.graphs[0].edges] == [("b", "c")]
    # Chapter 1 comes first, when nothing is known of chapter 2 yet.
    assert snapshot.status["b"].fully_proved is False
    assert snapshot_of(made, Reading.STRICT).status["b"].fully_proved is True
    assert len(snapshot.whole.edges) == 2


def test_why_names_what_stands_in_the_way() -> None:
    snapshot = snapshot_of(blueprint(TOWER))
    assert "waits for d" in explain(snapshot, NodeId("e"))[0]
    assert "ready to be formalised" in explain(snapshot, NodeId("d"))[0]
    assert explain(snapshot, NodeId("g"))[0].startswith("Orange border: the author marked it as not ready (a.tex:7)")
    text = "p: lemma\nq: lemma leanok proof:leanok < p"
    assert "foundation holds 1 unproved: p" in " ".join(explain(snapshot_of(blueprint(text)), NodeId("q")))


def test_each_trap_is_reported() -> None:
    text = """
a: definition
b: lemma leanok proof:leanok < a
c: lemma proof:leanok < nowhere
d: lemma mathlibok
e: lemma leanok notready < d
f: lemma proof proof:notready < a | b / c
"""
    found = {each.code: each for each in snapshot_of(blueprint(text)).diagnostics}
    assert set(found) == {
        "definition-unformalised",
        "proof-without-statement",
        "uses-unresolved",
        "mathlib-blocks",
        "notready-but-leanok",
        "notready-in-proof",
        "uses-repeated",
    }
    assert all(each.message and each.hint and each.place and each.node for each in found.values())
