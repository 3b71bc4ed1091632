"""What is kept on disk between starts: another form is made anew, damage is a miss."""

import sqlite3

from blueprint_app.cache_database import CacheDatabase

TABLES = {"kept": "create table kept (name text primary key)"}


def names(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute("select name from kept order by name")]


def put(name: str):
    return lambda database: database.execute("insert into kept values (?)", (name,))


def test_what_was_written_is_read_again(tmp_path):
    database = CacheDatabase(tmp_path / "new folder" / "kept.sqlite", 1, TABLES)
    assert database.read(names, ["none"]) == ["none"]
    database.write(put("one"))
    database.write(put("two"))
    assert CacheDatabase(database.path, 1, TABLES).read(names, []) == ["one", "two"]


def test_another_form_begins_anew(tmp_path):
    path = tmp_path / "kept.sqlite"
    CacheDatabase(path, 1, TABLES).write(put("one"))
    newer = CacheDatabase(path, 2, TABLES)
    assert newer.read(names, ["none"]) == []
    newer.write(put("two"))
    assert newer.read(names, []) == ["two"]


def test_damage_is_a_miss_and_the_file_goes(tmp_path):
    path = tmp_path / "kept.sqlite"
    path.write_bytes(b"no database at all " * 100)
    database = CacheDatabase(path, 1, TABLES)
    assert database.read(names, ["none"]) == ["none"]
    assert not path.exists()
    database.write(put("one"))
    assert database.read(names, []) == ["one"]


def test_what_cannot_be_made_sense_of_is_a_miss(tmp_path):
    def fail(_database: sqlite3.Connection) -> list[str]:
        raise ValueError("no number")

    database = CacheDatabase(tmp_path / "kept.sqlite", 1, TABLES)
    database.write(put("one"))
    assert database.read(fail, ["none"]) == ["none"]


def test_without_a_folder_or_a_disk_nothing_is_kept(tmp_path):
    nowhere = CacheDatabase(None, 1, TABLES)
    nowhere.write(put("one"))
    assert nowhere.read(names, ["none"]) == ["none"]
    (tmp_path / "a file").touch()
    blocked = CacheDatabase(tmp_path / "a file" / "kept.sqlite", 1, TABLES)
    blocked.write(put("one"))
    assert blocked.read(names, ["none"]) == ["none"]
