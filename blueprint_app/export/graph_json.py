"""The snapshot as JSON, schema ``blueprint-graph/1``, for scripts and other programs."""

from typing import Any

from blueprint_app.model.blueprint import Node, Passage
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.evidence import NodeEvidence
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.place import Place
from blueprint_app.model.provenance import Contribution, NodeProvenance
from blueprint_app.model.snapshot import Snapshot

SCHEMA = "blueprint-graph/1"


def graph_as_json(snapshot: Snapshot) -> dict[str, Any]:
    """The whole snapshot as a value of dicts, lists, strings, numbers, booleans and None."""
    blueprint = snapshot.blueprint
    return {
        "schema": SCHEMA,
        "title": blueprint.title,
        "home": blueprint.home,
        "github": blueprint.github,
        "dochome": blueprint.dochome,
        "theorem_kinds": list(blueprint.theorem_kinds),
        "graph_scope": blueprint.graph_scope,
        "reading": snapshot.reading.value,
        "nodes": [_node(snapshot, node) for node in blueprint.nodes],
        "graphs": [_graph(graph) for graph in snapshot.graphs],
        "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in snapshot.diagnostics],
    }


def _node(snapshot: Snapshot, node: Node) -> dict[str, Any]:
    status = snapshot.status[node.id]
    headings = snapshot.blueprint.headings
    return {
        "id": node.id,
        "labels": list(node.labels),
        "kind": node.kind,
        "number": node.number,
        "title": node.title,
        "path": [
            {"level": heading.level, "number": heading.number, "title": heading.title}
            for heading in (headings[key] for key in node.path)
        ],
        "statement": {
            "tex": node.statement.tex,
            "uses": [*snapshot.statement_uses[node.id], *snapshot.other_uses[node.id][0]],
            "lean": declarations(node.statement),
            "leanok": node.statement.is_leanok,
            "mathlibok": node.statement.mathlibok is not None,
            "notready": node.statement.notready is not None,
            "source": _place(node.statement.place),
        },
        "proof": None
        if node.proof is None
        else {
            "tex": node.proof.tex,
            "uses": [*snapshot.proof_uses[node.id], *snapshot.other_uses[node.id][1]],
            "leanok": node.proof.is_leanok,
            "source": _place(node.proof.place),
        },
        "discussion": node.discussion or None,
        "blueprint_status": {
            "can_state": status.can_state,
            "can_prove": status.can_prove,
            "proved": status.proved,
            "fully_proved": status.fully_proved,
            "border": status.border,
            "fill": status.fill,
            "shape": status.shape,
        },
        "headline": snapshot.headlines[node.id].value,
        "evidence": _node_evidence(snapshot.node_evidence[node.id]),
        "provenance": _provenance(node, snapshot.node_provenance[node.id]),
    }


def _provenance(node: Node, known: NodeProvenance) -> dict[str, Any]:
    """Where the node was read, and who wrote its Lean text: people, unless a record says otherwise."""
    return {
        "source": node.source,
        "by": "AI" if known.is_by_model else "human",
        "statement": _contribution(known.statement),
        "proof": _contribution(known.proof),
        "draft": _contribution(known.draft),
        "faithful": list(known.faithful),
        "needs_faithful": known.needs_faithful,
    }


def _contribution(each: Contribution | None) -> dict[str, Any] | None:
    if each is None:
        return None
    return {
        "part": each.part.value,
        "model": each.model,
        "date": each.date,
        "level": each.level,
        "attempt": each.attempt,
        "accepted": each.accepted or None,
    }


def _node_evidence(evidence: NodeEvidence) -> dict[str, Any]:
    return {
        "level": evidence.level.name.lower(),
        "stale": evidence.is_stale,
        "declarations": [
            {
                "name": each.name,
                "level": each.level.name.lower(),
                "kind": each.kind,
                "file": each.place.file if each.place else None,
                "line": each.place.line if each.place else None,
                "statement_sorry": each.statement_sorry,
                "proof_sorry": each.proof_sorry,
                "axioms": None if each.axioms is None else list(each.axioms),
                "sorry_in": None if each.sorry_in is None else list(each.sorry_in),
                "stale": each.stale,
            }
            for each in evidence.declarations
        ],
    }


def declarations(passage: Passage) -> list[str]:
    """The Lean names of a passage as leanblueprint takes them: those of the last ``\\lean``."""
    return [text for text in passage.lean[-1].texts if text] if passage.lean else []


def _graph(graph: DependencyGraph) -> dict[str, Any]:
    return {
        "name": graph.name,
        "title": graph.title,
        "nodes": list(graph.nodes),
        "edges": [[edge.source, edge.target, edge.kind.value] for edge in graph.edges],
        "drawn_edges": [[edge.source, edge.target, edge.kind.value] for edge in graph.drawn_edges],
        # Only where it is so: what programs know of the schema stays as it is.
        **({"inferred": True} if graph.is_inferred else {}),
    }


def diagnostic_as_json(diagnostic: Diagnostic) -> dict[str, Any]:
    """A finding with its place and node, as every schema writes it."""
    return {
        "severity": diagnostic.severity.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "file": diagnostic.place.file if diagnostic.place else None,
        "line": diagnostic.place.line if diagnostic.place else None,
        "node": diagnostic.node,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "end_line": place.end_line or place.line}
