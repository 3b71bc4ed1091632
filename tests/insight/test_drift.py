"""The drift inbox on hand-made blueprints with hand-made evidence."""

from dataclasses import replace

from blueprint_app.insight.drift import Drift, DriftKind, false_claims, find_drift
from blueprint_app.model.blueprint import Blueprint, ListCommand, ListEntry, Node
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.model.place import Place
from tests.model.builders import PLACE, blueprint

SOURCE, CHECKED = EvidenceLevel.SOURCE, EvidenceLevel.CHECKED


def with_names(made: Blueprint) -> Blueprint:
    def named(node: Node) -> Node:
        command = ListCommand((ListEntry(f"P.{node.id}", PLACE),), PLACE)
        return replace(node, statement=replace(node.statement, lean=(command,)))

    return replace(made, nodes=tuple(map(named, made.nodes)))


def inbox(text: str, *declarations: DeclarationEvidence) -> list[Drift]:
    evidence = ProjectEvidence({each.name: each for each in declarations}, frozenset({"P"}), is_complete=True)
    return list(find_drift(snapshot_of(with_names(blueprint(text)), evidence=evidence)))


def kinds(drift: list[Drift]) -> list[tuple[str, DriftKind]]:
    return [(each.node, each.kind) for each in drift]


def test_false_claims_come_first_with_their_chain() -> None:
    drift = inbox(
        "a: lemma leanok proof:leanok\nb: lemma leanok proof:leanok < a\nc: lemma leanok proof:leanok < b",
        DeclarationEvidence("P.a", CHECKED, axioms=("sorryAx",), sorry_in=("P.hidden",), uses=()),
        DeclarationEvidence("P.b", SOURCE, proof_sorry=True),
        DeclarationEvidence("P.c", CHECKED, axioms=("propext",), uses=("P.b",)),
    )
    assert kinds(drift) == [("a", DriftKind.FALSE_CLAIM), ("b", DriftKind.FALSE_CLAIM)]
    assert drift[0].chain == ("P.a", "P.hidden")
    assert drift[0].edit is not None
    assert drift[0].edit.title == "Remove \\leanok"
    assert false_claims(drift) == tuple(drift)


def test_missing_names_offer_the_nearest() -> None:
    drift = inbox(
        "a: lemma leanok\nb: lemma leanok < a",
        DeclarationEvidence("P.b", SOURCE),
        DeclarationEvidence("P.Sub.a", SOURCE),
    )
    renamed = [each for each in drift if each.kind is DriftKind.RENAMED]
    assert [(each.node, "P.Sub.a" in each.message) for each in renamed] == [("a", True)]
    assert ("a", DriftKind.FALSE_CLAIM) in kinds(drift)


def test_what_is_done_in_lean_should_be_declared() -> None:
    drift = inbox(
        "a: lemma proof\nb: definition < a", DeclarationEvidence("P.a", SOURCE), DeclarationEvidence("P.b", SOURCE)
    )
    assert kinds(drift) == [("a", DriftKind.UNDECLARED), ("a", DriftKind.UNDECLARED), ("b", DriftKind.UNDECLARED)]
    unproved = inbox("a: lemma leanok proof\nb: lemma < a", DeclarationEvidence("P.a", SOURCE, proof_sorry=True))
    assert ("a", DriftKind.UNDECLARED) not in kinds(unproved)


def test_uses_are_compared_where_lean_was_asked() -> None:
    drift = inbox(
        "a: lemma leanok proof:leanok\nb: lemma leanok proof:leanok\nc: lemma leanok proof:leanok < b\nd: lemma leanok proof:leanok < c",
        DeclarationEvidence("P.a", CHECKED, axioms=(), uses=()),
        DeclarationEvidence("P.b", CHECKED, axioms=(), uses=()),
        DeclarationEvidence("P.c", CHECKED, axioms=(), uses=("P.a",)),
        DeclarationEvidence("P.d", CHECKED, axioms=(), uses=("P.b", "P.c")),
    )
    found = {(each.node, each.kind): each for each in drift}
    assert found["c", DriftKind.USES_MISSING].chain == ("P.c uses P.a",)
    assert "b" in found["c", DriftKind.USES_UNNEEDED].message
    # d rests on b through c, which the blueprint says: no line.
    assert ("d", DriftKind.USES_MISSING) not in found


def test_references_in_proofs_and_shape() -> None:
    made = blueprint("a: lemma\nb: lemma proof < a\nc: lemma\nd: lemma < d")
    nodes = list(made.nodes)
    nodes[1] = replace(nodes[1], proof=replace(nodes[1].proof, tex=r"By \ref{a} and \Cref{c, b}."))
    drift = find_drift(snapshot_of(replace(made, nodes=tuple(nodes))))
    assert kinds(list(drift)) == [
        ("b", DriftKind.REF_WITHOUT_USES),
        ("d", DriftKind.CYCLE),
        ("c", DriftKind.DISCONNECTED),
    ]


def test_one_declaration_for_two_nodes_and_stale_evidence() -> None:
    made = with_names(blueprint("a: lemma leanok proof:leanok\nb: lemma leanok proof:leanok < a"))
    nodes = (
        made.nodes[0],
        replace(made.nodes[1], statement=replace(made.nodes[1].statement, lean=made.nodes[0].statement.lean)),
    )
    declared = DeclarationEvidence("P.a", CHECKED, axioms=(), stale=True)
    drift = find_drift(snapshot_of(replace(made, nodes=nodes), evidence=ProjectEvidence({"P.a": declared})))
    assert kinds(list(drift)) == [("a", DriftKind.STALE), ("b", DriftKind.STALE), ("b", DriftKind.TWICE)]


def test_no_edit_is_offered_in_a_file_that_is_not_tex() -> None:
    made = with_names(blueprint("a: lemma leanok proof:leanok\nb: lemma < a"))
    place = Place("A.lean", 3)
    node = replace(made.nodes[0], statement=replace(made.nodes[0].statement, place=place))
    node = replace(node, proof=replace(node.proof, place=place, leanok=place))
    broken = DeclarationEvidence("P.a", SOURCE, proof_sorry=True)
    snapshot = snapshot_of(replace(made, nodes=(node, made.nodes[1])), evidence=ProjectEvidence({"P.a": broken}))
    (drift,) = find_drift(snapshot)
    assert (drift.kind, drift.edit) == (DriftKind.FALSE_CLAIM, None)
