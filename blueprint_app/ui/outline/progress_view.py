"""How far the blueprint is: one bar and the numbers behind it, each a way to the nodes it counts."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from blueprint_app.insight.evidence_progress import EvidenceProgress
from blueprint_app.insight.progress import Progress, percent


class ProgressBar(QWidget):
    """Fully proved, proved and the rest of what is to be proved, in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[int, QColor], ...] = ()
        self._total = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, 8)

    def show_parts(self, parts: tuple[tuple[int, QColor], ...], total: int) -> None:
        """Show counts with their colours, of `total`."""
        self._parts, self._total = parts, total
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        left = 0.0
        for count, colour in self._parts:
            width = self.width() * count / self._total if self._total else 0
            painter.setBrush(colour)
            if width:
                painter.drawRoundedRect(QRectF(left, 0, width, self.height()), 4, 4)
            left += width
        painter.end()


class ProgressView(QWidget):
    """The bar and its numbers; `filter_wanted` carries the filter that shows the nodes of a number."""

    filter_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(6)
        self.summary = QLabel()
        self.bar = ProgressBar()
        self.details = QLabel()
        self.details.setTextFormat(Qt.TextFormat.RichText)
        self.details.setWordWrap(True)
        self.details.linkActivated.connect(self.filter_wanted)
        for widget in (self.summary, self.bar, self.details):
            layout.addWidget(widget)

    def show_progress(
        self, progress: Progress, fully: QColor, proved: QColor, evidence: EvidenceProgress | None = None
    ) -> None:
        """Show `progress` with the colours of fully proved and of proved, and what `evidence` bears out of it."""
        self.setVisible(progress.nodes > 0)
        share = percent(progress.proved, progress.to_prove)
        self.summary.setText(f"<b>{progress.proved} of {progress.to_prove}</b> proofs declared done ({share})")
        fully_here = min(progress.fully_proved, progress.proved)
        self.bar.show_parts(((fully_here, fully), (progress.proved - fully_here, proved)), progress.to_prove)
        self.bar.setAccessibleName(f"{progress.proved} of {progress.to_prove} proofs declared done")
        counts = (
            (progress.ready_to_prove, "ready to prove", "status:ready-to-prove"),
            (progress.ready_to_state, "ready to state", "status:ready-to-state"),
        )
        lines = [(f"{progress.stated} of {progress.nodes} statements declared done", "status:leanok")]
        lines += [(f"{count} {words}", query) for count, words, query in counts if count]
        lines += _evidence_lines(evidence) if evidence is not None and evidence.is_known else []
        ink = self.palette().color(QPalette.ColorRole.Link).name()
        links = [f'<a href="{query}" style="color:{ink};text-decoration:none">{text}</a>' for text, query in lines]
        self.details.setText("<br>".join(links))


def _evidence_lines(evidence: EvidenceProgress) -> list[tuple[str, str]]:
    """What Lean's side shows, kept apart from what is declared, with the filters that show it."""
    total = evidence.to_prove
    lines = []
    if evidence.was_asked:
        lines.append((f"{evidence.verified} of {total} Lean-verified", "status:verified -kind:definition"))
    else:
        without = f"{evidence.without_sorry} of {total} in Lean text without sorry"
        lines.append((f"{without}<br>Lean-verified 0: Lean was not asked", "status:without-sorry -kind:definition"))
    if evidence.contradicted:
        lines.append((f"<b>{evidence.contradicted} contradicted</b>", "status:contradicted"))
    return lines
