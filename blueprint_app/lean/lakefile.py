"""What a Lake package says of itself, read from its lakefile without running anything."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from blueprint_app.lean.names import NAME, unquoted
from blueprint_app.lean.scan.blanking import blanked


@dataclass(frozen=True, slots=True)
class Glob:
    """Modules named by a pattern: `module` itself, those below it, or both."""

    module: str
    itself: bool = True
    below: bool = False

    def covers(self, module: str) -> bool:
        """Whether the pattern names `module`."""
        if module == self.module:
            return self.itself
        return self.below and module.startswith(f"{self.module}.")


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A library or program as its lakefile declares it; `source_folder` is relative to the package's own."""

    name: str
    source_folder: str
    roots: tuple[str, ...]
    globs: tuple[Glob, ...]


@dataclass(frozen=True, slots=True)
class Lakefile:
    """A package as declared. Folders are as written; `packages_folder` is "" where none is named."""

    name: str = ""
    source_folder: str = "."
    build_folder: str = ".lake/build"
    packages_folder: str = ""
    libraries: tuple[LibraryEntry, ...] = ()


_DECLARATION = re.compile(
    r"^[ \t]*(?:@\[[^\]]*\][ \t\n]*)?(?P<kind>package|lean_lib|lean_exe)\b[ \t\n]*"
    r'(?P<name>«[^»\n]*»|[^\W\d][\w.!?\']*|")',
    re.MULTILINE,
)
_NEXT_COMMAND = re.compile(r"^(?:@\[|[^\W\d])", re.MULTILINE)
_MODULE_NAME = re.compile(rf"`*(?P<name>{NAME})(?P<glob>\.[*+])?")
_GLOB_KIND = re.compile(r"(?:Glob)?\.?(?P<kind>one|submodules|andSubmodules)\b[ \t\n]*")


def toml_lakefile(text: str) -> Lakefile:
    """The package that a ``lakefile.toml`` declares. Raises `tomllib.TOMLDecodeError` for what is no TOML."""
    data = tomllib.loads(text)
    libraries = [
        LibraryEntry(name, _text(entry, "srcDir", "."), roots := _roots(entry, name), _globs(entry, roots))
        for entry in _tables(data, "lean_lib")
        if (name := _text(entry, "name"))
    ]
    libraries.extend(
        LibraryEntry(root, _text(entry, "srcDir", "."), (root,), (Glob(root),))
        for entry in _tables(data, "lean_exe")
        if (root := unquoted(_text(entry, "root") or _text(entry, "name")))
    )
    return Lakefile(
        _text(data, "name"),
        _text(data, "srcDir", "."),
        _text(data, "buildDir", ".lake/build"),
        _text(data, "packagesDir"),
        tuple(libraries),
    )


def lean_lakefile(text: str) -> Lakefile:
    """The package that a ``lakefile.lean`` declares in plain words; what it computes is not seen."""
    code = blanked(text).code
    package = Lakefile()
    libraries = []
    declarations = list(_DECLARATION.finditer(code))
    ends = [*(following.start() for following in declarations[1:]), len(code)]
    for found, end in zip(declarations, ends, strict=False):
        after = _NEXT_COMMAND.search(code, found.end(), end)
        fields = _Fields(code, text, found.end(), after.start() if after else end)
        name = _declared_name(found, text)
        if found["kind"] == "package":
            package = Lakefile(
                name,
                fields.string("srcDir", "."),
                fields.string("buildDir", ".lake/build"),
                fields.string("packagesDir", ""),
            )
        elif found["kind"] == "lean_lib":
            roots = tuple(glob.module for glob in fields.globs("roots")) or (name,)
            globs = fields.globs("globs") or tuple(Glob(root) for root in roots)
            libraries.append(LibraryEntry(name, fields.string("srcDir", "."), roots, globs))
        else:
            root = next((glob.module for glob in fields.globs("root")), name)
            libraries.append(LibraryEntry(root, fields.string("srcDir", "."), (root,), (Glob(root),)))
    return Lakefile(
        package.name, package.source_folder, package.build_folder, package.packages_folder, tuple(libraries)
    )


class _Fields:
    """The ``name := value`` fields of one declaration, `code` being `text` with comments and strings blanked."""

    def __init__(self, code: str, text: str, start: int, end: int) -> None:
        self._code = code[start:end]
        self._text = text[start:end]

    def string(self, field: str, default: str) -> str:
        """The first string literal of the field's value."""
        span = self._value(field)
        found = re.search(r'"((?:[^"\\]|\\.)*)"', self._text[slice(*span)]) if span else None
        return found[1] if found else default

    def globs(self, field: str) -> tuple[Glob, ...]:
        """The module names and patterns of the field's value."""
        span = self._value(field)
        return tuple(_lean_globs(self._code[slice(*span)])) if span else ()

    def _value(self, field: str) -> tuple[int, int] | None:
        found = re.search(rf"(?<![\w.]){field}[ \t\n]*:=", self._code)
        if found is None:
            return None
        after = re.compile(r"[^\W\d]\w*[ \t\n]*:=|\}").search(self._code, found.end())
        return found.end(), after.start() if after else len(self._code)


def _lean_globs(value: str) -> Iterator[Glob]:
    position, kind = 0, ""
    while position < len(value):
        if found := _GLOB_KIND.match(value, position):
            kind = found["kind"]
        elif found := _MODULE_NAME.match(value, position):
            module = unquoted(found["name"])
            kind = kind or {".*": "andSubmodules", ".+": "submodules"}.get(found["glob"] or "", "one")
            yield Glob(module, kind != "submodules", kind != "one")
            kind = ""
        position = found.end() if found else position + 1


def _declared_name(found: re.Match[str], text: str) -> str:
    if found["name"] != '"':
        return unquoted(found["name"])
    return text[found.end() : text.find('"', found.end())]


def _tables(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    entries = data.get(key, [])
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _text(data: dict[str, Any], key: str, default: str = "") -> str:
    value = data.get(key)
    return value if isinstance(value, str) and value else default


def _roots(entry: dict[str, Any], name: str) -> tuple[str, ...]:
    return _texts(entry, "roots") or (unquoted(name),)


def _globs(entry: dict[str, Any], roots: tuple[str, ...]) -> tuple[Glob, ...]:
    globs = []
    for text in _texts(entry, "globs"):
        if text.endswith((".*", ".+")):
            globs.append(Glob(text[:-2], text.endswith("*"), below=True))
        else:
            globs.append(Glob(text))
    return tuple(globs) or tuple(Glob(root) for root in roots)


def _texts(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key)
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(unquoted(text) for text in values if isinstance(text, str) and text)
