"""Schemes: leanblueprint's colours exactly, headlines by the table."""

from pathlib import Path

import pytest

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.theme import (
    DARK,
    HEADLINE_SCHEME,
    LEANBLUEPRINT_SCHEME,
    LIGHT,
    SCHEMES,
    Line,
    Mark,
    headline_style,
    styles_of,
)
from blueprint_app.ui.theme.colour import contrast
from blueprint_app.ui.theme.schemes import leanblueprint_words


@pytest.fixture(scope="module")
def snapshot(samples_folder: Path) -> Snapshot:
    return open_project(samples_folder / "primes")


def test_schemes_have_names_of_their_own():
    assert len({scheme.id for scheme in SCHEMES}) == len({scheme.title for scheme in SCHEMES}) == len(SCHEMES)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_leanblueprint_colours_are_the_status_own(snapshot: Snapshot, theme):
    styles, indices = styles_of(LEANBLUEPRINT_SCHEME, snapshot, snapshot.whole.nodes, theme)
    for node, index in zip(snapshot.whole.nodes, indices, strict=True):
        status = snapshot.status[node]
        if status.border:
            assert styles[index].border == status.border
        else:
            assert styles[index].line is Line.THIN
        assert styles[index].fill == (status.fill or theme.paper)
        assert contrast(styles[index].text, styles[index].fill) >= 4.5
    assert len(styles) == len(set(styles)) >= 6


def test_leanblueprint_names_tell_different_looks_apart(snapshot: Snapshot):
    styles, _ = styles_of(LEANBLUEPRINT_SCHEME, snapshot, snapshot.whole.nodes, LIGHT)
    assert len({style.name for style in styles}) == len(styles)
    assert len({style.rank for style in styles}) == len(styles)


def test_words_and_marks_follow_the_author(snapshot: Snapshot):
    words = {node.id: leanblueprint_words(snapshot, node) for node in snapshot.blueprint.nodes}
    for node in snapshot.blueprint.nodes:
        border, fill, mark = words[node.id]
        status = snapshot.status[node.id]
        if node.statement.mathlibok is not None:
            assert (border, mark) == ("in Mathlib", Mark.MATHLIB)
        if status.fully_proved and node.kind != "definition":
            assert fill == "proved with all it rests on"
        assert bool(fill) == bool(status.fill)
        assert (border == "cannot be stated yet") == (not status.border)


def test_headlines_are_drawn_by_their_table(snapshot: Snapshot):
    styles, indices = styles_of(HEADLINE_SCHEME, snapshot, snapshot.whole.nodes, DARK)
    for node, index in zip(snapshot.whole.nodes, indices, strict=True):
        assert styles[index] == headline_style(snapshot.headlines[node], DARK)
