"""Reads a list of nodes in YAML, the form for other tools and for hands; docs/reference/formats.md describes it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.diagnostic import Severity
from blueprint_app.sources.listed_file import ListedFile, read_listed
from blueprint_app.sources.plain_nodes import PlainNode, blueprint_of, kind_of
from blueprint_app.sources.yaml_text import compose

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off", ""})


def read_yaml(folder: Path, path: Path) -> Blueprint:
    """The blueprint of a YAML file; what does not fit is reported with its line and left out."""
    file = read_listed(folder, path)
    reader = _Reader(file)
    nodes = list(reader.nodes()) if file.text.strip() else []
    return blueprint_of(folder, reader.title or path.stem, "YAML", nodes, file.sources, file.diagnostics)


class _Reader:
    """Walks the composed document, whose nodes know their lines, without building Python objects from tags."""

    def __init__(self, file: ListedFile) -> None:
        self.file = file
        self.title = ""

    def nodes(self) -> Iterator[PlainNode]:
        root = self._root()
        if root is None:
            return
        if isinstance(root, yaml.MappingNode):
            entries = self._mapping(root)
            title = entries.get("title")
            self.title = self._text(title, "title") if title is not None else ""
            listed = entries.get("nodes")
            if listed is None:
                self._fault("yaml-form", "There is no list `nodes`.", root)
                return
        else:
            listed = root
        if isinstance(listed, yaml.MappingNode):
            for key, value in listed.value:
                yield from self._node(value, self._text(key, "id"), key)
        elif isinstance(listed, yaml.SequenceNode):
            for each in listed.value:
                yield from self._node(each, "", each)
        else:
            self._fault("yaml-form", "`nodes` is neither a list nor a mapping from ids.", listed)

    def _root(self) -> yaml.Node | None:
        try:
            return compose(self.file.text, tagged=True)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or str(error)
            line = mark.line + 1 if mark is not None else 0
            self.file.report("yaml-damaged", f"This is no YAML: {problem}.", "Correct it.", line, Severity.ERROR)
        except (RecursionError, ValueError) as error:
            self.file.report("yaml-damaged", f"This is no YAML: {error}.", "Correct it.", 0, Severity.ERROR)
        return None

    def _node(self, value: yaml.Node, name: str, where: yaml.Node) -> Iterator[PlainNode]:
        if not isinstance(value, yaml.MappingNode):
            self._fault("yaml-form", "A node must be a mapping with an id.", where)
            return
        entries = self._mapping(value)
        if "id" in entries:
            name = self._text(entries["id"], "id")
        if not name.strip():
            self._fault("yaml-form", "This node has no id.", where)
            return
        node = PlainNode(name.strip(), self.file.place(where.start_mark.line + 1))
        for key, entry in entries.items():
            setter = _FIELDS.get(key)
            if setter is not None:
                setter(self, node, key, entry)
            elif key != "id":
                self._fault("yaml-form", f"The key {key!r} means nothing here.", entry, Severity.NOTE)
        yield node

    def _mapping(self, node: yaml.MappingNode) -> dict[str, yaml.Node]:
        entries: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self._text(key, "key")
            if name in entries:
                self._fault("yaml-form", f"The key {name!r} is there twice; the first one counts.", key)
            entries.setdefault(name, value)
        return entries

    def _text(self, node: yaml.Node, key: str) -> str:
        if isinstance(node, yaml.ScalarNode):
            return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)
        self._fault("yaml-form", f"The value of {key!r} must be a text.", node)
        return ""

    def _list(self, node: yaml.Node, key: str) -> list[str]:
        """A list of texts; a single text may hold several between commas."""
        if isinstance(node, yaml.SequenceNode):
            texts = [self._text(each, key) for each in node.value]
        else:
            texts = self._text(node, key).split(",")
        return [text.strip() for text in texts if text.strip()]

    def _flag(self, node: yaml.Node, key: str) -> bool:
        text = self._text(node, key).strip().lower()
        if text not in _TRUE and text not in _FALSE:
            self._fault("yaml-form", f"The value of {key!r} must be true or false.", node)
        return text in _TRUE

    def _fault(self, code: str, message: str, node: yaml.Node, severity: Severity = Severity.WARNING) -> None:
        hint = "The guide (F1) describes the form, under File formats."
        self.file.report(code, message, hint, node.start_mark.line + 1, severity)

    def set_text(self, node: PlainNode, key: str, entry: yaml.Node) -> None:
        setattr(node, key, self._text(entry, key).strip())

    def set_kind(self, node: PlainNode, key: str, entry: yaml.Node) -> None:
        node.kind = kind_of(self._text(entry, key))

    def set_list(self, node: PlainNode, key: str, entry: yaml.Node) -> None:
        setattr(node, key, self._list(entry, key))

    def set_flag(self, node: PlainNode, key: str, entry: yaml.Node) -> None:
        setattr(node, _FLAGS[key], self._flag(entry, key))


_FLAGS = {"leanok": "stated", "proof_leanok": "proved", "mathlibok": "mathlib", "notready": "notready"}
_FIELDS: dict[str, Callable[[_Reader, PlainNode, str, yaml.Node], None]] = {
    **dict.fromkeys(("title", "number", "chapter", "statement", "proof", "discussion"), _Reader.set_text),
    "kind": _Reader.set_kind,
    **dict.fromkeys(("uses", "proof_uses", "lean"), _Reader.set_list),
    **dict.fromkeys(_FLAGS, _Reader.set_flag),
}
