"""Where a drafted statement would go: near what it rests on, at the end of a file, in that file's namespace."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.records.imports import read_imports
from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.lean.scan.commands import Command, commands
from blueprint_app.lean.scan.declarations import scan_text
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot

_NAME_ON_LINE = re.compile(r"[ \t]*([^\s:(\[{]+)")


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place for a new declaration. `before` and `after` make up the file's text exactly.

    `namespace` is what is open there, "" if nothing is; `file` is relative to the project's base folder.
    """

    file: str
    module: str
    before: str
    after: str
    namespace: str

    @property
    def line(self) -> int:
        """The 1-based line in which the new text would begin."""
        return self.before.count("\n") + 3 if self.before else 1

    def text_with(self, declarations: str) -> str:
        """The file with these declarations, a blank line around them; its line ends become single newlines."""
        written = _plain(declarations).strip("\n")
        before, after = _plain(self.before), _plain(self.after)
        gap = "\n\n" if before else ""
        below = "\n" if after.startswith("\n") and not after.startswith("\n\n") and after.strip() else ""
        return f"{before}{gap}{written}{below}{after}"

    def declared_name(self, declarations: str) -> str:
        """The full name that the last of these declarations has here. Raises BlueprintError if there is none."""
        start = self.line
        end = start + declarations.strip().count("\n")
        found = [
            each.name
            for each in scan_text(self.text_with(declarations)).declarations
            if start <= each.line <= end and not each.is_generated and not each.is_anonymous
        ]
        if not found:
            raise BlueprintError("The draft declares nothing that has a name.", "Ask for a theorem or a definition.")
        return found[-1]


def places_for(snapshot: Snapshot, project: LeanProject, node: NodeId) -> tuple[NewPlace, ...]:
    """Places for the statement of a node, the most sensible first; each file of the project once.

    First come files that hold or import all that the node uses, and of those the one of the nearest node before it.
    """
    modules = project.modules()
    files = {project.shown_path(path): module for module, path in modules.items()}
    texts: dict[str, str] = {}
    for shown, module in files.items():
        text = _text_of(modules[module])
        if text is not None:
            texts[shown] = text
    if not texts:
        raise BlueprintError("The project has no Lean file of its own.", "Make one, and import it in the root file.")
    above = _imported(texts, files)
    used = {file for other in _used(snapshot, node) for file in _files_of(snapshot, other) if file in texts}
    near = {file: rank for rank, file in reversed([*enumerate(_near(snapshot, node))])}

    def fitness(file: str) -> tuple[int, int, int, str]:
        return len(used - above[file]), near.get(file, len(near)), -len(texts[file]), file

    return tuple(place_at_end(file, files[file], texts[file]) for file in sorted(texts, key=fitness))


def place_at_end(file: str, module: str, text: str) -> NewPlace:
    """The place before the ``end``s with which a file closes, in its innermost namespace but in no section of it."""
    code = blanked(text).code
    found = list(commands(code))
    scopes: list[tuple[str, str]] = []
    best: tuple[int, list[tuple[str, str]]] | None = None
    closing = next((at for at in range(len(found), 0, -1) if found[at - 1].keyword != "end"), 0)
    for number, command in enumerate(found):
        if number >= closing and best is None and all(kind == "namespace" for kind, _ in scopes):
            best = command.start, list(scopes)
        _follow(scopes, command, code)
    start, scopes = best if best is not None else (len(code), scopes)
    position = len(text[:start].rstrip())
    namespace = ".".join(name for kind, name in scopes if kind == "namespace")
    return NewPlace(file, module, text[:position], text[position:], namespace)


def _follow(scopes: list[tuple[str, str]], command: Command, code: str) -> None:
    name = _NAME_ON_LINE.match(code, command.end)
    if command.keyword == "end":
        closed = name[1].count(".") + 1 if name else 1
        del scopes[max(0, len(scopes) - closed) :]
    elif command.keyword in ("namespace", "section", "mutual"):
        parts = name[1].split(".") if name and command.keyword != "mutual" else [""]
        scopes.extend((command.keyword, part) for part in parts)


def _used(snapshot: Snapshot, node: NodeId) -> tuple[NodeId, ...]:
    return (*snapshot.statement_uses[node], *snapshot.proof_uses[node])


def _files_of(snapshot: Snapshot, node: NodeId) -> Iterator[str]:
    for each in snapshot.node_evidence[node].declarations:
        if each.place is not None and not each.is_external:
            yield each.place.file


def _near(snapshot: Snapshot, node: NodeId) -> Iterator[str]:
    """The files of the other nodes: those before it, the nearest first, then those after it."""
    order = list(snapshot.nodes)
    at = order.index(node)
    for other in (*reversed(order[:at]), *order[at + 1 :]):
        yield from _files_of(snapshot, other)


def _imported(texts: Mapping[str, str], files: Mapping[str, str]) -> dict[str, set[str]]:
    """For each file all of the project's own files that it is built on, itself too."""
    by_module = {module: file for file, module in files.items()}
    direct = {
        file: [by_module[module] for module in read_imports(text) if by_module.get(module) in texts]
        for file, text in texts.items()
    }
    found: dict[str, set[str]] = {}
    for file in texts:
        waiting, seen = [file], {file}
        while waiting:
            fresh = [other for other in direct[waiting.pop()] if other not in seen]
            seen.update(fresh)
            waiting += fresh
        found[file] = seen
    return found


def _text_of(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
