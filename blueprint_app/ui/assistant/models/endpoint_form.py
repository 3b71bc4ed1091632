"""One model server: its address, its key, and, folded away, how long it may take and what it costs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.endpoints.endpoint import Api, Endpoint
from blueprint_app.assistant.endpoints.settings_form import address_problem
from blueprint_app.ui.assistant.models.key_field import KeyField
from blueprint_app.ui.assistant.models.price_table import PriceTable
from blueprint_app.ui.look.page_parts import note

_APIS = {Api.CHAT: "Chat Completions (nearly every server)", Api.RESPONSES: "Responses (OpenAI)"}


class EndpointForm(QWidget):
    """`changed` says that a field was edited, `test_wanted` that a person asks whether the server answers."""

    changed = Signal()
    test_wanted = Signal()
    consent_withdrawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._endpoint = Endpoint("", "")
        self.name, self.url = QLineEdit(), QLineEdit()
        self.url.setPlaceholderText("https://host/v1")
        self.key = KeyField()
        self.test = QPushButton("Test")
        self.test.setToolTip("Ask the server which models it has; no text of yours is sent")
        self.result = note("")
        self.fault = note("")
        self.agreed = note("")
        self.withdraw = QPushButton("Ask me again")
        self.withdraw.setToolTip("Show what would be sent, and ask, before anything more goes to this host")
        self.api = QComboBox()
        for api, title in _APIS.items():
            self.api.addItem(title, api)
        self.connect_seconds = _seconds("Until the server takes the call", 0.1, 600)
        self.read_seconds = _seconds(
            "Between two pieces of an answer; before the first three times as long", 0.1, 86_400
        )
        self.retries, self.parallel = _whole("", 0, 10), _whole("", 1, 256)
        self.context_tokens = _whole("", 0, 10**9)
        self.context_tokens.setSpecialValueText("not known")
        self.context_tokens.setSingleStep(1024)
        self.context_tokens.setSuffix(" tokens")
        self.prices = PriceTable()
        self.more = QToolButton()
        self.more.setObjectName("fold")
        self.more.setText("More settings")
        self.more.setCheckable(True)
        self.more.setArrowType(Qt.ArrowType.RightArrow)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for field in (self.key.place, self.key.name):
            field.setMinimumHeight(self.name.sizeHint().height())
        self._assemble()
        self._connect()

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint as it is filled in."""
        return Endpoint(
            self.name.text().strip(),
            self.url.text().strip(),
            self.key.source,
            self.api.currentData(),
            self.connect_seconds.value(),
            self.read_seconds.value(),
            self.retries.value(),
            self.context_tokens.value(),
            self.prices.prices,
            self.parallel.value(),
        )

    @property
    def problem(self) -> str:
        """What keeps the endpoint from being used, in words; "" if nothing does."""
        name, url = self.name.text().strip(), self.url.text().strip()
        if not name:
            return "Give the endpoint a name."
        if not url:
            return f"{name} needs the address of a server."
        fault = address_problem(url)
        if fault:
            return f"The address of {name} cannot be used: {fault}."
        return self.key.problem or self.prices.problem

    def show_endpoint(self, endpoint: Endpoint, *, is_agreed: bool) -> None:
        """Show an endpoint; `is_agreed` says that text may go to its host without asking."""
        self.blockSignals(True)
        self.name.setText(endpoint.name)
        self.url.setText(endpoint.base_url)
        self.key.show_source(endpoint.key, endpoint.name)
        self.api.setCurrentIndex(self.api.findData(endpoint.api))
        self.connect_seconds.setValue(endpoint.connect_seconds)
        self.read_seconds.setValue(endpoint.read_seconds)
        self.retries.setValue(endpoint.retries)
        self.context_tokens.setValue(endpoint.context_tokens)
        self.parallel.setValue(endpoint.parallel)
        self.prices.show_prices(endpoint.prices)
        self.blockSignals(False)
        self.say("")
        self.show_agreement(endpoint.host if is_agreed else "")
        self._on_changed(tell=False)

    def show_agreement(self, host: str) -> None:
        """Say that text may go to `host` ("": it may not yet)."""
        self.agreed.setText(f"You agreed that text goes to {host}.")
        for widget in (self.agreed, self.withdraw):
            widget.setVisible(bool(host))

    def say(self, words: str, *, is_trouble: bool = False) -> None:
        """Say what came of a test."""
        self.result.setText(words)
        self.result.setProperty("tone", "trouble" if is_trouble else "")
        self.result.style().unpolish(self.result)
        self.result.style().polish(self.result)

    def _assemble(self) -> None:
        form = _form()
        form.addRow("Name", self.name)
        form.addRow("Address", self.url)
        form.addRow("", self.fault)
        form.addRow("Key", self.key)
        testing = QHBoxLayout()
        testing.setSpacing(8)
        testing.addWidget(self.test, 0, Qt.AlignmentFlag.AlignTop)
        # Beside the button's own words, also where it takes several lines.
        self.result.setContentsMargins(0, 5, 0, 0)
        testing.addWidget(self.result, 1, Qt.AlignmentFlag.AlignTop)
        form.addRow("", testing)
        agreement = QHBoxLayout()
        agreement.addWidget(self.agreed, 1)
        agreement.addWidget(self.withdraw)
        form.addRow("", agreement)
        self._rest = QWidget()
        rest = _form(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        for title, field in (
            ("Protocol", self.api),
            ("Longest wait to connect", self.connect_seconds),
            ("Longest silence", self.read_seconds),
            ("Tries again after a fault", self.retries),
            ("Calls at once", self.parallel),
            ("Room for a question and its answer", self.context_tokens),
            ("Price of a million tokens", self.prices),
        ):
            field.setAccessibleName(title)
            field.setMinimumHeight(self.name.sizeHint().height())
            rest.addRow(title, field)
        self._rest.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self.more)
        column.addWidget(self._rest)
        column.addStretch(1)

    def _connect(self) -> None:
        self.name.setAccessibleName("Name")
        self.url.setAccessibleName("Address")
        for line in (self.name, self.url):
            line.textEdited.connect(lambda _text: self._on_changed())
        for spin in (self.connect_seconds, self.read_seconds, self.retries, self.parallel, self.context_tokens):
            spin.valueChanged.connect(lambda _value: self._on_changed())
        self.api.activated.connect(lambda _row: self._on_changed())
        self.key.changed.connect(self._on_changed)
        self.prices.changed.connect(self._on_changed)
        self.test.clicked.connect(self.test_wanted)
        self.withdraw.clicked.connect(self.consent_withdrawn)
        self.more.toggled.connect(self._on_more)

    def _on_more(self, shown: bool) -> None:
        self.more.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self._rest.setVisible(shown)

    def _on_changed(self, *, tell: bool = True) -> None:
        url = self.url.text().strip()
        fault = address_problem(url) if url else ""
        self.fault.setText(f"{fault[:1].upper()}{fault[1:]}." if fault else "")
        self.fault.setVisible(bool(fault))
        self.test.setEnabled(not self.problem)
        if tell:
            self.changed.emit()


def _form(parent: QWidget | None = None) -> QFormLayout:
    form = QFormLayout(parent)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setVerticalSpacing(8)
    form.setHorizontalSpacing(12)
    return form


def _seconds(hint: str, low: float, high: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(low, high)
    field.setDecimals(1)
    field.setSuffix(" s")
    field.setToolTip(hint)
    return field


def _whole(hint: str, low: int, high: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(low, high)
    field.setToolTip(hint)
    return field
