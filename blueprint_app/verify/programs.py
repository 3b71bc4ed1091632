"""The app's own Lean programs for judging, compiled once for each Lean: reading them takes longer than their work."""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from blueprint_app.lean.asking.process import Limits, run_program
from blueprint_app.lean.asking.tools import NotAsked
from blueprint_app.verify.toolchain import Toolchain

EXPORT, JUDGE = "DraftExport", "DraftJudge"
_COMPILING = Limits(seconds=300.0)


def programs_folder(toolchain: Toolchain, cache_folder: Path) -> Path:
    """Where `compiled_programs` puts them."""
    return cache_folder / "lean-programs" / _version(toolchain)


def compiled_programs(toolchain: Toolchain, cache_folder: Path, check: Callable[[], None]) -> Path | NotAsked:
    """A folder with the two programs compiled by this Lean, and for each a file ``Run....lean`` to start it by.

    They are the app's own and read nothing of a project, so that they need no sandbox to be compiled in.
    """
    folder = programs_folder(toolchain, cache_folder)
    if (folder / "complete").is_file():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=folder.parent))
    try:
        for name in (EXPORT, JUDGE):
            said = _compile(toolchain, name, unfinished, check)
            if said:
                return NotAsked(f"This version of Lean cannot run the app's judge: {said}", "Report it, please.")
        (unfinished / "complete").touch()
        # Another process may have been quicker; then its folder serves as well.
        with contextlib.suppress(OSError):
            unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _compile(toolchain: Toolchain, name: str, folder: Path, check: Callable[[], None]) -> str:
    """Compile a program; "" or what Lean says against it."""
    source = _source(name)
    said: list[str] = []
    olean = folder / f"{name}.olean"
    words = [str(toolchain.lean), "-R", str(source.parent), "-o", str(olean), str(source)]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    code = run_program(
        words,
        folder,
        environment={**environment, **toolchain.environment},
        on_line=said.append,
        check=check,
        limits=_COMPILING,
    )
    (folder / f"Run{name}.lean").write_text(f"import {name}\n", encoding="utf-8")
    return "" if code == 0 and olean.is_file() else " ".join("\n".join(said).split())[:300] or f"code {code}."


@cache
def _source(name: str) -> Path:
    """Beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "resources" / "lean" / f"{name}.lean"
    return inside if inside.is_file() else package.parent / "resources" / "lean" / f"{name}.lean"


def _version(toolchain: Toolchain) -> str:
    stat = toolchain.lean.stat()
    digest = hashlib.sha256(f"{toolchain.lean} {stat.st_size} {stat.st_mtime_ns}".encode())
    for name in (EXPORT, JUDGE):
        digest.update(_source(name).read_bytes())
    return digest.hexdigest()[:32]
