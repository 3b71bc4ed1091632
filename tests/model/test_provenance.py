"""Who wrote the Lean text: it can make a headline worse, never better, and never hides worse news."""

from dataclasses import replace

import pytest

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, NodeEvidence, ProjectEvidence
from blueprint_app.model.headline import Headline, headline_of
from blueprint_app.model.provenance import (
    NO_NODE_PROVENANCE,
    Contribution,
    FaithfulMark,
    NodeProvenance,
    Part,
    ProjectProvenance,
    statement_hash,
)
from blueprint_app.model.why import explain
from tests.model.builders import blueprint, node
from tests.model.test_headline import CLEAN, named

HASH = statement_hash(node("a: lemma"))
VERIFIED = NodeEvidence((DeclarationEvidence("P.a", EvidenceLevel.CHECKED, axioms=CLEAN),))
SORRY = NodeEvidence((DeclarationEvidence("P.a", EvidenceLevel.SOURCE, proof_sorry=True),))
FOUND = NodeEvidence((DeclarationEvidence("P.a", EvidenceLevel.SOURCE),))
NOTHING = NodeEvidence()


def work(part: Part = Part.PROOF, date: str = "2026-11-03T10:00:00+00:00", **more: object) -> Contribution:
    given: dict[str, object] = {"attempt": date, "model": "m-large", "statement_sha256": HASH, **more}
    return Contribution(part=part, date=date, **given)  # type: ignore[arg-type]


def of(*contributions: Contribution, line: str = "a: lemma") -> NodeProvenance:
    return ProjectProvenance({"a": contributions}).of(node(line))


OPEN_STATEMENT, OPEN_PROOF = NodeProvenance(draft=work(Part.STATEMENT)), NodeProvenance(draft=work(Part.PROOF))
UNVOUCHED = NodeProvenance(statement=work(Part.STATEMENT, accepted="2026-11-03T11:00:00+00:00"))
VOUCHED = replace(UNVOUCHED, faithful=("Emmy",))
BY_AI = NodeProvenance(proof=work(Part.PROOF, accepted="2026-11-03T11:00:00+00:00"))

DONE = "a: lemma leanok proof:leanok"


@pytest.mark.parametrize(
    ("line", "evidence", "provenance", "expected"),
    [
        # A draft that waits shows where it would fill a gap.
        ("a: lemma", NOTHING, OPEN_STATEMENT, Headline.AI_DRAFTED),
        ("a: lemma", NOTHING, OPEN_PROOF, Headline.AI_DRAFTED),
        ("a: lemma leanok proof", SORRY, OPEN_PROOF, Headline.AI_DRAFTED),
        ("a: lemma leanok proof", NOTHING, OPEN_PROOF, Headline.AI_DRAFTED),
        ("a: lemma leanok proof", SORRY, OPEN_STATEMENT, Headline.STATED),
        (DONE, NOTHING, OPEN_PROOF, Headline.CLAIMED),
        (DONE, FOUND, OPEN_PROOF, Headline.FORMALISED),
        (DONE, VERIFIED, OPEN_PROOF, Headline.LEAN_VERIFIED),
        # Worse news stays.
        ("a: lemma notready", NOTHING, OPEN_STATEMENT, Headline.NOT_READY),
        (DONE, SORRY, OPEN_PROOF, Headline.CONTRADICTED),
        (DONE, SORRY, UNVOUCHED, Headline.CONTRADICTED),
        ("a: lemma notready leanok", VERIFIED, UNVOUCHED, Headline.NOT_READY),
        ("a: lemma", NOTHING, UNVOUCHED, Headline.INFORMAL),
        # A statement by a model that nobody vouches for is worth nothing yet, whatever Lean says.
        (DONE, VERIFIED, UNVOUCHED, Headline.AI_DRAFTED),
        (DONE, FOUND, UNVOUCHED, Headline.AI_DRAFTED),
        (DONE, NOTHING, UNVOUCHED, Headline.AI_DRAFTED),
        ("a: lemma leanok proof", SORRY, UNVOUCHED, Headline.AI_DRAFTED),
        ("a: lemma mathlibok", NOTHING, UNVOUCHED, Headline.IN_MATHLIB),
        # With a person's word it is as Lean shows it, and so is an accepted proof.
        (DONE, VERIFIED, VOUCHED, Headline.LEAN_VERIFIED),
        ("a: lemma leanok proof", SORRY, VOUCHED, Headline.STATED),
        (DONE, VERIFIED, BY_AI, Headline.LEAN_VERIFIED),
        (DONE, FOUND, BY_AI, Headline.FORMALISED),
        ("a: lemma leanok proof", SORRY, BY_AI, Headline.STATED),
    ],
)
def test_headline(line: str, evidence: NodeEvidence, provenance: NodeProvenance, expected: Headline) -> None:
    assert headline_of(node(line), evidence, provenance=provenance) is expected


@pytest.mark.parametrize("provenance", [OPEN_STATEMENT, OPEN_PROOF, UNVOUCHED, VOUCHED, BY_AI])
@pytest.mark.parametrize("evidence", [NOTHING, SORRY, FOUND, VERIFIED])
@pytest.mark.parametrize(
    "line", ["a: lemma", "a: lemma proof", "a: lemma leanok", DONE, "a: lemma notready", "a: lemma mathlibok"]
)
def test_nothing_turns_green(line: str, evidence: NodeEvidence, provenance: NodeProvenance) -> None:
    before = headline_of(node(line), evidence)
    after = headline_of(node(line), evidence, provenance=provenance)
    assert after in (before, Headline.AI_DRAFTED)
    assert before not in (Headline.CONTRADICTED, Headline.NOT_READY) or after is before


