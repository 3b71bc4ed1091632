"""The numbers of the dashboard, against a snapshot whose numbers are known, and against those of other parts."""

from blueprint_app.insight.evidence_progress import evidence_progress_of
from blueprint_app.insight.progress import progress_of
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.model.headline import Headline
from blueprint_app.ui.progress.now.figures import figures_as_text, figures_of


def test_statements_and_proofs_are_counted_apart_with_the_nodes_behind_them(make_snapshot):
    figures = figures_of(make_snapshot(7))
    statements, proofs, _settled = figures.declared
    assert (statements.text, proofs.text) == ("4 of 7", "4 of 4")
    assert statements.left == ("def:n0", "def:n3", "def:n6")
    assert proofs.done == ("lem:n1", "the:n2", "lem:n4", "the:n5")


def test_the_numbers_are_those_that_every_other_part_tells(make_snapshot):
    snapshot = make_snapshot(60)
    figures, progress = figures_of(snapshot), progress_of(snapshot)
    told = [(len(each.done), each.total) for each in figures.declared]
    assert told == [
        (progress.stated, progress.nodes),
        (progress.proved, progress.to_prove),
        (progress.fully_proved, progress.nodes),
    ]
    assert {headline: len(nodes) for headline, nodes in figures.headlines.items()} == dict(progress.headlines)


def test_what_lean_shows_is_told_only_where_something_is_known(make_snapshot):
    plain = make_snapshot(7)
    assert figures_of(plain).shown == ()
    assert "not looked at" in figures_of(plain).note
    found = DeclarationEvidence("Demo.n1", EvidenceLevel.SOURCE)
    snapshot = snapshot_of(plain.blueprint, plain.reading, ProjectEvidence({"Demo.n1": found}))
    figures, evidence = figures_of(snapshot), evidence_progress_of(snapshot)
    without, verified = figures.shown
    assert (len(without.done), without.total) == (evidence.without_sorry, evidence.to_prove) == (1, 4)
    assert verified.done == ()
    assert "Lean was not asked" in figures.note


def test_groups_add_up_to_the_whole(make_snapshot):
    figures = figures_of(make_snapshot(60))
    for groups in (figures.kinds, figures.chapters):
        for column, whole in enumerate(figures.declared):
            done = [node for group in groups for node in group.tallies[column].done]
            assert sorted(done) == sorted(whole.done)
    assert [group.name for group in figures.chapters] == ["1 Chapter 1", "2 Chapter 2"]


def test_a_share_is_never_rounded_up_to_all_of_it(make_snapshot):
    figures = figures_of(make_snapshot(1000))
    assert figures.declared[0].percent == "66 %"
    text = figures_as_text("Demo", figures)
    assert "666 of 1000 statements declared (66 %)" in text
    assert "contradicted" not in text.split("Headlines")[1]
    assert f"334\t{Headline.INFORMAL.value}" in text
