"""Colours by chapter, in both themes, with more chapters than colours."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from blueprint_app.insight.graph.graph_view import Level, Narrowing, shown_graph
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.theme import DARK, LIGHT, Line, Mark, styles_of
from blueprint_app.ui.theme.chapters import COLOURS, MOST, look
from blueprint_app.ui.theme.colour import contrast
from blueprint_app.ui.theme.schemes import CHAPTER_SCHEME
from tests.insight.graph.test_graph_view import in_chapters


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_chapter_has_a_pair_of_its_own_and_text_that_can_be_read(theme):
    looks = [look(theme, at, str(at)) for at in range(MOST)]
    assert len({(each.fill, each.mark) for each in looks}) == MOST
    assert all(each.mark is not Mark.NONE for each in looks)
    assert all(contrast(each.text, each.fill) >= 4.5 for each in looks)
    assert all(one.fill != other.fill and one.mark is not other.mark for one, other in pairwise(looks))


def test_nodes_of_one_chapter_look_alike_and_what_stands_outside_says_so():
    snapshot = in_chapters()
    styles, indices = styles_of(CHAPTER_SCHEME, snapshot, snapshot.whole.nodes, LIGHT)
    assert [styles[index].name for index in indices] == ["1 First"] * 3 + ["2 Second"] * 2 + ["in no chapter"]
    assert styles[indices[-1]].mark is Mark.NONE


def test_titles_are_told_without_their_tex():
    snapshot = in_chapters()
    headings = tuple(
        replace(each, title=r"Over \texorpdfstring{$\mathbb{F}_2$}{F2}") for each in snapshot.blueprint.headings
    )
    snapshot = replace(snapshot, blueprint=replace(snapshot.blueprint, headings=headings))
    styles, indices = styles_of(CHAPTER_SCHEME, snapshot, snapshot.whole.nodes, LIGHT)
    assert styles[indices[0]].name == "1 Over F2"


def test_more_chapters_than_pairs_are_called_further_ones(make_snapshot: Callable[..., Snapshot]):
    snapshot = make_snapshot(50 * (MOST + 2))
    styles, indices = styles_of(CHAPTER_SCHEME, snapshot, snapshot.whole.nodes, LIGHT)
    assert len(styles) == MOST + 1
    assert styles[-1].name == "2 further chapters"
    assert indices.count(len(styles) - 1) == 100


def test_a_collapsed_chapter_keeps_its_colour():
    snapshot = in_chapters()
    graph = shown_graph(snapshot, snapshot.whole, Narrowing(collapsed=Level.CHAPTER)).graph
    styles, _ = styles_of(CHAPTER_SCHEME, snapshot, graph.nodes, DARK, graph.boxes)
    assert [(style.name, style.fill, style.line) for style in styles[:2]] == [
        ("1 First, collapsed", COLOURS[0], Line.DOUBLE),
        ("2 Second, collapsed", COLOURS[1], Line.DOUBLE),
    ]
