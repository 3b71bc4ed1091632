"""What matters in a project's folder, and the watches that cover it and nothing else."""

from pathlib import Path

import pytest

from blueprint_app.live import survey as survey_module
from blueprint_app.live.scope import Kind, Scope
from blueprint_app.live.survey import survey, watches_for

KINDS = {
    "blueprint/src/web.tex": Kind.BLUEPRINT,
    "blueprint/src/plastex.cfg": Kind.BLUEPRINT,
    "blueprint/src/macros.sty": Kind.BLUEPRINT,
    "A/B.lean": Kind.LEAN,
    "lakefile.toml": Kind.PROJECT,
    "lakefile.lean": Kind.PROJECT,
    "docbuild/lean-toolchain": Kind.PROJECT,
    ".lake/build/lib/lean/A/B.trace": Kind.BUILD,
    ".lake/build/lib/A.trace": Kind.BUILD,
    ".lake/build/blueprint/module/A/B.json": Kind.BLUEPRINT,
    "_out/site/blueprint-manifest.json": Kind.BLUEPRINT,
    "blueprint/blueprint.yaml": Kind.BLUEPRINT,
    "blueprint/claims.yaml": Kind.CLAIM,
    "blueprint/.claims.yaml.swp": None,
    "claims.yaml": None,
    "other.yaml": None,
    "blueprint/attempts/lem=a/20261103T1-0a.yaml": Kind.ATTEMPT,
    "blueprint/attempts/lem=a/20261103T1-0a.lean": None,
    "blueprint/attempts/lem=a/20261103T1-0a.md": None,
    "blueprint/attempts/lem=a/.attempt-1.part": None,
    "A/packages/B.lean": Kind.LEAN,
    "doc/ir/C.lean": Kind.LEAN,
    "blueprint/src/web.pdf": None,
    "blueprint/src/.#web.tex": None,
    "blueprint/src/#web.tex#": None,
    "blueprint/src/web.tex~": None,
    "blueprint/src/.web.tex.swp": None,
    ".lake/packages/mathlib/Mathlib/Init.lean": None,
    "docbuild/.lake/packages/mathlib/Mathlib/Init.lean": None,
    "lake-packages/std/Std.lean": None,
    ".lake/build/ir/A.trace": None,
    ".lake/build/doc/A.tex": None,
    ".git/refs/heads/a.tex": None,
    "node_modules/x/y.tex": None,
    ".github/a.tex": None,
}


@pytest.mark.parametrize(("shown", "kind"), KINDS.items())
def test_the_kind_of_a_file(shown: str, kind: Kind | None) -> None:
    assert Scope(Path("/p")).kind_of(shown) is kind


def test_what_was_read_matters_whatever_its_name() -> None:
    scope = Scope(Path("/p")).reading(["blueprint/src/notes.txt"])
    assert scope.kind_of("blueprint/src/notes.txt") is Kind.BLUEPRINT
    assert scope.kind_of("blueprint/src/other.txt") is None


def test_paths_are_shown_relative_to_the_folder() -> None:
    scope = Scope(Path("/p/q"))
    assert scope.relative("/p/q/a/b.tex") == "a/b.tex"
    assert scope.relative("/p/qq/a.tex") is None
    assert scope.relative("/p/q") is None
    assert scope.absolute("../x.tex") == "/p/x.tex"


def project(folder: Path) -> Scope:
    for shown in KINDS:
        path = folder / shown
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return Scope(folder)


def test_a_survey_finds_what_matters_and_nothing_else(tmp_path: Path) -> None:
    scope = project(tmp_path)
    (tmp_path / "A" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "A" / "linked.lean").symlink_to(tmp_path / "A" / "B.lean")
    (tmp_path / "A" / "broken.lean").symlink_to(tmp_path / "nowhere.lean")
    found = survey(scope)
    assert found.keys() == {shown for shown, kind in KINDS.items() if kind} | {"A/linked.lean"}
    assert found["A/linked.lean"] == found["A/B.lean"]
    assert found["A/B.lean"].size == 1


def test_few_folders_are_watched_each_alone(tmp_path: Path) -> None:
    scope = project(tmp_path)
    watches = watches_for(scope)
    assert {watch.recursive for watch in watches} == {False}
    shown = {Path(watch.path).relative_to(tmp_path).as_posix() for watch in watches}
    assert {"blueprint/src", ".lake/build/lib/lean/A", "docbuild/.lake", "."} <= shown
    assert not any("mathlib" in each or each.startswith(".git") for each in shown)


def test_many_folders_have_the_fewest_watches(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(survey_module, "FEW_FOLDERS", 0)
    scope = project(tmp_path)
    watches = watches_for(scope)
    shown = {Path(watch.path).relative_to(tmp_path).as_posix(): watch.recursive for watch in watches}
    assert shown["."] is False
    assert shown["docbuild"] is False
    assert shown["docbuild/.lake"] is False
    assert shown[".lake"] is False
    assert shown["blueprint"] is True
    assert shown[".lake/build/lib"] is True
    covered = {
        path.relative_to(tmp_path).as_posix()
        for path in tmp_path.rglob("*")
        if path.is_file()
        and any(
            path.parent == Path(watch.path) or (watch.recursive and path.is_relative_to(watch.path))
            for watch in watches
        )
    }
    assert {each for each, kind in KINDS.items() if kind} <= covered
    assert not any("packages/mathlib" in each or "node_modules" in each or ".git" in each for each in covered)


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert survey(Scope(tmp_path / "none")) == {}
