"""Where an arrow key leads from a node: along edges, and sideways among what the last step could have reached."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from blueprint_app.ui.canvas.links import Indices
from blueprint_app.ui.canvas.scene import Scene


class Direction(Enum):
    """A step: up to a prerequisite, down to a user, or sideways to a sibling."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Stand:
    """A node and, where a step up or down led to it, the nodes which that step chose among."""

    node: int
    choices: tuple[int, ...] = ()


def step(scene: Scene, stand: Stand, direction: Direction) -> Stand | None:
    """The next stand in a direction, or None where there is nothing."""
    if direction in (Direction.LEFT, Direction.RIGHT):
        return _sideways(scene, stand, 1 if direction is Direction.RIGHT else -1)
    links = scene.links
    options = links.prerequisites_of(stand.node) if direction is Direction.UP else links.users_of(stand.node)
    options = np.unique(options[options != stand.node])
    if not len(options):
        return None
    x, y = scene.centre(stand.node)
    nearest = min(options.tolist(), key=lambda other: _distance(scene, other, x, y))
    return Stand(nearest, tuple(options.tolist()))


def _distance(scene: Scene, node: int, x: float, y: float) -> float:
    other_x, other_y = scene.centre(node)
    # Sideways counts more: the eye goes on in the key's direction.
    return 2 * abs(other_x - x) + abs(other_y - y)


def _sideways(scene: Scene, stand: Stand, sign: int) -> Stand | None:
    choices = stand.choices or tuple(_siblings(scene, stand.node).tolist())
    ordered = sorted({*choices, stand.node}, key=lambda node: (scene.centre(node)[0], node))
    position = ordered.index(stand.node) + sign
    if 0 <= position < len(ordered):
        return Stand(ordered[position], choices)
    return None


def _siblings(scene: Scene, node: int) -> Indices:
    """Users of the same prerequisites; for a node without any, prerequisites of the same users; else its row."""
    links = scene.links
    for parents, children in (
        (links.prerequisites_of(node), links.users_of),
        (links.users_of(node), links.prerequisites_of),
    ):
        found = [children(int(parent)) for parent in parents]
        if found and len(np.unique(np.concatenate(found))) > 1:
            return np.unique(np.concatenate(found))
    middle = scene.centre(node)[1]
    return np.flatnonzero((scene.corners[:, 1] <= middle) & (scene.corners[:, 3] >= middle))


def nearest_to(scene: Scene, x: float, y: float) -> int | None:
    """The node whose middle is nearest to a point of the scene."""
    if not scene.ids:
        return None
    middles = scene.rects[:, :2] + scene.rects[:, 2:] / 2
    return int(np.argmin(((middles - (x, y)) ** 2).sum(axis=1)))
