"""The settings dialog, made from the table of settings; every change holds at once and can be taken back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.ui.editor_choice import EditorChoice, Sample
from blueprint_app.ui.settings import EDITOR, Setting, Settings


class SettingsDialog(QDialog):
    """One row a setting that has a title. `models_wanted` is a wish for the dialog of model servers."""

    models_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None, sample: Sample | None = None) -> None:
        """`sample` is a place of the open project, to try the editor with."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self.setMinimumWidth(480)
        self._settings, self._sample = settings, sample
        self.editors: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setVerticalSpacing(4)
        for setting in settings.table.values():
            if setting.title:
                self._add_row(form, setting)
        layout.addLayout(form)
        place = QLabel(f"Kept in {settings.path}")
        place.setObjectName("faint")
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        place.setWordWrap(True)
        layout.addWidget(place)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        buttons.rejected.connect(self.accept)
        restore = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        restore.clicked.connect(self._restore_defaults)
        models = buttons.addButton("Models…", QDialogButtonBox.ButtonRole.ActionRole)
        models.clicked.connect(self.models_wanted)
        layout.addWidget(buttons)

    def _add_row(self, form: QFormLayout, setting: Setting) -> None:
        editor = self._editor(setting)
        editor.setAccessibleName(setting.title)
        self.editors[setting.key] = editor
        form.addRow(setting.title, editor)
        hint = QLabel(setting.hint)
        hint.setObjectName("faint")
        hint.setWordWrap(True)
        hint.setContentsMargins(0, 0, 0, 12)
        form.addRow("", hint)

    def _editor(self, setting: Setting) -> QWidget:
        value = self._settings[setting.key]
        if setting.key == EDITOR:
            editor = EditorChoice(value, self._sample)
            editor.changed.connect(lambda text: self._set(setting.key, text))
            return editor
        if setting.choices:
            choice = QComboBox()
            for each, words in zip(setting.choices, setting.choice_words or setting.choices, strict=True):
                choice.addItem(words, each)
            choice.setCurrentIndex(choice.findData(value))
            choice.activated.connect(lambda row: self._set(setting.key, choice.itemData(row)))
            return choice
        if isinstance(setting.default, bool):
            check = QCheckBox()
            check.setChecked(value)
            check.toggled.connect(lambda on: self._set(setting.key, on))
            return check
        if isinstance(setting.default, float):
            number = QDoubleSpinBox()
            number.setRange(*(setting.limits or (0.0, 1e6)))
            number.setSingleStep(0.1)
            number.setValue(value)
            # While a number is typed its first digits would already change the whole window.
            number.setKeyboardTracking(False)
            number.valueChanged.connect(lambda new: self._set(setting.key, round(new, 2)))
            return number
        line = QLineEdit(str(value))
        line.editingFinished.connect(lambda: self._set(setting.key, line.text()))
        return line

    def _set(self, key: str, value: object) -> None:
        self._settings[key] = value

    def _restore_defaults(self) -> None:
        for key, editor in self.editors.items():
            default = self._settings.table[key].default
            self._settings[key] = default
            match editor:
                case EditorChoice():
                    editor.show_value(str(default))
                case QComboBox():
                    editor.setCurrentIndex(editor.findData(default))
                case QCheckBox():
                    editor.setChecked(bool(default))
                case QDoubleSpinBox():
                    editor.setValue(float(default))  # type: ignore[arg-type]
                case QLineEdit():
                    editor.setText(str(default))
