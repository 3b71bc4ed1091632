"""The ranking on hand-made graphs: what is offered, in which order, and why."""

from dataclasses import replace
from datetime import date

import pytest

from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.next.next_lemma import NextLemmas, Offer, Size, Skill, Work, next_lemmas
from blueprint_app.insight.next.offer_words import OfferFilter, reasons
from blueprint_app.model.blueprint import Heading, NodeId, Reading
from blueprint_app.model.claim import Claim, ProjectClaims
from blueprint_app.model.snapshot import Snapshot
from tests.insight.evidence import MISSING, made, shown
from tests.model.builders import PLACE

TODAY = date(2026, 11, 4)


def found(snapshot: Snapshot, **more: object) -> NextLemmas:
    return next_lemmas(snapshot, TODAY, **more)


def offered(snapshot: Snapshot, **more: object) -> list[tuple[str, Work]]:
    return [(offer.node, offer.work) for offer in found(snapshot, **more).offers]


def only(snapshot: Snapshot, node: str, **more: object) -> Offer:
    (offer,) = (offer for offer in found(snapshot, **more).offers if offer.node == node)
    return offer


def with_text(snapshot: Snapshot, node: str, statement: str = "s", proof: str = "p") -> Snapshot:
    """The snapshot with other texts in one node."""
    nodes = tuple(
        replace(
            each,
            statement=replace(each.statement, tex=statement),
            proof=each.proof and replace(each.proof, tex=proof),
        )
        if each.id == node
        else each
        for each in snapshot.blueprint.nodes
    )
    return replace(snapshot, blueprint=replace(snapshot.blueprint, nodes=nodes))


def test_what_can_be_done_at_each_node() -> None:
    snapshot = made(
        "a: definition leanok\n"
        "b: lemma proof < a\n"  # both are ready
        "c: lemma leanok proof < a / a\n"  # its proof is ready
        "d: lemma proof < a / b\n"  # its proof waits for b
        "e: lemma proof < b\n"  # waits for b
        "f: lemma notready < a\n"  # is not ready
        "g: definition < a\n"
        "h: lemma leanok < a\n"  # has no proof to follow
        "i: lemma leanok proof:leanok < a\n"
        "j: lemma mathlibok"
    )
    assert dict(offered(snapshot)) == {
        "b": Work.STATE_AND_PROVE,
        "c": Work.PROVE,
        "d": Work.STATE,
        "g": Work.STATE,
    }
    assert dict(offered(snapshot, with_unwritten=True)).items() >= {"f": Work.WRITE, "h": Work.WRITE}.items()


def test_what_lean_has_already_is_not_offered_and_a_false_claim_is() -> None:
    text = "a: definition\nb: lemma proof < a\nc: lemma leanok proof:leanok < a\nd: lemma leanok proof:leanok"
    snapshot = made(text, shown("a"), shown("b"), shown("c", proof_sorry=True), shown("d"))
    result = found(snapshot)
    assert [(offer.node, offer.work) for offer in result.offers] == [("c", Work.PROVE)]
    assert result.done_in_lean == ("a", "b")
    assert "a false claim: P.c is declared proved, but its text holds a sorry" in told(snapshot, result, "c")
    gone = made("a: definition leanok", shown("a", MISSING))
    assert offered(gone) == [("a", Work.STATE)]


def told(snapshot: Snapshot, result: NextLemmas, node: str) -> tuple[str, ...]:
    offer = next(offer for offer in result.offers if offer.node == node)
    return reasons(snapshot, result.standing, offer, TODAY, plain_heading)


FAN = """
hub: definition
alone: definition
u: lemma proof < hub
v: lemma proof < hub
w: lemma proof < hub
x: theorem proof < u / v w
"""


def test_what_unlocks_more_comes_first_and_says_so() -> None:
    snapshot = made(FAN)
    result = found(snapshot)
    assert [offer.node for offer in result.offers] == ["hub", "alone"]
    assert told(snapshot, result, "hub") == (
        "makes 3 nodes ready: u, v, w",
        "4 nodes rest on it",
        "2 steps below the goal Theorem 6 x",
        "statement of 1 word",
        "uses no other node",
    )
    assert "nothing rests on it" in told(snapshot, result, "alone")


def test_a_node_may_become_ready_to_state_or_to_prove() -> None:
    snapshot = made("a: lemma\nb: lemma leanok proof < / a\nc: lemma notready < a\nd: lemma < a b e\ne: lemma leanok")
    assert only(snapshot, "a").makes_ready == ("b", "d")


def test_the_last_gap_of_a_foundation() -> None:
    text = "a: lemma leanok proof\nb: theorem leanok proof:leanok < a\nc: theorem leanok proof:leanok < b"
    offer = only(made(text), "a")
    assert (offer.last_gap_of, offer.impact, offer.goal, offer.steps) == (2, 2, "c", 2)


def test_each_criterion_counts_as_the_table_says() -> None:
    result = found(made(FAN), failed={NodeId("hub"): 2})
    offer = next(each for each in result.offers if each.node == "hub")
    points = result.points(offer)
    assert points["makes ready"] == pytest.approx(30 * 3 / 6)
    assert points["goal"] == pytest.approx(15 / (1 + 2 / 3), abs=0.001)
    assert points["short"] == pytest.approx(20 / (1 + 1 / 700), abs=0.001)
    assert points["failed attempts"] == -5
    assert points["claimed"] == points["false claim"] == 0
    assert offer.score == pytest.approx(sum(points.values()), abs=0.01)


