"""What the last ``lake build :blueprint`` or ``:blueprintJson`` wrote: one file of TeX or JSON a module."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from blueprint_app.model.diagnostic import Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.lean_architect.nodes import LeanNode, LeanPart, Quotation
from blueprint_app.sources.lean_files import MAX_FILE_BYTES, LeanFiles
from blueprint_app.sources.splicing import LEAN_ARCHITECT, SpliceBuilder, SplicedText

MODULES = ".lake/build/blueprint/module"
_POSITION = re.compile(r"^% at (.+?):(\d+)\.\d+-(\d+)\.\d+[ \t]*$", re.MULTILINE)
_MATHLIB = ("Init", "Lean", "Std", "Batteries", "Mathlib")


class BuiltModules:
    """The modules under ``.lake/build/blueprint/module``."""

    def __init__(self, files: LeanFiles) -> None:
        self._files = files
        self.folder = files.folder / MODULES
        self.exists = files.access.has_builds and self.folder.is_dir()

    def names(self) -> list[str]:
        """The modules of which there is a file of TeX or JSON."""
        if not self.exists:
            return []
        paths = {path.with_suffix("") for suffix in ("tex", "json") for path in self._files_below(suffix)}
        return sorted(".".join(path.relative_to(self.folder).parts) for path in paths)

    def _files_below(self, suffix: str) -> Iterator[Path]:
        for path in self.folder.rglob(f"*.{suffix}"):
            if not any(part.endswith(".artifacts") for part in path.relative_to(self.folder).parts[:-1]):
                yield path

    def texts(self) -> dict[str, SplicedText]:
        """The nodes that were written as TeX, by label: each is a file of its own, named as its label."""
        found = {}
        for folder in sorted(self.folder.rglob("*.artifacts")) if self.exists else ():
            module = folder.relative_to(self.folder).with_suffix("")
            for path in sorted(folder.rglob("*.tex")):
                text = self._read(path)
                if text is not None:
                    label = path.relative_to(folder).as_posix().removesuffix(".tex")
                    found[label] = self._placed(text, module, path)
        return found

    def _placed(self, text: str, module: Path, path: Path) -> SplicedText:
        """The text with the place in the Lean file that LeanArchitect notes in a comment."""
        builder = SpliceBuilder(LEAN_ARCHITECT)
        noted = _POSITION.search(text)
        source = self._files.of_module(".".join(module.parts))
        if noted is not None and source is not None:
            builder.write(text, Place(self._files.shown(source), int(noted[2]), 1, int(noted[3])))
        else:
            builder.quote(text, Place(self._files.shown(path), 1))
        return builder.finish()

    def header(self, module: str) -> SplicedText | None:
        """What ``\\inputleanmodule`` stands for in a module's TeX: its nodes and comments in order."""
        path = self.folder.joinpath(*module.split(".")).with_suffix(".tex")
        text = self._read(path) if path.is_file() else None
        if text is None:
            return None
        opening = f"\\newleanmodule{{{module}}}{{"
        start, end = text.find(opening), text.rstrip().rfind("}")
        if start < 0 or end < start + len(opening):
            self._warn(path, f"The TeX of the module {module} is not as LeanArchitect writes it.")
            return None
        start += len(opening)
        builder = SpliceBuilder(LEAN_ARCHITECT)
        builder.quote(text[start:end], Place(self._files.shown(path), text.count("\n", 0, start) + 1))
        return builder.finish()

    def contents(self, module: str) -> list[LeanNode | str] | None:
        """Nodes and comments of a module from its JSON, or None where there is none that can be read."""
        path = self.folder.joinpath(*module.split(".")).with_suffix(".json")
        text = self._read(path) if self.exists and path.is_file() else None
        if text is None:
            return None
        try:
            entries = json.loads(text)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 0)
            self._warn(path, f"The JSON of the module {module} is damaged: {error}.", line)
            return None
        if not isinstance(entries, list):
            self._warn(path, f"The JSON of the module {module} is no list.")
            return None
        contents: list[LeanNode | str] = []
        for number, entry in enumerate(entries):
            content = self._content(entry, path)
            if content is None:
                self._warn(path, f"Entry {number + 1} of the module {module} is not as LeanArchitect writes it.")
            else:
                contents.append(content)
        return contents

    def _content(self, entry: Any, written: Path) -> LeanNode | str | None:  # noqa: ANN401  # whatever the JSON holds
        if not isinstance(entry, dict):
            return None
        data = entry.get("data")
        if entry.get("type") == "moduleDoc":
            return data if isinstance(data, str) else None
        if entry.get("type") != "node" or not isinstance(data, dict):
            return None
        label, name = data.get("latexLabel"), data.get("name")
        if not isinstance(label, str) or not label or not isinstance(name, str):
            return None
        module, place = self._location(data, written)
        statement, proof = _part(data.get("statement"), place), _part(data.get("proof"), place)
        if statement is None:
            return None
        return LeanNode(
            label,
            (name,),
            statement,
            replace(proof, environment="proof") if proof is not None else None,
            data["title"] if isinstance(data.get("title"), str) else "",
            data.get("notReady") is True,
            module.split(".")[0] in _MATHLIB,
            str(data["discussion"]) if isinstance(data.get("discussion"), int) else "",
        )

    def _location(self, data: dict[str, Any], written: Path) -> tuple[str, Place]:
        location = data.get("location")
        if not isinstance(location, dict):
            return "", Place(self._files.shown(written), 0)
        named, lines = location.get("module"), location.get("range")
        module = named if isinstance(named, str) else ""
        first, last = (_line(lines.get(key) if isinstance(lines, dict) else None) for key in ("pos", "endPos"))
        path = self._files.of_module(module) if module else None
        if path is None:
            return module, Place(self._files.shown(written), 0)
        return module, Place(self._files.shown(path), first, 1, last)

    def written(self, module: str) -> float:
        """When the files of a module were written, as seconds since the epoch; 0 where there are none."""
        base = self.folder.joinpath(*module.split("."))
        times = [
            path.stat().st_mtime for path in (base.with_suffix(".tex"), base.with_suffix(".json")) if path.exists()
        ]
        return max(times, default=0.0)

    def _read(self, path: Path) -> str | None:
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                self._warn(path, f"{self._files.shown(path)} is larger than 20 MB and was not read.")
                return None
            return path.read_text("utf-8", "replace").replace("\0", " ")
        except OSError as error:
            self._warn(path, f"{self._files.shown(path)} could not be read: {error.strerror or error}.")
            return None

    def _warn(self, path: Path, message: str, line: int = 0) -> None:
        place = Place(self._files.shown(path), line)
        self._files.report(
            "leanarchitect-output-damaged", message, "Run lake build :blueprint again.", place, Severity.WARNING
        )


def _part(data: Any, place: Place) -> LeanPart | None:  # noqa: ANN401  # whatever the JSON holds
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        return None
    uses = data.get("uses")
    environment = data.get("latexEnv")
    return LeanPart(
        environment if isinstance(environment, str) and re.fullmatch(r"[A-Za-z*]+", environment) else "theorem",
        (Quotation(data["text"].strip(), place, follows=False),),
        tuple(label for label in uses if isinstance(label, str)) if isinstance(uses, list) else (),
        data.get("leanOk") is True,
        place,
    )


def _line(position: Any) -> int:  # noqa: ANN401  # whatever the JSON holds
    line = position.get("line") if isinstance(position, dict) else None
    return line if isinstance(line, int) and line > 0 else 0
