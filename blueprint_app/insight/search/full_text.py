"""Finding nodes and declarations by what they say: words of a question against words of texts, LaTeX read aloud."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.insight.search.search import declarations_of, excerpt_of
from blueprint_app.insight.search.symbol_words import STOP_WORDS
from blueprint_app.insight.search.tex_words import (
    TexWords,
    plain_words,
    words_of_lean,
    words_of_name,
    words_of_question,
)
from blueprint_app.insight.search.text_ranking import TextRanking, Weighing
from blueprint_app.insight.search.vectors import Vector, VectorTable
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.evidence import DeclarationEvidence
from blueprint_app.model.snapshot import Snapshot

Check = Callable[[], None]


class Field(StrEnum):
    """Where the words of a question were met."""

    LABEL = "label"
    TITLE = "title"
    LEAN_NAME = "Lean name"
    DOCSTRING = "docstring"
    STATEMENT = "statement"
    PROOF = "proof"
    SECTION = "section"
    USES = "what it uses"
    MEANING = "meaning"
    """Nowhere by its words: the vectors of the question and of the text are near each other."""


_NODE_FIELDS: Mapping[Field, Weighing] = {
    Field.LABEL: Weighing(2.0, 2.0),
    Field.TITLE: Weighing(3.0, 4.0),
    Field.LEAN_NAME: Weighing(1.0, 1.5),
    Field.DOCSTRING: Weighing(1.0, 1.0),
    Field.STATEMENT: Weighing(2.0, 2.0),
    Field.PROOF: Weighing(0.3, 0.3),
    Field.SECTION: Weighing(0.5, 0.5),
    Field.USES: Weighing(0.5, 0.5),
}
_DECLARATION_FIELDS: Mapping[Field, Weighing] = {
    Field.LEAN_NAME: Weighing(2.0, 2.0),
    Field.DOCSTRING: Weighing(2.0, 2.0),
    Field.STATEMENT: Weighing(1.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class TextHit:
    """A node that was found, where, and a line of the text that says so ("" where its names do)."""

    node: NodeId
    score: float
    field: Field
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationHit:
    """A declaration of the project that was found."""

    declaration: DeclarationEvidence
    score: float
    field: Field
    excerpt: str = ""


class FullTextIndex:
    """The nodes of one snapshot, found by meaning; making it takes 1 ms for every ten nodes, so make it in a job.

    `former` is the index of an earlier snapshot, from which the words of unchanged texts are taken. May be asked
    from several threads at once.
    """

    def __init__(self, snapshot: Snapshot, former: "FullTextIndex | None" = None, check: Check = lambda: None) -> None:
        self.snapshot = snapshot
        self._nodes = snapshot.blueprint.nodes
        self._tex_words = TexWords(snapshot.blueprint.macros)
        self._known: Mapping[str, str] = {}
        if former is not None and former.snapshot.blueprint.macros == snapshot.blueprint.macros:
            self._known = former._passages
        self._passages: dict[str, str] = {}
        self._sections = {heading.key: self._words(heading.title) for heading in snapshot.blueprint.headings}
        self._number = {node.id: number for number, node in enumerate(self._nodes)}
        documents = []
        for node in self._nodes:
            check()
            documents.append(self._texts_of(node))
        self._ranking = TextRanking(documents, tuple(_NODE_FIELDS.values()), check)
        self._known = self._passages
        self._lock = threading.Lock()
        self._vectors: VectorTable | None = None

    def take_vectors(self, vectors: Mapping[NodeId, Sequence[float] | Vector]) -> None:
        """Rank by the nearness of these vectors as well, where a question comes with one. See `texts_to_embed`."""
        self._vectors = VectorTable.of(
            {self._number[node]: each for node, each in vectors.items() if node in self._number}
        )

    def find(
        self, question: str, limit: int = 20, *, vector: Sequence[float] | None = None, is_typing: bool = False
    ) -> tuple[TextHit, ...]:
        """The best nodes for a question in plain words, LaTeX or Lean names, best first; none for a blank one.

        `vector` is the question's, by the model that the vectors of `take_vectors` are of; `is_typing` tells that the
        last word may still grow.
        """
        near = self._vectors.nearest(vector) if self._vectors is not None and vector is not None else []
        with self._lock:
            words = words_of_question(question, self._tex_words).split()
            unfinished = words[-1] if is_typing and words and question[-1:].isalnum() else ""
            found = self._ranking.find(words, limit, unfinished=unfinished, others=[near])
            forms = _forms_of(self._ranking, words)
            return tuple(self._hit(number, score, forms) for number, score in found)

    def like(self, node: NodeId, limit: int = 20) -> tuple[tuple[NodeId, float], ...]:
        """Other nodes whose texts have the same words as this one's, best first, with the cosine of both."""
        number = self._number[node]
        with self._lock:
            label, _, *rest = self._texts_of(self._nodes[number])
            texts = (label, self._words(self._nodes[number].title), *rest)
            found = self._ranking.like(texts, limit + 1)
        return tuple((self._nodes[other].id, score) for other, score in found if other != number)[:limit]

    def key_words(self, node: NodeId, limit: int = 24) -> tuple[str, ...]:
        """The words that tell a node from others, the most telling first: to ask another index for what is like it."""
        own = self._nodes[self._number[node]]
        with self._lock:
            names = " ".join(words_of_name(name) for name in declarations_of(own))
            texts = {self._words(own.title): 2.0, names: 1.0, self._words(own.statement.tex): 1.0}
            return self._ranking.telling(texts, limit)

    def _texts_of(self, node: Node) -> tuple[str, ...]:
        """The words of each of `_NODE_FIELDS`, in their order."""
        names = declarations_of(node)
        evidence = self.snapshot.node_evidence.get(node.id)
        docs = [each.doc for each in evidence.declarations if each.doc] if evidence else []
        used = [self.snapshot.nodes[each].title for each in self.snapshot.statement_uses.get(node.id, ())]
        return (
            " ".join(f"{words_of_name(label)} {plain_words(label)}" for label in (node.labels or (node.id,))),
            f"{self._words(node.title)} {node.caption.lower()} {node.number}",
            " ".join(words_of_name(name) for name in names),
            " ".join(self._words(doc) for doc in docs),
            self._words(node.statement.tex),
            self._words(node.proof.tex) if node.proof is not None else "",
            " ".join(self._sections.get(key, "") for key in node.path),
            " ".join(self._words(title) for title in used if title),
        )

    def _words(self, tex: str) -> str:
        found = self._passages.get(tex)
        if found is None:
            found = self._known.get(tex)
            self._passages[tex] = found = self._tex_words.of(tex) if found is None else found
        return found

    def _hit(self, number: int, score: float, forms: "_Forms") -> TextHit:
        node = self._nodes[number]
        field, word = _where(self._texts_of(node), _NODE_FIELDS, forms)
        return TextHit(node.id, score, field, self._excerpt(node, field, word))

    def _excerpt(self, node: Node, field: Field, word: str) -> str:
        match field:
            case Field.LABEL | Field.TITLE:
                return ""
            case Field.LEAN_NAME:
                return " · ".join(declarations_of(node)[:2])
            case Field.DOCSTRING:
                docs = (each.doc for each in self.snapshot.node_evidence[node.id].declarations)
                return excerpt_of(" ".join(doc for doc in docs if doc), word)
            case Field.PROOF if node.proof is not None:
                return excerpt_of(node.proof.tex, word)
            case _:
                return excerpt_of(node.statement.tex, word)


