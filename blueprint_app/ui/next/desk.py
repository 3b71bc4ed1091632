"""Claims and releases in the window: who claims is asked, the change of the file is shown, and then it is written."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.notices import trouble
from blueprint_app.ui.wording import plain_heading

if TYPE_CHECKING:
    from collections.abc import Callable

    from blueprint_app.ui.main_window import MainWindow
    from blueprint_app.ui.next.claim_dialog import ClaimDialog
    from blueprint_app.ui.next.ranking import Ranking

_SLOT = "claim-who"


def ranked(snapshot: Snapshot, check: "Callable[[], None]") -> "Ranking":
    """The ranking of a project with the claims and the attempts of its folder; call it in a job."""
    from blueprint_app.bootstrap import claims_at, failed_attempts
    from blueprint_app.insight.claims import remarks_on
    from blueprint_app.insight.next_lemma import next_lemmas
    from blueprint_app.ui.next.ranking import ranking_of

    today = date.today()
    claims = claims_at(Path(snapshot.blueprint.folder))
    check()
    failed = failed_attempts(snapshot)
    check()
    found = next_lemmas(snapshot, today, claims=claims, failed=failed, with_unwritten=True)
    return ranking_of(snapshot, found, claims, remarks_on(snapshot, claims, today), today)


class NextDesk(QObject):
    """`dialog` is the last one that asked who claims."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: ClaimDialog | None = None

    def claim_selected(self) -> None:
        """Claim the selected node."""
        if self._window.store.state.node is not None:
            self.claim(self._window.store.state.node)

    def release_selected(self) -> None:
        """Release the selected node."""
        if self._window.store.state.node is not None:
            self.release(self._window.store.state.node)

    def claim(self, node_id: str) -> None:
        """Ask who claims a node, then show the change."""
        node = self._node(node_id)
        if node is None:
            return
        from blueprint_app.assistant.project_state import person_of

        folder = self._folder
        self._window.jobs.start(
            _SLOT, lambda context: person_of(folder, context.check), lambda person: self._ask(node, person)
        )

    def release(self, node_id: str) -> None:
        """Show the change that takes the claims on a node away."""
        from blueprint_app.live.claiming import planned_release

        node, folder = self._node(node_id), self._folder
        if node is not None:
            reason = f"{plain_heading(node)} is free again for others."
            self._window.mending.review(lambda: planned_release(folder, node), reason)

    def _ask(self, node: Node, person: str) -> None:
        from blueprint_app.live.claiming import planned_claim
        from blueprint_app.ui.next.claim_dialog import ClaimDialog

        folder = self._folder

        def agreed(by: str, days: int | None, note: str) -> None:
            reason = f"{plain_heading(node)}: the others see that you work on it, once the file is committed."
            self._window.mending.review(lambda: planned_claim(folder, node, by, date.today(), days, note), reason)

        self.dialog = ClaimDialog(plain_heading(node), person, self._window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.destroyed.connect(self._on_closed)
        self.dialog.agreed.connect(agreed)
        self.dialog.open()

    def _on_closed(self) -> None:
        self.dialog = None

    def _node(self, node_id: str) -> Node | None:
        """The node, where the project is a folder that can be written; else a notice says why nothing is done."""
        project, missing = self._window.session.project, self._window.deeds.no_folder()
        if missing:
            self._window.notices.show_notice(trouble(missing, topic="change"))
            return None
        return project.snapshot.nodes.get(NodeId(node_id)) if project is not None else None

    @property
    def _folder(self) -> Path:
        project = self._window.session.project
        assert project is not None
        return Path(project.snapshot.blueprint.folder)
