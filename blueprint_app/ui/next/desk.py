"""Claims and releases in the window: who claims is asked, the change of the file is shown, and then it is written."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.next.offer_words import listed
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.window.notices import Offer, trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from blueprint_app.live.issues.asking import Answer
    from blueprint_app.live.issues.project_issues import ProjectIssues
    from blueprint_app.ui.jobs import JobContext
    from blueprint_app.ui.next.claim_dialog import ClaimDialog
    from blueprint_app.ui.next.ranking import Ranking
    from blueprint_app.ui.window.main_window import MainWindow

_SLOT, _GITHUB = "claim-who", "github"


def ranked(snapshot: Snapshot, check: "Callable[[], None]") -> "Ranking":
    """The ranking of a project with the claims and the attempts of its folder; call it in a job."""
    from blueprint_app.bootstrap.attempts import failed_attempts
    from blueprint_app.bootstrap.claims import claims_of
    from blueprint_app.insight.next.claims import remarks_on
    from blueprint_app.insight.next.next_lemma import next_lemmas
    from blueprint_app.ui.next.ranking import ranking_of

    today = date.today()
    claims, issues = claims_of(snapshot)
    check()
    failed = failed_attempts(snapshot)
    check()
    found = next_lemmas(snapshot, today, claims=claims, failed=failed, with_unwritten=True)
    return ranking_of(snapshot, found, claims, issues, remarks_on(snapshot, claims, today), today)


class NextDesk(QObject):
    """`dialog` asks who claims, `question` whether GitHub may be asked; `api` is another address ("": its own)."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: ClaimDialog | None = None
        self.question: QMessageBox | None = None
        self.api = ""

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

    def ask_github(self) -> None:
        """Ask GitHub who works on the issues: at once where that was agreed to, else after showing what is sent."""
        from blueprint_app.bootstrap.claims import allowed_issues

        project, ranking = self._window.session.project, self._window.next_view.ready.ranking
        if project is None or ranking is None or ranking.issues.repository is None:
            return
        issues, folder, allowed = ranking.issues, self._folder, allowed_issues()
        if allowed.holds(ranking.issues.repository, folder):
            self._look_at_issues(issues)
            return
        self.question = question = QMessageBox(self._window)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setWindowTitle("Ask GitHub")
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setText(f"Ask GitHub who works on the issues of {issues.repository}?")
        question.setInformativeText(f"{issues.what_is_sent()}\n\nYou are asked once for this project.")
        yes = question.addButton("Ask GitHub", QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        yes.clicked.connect(lambda: self._on_agreed(issues))
        question.open()

    def _on_agreed(self, issues: "ProjectIssues") -> None:
        from blueprint_app.bootstrap.claims import allowed_issues

        assert issues.repository is not None
        try:
            allowed_issues().add(issues.repository, self._folder)
        except BlueprintError as error:
            self._window.notices.show_notice(trouble(str(error), topic=_GITHUB))
            return
        self._look_at_issues(issues)

    def _look_at_issues(self, issues: "ProjectIssues") -> None:
        def work(context: "JobContext") -> "Answer":
            from blueprint_app.bootstrap.claims import kept_issues
            from blueprint_app.live.issues.project_issues import look_again

            return look_again(issues, kept_issues(), lambda fraction: context.report(fraction, "issues"), api=self.api)

        again = Offer("Try again", lambda: self._look_at_issues(issues))
        self._window.jobs.start(
            _GITHUB,
            work,
            self._on_answer,
            lambda error: self._window.notices.show_notice(trouble(str(error), (again,), topic=_GITHUB)),
            title="Asking GitHub",
        )

    def _on_answer(self, answer: "Answer") -> None:
        gone = f"There is no issue {listed(f'#{number}' for number in answer.gone)}." if answer.gone else ""
        text = f"{answer.trouble} {gone}".strip()
        self._window.notices.clear(_GITHUB)
        if text:
            self._window.notices.show_notice(trouble(text, topic=_GITHUB))
        self._window.next_view.look_again()

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
        project, missing = self._window.session.project, self._window.deeds.at_hand.no_folder()
        if missing:
            self._window.notices.show_notice(trouble(missing, topic="change"))
            return None
        return project.snapshot.nodes.get(NodeId(node_id)) if project is not None else None

    @property
    def _folder(self) -> Path:
        project = self._window.session.project
        assert project is not None
        return Path(project.snapshot.blueprint.folder)
