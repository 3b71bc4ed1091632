"""Which sources a project folder holds, read and merged into one blueprint."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from blueprint_app.model.blueprint import DEFAULT_KINDS, Blueprint, SourceFile
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place
from blueprint_app.sources.file_access import FileAccess
from blueprint_app.sources.lean_architect.texts import Memory
from blueprint_app.sources.lean_files import LeanFiles
from blueprint_app.sources.lean_texts import LeanTexts, Question
from blueprint_app.sources.leanblueprint.files import find_entry
from blueprint_app.sources.leanblueprint.reader import read_entry, read_text
from blueprint_app.sources.merging import merged
from blueprint_app.sources.other.drawn import read_dot, read_graphml
from blueprint_app.sources.other.yaml_form import read_yaml
from blueprint_app.sources.relocating import Relocation, lines_moved
from blueprint_app.sources.splicing import SpliceBuilder, SplicedText
from blueprint_app.sources.verso.manifest import NAME as MANIFEST
from blueprint_app.sources.verso.manifest import manifests, read_manifests
from blueprint_app.sources.website.site import read_site, site_folder

Check = Callable[[], None]

LIST_NAMES = ("blueprint.yaml", "blueprint.yml", "blueprint.graphml", "blueprint.dot", "blueprint.gv")
"""Files beside a project's own sources that are taken in with them."""
_READERS: dict[str, Callable[[Path, Path], Blueprint]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".dot": read_dot,
    ".gv": read_dot,
    ".graphml": read_graphml,
}


def read_project(path: Path, check: Check = lambda: None) -> Blueprint:
    """The blueprint of the project that `path` (a folder, or a file in it) belongs to.

    A folder may hold several sources: TeX (with what it takes in from Lean files), manifests of
    verso-blueprint, and a list called ``blueprint.yaml`` or the like. Without TeX the tags and comments in
    its Lean files make a document of their own, and a built web site is read last of all. `check` is
    called often and may raise to stop. Raises BlueprintError where nothing of the kind is found.
    """
    path = Path(os.path.abspath(path))
    if path.is_file():
        single = _read_file(path)
        if single is not None:
            return single
    try:
        project, entry = find_entry(path)
    except BlueprintError:
        folder = path if path.is_dir() else path.parent
        if not folder.is_dir():
            raise
        found = list(_without_tex(folder, check))
        if not found:
            raise
        return merged(found)
    texts = LeanTexts(LeanFiles(project, check))
    return merged([read_entry(project, entry, check, texts), *_beside(project, check)])


def read_files(
    access: FileAccess,
    project: Path,
    entry: Path | None,
    check: Check = lambda: None,
    memory: Memory | None = None,
) -> Blueprint | None:
    """The blueprint in files that need not be on the disk: the one whose web.tex is `entry`, with what it takes in.

    Without an `entry` it is what the Lean files hold, None where they hold nothing. What other programs wrote is not
    looked at. `memory` is of an earlier state of the same project.
    """
    texts = LeanTexts(LeanFiles(project, check, access), memory)
    if entry is None:
        return _document_of_lean(project, check, texts)
    return read_entry(project, entry, check, texts, access)


@dataclass(frozen=True, slots=True)
class _Former:
    """A blueprint as read from TeX, and what was said of the Lean files then."""

    blueprint: Blueprint
    answers: Mapping[Question, SplicedText | None]
    files: tuple[SourceFile, ...]
    diagnostics: tuple[Diagnostic, ...]


