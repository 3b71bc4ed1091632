"""Finds out which modules of a project keep Lean from importing the others."""

import re
from collections.abc import Callable, Iterable

from blueprint_app.lean.records.lake_hash import murmur64a
from blueprint_app.lean.records.reader import BuildRecords, ModuleRecord, module_path

_NO_OBJECT = re.compile(r"of module (?P<module>\S+) does not exist")
_NO_PREFIX = re.compile(r"unknown (?:module prefix|package) '(?P<root>[^']+)'")
_CONFLICT = re.compile(r"import (?P<module>\S+) failed, environment already contains")
_FILE = re.compile(r"'(?P<file>[^'\n]+\.olean)[\w.]*'")


def culprits(message: str, asked: Iterable[str], records: BuildRecords) -> frozenset[str]:
    """The modules among `asked` that Lean's message about a failed import points at, or that import what it names."""
    modules = {name: records.modules[name] for name in asked}
    if (found := _CONFLICT.search(message)) and found["module"] in modules:
        return frozenset({found["module"]})
    if found := _NO_OBJECT.search(message):
        return _named(found["module"], modules) or _importing(found["module"], modules)
    if found := _FILE.search(message):
        path = found["file"].replace("\\", "/")
        tails = {name for name, record in modules.items() if record.olean and str(record.olean) == found["file"]}
        return frozenset(tails or {name for name in modules if path.endswith(f"/{module_path(name)}.olean")})
    if found := _NO_PREFIX.search(message):
        return _importing(found["root"], modules)
    return frozenset()


def damaged(asked: Iterable[str], records: BuildRecords, check: Callable[[], None]) -> frozenset[str]:
    """The modules whose compiled file is not the one that the build recorded. Hashing takes 40 ms for a megabyte."""
    found = set()
    for name in asked:
        check()
        if not _is_as_recorded(records.modules[name]):
            found.add(name)
    return frozenset(found)


def _named(module: str, modules: dict[str, ModuleRecord]) -> frozenset[str]:
    return frozenset({module} & modules.keys())


def _importing(module: str, modules: dict[str, ModuleRecord]) -> frozenset[str]:
    """The modules that import one of another package; where none does so directly, those that import its library."""
    direct = {name for name, record in modules.items() if module in record.source_state.imports}
    root = module.split(".")[0]
    return frozenset(
        direct
        or {
            name
            for name, record in modules.items()
            if any(imported.split(".")[0] == root for imported in record.source_state.imports)
        }
    )


def _is_as_recorded(record: ModuleRecord) -> bool:
    if record.olean is None:
        return False
    try:
        recorded = record.olean.with_name(f"{record.olean.name}.hash").read_text(encoding="ascii").strip()
        number = murmur64a(record.olean.read_bytes())
    except (OSError, ValueError):
        # Without a recorded hash nothing can be said against the file.
        return record.olean.is_file()
    return recorded in (f"{number:016x}", str(number))
