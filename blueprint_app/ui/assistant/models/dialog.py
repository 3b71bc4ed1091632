"""Models…: the model servers and which model does what; nothing holds before Save, and keys go to the keyring alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings
from blueprint_app.assistant.endpoints.keys import keep_key
from blueprint_app.assistant.endpoints.presets import PRESETS
from blueprint_app.assistant.endpoints.settings_file import read_model_settings, settings_path, write_model_settings
from blueprint_app.ui.assistant.models.endpoint_form import EndpointForm
from blueprint_app.ui.assistant.models.key_dialog import KeyDialog
from blueprint_app.ui.assistant.models.role_rows import RoleRows
from blueprint_app.ui.jobs import JobContext, Jobs

ModelNames = Callable[[Endpoint, Callable[[], None]], Sequence[str]]
"""Asks an endpoint which models it has; blocks, and raises BlueprintError where it cannot be asked."""

_TEST, _KEY, _WRITE = "models-test", "models-key", "models-write"
_MOST_NAMED = 6
_OTHER = "Other…"
_FIRST = "Ollama"
"""The server to begin with: it needs no key and no other tool."""


class ModelsDialog(QDialog):
    """`saved` carries the `ModelSettings` that were written."""

    saved = Signal(object)

    def __init__(self, jobs: Jobs, names_of: ModelNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Models")
        self._jobs, self._names_of = jobs, names_of
        self._settings = read_model_settings()
        self._endpoints: list[Endpoint] = list(self._settings.endpoints)
        self._consented = set(self._settings.consented)
        self._row = -1
        self.endpoints = QListWidget()
        self.form = EndpointForm()
        self.roles = RoleRows()
        self.trouble = QLabel()
        self.pages = QStackedWidget()
        self._assemble()
        self._connect()
        self.roles.show_endpoints([each.name for each in self._endpoints])
        self.roles.show_roles(self._settings.roles, self._settings.embedder)
        self._fill(0)
        self.resize(800, 640 if self._endpoints else 420)
        self._say(" ".join(self._settings.problems))

    @property
    def settings(self) -> ModelSettings:
        """What is filled in."""
        agreed = frozenset(self._consented)
        return ModelSettings(tuple(self._endpoints), self.roles.roles, agreed, embedder=self.roles.embedder)

    # Building

    def _assemble(self) -> None:
        self.pages.addWidget(self._empty_page())
        self.pages.addWidget(self._filled_page())
        self.trouble.setObjectName("trouble")
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = buttons.addButton("Save", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        buttons.accepted.connect(self._write)
        buttons.rejected.connect(self.reject)
        place = QLabel(f"Kept in {settings_path()}; keys are not.")
        place.setObjectName("faint")
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        foot = QHBoxLayout()
        foot.addWidget(place, 1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.pages, 1)
        column.addWidget(self.trouble)
        column.addLayout(foot)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        title = QLabel("No model is set up.")
        title.setObjectName("heading")
        what = QLabel(
            "Add an endpoint: a local server such as Ollama needs no key.\n"
            "Nothing is sent anywhere before you agree to it."
        )
        what.setObjectName("faint")
        what.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addStretch(1)
        self.presets: dict[str, QPushButton] = {}
        for preset in sorted(PRESETS, key=lambda each: (bool(each.key), each.name != _FIRST)):
            self.presets[preset.name] = button = QPushButton(preset.name)
            button.setToolTip(preset.note)
            button.clicked.connect(lambda _checked=False, preset=preset: self._add(preset.endpoint(), preset.note))
            choices.addWidget(button)
        other = QPushButton(_OTHER)
        other.clicked.connect(lambda: self._add(Endpoint("", ""), ""))
        choices.addWidget(other)
        choices.addStretch(1)
        column = QVBoxLayout(page)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(what)
        column.addSpacing(8)
        column.addLayout(choices)
        column.addStretch(2)
        return page

    def _filled_page(self) -> QWidget:
        page = QWidget()
        self.endpoints.setObjectName("choices")
        self.endpoints.setAccessibleName("Endpoints")
        self.endpoints.setFixedWidth(168)
        self.add, self.remove = QPushButton("Add"), QPushButton("Remove")
        menu = QMenu(self.add)
        for preset in PRESETS:
            action = menu.addAction(preset.name)
            action.triggered.connect(lambda _checked=False, preset=preset: self._add(preset.endpoint(), preset.note))
        menu.addSeparator()
        menu.addAction(_OTHER).triggered.connect(lambda _checked=False: self._add(Endpoint("", ""), ""))
        self.add.setMenu(menu)
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addWidget(self.add)
        under.addWidget(self.remove)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(_heading("Endpoints"))
        left.addWidget(self.endpoints, 1)
        left.addLayout(under)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addLayout(left)
        above.addWidget(scroll, 1)
        line = QFrame()
        line.setObjectName("rule")
        line.setFixedHeight(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(above, 1)
        column.addWidget(line)
        column.addWidget(_heading("Which model does what"))
        column.addWidget(self.roles)
        return page

    def _connect(self) -> None:
        self.endpoints.currentRowChanged.connect(self._on_row)
        self.form.changed.connect(self._on_edited)
        self.form.test_wanted.connect(self._test)
        self.form.key.key_wanted.connect(self._ask_for_key)
        self.form.consent_withdrawn.connect(self._withdraw)
        self.remove.clicked.connect(self._remove)
        self.roles.models_wanted.connect(self._look_up_models)
        self.roles.changed.connect(self._show_fault)
        self.finished.connect(lambda _result: self._leave())

    # Endpoints

    def _fill(self, row: int) -> None:
        self.endpoints.blockSignals(True)
        self.endpoints.clear()
        self.endpoints.addItems([each.name or "New endpoint" for each in self._endpoints])
        self.endpoints.setCurrentRow(min(row, len(self._endpoints) - 1))
        self.endpoints.blockSignals(False)
        self.pages.setCurrentIndex(1 if self._endpoints else 0)
        self._on_row(self.endpoints.currentRow())

    def _on_row(self, row: int) -> None:
        self._row = row
        self._jobs.cancel(_TEST)
        if 0 <= row < len(self._endpoints):
            endpoint = self._endpoints[row]
            self.form.show_endpoint(endpoint, is_agreed=endpoint.host in self._consented)
        self._show_fault()

    def _on_edited(self) -> None:
        if self._row < 0:
            return
        before, now = self._endpoints[self._row], self.form.endpoint
        self._endpoints[self._row] = now
        self.form.show_agreement(now.host if now.host in self._consented else "")
        if before.name != now.name:
            item = self.endpoints.item(self._row)
            item.setText(now.name or "New endpoint")
            self._offer_endpoints({before.name: now.name})
        self._show_fault()

    def _offer_endpoints(self, renamed: Mapping[str, str] | None = None) -> None:
        self.roles.show_endpoints([each.name for each in self._endpoints if each.name], renamed)

    def _add(self, endpoint: Endpoint, note: str) -> None:
        name = _free_name(endpoint.name, [each.name for each in self._endpoints]) if endpoint.name else ""
        self._endpoints.append(replace(endpoint, name=name))
        if self.height() < 640:
            self.resize(800, 640)
        self._fill(len(self._endpoints) - 1)
        self._offer_endpoints()
        self._show_fault()
        self.form.say(note)
        (self.form.test if endpoint.name else self.form.name).setFocus()

    def _remove(self) -> None:
        if self._row < 0:
            return
        del self._endpoints[self._row]
        self._fill(max(self._row - 1, 0))
        self._offer_endpoints()
        self._show_fault()

    def _withdraw(self) -> None:
        self._consented.discard(self._endpoints[self._row].host)
        self.form.show_agreement("")
        self._show_fault()

    # Asking the server

    def _test(self) -> None:
        endpoint = self.form.endpoint
        self.form.say(f"Asking {endpoint.host}…")
        self._ask(_TEST, endpoint, lambda words, is_trouble: self.form.say(words, is_trouble=is_trouble))

    def _look_up_models(self, name: str) -> None:
        endpoint = next((each for each in self._endpoints if each.name == name), None)
        if endpoint is not None:
            self._ask(f"{_TEST}-quiet", endpoint, lambda _words, _is_trouble: None)

    def _ask(self, slot: str, endpoint: Endpoint, say: Callable[[str, bool], None]) -> None:
        def work(context: JobContext) -> tuple[str, ...]:
            return tuple(self._names_of(endpoint, context.check))

        def done(names: tuple[str, ...]) -> None:
            self.roles.show_models(endpoint.name, names)
            say(_listed(names), False)

        self._jobs.start(slot, work, done, lambda error: say(str(error), True))

    # Keys

    def _ask_for_key(self, name: str) -> None:
        dialog = KeyDialog(name, self)
        dialog.entered.connect(self._keep)
        dialog.open()

    def _keep(self, name: str, key: str) -> None:
        self._jobs.start(
            _KEY,
            lambda _context: keep_key(name, key),
            lambda _none: self.form.key.say(f"The system keyring holds a key called “{name}”."),
            lambda error: self.form.key.say(str(error)),
        )

    # Saving

    @property
    def fault(self) -> str:
        """What has to be mended before this can be saved; "" if nothing has."""
        names = [each.name for each in self._endpoints]
        doubled = next((name for name in names if names.count(name) > 1), "")
        if doubled:
            return f"Two endpoints are called {doubled}."
        return self.form.problem if self._endpoints else ""

    def _show_fault(self) -> None:
        fault = self.fault
        self.endpoints.setEnabled(not fault)
        self.add.setEnabled(not fault)
        is_changed = self.settings != replace(self._settings, problems=())
        self.save.setEnabled(is_changed and not fault)
        self.save.setToolTip(fault)

    def _write(self) -> None:
        settings = self.settings
        self._jobs.start(
            _WRITE,
            lambda _context: write_model_settings(settings),
            lambda _none: self._on_written(settings),
            lambda error: self._say(str(error)),
        )

    def _on_written(self, settings: ModelSettings) -> None:
        self.saved.emit(settings)
        self.accept()

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _leave(self) -> None:
        for slot in (_TEST, f"{_TEST}-quiet", _KEY):
            self._jobs.cancel(slot)


def model_names(endpoint: Endpoint, check: Callable[[], None]) -> Sequence[str]:
    """Ask an endpoint which models it has, with a client of its own. Raises ModelError."""
    from blueprint_app.assistant.endpoints.client import ModelClient

    with ModelClient() as client:
        return client.models(endpoint, check)


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "The server answers, and offers no model."
    shown = ", ".join(names[:_MOST_NAMED]) + (f" and {len(names) - _MOST_NAMED} more" if names[_MOST_NAMED:] else "")
    return f"It answers: {shown}."


def _free_name(wanted: str, taken: Sequence[str]) -> str:
    numbered = (f"{wanted} {number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("heading")
    return label
