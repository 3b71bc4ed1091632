"""What stands behind the bar that a person chose: lists of nodes, each under a few words."""

from dataclasses import dataclass

from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.progress.now.figures import Tally


@dataclass(frozen=True, slots=True)
class Behind:
    """Named lists of nodes under one title; `first` is the one that is shown first.

    `gone` tells nodes that are no longer there, which can be read but not selected.
    """

    title: str
    lists: tuple[tuple[str, tuple[NodeId, ...]], ...]
    first: int = 0
    gone: frozenset[NodeId] = frozenset()


def behind_tally(tally: Tally, of: str = "", *, left: bool | None = None) -> Behind:
    """The nodes of a tally on both sides; those that are left first, unless the done are asked for or are all."""
    shows_left = bool(tally.left) if left is None else left
    words = tally.words[:1].upper() + tally.words[1:]
    title = f"{of} · {tally.words}" if of else words
    return Behind(title, (("Left", tally.left), ("Done", tally.done)), 0 if shows_left else 1)
