"""The rows of the command table that belong to claims."""

from blueprint_app.ui.commands.command import Command, Condition
from blueprint_app.ui.next.desk import NextDesk


def claim_commands(desk: NextDesk, menu: str, node: tuple[Condition, ...]) -> tuple[Command, ...]:
    """Claim and release the selected node."""
    return (
        Command(
            "edit.claim", "C&laim node…", desk.claim_selected, menu, (), node, group=2, needs_folder=True,
            hint="Say in blueprint/claims.yaml that you work on it; shows the change first",
        ),
        Command(
            "edit.release", "R&elease node", desk.release_selected, menu, (), node, group=2, needs_folder=True,
            hint="Take its claims out of blueprint/claims.yaml; shows the change first",
        ),
    )  # fmt: skip
