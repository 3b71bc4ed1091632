"""Finds the Lean that a project asks for, without fetching anything; where there is none, says why."""

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.lean.asking.environment import program_environment
from blueprint_app.lean.project import LeanProject

_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Why Lean was not asked, in words, and what to do about it."""

    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class LeanTools:
    """The ``lake`` to call for a project, and the environment to call it in."""

    lake: Path
    environment: Mapping[str, str]


def find_tools(project: LeanProject, network: bool = False) -> LeanTools | NotAsked:
    """The build tool of the toolchain that the project names.

    Where elan manages toolchains, only one that is installed will do and is called directly: elan itself
    would download the toolchain when asked for ``lake``. `network` (a build that the user
    started) calls elan, which may.
    """
    environment = program_environment(network)
    lake = _on_path(environment.get("PATH", ""), project)
    elan = _elan_home(environment)
    if lake is None and (elan / "bin" / _program("lake")).is_file():
        lake = elan / "bin" / _program("lake")
    if lake is None:
        return NotAsked(
            "There is no Lean on this machine: `lake` is not on PATH.", "Install elan and build the project."
        )
    if lake.parent == elan / "bin" and not network:
        inside = _toolchain_folder(elan, project.toolchain)
        if inside is None:
            name = project.toolchain or "the default toolchain"
            return NotAsked(f"{name} is not installed.", "Build the project once: that installs it.")
        lake = inside / "bin" / _program("lake")
    path = os.pathsep.join([str(lake.parent), environment.get("PATH", "")])
    return LeanTools(lake, {**environment, "PATH": path})


def has_lake() -> bool:
    """Whether ``lake`` is on PATH or where elan puts it; whether a project's own toolchain is there is not asked."""
    elan = _elan_home(os.environ) / "bin" / _program("lake")
    return shutil.which("lake") is not None or elan.is_file()


def packages_at_hand(project: LeanProject) -> NotAsked | None:
    """Why Lake would fetch or move packages if it were called, or None if all are as the manifest says.

    Lake does so whenever it loads a project, even to print an environment, and that is never done unasked.
    """
    for package in project.packages:
        if not package.folder.is_dir():
            return NotAsked(f"The package {package.name} is not on this machine.", "Build the project once.")
    for name, wanted in _wanted_commits(project.folder / "lake-manifest.json").items():
        folder = project.packages_folder / name
        if (commit := _checked_out(folder)) and commit != wanted:
            return NotAsked(f"The package {name} is not at the commit that the manifest names.", "Build the project.")
    return None


def _on_path(path: str, project: LeanProject) -> Path | None:
    """``lake`` on PATH, but not in a relative folder or in the project, which could bring a program of its own."""
    folders = [folder for folder in path.split(os.pathsep) if os.path.isabs(folder)]
    trusted = [folder for folder in folders if not Path(folder).resolve().is_relative_to(project.base)]
    found = shutil.which("lake", path=os.pathsep.join(trusted))
    return Path(found) if found else None


def _elan_home(environment: Mapping[str, str]) -> Path:
    named = environment.get("ELAN_HOME")
    return Path(named) if named else Path.home() / ".elan"


def _toolchain_folder(elan: Path, toolchain: str) -> Path | None:
    """The folder of an installed toolchain; elan writes ``a/b:c`` as ``a--b---c``."""
    if not toolchain or not re.fullmatch(r"[\w.:/+-]+", toolchain):
        return None
    names = [toolchain] if ":" in toolchain or "/" in toolchain else [toolchain, f"leanprover/lean4:{toolchain}"]
    for name in names:
        folder = elan / "toolchains" / name.replace("/", "--").replace(":", "---")
        if (folder / "bin" / _program("lake")).is_file():
            return folder
    return None


def _wanted_commits(manifest: Path) -> dict[str, str]:
    try:
        entries = json.loads(manifest.read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return {}
    wanted = {}
    for entry in entries if isinstance(entries, list) else []:
        facts = entry.get("git", entry) if isinstance(entry, dict) else None
        if isinstance(facts, dict) and isinstance(facts.get("name"), str) and isinstance(facts.get("rev"), str):
            wanted[facts["name"]] = facts["rev"]
    return {name: revision for name, revision in wanted.items() if _OBJECT.fullmatch(revision)}


def _checked_out(folder: Path) -> str:
    """The commit that a package's folder is at; "" if it is at a branch or cannot be told."""
    try:
        head = (folder / ".git" / "HEAD").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
    return head if _OBJECT.fullmatch(head) else ""


def _program(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name
