"""The settings dialog: a row a setting, changes hold at once, defaults come back, an editor can be tried."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel

from blueprint_app.model.place import Place
from blueprint_app.ui.editor.choice import EditorChoice, offered
from blueprint_app.ui.settings.dialog import SettingsDialog
from blueprint_app.ui.settings.settings import Settings
from tests.ui.editor.test_opening import Machine

FOUND = {"code", "gvim"}


@pytest.fixture
def machine(tmp_path, monkeypatch, qtbot):
    made = Machine(tmp_path, monkeypatch, qtbot)
    made.install(*FOUND)
    (made.project / "a b.tex").write_text("")
    return made


@pytest.fixture
def choice(machine, qtbot):
    made = EditorChoice("", (str(machine.project), Place("a b.tex", 7, 5)))
    qtbot.addWidget(made)
    made.show()
    return made


def choose(choice: EditorChoice, start: str) -> None:
    row = next(row for row in range(choice.choice.count()) if choice.choice.itemText(row).startswith(start))
    choice.choice.setCurrentIndex(row)
    choice.choice.activated.emit(row)


def test_every_titled_setting_has_an_editor_and_a_change_holds_at_once(qtbot, tmp_path, machine):
    settings = Settings(tmp_path / "settings.json")
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    assert set(dialog.editors) == {setting.key for setting in settings.table.values() if setting.title}
    theme = dialog.editors["theme"]
    theme.setCurrentIndex(theme.findText("Dark"))
    theme.activated.emit(theme.currentIndex())
    dialog.editors["zoom"].setValue(1.5)
    choose(dialog.editors["editor"], "GVim")
    assert (settings["theme"], settings["zoom"], settings["editor"]) == ("dark", 1.5, "GVim")
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.RestoreDefaults).click()
    assert (settings["theme"], settings["zoom"], settings["editor"]) == ("system", 1.0, "")
    assert theme.currentText() == "As the system"
    assert dialog.editors["zoom"].value() == 1.0
    assert dialog.editors["editor"].value == ""


def test_what_is_found_stands_first_and_it_is_said_of_each(choice, machine):
    texts = [choice.choice.itemText(row) for row in range(choice.choice.count())]
    assert texts[:4] == ["Automatic: VS Code", "VS Code (found)", "GVim (found)", "A command of your own"]
    assert "Vim (not found)" in texts[4:]
    machine.install("vim", "nvim")
    assert ("Vim", "no terminal found for it") in offered()[1]
    machine.install("kitty")
    assert ("Neovim", "found, in kitty") in offered()[0]


def test_what_is_not_found_says_so_and_cannot_be_tried(choice, qtbot):
    with qtbot.waitSignal(choice.changed) as told:
        choose(choice, "Kate")
    assert told.args == ["Kate"]
    assert choice.told.text().startswith("Kate was not found: no kate is on PATH.")
    assert choice.told.property("tone") == "trouble"
    assert not choice.trial.isEnabled()


def test_a_command_is_checked_as_it_is_typed(choice, qtbot):
    choose(choice, "A command")
    assert choice.command.isVisible()
    assert choice.told.text() == "No command is written yet. For example: gvim +{line} {file}"
    qtbot.keyClicks(choice.command, "gvim +{row}")
    assert choice.told.text() == "{row} is not known: there are {file}, {line} and {column}."
    choice.command.clear()
    qtbot.keyClicks(choice.command, "gvim '+{line}")
    assert choice.told.text() == "A quotation mark is opened and not closed."
    assert not choice.trial.isEnabled()
    qtbot.keyClicks(choice.command, "' {file}")
    assert choice.told.property("tone") == ""
    assert choice.trial.isEnabled()
    with qtbot.waitSignal(choice.changed) as told:
        choice.command.editingFinished.emit()
    assert told.args == ["gvim '+{line}' {file}"]


@pytest.mark.parametrize(
    ("value", "called"),
    [("", ["code", "--goto", "FILE:7:5"]), ("gvim -c {column} {file}", ["gvim", "-c", "5", "FILE"])],
)
def test_try_it_opens_a_file_of_the_project(choice, machine, qtbot, value, called):
    choice.show_value(value)
    choice.trial.click()
    qtbot.waitUntil(machine.called.exists)
    file = str(machine.project / "a b.tex")
    assert machine.called.read_text().splitlines() == [word.replace("FILE", file) for word in called]
    assert choice.told.text() == f"{called[0]} was started with a b.tex:7."


def test_a_try_that_fails_says_why(choice, machine):
    (machine.project / "a b.tex").unlink()
    choice.trial.click()
    assert "a b.tex is not there any more" in choice.told.text()


def test_without_a_project_there_is_nothing_to_try_it_with(qtbot, machine):
    choice = EditorChoice("VS Code", None)
    qtbot.addWidget(choice)
    assert not choice.trial.isEnabled()
    assert "Open a project's folder first" in choice.trial.toolTip()


def test_the_window_offers_a_place_of_its_project(open_window, qtbot):
    assert open_window.deeds.setting_up._sample_place() == (
        open_window.session.project.snapshot.blueprint.folder, Place("blueprint/src/content.tex", 1),
    )  # fmt: skip
    open_window.presenter.go_to("lem:n1")
    assert open_window.deeds.setting_up._sample_place()[1].line == 2
    open_window.deeds.setting_up.show_settings()
    dialog = open_window.findChild(SettingsDialog)
    assert isinstance(dialog.editors["editor"], EditorChoice)
    dialog.close()


def test_no_hint_is_cut_and_the_dialog_grows_with_what_it_says(qtbot, tmp_path, machine):
    settings = Settings(tmp_path / "settings.json")
    dialog = SettingsDialog(settings)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    before = dialog.height()
    choose(dialog.editors["editor"], "A command")
    qtbot.waitUntil(lambda: dialog.height() > before)
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
