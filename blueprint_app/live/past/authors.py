"""Reads who wrote what of a project as it is at the commit checked out: what is not committed does not count."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from blueprint_app.insight.attribution.credits import Blamed, BlamedFile, Side
from blueprint_app.lean.scan.declarations import scan_text
from blueprint_app.live.past.blame import Blamable, blame
from blueprint_app.live.past.git import Check, Contents, NoGitError
from blueprint_app.live.past.main_line import LINK
from blueprint_app.live.past.names import commit_names
from blueprint_app.live.past.past import Line, Past
from blueprint_app.live.past.trees import base_of
from blueprint_app.model.blueprint import Blueprint, Node, Reading
from blueprint_app.model.derive import declared_names
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.file_access import HeldFiles
from blueprint_app.sources.lean_files import MAX_FILE_BYTES
from blueprint_app.sources.project import read_files

Report = Callable[[float, str], None]
_NOT_SOURCES = frozenset({".lake", "lake-packages", "build", "node_modules", "_out"})


@dataclass(frozen=True, slots=True)
class Authors:
    """What attribution is made from: the commit, the blueprint as it is there, and whose its lines are."""

    commit: str
    blueprint: Blueprint
    blamed: Blamed
    remarks: tuple[Diagnostic, ...]


def read_authors(
    past: Past,
    check: Check = lambda: None,
    report: Report = lambda fraction, note: None,
    choose: Callable[[Blueprint], Iterable[Node] | None] = lambda blueprint: None,
) -> Authors:
    """The authors of a whole project, or of the nodes that `choose` gives alone, for which only their files are asked.

    Raises `NoGitError` where there is no history, or no blueprint in it.
    """
    report(-1.0, "Reading the project as it is committed")
    line = past.line(check)
    with closing(past.git.objects()) as objects:
        files = _files(line)
        contents = Contents({path: each.blob for path, each in files.items()}, objects, {}, MAX_FILE_BYTES)
        folder = past.folder
        entry = line.wanted.entry.removeprefix(_base(line))
        blueprint = read_files(HeldFiles(folder, contents), folder, folder / entry if entry else None, check)
        if blueprint is None:
            raise NoGitError("No commit holds a blueprint in TeX or in Lean files.", "Commit it.")
        chosen = choose(blueprint)
        names = _names(blueprint.nodes if chosen is None else chosen)
        declarations = _declarations(contents, names, check)
        wanted = _wanted(blueprint, contents, declarations, chosen)
        blank = {path: _blank_lines(contents[path]) for path in wanted}
    asked = [files[path] for path in wanted]
    base = _base(line)
    found = blame(past.git, line.clone, asked, past.store(line), check, report)
    blamed = {
        path: BlamedFile(path, side, _without(found.commits[base + path], blank[path]))
        for path, side in wanted.items()
        if base + path in found.commits
    }
    return Authors(
        line.clone.head,
        blueprint,
        Blamed(blamed, commit_names(past.git, line.clone, check), declarations),
        tuple(_remarks(line, len(wanted) - len(blamed), found.why)),
    )


def _base(line: Line) -> str:
    return base_of(line.wanted.entry, line.clone.prefix)


def _files(line: Line) -> dict[str, Blamable]:
    """The project's files at the end of the line, by their path below its folder, without links."""
    base = _base(line)
    files: dict[str, Blamable] = {}
    for each in line.commits:
        for change in each.changes:
            if change.path.startswith(base):
                path = change.path[len(base) :]
                files.pop(path, None)
                if change.blob and change.mode != LINK:
                    files[path] = Blamable(change.path, change.blob, each.commit.id)
    return files


def _names(nodes: Iterable[Node]) -> frozenset[str]:
    return frozenset(name for node in nodes for name in declared_names(node, Reading.STRICT))


def _declarations(contents: Mapping[str, bytes], names: Collection[str], check: Check) -> dict[str, Place]:
    """Where the project's Lean text declares some names: whole declarations, what was read before what was inferred."""
    found: dict[str, tuple[bool, Place]] = {}
    if not names:
        return {}
    ends = {name.rsplit(".", 1)[-1].encode() for name in names}
    for path in _lean_paths(contents):
        check()
        data = _content(contents, path)
        if not any(end in data for end in ends):
            continue
        for each in scan_text(data.decode("utf-8", "replace")).declarations:
            if each.name in names and (each.name not in found or (found[each.name][0] and not each.is_generated)):
                found[each.name] = each.is_generated, Place(path, each.start_line, 1, each.end_line)
    return {name: place for name, (_, place) in found.items()}


def _lean_paths(contents: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in contents if path.endswith(".lean") and _is_source(path))


def _is_source(path: str) -> bool:
    folders = path.split("/")[:-1]
    hidden = any(each.startswith(".") or each in _NOT_SOURCES for each in folders)
    return not hidden and not path.startswith("blueprint/attempts/")


def _wanted(
    blueprint: Blueprint,
    contents: Mapping[str, bytes],
    declarations: Mapping[str, Place],
    chosen: Iterable[Node] | None,
) -> dict[str, Side]:
    """The files to ask about: those of some nodes, or all of the blueprint's and all Lean sources."""
    if chosen is None:
        text = [file.path for file in blueprint.files]
        lean = _lean_paths(contents)
    else:
        passages = [passage for node in chosen for passage in (node.statement, node.proof) if passage is not None]
        text = [passage.place.file for passage in passages]
        lean = [place.file for place in declarations.values()]
    sides = dict.fromkeys(lean, Side.LEAN) | {path: Side.TEXT for path in text if not path.endswith(".lean")}
    sides |= {path: Side.LEAN for path in text if path.endswith(".lean")}
    return {path: side for path, side in sides.items() if path in contents and _content(contents, path)}


def _content(contents: Mapping[str, bytes], path: str) -> bytes:
    try:
        return contents[path]
    except KeyError:
        return b""


def _blank_lines(data: bytes) -> frozenset[int]:
    return frozenset(number for number, line in enumerate(data.split(b"\n")) if not line.strip())


def _without(commits: tuple[str, ...], blank: frozenset[int]) -> tuple[str, ...]:
    return tuple("" if number in blank else commit for number, commit in enumerate(commits))


def _remarks(line: Line, not_told: int, why: str) -> Iterator[Diagnostic]:
    if not_told:
        yield Diagnostic(
            Severity.NOTE,
            "blame-incomplete",
            f"git does not tell who wrote {not_told:,} of the files, so that their lines do not count. {why}",
            "A clone without all contents (--filter) cannot tell.",
        )
    if line.clone.boundary:
        yield Diagnostic(
            Severity.NOTE,
            "history-shallow",
            f"The clone is shallow: who wrote what was there on {line.commits[0].commit.time:%Y-%m-%d} is not known.",
            "Fetch the rest with `git fetch --unshallow`.",
        )
