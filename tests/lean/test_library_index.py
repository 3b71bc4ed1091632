"""The search in Lean packages: which packages, what is found, when it is made anew, and that a stop leaves nothing."""

import json
import os
import subprocess
import time

import pytest

from blueprint_app.insight.search.tex_words import words_of_lean, words_of_name
from blueprint_app.lean import library_index
from blueprint_app.lean.library_index import LibraryIndex, LibraryWords
from blueprint_app.lean.project import read_project
from blueprint_app.model.errors import BlueprintError
from tests.lean.records.projects import write_project

WORDS = LibraryWords(words_of_name, words_of_lean)
ALGEBRA = """
/-- A subgroup of a cyclic group is cyclic. -/
theorem Group.subgroup_cyclic {G : Type} : True := trivial

private theorem hidden_cyclic : True := trivial

theorem addSum_nonneg (x : Nat) (h : x ≥ 0) : 0 ≤ x + x := Nat.zero_le _
"""
ORDER = """
namespace Order
/-- Every chain has an upper bound. -/
theorem zorn : True := trivial
def chainLength (n : Nat) : Nat := n
end Order
"""


def write_packages(folder, packages):
    """A project that rests on packages with these sources, fetched to where Lake puts them."""
    write_project(folder, {"Small": "theorem own : True := trivial\n"})
    return add_packages(folder, packages)


def add_packages(folder, packages):
    """Make a project rest on packages with these sources."""
    entries = [{"name": name, "type": "git", "url": "u", "rev": "r"} for name in packages]
    manifest = {"version": "1.1.0", "packagesDir": ".lake/packages", "packages": entries}
    (folder / "lake-manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for name, sources in packages.items():
        package = folder / ".lake" / "packages" / name
        package.mkdir(parents=True)
        roots = json.dumps(sorted({module.split(".")[0] for module in sources}))
        lakefile = f'name = "{name}"\n[[lean_lib]]\nname = "Lib"\nroots = {roots}\n'
        (package / "lakefile.toml").write_text(lakefile, encoding="utf-8")
        for module, text in sources.items():
            path = package / f"{module.replace('.', '/')}.lean"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def open_index(folder, cache):
    return LibraryIndex(read_project(folder), cache, WORDS)


@pytest.fixture
def project(tmp_path):
    return write_packages(tmp_path / "project", {"algebra": {"Algebra.Cyclic": ALGEBRA}, "order": {"Ord": ORDER}})


def names(index, question):
    return [hit.name for hit in index.find(question.split())]


def test_nothing_is_read_before_it_is_asked_for(project, tmp_path):
    index = open_index(project, tmp_path / "cache")
    assert [(each.package.name, each.is_indexed) for each in index.libraries()] == [
        ("algebra", False),
        ("order", False),
    ]
    assert index.find(["cyclic"]) == ()
    assert not (tmp_path / "cache").exists()


def test_declarations_are_found_by_name_docstring_and_statement(project, tmp_path):
    index = open_index(project, tmp_path / "cache")
    told = []
    assert index.build(report=lambda fraction, note: told.append((fraction, note))) == 4
    assert names(index, "cyclic subgroups") == ["Group.subgroup_cyclic"]
    assert names(index, "upper bound") == ["Order.zorn"]
    assert names(index, "sum nonnegative") == ["addSum_nonneg"]
    assert names(index, "length") == ["Order.chainLength"]
    hit = index.find(["zorn"])[0]
    place = (hit.package, hit.module, hit.line, hit.kind, hit.doc)
    assert place == ("order", "Ord", 4, "theorem", "Every chain has an upper bound.")
    assert hit.path == str(project / ".lake/packages/order/Ord.lean")
    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)
    assert told[-1][0] == 1.0
    assert {note for _, note in told} == {"Reading algebra", "Reading order", "Packages read"}


def test_hits_of_all_packages_come_together_best_first(project, tmp_path):
    index = open_index(project, tmp_path / "cache")
    index.build()
    hits = index.find(["cyclic", "chain", "length"], 2)
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score
    assert {hit.package for hit in index.find(["cyclic", "chain"])} == {"algebra", "order"}


def test_strange_words_are_words_and_no_syntax(project, tmp_path):
    index = open_index(project, tmp_path / "cache")
    index.build()
    assert index.find([]) == ()
    assert index.find(["near", "not", "name:", '"', "zz*", "^yy"]) == ()


