"""What an answer rests on: labels and Lean names that it cites, looked up, and marked where there is no such thing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blueprint_app.model.blueprint import Landmark, Node, NodeId
from blueprint_app.model.derive import declared_names
from blueprint_app.model.evidence import EvidenceLevel
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot

_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_CITED = re.compile(r"\[\[([^\[\]\n][^\n]*?)\]\]|(?<!`)(`+)(?!`)([^`\n]+?)(?<!`)\2(?!`)")
_LEAN = re.compile(r"\s*lean\s*:\s*(.*)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing that an answer names.

    `words` are shown for it. `node` is the node that it is, or that a Lean declaration formalises; `place` where it
    stands in a file. `exists` is None for a Lean name that is not the project's own: nobody has looked whether there is
    such a thing. `hint` says more about it, or what is wrong.
    """

    label: str
    words: str
    node: NodeId | None = None
    declaration: str | None = None
    exists: bool | None = True
    hint: str = ""
    place: Place | None = None

    @property
    def is_declaration(self) -> bool:
        """Whether it is a Lean name."""
        return self.declaration is not None


class Citations:
    """Looks up what answers about one snapshot cite; `resolve` is what the rendering of an answer asks."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._node_of: dict[str, NodeId] = {}
        for node in snapshot.blueprint.nodes:
            for name in declared_names(node, snapshot.reading):
                self._node_of.setdefault(name, node.id)

    def resolve(self, text: str, is_code: bool = False) -> Citation | None:
        """What stands between double brackets, or (`is_code`) between backticks; None for code that is no citation.

        ``label``, ``lean:Name``, and either with ``|`` and words of the model's own. Models also put names in
        backticks: these count if there is such a label, or such a declaration of the project.
        """
        text = " ".join(text.split())
        if is_code:
            return self._known(text)
        known = self._known(text)
        if known is not None:
            return known
        text, _, words = (part.strip() for part in text.partition("|"))
        lean = _LEAN.fullmatch(text)
        found = self._declaration(lean[1].strip()) if lean else self._label(text)
        return Citation(
            found.label, words or found.words, found.node, found.declaration, found.exists, found.hint, found.place
        )

    def cited(self, answer: str) -> tuple[Citation, ...]:
        """All that an answer cites outside of its blocks of code, each once, in the order of the first mention."""
        found: dict[tuple[str, str | None], Citation] = {}
        for citation in self._mentioned(_FENCED.sub("\n", answer)):
            found.setdefault((citation.label, citation.declaration), citation)
        return tuple(found.values())

    def _mentioned(self, answer: str) -> Iterator[Citation]:
        for mention in _CITED.finditer(answer):
            inside = (mention[1] or mention[3]).strip()
            is_code = mention[1] is None
            if is_code and inside.startswith("[[") and inside.endswith("]]") and len(inside) > 4:
                inside, is_code = inside[2:-2], False
            citation = self.resolve(inside, is_code)
            if citation is not None:
                yield citation

    def _known(self, text: str) -> Citation | None:
        """A label or declaration of the project by exactly this name, if there is one."""
        if text in self._snapshot.blueprint.labels or text in self._snapshot.nodes:
            return self._label(text)
        evidence = self._snapshot.evidence.declarations.get(text) if text in self._node_of or "." in text else None
        is_found = evidence is not None and evidence.level >= EvidenceLevel.SOURCE
        return self._declaration(text) if text in self._node_of or is_found else None

    def _label(self, label: str) -> Citation:
        node = self._snapshot.nodes.get(self._snapshot.blueprint.labels.get(label, NodeId(label)))
        if node is not None:
            return Citation(label, _name(node), node.id, hint=node.title or node.id)
        landmark = self._snapshot.blueprint.landmarks.get(label)
        if landmark is not None:
            place = landmark.place if landmark.place.line else None
            return Citation(label, _landmark_name(landmark), landmark.inside, hint=label, place=place)
        return Citation(label, label, exists=False, hint="There is no such label in this blueprint.")

    def _declaration(self, name: str) -> Citation:
        evidence = self._snapshot.evidence.of(name)
        node = self._node_of.get(name)
        if evidence.level is EvidenceLevel.MISSING:
            hint = "The project has no such declaration."
            return Citation(name, name, None, name, exists=False, hint=hint)
        if node is not None or evidence.level >= EvidenceLevel.SOURCE:
            hint = f"formalises {node}" if node is not None else evidence.statement or evidence.signature
            return Citation(name, name, node, name, hint=" ".join(hint.split()), place=evidence.place)
        hint = "Not one of the project's own declarations: nobody has looked whether there is one of this name."
        return Citation(name, name, None, name, exists=None, hint=hint)


def _name(node: Node) -> str:
    return f"{node.caption} {node.number}".strip() if node.number else node.title or node.short_label


def _landmark_name(landmark: Landmark) -> str:
    kind = landmark.kind.rstrip("*").capitalize()
    return f"{kind} {landmark.number}".strip() if landmark.number else landmark.title or landmark.label
