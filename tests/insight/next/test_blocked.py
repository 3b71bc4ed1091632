"""What stands in the way, on hand-made graphs with known answers."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.insight.next.blocked import Blocked, Part, Step, blocked_by, bottlenecks, critical_paths
from blueprint_app.insight.standing import can_be_proved, can_be_stated, standing_of
from blueprint_app.model.blueprint import Landmark, NodeId
from tests.insight.evidence import MISSING, made, shown
from tests.model.builders import PLACE


def names(steps: tuple[Step, ...]) -> list[str]:
    return [f"{step.node}{'' if step.part is Part.STATEMENT else '!'}" for step in steps]


LADDER = """
a: definition
b: definition leanok
c: lemma proof < a b
d: lemma leanok proof < b / c
e: theorem proof < d / a
"""


def of(text: str, node: str) -> Blocked:
    return blocked_by(made(text), NodeId(node))


def test_only_what_is_needed_in_an_order_that_works() -> None:
    found = of(LADDER, "e")
    # d is stated already, so that nothing below it is needed to state e.
    assert names(found.to_state) == []
    assert names(found.to_prove) == ["a", "e"]
    assert names(found.to_finish) == ["a", "c", "c!", "d!", "e", "e!"]
    assert names(of(LADDER, "c").to_state) == ["a"]
    assert names(of(LADDER, "d").to_prove) == ["a", "c"]
    assert (of(LADDER, "d").is_stated, of(LADDER, "b").is_proved) == (True, True)
    assert of(LADDER, "b") == Blocked(NodeId("b"), True, True, (), (), ())


def test_evidence_that_something_is_missing_counts() -> None:
    text = "a: definition leanok\nb: lemma < a"
    assert names(of(text, "b").to_state) == []
    (step,) = blocked_by(made(text, shown("a", MISSING)), NodeId("b")).to_state
    assert step.node == "a"
    assert "Lean's side shows otherwise" in step.notes[0]


def test_notes_and_obstacles_say_what_work_alone_does_not_remove() -> None:
    landmark = {"eq": Landmark("eq", "eq", "equation", "1", PLACE)}
    snapshot = made("a: lemma notready < b\nb: lemma < a\nc: lemma proof < a eq nowhere", landmarks=landmark)
    found = blocked_by(snapshot, NodeId("c"))
    assert found.obstacles == (
        "it uses nowhere, but there is no such label",
        "it uses eq, which is no node: leanblueprint waits for it for ever",
        "a, b rest on each other: no order of work can satisfy that",
    )
    notes = {(step.node, step.part): step.notes for step in found.to_finish}
    assert notes["a", Part.STATEMENT] == ("its text is marked as not ready",)
    assert notes["a", Part.PROOF] == ("no proof is written",)


@given(st.lists(st.tuples(st.lists(st.integers(0, 9), max_size=3), st.booleans()), min_size=1, max_size=10))
def test_doing_the_steps_in_their_order_makes_it_ready(drawn: list[tuple[list[int], bool]]) -> None:
    def text(stated: set[str]) -> str:
        return "\n".join(
            f"n{row}: lemma proof {'leanok' if f'n{row}' in stated else ''} < "
            + " ".join(f"n{used}" for used in uses if used < row)
            for row, (uses, _) in enumerate(drawn)
        )

    stated = {f"n{row}" for row, (_, is_stated) in enumerate(drawn) if is_stated}
    last = NodeId(f"n{len(drawn) - 1}")
    before = made(text(stated))
    steps = [step.node for step in blocked_by(before, last).to_prove]
    for step in steps:
        snapshot = made(text(stated))
        assert can_be_stated(snapshot, standing_of(snapshot), snapshot.nodes[step])
        stated.add(step)
    after = made(text(stated))
    assert can_be_proved(after, standing_of(after), after.nodes[last])
    # Nothing is in the list that is not used by what is: itself, or a statement before it.
    wanted = {last, *before.statement_uses[last], *before.proof_uses[last]}
    assert set(steps) <= wanted.union(*(before.statement_uses[step] for step in steps))


def test_bottlenecks_hold_back_most_first() -> None:
    found = bottlenecks(made(LADDER))
    assert [(each.node, each.holds_back, each.alone, each.goals) for each in found] == [
        ("a", 3, 1, ("e",)),
        ("c", 2, 0, ("e",)),
        ("d", 1, 0, ("e",)),
    ]


def test_a_bottleneck_that_alone_keeps_others_back() -> None:
    text = "a: lemma leanok proof\n" + "\n".join(f"t{each}: theorem leanok proof:leanok < a" for each in range(3))
    assert [(each.holds_back, each.alone, len(each.goals)) for each in bottlenecks(made(text))] == [(3, 3, 3)]


def test_the_critical_path_is_the_longest_chain_of_work() -> None:
    (path,) = critical_paths(made(LADDER))
    assert (path.goal, path.chain, path.done) == ("e", ("a", "c", "d", "e"), frozenset())
    assert (path.steps, path.left) == (6, 4)


def test_what_is_done_links_the_chain_but_does_not_begin_it() -> None:
    text = """
a: definition leanok
b: lemma proof < a
c: lemma leanok proof:leanok < b
d: theorem proof < c
e: theorem leanok proof:leanok
"""
    (path,) = critical_paths(made(text))
    assert (path.chain, path.done, path.steps) == (("b", "c", "d"), {"c"}, 4)


def test_a_finished_project_has_neither() -> None:
    done = made("a: definition leanok\nb: theorem leanok proof:leanok < a")
    assert (bottlenecks(done), critical_paths(done)) == ((), ())


def test_a_cycle_under_a_goal_ends() -> None:
    (path,) = critical_paths(made("a: lemma < b\nb: lemma < a\nc: theorem < a"))
    assert path.chain[-1] == "c"
    assert path.left == 3
