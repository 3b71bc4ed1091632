"""What a run is to do, before it begins: nodes, task, models, how far it may go, and what it may take."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.batch.plan import CANARY_EVERY
from blueprint_app.assistant.budget import Amount
from blueprint_app.assistant.endpoints.consent import needs_consent
from blueprint_app.assistant.endpoints.endpoint import ModelSettings
from blueprint_app.assistant.tasks import Task
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.batch.fields import BudgetFields, ModelFields
from blueprint_app.ui.batch.nodes import Choice, Source
from blueprint_app.ui.batch.wishes import TASKS, Wishes

_TASKS = {Task.PROVE: "Lean proofs, judged by Lean", Task.STATE: "Lean statements, to be compared with the text"}
_CANARIES = (
    f"Every {CANARY_EVERY} nodes a false statement is planted among them: should one ever be called verified, "
    "the judging cannot be trusted and the run is halted."
)


@dataclass(frozen=True, slots=True)
class LeftRun:
    """A run that was not finished, in words; `halted` says why it must not go on."""

    words: str
    resume: Callable[[], None]
    discard: Callable[[], None]
    halted: str = ""


class SetupPage(QWidget):
    """`start_wanted` says that a person wants to begin, `nodes_wanted` that other nodes have to be looked for,
    `models_wanted` that models be set up.
    """

    start_wanted = Signal()
    nodes_wanted = Signal()
    models_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = Choice({})
        self._settings = ModelSettings()
        self.left = QVBoxLayout()
        self.tasks = QComboBox()
        self.sources = QButtonGroup(self)
        self.labels, self.most = QLineEdit(), QSpinBox()
        self.models, self.budgets = ModelFields(), BudgetFields()
        self.rounds, self.parallel = QSpinBox(), QSpinBox()
        self.first_wins = QCheckBox("Leave a node once one model has closed it")
        self.what, self.hosts = QLabel(), QLabel()
        self.start = QPushButton("Start")
        self.set_up = QPushButton("Models…")
        self._fill()
        self._assemble()
        self._connect()
        self._tell()

    # What is chosen

    @property
    def wishes(self) -> Wishes:
        """All but the nodes."""
        return Wishes(
            Task(self.tasks.currentData()),
            self.models.models,
            self.rounds.value(),
            self.parallel.value(),
            self.first_wins.isChecked(),
            self.budgets.limits,
        )

    @property
    def source(self) -> Source:
        """Where the nodes come from."""
        return list(Source)[self.sources.checkedId()]

    @property
    def nodes(self) -> tuple[NodeId, ...]:
        """The nodes that are chosen."""
        return self._choice.nodes.get(self.source, ())[: self.most.value() or None]

    def show_wishes(self, wishes: Wishes, settings: ModelSettings) -> None:
        """Fill in what was chosen the last time."""
        self._settings = settings
        self.tasks.setCurrentIndex(self.tasks.findData(wishes.task.value))
        self.models.show_models(settings, wishes.models)
        self.rounds.setValue(wishes.rounds)
        self.parallel.setValue(wishes.parallel)
        self.first_wins.setChecked(wishes.first_wins)
        self.budgets.show_limits(wishes.limits)

    def show_choice(self, choice: Choice, selected: str) -> None:
        """Say how many nodes there are to each source; `selected` is the selected node, "" for none."""
        self._choice = choice
        titles = {
            Source.READY: "All that are ready",
            Source.FILTER: "Those that meet the outline's filter",
            Source.FOUNDATION: f"The foundation of {selected}" if selected else "The foundation of the selected node",
            Source.LABELS: "These labels:",
        }
        for number, source in enumerate(Source):
            count = len(choice.nodes.get(source, ()))
            self.sources.button(number).setText(f"{titles[source]} ({count})")
        self._tell()

    def show_spent(self, amount: Amount) -> None:
        """Say what was spent today."""
        self.budgets.show_spent(amount)

    def show_left(self, runs: Sequence[LeftRun]) -> None:
        """Offer to go on with runs that were not finished."""
        while self.left.count():
            item = self.left.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for run in runs:
            self.left.addWidget(_left_row(run))

    # Building

    def _fill(self) -> None:
        for task in TASKS:
            self.tasks.addItem(_TASKS[task], task.value)
        self.tasks.setAccessibleName("What is drafted")
        for number in range(len(Source)):
            self.sources.addButton(QRadioButton(), number)
        self.sources.button(0).setChecked(True)
        self.labels.setPlaceholderText("lem:a, thm:b")
        self.labels.setAccessibleName("Labels of nodes")
        self.most.setRange(0, 100_000)
        self.most.setSpecialValueText("all of them")
        self.most.setPrefix("at most ")
        self.most.setAccessibleName("At most so many nodes")
        self.rounds.setRange(1, 50)
        self.parallel.setRange(1, 32)
        for field, name in ((self.rounds, "Rounds at each node"), (self.parallel, "Nodes at once")):
            field.setAccessibleName(name)
        self.start.setObjectName("accent")
        for label in (self.what, self.hosts):
            label.setWordWrap(True)
        self.hosts.setObjectName("faint")

    def _assemble(self) -> None:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(12)
        form.addRow("Draft", self.tasks)
        form.addRow("Nodes", self._node_fields())
        form.addRow("Models", self.models)
        form.addRow("Rounds", self._round_fields())
        form.addRow("Budgets", self.budgets)
        canaries = QLabel(_CANARIES)
        canaries.setObjectName("faint")
        canaries.setWordWrap(True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 16, 16, 8)
        column.setSpacing(12)
        self.left.setSpacing(4)
        column.addLayout(self.left)
        column.addLayout(form)
        column.addWidget(canaries)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.what)
        words.addWidget(self.hosts)
        foot.addLayout(words, 1)
        foot.addWidget(self.set_up)
        foot.addWidget(self.start)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _node_fields(self) -> QWidget:
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for button in self.sources.buttons():
            column.addWidget(button)
        column.addWidget(self.labels)
        row = QHBoxLayout()
        row.addWidget(self.most)
        row.addStretch(1)
        column.addLayout(row)
        return fields

    def _round_fields(self) -> QWidget:
        fields = QWidget()
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.rounds)
        row.addWidget(QLabel("at each node,"))
        row.addWidget(self.parallel)
        row.addWidget(QLabel("nodes at once"))
        row.addSpacing(8)
        row.addWidget(self.first_wins, 1)
        return fields

    def _connect(self) -> None:
        self.tasks.currentIndexChanged.connect(lambda _index: self._on_task())
        self.labels.textChanged.connect(lambda _text: self._on_labels())
        self.sources.idClicked.connect(lambda _id: self._tell())
        self.most.valueChanged.connect(lambda _value: self._tell())
        self.models.changed.connect(self._tell)
        self.start.clicked.connect(self.start_wanted)
        self.set_up.clicked.connect(self.models_wanted)

    def _on_task(self) -> None:
        self._choice = Choice({})
        self._tell()
        self.nodes_wanted.emit()

    def _on_labels(self) -> None:
        self.sources.button(list(Source).index(Source.LABELS)).setChecked(True)
        # Until they are looked up, none of them is known.
        known = dict(self._choice.nodes)
        known.pop(Source.LABELS, None)
        self._choice = Choice(known)
        self._tell()
        self.nodes_wanted.emit()

    def _tell(self) -> None:
        """Say what would be begun, or what is missing."""
        nodes, models = self.nodes, self.models.models
        reason = self._obstacle(len(nodes), len(models))
        self.start.setEnabled(not reason)
        self.set_up.setVisible(not self._settings.endpoints or not self.models.list.count())
        self.what.setText(reason or _in_words(len(nodes), len(models)))
        endpoints = [self._settings.endpoint(each.endpoint) for each in models]
        asked = dict.fromkeys(
            each.host for each in endpoints if each is not None and needs_consent(each, self._settings)
        )
        self.hosts.setText(f"Before the start you see what would go to {' and to '.join(asked)}." if asked else "")
        self.hosts.setVisible(bool(asked))

    def _obstacle(self, nodes: int, models: int) -> str:
        if self.source is Source.LABELS and self._choice.unknown:
            return f"The blueprint has no node called {', '.join(self._choice.unknown[:5])}."
        if not nodes:
            what = "a proof to find" if self.tasks.currentData() == Task.PROVE else "no statement in Lean yet"
            return f"There is no node with {what} among these: choose others above."
        return "" if models else "Tick a model, or add one."


def _in_words(nodes: int, models: int) -> str:
    planted = -(-nodes // CANARY_EVERY)
    many = f"{nodes} nodes" if nodes > 1 else "1 node"
    by = f" by {models} models, which compete" if models > 1 else ""
    false = f"{planted} planted false statements" if planted > 1 else "1 planted false statement"
    return f"{many}{by}, and {false}."


def _left_row(run: LeftRun) -> QWidget:
    row = QFrame()
    row.setObjectName("notice")
    row.setProperty("tone", "trouble" if run.halted else "news")
    layout = QHBoxLayout(row)
    layout.setContentsMargins(12, 6, 8, 6)
    layout.setSpacing(8)
    words = QLabel(f"{run.words} {run.halted}".strip())
    words.setWordWrap(True)
    words.setTextFormat(Qt.TextFormat.PlainText)
    layout.addWidget(words, 1)
    offers = [("Discard", run.discard)] if run.halted else [("Resume", run.resume), ("Discard", run.discard)]
    for text, action in offers:
        button = QPushButton(text)
        button.clicked.connect(lambda _checked=False, action=action: action())
        layout.addWidget(button)
    return row
