"""The index of a project's sources: what it finds, what it concludes, what it keeps, and how it follows changes."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.lean.scan import scanning
from blueprint_app.lean.scan.index import SourceIndex
from blueprint_app.lean.scan.scanned_file import scan_bytes
from blueprint_app.lean.scan.scanning import rescan, scan_project
from blueprint_app.model.evidence import EvidenceLevel

FILES = {
    "lakefile.toml": 'name = "own"\n[[lean_lib]]\nname = "Own"\n',
    "lean-toolchain": "leanprover/lean4:v4.28.0",
    "Own.lean": "import Own.One\nimport Own.Two\n",
    "Own/One.lean": """\
namespace Own
/-- The first. -/
theorem first : 1 = 1 := rfl
private theorem hidden : 1 = 1 := rfl
theorem open_end : 1 = 2 := by
  sorry
axiom assumed : 1 = 2
@[simps] def pair : Nat × Nat := (1, 2)
instance : Inhabited Thing := ⟨1⟩
end Own
structure Shape where
  size : Nat
namespace Nat
theorem fact : 1 = 1 := rfl
end Nat
""",
    "Own/Two.lean": "theorem Own.first : 1 = 1 := rfl\ntheorem second : 1 = 1 := rfl\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "project"


def layout(folder: Path) -> LeanProject:
    project = read_project(folder)
    assert project is not None
    return project


def scanned(folder: Path, cache: Path | None = None) -> SourceIndex:
    return scan_project(layout(folder), cache)


class TestEvidence:
    def test_a_declaration(self, folder: Path) -> None:
        found = scanned(folder).evidence().of("Own.first")
        assert (found.level, found.kind, found.module) == (EvidenceLevel.SOURCE, "theorem", "Own.One")
        assert (found.statement, found.doc) == ("theorem first : 1 = 1", "The first.")
        assert (found.statement_sorry, found.proof_sorry, found.axioms) == (False, False, None)
        assert found.place is not None
        assert (found.place.file, found.place.line, found.place.column) == ("Own/One.lean", 3, 9)

    def test_sorry_axioms_and_private_names(self, folder: Path) -> None:
        evidence = scanned(folder).evidence()
        assert evidence.of("Own.open_end").has_own_sorry
        assert evidence.of("Own.assumed").kind == "axiom"
        private = evidence.of("_private.Own.One.0.Own.hidden")
        assert private.level is EvidenceLevel.SOURCE
        # By the author's name too: that it is private is told by the evidence's own name.
        assert evidence.of("Own.hidden") == private

    @pytest.mark.parametrize(
        "name",
        [
            "Shape.size",
            "Shape.mk",
            "Shape.rec",
            "Shape.mk.injEq",
            "Own.pair_fst",
            "Own.instInhabitedThing",
            "Own.first.eq_1",
        ],
    )
    def test_names_that_come_along_are_marked(self, folder: Path, name: str) -> None:
        index = scanned(folder)
        found = index.evidence().of(name)
        assert name in index.declarations
        assert (found.name, found.level, found.is_generated) == (name, EvidenceLevel.SOURCE, True)

    @pytest.mark.parametrize(
        ("name", "level"),
        [
            ("Own.absent", EvidenceLevel.MISSING),
            ("Shape.absent", EvidenceLevel.MISSING),
            ("Nat.absent", EvidenceLevel.NONE),
            ("absent", EvidenceLevel.NONE),
            ("Own", EvidenceLevel.NONE),
            ("Own.instOther", EvidenceLevel.MISSING),
            ("Own.pai_fst", EvidenceLevel.MISSING),
        ],
    )
    def test_only_what_lies_in_the_projects_own_namespaces_is_missing(
        self, folder: Path, name: str, level: EvidenceLevel
    ) -> None:
        assert scanned(folder).evidence().of(name).level is level

    def test_names_that_two_places_declare(self, folder: Path) -> None:
        (double,) = scanned(folder).evidence().twice
        assert (double[0], str(double[1]), str(double[2])) == ("Own.first", "Own/One.lean:3", "Own/Two.lean:1")

    def test_another_library_may_declare_the_same(self, folder: Path) -> None:
        lakefile = FILES["lakefile.toml"] + '[[lean_lib]]\nname = "Audit"\n'
        (folder / "lakefile.toml").write_text(lakefile, encoding="utf-8")
        (folder / "Own/Two.lean").rename(folder / "Audit.lean")
        index = scanned(folder)
        assert index.twice == ()
        assert "second" in index.declarations

    def test_all_names_are_listed_once(self, folder: Path) -> None:
        declarations = scanned(folder).declarations
        assert len(list(declarations)) == len(set(declarations)) == len(declarations)
        assert {"Own.first", "second", "Nat.fact", "Shape", "Shape.size"} <= set(declarations)

    @pytest.mark.parametrize(
        "text", ['elab "declare" n:ident : command => foo n', 'macro "x" : command => `(def y := 1)']
    )
    def test_commands_of_the_project_make_the_reading_incomplete(self, folder: Path, text: str) -> None:
        assert scanned(folder).is_complete
        (folder / "Own/Two.lean").write_text(text, encoding="utf-8")
        index = scanned(folder)
        assert not index.is_complete
        assert index.evidence().of("Own.absent").level is EvidenceLevel.NONE

    def test_a_file_that_cannot_be_read_makes_the_reading_incomplete(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scanning, "LARGEST", 100)
        index = scanned(folder)
        assert index.unread == {"Own/One.lean"}
        assert not index.is_complete
        assert "second" in index.declarations


class TestCache:
    @pytest.fixture
    def reads(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """The files that are scanned from now on."""
        seen: list[str] = []

        def scan_and_note(data: bytes):
            seen.append(data.decode())
            return scan_bytes(data)

        monkeypatch.setattr(scanning, "scan_bytes", scan_and_note)
        return seen

    def test_what_has_not_changed_is_not_read_again(self, folder: Path, tmp_path: Path, reads: list[str]) -> None:
        first = scanned(folder, tmp_path / "cache")
        assert len(reads) == 3
        second = scanned(folder, tmp_path / "cache")
        assert len(reads) == 3
        assert dict(second.declarations) == dict(first.declarations)

    def test_a_changed_file_alone_is_read(self, folder: Path, tmp_path: Path, reads: list[str]) -> None:
        scanned(folder, tmp_path / "cache")
        (folder / "Own/Two.lean").write_text("theorem third : 1 = 1 := rfl", encoding="utf-8")
        index = scanned(folder, tmp_path / "cache")
        assert reads[3:] == ["theorem third : 1 = 1 := rfl"]
        assert "third" in index.declarations
        assert "second" not in index.declarations

    def test_a_content_that_was_seen_before_is_known(self, folder: Path, tmp_path: Path, reads: list[str]) -> None:
        scanned(folder, tmp_path / "cache")
        (folder / "Own/Two.lean").write_text("theorem third : 1 = 1 := rfl", encoding="utf-8")
        scanned(folder, tmp_path / "cache")
        (folder / "Own/Two.lean").write_text(FILES["Own/Two.lean"], encoding="utf-8")
        index = scanned(folder, tmp_path / "cache")
        assert len(reads) == 4
        assert "second" in index.declarations

    def test_contents_that_no_file_has_are_dropped_in_time(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(150):
            (folder / "Own/Two.lean").write_text(f"theorem t{number} : 1 = 1 := rfl", encoding="utf-8")
            scanned(folder, tmp_path / "cache")
        (path,) = (tmp_path / "cache").iterdir()
        database = sqlite3.connect(path)
        (count,) = database.execute("select count(*) from scan").fetchone()
        database.close()
        assert count < 120

    @pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
    def test_a_damaged_cache_is_made_anew(self, folder: Path, tmp_path: Path, reads: list[str], damage: bytes) -> None:
        scanned(folder, tmp_path / "cache")
        (path,) = (tmp_path / "cache").iterdir()
        path.write_bytes(damage)
        assert "second" in scanned(folder, tmp_path / "cache").declarations
        scanned(folder, tmp_path / "cache")
        scanned(folder, tmp_path / "cache")
        assert len(reads) <= 9

    def test_a_cache_of_another_version_is_not_believed(
        self, folder: Path, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scanned(folder, tmp_path / "cache")
        monkeypatch.setattr("blueprint_app.lean.scan.store.FORMAT", 10_000)
        assert "second" in scanned(folder, tmp_path / "cache").declarations
        assert len(reads) == 6

    def test_a_cache_folder_that_cannot_be_made_is_no_trouble(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        assert "second" in scanned(folder, tmp_path / "file" / "cache").declarations


class TestRescan:
    def test_a_changed_a_new_and_a_deleted_file(self, folder: Path) -> None:
        before = scanned(folder)
        two, three = folder / "Own/Two.lean", folder / "Own/Three.lean"
        two.unlink()
        three.write_text("theorem third : 1 = 1 := rfl", encoding="utf-8")
        after = rescan(before, [two, three])
        assert "third" in after.declarations
        assert "second" not in after.declarations
        assert after.twice == ()
        assert dict(after.declarations) == dict(scanned(folder).declarations)
        assert "second" in before.declarations

    def test_what_changes_nothing_gives_the_same_index(self, folder: Path) -> None:
        before = scanned(folder)
        os.utime(folder / "Own/Two.lean", (1, 1))
        (folder / "notes.lean").write_text("theorem n : 1 = 1 := rfl", encoding="utf-8")
        assert (
            rescan(before, [folder / "Own/Two.lean", folder / "notes.lean", folder / "lakefile.toml", folder]) is before
        )

    def test_a_file_that_became_too_large_and_small_again(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        two = folder / "Own/Two.lean"
        before = scanned(folder)
        with monkeypatch.context() as patch:
            patch.setattr(scanning, "LARGEST", 10)
            during = rescan(before, [two])
        assert during.unread == {"Own/Two.lean"}
        assert not during.is_complete
        assert rescan(during, [two]).is_complete


class TestManyFiles:
    @pytest.fixture
    def many(self, folder: Path) -> Path:
        for number in range(60):
            text = f"namespace Own.N{number}\n" + "theorem t : 1 = 1 := by\n  simp\n" * 30 + f"end Own.N{number}\n"
            (folder / f"Own/Part{number}.lean").write_text(text, encoding="utf-8")
        return folder

    def test_worker_processes_find_the_same(self, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        alone = scanned(many)
        monkeypatch.setattr(scanning, "_WORTH_PROCESSES", 1)
        monkeypatch.setattr(scanning, "_BATCH", 10_000)
        told: list[float] = []
        together = scan_project(layout(many), report=lambda fraction, note: told.append(fraction))
        assert list(together.files) == list(alone.files)
        assert dict(together.declarations) == dict(alone.declarations)
        assert told == sorted(told)
        assert told[-1] == 1
        assert len(told) > 5

    @pytest.mark.parametrize("in_processes", [True, False])
    def test_the_work_can_be_stopped(self, many: Path, monkeypatch: pytest.MonkeyPatch, in_processes: bool) -> None:
        monkeypatch.setattr(scanning, "_WORTH_PROCESSES", 1 if in_processes else 10**9)
        calls = 0

        class StoppedError(Exception):
            pass

        def check() -> None:
            nonlocal calls
            calls += 1
            if calls > 3:
                raise StoppedError

        with pytest.raises(StoppedError):
            scan_project(layout(many), check=check)

    def test_without_processes_this_one_does_the_work(self, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*arguments: object) -> None:
            raise OSError("no more processes")

        monkeypatch.setattr(scanning, "_WORTH_PROCESSES", 1)
        monkeypatch.setattr(scanning, "ProcessPoolExecutor", refuse)
        assert "Own.N7.t" in scanned(many).declarations


def test_every_declared_name_of_the_samples_is_found(samples_folder: Path, sample_copy: Callable[[str], Path]) -> None:
    index = scanned(sample_copy("primes"))
    evidence = index.evidence()
    assert index.is_complete
    assert evidence.of("Primes.factorisation_unique").proof_sorry
    assert evidence.of("Primes.sparse_unique").level is EvidenceLevel.MISSING


def test_what_could_not_be_read_is_remarked(tmp_path):
    (tmp_path / "lakefile.toml").write_text('name = "p"\n[[lean_lib]]\nname = "P"\n', encoding="utf-8")
    (tmp_path / "lake-manifest.json").write_text("{", encoding="utf-8")
    (tmp_path / "P.lean").write_text("theorem P.a : True := trivial\n", encoding="utf-8")
    index = SourceIndex(read_project(tmp_path), [], ["P/Odd.lean"])
    remarks = {remark.code: remark for remark in index.evidence().remarks}
    assert set(remarks) == {"manifest-damaged", "lean-unread"}
    assert str(remarks["lean-unread"].place) == "P/Odd.lean"
