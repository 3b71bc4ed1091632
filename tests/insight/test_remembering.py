"""What was worked out of one object is kept for a while; another one, equal or not, is worked out anew."""

from datetime import date

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.insight.graph.use_graph import use_graph
from blueprint_app.insight.next.next_lemma import next_lemmas
from blueprint_app.insight.remembering import remembers
from blueprint_app.insight.standing import standing_of
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.derive import declared_names, with_evidence
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence

TODAY = date(2026, 11, 4)


def test_the_last_two_are_kept_and_told_apart_by_what_they_are():
    asked = []

    @remembers
    def length(source):
        asked.append(source)
        return len(source)

    one, equal, third = [1], [1], [1, 2]
    assert [length(one), length(one), length(equal), length(one)] == [1, 1, 1, 1]
    assert len(asked) == 2
    assert [length(third), length(one)] == [2, 1]
    assert asked == [one, equal, third, one]


def test_other_evidence_makes_another_standing_and_keeps_the_graph(samples_folder):
    snapshot = open_project(samples_folder / "primes")
    assert use_graph(snapshot) is use_graph(with_evidence(snapshot, snapshot.evidence))
    assert standing_of(snapshot) is standing_of(snapshot)
    node = next(
        each for each in snapshot.blueprint.nodes if each.id in standing_of(snapshot).stated and each.statement.lean
    )
    (name, *_) = declared_names(node, snapshot.reading)
    missing = ProjectEvidence({name: DeclarationEvidence(name, EvidenceLevel.MISSING)})
    assert standing_of(with_evidence(snapshot, missing)).doubted == {node.id}


def test_a_ranking_does_not_change_what_is_kept(samples_folder):
    snapshot = open_project(samples_folder / "primes")
    first = next_lemmas(snapshot, TODAY, goals=(NodeId("thm:euclid"),))
    assert next_lemmas(snapshot, TODAY, goals=(NodeId("thm:euclid"),)).offers == first.offers
