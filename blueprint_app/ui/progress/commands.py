"""The rows of the command table that belong to how far a project is."""

from collections.abc import Callable

from blueprint_app.ui.commands import Command
from blueprint_app.ui.progress.desk import ProgressDesk


def saving_commands(desk: ProgressDesk, menu: str, has_project: Callable[[], bool]) -> tuple[Command, ...]:
    """The files for people who have no window."""
    return (
        Command(
            "file.report",
            "Save re&port…",
            desk.saving.choose_report,
            menu,
            (),
            has_project,
            group=1,
            hint="One HTML file with graph, numbers and lists, made for a project's pages",
        ),
        Command(
            "file.badge",
            "Save &badge…",
            desk.saving.choose_badge,
            menu,
            (),
            has_project,
            group=1,
            hint="One number as a small SVG image",
        ),
    )
