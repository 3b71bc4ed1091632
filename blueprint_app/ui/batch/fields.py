"""The fields of a run that are numbers or models: how much may be spent, and by whom."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.batch.plan import Limits
from blueprint_app.assistant.budget import Amount
from blueprint_app.assistant.endpoints.endpoint import ModelSettings, RoleModel

_BUDGETS = {"node": "A node", "run": "This run", "day": "Today"}


class BudgetFields(QWidget):
    """Tokens and US dollars for a node, the run and the day; 0 is no limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QSpinBox | QDoubleSpinBox] = {}
        self.spent = QLabel()
        self.spent.setObjectName("faint")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, (key, title) in enumerate(_BUDGETS.items()):
            label = QLabel(title)
            label.setObjectName("faint")
            grid.addWidget(label, row, 0)
            made: tuple[tuple[str, QSpinBox | QDoubleSpinBox], ...] = (("tokens", _tokens()), ("cost", _cost()))
            for column, (unit, field) in enumerate(made):
                field.setAccessibleName(f"{title}, {unit}")
                field.setSpecialValueText(f"no limit on {unit}")
                self.fields[f"{key}_{unit}"] = field
                grid.addWidget(field, row, 1 + column)
        grid.addWidget(self.spent, len(_BUDGETS) - 1, 3)
        grid.setColumnStretch(3, 1)

    @property
    def limits(self) -> Limits:
        """What is filled in."""
        return Limits(**{name: field.value() or None for name, field in self.fields.items()})  # type: ignore[arg-type]

    def show_limits(self, limits: Limits) -> None:
        """Fill them in."""
        for name, field in self.fields.items():
            field.setValue(getattr(limits, name) or 0)

    def show_spent(self, amount: Amount) -> None:
        """Say what was spent today."""
        self.spent.setText(f"spent so far: {amount}")


class ModelFields(QWidget):
    """Models to be ticked, those that are set for a role and those that were added as ``endpoint/model``.

    `changed` says that others are ticked now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName("Models")
        self.list.setObjectName("choices")
        self.entry, self.add_button = QLineEdit(), QPushButton("Add")
        self.entry.setPlaceholderText("endpoint/model")
        self.entry.setAccessibleName("Another model, as endpoint/model")
        self.problem = QLabel()
        self.problem.setObjectName("trouble")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._settings = ModelSettings()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.entry, 1)
        row.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.list)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.entry.returnPressed.connect(self._on_added)
        self.add_button.clicked.connect(self._on_added)

    @property
    def models(self) -> tuple[RoleModel, ...]:
        """The models that are ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(item.data(_MODEL) for item in items if item.checkState() is Qt.CheckState.Checked)

    def show_models(self, settings: ModelSettings, ticked: Iterable[RoleModel]) -> None:
        """Offer what is set, and of that and of others those that are `ticked`."""
        self._settings = settings
        wanted = [each for each in ticked if settings.endpoint(each.endpoint) is not None]
        offered = dict.fromkeys(_key(each) for each in (*settings.roles.values(), *wanted))
        by_key: Mapping[str, RoleModel] = {_key(each): each for each in (*wanted, *settings.roles.values())}
        self.list.blockSignals(True)
        self.list.clear()
        for key in offered:
            self._add(by_key[key], is_ticked=any(_key(each) == key for each in wanted))
        self.list.blockSignals(False)
        self._fit()
        self.changed.emit()

    def _add(self, model: RoleModel, *, is_ticked: bool) -> None:
        endpoint = self._settings.endpoint(model.endpoint)
        where = "this machine" if endpoint is not None and endpoint.is_loopback else endpoint.host if endpoint else ""
        item = QListWidgetItem(f"{model.model}   at {model.endpoint} ({where})")
        item.setData(_MODEL, model)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        self.list.addItem(item)

    def _on_added(self) -> None:
        endpoint, _, model = self.entry.text().strip().partition("/")
        known = self._settings.endpoint(endpoint)
        if not model or known is None:
            names = ", ".join(each.name for each in self._settings.endpoints) or "none is set up yet"
            self.problem.setText(f"Write ENDPOINT/MODEL, with one of the endpoints: {names}.")
            self.problem.show()
            return
        self.problem.hide()
        self.entry.clear()
        added = RoleModel(endpoint, model)
        for row in range(self.list.count()):
            if _key(self.list.item(row).data(_MODEL)) == _key(added):
                self.list.item(row).setCheckState(Qt.CheckState.Checked)
                return
        self._add(added, is_ticked=True)
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """As high as its rows, up to five."""
        rows = min(max(self.list.count(), 2), 5)
        height = self.list.sizeHintForRow(0) if self.list.count() else self.fontMetrics().height() + 8
        self.list.setFixedHeight(rows * height + 12)


_MODEL = Qt.ItemDataRole.UserRole


def _key(model: RoleModel) -> str:
    return f"{model.endpoint}/{model.model}"


def _tokens() -> QSpinBox:
    field = QSpinBox()
    field.setRange(0, 10**9)
    field.setSingleStep(10_000)
    field.setGroupSeparatorShown(True)
    return field


def _cost() -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0.0, 10_000.0)
    field.setSingleStep(0.5)
    field.setPrefix("$")
    return field
