"""The rows of the command table that belong to how far a project is."""

from blueprint_app.ui.commands.command import Command, Condition
from blueprint_app.ui.commands.conditions import Conditions
from blueprint_app.ui.progress.desk import ProgressDesk
from blueprint_app.ui.progress.people.offered import READ_SCHEMES
from blueprint_app.ui.project.view_state import ViewStore


def saving_commands(desk: ProgressDesk, menu: str, project: tuple[Condition, ...]) -> tuple[Command, ...]:
    """The files for people who have no window."""
    return (
        Command(
            "file.report",
            "Save re&port…",
            desk.saving.choose_report,
            menu,
            (),
            project,
            group=1,
            hint="One HTML file with graph, numbers and lists, made for a project's pages",
        ),
        Command(
            "file.badge",
            "Save &badge…",
            desk.saving.choose_badge,
            menu,
            (),
            project,
            group=1,
            hint="One number as a small SVG image",
        ),
    )


def scheme_commands(
    desk: ProgressDesk, store: ViewStore, needs: Conditions, menu: str, group: int
) -> tuple[Command, ...]:
    """The colours whose data have to be read first."""
    return tuple(
        Command(
            f"view.scheme_{scheme}",
            f"Colours: {title}",
            lambda scheme=scheme: desk.choose_colours(scheme),  # type: ignore[misc]
            menu,
            (),
            needs.project,
            lambda scheme=scheme: store.state.scheme == scheme,  # type: ignore[misc]
            group=group,
            exclusive=True,
            hint="Read from the project's own commits as soon as it is chosen",
        )
        for scheme, title in READ_SCHEMES.items()
    )


def replay_commands(desk: ProgressDesk, needs: Conditions, menu: str, group: int) -> tuple[Command, ...]:
    """The past in the graph."""
    return (
        Command(
            "view.replay",
            "Replay the p&ast",
            desk.toggle_replay,
            menu,
            (),
            needs.history,
            desk.is_replaying,
            group=group,
            hint="The graph in the colours of a former day; once the history has been read, in the Progress view",
        ),
    )
