"""What leanblueprint's borders, fills and shapes claim of a node that is known only by its drawing."""

from blueprint_app.model.blueprint import LEANBLUEPRINT_COLOURS
from blueprint_app.sources.plain_nodes import PlainNode

_COLOURS = {name: colour.value.lower() for name, colour in LEANBLUEPRINT_COLOURS.items()}
_PROVED = frozenset({_COLOURS["proved"], _COLOURS["fully_proved"]})
KNOWN = frozenset(_COLOURS.values())


def claim_by_looks(node: PlainNode, border: str, fill: str, shape: str) -> bool:
    """Set what the colours say; False if a colour is none of leanblueprint's own.

    Blue is left out: it follows from the rest. A definition is a box; its fill repeats its border.
    """
    border, fill = border.lower(), fill.lower()
    is_definition = shape == "box"
    node.mathlib = border == _COLOURS["mathlib"]
    node.stated = border == _COLOURS["stated"]
    node.notready = border == _COLOURS["not_ready"]
    if fill == _COLOURS["defined"]:
        node.stated = node.stated or not node.mathlib
    elif fill in _PROVED and not is_definition:
        node.proved = True
    if fill == _COLOURS["can_prove"] and not is_definition and node.proof is None:
        # leanblueprint fills so only what has a proof.
        node.proof = ""
    return all(not colour or colour in KNOWN for colour in (border, fill))
