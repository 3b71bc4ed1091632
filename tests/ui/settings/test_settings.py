"""Settings: only overrides are written, bad files do no harm, and the table is sound."""

import json

import pytest

from blueprint_app.ui.settings.settings import SETTINGS, Setting, Settings


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "settings.json"


def test_only_what_differs_is_written(path):
    settings = Settings(path)
    settings["theme"] = "dark"
    settings["zoom"] = 1.5
    settings["zoom"] = 1.0
    assert json.loads(path.read_text()) == {"theme": "dark"}
    assert Settings(path)["theme"] == "dark"
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_texts_by_names_are_kept_and_checked(path):
    settings = Settings(path)
    settings["imported"] = {"/one": "/one/evidence.json"}
    assert Settings(path)["imported"] == {"/one": "/one/evidence.json"}
    settings["imported"] = {}
    assert json.loads(path.read_text()) == {}
    for wrong in ({"/one": 1}, ["/one"], "/one"):
        with pytest.raises(ValueError, match="imported"):
            settings["imported"] = wrong


def test_a_change_is_told_once(path, qtbot):
    settings, told = Settings(path), []
    settings.changed.connect(told.append)
    settings["theme"] = "dark"
    settings["theme"] = "dark"
    assert told == ["theme"]


@pytest.mark.parametrize(("key", "value"), [("theme", "pink"), ("zoom", 9.0), ("zoom", True), ("recent", [1])])
def test_wrong_values_are_refused(path, key, value):
    settings = Settings(path)
    with pytest.raises(ValueError, match=key):
        settings[key] = value
    assert not path.exists()


@pytest.mark.parametrize("text", [b"{", b"[]", b"\x00", b'"a"', b"", b"\xff\xfe{}", b'{"theme": "dark"'])
def test_a_damaged_file_is_set_aside_and_told_of(path, text):
    path.parent.mkdir()
    path.write_bytes(text)
    settings = Settings(path)
    assert settings["theme"] == "system"
    (problem,) = settings.problems
    assert "damaged" in problem
    settings["theme"] = "dark"
    assert (path.parent / "settings.damaged.json").read_bytes() == text
    assert Settings(path).problems == ()


def test_a_second_damaged_file_does_not_take_the_place_of_the_first(path):
    path.parent.mkdir()
    for text in ("first", "second", "third"):
        path.write_text(text)
        Settings(path)
    kept = {file.name: file.read_text() for file in path.parent.iterdir()}
    assert kept == {
        "settings.damaged.json": "first",
        "settings.damaged-2.json": "second",
        "settings.damaged-3.json": "third",
    }


def test_the_window_says_that_damaged_settings_were_set_aside(path, qtbot):
    from blueprint_app.ui import app

    path.parent.mkdir()
    path.write_text("{")
    window = app.make_window(Settings(path))
    qtbot.addWidget(window)
    assert any("settings.damaged.json" in notice.text for notice in window.notices.notices)


def test_entries_that_are_not_understood_are_named_and_left_out(path):
    path.parent.mkdir()
    path.write_text(json.dumps({"theme": 3, "odd": 1, "zoom": 2, "recent": ["/a"]}))
    settings = Settings(path)
    assert settings["theme"] == "system"
    assert settings["zoom"] == 2
    assert settings["recent"] == ("/a",)
    assert len(settings.problems) == 2


def test_a_folder_that_cannot_be_written_keeps_the_value_in_memory(tmp_path):
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings["theme"] = "dark"
    assert settings["theme"] == "dark"


def test_the_table_accepts_its_own_defaults_and_names_no_key_twice():
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.accepts(setting.default) for setting in SETTINGS)
    assert all(setting.hint for setting in SETTINGS if setting.title)
    assert not Setting("a", 1.0).accepts("1")
