"""What Lean needs to compile one module without Lake: the program, where compiled modules lie, and options."""

import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blueprint_app.lean.asking.tools import LeanTools, NotAsked
from blueprint_app.lean.lakefile import lean_lakefile, toml_lakefile
from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.records.loose_json import DamagedJsonError, as_list, as_mapping, as_text, read_json
from blueprint_app.lean.records.reader import LIBRARY_FOLDERS, library_folders, module_path

_OPTION = re.compile(r"(?<=\s)-D([\w.«»]+=[^\s'\"\\]+)")
_PLAIN_OPTION = re.compile(r"[\w.«»]+=[^\s]*")
_TURNED_OFF = ("warningAsError", "weak.warningAsError", "maxErrors")
"""Options that would make a warning, as that of a ``sorry`` in what the project only states, end a compilation."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A Lean that can be called; `folders` are all that it consists of, `environment` what it must be told."""

    lean: Path
    folders: tuple[Path, ...]
    environment: Mapping[str, str]


def toolchain_of(tools: LeanTools) -> Toolchain | NotAsked:
    """The Lean beside a ``lake``, and the folders that must be there for it to run."""
    found = shutil.which("lean", path=str(tools.lake.parent))
    if found is None:
        return NotAsked(f"There is no `lean` beside {tools.lake}.", "Install the toolchain again.")
    lean = Path(os.path.realpath(found))
    top = lean.parent.parent if lean.parent.name == "bin" else lean.parent
    if not _holds_nothing_else(top):
        return NotAsked(
            f"Lean lies in {top}, together with files of yours that a draft must not see.",
            "Install Lean in a folder of its own, as elan does.",
        )
    environment = {}
    folders = [] if top.is_relative_to("/usr") else [top]
    if node := _node(lean):
        # A Lean that is no program of its own needs the one that runs it.
        environment["LEAN_WASM_NODE"] = str(node)
        folders += [] if node.is_relative_to("/usr") else [node.parent]
    return Toolchain(lean, tuple(folders), environment)


def lean_path(project: LeanProject) -> tuple[Path, ...]:
    """The folders with the compiled modules of a project and of the packages that it rests on."""
    folders = [folder for folder in library_folders(project) if folder.is_dir()]
    own = {build for folder in folders for build in (folder, folder.parent)}
    for package in project.packages:
        build = package.folder / _build_folder(package.folder)
        library = next((build / name for name in LIBRARY_FOLDERS if (build / name).is_dir()), None)
        if library is not None and library not in own:
            folders.append(library)
    # Where ``lib/lean`` is, ``lib`` is but the folder above.
    return tuple(folder for folder in dict.fromkeys(folders) if folder / "lean" not in folders)


def options_of(project: LeanProject, module: str) -> tuple[str, ...]:
    """The options, as ``name=value``, that Lake compiles a module with.

    From the records of its last build, else from those of another module of the library, else from a ``lakefile.toml``.
    """
    library = next((each for each in project.libraries if each.covers(module)), None)
    modules = [module, *(library.roots if library else ())]
    options = next((found for name in modules if (found := _recorded_options(project, name)) is not None), None)
    if options is None:
        options = tuple(_toml_options(project.folder / "lakefile.toml", library.name if library else ""))
    return tuple(option for option in options if option.partition("=")[0] not in _TURNED_OFF)


def _holds_nothing_else(folder: Path) -> bool:
    """Whether a folder can be shown to a draft: the user's own and those around it cannot."""
    home = Path.home().resolve()
    return folder != Path(folder.anchor) and not home.is_relative_to(folder)


def _node(lean: Path) -> Path | None:
    with lean.open("rb") as file:
        if b"LEAN_WASM_NODE" not in file.read(4096):
            return None
    found = os.environ.get("LEAN_WASM_NODE") or shutil.which("node")
    return Path(os.path.realpath(found)) if found else None


def _build_folder(package: Path) -> str:
    for name, read in (("lakefile.lean", lean_lakefile), ("lakefile.toml", toml_lakefile)):
        try:
            return read((package / name).read_text(encoding="utf-8", errors="replace")).build_folder
        except (OSError, tomllib.TOMLDecodeError):
            continue
    return ".lake/build"


def _recorded_options(project: LeanProject, module: str) -> tuple[str, ...] | None:
    tail = module_path(module)
    for folder in library_folders(project):
        if (found := _options_of_setup(folder, tail)) is not None:
            return found
        if (found := _options_of_trace(folder / f"{tail}.trace")) is not None:
            return found
    return None


def _options_of_setup(library: Path, tail: str) -> tuple[str, ...] | None:
    """From ``ir/A/B.setup.json``, which Lake writes for Lean from 4.22 on."""
    build = library.parent if library.name == "lib" else library.parent.parent
    try:
        data = as_mapping(read_json(build / "ir" / f"{tail}.setup.json"))
    except DamagedJsonError:
        return None
    if "options" not in data:
        return None
    return tuple(f"{name}={_written(value)}" for name, value in as_mapping(data["options"]).items())


def _options_of_trace(path: Path) -> tuple[str, ...] | None:
    """From the command that a trace or the log beside it quotes: ``.> ... lean -Dname=value ...``."""
    for file in (path, path.with_suffix(".log.json")):
        try:
            data = as_mapping(read_json(file))
        except DamagedJsonError:
            continue
        for entry in as_list(data.get("log")):
            message = as_text(as_mapping(entry).get("message"))
            if message.startswith(".>"):
                return tuple(_OPTION.findall(message))
    return None


def _toml_options(path: Path, library: str) -> Iterator[str]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return
    entries = data.get("lean_lib")
    tables = [data, *(entries if isinstance(entries, list) else [])]
    for number, table in enumerate(tables):
        if isinstance(table, dict) and (number == 0 or table.get("name") == library):
            yield from _flat_options(table.get("leanOptions"), "")


def _flat_options(table: Any, prefix: str) -> Iterator[str]:  # noqa: ANN401 - what TOML holds
    for name, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, dict):
            yield from _flat_options(value, f"{prefix}{name}.")
        elif _PLAIN_OPTION.fullmatch(option := f"{prefix}{name}={_written(value)}"):
            yield option


def _written(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)
