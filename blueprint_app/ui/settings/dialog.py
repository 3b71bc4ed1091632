"""The settings dialog, made from the table of settings; every change holds at once and can be taken back."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.ui.editor.choice import EditorChoice, Sample
from blueprint_app.ui.look.page_parts import note, scrolling
from blueprint_app.ui.settings.settings import EDITOR, Setting, Settings

_WIDTH, _EDGE = 520, 24


class SettingsDialog(QDialog):
    """One row a setting that has a title. `models_wanted` is a wish for the dialog of model servers."""

    models_wanted = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None, sample: Sample | None = None) -> None:
        """`sample` is a place of the open project, to try the editor with."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Settings")
        self._settings, self._sample = settings, sample
        self.editors: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._content = QWidget()
        grid = QGridLayout(self._content)
        grid.setContentsMargins(_EDGE, _EDGE, _EDGE, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for setting in settings.table.values():
            if setting.title:
                self._add_row(grid, setting)
        grid.addWidget(note(f"Kept in {settings.path}"), grid.rowCount(), 0, 1, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        layout.addWidget(scrolling(self._content), 1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        buttons.rejected.connect(self.accept)
        restore = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        restore.clicked.connect(self._restore_defaults)
        models = buttons.addButton("Models…", QDialogButtonBox.ButtonRole.ActionRole)
        models.clicked.connect(self.models_wanted)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(_EDGE, 8, _EDGE, 16)
        self._foot.addWidget(buttons)
        layout.addLayout(self._foot)
        self._content.installEventFilter(self)

    def showEvent(self, event: QShowEvent) -> None:
        # Only now are the letters as large as they will be.
        self._fit()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            # The row of the editor has more to say at times.
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """High enough for all rows, as far as the screen is; never smaller than a person made it."""
        room = self.screen().availableSize()
        width = min(max(self.width(), _WIDTH, self._content.minimumSizeHint().width()), room.width())
        # The bar at the side, once there, stays as long as it would be needed beside itself.
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        height = self._content.heightForWidth(width - bar) + self._foot.sizeHint().height()
        self.resize(width, max(self.height() if self.isVisible() else 0, min(height, room.height() - 64)))

    def _add_row(self, grid: QGridLayout, setting: Setting) -> None:
        editor = self._editor(setting)
        editor.setAccessibleName(setting.title)
        self.editors[setting.key] = editor
        title = QLabel(setting.title)
        title.setBuddy(editor)
        # The row of the editor has several lines, of which the title belongs to the first.
        is_high = isinstance(editor, EditorChoice)
        title.setContentsMargins(0, 4 if is_high else 0, 0, 0)
        row, right = grid.rowCount(), Qt.AlignmentFlag.AlignRight
        grid.addWidget(title, row, 0, right | (Qt.AlignmentFlag.AlignTop if is_high else Qt.AlignmentFlag.AlignVCenter))
        grid.addWidget(editor, row, 1)
        hint = note(setting.hint)
        hint.setContentsMargins(0, 0, 0, 12)
        grid.addWidget(hint, row + 1, 1)

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
            number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
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
