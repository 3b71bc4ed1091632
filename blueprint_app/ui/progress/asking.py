"""A page whose content takes long to read: it is read when a person asks, with progress and Stop, and then kept."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from blueprint_app.model.errors import BlueprintError
from blueprint_app.ui.jobs import Activity, JobContext, Jobs
from blueprint_app.ui.look.page_parts import note


class AskedPage(QStackedWidget):
    """`asked` says that a person wants the content; `got` carries what was read, `not_got` why not (None: stopped).

    Shows a question with a button, what is being read, why it cannot be read, or the content, of which the widget is
    made when it is first wanted.
    """

    asked = Signal()
    got = Signal(object)
    not_got = Signal(object)

    def __init__(
        self, jobs: Jobs, slot: str, title: str, content: Callable[[], QWidget], parent: QObject | None = None
    ) -> None:
        super().__init__()
        self._jobs, self._slot, self._title = jobs, slot, title
        self.text = note("")
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.setObjectName("primary")
        self.button.clicked.connect(self.asked)
        self.doing = note("")
        self.doing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(320, 8)
        self.bar.setAccessibleName(title)
        self.stop = QPushButton("Stop")
        self.stop.clicked.connect(self._on_stop)
        self._question = _centred(self.text, self.button)
        self._reading = _centred(self.doing, self.bar, self.stop)
        for page in (self._question, self._reading):
            self.addWidget(page)
        self._content = content
        jobs.activities_changed.connect(self._on_activities)

    @property
    def is_reading(self) -> bool:
        """Whether the content is on its way."""
        return self._jobs.is_running(self._slot)

    def ask(self, text: str, button: str) -> None:
        """Ask whether it should be read; without a `button` there is nothing to be read."""
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setCurrentWidget(self._question)

    def read(self, work: Callable[[JobContext], object]) -> None:
        """Read the content; `work` tells how far it is."""
        self._before = self.text.text(), self.button.text()
        self.doing.setText(self._title)
        self.bar.setRange(0, 0)
        self.setCurrentWidget(self._reading)
        self._jobs.start(self._slot, work, self._on_got, self._on_failed, title=self._title)

    def forget(self) -> None:
        """Another project is shown: what is on its way is no longer wanted."""
        self._jobs.cancel(self._slot)

    def _on_got(self, value: object) -> None:
        content = self._content()
        if self.indexOf(content) < 0:
            self.addWidget(content)
        self.setCurrentWidget(content)
        self.got.emit(value)

    def _on_failed(self, error: BlueprintError) -> None:
        self.ask(f"{error.what_happened}\n{error.what_to_do}".strip(), "Try again")
        self.not_got.emit(error)

    def _on_stop(self) -> None:
        self._jobs.cancel(self._slot)
        self._ask_again()

    def _look_whether_stopped(self) -> None:
        """It may have been stopped from elsewhere."""
        if self.currentWidget() is self._reading and not self.is_reading:
            self._ask_again()

    def _ask_again(self) -> None:
        self.ask(*self._before)
        self.not_got.emit(None)

    def _on_activities(self, activities: tuple[Activity, ...]) -> None:
        if self.currentWidget() is not self._reading:
            return
        mine = next((each for each in activities if each.slot == self._slot), None)
        if mine is None:
            # Where it has ended by itself the page is turned a moment after this is told.
            QTimer.singleShot(0, self, self._look_whether_stopped)
            return
        self.doing.setText(f"{mine.title}\n{mine.note}" if mine.note else mine.title)
        self.bar.setRange(0, 0 if mine.fraction < 0 else 1000)
        self.bar.setValue(int(1000 * max(mine.fraction, 0)))


def _centred(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(32, 32, 32, 32)
    column.setSpacing(16)
    column.addStretch(1)
    for part in parts:
        if isinstance(part, QLabel):
            column.addWidget(part)
            continue
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
    column.addStretch(2)
    return page
