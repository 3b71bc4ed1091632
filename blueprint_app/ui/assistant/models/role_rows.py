"""Which model does what: one row a role and one for searching, with the models that each one's server offers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from blueprint_app.assistant.endpoints.endpoint import Role, RoleModel

_DOES = {
    Role.EXPLAINER: "explains, retells, finds related results",
    Role.FORMALISER: "drafts statements, splits nodes",
    Role.PROVER: "drafts proofs",
    Role.CRITIC: "looks for gaps and counterexamples",
}
_SEARCHING = "search by meaning"
_SEARCHES = (
    "Search by meaning: a model for embeddings, such as nomic-embed-text. Without one nodes are found by their words; "
    "with one the texts of the nodes and your questions go to its server, once you have agreed to that."
)
_HEADS = ("", "Endpoint", "Model", "Temperature", "Longest answer", "Effort")
ROLE, ENDPOINT, MODEL, TEMPERATURE, LONGEST, EFFORT = range(len(_HEADS))
_UNSET = "default"
"""What is left to the server."""
_EFFORTS = ("", "minimal", "low", "medium", "high")


class RoleRow:
    """The fields of one role, or of the search by meaning."""

    def __init__(self, role: str) -> None:
        self.endpoint, self.model, self.effort = QComboBox(), QComboBox(), QComboBox()
        self.model.setEditable(True)
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.model.setMinimumContentsLength(18)
        line = self.model.lineEdit()
        assert line is not None
        line.setPlaceholderText("name of the model")
        completer = self.model.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(completer.CompletionMode.PopupCompletion)
        self.temperature = QDoubleSpinBox()
        # One step below the smallest value stands for "as the server likes".
        self.temperature.setRange(-0.1, 2.0)
        self.temperature.setSingleStep(0.1)
        self.temperature.setDecimals(1)
        self.temperature.setValue(-0.1)
        self.longest = QSpinBox()
        self.longest.setRange(0, 10**9)
        self.longest.setSingleStep(1024)
        self.temperature.setSpecialValueText(_UNSET)
        self.longest.setSpecialValueText(_UNSET)
        self.effort.setEditable(True)
        self.effort.addItems(_EFFORTS)
        effort = self.effort.lineEdit()
        assert effort is not None
        effort.setPlaceholderText(_UNSET)
        height = QLineEdit().sizeHint().height()
        for column, field in enumerate(self.fields, start=1):
            field.setMinimumHeight(height)
            field.setAccessibleName(f"{_HEADS[column]} of the {role}")

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """The fields, from left to right."""
        return self.endpoint, self.model, self.temperature, self.longest, self.effort

    @property
    def chosen(self) -> RoleModel | None:
        """What is filled in; None while endpoint or model are missing."""
        endpoint, model = self.endpoint.currentText(), self.model.currentText().strip()
        if not (self.endpoint.currentData() and model):
            return None
        warmth = self.temperature.value()
        return RoleModel(
            endpoint,
            model,
            round(warmth, 2) if warmth >= 0 else None,
            self.longest.value() or None,
            self.effort.currentText().strip() or None,
        )

    def show(self, chosen: RoleModel) -> None:
        """Show what is set."""
        self.endpoint.setCurrentIndex(max(self.endpoint.findText(chosen.endpoint), 0))
        self.model.setEditText(chosen.model)
        self.temperature.setValue(-0.1 if chosen.temperature is None else chosen.temperature)
        self.longest.setValue(chosen.max_tokens or 0)
        self.effort.setEditText(chosen.reasoning_effort or "")


class RoleRows(QWidget):
    """`changed` says that a choice was made; `models_wanted` names an endpoint whose models would help to choose."""

    changed = Signal()
    models_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[Role, RoleRow] = {role: RoleRow(role) for role in Role}
        self.searching = RoleRow(_SEARCHING)
        self._all = (*self.rows.values(), self.searching)
        self._models: dict[str, tuple[str, ...]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(MODEL, 1)
        for column, head in enumerate(_HEADS):
            label = QLabel(head)
            label.setObjectName("faint")
            grid.addWidget(label, 0, column)
        for number, (role, row) in enumerate(self.rows.items(), start=1):
            name = QLabel(role.value.capitalize())
            name.setToolTip(f"{role.value.capitalize()}: {_DOES[role]}")
            grid.addWidget(name, number, ROLE)
            for column, field in enumerate(row.fields, start=1):
                field.setToolTip(name.toolTip())
                grid.addWidget(field, number, column)
        for row in self._all:
            row.endpoint.activated.connect(lambda _index, row=row: self._on_endpoint(row))
            row.model.editTextChanged.connect(lambda _text: self._on_changed())
            row.temperature.valueChanged.connect(lambda _value: self._on_changed())
            row.longest.valueChanged.connect(lambda _value: self._on_changed())
            row.effort.editTextChanged.connect(lambda _text: self._on_changed())
        self.for_all = QPushButton("Use the explainer's model for all")
        self.for_all.setObjectName("link")
        self.for_all.clicked.connect(self._on_for_all)
        grid.addWidget(self.for_all, len(self.rows) + 1, ENDPOINT, 1, 2, Qt.AlignmentFlag.AlignLeft)
        self._place_searching(grid, len(self.rows) + 2)

    def _place_searching(self, grid: QGridLayout, line: int) -> None:
        """It has no more than a server and a model: what makes vectors writes no answers."""
        name, note = QLabel(_SEARCHING.capitalize()), QLabel("Embeddings; off where none is chosen")
        note.setObjectName("faint")
        grid.addWidget(name, line, ROLE)
        grid.addWidget(self.searching.endpoint, line, ENDPOINT)
        grid.addWidget(self.searching.model, line, MODEL)
        grid.addWidget(note, line, TEMPERATURE, 1, 3)
        for widget in (name, self.searching.endpoint, self.searching.model, note):
            widget.setToolTip(_SEARCHES)

    @property
    def roles(self) -> dict[Role, RoleModel]:
        """The roles that have an endpoint and a model."""
        return {role: chosen for role, row in self.rows.items() if (chosen := row.chosen) is not None}

    @property
    def embedder(self) -> RoleModel | None:
        """What is chosen for the search by meaning."""
        return self.searching.chosen

    def show_endpoints(self, names: Sequence[str], renamed: Mapping[str, str] | None = None) -> None:
        """Offer these endpoints; a choice follows an endpoint that was `renamed`."""
        for row in self._all:
            before = row.endpoint.currentText()
            row.endpoint.clear()
            row.endpoint.addItem("none", "")
            for name in names:
                row.endpoint.addItem(name, name)
            row.endpoint.setCurrentIndex(max(row.endpoint.findText((renamed or {}).get(before, before)), 0))
            self._enable(row)
        self._show_for_all()

    def show_roles(self, roles: Mapping[Role, RoleModel], embedder: RoleModel | None = None) -> None:
        """Show what is set."""
        if embedder is not None:
            self.searching.show(embedder)
            self._enable(self.searching)
        for role, chosen in roles.items():
            self.rows[role].show(chosen)
            self._enable(self.rows[role])
        self._show_for_all()

    def show_models(self, endpoint: str, models: tuple[str, ...]) -> None:
        """Offer the models of an endpoint wherever it is chosen."""
        self._models[endpoint] = models
        for row in self._all:
            if row.endpoint.currentText() == endpoint:
                self._offer(row)

    def _offer(self, row: RoleRow) -> None:
        written, models = row.model.currentText(), self._models.get(row.endpoint.currentText(), ())
        row.model.blockSignals(True)
        row.model.clear()
        row.model.addItems(models)
        row.model.setEditText(written)
        row.model.blockSignals(False)

    def _on_endpoint(self, row: RoleRow) -> None:
        name = row.endpoint.currentData()
        self._enable(row)
        if name and name not in self._models:
            self.models_wanted.emit(name)
        self._offer(row)
        self._on_changed()

    def _enable(self, row: RoleRow) -> None:
        for field in row.fields[1:]:
            field.setEnabled(bool(row.endpoint.currentData()))

    def _on_changed(self) -> None:
        self._show_for_all()
        self.changed.emit()

    def _show_for_all(self) -> None:
        first = self.rows[Role.EXPLAINER].chosen
        self.for_all.setEnabled(first is not None and any(row.chosen != first for row in self.rows.values()))

    def _on_for_all(self) -> None:
        first = self.rows[Role.EXPLAINER].chosen
        if first is not None:
            for row in self.rows.values():
                row.show(first)
                self._enable(row)
                self._offer(row)
        self._on_changed()
