"""The outline as values: what stands under what, what a filter leaves, and how it counts."""

from blueprint_app.model.blueprint import Heading, Node
from blueprint_app.ui.outline.tree import outline_of


def test_nodes_stand_under_their_chapters_in_order(make_snapshot):
    tree = outline_of(make_snapshot(7))
    assert [tree.items[row].title for row in tree.roots] == ["Chapter 1", "Chapter 2"]
    ids = [[tree.items[row].id for row in tree.children[root]] for root in tree.roots]
    assert ids == [["def:n0", "lem:n1", "the:n2", "def:n3"], ["lem:n4", "the:n5", "def:n6"]]


def test_every_row_is_where_its_parent_says(make_snapshot):
    tree = outline_of(make_snapshot(130))
    for row, parent in enumerate(tree.parents):
        siblings = tree.children[parent] if parent >= 0 else tree.roots
        assert siblings[tree.positions[row]] == row
    assert sum(isinstance(item, Node) for item in tree.items) == 130 == len(tree.rows)


def test_a_filter_leaves_out_nodes_and_the_headings_that_are_then_empty(make_snapshot):
    tree = outline_of(make_snapshot(7), {"the:n5"})
    assert [item.id if isinstance(item, Node) else item.title for item in tree.items] == ["Chapter 2", "the:n5"]


def test_a_chapter_counts_its_proofs_but_no_definitions(make_snapshot):
    tree = outline_of(make_snapshot(7))
    tallies = [tree.tallies[row] for row, item in enumerate(tree.items) if isinstance(item, Heading)]
    assert tallies == [(2, 2), (2, 2)]


def test_a_blueprint_without_nodes_has_no_rows(make_snapshot):
    assert outline_of(make_snapshot(0)).items == ()
