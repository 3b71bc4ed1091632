"""The status bar: what is open, what is going on and how to stop it, and how long reading took."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from blueprint_app.export.remarks import origin_in_words
from blueprint_app.model.blueprint import Packing
from blueprint_app.model.evidence import Origin
from blueprint_app.ui.jobs import Activity
from blueprint_app.ui.project.session import OpenProject


class ThinBar(QWidget):
    """A thin progress bar. Qt's own paints the whole window at once whenever its value changes."""

    def __init__(self) -> None:
        super().__init__()
        self._fraction = 0.0
        self.setFixedSize(QSize(160, 6))

    def show_fraction(self, fraction: float) -> None:
        """Show how far the work is, 0 to 1; below 0 it is not known."""
        self._fraction = min(fraction, 1.0)
        self.setAccessibleName("Working" if fraction < 0 else f"{100 * self._fraction:.0f} % done")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        whole = QRectF(self.rect())
        painter.drawRoundedRect(whole, 3, 3)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        if self._fraction < 0:
            painter.drawRoundedRect(whole.adjusted(whole.width() / 3, 0, -whole.width() / 3, 0), 3, 3)
        else:
            painter.drawRoundedRect(QRectF(0, 0, whole.width() * self._fraction, whole.height()), 3, 3)
        painter.end()


class StatusStrip(QStatusBar):
    """`stop_requested` carries the slot of the job to be ended."""

    stop_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.project = QLabel()
        self.note = QLabel()
        self.bar = ThinBar()
        self.stop = QToolButton()
        self.stop.setText("Stop")
        self.stop.clicked.connect(self._on_stop)
        self.facts = QLabel()
        self.live = QLabel()
        self.published = QToolButton()
        self.published.setAutoRaise(True)
        self._activity: Activity | None = None
        self.addWidget(self.project, 1)
        for widget in (self.note, self.bar, self.stop, self.published, self.live, self.facts):
            self.addPermanentWidget(widget)
        self.show_activities(())
        self.show_published(None)

    def show_project(self, project: OpenProject) -> None:
        """Show where the project is and what reading it took."""
        blueprint = project.snapshot.blueprint
        packing = blueprint.packing
        self.project.setText(blueprint.folder if packing is None else packing_in_words(packing))
        self.project.setToolTip(blueprint.folder)
        files = _count(len(blueprint.files), "file")
        self.facts.setText(f"{_count(len(blueprint.nodes), 'node')} · {files} · read in {project.seconds:.2f} s")

    def show_following(self, is_on: bool) -> None:
        """Say whether changes on disk are followed."""
        self.live.setText("● following changes" if is_on else "")
        self.live.setVisible(is_on)

    def show_published(self, origin: Origin | None, count: int = 0, *, was_imported: bool = False) -> None:
        """Say whose evidence is in use beside this machine's own, and of how many declarations."""
        self.published.setVisible(origin is not None)
        if origin is None:
            return
        word = "imported evidence" if was_imported else "published evidence"
        self.published.setText(f"{word}: {origin.source.rsplit('/', 1)[-1]}")
        self.published.setAccessibleName(f"In use: {self.published.text()}")
        self.published.setToolTip(
            f"{origin_in_words(origin)}\nIt tells more than is known here of {_count(count, 'declaration')}; "
            "where the sources differ it is stale."
        )

    def show_activities(self, activities: tuple[Activity, ...]) -> None:
        """Show the job that began first; nothing when none runs."""
        self._activity = activities[0] if activities else None
        for widget in (self.note, self.bar, self.stop):
            widget.setVisible(self._activity is not None)
        if self._activity is not None:
            title, note = self._activity.title, self._activity.note
            self.note.setText(f"{title}: {note}" if note else f"{title}…")
            self.bar.show_fraction(self._activity.fraction)

    def _on_stop(self) -> None:
        if self._activity is not None:
            self.stop_requested.emit(self._activity.slot)


def packing_in_words(packing: Packing) -> str:
    """What a snapshot is of, for the strip: ``Snapshot of primes, 2026-11-03 14:15 UTC, commit 01c9b66, read-only``."""
    when = packing.date.replace("T", " ")[:16]
    commit = f"commit {packing.commit[:10]}{' with changes' if packing.is_dirty else ''}" if packing.commit else ""
    return ", ".join(filter(None, (f"Snapshot of {packing.project}", f"{when} UTC", commit, "read-only")))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s".replace(",", " ")
