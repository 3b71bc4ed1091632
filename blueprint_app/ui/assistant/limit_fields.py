"""How far a drafting run may go: rounds, tokens, money."""

from dataclasses import dataclass

from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSpinBox, QWidget

USUAL_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person allows; None is no limit."""

    rounds: int = USUAL_ROUNDS
    most_tokens: int | None = None
    most_cost: float | None = None


class LimitFields(QWidget):
    """Three small fields in a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rounds, self.tokens, self.cost = QSpinBox(), QSpinBox(), QDoubleSpinBox()
        self.rounds.setRange(1, 50)
        self.rounds.setValue(USUAL_ROUNDS)
        self.tokens.setRange(0, 10**8)
        self.tokens.setSingleStep(10_000)
        self.tokens.setGroupSeparatorShown(True)
        self.cost.setRange(0.0, 10_000.0)
        self.cost.setSingleStep(0.1)
        self.cost.setPrefix("$")
        for field in (self.tokens, self.cost):
            field.setSpecialValueText("no limit")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for title, field, hint in (
            ("Rounds", self.rounds, "How often the model may try"),
            ("Tokens", self.tokens, "Question and answer together, over all rounds"),
            ("Cost", self.cost, "By the prices that are set for the model"),
        ):
            label = QLabel(title)
            label.setObjectName("faint")
            label.setBuddy(field)
            field.setAccessibleName(title)
            field.setToolTip(hint)
            row.addWidget(label)
            row.addWidget(field)
        row.addStretch(1)

    @property
    def limits(self) -> Limits:
        """What is filled in."""
        return Limits(self.rounds.value(), self.tokens.value() or None, self.cost.value() or None)

    def show_limits(self, limits: Limits) -> None:
        """Fill them in."""
        self.rounds.setValue(limits.rounds)
        self.tokens.setValue(limits.most_tokens or 0)
        self.cost.setValue(limits.most_cost or 0.0)
