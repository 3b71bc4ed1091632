"""The assistant's side of the window: which node and task, what is sent, what came back, and what can be done next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.tasks import TASKS, Audience, Task
from blueprint_app.export.prose.page import PageContent
from blueprint_app.ui.assistant.composer import Composer
from blueprint_app.ui.look.flow_row import FlowRow
from blueprint_app.ui.reading import ReadingView
from blueprint_app.ui.theme import Theme

_AUDIENCES = {
    Audience.NEWCOMER: "to a newcomer",
    Audience.MATHEMATICIAN: "to a mathematician",
    Audience.FORMALISER: "to a formaliser",
}


@dataclass(frozen=True, slots=True)
class Action:
    """A button below: its text, what it does, and whether it is the one that most people want."""

    text: str
    run: Callable[[], object]
    is_primary: bool = False


class AssistantPanel(QWidget):
    """`task_chosen` says that task or audience were chosen, `stop_wanted` and `asked` (a further question) what a
    person wants.
    """

    task_chosen = Signal()
    stop_wanted = Signal()
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, use_web_engine: bool = True) -> None:
        super().__init__(parent)
        self.heading, self.label, self.summary = QLabel(), QLabel(), QLabel()
        self.tasks, self.audiences = QComboBox(), QComboBox()
        self.composer = Composer()
        self.reading = ReadingView(use_web_engine=use_web_engine)
        self.message = QLabel()
        self.message_offers = FlowRow(centred=True)
        self.pages = QStackedWidget()
        self.status, self.stop = QLabel(), QPushButton("Stop")
        self.further, self.ask = QLineEdit(), QPushButton("Ask")
        self.offers = FlowRow()
        self._fill()
        self._assemble()
        self._connect()

    @property
    def task(self) -> Task:
        """The chosen task."""
        return Task(self.tasks.currentData())

    @property
    def audience(self) -> Audience:
        """For whom an explanation is."""
        return Audience(self.audiences.currentData())

    @property
    def buttons(self) -> dict[str, QPushButton]:
        """The buttons that offer what can be done next, by their text."""
        found = {}
        for layout in (self.message_offers, self.offers):
            for position in range(layout.count()):
                item = layout.itemAt(position)
                button = item.widget() if item is not None else None
                if isinstance(button, QPushButton):
                    found[button.text()] = button
        return found

    def choose(self, task: Task, audience: Audience) -> None:
        """Choose a task as the menu does."""
        self.tasks.setCurrentIndex(self.tasks.findData(task.value))
        self.audiences.setCurrentIndex(self.audiences.findData(audience.value))
        self._show_task()

    def show_node(self, heading: str, label: str) -> None:
        """Say which node this is about."""
        self.heading.setText(heading)
        self.label.setText(label)
        self.label.setVisible(bool(label))

    def show_message(self, words: str, actions: Sequence[Action] = ()) -> None:
        """Show a sentence and what to do in place of everything else."""
        self.message.setText(words)
        _put_buttons(self.message_offers, actions)
        self.pages.setCurrentIndex(0)
        self._show_foot(is_talk=False)

    def show_composer(self) -> None:
        """Show what would be sent."""
        self.pages.setCurrentWidget(self.composer)
        self._show_foot(is_talk=False)

    def show_page(self, content: PageContent) -> None:
        """Show a conversation or a run as it stands."""
        self.pages.setCurrentWidget(self.reading)
        self.reading.show_page(content, grows=True)

    def show_running(self, words: str) -> None:
        """Say that something is under way, and offer to stop it."""
        self.pages.setCurrentWidget(self.reading)
        self._show_foot(is_talk=True)
        self.show_status(words)
        _put_buttons(self.offers, ())
        self.stop.show()
        self.further.setEnabled(False)
        self.ask.setEnabled(False)

    def show_status(self, words: str) -> None:
        """Say how it stands, in a few words."""
        self.status.setText(words)

    def show_rest(self, words: str, actions: Sequence[Action], *, takes_questions: bool) -> None:
        """Nothing is under way any more: say what it took and offer what can be done next."""
        self.pages.setCurrentWidget(self.reading)
        self._show_foot(is_talk=True)
        self.show_status(words)
        _put_buttons(self.offers, actions)
        self._foot_offers.setVisible(bool(actions))
        self._foot_question.setVisible(takes_questions)
        self.further.setEnabled(takes_questions)
        self.ask.setEnabled(bool(self.further.text().strip()))

    def show_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.reading.set_theme(theme)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(400, 600)

    # Building

    def _fill(self) -> None:
        for task in Task:
            self.tasks.addItem(TASKS[task].title, task.value)
        for audience, title in _AUDIENCES.items():
            self.audiences.addItem(title, audience.value)
        self.audiences.setCurrentIndex(1)
        self.tasks.setAccessibleName("Task")
        self.audiences.setAccessibleName("For whom")
        self.heading.setObjectName("node_heading")
        self.label.setObjectName("label")
        for label in (self.summary, self.status):
            label.setObjectName("faint")
        for label in (self.heading, self.summary, self.status, self.message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.further.setPlaceholderText("Ask further…")
        self.further.setAccessibleName("Further question")

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        line = QWidget()
        line.setObjectName("line")
        line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line.setFixedHeight(1)
        column.addWidget(line)
        self.pages.addWidget(self._message_page())
        self.pages.addWidget(self.composer)
        self.pages.addWidget(self.reading)
        column.addWidget(self.pages, 1)
        self._foot = self._make_foot()
        column.addWidget(self._foot)
        self._show_foot(is_talk=False)

    def _head(self) -> QWidget:
        head = QWidget()
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addWidget(self.heading, 1)
        names.addWidget(self.label, 0, Qt.AlignmentFlag.AlignBaseline)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tasks, 1)
        row.addWidget(self.audiences)
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(6)
        column.addLayout(names)
        column.addLayout(row)
        column.addWidget(self.summary)
        return head

    def _message_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.message)
        column.addLayout(self.message_offers)
        column.addStretch(2)
        return page

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self.status, 1)
        state.addWidget(self.stop)
        self._foot_offers = QWidget()
        self._foot_offers.setLayout(self.offers)
        self._foot_question = QWidget()
        question = QHBoxLayout(self._foot_question)
        question.setContentsMargins(0, 0, 0, 0)
        question.setSpacing(8)
        question.addWidget(self.further, 1)
        question.addWidget(self.ask)
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(state)
        column.addWidget(self._foot_offers)
        column.addWidget(self._foot_question)
        foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return foot

    def _connect(self) -> None:
        for combo in (self.tasks, self.audiences):
            combo.activated.connect(lambda _row: self._on_chosen())
        self.stop.clicked.connect(self.stop_wanted)
        self.further.textChanged.connect(lambda text: self.ask.setEnabled(bool(text.strip())))
        self.further.returnPressed.connect(self._on_asked)
        self.ask.clicked.connect(self._on_asked)

    def _on_chosen(self) -> None:
        self._show_task()
        self.task_chosen.emit()

    def _show_task(self) -> None:
        self.audiences.setVisible(self.task is Task.EXPLAIN)
        self.summary.setText(TASKS[self.task].summary)

    def _on_asked(self) -> None:
        words = self.further.text().strip()
        if words and self.further.isEnabled():
            self.further.clear()
            self.asked.emit(words)

    def _show_foot(self, *, is_talk: bool) -> None:
        self._foot.setVisible(is_talk)
        self.stop.hide()
        self._foot_offers.hide()
        self._foot_question.hide()
        self.summary.setVisible(not is_talk)


def _put_buttons(layout: FlowRow, actions: Sequence[Action]) -> None:
    """Make the buttons of a row anew."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for action in actions:
        button = QPushButton(action.text)
        button.setObjectName("accent" if action.is_primary else "plain")
        button.clicked.connect(lambda _checked=False, action=action: action.run())
        layout.addWidget(button)
