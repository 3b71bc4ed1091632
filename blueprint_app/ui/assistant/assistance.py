"""Leads a question from the choice of a task to what can be done with its answer; all that waits is done in jobs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QGuiApplication

from blueprint_app.assistant.citations import Citations
from blueprint_app.assistant.context import Context
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble
from blueprint_app.assistant.endpoints.messages import Usage
from blueprint_app.assistant.question import Answer, Question
from blueprint_app.assistant.tasks import TASKS, AnswerForm, Audience, Task
from blueprint_app.export.answers import Answers
from blueprint_app.export.prose.page import PageContent
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.assistant.panel import Action, AssistantPanel
from blueprint_app.ui.assistant.sent_dialog import SentDialog
from blueprint_app.ui.assistant.side import AssistantSide
from blueprint_app.ui.assistant.talk import Talk, talk_page
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.wording import plain_heading

if TYPE_CHECKING:
    from blueprint_app.ui.main_window import MainWindow

CALL = "assistant"
"""The slot of the call that is under way."""
_CONTEXT, _QUESTION, _PAGE = "assistant-context", "assistant-question", "assistant-page"
_FRAME_MS = 125
"""An answer that comes in is shown anew eight times a second: often enough to be read, seldom enough to be calm."""

_SETTINGS = frozenset({Trouble.WRONG_KEY, Trouble.WRONG_MODEL, Trouble.WRONG_URL, Trouble.NO_QUOTA, Trouble.LOGIN_PAGE})
"""Troubles that are mended in the settings of models."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: a node of a snapshot, a task, and for whom."""

    snapshot: Snapshot
    node: NodeId
    task: Task
    audience: Audience


