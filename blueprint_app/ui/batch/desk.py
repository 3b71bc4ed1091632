"""Runs over many nodes in the window: nothing of them is loaded before a person wants one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.assistant.side import AssistantSide
from blueprint_app.ui.batch.side import BatchesOf, BatchSide
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.assistant.batch.journal import Journal
    from blueprint_app.assistant.batch.plan import BatchPlan, Limits
    from blueprint_app.assistant.batch.runner import BatchEvent, BatchRun, Outcome
    from blueprint_app.assistant.budget import Amount
    from blueprint_app.assistant.question import Question
    from blueprint_app.model.snapshot import Snapshot
    from blueprint_app.ui.batch.nodes import Choice
    from blueprint_app.ui.batch.running import Running
    from blueprint_app.ui.batch.setup_page import LeftRun
    from blueprint_app.ui.batch.window import BatchWindow
    from blueprint_app.ui.batch.wishes import Wishes
    from blueprint_app.ui.window.main_window import MainWindow

RUN = "batch"
"""The slot of the run."""
_BEGIN, _NODES, _LEFT, _CONSENT = "batch-begin", "batch-nodes", "batch-left", "batch-consent"
_FRAME_MS = 125
WISHES = "batch"
"""The setting that keeps what was chosen for the last run."""

Begin = Callable[[Callable[["BatchEvent"], None]], "BatchRun"]


class BatchDesk(QObject):
    """At most one run at a time. It goes on while its window is closed, and ends with the application."""

    def __init__(self, window: "MainWindow", batches_of: BatchesOf | None) -> None:
        super().__init__(window)
        self._window, self._batches_of = window, batches_of
        self.dialog: BatchWindow | None = None
        self.running: Running | None = None
        self._last: Running | None = None
        self._side: AssistantSide | None = None
        self._batches: BatchSide | None = None
        self._folder = ""
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._on_frame)
        window.session.opened.connect(lambda _project: self._on_project())
        window.session.closed.connect(self._on_project)
        window.store.changed.connect(lambda old, new: self._on_view(old.node != new.node))
        window.session.filtered.connect(lambda _filtered: self._on_view(True))
        window.session.renewed.connect(lambda _old, _new: self._on_view(True))
        window.jobs.activities_changed.connect(lambda _activities: self._on_activities())

    def can_begin(self) -> bool:
        """Whether there is a project that runs can be made over."""
        return self._batches_of is not None and self._window.deeds.at_hand.has_assistant()

    def show(self) -> None:
        """Show the run that is under way, or set one up."""
        self._window.assistant.with_side(self._open)

    # Setting up

    def _open(self, side: AssistantSide) -> None:
        assert self._batches_of is not None
        batches_of = self._batches_of
        if side is self._side and self.dialog is not None:
            self._present()
            return

        def work(_context: JobContext) -> BatchSide:
            import blueprint_app.ui.batch.running
            import blueprint_app.ui.batch.window  # noqa: F401

            return batches_of(side)

        def done(batches: BatchSide) -> None:
            self._side, self._batches, self._folder = side, batches, str(side.folder)
            self._present()

        self._window.jobs.start(_BEGIN, work, done, self._on_failed, is_long=True)

    def _present(self) -> None:
        dialog = self._made()
        if self.running is None and not dialog.isVisible():
            self._set_up()
        dialog.show()
        dialog.activateWindow()

    def _made(self) -> "BatchWindow":
        if self.dialog is None:
            from blueprint_app.ui.batch.window import BatchWindow

            self.dialog = BatchWindow(self._window)
            setup, run = self.dialog.setup, self.dialog.run
            setup.nodes_wanted.connect(self._look_for_nodes)
            setup.start_wanted.connect(self._on_start)
            setup.models_wanted.connect(self._window.deeds.setting_up.show_models)
            run.node_chosen.connect(self._window.presenter.go_to)
            run.pause_wanted.connect(self._on_pause)
            run.stop_wanted.connect(self.stop)
            run.resume_wanted.connect(self._on_resume)
            run.new_wanted.connect(self._set_up)
        return self.dialog

    def _set_up(self) -> None:
        from blueprint_app.ui.batch.wishes import wishes_of

        dialog, side = self._made(), self._side
        assert side is not None
        wishes = wishes_of(self._window.settings[WISHES])
        if not wishes.models:
            wishes = _with_set_model(wishes, side)
        dialog.setup.show_wishes(wishes, side.settings)
        dialog.show_setup()
        self._look_for_nodes()
        self._look_for_left()

    def settings_written(self) -> None:
        """The settings of models are others now: offer what is set."""
        if self.dialog is not None and self.dialog.is_setup and self._side is not None:
            wishes = self.dialog.setup.wishes
            wishes = wishes if wishes.models else _with_set_model(wishes, self._side)
            self.dialog.setup.show_wishes(wishes, self._side.settings)

    def _look_for_nodes(self) -> None:
        project, dialog = self._window.session.project, self.dialog
        if project is None or dialog is None:
            return
        from blueprint_app.export.titles import plain_heading
        from blueprint_app.ui.batch.nodes import choice_of

        state, snapshot = self._window.store.state, project.snapshot
        task, labels = dialog.setup.wishes.task, dialog.setup.labels.text()
        node = snapshot.nodes.get(state.node) if state.node is not None else None

        def work(_context: JobContext) -> "Choice":
            matching = project.node_filter.matching(state.filter)
            return choice_of(snapshot, task, matching, state.node, labels)

        selected = plain_heading(node) if node is not None else ""
        self._window.jobs.start(_NODES, work, lambda choice: dialog.setup.show_choice(choice, selected))

    def _look_for_left(self) -> None:
        batches, dialog = self._batches, self.dialog
        assert batches is not None
        assert dialog is not None

        def done(found: "tuple[tuple[Journal, ...], Amount]") -> None:
            dialog.setup.show_left([self._left_run(journal) for journal in found[0]])
            dialog.setup.show_spent(found[1])

        self._window.jobs.start(_LEFT, lambda _context: (batches.left(), batches.spent_today()), done, self._on_failed)

    def _left_run(self, journal: "Journal") -> "LeftRun":
        from blueprint_app.assistant.batch.plan import jobs_of
        from blueprint_app.ui.batch.setup_page import LeftRun

        jobs = jobs_of(journal.plan)
        left = sum(job.key not in journal.done for job in jobs)
        models = ", ".join(model.model for model in journal.plan.models)
        begun = _begun(journal.plan.run)
        words = f"The run of {begun} by {models} was not finished: {left} of {len(jobs)} tasks are left."
        return LeftRun(words, lambda: self._go_on(journal), lambda: self._discard(journal), journal.halted)

    def _discard(self, journal: "Journal") -> None:
        self._window.jobs.start(
            _LEFT, lambda _context: journal.remove(), lambda _none: self._look_for_left(), self._on_failed
        )

    # Beginning

    def _on_start(self) -> None:
        from blueprint_app.assistant.batch.plan import BatchPlan
        from blueprint_app.assistant.records.record import new_id

        project, dialog = self._window.session.project, self.dialog
        if project is None or dialog is None or self.running is not None:
            return
        wishes, nodes = dialog.setup.wishes, dialog.setup.nodes
        if not nodes or not wishes.models:
            return
        self._window.settings[WISHES] = wishes.as_texts()
        plan = BatchPlan(
            new_id(), wishes.task, nodes, wishes.models, wishes.rounds, wishes.parallel, wishes.limits,
            wishes.first_wins,
        )  # fmt: skip
        batches, snapshot = self._batches, project.snapshot
        assert batches is not None
        self._with_consent(plan, snapshot, lambda: self._begin(lambda tell: batches.begin(snapshot, plan, tell)))

    def _go_on(self, journal: "Journal", limits: "Limits | None" = None) -> None:
        project, batches = self._window.session.project, self._batches
        if project is None or batches is None or self.running is not None:
            return
        snapshot = project.snapshot
        self._with_consent(
            journal.plan, snapshot, lambda: self._begin(lambda tell: batches.go_on(snapshot, journal, limits, tell))
        )

    def _with_consent(self, plan: "BatchPlan", snapshot: "Snapshot", then: Callable[[], None]) -> None:
        """Ask for each host that nobody agreed to: what would be sent for the first node is shown."""
        side = self._side
        assert side is not None

        def work(context: JobContext) -> "Question | None":
            from blueprint_app.assistant.endpoints.consent import needs_consent

            side.reload_settings()
            for model in plan.models:
                if needs_consent(side.model_for(plan.task, model)[0], side.settings):
                    told = side.context(snapshot, NodeId(plan.nodes[0]), plan.task, check=context.check)
                    return side.question(told, chosen=model)
            return None

        def done(question: "Question | None") -> None:
            if question is None:
                then()
                return
            from blueprint_app.ui.assistant.sent_dialog import SentDialog

            dialog = SentDialog(question, self._made(), more=len(plan.nodes) - 1)
            dialog.agreed.connect(lambda: self._agree(question.host, lambda: self._with_consent(plan, snapshot, then)))
            dialog.open()

        self._window.jobs.start(_CONSENT, work, done, self._on_failed, is_long=True)

    def _agree(self, host: str, then: Callable[[], None]) -> None:
        side = self._side
        assert side is not None
        self._window.jobs.start(_CONSENT, lambda _context: side.agree(host), lambda _none: then(), self._on_failed)

    def _begin(self, begin: Begin) -> None:
        batches, before = self._batches, self._last
        assert batches is not None

        def work(context: JobContext) -> "Running":
            from blueprint_app.ui.batch.board import Board
            from blueprint_app.ui.batch.running import Running

            if before is not None:
                before.wait(context.check)
            told: list[Any] = []
            run = begin(lambda event: told[0].take(event))
            # Nothing is told before `run` runs.
            told.append(Board(run.plan, run.journal.done))
            return Running(run, told[0], batches.spent_today)

        self._window.jobs.start(_BEGIN, work, self._on_begun, self._on_failed, is_long=True)

    def _on_begun(self, running: "Running") -> None:
        self.running = self._last = running
        dialog = self._made()
        dialog.show_run()
        dialog.run.show_running(is_paused=False)
        self._frames.start()
        self._window.jobs.start(
            RUN,
            running.work,
            self._on_ended,
            self._on_broken,
            title=f"Drafting for {len(running.run.plan.nodes)} nodes",
        )
        self._on_frame()
        self._window.commands.refresh()

    # Watching

    def _on_frame(self) -> None:
        running = self.running or self._last
        if running is None or self.dialog is None or not running.board.has_news():
            return
        self._show(running)

    def _show(self, running: "Running") -> None:
        assert self.dialog is not None
        page, run, board = self.dialog.run, running.run, running.board
        page.show_state(self._state(running), run.finished, run.total)
        page.show_rows(board.rows, self._window.theme)
        page.show_money(run.journal.spent(), board.today, run.plan.limits)
        page.show_out(board.out)

    def _state(self, running: "Running") -> str:
        run = running.run
        far = f"{run.finished} of {run.total} tasks are done"
        if self.running is None:
            return f"All {run.total} tasks are done." if run.finished == run.total else f"Ended: {far}."
        return f"Paused: {far}." if run.is_paused else f"{far[0].upper()}{far[1:]}."

    def _on_pause(self) -> None:
        if self.running is not None:
            run = self.running.run
            (run.resume if run.is_paused else run.pause)()
            assert self.dialog is not None
            self.dialog.run.show_running(is_paused=run.is_paused)
            self._show(self.running)

    def stop(self) -> None:
        """End the run at once; what was not finished can be taken up again."""
        if self.running is not None:
            self.running.run.stop()
            if self.dialog is not None:
                self.dialog.run.show_stopping()

    def _on_resume(self) -> None:
        if self._last is not None and self.running is None:
            assert self.dialog is not None
            self._go_on(self._last.run.journal, self.dialog.run.budgets.limits)

    # Ending

    def _on_ended(self, outcome: "Outcome") -> None:
        running, self.running = self.running, None
        if running is None:
            return
        self._frames.stop()
        running.outcome = outcome
        running.board.come_to_rest()
        if self.dialog is not None:
            self._show(running)
            can_resume = bool(outcome.left) and not running.run.journal.halted
            limits = running.run.plan.limits
            self.dialog.run.show_ended(outcome.table, _reason(outcome), limits, can_resume=can_resume)
        self._tell_end(outcome)
        self._window.commands.refresh()

    def _tell_end(self, outcome: "Outcome") -> None:
        closed = sum(done.is_closed for job, done in outcome.done if job.canary is None)
        words = f"The run over many nodes has ended: {closed} closed, {outcome.spent}. {outcome.halted}".strip()
        offers = (Offer("Show", self.show),)
        is_bad = bool(outcome.halted) and outcome.halted != "Stopped."
        notice = trouble(words, offers, topic=RUN) if is_bad else Notice(words, offers, topic=RUN)
        if self.dialog is None or not self.dialog.isVisible() or is_bad:
            self._window.notices.show_notice(notice)

    def _on_broken(self, error: BlueprintError) -> None:
        """The run could not go on, as where its diary cannot be written."""
        running = self.running
        if running is not None:
            running.run.stop()
            self._on_ended(running.run.outcome())
        self._on_failed(error)

    def _on_activities(self) -> None:
        """The run was ended in the status bar: its threads end by themselves."""
        if self.running is not None and not self._window.jobs.is_running(RUN):
            self.running.run.stop()
            self._on_ended(self.running.run.outcome())

    def _on_failed(self, error: BlueprintError) -> None:
        self._window.notices.show_notice(trouble(str(error), topic=RUN))

    # What happens elsewhere

    def _on_view(self, matters: bool) -> None:
        if matters and self.dialog is not None and self.dialog.isVisible() and self.dialog.is_setup:
            self._look_for_nodes()

    def _on_project(self) -> None:
        """A run is one project's: it stops where another is opened, and can be taken up again later."""
        project = self._window.session.project
        if project is not None and project.snapshot.blueprint.folder == self._folder:
            self._on_view(True)
            return
        if self.running is not None:
            words = "The run over many nodes was stopped, as its project is no longer open. It can be resumed there."
            self._window.jobs.cancel(RUN)
            self._window.notices.show_notice(Notice(words, topic=RUN))
        dialog, self.dialog = self.dialog, None
        self._side = self._batches = None
        self._folder = ""
        if dialog is not None:
            dialog.hide()
            dialog.deleteLater()


def _with_set_model(wishes: "Wishes", side: AssistantSide) -> "Wishes":
    """With the model that is set for the task, if one is."""
    try:
        return replace(wishes, models=(side.model_for(wishes.task)[2],))
    except BlueprintError:
        return wishes


def _reason(outcome: "Outcome") -> str:
    """Why a run ended before all was done, and what to do about it."""
    if not outcome.halted:
        return ""
    if outcome.halted == "Stopped.":
        return f"Stopped: {len(outcome.left)} tasks are left. Resume goes on with them; no answer is paid for twice."
    return outcome.halted


def _begun(run: str) -> str:
    """When a run was begun, from its name."""
    try:
        moment = datetime.strptime(run.partition("-")[0], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC).astimezone()
    except ValueError:
        return "an earlier time"
    return f"{moment:%d %b %H:%M}"
