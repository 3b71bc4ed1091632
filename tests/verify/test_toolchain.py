"""What Lean needs without Lake, read from files alone."""

import json
import os
from pathlib import Path

import pytest

from blueprint_app.lean.asking.tools import LeanTools, NotAsked
from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.verify.toolchain import Toolchain, lean_path, options_of, toolchain_of
from tests.lean.records.projects import write_project

LIBRARY = ".lake/build/lib/lean"


def project_of(folder: Path) -> LeanProject:
    project = read_project(folder)
    assert project is not None
    return project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_project(
        tmp_path / "small", {"Small": "import Small.Work\n", "Small.Work": "theorem a : True := trivial\n"}
    )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def traced(message: str) -> str:
    return json.dumps(
        {"depHash": "1", "log": [{"level": "trace", "message": message}, {"level": "info", "message": "x"}]}
    )


def test_options_of_the_last_build(folder):
    write(
        folder / LIBRARY / "Small/Work.trace",
        traced(".> LEAN_PATH=/a/b /c/lean -DautoImplicit=false -Dpp.unicode.fun=true Small/Work.lean -R . -o x.olean"),
    )
    assert options_of(project_of(folder), "Small.Work") == ("autoImplicit=false", "pp.unicode.fun=true")


def test_options_of_a_setup_file_count_first(folder):
    write(folder / LIBRARY / "Small/Work.trace", traced(".> lean -DmaxRecDepth=1 x"))
    write(folder / ".lake/build/ir/Small/Work.setup.json", json.dumps({"options": {"autoImplicit": False, "n": 3}}))
    assert options_of(project_of(folder), "Small.Work") == ("autoImplicit=false", "n=3")


def test_options_of_another_module_of_the_library(folder):
    write(folder / LIBRARY / "Small.trace", traced(".> lean -DautoImplicit=false Small.lean"))
    assert options_of(project_of(folder), "Small.Work") == ("autoImplicit=false",)


def test_options_of_the_lakefile(folder):
    lakefile = folder / "lakefile.toml"
    text = 'leanOptions = { autoImplicit = false, pp.unicode.fun = true, bad = "a b" }\n' + lakefile.read_text()
    lakefile.write_text(text + 'leanOptions = { weak.linter.x = 3 }\n[[lean_lib]]\nname = "B"\nleanOptions = {c = 1}\n')
    expected = ("autoImplicit=false", "pp.unicode.fun=true", "weak.linter.x=3")
    assert options_of(project_of(folder), "Small.Work") == expected


def test_warnings_stay_warnings(folder):
    write(folder / LIBRARY / "Small/Work.trace", traced(".> lean -DwarningAsError=true -Dx=1 y"))
    assert options_of(project_of(folder), "Small.Work") == ("x=1",)


def test_no_options(folder):
    write(folder / LIBRARY / "Small/Work.trace", "{damaged")
    (folder / "lakefile.toml").write_text("damaged = [", encoding="utf-8")
    assert options_of(project_of(folder), "Small.Work") == ()


def test_where_compiled_modules_lie(folder):
    manifest = {"packagesDir": ".lake/packages", "packages": [
        {"type": "git", "name": "new", "rev": "0", "url": "x"},
        {"type": "git", "name": "old", "rev": "0", "url": "x"},
        {"type": "git", "name": "odd", "rev": "0", "url": "x"},
        {"type": "git", "name": "unbuilt", "rev": "0", "url": "x"},
    ]}  # fmt: skip
    write(folder / "lake-manifest.json", json.dumps(manifest))
    packages = folder / ".lake/packages"
    write(packages / "odd/lakefile.toml", 'name = "odd"\nbuildDir = "out"\n')
    expected = [
        folder / LIBRARY,
        packages / "new/.lake/build/lib/lean",
        packages / "old/.lake/build/lib",
        packages / "odd/out/lib/lean",
    ]
    for path in (*expected, packages / "unbuilt"):
        path.mkdir(parents=True)
    assert lean_path(project_of(folder)) == tuple(path.resolve() for path in expected)


def program(path: Path, text: str = "#!/bin/sh\n") -> Path:
    write(path, text)
    path.chmod(0o755)
    return path


def test_a_toolchain_as_elan_keeps_it(tmp_path):
    lake, lean = program(tmp_path / "toolchains/x/bin/lake"), program(tmp_path / "toolchains/x/bin/lean")
    assert toolchain_of(LeanTools(lake, {})) == Toolchain(lean, (tmp_path / "toolchains/x",), {})


def test_a_link_to_a_toolchain(tmp_path):
    real = program(tmp_path / "opt/lean/bin/lean")
    (tmp_path / "bin").mkdir()
    for name in ("lean", "lake"):
        (tmp_path / "bin" / name).symlink_to(real)
    assert toolchain_of(LeanTools(tmp_path / "bin/lake", {})) == Toolchain(real, (tmp_path / "opt/lean",), {})


def test_a_lean_among_the_persons_own_files_is_not_shown_to_drafts(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    lake = program(tmp_path / "bin/lake")
    program(tmp_path / "bin/lean")
    found = toolchain_of(LeanTools(lake, {}))
    assert isinstance(found, NotAsked)
    assert "must not see" in found.reason


def test_no_lean_beside_lake(tmp_path):
    found = toolchain_of(LeanTools(program(tmp_path / "x/bin/lake"), {}))
    assert isinstance(found, NotAsked)


def test_a_lean_that_another_program_runs(monkeypatch, tmp_path):
    node = program(tmp_path / "node/bin/node")
    lean = program(tmp_path / "lean/lean", '#!/bin/sh\nexec "${LEAN_WASM_NODE:-node}" lean.js\n')
    program(tmp_path / "lean/lake")
    monkeypatch.setenv("LEAN_WASM_NODE", str(node))
    found = toolchain_of(LeanTools(tmp_path / "lean/lake", dict(os.environ)))
    assert found == Toolchain(lean, (tmp_path / "lean", tmp_path / "node/bin"), {"LEAN_WASM_NODE": str(node)})
