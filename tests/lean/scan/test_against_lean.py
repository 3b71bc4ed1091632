"""Lean itself says what a file declares; the scanner must name the same."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from blueprint_app.lean.project import read_project
from blueprint_app.lean.scan.index import SourceDeclarations
from blueprint_app.lean.scan.scanned_file import ScannedFile, scan_bytes
from blueprint_app.lean.scan.scanning import scan_project

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent

LIST_CONSTANTS = """\
import Lean
import {module}
open Lean
run_cmd do
  let env ← getEnv
  let some index := env.getModuleIdx? `{module} | throwError "no such module"
  for name in env.header.moduleData[index.toNat]!.constNames do
    IO.println s!"{{name}}"
"""

MODULAR = """\
module
prelude
public inductive Bit | zero | one
def inner : Bit := .zero
public def outer : Bit := .zero
public section
def inSection : Bit := .zero
private def explicit : Bit := .zero
section
def nested : Bit := .zero
end
end
@[expose] public section
namespace N
structure S where
  a : Bit
  private b : Bit
end N
"""
"""In a file that begins with `module`, what is not public is private."""


def lean(lake: str, folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(Path(lake).parent / "lean"), *arguments],
        cwd=folder,
        env={**os.environ, "LEAN_PATH": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert "error" not in done.stdout + done.stderr, done.stdout + done.stderr
    return done.stdout


def constants(lake: str, folder: Path, module: str, text: str) -> set[str]:
    (folder / f"{module}.lean").write_text(text, encoding="utf-8")
    lean(lake, folder, "-o", f"{module}.olean", "-i", f"{module}.ilean", f"{module}.lean")
    (folder / "List.lean").write_text(LIST_CONSTANTS.format(module=module), encoding="utf-8")
    return set(lean(lake, folder, "List.lean").splitlines())


def scanned(module: str, text: str) -> SourceDeclarations:
    return SourceDeclarations([ScannedFile(module, f"{module}.lean", 0, 0, scan_bytes(text.encode()))])


def is_internal(name: str) -> bool:
    """Whether it is a name that nobody can write."""
    return any(part.startswith("_") for part in name.removeprefix("_private.").split("."))


def places(ilean: Path) -> dict[str, tuple[int, int, int]]:
    """Where Lean has the names of a module: line and column of the name, and last line; all 1-based."""
    declarations = json.loads(ilean.read_text(encoding="utf-8"))["decls"]
    return {name: (line + 1, column + 1, last + 1) for name, (_, _, last, _, line, column, *_) in declarations.items()}


def read_places(declarations: SourceDeclarations) -> dict[str, tuple[int, int, int]]:
    """The same as the scanner has it, for the names that were read as such."""
    return {
        name: (evidence.place.line, evidence.place.column, evidence.place.end_line)
        for name, evidence in declarations.items()
        if not evidence.is_generated and evidence.place
    }


def test_every_constant_of_lean_is_known_and_nothing_else(lake: str, tmp_path: Path) -> None:
    text = (HERE / "Everything.lean").read_text(encoding="utf-8")
    real = constants(lake, tmp_path, "Everything", text)
    found = scanned("Everything", text)
    assert len(real) > 300
    assert {name for name in real if not is_internal(name) and name not in found} == set()
    # `export` makes a name that one can write, but no constant.
    assert {name for name in found if name not in real} == {"own"}


def test_places_are_those_that_lean_gives(lake: str, tmp_path: Path) -> None:
    text = (HERE / "Everything.lean").read_text(encoding="utf-8")
    constants(lake, tmp_path, "Everything", text)
    real, read = places(tmp_path / "Everything.ilean"), read_places(scanned("Everything", text))
    assert len(real.keys() & read.keys()) > 60
    # Columns of the editor protocol count UTF-16 units, which the file's names do not need.
    assert {name: place for name, place in read.items() if name in real and place != real[name]} == {}


def test_what_a_module_hides_is_private(lake: str, tmp_path: Path) -> None:
    real = constants(lake, tmp_path, "Modular", MODULAR)
    found = scanned("Modular", MODULAR)
    assert "_private.Modular.0.inner" in real
    assert {name for name in real if not is_internal(name) and name not in found} == set()
    assert {name for name in found if name not in real and not name.startswith("_private.")} == set()


def test_a_built_sample_holds_exactly_the_names_that_were_read(built_primes: Path) -> None:
    real: dict[str, tuple[int, int, int]] = {}
    for ilean in built_primes.glob(".lake/build/lib/**/*.ilean"):
        real |= places(ilean)
    project = read_project(built_primes)
    assert project is not None
    declarations = scan_project(project).declarations
    read = read_places(declarations)
    assert len(read) > 20
    assert {name: place for name, place in real.items() if name in read} == read
    assert {name for name in real if not is_internal(name) and name not in declarations} == set()
