"""One node with all that is known of it, for a terminal."""

import textwrap
from collections.abc import Iterable

from blueprint_app.export.remarks import origin_in_words
from blueprint_app.export.titles import numbered_title
from blueprint_app.model.blueprint import NodeId, Passage
from blueprint_app.model.evidence import DeclarationEvidence
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.why import explain


def node_as_text(snapshot: Snapshot, node_id: NodeId) -> str:
    """Heading, text, uses, Lean names, flags, places and the reasons for its colours."""
    node = snapshot.nodes[node_id]
    headings = snapshot.blueprint.headings
    level = snapshot.node_evidence[node_id].level.name.lower()
    path = " › ".join(numbered_title(headings[key]) for key in node.path)
    lines = [
        node.heading,
        f"  {node.id} · {snapshot.headlines[node_id].value} · evidence: {level}",
    ]
    lines += [f"  {path}"] if path else []
    lines += ["", f"Statement  {_flags(node.statement)}", _indented(node.statement.tex)]
    if node.proof is not None:
        lines += ["", f"Proof  {_flags(node.proof)}", _indented(node.proof.tex)]
    lines += ["", *_uses(snapshot, node_id), *_declarations(snapshot, node_id)]
    if node.discussion:
        lines.append(_discussion(snapshot, node.discussion))
    lines += ["", "Why these colours", *(f"  {sentence}" for sentence in explain(snapshot, node_id))]
    findings = [each for each in snapshot.diagnostics if each.node == node_id]
    if findings:
        lines += ["", "Findings"]
        lines += [f"  {each.severity.value}: {each.message} {each.hint}".rstrip() for each in findings]
    return "\n".join(lines) + "\n"


def _flags(passage: Passage) -> str:
    flags = [("\\leanok", passage.leanok), ("\\mathlibok", passage.mathlibok), ("\\notready", passage.notready)]
    names = [name for name, place in flags if place is not None]
    return " ".join([*names, f"({passage.place})"])


def _indented(tex: str) -> str:
    return textwrap.indent(tex or "(no text)", "  ")


def _uses(snapshot: Snapshot, node_id: NodeId) -> Iterable[str]:
    node = snapshot.nodes[node_id]
    names = [text for command in node.statement.lean for text in command.texts if text]
    rows = [
        ("Lean", names),
        ("Statement uses", snapshot.statement_uses[node_id]),
        ("Proof uses", snapshot.proof_uses[node_id]),
        ("Used by", snapshot.used_by[node_id]),
    ]
    for title, entries in rows:
        text = ", ".join(entries) or "none"
        yield textwrap.fill(f"{title}: {text}", 100, subsequent_indent="  ", break_long_words=False)


def _declarations(snapshot: Snapshot, node_id: NodeId) -> Iterable[str]:
    """What is known of each declaration, and no more."""
    for each in snapshot.node_evidence[node_id].declarations:
        known = [*_known(each), *(["older than the sources"] if each.stale else [])]
        yield f"Evidence for {each.name}: {'; '.join(known)}"
        if each.earlier is not None:
            known = [*_known(each.earlier), "does not count any more, as the sources changed"]
            yield f"  earlier: {'; '.join(known)}"


def _known(each: DeclarationEvidence) -> list[str]:
    known = [each.level.name.lower()]
    known += [f"published in {origin_in_words(each.origin)}"] if each.origin is not None else []
    known += [str(each.place)] if each.place else []
    known += ["sorry in its statement"] if each.statement_sorry else []
    known += ["sorry in its proof"] if each.proof_sorry else []
    known += [f"rests on a sorry in {', '.join(each.sorry_in)}"] if each.sorry_in else []
    known += [f"axioms {', '.join(each.axioms) or 'none'}"] if each.axioms is not None else []
    return known


def _discussion(snapshot: Snapshot, number: str) -> str:
    github = snapshot.blueprint.github
    return f"Discussion: {github}/issues/{number}" if github else f"Discussion: #{number}"
