"""What a build prints, as it comes; a tab of the lower side."""

import threading
from collections import deque

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

_KEPT_LINES = 20_000
_TAKE_MS = 60
"""How often lines are taken over: a build prints hundreds a second, and each insertion paints."""

_AT_ONCE = 500


class BuildPanel(QWidget):
    """`stop_requested` is told when a person has seen enough. `write_line` may be called from any thread."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: deque[str] = deque(maxlen=_KEPT_LINES)
        self._timer = QTimer(self, interval=_TAKE_MS)
        self._timer.timeout.connect(self._take)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(_KEPT_LINES)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.text.setAccessibleName("Output of the build")
        self.state = QLabel("Nothing was built yet. Build, in the menu Lean, shows here what it prints.")
        self.state.setObjectName("faint")
        self.stop = QPushButton("Stop")
        self.stop.clicked.connect(self.stop_requested)
        self.stop.hide()
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.addWidget(self.state, 1)
        bar.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.text, 1)

    def begin(self, command: str) -> None:
        """Show an empty page for the output of `command`."""
        with self._lock:
            self._waiting.clear()
        self.text.clear()
        self.state.setText(f"{command} is running…")
        self.stop.show()
        self._timer.start()

    def write_line(self, line: str) -> None:
        """Add a line to what is shown soon."""
        with self._lock:
            self._waiting.append(line)

    def end(self, words: str) -> None:
        """Say how it ended; what was printed last is still shown."""
        while self._take():
            pass
        self._timer.stop()
        self.state.setText(words)
        self.stop.hide()

    def _take(self) -> bool:
        with self._lock:
            lines = [self._waiting.popleft() for _ in range(min(_AT_ONCE, len(self._waiting)))]
        if lines:
            bar = self.text.verticalScrollBar()
            follows = bar.value() >= bar.maximum() - 2
            self.text.appendPlainText("\n".join(lines))
            if follows:
                bar.setValue(bar.maximum())
        return bool(lines)
