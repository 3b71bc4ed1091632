"""Leads a question from the choice of a task to what can be done with its answer; all that waits is done in jobs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from blueprint_app.assistant.context import Context
from blueprint_app.assistant.context.sections import dropped_in_words
from blueprint_app.assistant.question import Answer, Question
from blueprint_app.assistant.tasks import TASKS, AnswerForm, Audience, Task
from blueprint_app.export.prose.page import PageContent
from blueprint_app.export.titles import plain_heading
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.assistant.accepting import Accepting
from blueprint_app.ui.assistant.exchange import DraftExchange, Exchange, Renderer, TalkExchange
from blueprint_app.ui.assistant.next_steps import next_steps
from blueprint_app.ui.assistant.panel import Action, AssistantPanel
from blueprint_app.ui.assistant.readiness import caution_for
from blueprint_app.ui.assistant.sent_dialog import SentDialog
from blueprint_app.ui.assistant.side import AssistantSide
from blueprint_app.ui.assistant.splitting import Splitting
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.window.notices import trouble

if TYPE_CHECKING:
    from blueprint_app.assistant.drafting.events import Result
    from blueprint_app.ui.window.main_window import MainWindow

CALL = "assistant"
"""The slot of the call that is under way."""
_CONTEXT, _CAUTION = "assistant-context", "assistant-caution"
_QUESTION, _PAGE = "assistant-question", "assistant-page"
_FRAME_MS = 125
"""An answer that comes in is shown anew eight times a second: often enough to be read, seldom enough to be calm."""

_REST = 3
"""So many times as long as a page took to make, on a machine that is busy, nothing is made before the next one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: a node of a snapshot, a task, and for whom."""

    snapshot: Snapshot
    node: NodeId
    task: Task
    audience: Audience


class Assistance(QObject):
    """One thing at a time: a question is composed, or an exchange with a model goes on or is looked at."""

    def __init__(self, window: "MainWindow", panel: AssistantPanel, side: AssistantSide) -> None:
        super().__init__(window)
        self.window, self.panel, self.side = window, panel, side
        self.accepting, self.splitting = Accepting(window, side), Splitting(window)
        self.accepting.judged.connect(lambda _judgement: self.show_rest())
        self.exchange: Exchange | None = None
        self._subject: Subject | None = None
        self._context: Context | None = None
        self._caution = ""
        self._renderer: Renderer | None = None
        self._error: BlueprintError | None = None
        self._number = 0
        self._is_stale = False
        self._clock, self._page_clock = QElapsedTimer(), QElapsedTimer()
        self._page_clock.start()
        self._page_ms = 0
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._on_frame)
        panel.task_chosen.connect(self.begin_anew)
        panel.stop_wanted.connect(self.stop)
        panel.asked.connect(self.ask_further)
        panel.composer.send_wanted.connect(lambda: self._with_question(self._send))
        panel.composer.text_wanted.connect(lambda: self._with_question(self._show_text))
        panel.composer.note_changed.connect(lambda: self._gather())
        window.jobs.activities_changed.connect(lambda _activities: self._on_activities())

    @property
    def is_busy(self) -> bool:
        """Whether a model is being asked or Lean judges for it."""
        return self.window.jobs.is_running(CALL)

    @property
    def subject(self) -> Subject | None:
        """What this is about now."""
        return self._subject

    # Composing

    def begin(self, node: NodeId | None, task: Task, audience: Audience) -> None:
        """Compose a question about a node of the open project."""
        if self.is_busy:
            return
        self.panel.choose(task, audience)
        project = self.window.session.project
        self.leave()
        if project is None or node is None or node not in project.snapshot.nodes:
            self._subject = None
            self.panel.show_node("", "")
            self.panel.show_message("Select a node to ask about it.")
            return
        self._open(Subject(project.snapshot, node, task, audience))

    def begin_anew(self) -> None:
        """Compose a question with the chosen task about the node that is selected now."""
        self.begin(self.window.store.state.node, self.panel.task, self.panel.audience)

    def look_again(self) -> None:
        """Something that a question depends on has changed: show that, unless an exchange is looked at."""
        if self.exchange is None and not self.is_busy:
            self.begin_anew()

    def leave(self) -> None:
        """Forget the exchange that was shown."""
        self._frames.stop()
        for slot in (_CONTEXT, _CAUTION, _QUESTION, _PAGE):
            self.window.jobs.cancel(slot)
        self.splitting.dismiss()
        self.exchange = self._error = None

    def _open(self, subject: Subject) -> None:
        is_new = self._subject is None or (subject.node, subject.task) != (self._subject.node, self._subject.task)
        self._subject, self._context, self._caution = subject, None, ""
        node = subject.snapshot.nodes[subject.node]
        self.panel.show_node(plain_heading(node), node.id)
        if is_new:
            self.panel.composer.forget()
        reason = self.side.obstacle(subject.snapshot, subject.node, subject.task)
        if reason:
            self._show_obstacle(reason)
            return
        endpoint, _role, chosen = self.side.model_for(subject.task)
        self.panel.composer.show_task(subject.task, endpoint, chosen)
        self.panel.composer.show_ready(False)
        self.panel.show_composer()
        self._gather()

    def _show_obstacle(self, reason: str) -> None:
        settings = self.side.settings
        if not settings.endpoints:
            reason = "No model is set up.\nAdd an endpoint: a local server such as Ollama needs no key."
        if self.panel.task is Task.PROVE and "draft its statement" in reason:
            state = Action("Draft the Lean statement", self._state_first, is_primary=True)
            self.panel.show_message(reason, (state,))
            return
        needs_model = not settings.endpoints or TASKS[self.panel.task].role not in settings.roles
        models = Action("Models…", self.window.deeds.setting_up.show_models, is_primary=True)
        self.panel.show_message(reason, (models,) if needs_model else ())

    def _state_first(self) -> None:
        self.begin(self.window.store.state.node, Task.STATE, self.panel.audience)

    def _gather(self, then: Callable[[], None] | None = None) -> None:
        """Put together what a model would be told, with the note as it is now."""
        subject, note = self._subject, self.panel.composer.written_note
        if subject is None or self.exchange is not None or self.is_busy:
            return

        def work(job: JobContext) -> Context:
            return self.side.context(subject.snapshot, subject.node, subject.task, subject.audience, note, job.check)

        def done(context: Context) -> None:
            self._context = context
            self.panel.composer.show_context(context)
            self.panel.composer.show_ready(True)
            self._look_at_readiness(context)
            if then is not None:
                then()

        self.window.jobs.start(_CONTEXT, work, done, lambda error: self._show_obstacle(str(error)))

    def _look_at_readiness(self, context: Context) -> None:
        """Say if nothing can be verified here. Nobody waits for it: the first look may have the judge compiled."""

        def done(caution: str) -> None:
            self._caution = caution
            self.panel.composer.show_remark(caution)

        self.window.jobs.start(_CAUTION, lambda job: caution_for(self.side.folder, context, job.check), done)

    def _with_question(self, use: Callable[[Question], None]) -> None:
        """Make the question as it is composed, and go on with it."""
        context = self._context
        if context is None or context.note != self.panel.composer.written_note:
            self._gather(lambda: self._with_question(use))
            return
        without = self.panel.composer.sections.without

        def done(question: Question) -> None:
            # Where the model has too little room, less goes out than was composed: that is said.
            missing = len(context.sections) - len(question.context.sections) - len(without)
            words = dropped_in_words(question.context) if missing > 0 else ""
            self.panel.composer.show_remark("\n".join(part for part in (self._caution, words) if part))
            use(question)

        self.window.jobs.start(
            _QUESTION,
            lambda _job: self.side.question(context, without),
            done,
            lambda error: self._show_obstacle(str(error)),
        )

    def _show_text(self, question: Question) -> None:
        SentDialog(question, self.window, asks=False).open()

    # Sending

    def _send(self, question: Question) -> None:
        self._with_consent(question, lambda: self._run(question))

    def _with_consent(self, question: Question, then: Callable[[], None]) -> None:
        if not question.needs_consent:
            then()
            return
        dialog = SentDialog(question, self.window)
        dialog.agreed.connect(lambda: self._agree(question.host, then))
        dialog.open()

    def _agree(self, host: str, then: Callable[[], None]) -> None:
        self.window.jobs.start(
            _QUESTION,
            lambda _context: self.side.agree(host),
            lambda _none: then(),
            lambda error: self._show_obstacle(str(error)),
        )

    def _run(self, question: Question) -> None:
        assert self._subject is not None
        self._number += 1
        key, renderer = f"exchange:{self._number}", self._renderer_for(self._subject.snapshot)
        if TASKS[question.context.task].answer is AnswerForm.LEAN:
            self._draft(question, DraftExchange(key, question, renderer, self._caution))
        else:
            self._ask(question, "", TalkExchange(key, question, renderer))

    def _renderer_for(self, snapshot: Snapshot) -> Renderer:
        if self._renderer is None or self._renderer.snapshot is not snapshot:
            self._renderer = Renderer(snapshot)
        return self._renderer

    # Exchanges

    def _ask(self, question: Question, asked: str, exchange: TalkExchange) -> None:
        talk = exchange.talk
        talk.begin(question, asked)
        incoming = talk.incoming

        def work(context: JobContext) -> Answer:
            return self.side.answer(
                question, "", on_text=incoming.add_text, on_thinking=incoming.add_thinking, check=context.check
            )

        self._start(exchange, work, talk.finish, f"Asking {question.chosen.model}")

    def _draft(self, question: Question, exchange: DraftExchange) -> None:
        from blueprint_app.assistant.assistant import DraftLimits

        subject, allowed = self._subject, self.panel.composer.limits.limits
        assert subject is not None
        limits = DraftLimits(allowed.rounds, allowed.most_tokens, allowed.most_cost)

        def work(context: JobContext) -> "Result":
            return self.side.draft(question, subject.snapshot, limits, exchange.feed.take, context.check)

        def done(result: "Result") -> None:
            exchange.feed.end(result=result)

        self._start(exchange, work, done, f"Drafting with {question.chosen.model}")

    def _fail(self, error: BlueprintError) -> None:
        self.window.notices.show_notice(trouble(str(error), topic="assistant"))

    def _start(
        self, exchange: Exchange, work: Callable[[JobContext], object], done: Callable[..., None], title: str
    ) -> None:
        self.exchange, self._error = exchange, None

        def finished(value: object) -> None:
            done(value)
            self._come_to_rest()

        def failed(error: BlueprintError) -> None:
            exchange.fail(str(error))
            self._error = error
            self._come_to_rest()

        self.window.jobs.start(CALL, work, finished, failed, title=title)
        self._clock.start()
        self._is_stale = True
        self.panel.show_running("")
        self._frames.start()
        self._on_frame()
        self.window.commands.refresh()

    def ask_further(self, words: str) -> None:
        """Go on with the conversation."""
        exchange = self.exchange
        if not isinstance(exchange, TalkExchange) or self.is_busy:
            return
        turn = next((each for each in reversed(exchange.talk.turns) if each.is_whole), None)
        if turn is None:
            return
        parent = turn.record.id if turn.record is not None else ""
        question = self.side.follow_up(exchange.talk.turns[0].question, exchange.talk.said, words, parent)
        self.splitting.dismiss()
        self._with_consent(question, lambda: self._ask(question, words, exchange))

    def try_again(self) -> None:
        """Ask the same once more."""
        exchange = self.exchange
        if exchange is None or self.is_busy:
            return
        question = exchange.question
        if isinstance(exchange, TalkExchange) and len(exchange.talk.turns) > 1:
            # What is set about models may be mended by now.
            endpoint, role, chosen = self.side.model_for(question.context.task)
            mended = replace(question, endpoint=endpoint, role=role, chosen=chosen)
            asked = exchange.talk.turns[-1].asked
            exchange.talk.drop_last()
            self._ask(mended, asked, exchange)
            return
        self.window.jobs.start(_QUESTION, lambda _job: self.side.question(question.context), self._send, self._fail)

    def trim(self) -> None:
        """Back to composing, with the least important pieces taken out."""
        if self.exchange is None:
            return
        question = self.exchange.question
        context = question.context
        limit = (question.endpoint.context_tokens or context.tokens) * 2 // 3
        kept = {section.id for section in context.trimmed(limit).sections}
        gone = frozenset(section.id for section in context.sections if section.id not in kept)
        self.panel.composer.sections.take_out(gone)
        self.begin(context.node, context.task, context.audience)

    def stop(self) -> None:
        """End what is under way; what came stays."""
        self.window.jobs.cancel(CALL)

    def _on_activities(self) -> None:
        """Whoever ended the job, here or in the status bar: it is over."""
        if self.exchange is not None and self.exchange.is_open and not self.is_busy and self._frames.isActive():
            self.exchange.stop()
            self._come_to_rest()

    # Showing

    def _come_to_rest(self) -> None:
        self._frames.stop()
        self._render()
        exchange, subject = self.exchange, self._subject
        self.show_rest()
        if isinstance(exchange, TalkExchange) and subject is not None and subject.task is Task.SPLIT:
            last = exchange.talk.turns[-1]
            if last.is_whole:
                self.splitting.propose(last.text, subject.snapshot, subject.node, self.show_rest)
        self.window.commands.refresh()

    def show_rest(self) -> None:
        """Say what the exchange took and offer what can be done next."""
        exchange = self.exchange
        if exchange is None or self.is_busy:
            return
        takes_questions = isinstance(exchange, TalkExchange) and any(turn.is_whole for turn in exchange.talk.turns)
        words = "  ·  ".join(part for part in (_who(exchange.question), exchange.spent()) if part)
        if self.splitting.fault:
            words = f"{self.splitting.fault}\n{words}"
        self.panel.show_rest(words, next_steps(self, exchange, self._error), takes_questions=takes_questions)

    def _on_frame(self) -> None:
        exchange = self.exchange
        if exchange is None:
            return
        self._is_stale = exchange.take_in() or self._is_stale
        seconds = self._clock.elapsed() // 1000
        self.panel.show_status(f"{_who(exchange.question)}  ·  {seconds} s  ·  {exchange.progress()}")
        is_due = self._page_clock.elapsed() >= _REST * self._page_ms
        if self._is_stale and is_due and not self.window.jobs.is_running(_PAGE):
            self._render()

    def _render(self) -> None:
        """Show the exchange as it stands; its page is made in a job, as an answer may be long."""
        exchange = self.exchange
        if exchange is None:
            return
        self._is_stale = False
        self._page_clock.start()
        work = exchange.page()

        def show(content: PageContent) -> None:
            self._page_ms = self._page_clock.elapsed()
            if self.exchange is exchange:
                self.panel.show_page(content)

        self.window.jobs.start(_PAGE, lambda _context: work(), show)


def _who(question: Question) -> str:
    return f"{question.chosen.model} on {question.host}"