class DeclarationIndex:
    """The declarations that the project's own files have, found by name, docstring and statement.

    Making it reads what the scan kept of each file: a few seconds for a project of 10,000, so make it in a job.
    `former` is an earlier one, from which the words of unchanged declarations are taken.
    """

    def __init__(
        self,
        declarations: Iterable[DeclarationEvidence],
        former: "DeclarationIndex | None" = None,
        check: Check = lambda: None,
    ) -> None:
        known: Mapping[tuple[str, str, str], tuple[str, ...]] = former._known if former is not None else {}
        kept, documents = [], []
        for each in declarations:
            check()
            # What Lean or an attribute makes of a declaration would only crowd out the one that was written.
            if not each.is_generated:
                kept.append(each)
                documents.append(known.get(_told_of(each)) or _texts_of_declaration(each))
        self._declarations = tuple(kept)
        self._known: dict[tuple[str, str, str], tuple[str, ...]] = dict(
            zip(map(_told_of, kept), documents, strict=True)
        )
        self._ranking = TextRanking(documents, tuple(_DECLARATION_FIELDS.values()), check)

    def find(self, question: str, limit: int = 20) -> tuple[DeclarationHit, ...]:
        """The best declarations for a question, best first."""
        words = words_of_question(question, TexWords()).split()
        forms = _forms_of(self._ranking, words)
        return tuple(
            self._hit(self._declarations[number], score, forms) for number, score in self._ranking.find(words, limit)
        )

    def _hit(self, declaration: DeclarationEvidence, score: float, forms: "_Forms") -> DeclarationHit:
        field, word = _where(_texts_of_declaration(declaration), _DECLARATION_FIELDS, forms)
        text = {Field.DOCSTRING: declaration.doc, Field.STATEMENT: declaration.statement}.get(field, "")
        return DeclarationHit(declaration, score, field, excerpt_of(text, word))


