"""Asks Lean and builds: only on a person's word, once given for each project, as both run the project's own code."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from blueprint_app.insight.evidence_progress import EvidenceProgress
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import ProjectEvidence
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.lean_side.desk import IMPORTED
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.ui.lean_side.desk import LeanSide
    from blueprint_app.ui.window.main_window import MainWindow

ASK, BUILD = "ask", "build"
"""The slots of these jobs."""

_TRUSTED = "trusted"
_TOPIC = "lean"
_MOST_TRUSTED = _MOST_KEPT = 200
_UNUSABLE = ("evidence-gone", "evidence-file")
"""What is remarked of a file of evidence that was wanted and could not be taken."""

_FILES = "Evidence (*.json);;All files (*)"


class Asking(QObject):
    """The deeds of the menu Lean."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._told: Diagnostic | None = None
        window.session.opened.connect(self._on_shown)
        window.session.renewed.connect(lambda _old, new: self._on_shown(new))
        window.session.closed.connect(self._on_closed)
        window.status.published.clicked.connect(lambda _checked=False: self._show_menu())
        window.build_panel.stop_requested.connect(lambda: window.presenter.stop(BUILD))
        window.jobs.activities_changed.connect(lambda _activities: self._on_activities())

    @property
    def _side(self) -> "LeanSide | None":
        return self._window.lean.side

    def can_ask(self) -> bool:
        """Whether the Lean side of a project is at hand and nothing of this is under way."""
        jobs = self._window.jobs
        return self._side is not None and not jobs.is_running(ASK) and not jobs.is_running(BUILD)

    def has_side(self) -> bool:
        """Whether the Lean side of a project is at hand."""
        return self._side is not None

    def has_lean(self) -> bool:
        """Whether there is a Lean on this machine."""
        from blueprint_app.lean.asking.tools import has_lake

        return has_lake()

    def ask_lean(self) -> None:
        """Ask Lean about every declaration of the blueprint."""
        self._with_trust("Ask Lean", "Asking Lean", self._ask)

    def build(self) -> None:
        """Run the project's build and show what it prints."""
        self._with_trust("Build", "Building", self._build)

    # Trust

    def _with_trust(self, verb: str, doing: str, act: Callable[[], None]) -> None:
        project = self._window.session.project
        if project is None or not self.can_ask():
            return
        folder = project.snapshot.blueprint.folder
        if folder in self._window.settings[_TRUSTED]:
            act()
            return
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setObjectName("trust")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(verb)
        box.setText(f"{doing} runs this project's own code on your machine.")
        box.setInformativeText(
            f"{folder}\n\nIts lakefile and its compiled modules can do whatever you can do. "
            "Go on only if you trust its authors. You will not be asked again for this project."
        )
        agree = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        agree.clicked.connect(lambda: self._trust(folder, act))
        box.open()

    def _trust(self, folder: str, act: Callable[[], None]) -> None:
        settings = self._window.settings
        settings[_TRUSTED] = (folder, *settings[_TRUSTED])[:_MOST_TRUSTED]
        project = self._window.session.project
        if project is not None and project.snapshot.blueprint.folder == folder:
            act()

    # Asking

    def _ask(self) -> None:
        side = self._side
        if side is None:
            return

        def asked(project: OpenProject) -> None:
            self._window.notices.show_notice(self._outcome(project))

        self._window.lean.look(
            lambda blueprint, context: side.ask(blueprint, context.check, context.report), asked, ASK, "Asking Lean"
        )

    def _outcome(self, project: OpenProject) -> Notice:
        """What asking came to: numbers, or why there are none."""
        progress, remarks = project.evidence_progress, project.snapshot.evidence.remarks
        build = Offer("Build", self.build)
        for code in ("lean-not-asked", "not-built"):
            for remark in remarks:
                if remark.code == code and not progress.was_asked:
                    reason = f"Lean was not asked. {remark.message}" if code == "not-built" else remark.message
                    return trouble(f"{reason} {remark.hint}".strip(), (build,), topic=_TOPIC)
        words = f"Lean was asked: {_numbers(progress)}."
        stale = next((remark for remark in remarks if remark.code == "build-stale"), None)
        if stale is not None:
            return Notice(f"{words} {stale.message}", (build,), topic=_TOPIC)
        return Notice(words, topic=_TOPIC)

    # Building

    def _build(self) -> None:
        side, window = self._side, self._window
        if side is None:
            return
        panel = window.build_panel
        panel.begin("lake build")
        window.bottom.setCurrentWidget(panel)
        window.diagnostics_dock.show()

        def work(context: JobContext) -> bool:
            context.report(-1.0, "lake build")
            return side.build(panel.write_line, context.check)

        def done(succeeded: bool) -> None:
            panel.end("The build succeeded." if succeeded else "The build failed.")
            ask = Offer("Ask Lean", self.ask_lean)
            if succeeded:
                window.notices.show_notice(Notice("The project is built.", (ask,), topic=_TOPIC))
            else:
                window.notices.show_notice(trouble("The build failed; its output says why.", topic=_TOPIC))
            window.lean.look_again()

        def failed(error: BlueprintError) -> None:
            panel.end(str(error))
            window.notices.show_notice(trouble(str(error), topic=_TOPIC))

        window.jobs.start(BUILD, work, done, failed, title="Building")

    def _on_activities(self) -> None:
        panel = self._window.build_panel
        if not panel.stop.isHidden() and not self._window.jobs.is_running(BUILD):
            panel.end("The build was stopped.")
        self._window.commands.refresh()

    # Evidence files

    def export_evidence(self) -> None:
        """Ask for a file and write what is known to it, for people who have no Lean."""
        project = self._window.session.project
        if project is None:
            return
        start = str(Path(project.snapshot.blueprint.folder) / "blueprint" / "evidence.json")
        name, _kind = QFileDialog.getSaveFileName(self._window, "Export evidence", start, _FILES)
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write what is known to `path`."""
        project, side = self._window.session.project, self._side
        if project is None or side is None:
            return

        def done(written: tuple[int, ProjectEvidence]) -> None:
            words = f"Evidence of {written[0]} declarations was written to {path}."
            self._window.notices.show_notice(Notice(words, topic=_TOPIC))

        blueprint = project.snapshot.blueprint
        self._window.jobs.start(
            "evidence-file",
            lambda context: side.publish(blueprint, path, context.check),
            done,
            self._on_failed,
            title="Writing evidence",
        )

    def import_evidence(self) -> None:
        """Ask for a file of evidence and take it into account."""
        project = self._window.session.project
        if project is None:
            return
        start = project.snapshot.blueprint.folder
        name, _kind = QFileDialog.getOpenFileName(self._window, "Import evidence", start, _FILES)
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Take the evidence in `path` into account, now and whenever this project is opened."""
        side, project = self._side, self._window.session.project
        if side is None or project is None:
            return
        folder = project.snapshot.blueprint.folder

        def done(_none: None) -> None:
            self._remember(folder, path)
            self._window.lean.look_again()
            words = f"Evidence from {path.name} is taken into account from now on; where sources differ it is stale."
            drop = Offer("Drop it", self.drop_evidence)
            self._window.notices.show_notice(Notice(words, (drop,), topic=_TOPIC))

        self._window.jobs.start("evidence-file", lambda _context: side.take(path), done, self._on_failed)

    def can_drop(self) -> bool:
        """Whether evidence was imported for the open project, and nothing of this is under way."""
        return self.can_ask() and self._side is not None and self._side.imported is not None

    def drop_evidence(self) -> None:
        """Leave the imported evidence out from now on; the file stays where it is."""
        side, project = self._side, self._window.session.project
        if side is None or project is None:
            return
        side.imported = None
        self._remember(project.snapshot.blueprint.folder, None)
        self._window.lean.look_again()
        self._window.notices.show_notice(Notice("The imported evidence is left out from now on.", topic=_TOPIC))
        self._window.commands.refresh()

    def _remember(self, folder: str, path: Path | None) -> None:
        kept = {name: file for name, file in self._window.settings[IMPORTED].items() if name != folder}
        if path is not None:
            kept = {folder: str(path.absolute()), **kept}
        self._window.settings[IMPORTED] = dict(list(kept.items())[:_MOST_KEPT])

    def _on_shown(self, project: OpenProject) -> None:
        """Tell whose evidence is in use, and once that a file which should be is not."""
        window, evidence, side = self._window, project.snapshot.evidence, self._side
        was_imported = side is not None and side.imported is not None
        count = _rests_on(project) if evidence.published is not None else 0
        window.status.show_published(evidence.published, count, was_imported=was_imported)
        gone = next((each for each in evidence.remarks if each.code in _UNUSABLE), None)
        if gone is None or not was_imported or self._told == gone:
            return
        self._told = gone
        offers = (Offer("Import evidence…", self.import_evidence), Offer("Drop it", self.drop_evidence))
        window.notices.show_notice(trouble(f"{gone.message} {gone.hint}".strip(), offers, topic=_TOPIC))

    def _show_menu(self) -> None:
        window = self._window
        menu = QMenu(window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("lean.import", "lean.drop"):
            menu.addAction(window.commands[name])
        menu.popup(window.status.published.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _on_closed(self) -> None:
        self._told = None
        self._window.status.show_published(None)

    def _on_failed(self, error: BlueprintError) -> None:
        self._window.notices.show_notice(trouble(str(error), topic=_TOPIC))


def _rests_on(project: OpenProject) -> int:
    """How many declarations are known of as others published."""
    evidences = project.snapshot.node_evidence.values()
    return sum(each.origin is not None for evidence in evidences for each in evidence.declarations)


def _numbers(progress: EvidenceProgress) -> str:
    words = f"{progress.verified} of {progress.to_prove} to be proved are Lean-verified"
    return f"{words}, {progress.contradicted} contradicted" if progress.contradicted else words