class ProjectReader:
    """Reads one project again and again: of Lean files that changed only what they mean for the blueprint.

    Where the TeX that it takes from its Lean files is still the same, as while a proof is being written, the blueprint
    is the same but for the places in them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._memory = Memory()
        self._former: _Former | None = None

    def read(self, check: Check = lambda: None, *, only_lean: bool = False) -> Blueprint:
        """The blueprint as `read_project` gives it; with `only_lean` nothing but Lean files changed since before."""
        try:
            project, entry = find_entry(Path(os.path.abspath(self._folder)))
        except BlueprintError:
            return read_project(self._folder, check)
        texts = LeanTexts(LeanFiles(project, check), self._memory)
        blueprint = self._relocated(texts) if only_lean else None
        if blueprint is None:
            blueprint = read_entry(project, entry, check, texts)
        self._former = _Former(blueprint, texts.answers, texts.files, texts.diagnostics)
        return merged([blueprint, *_beside(project, check)])

    def _relocated(self, texts: LeanTexts) -> Blueprint | None:
        """The former blueprint with places as they are now; None if Lean files hold something else of it."""
        if self._former is None:
            return None
        former, blueprint = self._former, self._former.blueprint
        lines = lines_moved([(old, texts.answer(question)) for question, old in former.answers.items()])
        if lines is None:
            return None
        relocation = Relocation(lines)
        moved: Blueprint = relocation.of(blueprint)
        if relocation.is_lost or relocation.of(former.diagnostics) != texts.diagnostics:
            return None
        lean = {file.path for file in former.files}
        own = tuple(file for file in blueprint.files if file.path not in lean)
        return replace(moved, files=(*own, *texts.files))


def _read_file(path: Path) -> Blueprint | None:
    """The blueprint of one file that is a source by itself, or None if it only belongs to a project."""
    reader = _READERS.get(path.suffix.lower())
    if reader is not None:
        return reader(path.parent, path)
    if path.name == MANIFEST:
        return read_manifests(path.parent, [path])
    if path.suffix.lower() in (".html", ".htm") and site_folder(path.parent) == path.parent:
        return read_site(path.parent)
    return None


def _beside(folder: Path, check: Check) -> Iterable[Blueprint]:
    """What a folder holds besides TeX and Lean."""
    paths = manifests(folder)
    check()
    if paths:
        yield read_manifests(folder, paths)
    for name in LIST_NAMES:
        if (folder / name).is_file():
            yield _READERS[Path(name).suffix](folder, folder / name)
            check()


def _without_tex(folder: Path, check: Check) -> Iterable[Blueprint]:
    beside = list(_beside(folder, check))
    document = _document_of_lean(folder, check, LeanTexts(LeanFiles(folder, check)))
    if document is not None:
        yield document
    yield from beside
    if document is None and not beside:
        site = site_folder(folder)
        if site is not None:
            yield read_site(site)
            return
        lists = [path for suffix in _READERS for path in sorted(folder.glob(f"*{suffix}"))]
        if len(lists) == 1:
            yield _READERS[lists[0].suffix](folder, lists[0])


def _document_of_lean(folder: Path, check: Check, texts: LeanTexts) -> Blueprint | None:
    """What a project's Lean files hold, a chapter for each module, where no TeX says in which order."""
    files = texts.lean
    commented = texts.comments.paths()
    modules = texts.architect.modules()
    if not modules and not commented:
        return None
    kinds = tuple(dict.fromkeys((*DEFAULT_KINDS, *texts.architect.environments())))
    place = Place(".", 0)
    builder = SpliceBuilder("leanblueprint")
    builder.write("\\documentclass{report}\n\\usepackage{amsmath,amsthm,hyperref}\n", place)
    builder.write(f"\\usepackage[thms={'+'.join(kinds)}]{{blueprint}}\n", place)
    for kind in dict.fromkeys((*kinds, "remark", "example")):
        builder.write(f"\\newtheorem{{{kind}}}{{{kind.capitalize()}}}[chapter]\n", place)
    builder.write("\\begin{document}\n", place)
    for module in modules:
        builder.write(f"\\chapter{{{_heading(module)}}}\n\\inputleanmodule{{{module}}}\n", place)
    for path in commented:
        text = texts.comments.of_file(path)
        if text is not None:
            if not _has_sections(text.text):
                builder.write(f"\\chapter{{{_heading(Path(files.shown(path)).stem)}}}\n", place)
            name = Path(files.shown(path)).with_suffix("").as_posix()
            builder.write(f"\\input{{{name}}}\n", place)
    builder.write("\\end{document}\n", place)
    return read_text(folder, builder.finish(), texts, check)


def _heading(module: str) -> str:
    """A module's name as text in TeX."""
    return module.replace("\\", "").replace("{", "").replace("}", "").replace("_", "\\_").replace("%", "\\%")


def _has_sections(text: str) -> bool:
    return "\\chapter" in text or "\\section" in text
