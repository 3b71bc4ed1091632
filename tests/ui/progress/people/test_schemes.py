"""Colours by contributor and by last change: told apart by colour-blind eyes, by marks, and honest about the rest."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from blueprint_app.insight.attribution.credits import UNKNOWN, Credit, NodeCredit, Share
from blueprint_app.ui.progress.people.schemes import contributor_scheme, recency_scheme
from blueprint_app.ui.theme import DARK, LIGHT, Mark
from blueprint_app.ui.theme.colour import contrast

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def credit_of(node: str, person: str, days: float = 3) -> NodeCredit:
    return NodeCredit(node, node, Share(1, (Credit(person, 1, 1, NOW - timedelta(days=days)),)), Share())


def styles(scheme, snapshot, theme=LIGHT):
    style_of = scheme.styling(snapshot, theme)
    return {node.id: style_of(node) for node in snapshot.blueprint.nodes}


def as_seen(colour: str, matrix) -> tuple[float, ...]:
    """A colour as somebody without one sort of cones sees it (Viénot, Brettel, Mollon 1999, linear RGB)."""
    linear = [c**2.2 for c in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())]
    seen = [sum(weight * c for weight, c in zip(row, linear, strict=True)) for row in matrix]
    return tuple(max(c, 0) ** (1 / 2.2) for c in seen)


PROTAN = ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1))
DEUTAN = ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1))


@pytest.fixture
def many(make_snapshot):
    """Twelve nodes; person 0 has three of them, persons 1 to 8 one each, the last node is from before the clone."""
    snapshot = make_snapshot(12)
    names = ["P0", "P0", "P0", *(f"P{number}" for number in range(1, 9)), UNKNOWN]
    return snapshot, [credit_of(node.id, name) for node, name in zip(snapshot.blueprint.nodes, names, strict=True)]


def test_who_has_no_colour_left_is_one_of_the_others_and_named(many):
    snapshot, nodes = many
    found = styles(contributor_scheme(nodes), snapshot)
    names = [style.name for style in found.values()]
    assert names[:4] == ["P0", "P0", "P0", "P1"]
    assert names.count("2 others") == 2
    assert names[-1] == "not known"
    assert "P7, P8" in next(style.meaning for style in found.values() if style.name == "2 others")


def test_a_node_that_is_not_committed_says_so(make_snapshot):
    snapshot = make_snapshot(3)
    found = styles(contributor_scheme([credit_of("def:n0", "P0")]), snapshot)
    assert [style.name for style in found.values()] == ["P0", "not committed", "not committed"]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_people_differ_by_mark_and_by_colour_for_every_eye(many, theme):
    snapshot, nodes = many
    found = set(styles(contributor_scheme(nodes), snapshot, theme).values())
    people = [style for style in found if style.name.startswith("P")]
    assert len(people) == len({style.mark for style in people}) == 7
    for one, other in combinations([style.fill for style in people], 2):
        for matrix in (PROTAN, DEUTAN):
            apart = max(abs(a - b) for a, b in zip(as_seen(one, matrix), as_seen(other, matrix), strict=True))
            assert apart > 0.1, (one, other)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_text_and_borders_can_be_seen(many, theme):
    snapshot, nodes = many
    for scheme in (contributor_scheme(nodes), recency_scheme(nodes, NOW)):
        for style in styles(scheme, snapshot, theme).values():
            assert contrast(style.text, style.fill) >= 4.5, style
            assert max(contrast(style.border, theme.ground), contrast(style.fill, theme.ground)) >= 3, style


def test_the_last_change_is_told_in_steps_of_one_hue(make_snapshot):
    snapshot = make_snapshot(6)
    ages = (0, 8, 31, 92, 366)
    nodes = [credit_of(node.id, "P0", days) for node, days in zip(snapshot.blueprint.nodes, ages, strict=False)]
    found = list(styles(recency_scheme(nodes, NOW), snapshot).values())
    assert [style.name for style in found] == [
        "in the last week",
        "in the last month",
        "in the last three months",
        "in the last year",
        "longer ago",
        "not committed",
    ]
    lightness = [QColor(style.fill).lightness() for style in found[:5]]
    assert lightness == sorted(lightness)
    assert len({style.mark for style in found[:5]} - {Mark.NONE}) == 5
