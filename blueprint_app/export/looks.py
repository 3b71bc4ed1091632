"""How a node is painted in an exported picture, and which of a project's own colours may be taken over."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot

_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|[A-Za-z]{1,30}")


@dataclass(frozen=True, slots=True)
class Look:
    """CSS colours: of the inside ("" for none), the outline and the text; `hatched` with lines in the outline's."""

    fill: str
    border: str
    text: str = "#000000"
    hatched: bool = False


LookOf = Callable[[NodeId], Look]


def leanblueprint_looks(snapshot: Snapshot) -> LookOf:
    """The colours that leanblueprint draws, black where it names none; what a model drafted is hatched."""

    def look(node: NodeId) -> Look:
        status = snapshot.status[node]
        hatched = snapshot.waits_for_person(node)
        return Look(safe_colour(status.fill), safe_colour(status.border) or "#000000", hatched=hatched)

    return look


def safe_colour(colour: str) -> str:
    """A project's colour if it is a plain name or a hexadecimal value, else "".

    Anything else could make a picture load something, as ``url(...)`` does.
    """
    return colour if _COLOUR.fullmatch(colour) else ""
