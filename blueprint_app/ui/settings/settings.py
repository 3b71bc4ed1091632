"""The one table of settings; it validates the settings file, makes the dialog and documents itself."""

import json
import logging
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from blueprint_app.user_folders import config_folder

EDITOR = "editor"
"""The setting that says what source places are opened with: "", the name of an editor, or a command."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that outlives the window. Its type is that of `default`; `choices` limits it further.

    `choice_words` are what people read for the choices, in the same order.

    Texts by names are a mapping, as are the choices that are made for one project each.

    A setting without `title` is remembered by the app and not shown in the dialog.
    """

    key: str
    default: str | float | bool | tuple[str, ...] | Mapping[str, str]
    title: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    limits: tuple[float, float] | None = None
    choice_words: tuple[str, ...] = ()

    def accepts(self, value: object) -> bool:
        """Whether `value` may be stored."""
        if isinstance(self.default, tuple):
            return isinstance(value, Sequence) and all(isinstance(each, str) for each in value)
        if isinstance(self.default, Mapping):
            return isinstance(value, Mapping) and all(isinstance(each, str) for each in (*value, *value.values()))
        if isinstance(self.default, bool):
            return isinstance(value, bool)
        if isinstance(self.default, float):
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and (self.limits is None or self.limits[0] <= value <= self.limits[1])  # type: ignore[operator]
        return isinstance(value, str) and (not self.choices or value in self.choices)


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "system",
        "Theme",
        "Light, dark, or as the system is set.",
        ("system", "light", "dark"),
        choice_words=("As the system", "Light", "Dark"),
    ),
    Setting("zoom", 1.0, "Size of the text", "For the whole window; 1 is the system's size.", limits=(0.6, 3.0)),
    Setting(
        EDITOR,
        "",
        "Editor",
        "Opens source places: a known editor, or a command with {file}, {line} and {column}. "
        "Automatic: VS Code, $VISUAL, $EDITOR, then the system's.",
    ),
    Setting(
        "reading",
        "leanblueprint",
        "Reading",
        "How repeated lists, Mathlib nodes and definitions count when a project is opened.",
        ("leanblueprint", "strict"),
        choice_words=("As leanblueprint", "Strict"),
    ),
    Setting(
        "follow", True, "Follow changes", "Read files again as they change on disk, and show what turned meanwhile."
    ),
    Setting("scheme", "leanblueprint"),
    Setting("inferred", False),
    Setting("inferred_offered", ()),
    Setting("imported", {}),
    Setting("batch", {}),
    Setting("saved_views", {}),
    Setting("columns", {}),
    Setting("recent", ()),
    Setting("commands", ()),
    Setting("visits", {}),
    Setting("past_read", ()),
    Setting("trusted", ()),
    Setting("tour_offered", False),
    Setting("geometry", ""),
    Setting("widths", "300 400"),
    Setting("legend", "auto", choices=("auto", "open", "folded")),
)


class Settings(QObject):
    """The values of the settings. The file holds only what differs from the defaults.

    `problems` says in words what was wrong with the file; such entries count as not there.
    """

    changed = Signal(str)

    def __init__(self, path: Path | None = None, table: Sequence[Setting] = SETTINGS) -> None:
        super().__init__()
        self.path = path or config_folder() / "settings.json"
        self.table: Mapping[str, Setting] = {setting.key: setting for setting in table}
        self.problems: tuple[str, ...] = ()
        self._overrides = self._read()

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - the table knows the type
        return self._overrides.get(key, self.table[key].default)

    def __setitem__(self, key: str, value: object) -> None:
        setting = self.table[key]
        if not setting.accepts(value):
            raise ValueError(f"{key} cannot be {value!r}")
        if value == self[key]:
            return
        if value == setting.default:
            self._overrides.pop(key, None)
        else:
            self._overrides[key] = tuple(value) if isinstance(setting.default, tuple) else value  # type: ignore[arg-type]
        self._write()
        self.changed.emit(key)

    def _read(self) -> dict[str, object]:
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.problems = (f"The settings file {self.path} cannot be read ({error}); the defaults are used.",)
            return {}
        try:
            entries = json.loads(text)
        except ValueError:
            entries = None
        if not isinstance(entries, dict):
            self.problems = (self._set_aside(),)
            return {}
        wrong = [key for key, value in entries.items() if key not in self.table or not self.table[key].accepts(value)]
        self.problems = tuple(f"The setting {key} in {self.path} is not understood and left out." for key in wrong)
        return {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in entries.items()
            if key not in wrong
        }

    def _set_aside(self) -> str:
        """Keep a damaged file under another name, as the next change would write over it; what to tell of it."""
        damaged = f"The settings file {self.path} is damaged; the defaults are used."
        kept = self.path.with_suffix(".damaged.json")
        number = 2
        while kept.exists():
            kept, number = self.path.with_suffix(f".damaged-{number}.json"), number + 1
        try:
            os.replace(self.path, kept)
        except OSError as error:
            log.warning("the damaged settings cannot be set aside as %s: %s", kept, error)
            return damaged
        return f"{damaged} What it held is kept in {kept.name} beside it."

    def _write(self) -> None:
        """Write the overrides to a new file and rename it, so that no crash leaves half a file.

        A disk that cannot be written costs the memory of these values, not the work at hand.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".settings-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._overrides, file, indent=2, ensure_ascii=False)
            os.replace(name, self.path)
        except OSError as error:
            log.warning("the settings cannot be written to %s: %s", self.path, error)
