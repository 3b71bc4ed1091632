"""Answers what a document asks of LeanArchitect: from its last build where there is one, else from the Lean sources."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.lean_architect.built import BuiltModules
from blueprint_app.sources.lean_architect.declarations import ModuleComment, ScannedFile, Tagged, scan_file
from blueprint_app.sources.lean_architect.from_source import label_of, node_of
from blueprint_app.sources.lean_architect.inference import Inferred, UsesByText
from blueprint_app.sources.lean_architect.masking import MaskedText, mask
from blueprint_app.sources.lean_architect.nodes import LeanNode, as_tex, merged
from blueprint_app.sources.lean_files import LeanFiles
from blueprint_app.sources.splicing import LEAN_ARCHITECT, SpliceBuilder, SplicedText

_GENERATED = re.compile(r"(?:^|/)\.lake/build/blueprint/(?:library|module)/|^\.\./\.\./build/blueprint/library/")
MARK = b"blueprint"


@lru_cache(maxsize=4096)
def _scan_text(shown: str, text: str) -> ScannedFile:
    """What a file's text holds; kept, as a project that is followed changes a file at a time."""
    return scan_file(mask(shown, text))


Source = tuple[MaskedText, Tagged, tuple[Inferred, Inferred]]
"""A tagged declaration with its file, and what its statement and proof were found to rest on."""


@dataclass(slots=True)
class Memory:
    """What was worked out for a project and may hold still when one of its files has changed.

    `names` are the labels of tagged names. `nodes` and `modules` are texts with what they were made of: where that is
    the same, so is the text.
    """

    uses: UsesByText | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    nodes: dict[str, tuple[Mapping[str, str], list[Source], SplicedText]] = field(default_factory=dict)
    modules: dict[str, tuple[ScannedFile, tuple[SplicedText, ...], SplicedText]] = field(default_factory=dict)


