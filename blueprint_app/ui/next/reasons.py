"""Why the chosen node stands where it stands, in words, and the buttons to claim it or to let it go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.next.next_lemma import Offer
from blueprint_app.ui.next.ranking import Ranking, takes

_HINT = "Choose a row to read why it stands there. Enter shows the node in the graph."


class Reasons(QWidget):
    """`claim_wanted` and `release_wanted` carry the id of the node that is shown."""

    claim_wanted = Signal(str)
    release_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._node = ""
        self._lines: tuple[str, ...] = ()
        self._is_low = False
        self.heading, self.summary, self.text = QLabel(), QLabel(), QLabel()
        self.heading.setObjectName("heading")
        self.summary.setObjectName("faint")
        for label in (self.heading, self.summary, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.claim, self.release = QPushButton("Claim…"), QPushButton("Release")
        self.claim.setToolTip("Say in blueprint/claims.yaml that you work on it; shows the change first")
        self.release.setToolTip("Take its claims out of blueprint/claims.yaml; shows the change first")
        self.claim.clicked.connect(lambda: self.claim_wanted.emit(self._node))
        self.release.clicked.connect(lambda: self.release_wanted.emit(self._node))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.claim, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.release, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.text)
        self.show_none()

    def show_none(self, hint: str = _HINT) -> None:
        """No row is chosen."""
        self._node = ""
        self.heading.setText("")
        self.summary.setText(hint)
        for widget in (self.heading, self.text, self.claim, self.release):
            widget.hide()

    def show_offer(self, ranking: Ranking, offer: Offer, *, is_packed: bool) -> None:
        """Show the reasons of an offer, a line each."""
        self._node = offer.node
        node = ranking.snapshot.nodes[offer.node]
        self.heading.setText(f"{ranking.ranks[offer.node]}. {plain_heading(node)}")
        self.summary.setText(f"{offer.work.value} · {takes(offer)} · {offer.score:.0f} points")
        self._lines = tuple(_sentence(each) for each in ranking.reasons(offer))
        self._write()
        for widget in (self.heading, self.text):
            widget.show()
        self.claim.setVisible(not is_packed)
        self.release.setVisible(not is_packed and any(not claim.origin for claim in ranking.claims.of(node)))

    def make_low(self, is_low: bool) -> None:
        """Take one paragraph instead of a line a reason, where the window is low."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._write()

    def _write(self) -> None:
        self.text.setText(" · ".join(self._lines) if self._is_low else "\n".join(f"•  {each}" for each in self._lines))


def _sentence(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
