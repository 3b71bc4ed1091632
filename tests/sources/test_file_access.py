"""A project that is held in memory reads as it does from the disk."""

from pathlib import Path

import pytest

from blueprint_app.model.errors import BlueprintError
from blueprint_app.sources.file_access import DISK, HeldFiles
from blueprint_app.sources.leanblueprint.files import find_entry
from blueprint_app.sources.project import read_files


def held(folder: Path) -> HeldFiles:
    paths = (path for path in folder.rglob("*") if path.is_file() and ".lake" not in path.parts)
    return HeldFiles(folder, {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


@pytest.mark.parametrize("name", ["primes", "chapters", "cycle", "architect", "comments"])
def test_samples_read_the_same_from_memory(sample_copy, name: str) -> None:
    folder = sample_copy(name)
    try:
        entry = find_entry(folder)[1]
    except BlueprintError:
        entry = None
    from_disk = read_files(DISK, folder, entry)
    assert from_disk is not None
    assert from_disk.nodes
    assert read_files(held(folder), folder, entry) == from_disk


def test_what_is_on_the_disk_is_not_looked_at(sample_copy) -> None:
    folder = sample_copy("primes")
    files = held(folder)
    entry = folder / "blueprint" / "src" / "web.tex"
    before = read_files(files, folder, entry)
    for path in folder.rglob("*.tex"):
        path.write_text("nothing")
    assert read_files(files, folder, entry) == before


def test_tables_answer_as_the_disk_does(tmp_path: Path) -> None:
    for name in ("a/b/one.tex", "a/two.tex", "three.tex"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    files = held(tmp_path)
    assert files.is_file(tmp_path / "a" / ".." / "three.tex")
    assert not files.is_file(tmp_path / "a")
    assert not files.is_within(tmp_path / ".." / "x", tmp_path)
    assert files.size(tmp_path / "a" / "two.tex") == DISK.size(tmp_path / "a" / "two.tex")
    with pytest.raises(FileNotFoundError):
        files.read(tmp_path / "no.tex")
    for folder in (tmp_path, tmp_path / "a"):
        of_disk = [(base, sorted(folders), sorted(names)) for base, folders, names in DISK.walk(folder)]
        assert sorted(files.walk(folder)) == sorted(of_disk)


def test_folders_that_are_taken_out_are_not_gone_into(tmp_path: Path) -> None:
    files = HeldFiles(tmp_path, {"build/x.lean": b"", "src/y.lean": b""})
    found = []
    for base, folders, names in files.walk(tmp_path):
        folders[:] = [each for each in folders if each != "build"]
        found += [(base, names)]
    assert found == [(str(tmp_path), []), (str(tmp_path / "src"), ["y.lean"])]
