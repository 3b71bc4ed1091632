"""Which nodes stand out and which step back: by a filter, by an emphasis, and around the one that is looked at."""

from collections.abc import Iterable

from blueprint_app.ui.canvas.painting.pictures import Pictures
from blueprint_app.ui.canvas.standing_out.badges import (
    Emphasised,
    PlacedBadges,
    chain_edges,
    nodes_among,
    placed_badges,
)
from blueprint_app.ui.canvas.standing_out.highlight import Highlight, highlight_of

MOST_KEPT = 200
"""So many highlights of a scene are kept for when the pointer comes back."""


class Prominence:
    """Tells the pictures of the scene what stands out; filter and emphasis outlast a scene."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._shown_ids: frozenset[str] | None = None
        self._highlights: dict[int, Highlight] = {}
        self.emphasis: Emphasised | None = None
        self.badges: PlacedBadges | None = None

    def take(self, pictures: Pictures) -> None:
        """Go on with the pictures of another scene."""
        self._pictures = pictures
        self._highlights = {}
        self._apply_fade()

    def show_only(self, nodes: Iterable[str] | None) -> bool:
        """Let all nodes but these step back, None for no filter; whether that is new."""
        shown = None if nodes is None else frozenset(nodes)
        if shown == self._shown_ids:
            return False
        self._shown_ids = shown
        self._apply_fade()
        return True

    def emphasise(self, emphasis: Emphasised | None) -> bool:
        """Let some nodes stand out from all others, None for none; whether that is new."""
        if emphasis == self.emphasis:
            return False
        self.emphasis = emphasis
        self._apply_fade()
        return True

    def light_up(self, node: int | None) -> None:
        """Highlight the surroundings of one node, or of none."""
        if node is not None and node not in self._highlights:
            if len(self._highlights) > MOST_KEPT:
                self._highlights.clear()
            self._highlights[node] = highlight_of(self._pictures.scene, node)
        self._pictures.stand_out(None if node is None else self._highlights[node])

    def _apply_fade(self) -> None:
        scene, emphasis = self._pictures.scene, self.emphasis
        faded = None if self._shown_ids is None else ~nodes_among(scene, self._shown_ids)
        strong = None
        if emphasis is not None:
            others = ~nodes_among(scene, emphasis.nodes)
            faded = others if faded is None else faded | others
            strong = chain_edges(scene, emphasis.chain)
        self.badges = placed_badges(scene, emphasis.badges) if emphasis is not None else None
        self._pictures.fade(faded, strong)
