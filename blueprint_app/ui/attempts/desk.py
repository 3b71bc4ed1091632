"""The attempts' place in the window: nothing of them is read before a person turns to them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QLabel, QVBoxLayout, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.assistant.side import AssistantSide
from blueprint_app.ui.jobs import JobContext
from blueprint_app.ui.window.notices import Notice, trouble

if TYPE_CHECKING:
    from blueprint_app.assistant.records.record import AttemptRecord, Judgement
    from blueprint_app.export.prose.page import PageContent
    from blueprint_app.ui.assistant.accepting import Accepting
    from blueprint_app.ui.attempts.gathered import Gathered
    from blueprint_app.ui.attempts.pages import Pages
    from blueprint_app.ui.attempts.panel import AttemptsPanel
    from blueprint_app.ui.attempts.telling import Line
    from blueprint_app.ui.window.main_window import MainWindow

_READ, _DETAIL, _MARK, _COPY = "attempts", "attempts-detail", "attempts-mark", "attempts-copy"
_WRITERS = ("assistant", "batch")
"""The jobs that leave attempts behind them."""
_HEIGHT = 360


class AttemptsDesk(QObject):
    """The tab below the graph, its commands, and what is read for it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.panel: AttemptsPanel | None = None
        self._side: AssistantSide | None = None
        self._accepting: Accepting | None = None
        self._pages: Pages | None = None
        self._gathered: Gathered | None = None
        self._then: Callable[[], None] | None = None
        self._were_writing: frozenset[str] = frozenset()
        self.tab = QWidget()
        self._place = QVBoxLayout(self.tab)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._waiting = QLabel("Reading attempts…")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place.addWidget(self._waiting)
        if window.assistant.is_there():
            window.bottom.add(self.tab, "Attempts")
            self._connect()

    def _connect(self) -> None:
        window = self._window
        window.bottom.currentChanged.connect(lambda _index: self._on_turned_to())
        window.store.changed.connect(lambda old, new: self._show_node() if old.node != new.node else None)
        window.session.opened.connect(lambda _project: self.look_again())
        window.session.renewed.connect(lambda _old, _new: self.look_again())
        window.session.closed.connect(self._forget)
        window.jobs.activities_changed.connect(lambda _activities: self._on_activities())
        window.theme_changed.connect(lambda _theme: self._show_theme())

    # Deeds

    def is_shown(self) -> bool:
        """Whether the tab is in front."""
        return not self._window.diagnostics_dock.isHidden() and self._window.bottom.currentWidget() is self.tab

    def toggle(self) -> None:
        """Bring the attempts to the front, or hide the lower side if it shows them."""
        self._window.deeds.panels.toggle_below(self.tab)
        if self.is_shown():
            dock = self._window.diagnostics_dock
            if dock.height() < _HEIGHT:
                self._window.resizeDocks([dock], [_HEIGHT], Qt.Orientation.Vertical)
            if self.panel is not None:
                self.panel.table.setFocus()

    def show(self, attempt: str = "") -> None:
        """Bring the attempts to the front, and of them the one of this id."""
        if not self.is_shown():
            self.toggle()

        def then() -> None:
            assert self.panel is not None
            if attempt:
                self.panel.choose(attempt)

        self._then = then
        self.look_again()

    def copy_trailer(self) -> None:
        """Put the ``Assisted-by:`` trailers of what was taken into the project on the clipboard."""
        from blueprint_app.assistant.records.attribution import assisted_by_trailer

        nothing = "No draft of a model was put into this project: there is nothing to attribute."
        self._copy(assisted_by_trailer, "The trailers for a commit message are on the clipboard.", nothing)

    def copy_disclosure(self) -> None:
        """Put a list of what models did on the clipboard."""
        from blueprint_app.assistant.records.attribution import disclosure

        nothing = "No model was asked about this project: there is nothing to disclose."
        self._copy(disclosure, "The disclosure list is on the clipboard, in Markdown.", nothing)

    def _copy(self, made: "Callable[[tuple[AttemptRecord, ...]], str]", done: str, nothing: str) -> None:
        def read(side: AssistantSide) -> None:
            def copied(text: str) -> None:
                if text:
                    QGuiApplication.clipboard().setText(text)
                self._window.notices.show_notice(Notice(done if text else nothing, topic="copied"))

            self._window.jobs.start(_COPY, lambda context: made(side.store.read(context.check)[0]), copied)

        self._window.assistant.with_side(read)

    # Reading

    def look_again(self) -> None:
        """Read what is new, if the attempts are in front."""
        if self.is_shown() and self._window.session.project is not None:
            self._window.assistant.with_side(self._read)

    def _read(self, side: AssistantSide) -> None:
        if side is not self._side:
            self._forget()
            self._side = side
        project = self._window.session.project
        if project is None:
            return
        snapshot, pages = project.snapshot, self._pages

        def work(context: JobContext) -> "tuple[Gathered, Pages]":
            # Imported here, as no window that is not asked for attempts should wait for it.
            import blueprint_app.ui.attempts.panel  # noqa: F401
            from blueprint_app.ui.attempts.gathered import gather
            from blueprint_app.ui.attempts.pages import Pages

            fresh = pages if pages is not None and pages.snapshot is snapshot else Pages(snapshot)
            return gather(side.store, context.check), fresh

        self._window.jobs.start(_READ, work, self._on_read, self._on_failed, is_long=True)

    def _on_read(self, found: "tuple[Gathered, Pages]") -> None:
        self._gathered, self._pages = found
        panel = self._made()
        panel.show_attempts(self._gathered, self._window.theme)
        self._window.bottom.show_count(self.tab, len(self._gathered.records))
        self._show_node()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _made(self) -> "AttemptsPanel":
        """The panel; it is made when the first attempts are there."""
        if self.panel is None:
            from blueprint_app.ui.assistant.accepting import Accepting
            from blueprint_app.ui.attempts.panel import AttemptsPanel

            assert self._side is not None
            self.panel = AttemptsPanel(use_web_engine=self._window.page.uses_web_engine)
            self.panel.attempt_shown.connect(self._show_detail)
            self.panel.attempt_chosen.connect(lambda record: self._go_to(record))
            self.panel.detail.wanted.connect(self._do)
            self.panel.detail.reading.node_requested.connect(self._window.presenter.go_to)
            self.panel.batch_wanted.connect(lambda: self._window.commands["assistant.batch"].trigger())
            self.panel.detail.show_theme(self._window.theme)
            self._accepting = Accepting(self._window, self._side)
            self._accepting.judged.connect(lambda _judgement: self.look_again())
            self._waiting.hide()
            self._place.addWidget(self.panel)
            self.tab.setFocusProxy(self.panel.table)
        return self.panel

    def _show_detail(self, record: "AttemptRecord | None") -> None:
        panel, side, pages, gathered = self.panel, self._side, self._pages, self._gathered
        assert panel is not None
        if record is None or side is None or pages is None or gathered is None:
            self._window.jobs.cancel(_DETAIL)
            return
        step, before = gathered.steps[record.id], gathered.before.get(record.id)

        def work(_context: JobContext) -> "tuple[Line, ...] | PageContent":
            from blueprint_app.ui.attempts.telling import Line, Tone, facts_of, is_lean, said_of, told_of

            try:
                reply = side.store.reply(record)
            except BlueprintError as error:
                return (Line(Tone.WORDS, str(error)), *told_of(step, "", None, ""))
            if reply and not is_lean(record):
                return pages.answer(record, reply, (*said_of(record), *facts_of(step)))
            return told_of(step, reply, before, _reply_before(side, before))

        self._window.jobs.start(_DETAIL, work, lambda told: self._show_told(record, told))

    def _show_told(self, record: "AttemptRecord", told: "tuple[Line, ...] | PageContent") -> None:
        from blueprint_app.ui.attempts import words

        assert self.panel is not None
        detail = self.panel.detail
        detail.show_head(
            f"{words.task_in_words(record).capitalize()} of {record.node}",
            ": ".join(part for part in (words.state(record), words.remark(record)) if part),
        )
        is_lean = record.draft.file.endswith(".lean")
        project = self._window.session.project
        is_packed = project is not None and project.is_packed
        actions = _actions(record, is_known=self._node_of(record) is not None)
        detail.show_actions([each for each in actions if not is_packed or each == "copy"], is_lean=is_lean)
        if isinstance(told, tuple):
            detail.show_lines(told)
        else:
            detail.show_page(told)

    # What a person does with an attempt

    def _do(self, action: str) -> None:
        panel, project = self.panel, self._window.session.project
        record = panel.current if panel is not None else None
        if record is None or project is None or self._accepting is None:
            return
        from blueprint_app.assistant.records.record import Judgement

        if action == "accept":
            reason = "Accept this draft? Nothing is written before you apply the change."
            if record.outcome.value != "verified":
                reason = f"This draft is {record.outcome.value}, not verified. {reason}"
            self._accepting.show_change(project.snapshot, record, reason)
        elif action == "reject":
            self._accepting.judge(record, Judgement.REJECTED)
        elif action == "faithful":
            self._ask_faithful(record)
        elif action == "note":
            self._ask_note(record)
        else:
            self._copy_draft(record)

    def _ask_faithful(self, record: "AttemptRecord") -> None:
        from blueprint_app.model.provenance import statement_hash

        pages, side, node = self._pages, self._side, self._node_of(record)
        if pages is None or side is None or node is None:
            return
        read = statement_hash(pages.snapshot.nodes[node])

        def show(found: "tuple[PageContent, str]") -> None:
            from blueprint_app.ui.attempts.faithful_dialog import FaithfulDialog

            use_web_engine = self._window.page.uses_web_engine
            dialog = FaithfulDialog(*found, self._window.theme, self._window, use_web_engine=use_web_engine)
            dialog.said.connect(lambda judgement, note: self._mark(record, judgement, note, read))
            dialog.open()

        self._window.jobs.start(
            _DETAIL, lambda _context: (pages.statement(node), side.store.reply(record)), show, self._on_failed
        )

    def _ask_note(self, record: "AttemptRecord") -> None:
        from blueprint_app.assistant.records.record import Judgement

        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
        dialog.setWindowTitle("Note")
        dialog.setLabelText("What is to be said of this attempt? It is kept beside its record, under your name.")
        dialog.setOkButtonText("Keep note")
        dialog.textValueSelected.connect(
            lambda text: self._mark(record, Judgement.NOTE, text.strip()) if text.strip() else None
        )
        dialog.open()

    def _mark(self, record: "AttemptRecord", judgement: "Judgement", note: str, read: str = "") -> None:
        side = self._side
        assert side is not None
        self._window.jobs.start(
            _MARK,
            lambda _context: side.mark(record, judgement, note=note, statement_sha256=read),
            lambda _verdict: self._on_marked(judgement),
            self._on_failed,
        )

    def _on_marked(self, judgement: "Judgement") -> None:
        self._window.notices.show_notice(Notice(f"Kept beside the attempt: {judgement.value}.", topic="change"))
        if not self._window.lean.following.is_on:
            self._window.session.reload()
        self.look_again()

    def _copy_draft(self, record: "AttemptRecord") -> None:
        side = self._side
        assert side is not None
        self._window.jobs.start(
            _COPY, lambda _context: side.store.reply(record), QGuiApplication.clipboard().setText, self._on_failed
        )

    def _on_failed(self, error: BlueprintError) -> None:
        self._window.notices.show_notice(trouble(str(error), topic="attempts"))

    # What happens elsewhere

    def _go_to(self, record: "AttemptRecord") -> None:
        node = self._node_of(record)
        if node is not None:
            self._window.presenter.go_to(node)

    def _node_of(self, record: "AttemptRecord") -> NodeId | None:
        """The node that an attempt was made at, by whichever of its labels; None if it is no longer there."""
        project = self._window.session.project
        if project is None:
            return None
        snapshot, label = project.snapshot, record.node
        return NodeId(label) if label in snapshot.nodes else snapshot.blueprint.labels.get(label)

    def _show_node(self) -> None:
        project, node = self._window.session.project, self._window.store.state.node
        if self.panel is not None and project is not None:
            found = project.snapshot.nodes.get(node) if node is not None else None
            self.panel.show_node((found.id, *found.labels) if found is not None else ())

    def _on_turned_to(self) -> None:
        self.look_again()
        self._window.commands.refresh()

    def _on_activities(self) -> None:
        """A job that leaves attempts has ended: look at what is there now."""
        running = frozenset(slot for slot in _WRITERS if self._window.jobs.is_running(slot))
        if self._were_writing - running:
            self.look_again()
        self._were_writing = running

    def _show_theme(self) -> None:
        if self.panel is not None and self._gathered is not None:
            self.panel.detail.show_theme(self._window.theme)
            self.panel.show_attempts(self._gathered, self._window.theme)

    def _forget(self) -> None:
        """The attempts of a project that is no longer open go."""
        for slot in (_READ, _DETAIL):
            self._window.jobs.cancel(slot)
        self._side = self._pages = self._gathered = None
        if self._window.bottom.indexOf(self.tab) >= 0:
            self._window.bottom.show_count(self.tab, 0)
        if self.panel is not None:
            panel, self.panel = self.panel, None
            self.tab.setFocusProxy(None)  # type: ignore[arg-type]
            self._place.removeWidget(panel)
            panel.deleteLater()
            self._waiting.show()
        if self._accepting is not None:
            self._accepting.deleteLater()
            self._accepting = None


def _reply_before(side: AssistantSide, before: "AttemptRecord | None") -> str:
    """The draft of the attempt before; "" if it left none, or if it is gone."""
    from blueprint_app.ui.attempts.telling import is_lean

    if before is None or not is_lean(before):
        return ""
    try:
        return side.store.reply(before)
    except BlueprintError:
        return ""


def _actions(record: "AttemptRecord", *, is_known: bool) -> tuple[str, ...]:
    """What can be done with an attempt; `is_known` tells that its node is still there."""
    # What Lean rejects is not taken over, and need not be turned down.
    is_open = record.draft.file.endswith(".lean") and record.outcome.value in ("verified", "compiled", "not judged")
    found = []
    if is_open and is_known and not record.is_accepted:
        found.append("accept")
    if is_open and not record.is_rejected:
        found.append("reject")
    if is_open and is_known and record.task == "state":
        found.append("faithful")
    found.append("note")
    if record.draft.file:
        found.append("copy")
    return tuple(found)
