"""What stands out around one node: its foundation, its impact, and the edges that make them."""

from dataclasses import dataclass

import numpy as np

from blueprint_app.ui.canvas.links import Indices
from blueprint_app.ui.canvas.painting.painting import Content, EdgeInk
from blueprint_app.ui.canvas.scene import Scene


@dataclass(frozen=True, slots=True, eq=False)
class Highlight:
    """One node's surroundings: `content` is painted over the stepped-back rest; `neighbours` are its direct ones."""

    node: int
    content: Content
    neighbours: Indices
    foundation_size: int
    impact_size: int


def highlight_of(scene: Scene, node: int) -> Highlight:
    """The highlight of a node; foundation and impact follow all edges, also those that the reduction left out."""
    foundation, impact = scene.rests_on.foundation(node), scene.rests_on.impact(node)
    shown = foundation | impact
    shown[node] = True
    itself = np.zeros_like(shown)
    itself[node] = True
    source, target = scene.edges[:, 0], scene.edges[:, 1]
    below = foundation[source] & (foundation | itself)[target]
    above = (impact | itself)[source] & impact[target]
    own = (source == node) | (target == node)
    theme = scene.theme
    inks = (
        EdgeInk(below & ~own, theme.foundation),
        EdgeInk(above & ~own & ~below, theme.impact),
        EdgeInk(below & own, theme.foundation, 0.8),
        EdgeInk(above & own, theme.impact, 0.8),
    )
    neighbours = np.union1d(scene.links.prerequisites_of(node), scene.links.users_of(node))
    return Highlight(
        node,
        Content(shown, np.zeros_like(shown), inks, has_ground=False, has_names=False),
        neighbours[neighbours != node],
        int(foundation.sum()),
        int(impact.sum()),
    )
