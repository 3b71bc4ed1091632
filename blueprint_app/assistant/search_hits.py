"""What a search over the project, and over its Lean packages, finds near a node: for the context of a question."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from blueprint_app.assistant.context.gathering import RelatedHit
from blueprint_app.assistant.context.importance import PARTS
from blueprint_app.assistant.context.sections import Part
from blueprint_app.assistant.tasks import Task, target_of
from blueprint_app.insight.search.full_text import DeclarationIndex, FullTextIndex, declaration_index
from blueprint_app.insight.search.related import related
from blueprint_app.lean.library_index import LibraryIndex
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.evidence import DeclarationEvidence
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot

MOST_NODES, MOST_DECLARATIONS, MOST_OF_PACKAGES = 8, 6, 8
"""Hits that are told."""

_WITH_DECLARATIONS = frozenset({Task.RELATED, Task.STATE, Task.PROVE})
"""Tasks that are told of declarations as well."""

_LONGEST = 1_200
"""Characters of a declaration that are told: some definitions go on for pages."""

_PATIENCE = 0.05

Check = Callable[[], None]
Libraries = Callable[[], LibraryIndex | None]


def _no_libraries() -> None:
    return None


def _never() -> None:
    pass


class SearchHits:
    """Finds what is like a node; the indexes of the newest snapshot are kept. Thread-safe.

    `libraries` gives the search in the project's Lean packages: those that were made ready are asked, and none is read.
    """

    def __init__(self, libraries: Libraries = _no_libraries) -> None:
        self._libraries = libraries
        self._lock = threading.Lock()
        self._nodes: FullTextIndex | None = None
        self._declarations: tuple[object, DeclarationIndex] | None = None

    def __call__(self, snapshot: Snapshot, node: NodeId, task: Task, check: Check = _never) -> tuple[RelatedHit, ...]:
        """Nodes that it does not use already, and declarations, each best first, as far as the task is told of such."""
        if Part.RELATED not in PARTS[task]:
            return ()
        index = self._node_index(snapshot, check)
        known = {*snapshot.statement_uses[node], *snapshot.proof_uses[node]}
        found = related(snapshot, node, MOST_NODES, index=index, without=known)
        nodes = tuple(RelatedHit(each.node) for each in found)
        if task not in _WITH_DECLARATIONS:
            return nodes
        words = index.key_words(node)
        declarations = (*self._of_project(snapshot, node, task, words, check), *self._of_packages(words, check))
        # What comes last is left out first: a proof needs declarations more than texts.
        return (*declarations, *nodes) if task is Task.PROVE else (*nodes, *declarations)

    def _of_project(
        self, snapshot: Snapshot, node: NodeId, task: Task, words: Sequence[str], check: Check
    ) -> Iterator[RelatedHit]:
        """Declarations of the project, but for those that a context holds anyway or that a proof cannot use."""
        index = self._declaration_index(snapshot, check)
        known = _declared_by(snapshot, (node, *snapshot.statement_uses[node], *snapshot.proof_uses[node]))
        goal = snapshot.evidence.declarations.get(target_of(task, snapshot, node)) if task is Task.PROVE else None
        hits = index.find(" ".join(words), MOST_DECLARATIONS + len(known) + MOST_DECLARATIONS)
        usable = (
            hit.declaration
            for hit in hits
            if hit.declaration.name not in known and not _is_below(hit.declaration.place, goal)
        )
        for each, _ in zip(usable, range(MOST_DECLARATIONS), strict=False):
            yield _told(each.name, each.module, each.doc, each.statement or each.signature)

    def _of_packages(self, words: Sequence[str], check: Check) -> Iterator[RelatedHit]:
        index = self._libraries()
        for hit in index.find(words, MOST_OF_PACKAGES, check) if index is not None else ():
            yield _told(hit.name, f"{hit.module}, package {hit.package}", hit.doc, hit.statement)

    def _node_index(self, snapshot: Snapshot, check: Check) -> FullTextIndex:
        with self._turn(check):
            if self._nodes is None or self._nodes.snapshot is not snapshot:
                self._nodes = FullTextIndex(snapshot, self._nodes, check)
            return self._nodes

    def _declaration_index(self, snapshot: Snapshot, check: Check) -> DeclarationIndex:
        evidence = snapshot.evidence
        with self._turn(check):
            if self._declarations is None or self._declarations[0] is not evidence:
                former = self._declarations[1] if self._declarations is not None else None
                self._declarations = evidence, declaration_index(snapshot, former, check)
            return self._declarations[1]

    @contextmanager
    def _turn(self, check: Check) -> Iterator[None]:
        """One thread at a time; who waits for another's index can be stopped meanwhile."""
        while not self._lock.acquire(timeout=_PATIENCE):
            check()
        try:
            yield
        finally:
            self._lock.release()


def _declared_by(snapshot: Snapshot, nodes: Sequence[NodeId]) -> frozenset[str]:
    return frozenset(each.name for node in nodes for each in snapshot.node_evidence[node].declarations)


def _is_below(place: Place | None, goal: DeclarationEvidence | None) -> bool:
    """Whether it stands where a proof of the goal cannot see it: in the same file, from there on."""
    if place is None or goal is None or goal.place is None:
        return False
    return place.file == goal.place.file and place.line >= goal.place.line


def _told(name: str, module: str, doc: str, statement: str) -> RelatedHit:
    """A declaration as a context tells it: where to import it from, what it is said to be, and its statement."""
    documentation = f"/-- {doc.strip()} -/" if doc.strip() else ""
    lines = (f"-- {module}" if module else "", documentation, statement.strip() or "-- Its statement is not at hand.")
    text = "\n".join(filter(None, lines))
    return RelatedHit(None, name, text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …")