def asked_words(question: str) -> tuple[str, ...]:
    """The words of a question that say what is asked for, for an index that is not made here."""
    words = dict.fromkeys(words_of_question(question, TexWords()).split())
    return tuple(word for word in words if word not in STOP_WORDS) or tuple(words)


def declaration_index(
    snapshot: Snapshot, former: DeclarationIndex | None = None, check: Check = lambda: None
) -> DeclarationIndex:
    """The declarations that Lean's side of a snapshot lists."""
    declarations = snapshot.evidence.declarations
    return DeclarationIndex((declarations[name] for name in declarations), former, check)


def texts_to_embed(snapshot: Snapshot) -> dict[NodeId, str]:
    """For each node the text that a model is to make a vector of: what it is called and what it states."""
    return {node.id: f"{node.heading}\n{node.statement.tex.strip()}".strip() for node in snapshot.blueprint.nodes}


def _told_of(declaration: DeclarationEvidence) -> tuple[str, str, str]:
    """What the words of a declaration depend on."""
    return declaration.name, declaration.doc, declaration.statement or declaration.signature


def _texts_of_declaration(declaration: DeclarationEvidence) -> tuple[str, ...]:
    return (
        words_of_name(declaration.name),
        words_of_lean(declaration.doc),
        words_of_lean(declaration.statement or declaration.signature),
    )


_Forms = Sequence[Mapping[str, float]]
"""For each word of a question the words of the texts that are forms of it, with what each weighs."""


def _forms_of(ranking: TextRanking, words: Sequence[str]) -> _Forms:
    asked = (word for word in dict.fromkeys(words) if word not in STOP_WORDS)
    alike = (ranking.words_like(word) for word in asked)
    return [{form: likeness * ranking.weight_of(form) for form, likeness in forms.items()} for forms in alike]


def _where(texts: Sequence[str], fields: Mapping[Field, Weighing], forms: _Forms) -> tuple[Field, str]:
    """The field that speaks most for a text, and its word that does so most."""
    best, where, said = 0.0, Field.MEANING, ""
    for (field, weighing), text in zip(fields.items(), texts, strict=True):
        own = set(text.split())
        met = [max((alike[form], form) for form in shared) for alike in forms if (shared := own & alike.keys())]
        total = weighing.found * sum(weight for weight, _ in met)
        if total > best:
            best, where, said = total, field, max(met)[1]
    return where, said
