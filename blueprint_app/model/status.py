"""Status as leanblueprint derives it, and the strict reading that repairs where it misleads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlueprintStatus:
    """leanblueprint's derived states of a node and how it draws them.

    `border` and `fill` are CSS colours, "" for none; `shape` is "box" or "ellipse".
    """

    can_state: bool
    can_prove: bool
    proved: bool
    fully_proved: bool
    border: str
    fill: str
    shape: str
