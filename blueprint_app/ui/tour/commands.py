"""The row of the command table that begins the tour."""

from blueprint_app.ui.commands.command import Command, Condition
from blueprint_app.ui.tour.desk import TourDesk


def tour_commands(desk: TourDesk, menu: str) -> tuple[Command, ...]:
    """It stands below the guide."""
    hint = "A few cards over the window that say what is where; with the sample where no project is open"
    needs = (Condition(desk.can_begin, "No project is open, and there is no sample to show."),)
    return (Command("help.tour", "Take a short &tour", desk.begin, menu, (), needs, hint=hint),)
