"""The status bar: what is open, what is going on and how to stop it, and how long reading took."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from blueprint_app.ui.jobs import Activity
from blueprint_app.ui.session import OpenProject


class StatusStrip(QStatusBar):
    """`stop_requested` carries the slot of the job to be ended."""

    stop_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.project = QLabel()
        self.note = QLabel()
        self.bar = QProgressBar()
        self.bar.setMaximumWidth(160)
        self.bar.setMaximumHeight(8)
        self.bar.setTextVisible(False)
        self.stop = QToolButton()
        self.stop.setText("Stop")
        self.stop.clicked.connect(self._on_stop)
        self.facts = QLabel()
        self._activity: Activity | None = None
        self.addWidget(self.project, 1)
        for widget in (self.note, self.bar, self.stop, self.facts):
            self.addPermanentWidget(widget)
        self.show_activities(())

    def show_project(self, project: OpenProject) -> None:
        """Show where the project is and what reading it took."""
        blueprint = project.snapshot.blueprint
        self.project.setText(blueprint.folder)
        self.project.setToolTip(blueprint.folder)
        files = _count(len(blueprint.files), "file")
        self.facts.setText(f"{_count(len(blueprint.nodes), 'node')} · {files} · read in {project.seconds:.2f} s")

    def show_activities(self, activities: tuple[Activity, ...]) -> None:
        """Show the job that began first; nothing when none runs."""
        self._activity = activities[0] if activities else None
        for widget in (self.note, self.bar, self.stop):
            widget.setVisible(self._activity is not None)
        if self._activity is not None:
            title, note = self._activity.title, self._activity.note
            self.note.setText(f"{title}: {note}" if note else f"{title}…")
            known = self._activity.fraction >= 0
            self.bar.setRange(0, 1000 if known else 0)
            self.bar.setValue(round(self._activity.fraction * 1000) if known else 0)

    def _on_stop(self) -> None:
        if self._activity is not None:
            self.stop_requested.emit(self._activity.slot)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s".replace(",", " ")