def test_a_draft_for_a_text_that_has_changed_waits_no_more() -> None:
    assert of(work()).draft == work()
    assert of(work(statement_sha256="older")).draft is None
    changed = replace(node("a: lemma"), statement=replace(node("a: lemma").statement, tex="Another claim."))
    assert ProjectProvenance({"a": (work(),)}).of(changed) == NO_NODE_PROVENANCE
    broken = replace(node("a: lemma"), statement=replace(node("a: lemma").statement, tex=" s\n"))
    assert ProjectProvenance({"a": (work(),)}).of(broken).draft is not None


def test_the_newest_draft_counts_and_an_accepted_one_closes_those_before() -> None:
    first, second, third = (work(date=f"2026-11-03T1{n}:00:00+00:00") for n in range(3))
    assert of(second, first).draft == second
    taken = replace(first, accepted="2026-11-03T11:30:00+00:00")
    found = of(taken, second)
    assert (found.draft, found.proof) == (None, taken)
    assert of(taken, second, third).draft == third


def test_what_a_person_accepted_of_their_own_is_theirs_again() -> None:
    ai = work(Part.STATEMENT, accepted="2026-11-03T11:00:00+00:00")
    own = work(Part.STATEMENT, model="", accepted="2026-11-04T11:00:00+00:00")
    assert of(ai).needs_faithful
    assert of(ai, own) == NodeProvenance()
    assert of(ai, own).is_by_model is False
    assert of(ai).newest == ai


def test_a_mark_holds_for_the_text_that_was_read_and_until_somebody_objects() -> None:
    def marked(*marks: FaithfulMark) -> NodeProvenance:
        return of(work(Part.STATEMENT, accepted="2026-11-03T11:00:00+00:00", marks=marks))

    yes = FaithfulMark("Emmy", "2026-11-04", True, HASH)
    assert marked(yes).faithful == ("Emmy",)
    assert marked(replace(yes, statement_sha256="")).faithful == ("Emmy",)
    assert marked(replace(yes, statement_sha256="older")).needs_faithful
    assert marked(yes, FaithfulMark("Ada", "2026-11-04", False, HASH)).needs_faithful
    assert marked(yes, FaithfulMark("Ada", "2026-11-04", False, "older")).faithful == ("Emmy",)


def test_records_follow_every_label_of_a_node() -> None:
    both = replace(node("a: lemma"), labels=("old", "a"))
    assert ProjectProvenance({"old": (work(),)}).of(both).draft == work()
    assert ProjectProvenance({"other": (work(),)}).of(both) == NO_NODE_PROVENANCE


def test_a_statement_nobody_vouches_for_keeps_all_above_from_full_verification() -> None:
    made = blueprint("a: lemma leanok proof:leanok\nb: lemma leanok proof:leanok < a")
    made = replace(made, nodes=tuple(map(named, made.nodes)))
    evidence = ProjectEvidence(
        {f"P.{name}": DeclarationEvidence(f"P.{name}", EvidenceLevel.CHECKED, axioms=CLEAN) for name in "ab"}
    )
    statement = work(Part.STATEMENT, accepted="2026-11-03T11:00:00+00:00")
    snapshot = snapshot_of(made, evidence=evidence, provenance=ProjectProvenance({"a": (statement,)}))
    assert snapshot.headlines == {"a": Headline.AI_DRAFTED, "b": Headline.LEAN_VERIFIED}
    assert snapshot.node_provenance[NodeId("a")].needs_faithful
    said = " ".join(explain(snapshot, NodeId("a")))
    assert "Hatched as AI-drafted: its Lean statement was drafted by m-large (2026-11-03)" in said
    assert "Lean cannot tell that" in said
    vouched = replace(statement, marks=(FaithfulMark("Emmy", "2026-11-04", True),))
    better = snapshot_of(made, evidence=evidence, provenance=ProjectProvenance({"a": (vouched,)}))
    assert set(better.headlines.values()) == {Headline.FULLY_VERIFIED}
    assert "Marked as faithful to the text by Emmy." in explain(better, NodeId("a"))
    assert "Its Lean statement was drafted by m-large (2026-11-03) and accepted by a person." in explain(
        better, NodeId("a")
    )


def test_why_tells_of_a_waiting_draft_and_of_what_worse_news_hides() -> None:
    made = blueprint("a: lemma\nb: lemma notready")
    statement = work(Part.STATEMENT, accepted="2026-11-03T11:00:00+00:00")
    snapshot = snapshot_of(made, provenance=ProjectProvenance({"a": (work(level="compiled"),), "b": (statement,)}))
    assert explain(snapshot, NodeId("a"))[-1] == (
        "Hatched as AI-drafted: a draft of its proof by m-large (2026-11-03, judged as far as “compiled”) is not part "
        "of the project."
    )
    assert any("no person has marked it as faithful" in each for each in explain(snapshot, NodeId("b")))
    assert not any("drafted" in each for each in explain(snapshot_of(made), NodeId("a")))
