"""The row of the command table that opens the guide; the window is not imported before."""

from collections.abc import Callable

from blueprint_app.ui.commands.command import Command


def guide_commands(show: Callable[[], object], menu: str) -> tuple[Command, ...]:
    """What is read first stands first in its menu."""
    return (Command("help.guide", "&Guide", show, menu, ("F1",), hint="What can be done here, and what it means"),)
