"""The one-word state of a node: worst news first, never more than is known."""

from enum import StrEnum

from blueprint_app.model.blueprint import Node


class Headline(StrEnum):
    """What a person should believe of a node at a glance; the value is the text shown."""

    CONTRADICTED = "contradicted"
    NOT_READY = "not ready"
    INFORMAL = "informal"
    AI_DRAFTED = "AI-drafted"
    STATED = "stated"
    CLAIMED = "claimed"
    FORMALISED = "formalised"
    LEAN_VERIFIED = "Lean-verified"
    FULLY_VERIFIED = "fully verified"
    IN_MATHLIB = "in Mathlib"


def headline_of(node: Node) -> Headline:
    """The headline that the author's own declarations give, with no evidence from Lean at hand.

    A definition has no proof to wait for, so its claim is made by the statement alone. A
    ``\\leanok`` in a proof whose statement lacks it claims nothing that can be checked.
    """
    statement = node.statement
    if statement.notready is not None:
        return Headline.NOT_READY
    if statement.mathlibok is not None:
        return Headline.IN_MATHLIB
    if not statement.is_leanok:
        return Headline.INFORMAL
    if node.kind == "definition" or (node.proof is not None and node.proof.is_leanok):
        return Headline.CLAIMED
    return Headline.STATED
