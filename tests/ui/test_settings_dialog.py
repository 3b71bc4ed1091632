"""The settings dialog: a row a setting, changes hold at once, defaults come back."""

from PySide6.QtWidgets import QDialogButtonBox

from blueprint_app.ui.settings import Settings
from blueprint_app.ui.settings_dialog import SettingsDialog


def test_every_titled_setting_has_an_editor_and_a_change_holds_at_once(qtbot, tmp_path):
    settings = Settings(tmp_path / "settings.json")
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    assert set(dialog.editors) == {setting.key for setting in settings.table.values() if setting.title}
    dialog.editors["theme"].textActivated.emit("dark")
    dialog.editors["zoom"].setValue(1.5)
    dialog.editors["editor"].setText("kate")
    dialog.editors["editor"].editingFinished.emit()
    assert (settings["theme"], settings["zoom"], settings["editor"]) == ("dark", 1.5, "kate")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    assert (settings["theme"], settings["zoom"], settings["editor"]) == ("system", 1.0, "")
    assert dialog.editors["zoom"].value() == 1.0
