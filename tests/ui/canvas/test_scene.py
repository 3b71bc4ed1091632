"""Scenes hold what the snapshot and the placement say, in the graph's order."""

from dataclasses import replace

import numpy as np

from blueprint_app.ui.canvas import empty_scene, recoloured
from blueprint_app.ui.canvas.scene import is_alike, stands_still
from blueprint_app.ui.theme import DARK, HEADLINE_SCHEME, LEANBLUEPRINT_SCHEME, Mark


def test_arrays_follow_the_graph(kite, kite_snapshot):
    assert kite.ids == kite_snapshot.whole.nodes
    assert kite.boxes.tolist() == [True, False, False, False, False]
    assert kite.rects[kite.index["lem:b"]].tolist() == [-170, 102, 100, 36]
    named = {(kite.ids[a], kite.ids[b]): bool(d) for (a, b), d in zip(kite.edges.tolist(), kite.dashed, strict=True)}
    assert named == {
        ("def:a", "lem:b"): True,
        ("def:a", "lem:c"): False,
        ("lem:b", "thm:d"): False,
        ("lem:c", "thm:d"): False,
    }


def test_words(kite):
    d, c = kite.index["thm:d"], kite.index["lem:c"]
    assert kite.words.captions[d] == "Theorem 1.4"
    assert kite.words.titles[d] == "A <b>bold</b> ρ bound"
    assert (kite.words.labels[c], kite.words.titles[c]) == ("c", "c")
    assert kite.words.tooltips[d].splitlines()[:2] == ["Theorem 1.4 (A <b>bold</b> ρ bound)", "thm:d"]
    assert "informal" in kite.words.tooltips[d]


def test_hits_respect_the_outline(kite):
    a, b = kite.index["def:a"], kite.index["lem:b"]
    assert kite.node_at(0, 0) == a
    assert kite.node_at(-49, -17) == a, "a box fills its corners"
    assert kite.node_at(-120, 120) == b
    assert kite.node_at(-169, 103) is None, "an ellipse does not"
    assert kite.node_at(-169, 103, reach=5) is None, "a node that can be hit needs no help"
    assert kite.node_at(1000, 1000) is None


def test_tiny_nodes_are_hit_within_reach(kite):
    assert kite.node_at(0, 50, reach=40) == kite.index["def:a"]
    assert kite.node_at(0, 60, reach=40) is None


def test_recolouring_keeps_everything_else(kite, kite_snapshot):
    other = recoloured(kite, kite_snapshot, LEANBLUEPRINT_SCHEME, DARK)
    assert other.rects is kite.rects
    assert other.curves is kite.curves
    assert other.theme is DARK
    border = {node: other.styles[other.style_of[number]].border for number, node in enumerate(other.ids)}
    assert border["def:a"] == "green"
    assert recoloured(other, kite_snapshot, HEADLINE_SCHEME, kite.theme).style_of.tolist() == kite.style_of.tolist()


def test_styles_are_counted(kite):
    counts = {style.name: count for style, count in kite.style_counts}
    assert sum(counts.values()) == 5
    assert counts["claimed"] == 2
    assert kite.styles[kite.style_of[kite.index["lem:e"]]].mark is Mark.BAR


def test_groups_are_sorted_outer_first(grouped):
    assert [(group.title, group.depth) for group in grouped.groups] == [
        ("1 Everything of use", 0),
        ("1.1 Nothing to speak of", 1),
    ]
    assert grouped.groups[0].box == (-200, -40, 200, 280)


def test_an_empty_scene_is_whole():
    scene = empty_scene()
    assert scene.node_at(0, 0, reach=100) is None
    assert scene.style_counts == ()
    assert not np.isnan(scene.bounds).any()


def test_scenes_are_alike_where_nothing_of_them_looks_otherwise(kite, kite_snapshot):
    again = recoloured(kite, kite_snapshot, kite.scheme, kite.theme)
    assert again is not kite
    assert is_alike(kite, again)
    assert not is_alike(kite, recoloured(kite, kite_snapshot, LEANBLUEPRINT_SCHEME, kite.theme))
    assert not is_alike(kite, replace(kite, rects=kite.rects + 1))
    assert not is_alike(kite, replace(kite, words=replace(kite.words, titles=("other", *kite.words.titles[1:]))))


def test_scenes_stand_still_where_what_they_share_lies_at_the_same_places(kite, kite_snapshot):
    fewer = replace(kite, ids=kite.ids[:-1], rects=kite.rects[:-1])
    assert stands_still(kite, recoloured(kite, kite_snapshot, LEANBLUEPRINT_SCHEME, kite.theme))
    assert stands_still(kite, fewer)
    assert stands_still(fewer, kite)
    assert not stands_still(fewer, replace(kite, rects=kite.rects + 1))
    assert not stands_still(kite, recoloured(kite, kite_snapshot, kite.scheme, DARK))
    assert not stands_still(empty_scene(kite.theme), kite)
