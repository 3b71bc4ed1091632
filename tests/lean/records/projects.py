"""Small projects with build records written as different versions of Lake write them."""

import json
import os
from pathlib import Path

from blueprint_app.lean.records.lake_hash import text_hash

LAKEFILE = 'name = "small"\ndefaultTargets = ["Small"]\n\n[[lean_lib]]\nname = "Small"\n'
TOOLCHAIN = "leanprover/lean4:v4.28.0\n"


def write_project(folder: Path, sources: dict[str, str], toolchain: str = TOOLCHAIN) -> Path:
    """A project of modules, each with its text; nothing is built."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lakefile.toml").write_text(LAKEFILE, encoding="utf-8")
    (folder / "lean-toolchain").write_text(toolchain, encoding="utf-8")
    for module, text in sources.items():
        path = folder / f"{module.replace('.', '/')}.lean"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def record(folder: Path, module: str, version: str, log: list[dict[str, str]] | None = None, **more: object) -> Path:
    """Write the records of one module's build as Lake of this Lean version does; returns the trace's path."""
    library = ".lake/build/lib" if version in ("4.9", "4.16") else ".lake/build/lib/lean"
    base = folder / library / module.replace(".", "/")
    base.parent.mkdir(parents=True, exist_ok=True)
    source = folder / f"{module.replace('.', '/')}.lean"
    base.with_name(f"{base.name}.olean").write_bytes(b"olean of " + module.encode())
    trace = base.with_name(f"{base.name}.trace")
    entries = log or []
    if version == "4.9":
        trace.write_text("12087634523487623487", encoding="utf-8")
        log_file = base.with_name(f"{base.name}.log.json")
        log_file.write_text(json.dumps({"log": entries, "depHash": "12087634523487623487"}), encoding="utf-8")
    else:
        trace.write_text(json.dumps(trace_data(source, version, entries) | more), encoding="utf-8")
    # Where times are all there is, the build comes after the edit.
    later = source.stat().st_mtime + 5
    os.utime(trace, (later, later))
    return trace


def trace_data(source: Path, version: str, log: list[dict[str, str]]) -> dict[str, object]:
    """The content of a trace from Lean 4.16 on."""
    data: dict[str, object] = {"log": log, "depHash": "3141592653589793238"}
    if version == "4.16":
        return data
    number = text_hash(source.read_bytes())
    hexadecimal = version == "4.28"
    shown = f"{number:016x}" if hexadecimal else str(number)
    other = f"{1723:016x}" if hexadecimal else "1723"
    data["inputs"] = [
        ["deps", [["Other:olean", other], ["more", [["Third.lean:olean", other]]]]],
        [f"Lean {version}.0, commit 38f3c0c45b8df6da2652faff6dcaa15afb5a6981", other],
        [f"/somewhere/else/{source.name}" if source.parent.name != "Small" else f"/x/Small/{source.name}", shown],
        ["options", other],
    ]
    if version in ("4.24", "4.28"):
        data |= {"outputs": {"o": ["a.olean"], "i": "b.ilean"}, "synthetic": False}
    if hexadecimal:
        data |= {"schemaVersion": "2025-09-10", "depHash": "058bb3a97e3010c3"}
    return data
