"""How a window is set up: its dialogs for that, and the settings that have commands of their own."""

from typing import TYPE_CHECKING

from blueprint_app.model.place import Place

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class SettingUp:
    """The deeds of one window that change settings."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def show_settings(self) -> None:
        """Show the settings dialog."""
        from blueprint_app.ui.settings.dialog import SettingsDialog

        dialog = SettingsDialog(self._window.settings, self._window, self._sample_place())
        dialog.models_wanted.connect(self.show_models)
        dialog.open()

    def _sample_place(self) -> tuple[str, Place] | None:
        """A place to try an editor with: where the selected node is written, else the first."""
        project = self._window.session.project
        if project is None or project.is_packed or not project.snapshot.nodes:
            return None
        nodes, selected = project.snapshot.nodes, self._window.store.state.node
        node = nodes.get(selected) if selected is not None else None
        node = node or next(iter(nodes.values()))
        return project.snapshot.blueprint.folder, node.statement.place

    def show_models(self) -> None:
        """Show the dialog for model servers and roles."""
        from blueprint_app.ui.assistant.models.dialog import ModelsDialog, model_names

        dialog = ModelsDialog(self._window.jobs, model_names, self._window)
        dialog.saved.connect(lambda _settings: self._window.assistant.settings_written())
        dialog.saved.connect(lambda _settings: self._window.batch.settings_written())
        dialog.open()

    def is_following(self) -> bool:
        """Whether projects are followed as their files change."""
        return bool(self._window.settings["follow"])

    def toggle_following(self) -> None:
        """Follow the files' changes, or no more."""
        self._window.settings["follow"] = not self._window.settings["follow"]
        self._window.commands.refresh()

    def set_theme(self, name: str) -> None:
        """Light, dark, or as the system is set."""
        self._window.settings["theme"] = name

    def zoom_by(self, step: float) -> None:
        """Make all text larger or smaller."""
        limits = self._window.settings.table["zoom"].limits
        assert limits is not None
        self._window.settings["zoom"] = min(max(round(self._window.settings["zoom"] + step, 2), limits[0]), limits[1])

    def remember_legend(self, folded: bool) -> None:
        """Keep the legend as a person left it."""
        self._window.settings["legend"] = "folded" if folded else "open"

    def on_setting_changed(self, key: str) -> None:
        """Let a changed setting show."""
        if key in ("theme", "zoom"):
            self._window.apply_look()
            self._window.commands.refresh()