def test_it_is_kept_and_only_what_changed_is_read_again(project, tmp_path):
    open_index(project, tmp_path / "cache").build()
    again = open_index(project, tmp_path / "cache")
    assert all(each.is_indexed for each in again.libraries())
    assert again.build() == 0
    path = project / ".lake/packages/order/Ord.lean"
    path.write_text(ORDER + "theorem newcomer : True := trivial\n", encoding="utf-8")
    changed = open_index(project, tmp_path / "cache")
    assert [each.is_indexed for each in changed.libraries()] == [True, False]
    assert changed.build() == 3
    assert names(changed, "newcomer") == ["newcomer"]


def test_a_fetched_package_is_known_by_its_commit(project, tmp_path):
    package = project / ".lake/packages/order"

    def git(*arguments):
        subprocess.run(["git", *arguments], cwd=package, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    git("checkout", "-q", "--detach")
    open_index(project, tmp_path / "cache").build()
    os.utime(package / "Ord.lean", (1, 1))
    assert all(each.is_indexed for each in open_index(project, tmp_path / "cache").libraries())
    git("commit", "-q", "--allow-empty", "-m", "two")
    assert [each.is_indexed for each in open_index(project, tmp_path / "cache").libraries()] == [True, False]


def test_packages_that_are_not_there_or_are_the_projects_own_are_left_out(tmp_path):
    folder = write_packages(tmp_path / "project", {"algebra": {"Algebra": ALGEBRA}})
    manifest = json.loads((folder / "lake-manifest.json").read_text(encoding="utf-8"))
    manifest["packages"] += [
        {"name": "absent", "type": "git", "url": "u", "rev": "r"},
        {"name": "inner", "type": "path", "dir": "inner"},
    ]
    (folder / "lake-manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_project(folder / "inner", {"Inner": "theorem inner : True := trivial\n"})
    assert [each.package.name for each in open_index(folder, tmp_path / "cache").libraries()] == ["algebra"]


class GivenUpError(Exception):
    pass


def test_a_stop_leaves_nothing_of_what_was_being_read(project, tmp_path):
    index = open_index(project, tmp_path / "cache")

    def report(_fraction, note):
        if note == "Reading order":
            raise GivenUpError

    with pytest.raises(GivenUpError):
        index.build(report=report)
    assert [each.is_indexed for each in index.libraries()] == [True, False]
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".library"]
    assert names(index, "cyclic") == ["Group.subgroup_cyclic"]


def test_much_is_read_in_processes_that_end_with_a_stop(tmp_path, monkeypatch):
    monkeypatch.setattr(library_index, "_BATCH", 2**12)
    monkeypatch.setattr(library_index, "_WORTH_PROCESSES", 2**13)
    text = "".join(f"theorem number_{n} : {n} = {n} := rfl\n" for n in range(500))
    sources = {f"Many.Part{part}": f"namespace P{part}\n{text}end P{part}\n" for part in range(8)}
    folder = write_packages(tmp_path / "project", {"many": sources})
    index = open_index(folder, tmp_path / "cache")
    started = time.monotonic()

    def check():
        if time.monotonic() - started > 0.3:
            raise GivenUpError

    with pytest.raises(GivenUpError):
        index.build(check)
    assert not any((tmp_path / "cache").iterdir())
    assert index.build() == 8 * 500
    assert names(index, "123")[0].endswith("number_123")


def test_a_damaged_file_is_made_anew(project, tmp_path):
    open_index(project, tmp_path / "cache").build()
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(b"no database " * 500)
    index = open_index(project, tmp_path / "cache")
    assert index.find(["cyclic"]) == ()
    assert index.build() == 4
    assert names(index, "cyclic") == ["Group.subgroup_cyclic"]


def test_a_cache_that_cannot_be_written_is_told_of(project, tmp_path):
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    with pytest.raises(BlueprintError, match="algebra could not be made ready"):
        open_index(project, tmp_path / "cache").build()


def test_the_least_used_packages_go_where_there_is_no_room(project, tmp_path, monkeypatch):
    index = open_index(project, tmp_path / "cache")
    index._store._largest = 1
    index.build()
    assert [each.is_indexed for each in index.libraries()] == [False, True]
