"""How much of a node and an edge is worth painting at a scale; sizes here are in logical pixels."""

from dataclasses import dataclass
from enum import IntEnum

LABEL_SCALE, TITLE_SCALE = 0.45, 0.8
SMALLEST_PIXELS = 7
LABEL_PIXELS = 14
"""The height of the label that the layout made room for, at scale 1."""


class Writing(IntEnum):
    """What is written in a node."""

    NOTHING = 0
    LABEL = 1
    TITLE = 2


@dataclass(frozen=True, slots=True)
class Detail:
    """What a scale allows: `nearness` runs from 0 in the overview to 1 where single edges are followed."""

    writing: Writing
    font_pixels: int
    caption_pixels: int
    outlines: bool
    border: float
    mark_radius: float
    arrow: float
    dashes: bool
    edge_width: float
    nearness: float


def detail_at(scale: float) -> Detail:
    """The detail for a scale in logical pixels per point."""
    writing = Writing.TITLE if scale >= TITLE_SCALE else Writing.LABEL if scale >= LABEL_SCALE else Writing.NOTHING
    near = min(max((scale - 0.06) / 0.5, 0.0), 1.0)
    return Detail(
        writing=writing,
        # Text grows slower than its node from here on, so that more of a title finds room.
        font_pixels=max(int(LABEL_PIXELS * scale), SMALLEST_PIXELS)
        if writing is Writing.LABEL
        else round(min(8.5 + 3.2 * scale, 17)),
        caption_pixels=round(min(7.5 + 2.4 * scale, 13)),
        outlines=scale >= 0.12,
        border=min(max(1.5 * scale, 0.8), 2.0),
        mark_radius=min(max(7 * scale, 4.2), 11.0) if scale >= 0.4 else 0.0,
        arrow=min(2 + 7 * scale, 12.0) if scale >= 0.2 else 0.0,
        dashes=scale >= 0.16,
        edge_width=min(max(1.0, 0.5 + 0.8 * scale), 1.8),
        nearness=near,
    )
