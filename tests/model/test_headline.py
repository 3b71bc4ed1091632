"""Headlines: worst news first, and never more than the evidence shows."""

import pytest

from blueprint_app.model.blueprint import ListCommand, ListEntry, Node, NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, NodeEvidence, ProjectEvidence
from blueprint_app.model.headline import Headline, contradiction, headline_of
from tests.model.builders import PLACE, blueprint, node

SOURCE, BUILT, CHECKED = EvidenceLevel.SOURCE, EvidenceLevel.BUILT, EvidenceLevel.CHECKED
CLEAN = ("propext", "Quot.sound")


def shown(level: EvidenceLevel = SOURCE, **more: object) -> NodeEvidence:
    return NodeEvidence((DeclarationEvidence("A.b", level, **more),))


NOTHING = NodeEvidence()
DONE = "a: lemma leanok proof:leanok"


@pytest.mark.parametrize(
    ("line", "evidence", "expected"),
    [
        ("a: lemma", NOTHING, Headline.INFORMAL),
        ("a: lemma notready leanok", shown(CHECKED, axioms=CLEAN), Headline.NOT_READY),
        ("a: lemma leanok proof", NOTHING, Headline.STATED),
        ("a: definition leanok", NOTHING, Headline.CLAIMED),
        (DONE, NOTHING, Headline.CLAIMED),
        (DONE, shown(EvidenceLevel.NONE, is_external=True), Headline.CLAIMED),
        (DONE, shown(EvidenceLevel.MISSING), Headline.CONTRADICTED),
        (DONE, shown(SOURCE), Headline.FORMALISED),
        (DONE, shown(BUILT), Headline.FORMALISED),
        (DONE, shown(SOURCE, proof_sorry=True), Headline.CONTRADICTED),
        (DONE, shown(CHECKED, axioms=CLEAN), Headline.LEAN_VERIFIED),
        (DONE, shown(CHECKED, axioms=None), Headline.FORMALISED),
        (DONE, shown(CHECKED, axioms=CLEAN, stale=True), Headline.FORMALISED),
        (DONE, shown(CHECKED, axioms=("sorryAx",)), Headline.CONTRADICTED),
        (DONE, shown(CHECKED, axioms=("propext", "My.cheat")), Headline.CONTRADICTED),
        (DONE, shown(CHECKED, axioms=("Lean.ofReduceBool",)), Headline.CONTRADICTED),
        (DONE, shown(SOURCE, kind="axiom"), Headline.CONTRADICTED),
        ("a: lemma leanok proof", shown(SOURCE, proof_sorry=True), Headline.STATED),
        ("a: lemma leanok proof", shown(SOURCE, statement_sorry=True), Headline.CONTRADICTED),
        ("a: lemma", shown(SOURCE, statement_sorry=True), Headline.INFORMAL),
        ("a: lemma proof", shown(CHECKED, axioms=CLEAN), Headline.LEAN_VERIFIED),
        ("a: lemma mathlibok", NOTHING, Headline.IN_MATHLIB),
    ],
)
def test_headline(line: str, evidence: NodeEvidence, expected: Headline) -> None:
    made = node(line)
    assert headline_of(made, evidence) is expected
    assert bool(contradiction(made, evidence)) == (expected is Headline.CONTRADICTED)


def test_several_declarations_are_as_weak_as_the_weakest() -> None:
    strong = DeclarationEvidence("A.b", CHECKED, axioms=CLEAN)
    weak = DeclarationEvidence("A.c", SOURCE)
    assert headline_of(node(DONE), NodeEvidence((strong, weak))) is Headline.FORMALISED
    gone = DeclarationEvidence("A.d", EvidenceLevel.MISSING)
    assert headline_of(node(DONE), NodeEvidence((strong, gone))) is Headline.CONTRADICTED


def test_a_name_is_missing_only_from_a_project_read_in_full() -> None:
    for complete, expected in ((True, EvidenceLevel.MISSING), (False, EvidenceLevel.NONE)):
        evidence = ProjectEvidence({}, frozenset({"Own"}), complete)
        assert evidence.of("Own.thing").level is expected
        assert evidence.of("Other.thing").level is EvidenceLevel.NONE


def named(made: Node) -> Node:
    from dataclasses import replace

    command = ListCommand((ListEntry(f"P.{made.id}", PLACE),), PLACE)
    return replace(made, statement=replace(made.statement, lean=(command,)))


def test_fully_verified_needs_the_whole_foundation() -> None:
    from dataclasses import replace

    made = blueprint("a: lemma leanok proof:leanok\nb: lemma leanok proof:leanok < a\nc: lemma leanok proof:leanok < b")
    made = replace(made, nodes=tuple(map(named, made.nodes)))

    def headlines(levels: dict[str, EvidenceLevel]) -> list[str]:
        declarations = {
            f"P.{name}": DeclarationEvidence(f"P.{name}", level, axioms=CLEAN) for name, level in levels.items()
        }
        found = snapshot_of(made, evidence=ProjectEvidence(declarations)).headlines
        return [found[NodeId(name)].value for name in "abc"]

    assert headlines({"a": CHECKED, "b": CHECKED, "c": CHECKED}) == ["fully verified"] * 3
    assert headlines({"a": CHECKED, "b": SOURCE, "c": CHECKED}) == ["fully verified", "formalised", "Lean-verified"]
