"""The trust report: every assumption under a theorem, and none that is not there."""

import pytest

from blueprint_app.insight.graph.trust import Ground, TrustReport, trust_report
from blueprint_app.model.blueprint import Landmark, NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, Origin, ProjectEvidence
from blueprint_app.model.provenance import Contribution, Part, ProjectProvenance
from tests.insight.evidence import CHECKED, CLEAN, MISSING, made, shown, with_names
from tests.model.builders import PLACE, blueprint

DONE = "a: lemma leanok proof:leanok"
TWO = "a: lemma leanok proof:leanok\nt: theorem leanok proof:leanok < a"


def grounds(report: TrustReport) -> list[tuple[Ground, str]]:
    return [(each.ground, each.node) for each in report.assumptions]


@pytest.mark.parametrize(
    ("line", "evidence", "expected"),
    [
        (DONE, shown("a", CHECKED, axioms=CLEAN), []),
        (DONE, shown("a", MISSING), [Ground.FALSE_CLAIM]),
        (DONE, shown("a", proof_sorry=True), [Ground.FALSE_CLAIM]),
        (DONE, shown("a", CHECKED, axioms=("My.cheat",)), [Ground.FALSE_CLAIM, Ground.AXIOM]),
        (DONE, shown("a"), [Ground.UNCHECKED]),
        (DONE, shown("a", CHECKED, axioms=CLEAN, stale=True), [Ground.STALE]),
        (DONE, None, [Ground.CLAIMED]),
        ("a: lemma proof", None, [Ground.NOT_IN_LEAN]),
        ("a: lemma notready", None, [Ground.NOT_IN_LEAN]),
        ("a: lemma leanok proof", None, [Ground.UNPROVED]),
        ("a: lemma leanok proof", shown("a", proof_sorry=True), [Ground.SORRY]),
        ("a: lemma leanok proof", shown("a", CHECKED, axioms=("sorryAx",), sorry_in=("P.b",)), [Ground.SORRY]),
        ("a: lemma mathlibok", None, [Ground.EXTERNAL]),
        ("a: lemma mathlibok", DeclarationEvidence("P.a", EvidenceLevel.BUILT, module="Mathlib.A"), []),
        ("a: lemma mathlibok", shown("a", CHECKED, axioms=CLEAN, module="Init.Data.Nat"), []),
        ("a: lemma mathlibok", shown("a", module="Other.Package"), [Ground.EXTERNAL]),
    ],
)
def test_each_ground(line: str, evidence: DeclarationEvidence | None, expected: list[Ground]) -> None:
    report = trust_report(made(line, *([evidence] if evidence else [])), NodeId("a"))
    assert [each.ground for each in report.assumptions] == expected
    assert all(each.message.endswith(".") and each.place for each in report.assumptions)


def test_a_theorem_that_lean_vouches_for_in_full() -> None:
    report = trust_report(made(TWO, *(shown(name, CHECKED, axioms=CLEAN) for name in "at")), NodeId("t"))
    assert report.holds
    assert (report.foundation, report.verified, report.axioms) == (1, 2, CLEAN)
    assert not trust_report(made(TWO), NodeId("t")).holds


def test_the_gravest_first_and_only_what_is_under_it() -> None:
    text = TWO + "\nother: lemma\nb: lemma\nu: theorem leanok proof:leanok < t / b"
    evidence = (shown("t"), shown("a", proof_sorry=True), shown("u"), shown("b", MISSING), shown("other"))
    report = trust_report(made(text, *evidence), NodeId("u"))
    assert grounds(report) == [
        (Ground.FALSE_CLAIM, "a"),
        (Ground.NOT_IN_LEAN, "b"),
        (Ground.UNCHECKED, "u"),
        (Ground.UNCHECKED, "t"),
    ]
    assert [each.steps for each in report.assumptions] == [2, 1, 0, 1]
    assert report.foundation == 3


def test_what_the_plan_leaves_open() -> None:
    landmark = {"eq": Landmark("eq", "eq", "equation", "1", PLACE)}
    text = "x: lemma mathlibok\na: lemma mathlibok < x nowhere | eq\nb: lemma mathlibok < c\nc: lemma mathlibok < b"
    messages = [
        each.message
        for each in trust_report(made(text, landmarks=landmark), NodeId("a")).assumptions
        if each.ground is Ground.PLAN
    ]
    # The last list of uses counts; the loss of the one before is told.
    assert messages[0].startswith("It uses eq, which is no node")
    assert "loses x, nowhere" in messages[1]
    report = trust_report(made(text, landmarks=landmark), NodeId("c"))
    assert [each.message for each in report.assumptions if each.ground is Ground.PLAN] == ["b, c rest on each other."]


def test_uses_that_only_lean_knows_of() -> None:
    text = "a: lemma leanok proof:leanok\nt: theorem leanok proof:leanok"
    found = made(text, shown("a", CHECKED, axioms=CLEAN, uses=()), shown("t", CHECKED, axioms=CLEAN, uses=("P.a",)))
    (fault,) = trust_report(found, NodeId("t")).assumptions
    assert fault.ground is Ground.PLAN
    assert "a" in fault.message


def test_evidence_of_others_and_drafts_of_models_are_told() -> None:
    far = shown("a", CHECKED, axioms=CLEAN, origin=Origin("ci.json"))
    report = trust_report(made(DONE, far), NodeId("a"))
    assert [(each.ground, "ci.json" in each.message) for each in report.assumptions] == [(Ground.PUBLISHED, True)]
    drafted = Contribution("1", Part.STATEMENT, "m-large", "2026-11-04T00:00:00", accepted="2026-11-05T00:00:00")
    evidence = ProjectEvidence({"P.a": shown("a", CHECKED, axioms=CLEAN)}, frozenset({"P"}), is_complete=True)
    provenance = ProjectProvenance({"a": (drafted,)})
    snapshot = snapshot_of(with_names(blueprint(DONE)), evidence=evidence, provenance=provenance)
    report = trust_report(snapshot, NodeId("a"))
    assert [(each.ground, "m-large" in each.message) for each in report.assumptions] == [(Ground.AI_DRAFTED, True)]
    assert not report.holds
