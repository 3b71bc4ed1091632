"""What of a node is in Lean: the author's word, unless the evidence says better or worse."""

import pytest

from blueprint_app.insight.standing import can_be_proved, can_be_stated, standing_of
from blueprint_app.model.blueprint import Landmark, Reading
from blueprint_app.model.evidence import DeclarationEvidence
from tests.insight.evidence import CHECKED, CLEAN, MISSING, made, shown
from tests.model.builders import PLACE

DONE, STATED, OPEN = "a: lemma leanok proof:leanok", "a: lemma leanok proof", "a: lemma proof"


@pytest.mark.parametrize(
    ("line", "evidence", "stated", "proved", "doubted"),
    [
        (OPEN, None, False, False, False),
        (STATED, None, True, False, False),
        (DONE, None, True, True, False),
        ("a: lemma proof:leanok", None, False, False, False),
        ("a: definition leanok", None, True, True, False),
        ("a: lemma mathlibok", None, True, True, False),
        (OPEN, shown("a"), True, True, False),
        (OPEN, shown("a", proof_sorry=True), True, False, False),
        (OPEN, shown("a", statement_sorry=True), False, False, False),
        (DONE, shown("a", MISSING), False, False, True),
        (DONE, shown("a", proof_sorry=True), True, False, True),
        (DONE, shown("a", kind="axiom"), True, False, True),
        (DONE, shown("a", CHECKED, axioms=("sorryAx",)), True, False, True),
        # The sorry is another declaration's: nothing is left to do here.
        (DONE, shown("a", CHECKED, axioms=("sorryAx",), sorry_in=("P.b",)), True, True, False),
        (DONE, shown("a", CHECKED, axioms=CLEAN), True, True, False),
        ("a: definition leanok", shown("a", proof_sorry=True), False, False, True),
        ("a: definition", shown("a"), True, True, False),
    ],
)
def test_standing(line: str, evidence: DeclarationEvidence | None, stated: bool, proved: bool, doubted: bool) -> None:
    standing = standing_of(made(line, *([evidence] if evidence else [])))
    assert ("a" in standing.stated, "a" in standing.proved, "a" in standing.doubted) == (stated, proved, doubted)
    assert ("a" in standing.by_evidence) == (stated and "leanok" not in line and "mathlibok" not in line)


TEXT = "a: definition leanok\nb: lemma proof < a\nc: lemma proof < b / a"


def ready(snapshot) -> dict[str, tuple[bool, bool]]:
    standing = standing_of(snapshot)
    return {
        node.id: (can_be_stated(snapshot, standing, node), can_be_proved(snapshot, standing, node))
        for node in snapshot.blueprint.nodes
    }


def test_without_evidence_readiness_is_that_of_the_reading() -> None:
    for reading in Reading:
        snapshot = made(TEXT, reading=reading)
        status = snapshot.status
        assert ready(snapshot) == {node: (status[node].can_state, status[node].can_prove) for node in status}
    assert ready(made(TEXT))["b"] == (True, True)
    assert ready(made(TEXT))["c"] == (False, False)


def test_what_lean_has_makes_ready_and_what_it_lacks_blocks() -> None:
    there = made(TEXT, shown("a"), shown("b"), shown("c", MISSING))
    assert ready(there)["c"] == (True, True)
    gone = made(TEXT, shown("a", MISSING))
    assert gone.status["b"].can_state
    assert ready(gone)["b"] == (False, False)


def test_a_landmark_blocks_as_it_does_for_leanblueprint() -> None:
    landmark = {"eq": Landmark("eq", "eq", "equation", "1", PLACE)}
    text = "a: definition\nb: lemma proof < a eq"
    snapshot = made(text, shown("a"), landmarks=landmark)
    assert ready(snapshot)["b"] == (False, False)
    assert ready(made(text, shown("a"), landmarks=landmark, reading=Reading.STRICT))["b"] == (True, True)


def test_a_name_that_leads_nowhere_blocks_when_strict() -> None:
    text = "a: definition\nb: lemma proof < a nowhere"
    assert ready(made(text, shown("a")))["b"] == (True, True)
    assert ready(made(text, shown("a"), reading=Reading.STRICT))["b"] == (False, False)
