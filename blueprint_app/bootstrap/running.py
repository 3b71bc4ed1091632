"""How work that takes a while is stopped, and how it tells how far it is."""

from collections.abc import Callable

Check = Callable[[], None]
Report = Callable[[float, str], None]


def unchecked() -> None:
    """What is called often by work that nobody stops."""


def unreported(fraction: float, note: str) -> None:
    """What is told how far the work is (0 to 1) where nobody wants to know."""
