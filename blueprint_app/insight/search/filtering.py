"""The filter language of the outline: plain words, and terms such as ``status:claimed kind:lemma``."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from blueprint_app.insight.evidence_progress import VERIFIED, WITHOUT_SORRY
from blueprint_app.insight.search.search import folded
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.snapshot import Snapshot

_TERM = re.compile(r'(?P<no>-?)(?:(?P<field>[a-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))')


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `field` holds `text`; in any field where `field` is ""; `negated` turns it round."""

    text: str
    field: str = ""
    negated: bool = False


def _declarations(snapshot: Snapshot, node: Node) -> str:
    passages = (node.statement, node.proof) if node.proof else (node.statement,)
    return " ".join(text for passage in passages for command in passage.lean for text in command.texts)


def _states(snapshot: Snapshot, node: Node) -> str:
    """The words that ``status:`` looks at: the headline, what leanblueprint derives, what Lean's side bears out."""
    status = snapshot.status[node.id]
    derived = {
        "ready-to-state": status.can_state and not node.statement.is_leanok,
        "ready-to-prove": status.can_prove and not status.proved,
        "proved": status.proved,
        "unproved": node.proof is not None and not status.proved,
        "fully-proved": status.fully_proved,
        "leanok": node.statement.is_leanok,
        "notready": node.statement.notready is not None,
        "verified": snapshot.headlines[node.id] in VERIFIED,
        "without-sorry": snapshot.headlines[node.id] in WITHOUT_SORRY,
    }
    headline = str(snapshot.headlines[node.id]).replace(" ", "-")
    return " ".join((headline, *(word for word, holds in derived.items() if holds)))


def _headings(snapshot: Snapshot, node: Node) -> str:
    around = {heading.key: heading for heading in snapshot.blueprint.headings}
    return " ".join(f"{around[key].number} {around[key].title}" for key in node.path if key in around)


FIELDS: Mapping[str, Callable[[Snapshot, Node], str]] = {
    "label": lambda snapshot, node: " ".join((node.id, *node.labels)),
    "title": lambda snapshot, node: node.title,
    "number": lambda snapshot, node: node.number,
    "kind": lambda snapshot, node: f"{node.kind} {node.caption}",
    "lean": _declarations,
    "status": _states,
    "in": _headings,
}
"""Each field that a term may name, and the text it looks at."""

_PLAIN_FIELDS = ("label", "title", "number", "kind", "lean")


def parse_filter(text: str) -> tuple[Term, ...]:
    """The terms of a filter, all of which a node must meet; a field that is not known is plain text."""
    terms = []
    for found in _TERM.finditer(text.strip()):
        field = found["field"] or ""
        value = found["quoted"] if found["quoted"] is not None else found["plain"] or ""
        if field and field not in FIELDS:
            field, value = "", f"{field}:{value}"
        if folded(value):
            terms.append(Term(folded(value), field, bool(found["no"])))
    return tuple(terms)


class NodeFilter:
    """Filters the nodes of one snapshot; the texts are folded once, when a field is first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._folded: dict[str, tuple[str, ...]] = {}

    def matching(self, text: str) -> frozenset[NodeId] | None:
        """The nodes that meet the filter `text`; None where it asks nothing, so that all do."""
        terms = parse_filter(text)
        if not terms:
            return None
        rows: Sequence[int] = range(len(self._snapshot.blueprint.nodes))
        for term in terms:
            rows = self._rows_meeting(term, rows)
        return frozenset(self._snapshot.blueprint.nodes[row].id for row in rows)

    def _rows_meeting(self, term: Term, rows: Sequence[int]) -> Sequence[int]:
        texts = self._texts(term.field)
        # A state is met by its start only, so that "proved" does not find "unproved".
        needle = " " + term.text.replace(" ", "-") if term.field == "status" else term.text
        return [row for row in rows if (needle in texts[row]) != term.negated]

    def _texts(self, field: str) -> tuple[str, ...]:
        if field not in self._folded:
            fields = (field,) if field else _PLAIN_FIELDS
            nodes = self._snapshot.blueprint.nodes
            self._folded[field] = tuple(
                " " + folded(" ".join(FIELDS[each](self._snapshot, node) for each in fields)) for node in nodes
            )
        return self._folded[field]
