"""A placed graph with all that is painted of it: what the picture formats share."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from blueprint_app.export.inferred_words import CAPTION
from blueprint_app.export.looks import LookOf
from blueprint_app.layout.label_size import FONT_SIZE, text_width
from blueprint_app.layout.placement import Floats, LayoutProblem, Placement
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.snapshot import Snapshot

MARGIN = 12.0
ARROW_LENGTH = 9.0
CAPTION_HEIGHT = 24.0


@dataclass(frozen=True, slots=True, eq=False)
class DrawnGraph:
    """The placement belongs to the problem, and the problem's rows to the graph's nodes."""

    snapshot: Snapshot
    graph: DependencyGraph
    problem: LayoutProblem
    placement: Placement
    look: LookOf

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture in points, margins and the caption included."""
        left, top, right, bottom = self.placement.bounds
        width, height = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN
        if not self.caption:
            return width, height
        return max(width, text_width(self.caption, FONT_SIZE) + 2 * MARGIN), height + CAPTION_HEIGHT

    @property
    def caption(self) -> str:
        """The line under the picture, "" for none."""
        return CAPTION if self.graph.is_inferred else ""

    @property
    def shift(self) -> Floats:
        """What is to be added to the placement's points, so that the picture begins at 0, 0."""
        return np.array((MARGIN - self.placement.bounds[0], MARGIN - self.placement.bounds[1]))

    def curves(self) -> Iterator[Floats]:
        """Each drawn edge's control points, (3k + 1, 2), in the picture's coordinates, up to the arrow's tip."""
        points = self.placement.points + self.shift
        for start, end in zip(self.placement.offsets[:-1], self.placement.offsets[1:], strict=True):
            yield points[start:end]

    def group_boxes(self) -> Iterator[tuple[str, float, float, float, float]]:
        """Title, left, top, width and height of each group that has a box."""
        for group, box in zip(self.problem.groups, self.placement.group_boxes, strict=True):
            if not np.isnan(box).any():
                left, top = box[:2] + self.shift
                yield group.title, float(left), float(top), float(box[2] - box[0]), float(box[3] - box[1])


def behind_arrow(curve: Floats) -> Floats:
    """The curve shortened so that it ends at the arrow's back; its last point was the tip."""
    tip = curve[-1]
    for point in curve[-2::-1]:
        length = float(np.hypot(*(tip - point)))
        if length > 1e-6:
            shorter = curve.copy()
            shorter[-1] = tip + (point - tip) * min(ARROW_LENGTH / length, 0.9)
            return shorter
    return curve
