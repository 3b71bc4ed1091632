"""A project's layout, read from its files alone."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.lean.lakefile import Glob, lean_lakefile, toml_lakefile
from blueprint_app.lean.project import LeanProject, read_project


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def project_of(folder: Path) -> LeanProject:
    project = read_project(folder)
    assert project is not None
    return project


TOML = '[[lean_lib]]\nname = "A"\n'


def test_a_sample(samples_folder: Path) -> None:
    project = project_of(samples_folder / "primes")
    assert project.name == "primes"
    assert project.toolchain.startswith("leanprover/lean4:")
    assert project.module_of(samples_folder / "primes/Primes/Prime.lean") == "Primes.Prime"
    assert project.file_of("Primes.Prime") == (samples_folder / "primes/Primes/Prime.lean").resolve()
    assert project.file_of("Primes.Absent") is None
    assert project.file_of("Mathlib.Logic.Basic") is None
    assert "Primes" in project.modules()
    assert not project.is_guessed


def test_toml_in_full() -> None:
    lakefile = toml_lakefile(
        """
        name = "whole"
        srcDir = "src"
        buildDir = "out"
        packagesDir = "deps"
        [[lean_lib]]
        name = "A"
        [[lean_lib]]
        name = "B"
        srcDir = "b"
        roots = ["B.One", "B.Two"]
        globs = ["B.One", "B.Two.*", "B.Three.+"]
        [[lean_exe]]
        name = "tool"
        root = "Tool.Main"
        """
    )
    assert (lakefile.name, lakefile.source_folder, lakefile.build_folder) == ("whole", "src", "out")
    assert lakefile.packages_folder == "deps"
    first, second, tool = lakefile.libraries
    assert (first.name, first.roots, first.globs) == ("A", ("A",), (Glob("A"),))
    assert second.roots == ("B.One", "B.Two")
    assert second.globs == (Glob("B.One"), Glob("B.Two", below=True), Glob("B.Three", itself=False, below=True))
    assert tool.roots == ("Tool.Main",)


def test_lakefile_in_lean_gives_the_same() -> None:
    lakefile = lean_lakefile(
        """
        import Lake
        open Lake DSL
        -- lean_lib Commented
        package «whole» where
          srcDir := "src"
          buildDir := "out"
          packagesDir := "deps" -- srcDir := "no"
        require mathlib from git "https://example.org/lean_lib" @ "main"
        @[default_target]
        lean_lib «A» where
          leanOptions := #[⟨`autoImplicit, false⟩]
        lean_lib B {
          srcDir := "b"
          roots := #[`B.One, `B.Two]
          globs := #[.one `B.One, .andSubmodules `B.Two, Glob.submodules `B.Three, `B.Four.*]
        }
        lean_exe tool where
          root := `Tool.Main
        """
    )
    assert (lakefile.name, lakefile.source_folder, lakefile.build_folder) == ("whole", "src", "out")
    assert lakefile.packages_folder == "deps"
    first, second, tool = lakefile.libraries
    assert (first.name, first.roots, first.globs) == ("A", ("A",), (Glob("A"),))
    assert second.roots == ("B.One", "B.Two")
    assert second.globs == (
        Glob("B.One"),
        Glob("B.Two", below=True),
        Glob("B.Three", itself=False, below=True),
        Glob("B.Four", below=True),
    )
    assert tool.roots == ("Tool.Main",)


def test_what_globs_cover() -> None:
    assert Glob("A").covers("A")
    assert not Glob("A").covers("A.B")
    assert Glob("A", below=True).covers("A.B.C")
    assert not Glob("A", itself=False, below=True).covers("A")
    assert not Glob("A", below=True).covers("AB")


def test_modules_are_those_of_the_libraries(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "lakefile.toml": 'srcDir = "src"\n' + TOML + '[[lean_lib]]\nname = "B"\nglobs = ["Extra.+"]\n',
            "src/A.lean": "",
            "src/A/One.lean": "",
            "src/A/odd-name.lean": "",
            "src/A/deep/Two.lean": "",
            "src/Extra/Three.lean": "",
            "src/Extra.lean": "",
            "src/Scratch.lean": "",
            "src/A/notes.txt": "",
            "src/A/.hidden/Four.lean": "",
            ".lake/packages/mathlib/A.lean": "",
        },
    )
    project = project_of(tmp_path)
    assert set(project.modules()) == {"A", "A.One", "A.«odd-name»", "A.deep.Two", "Extra.Three"}
    for module, path in project.modules().items():
        assert project.file_of(module) == path
        assert project.module_of(path) == module
    assert project.module_of(tmp_path / "src/Scratch.lean") is None
    assert project.module_of(tmp_path / "src/Extra.lean") is None
    assert project.module_of(tmp_path / "lakefile.toml") is None
    assert project.shown_path(project.modules()["A.One"]) == "src/A/One.lean"


def test_packages_of_all_ages(tmp_path: Path) -> None:
    new = [
        {"type": "git", "name": "mathlib", "subDir": None},
        {"type": "git", "name": "part", "subDir": "lib"},
        {"type": "path", "name": "near", "dir": "../near"},
    ]
    write(tmp_path / "new", {"lakefile.toml": TOML, "lake-manifest.json": json.dumps({"packages": new})})
    folder = (tmp_path / "new").resolve()
    packages = folder / ".lake/packages"
    assert project_of(folder).package_folders == {
        "mathlib": packages / "mathlib",
        "part": packages / "part/lib",
        "near": folder.parent / "near",
    }
    old = {"version": 4, "packagesDir": "lake-packages", "packages": [{"git": {"name": "std", "subDir?": None}}]}
    write(tmp_path / "old", {"lakefile.lean": "lean_lib A", "lake-manifest.json": json.dumps(old)})
    folder = (tmp_path / "old").resolve()
    assert project_of(folder).package_folders == {"std": folder / "lake-packages/std"}


def test_a_package_below_the_folder_and_packages_inside_it(tmp_path: Path) -> None:
    manifest = {"packages": [{"type": "path", "name": "inner", "dir": "inner"}]}
    write(
        tmp_path,
        {
            "blueprint/src/web.tex": "",
            "formal/lean/lakefile.toml": TOML,
            "formal/lean/A.lean": "",
            "formal/lean/lake-manifest.json": json.dumps(manifest),
            "formal/lean/inner/lakefile.toml": '[[lean_lib]]\nname = "Inner"\n',
            "formal/lean/inner/Inner.lean": "",
        },
    )
    project = project_of(tmp_path)
    assert project.folder == tmp_path.resolve() / "formal/lean"
    assert set(project.modules()) == {"A", "Inner"}
    assert project.shown_path(project.modules()["A"]) == "formal/lean/A.lean"


def test_without_a_lakefile_the_root_files_tell(tmp_path: Path) -> None:
    write(tmp_path, {"A.lean": "", "A/One.lean": "", "lean-toolchain": "leanprover/lean4:v4.28.0"})
    project = project_of(tmp_path)
    assert project.is_guessed
    assert set(project.modules()) == {"A", "A.One"}
    assert project.toolchain == "leanprover/lean4:v4.28.0"


def test_a_folder_without_lean_is_no_project(tmp_path: Path) -> None:
    write(tmp_path, {"blueprint/src/web.tex": ""})
    assert read_project(tmp_path) is None
    assert read_project(tmp_path / "absent") is None


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("lakefile.toml", "name = [", "lakefile-damaged"),
        ("lake-manifest.json", "{", "manifest-damaged"),
        ("lake-manifest.json", "[" * 100_000, "manifest-damaged"),
        ("lakefile.toml", '[[lean_lib]]\nname = "A"\nsrcDir = "../../etc"', "library-outside"),
    ],
)
def test_damage_is_reported_and_the_rest_is_read(tmp_path: Path, file: str, text: str, code: str) -> None:
    write(tmp_path, {"lakefile.toml": TOML, "A.lean": "", file: text})
    project = project_of(tmp_path)
    assert [each.code for each in project.diagnostics] == [code]
    assert "A" in project.modules()


@pytest.mark.parametrize("text", ["name = 3\nlean_lib = 4", "lean_lib = [1]", "[[lean_lib]]\nname = 3\nroots = 4"])
def test_values_of_the_wrong_kind_count_as_absent(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"lakefile.toml": text, "lake-manifest.json": '{"packages": [3, {"name": 4}], "packagesDir": 5}'})
    project = project_of(tmp_path)
    assert project.libraries == ()
    assert project.packages == ()


def test_links_lead_neither_out_nor_round_in_circles(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"Secret.lean": ""})
    folder = write(tmp_path / "project", {"lakefile.toml": TOML, "A.lean": "", "A/One.lean": "", "real/Two.lean": ""})
    os.symlink(folder, folder / "A/circle")
    os.symlink(outside, folder / "A/out")
    os.symlink(outside / "Secret.lean", folder / "A/Secret.lean")
    os.symlink(folder / "real", folder / "A/within")
    os.symlink("absent", folder / "A/Dangling.lean")
    modules = set(project_of(folder).modules())
    assert {"A", "A.One"} <= modules
    # The folder that two links lead to is read under one of the names.
    assert sum(module.endswith(".Two") for module in modules) == 1
    assert not any("Secret" in module or "Dangling" in module for module in modules)
    assert len(modules) <= 5


def test_the_corpus_has_a_layout_each(corpus_folder: Path, corpus_name: str) -> None:
    project = read_project(corpus_folder / corpus_name)
    if project is not None and not project.is_guessed:
        assert project.name
        assert project.libraries
        assert not project.diagnostics


def test_reading_writes_nothing(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("primes")
    before = sorted(folder.rglob("*"))
    project_of(folder).modules()
    assert sorted(folder.rglob("*")) == before