class Assistance(QObject):
    """One at a time: a question is composed, or a conversation goes on, or drafts are made."""

    def __init__(self, window: "MainWindow", panel: AssistantPanel, side: AssistantSide) -> None:
        super().__init__(window)
        self._window, self.panel, self.side = window, panel, side
        self.talk: Talk | None = None
        self._subject: Subject | None = None
        self._context: Context | None = None
        self._answers: tuple[Snapshot, Answers, Citations] | None = None
        self._key = 0
        self._stale = False
        self._clock = QElapsedTimer()
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._on_frame)
        panel.task_chosen.connect(lambda: self.begin_anew())
        panel.stop_wanted.connect(self.stop)
        panel.asked.connect(self.ask_further)
        panel.composer.send_wanted.connect(lambda: self._with_question(self._send))
        panel.composer.text_wanted.connect(lambda: self._with_question(self._show_text))
        panel.composer.note_changed.connect(lambda: self._gather())
        window.jobs.activities_changed.connect(lambda _activities: self._on_activities())

    @property
    def is_busy(self) -> bool:
        """Whether a model is being asked or Lean judges for it."""
        return self._window.jobs.is_running(CALL)

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
        project = self._window.session.project
        if project is None or node is None or node not in project.snapshot.nodes:
            self._subject = None
            self.panel.show_node("", "")
            self.panel.show_message("Select a node to ask about it.")
            return
        self._open(Subject(project.snapshot, node, task, audience))

    def begin_anew(self) -> None:
        """Compose a question with the chosen task about the node that is selected now."""
        self.begin(self._window.store.state.node, self.panel.task, self.panel.audience)

    def look_again(self) -> None:
        """Something that a question depends on has changed: show that, unless a conversation is going on."""
        if self.talk is None and not self.is_busy:
            self.begin_anew()

    def _open(self, subject: Subject) -> None:
        is_new = self._subject is None or (subject.node, subject.task) != (self._subject.node, self._subject.task)
        self._subject, self._context = subject, None
        self._leave()
        node = subject.snapshot.nodes[subject.node]
        self.panel.show_node(plain_heading(node), node.id)
        if is_new:
            self.panel.composer.sections.forget()
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
        needs_model = not settings.endpoints or TASKS[self.panel.task].role not in settings.roles
        models = Action("Models…", self._window.deeds.show_models, is_primary=True)
        self.panel.show_message(reason, (models,) if needs_model else ())

    def _gather(self, then: Callable[[Context], None] | None = None) -> None:
        """Put together what a model would be told, with the note as it is now."""
        subject, note = self._subject, self.panel.composer.written_note
        if subject is None or self.talk is not None or self.is_busy:
            return

        def work(context: JobContext) -> Context:
            return self.side.context(
                subject.snapshot, subject.node, subject.task, subject.audience, note, context.check
            )

        def done(context: Context) -> None:
            self._context = context
            self.panel.composer.show_context(context)
            self.panel.composer.show_ready(True)
            if then is not None:
                then(context)

        self._window.jobs.start(_CONTEXT, work, done, lambda error: self._show_obstacle(str(error)))

    def _with_question(self, use: Callable[[Question], None]) -> None:
        """Make the question as it is composed, and go on with it."""
        context = self._context
        if context is None or context.note != self.panel.composer.written_note:
            self._gather(lambda _context: self._with_question(use))
            return
        subject, without = self._subject, self.panel.composer.sections.without
        assert subject is not None
        self._window.jobs.start(
            _QUESTION,
            lambda _job: self.side.question(context, without),
            use,
            lambda error: self._show_obstacle(str(error)),
        )

    def _show_text(self, question: Question) -> None:
        SentDialog(question, self._window, asks=False).open()

    # Sending

    def _send(self, question: Question) -> None:
        self._with_consent(question, lambda: self._run(question))

    def _with_consent(self, question: Question, then: Callable[[], None]) -> None:
        if not question.needs_consent:
            then()
            return
        dialog = SentDialog(question, self._window)
        dialog.agreed.connect(lambda: self._agree(question.host, then))
        dialog.open()

    def _agree(self, host: str, then: Callable[[], None]) -> None:
        self._window.jobs.start(
            _QUESTION,
            lambda _context: self.side.agree(host),
            lambda _none: then(),
            lambda error: self._show_obstacle(str(error)),
        )

    def _run(self, question: Question) -> None:
        if TASKS[question.context.task].answer is not AnswerForm.LEAN:
            self.talk = Talk()
            self._key += 1
            self._ask(question, "")

    # Conversations

    def _ask(self, question: Question, asked: str) -> None:
        talk = self.talk
        assert talk is not None
        talk.begin(question, asked)
        incoming = talk.incoming

        def work(context: JobContext) -> Answer:
            return self.side.answer(
                question, "", on_text=incoming.add_text, on_thinking=incoming.add_thinking, check=context.check
            )

        def done(answer: Answer) -> None:
            talk.finish(answer)
            self._come_to_rest()

        def failed(error: BlueprintError) -> None:
            talk.fail(str(error))
            self._come_to_rest(error)

        self._start_showing()
        self._window.jobs.start(CALL, work, done, failed, title=f"Asking {question.chosen.model}")
        self._window.commands.refresh()

    def ask_further(self, words: str) -> None:
        """Go on with the conversation."""
        talk = self.talk
        if talk is None or self.is_busy or not talk.turns:
            return
        turn = next((each for each in reversed(talk.turns) if each.is_whole), None)
        if turn is None:
            return
        parent = turn.record.id if turn.record is not None else ""
        question = self.side.follow_up(talk.turns[0].question, talk.said, words, parent)
        self._with_consent(question, lambda: self._ask(question, words))

    def stop(self) -> None:
        """End what is under way; what came stays."""
        self._window.jobs.cancel(CALL)

    def _on_activities(self) -> None:
        """Whoever ended the job, here or in the status bar: it is over."""
        if self.talk is not None and self.talk.is_open and not self.is_busy and self._frames.isActive():
            self.talk.stop()
            self._come_to_rest()

    def _try_again(self) -> None:
        talk = self.talk
        if talk is not None and talk.turns:
            last = talk.turns[-1]
            talk.drop_last()
            self._ask(last.question, last.asked)

    def _trim(self, question: Question) -> None:
        """Back to composing, with the least important pieces taken out."""
        limit = question.endpoint.context_tokens or question.context.tokens * 2 // 3
        kept = {section.id for section in question.context.trimmed(limit * 3 // 4).sections}
        gone = frozenset(section.id for section in question.context.sections if section.id not in kept)
        self.panel.composer.sections.take_out(gone)
        self.begin(question.context.node, question.context.task, question.context.audience)

    # Showing

    def _start_showing(self) -> None:
        self._clock.start()
        self._frames.start()
        self._stale = True
        self.panel.show_running("")
        self._on_frame()

    def _come_to_rest(self, error: BlueprintError | None = None) -> None:
        self._frames.stop()
        self._stale = True
        self._render()
        talk = self.talk
        assert talk is not None
        takes_questions = any(turn.is_whole for turn in talk.turns)
        self.panel.show_rest(self._spent(talk), self._actions(talk, error), takes_questions=takes_questions)
        self._window.commands.refresh()

    def _actions(self, talk: Talk, error: BlueprintError | None) -> tuple[Action, ...]:
        last, found = talk.turns[-1], []
        trouble = error.trouble if isinstance(error, ModelError) else None
        if trouble is Trouble.CONTEXT_TOO_LONG:
            found.append(Action("Trim the context", lambda: self._trim(last.question), is_primary=True))
        elif trouble in _SETTINGS:
            found.append(Action("Models…", self._window.deeds.show_models, is_primary=True))
        if not last.is_whole:
            found.append(Action("Try again", self._try_again, is_primary=not found))
        if talk.last_answer:
            found.append(Action("Copy answer", lambda: QGuiApplication.clipboard().setText(talk.last_answer)))
        found.append(Action("New question", self.begin_anew))
        return tuple(found)

    def _spent(self, talk: Talk) -> str:
        last = talk.turns[-1]
        words = [f"{last.question.chosen.model} on {last.question.host}"]
        if last.usage is not None:
            words.append(usage_in_words(last.usage))
        return "  ·  ".join(words)

    def _on_frame(self) -> None:
        talk = self.talk
        if talk is None:
            return
        self._stale = talk.take_in() or self._stale
        last = talk.turns[-1]
        came = f"  ·  {len(last.text) + len(last.thinking):,} characters" if last.text or last.thinking else ""
        seconds = self._clock.elapsed() // 1000
        self.panel.show_status(f"{last.question.chosen.model} on {last.question.host}  ·  {seconds} s{came}")
        if self._stale and not self._window.jobs.is_running(_PAGE):
            self._render()

    def _render(self) -> None:
        """Show what there is; made in a job, as an answer may be long."""
        talk, subject = self.talk, self._subject
        if talk is None or subject is None:
            return
        self._stale = False
        turns, key = talk.turns, f"talk:{self._key}"
        answers, citations = self._renderer(subject.snapshot)
        resolve = citations.resolve

        def work(_context: JobContext) -> PageContent:
            return talk_page(key, "Answer", turns, answers, resolve)

        self._window.jobs.start(_PAGE, work, self._show_rendered)

    def _show_rendered(self, content: PageContent) -> None:
        if self.talk is not None:
            self.panel.show_page(content)

    def _renderer(self, snapshot: Snapshot) -> tuple[Answers, Citations]:
        """Kept for a snapshot: its macros, labels and names are looked through once."""
        if self._answers is None or self._answers[0] is not snapshot:
            self._answers = snapshot, Answers(snapshot.blueprint), Citations(snapshot)
        return self._answers[1], self._answers[2]

    def _leave(self) -> None:
        """Forget the conversation that was shown."""
        self._frames.stop()
        for slot in (_CONTEXT, _QUESTION, _PAGE):
            self._window.jobs.cancel(slot)
        self.talk = None


def usage_in_words(usage: Usage) -> str:
    """What a call took, as a person reads it."""
    words = f"{usage.prompt:,} + {usage.completion:,} tokens"
    words += f" (${usage.cost:.3g})" if usage.cost else ""
    return f"{words}, estimated" if usage.estimated else words