class ArchitectTexts:
    """The nodes and modules of one project; nothing is read before the first question."""

    def __init__(self, files: LeanFiles, memory: Memory | None = None) -> None:
        self._files = files
        self._memory = memory or Memory()
        self._built = BuiltModules(files)
        self._texts: dict[str, SplicedText | None] = {}
        self._modules: dict[str, SplicedText | None] = {}
        self._from_source: set[str] = set()
        self._stale: set[str] = set()

    @staticmethod
    def is_generated(name: str) -> bool:
        """Whether a path in ``\\input`` is one that LeanArchitect writes."""
        return _GENERATED.search(name.replace("\\", "/")) is not None

    @property
    def notes(self) -> tuple[Diagnostic, ...]:
        """What a reader should know of where the answers came from."""
        notes = []
        if self._from_source:
            count = len(self._from_source)
            notes.append(
                Diagnostic(
                    Severity.NOTE,
                    "leanarchitect-unbuilt",
                    f"{count} {'node was' if count == 1 else 'nodes were'} read from @[blueprint] in the Lean sources, "
                    "as LeanArchitect has not been run: what they use was guessed from the names in their text. Uses "
                    "that only Lean sees (by simp, dot notation, instances) are missing.",
                    "Run lake build :blueprint and open the project again.",
                    Place(self._first_file, 0) if self._first_file else None,
                )
            )
        for module in sorted(self._stale):
            path = self._files.of_module(module)
            notes.append(
                Diagnostic(
                    Severity.NOTE,
                    "leanarchitect-stale",
                    f"{module} was changed after LeanArchitect was run: what is shown of it is the older state.",
                    "Run lake build :blueprint and open the project again.",
                    Place(self._files.shown(path), 0) if path is not None else None,
                )
            )
        return tuple(notes)

    @property
    def _first_file(self) -> str:
        places = (tagged.place.file for label in sorted(self._from_source) for _, tagged in self._tagged.get(label, ()))
        return min(places, default="")

    def labels(self) -> list[str]:
        """All labels that the sources tag, in the order of files and lines."""
        return list(self._tagged)

    def modules(self) -> list[str]:
        """The modules that hold nodes, by the last build or else by the sources."""
        if self._built.exists:
            return [name for name in self._built.names() if (text := self.module(name)) and text.text.strip()]
        return [self._module_of(path) for path, scanned in self._scanned.items() if scanned.entries]

    def environments(self) -> tuple[str, ...]:
        """The environments that nodes have beyond those that leanblueprint takes by default."""
        named = [tagged.options.environment for entries in self._tagged.values() for _, tagged in entries]
        built = [node.statement.environment for node in self._nodes_of_json.values()]
        return tuple(dict.fromkeys(name for name in (*named, *built) if name and re.fullmatch(r"[A-Za-z]+", name)))

    def node(self, label: str) -> SplicedText | None:
        """What ``\\inputleannode{label}`` stands for."""
        if label not in self._texts:
            self._texts[label] = self._node(label)
        return self._texts[label]

    def _node(self, label: str) -> SplicedText | None:
        if label in self._built_texts:
            return self._built_texts[label]
        if label in self._nodes_of_json:
            return as_tex(self._nodes_of_json[label])
        entries = self._tagged.get(label)
        if not entries:
            return None
        self._from_source.add(label)
        names = self._labels_of_names
        sources = [(file, tagged, self._uses.of(tagged.names, file.path)) for file, tagged in entries]
        known = self._memory.nodes.get(label)
        if known is not None and known[0] is names and known[1] == sources:
            return known[2]
        text = as_tex(merged([node_of(file, tagged, names, uses) for file, tagged, uses in sources]))
        self._memory.nodes[label] = names, sources, text
        return text

    def module(self, name: str) -> SplicedText | None:
        """What ``\\inputleanmodule{name}`` stands for."""
        if name not in self._modules:
            self._modules[name] = self._module(name)
        return self._modules[name]

    def _module(self, name: str) -> SplicedText | None:
        path = self._files.of_module(name)
        if self._built.exists:
            found = self._built.header(name) or self._from_json(name)
            if found is not None:
                if path is not None and path.stat().st_mtime > self._built.written(name) + 1:
                    self._stale.add(name)
                return found
        return self._from_file(path) if path is not None else None

    def _from_json(self, name: str) -> SplicedText | None:
        contents = self._built.contents(name)
        if contents is None:
            return None
        builder = SpliceBuilder(LEAN_ARCHITECT)
        done: set[str] = set()
        for content in contents:
            if isinstance(content, str):
                builder.write(content + "\n\n", Place("", 0))
            elif content.label not in done and (text := self.node(content.label)) is not None:
                done.add(content.label)
                builder.append(text)
        return builder.finish()

    def _from_file(self, path: Path) -> SplicedText | None:
        scanned = self._scan(path)
        if scanned is None:
            return None
        labels = dict.fromkeys(label_of(entry) for entry in scanned.entries if isinstance(entry, Tagged))
        nodes = {label: text for label in labels if (text := self.node(label)) is not None}
        shown, parts = self._files.shown(path), tuple(nodes.values())
        known = self._memory.modules.get(shown)
        if known is not None and known[0] is scanned and _all_same(known[1], parts):
            return known[2]
        text = _joined(scanned, nodes)
        self._memory.modules[shown] = scanned, parts, text
        return text

    @cached_property
    def _built_texts(self) -> dict[str, SplicedText]:
        return self._built.texts()

    @cached_property
    def _nodes_of_json(self) -> dict[str, LeanNode]:
        """Nodes of modules that were built to JSON only, those of one label merged."""
        groups: dict[str, list[LeanNode]] = {}
        for module in self._built.names():
            if not (self._built.folder.joinpath(*module.split(".")).with_suffix(".tex")).is_file():
                for content in self._built.contents(module) or ():
                    if isinstance(content, LeanNode):
                        groups.setdefault(content.label, []).append(content)
        return {label: merged(nodes) for label, nodes in groups.items()}

    def _scan(self, path: Path) -> ScannedFile | None:
        """What a file holds; one that the index has left out holds nothing for the blueprint."""
        if path not in self._scanned:
            text = self._files.text(path)
            return None if text is None else _scan_text(self._files.shown(path), text)
        return self._scanned[path]

    @cached_property
    def _scanned(self) -> dict[Path, ScannedFile]:
        """The files that may hold tags."""
        return self._scans(self._files.containing(MARK))

    def _scans(self, paths: list[Path]) -> dict[Path, ScannedFile]:
        scanned = {}
        for path in paths:
            self._files.check()
            text = self._files.text(path)
            if text is not None:
                scanned[path] = _scan_text(self._files.shown(path), text)
        return scanned

    @cached_property
    def _uses(self) -> UsesByText:
        """Over all files: what is not tagged stands between nodes."""
        files = {self._module_of(path): scanned for path, scanned in self._scans(self._files.paths()).items()}
        self._memory.uses = UsesByText(files, self._labels_of_names, self._files.check, self._memory.uses)
        return self._memory.uses

    @cached_property
    def _tagged(self) -> dict[str, list[tuple[MaskedText, Tagged]]]:
        """Tagged declarations by label; faults in their attributes are reported."""
        found: dict[str, list[tuple[MaskedText, Tagged]]] = {}
        for scanned in self._scanned.values():
            file = scanned.file
            for entry in scanned.entries:
                if not isinstance(entry, Tagged):
                    continue
                for offset, message in entry.options.faults:
                    self._files.report(
                        "blueprint-attribute", message, "LeanArchitect's README lists them.", file.place(offset)
                    )
                label = label_of(entry)
                if label:
                    found.setdefault(label, []).append((file, entry))
                else:
                    self._files.report(
                        "blueprint-attribute",
                        "This declaration has neither a name nor a label: Lean alone knows what it is called.",
                        'Give it a label: @[blueprint "label" ...].',
                        entry.place,
                    )
        return found

    @cached_property
    def _labels_of_names(self) -> Mapping[str, str]:
        names = {
            name: label for label, entries in self._tagged.items() for _, tagged in entries for name in tagged.names
        }
        if names != self._memory.names:
            self._memory.names = names
        return self._memory.names

    def _module_of(self, path: Path) -> str:
        return ".".join(Path(self._files.shown(path)).with_suffix("").parts)


def _joined(scanned: ScannedFile, nodes: Mapping[str, SplicedText]) -> SplicedText:
    """The text of a module: its comments and nodes in order, each node once."""
    waiting, file = dict(nodes), scanned.file
    builder = SpliceBuilder(LEAN_ARCHITECT)
    for entry in scanned.entries:
        if isinstance(entry, ModuleComment):
            builder.quote(entry.doc.text, file.place(entry.doc.start))
            builder.write("\n\n", file.place(entry.doc.start))
        elif (text := waiting.pop(label_of(entry), None)) is not None:
            builder.append(text)
    return builder.finish()


def _all_same(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether these are the very same objects."""
    return len(one) == len(other) and all(first is second for first, second in zip(one, other, strict=True))
