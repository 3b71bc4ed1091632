"""What a search over the project finds near a node: for the context of a question."""

import threading

from blueprint_app.assistant.context.gathering import RelatedHit
from blueprint_app.insight.full_text import FullTextIndex
from blueprint_app.insight.related import related
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot

MOST = 8
"""Hits that are told."""


class SearchHits:
    """Finds what is like a node; the index of the newest snapshot is kept. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: tuple[Snapshot, FullTextIndex] | None = None

    def __call__(self, snapshot: Snapshot, node: NodeId) -> tuple[RelatedHit, ...]:
        """The nodes most like a node that it does not use already, best first."""
        known = {*snapshot.statement_uses[node], *snapshot.proof_uses[node]}
        found = related(snapshot, node, MOST, index=self._index(snapshot), without=known)
        return tuple(RelatedHit(each.node) for each in found)

    def _index(self, snapshot: Snapshot) -> FullTextIndex:
        with self._lock:
            if self._newest is None or self._newest[0] is not snapshot:
                self._newest = snapshot, FullTextIndex(snapshot)
            return self._newest[1]