def test_equal_nodes_stand_in_document_order_and_nothing_depends_on_chance() -> None:
    snapshot = made("\n".join(f"n{number}: definition" for number in range(40)))
    first = found(snapshot).offers
    assert [offer.node for offer in first] == [f"n{number}" for number in range(40)]
    assert found(snapshot).offers == first


def test_a_claim_that_holds_moves_a_node_to_the_end_and_an_expired_one_is_told() -> None:
    snapshot = made(FAN)
    held = Claim("hub", "Ada", expires=date(2026, 11, 4))
    result = found(snapshot, claims=ProjectClaims((held,)))
    assert [offer.node for offer in result.offers] == ["alone", "hub"]
    assert "claimed by Ada until 2026-11-04" in told(snapshot, result, "hub")
    expired = replace(held, expires=date(2026, 11, 3))
    result = found(snapshot, claims=ProjectClaims((expired,)))
    assert result.offers[0].node == "hub"
    assert "the claim of Ada expired on 2026-11-03" in told(snapshot, result, "hub")
    chosen = OfferFilter(unclaimed=True).chosen(snapshot, found(snapshot, claims=ProjectClaims((held,))).offers)
    assert [offer.node for offer in chosen] == ["alone"]


def test_goals_may_be_named() -> None:
    snapshot = made(
        "a: lemma proof\nb: lemma proof\nc: lemma leanok proof:leanok < b\nd: theorem leanok proof:leanok < a"
    )
    assert [offer.node for offer in found(snapshot).offers] == ["a", "b"]
    assert [offer.node for offer in found(snapshot, goals=[NodeId("c")]).offers] == ["b", "a"]


@pytest.mark.parametrize(
    ("proof", "skill"),
    [
        ("By induction on $n$, the step being the identity above.", Skill.LEAN),
        ("TODO", Skill.BOTH),
        ("Omitted for now.", Skill.BOTH),
        ("See \\cite[Theorem 1]{book}.", Skill.BOTH),
        ("This is standard.", Skill.BOTH),
        ("", Skill.BOTH),
        ("Immediate from the definition.", Skill.LEAN),
        ("An easy consequence of Lemma~\\ref{lem:a}.", Skill.LEAN),
        ("See \\cite{book} for history. " + "We compute at length. " * 20, Skill.LEAN),
    ],
)
def test_a_proof_that_leaves_out_the_argument_takes_mathematics_too(proof: str, skill: Skill) -> None:
    offer = only(with_text(made("a: lemma leanok proof"), "a", proof=proof), "a")
    assert offer.skill is skill
    assert (offer.size is Size.LARGE) == (skill is Skill.BOTH)


def test_filters() -> None:
    snapshot = made(
        "m: lemma mathlibok\na: definition leanok\nb: lemma proof < a\nc: lemma leanok proof < / m\nd: definition"
    )
    snapshot = with_text(snapshot, "c", proof="word " * 150)
    heading = Heading(0, "chapter", "2", "Sums of squares", PLACE)
    nodes = tuple(replace(each, path=(0,)) if each.id == "d" else each for each in snapshot.blueprint.nodes)
    snapshot = replace(snapshot, blueprint=replace(snapshot.blueprint, nodes=nodes, headings=(heading,)))
    offers = found(snapshot).offers

    def chosen(**asked: object) -> set[str]:
        return {offer.node for offer in OfferFilter(**asked).chosen(snapshot, offers)}

    assert chosen() == {"b", "c", "d"}
    assert chosen(work=Work.STATE) == {"b", "d"}
    assert chosen(work=Work.PROVE) == {"b", "c"}
    assert chosen(size=Size.MEDIUM) == {"c"}
    assert chosen(skill=Skill.BOTH) == set()
    assert chosen(mathlib=True) == {"c"}
    assert chosen(mathlib=False) == {"b", "d"}
    assert chosen(chapter="2") == chosen(chapter="squares") == {"d"}
    assert chosen(chapter="3") == set()


def test_the_strict_reading_is_followed() -> None:
    text = "a: definition\nb: lemma leanok\nc: lemma proof < a | b"
    assert dict(offered(made(text)))["c"] is Work.STATE_AND_PROVE
    assert "c" not in dict(offered(made(text, reading=Reading.STRICT)))


def test_a_cycle_is_never_ready_and_does_no_harm() -> None:
    assert offered(made("a: lemma proof < b\nb: lemma proof < a\nc: lemma proof < c\nd: lemma")) == [("d", Work.STATE)]


def test_the_goal_is_called_as_a_person_reads_it() -> None:
    snapshot = made("a: lemma leanok proof\nb: theorem leanok proof < a")
    nodes = tuple(
        replace(node, title="$\\varphi $ decay") if node.id == "b" else node for node in snapshot.blueprint.nodes
    )
    titled = replace(snapshot, blueprint=replace(snapshot.blueprint, nodes=nodes))
    assert "1 step below the goal Theorem 2 (φ decay)" in told(titled, found(titled), "a")
