"""A split as a change to the blueprint's TeX: new environments before the node, and its proof resting on them."""

import re
import textwrap
from collections.abc import Sequence

from blueprint_app.assistant.proposals.reading import Proposal, ProposedNode
from blueprint_app.insight.tex_edits import EditError, add_uses
from blueprint_app.live.change_set import ChangeSet, Edit, planned_set
from blueprint_app.model.blueprint import Node, Passage
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot


def split_change(snapshot: Snapshot, proposal: Proposal) -> ChangeSet:
    """What the split changes in the project's files, to be shown before it is written.

    Raises BlueprintError where a file is no longer what was read.
    """
    node = snapshot.nodes[proposal.node]
    return planned_set(snapshot.blueprint, split_edits(snapshot, proposal), f"Split {node.heading}")


def split_edits(snapshot: Snapshot, proposal: Proposal) -> tuple[tuple[str, Edit], ...]:
    """The edits of a split, file by file, in an order in which none moves the place of the next."""
    node = snapshot.nodes[proposal.node]
    edits = [_new_lemmas(node, proposal.nodes)]
    used = {*snapshot.statement_uses[node.id], *snapshot.proof_uses[node.id]}
    added = [label for label in proposal.proof_uses if snapshot.blueprint.labels.get(label) not in used]
    proof = node.proof
    if proof is None:
        edits.append(_new_proof(node, added, proposal.proof))
    elif added:
        edits.append((proof.place, _using(proof, added)))
    last_first = sorted(edits, key=lambda edit: (edit[0].line, edit[0].column), reverse=True)
    return tuple((place.file, edit) for place, edit in last_first)


def written(node: ProposedNode) -> str:
    """A proposed lemma as environments, without indentation around it."""
    title = f"[{{{node.title}}}]" if "]" in node.title or "[" in node.title else f"[{node.title}]"
    head = [f"\\label{{{node.label}}}", *([_uses(node.uses)] if node.uses else [])]
    text = _environment(node.kind, title if node.title else "", [*head, node.statement])
    if node.proof or node.proof_uses:
        uses = [_uses(node.proof_uses)] if node.proof_uses else []
        body = node.proof or "This follows from what it uses."
        text += "\n\n" + _environment("proof", "", [*uses, body])
    return text


def _environment(name: str, option: str, content: Sequence[str]) -> str:
    text = "\n".join(content)
    # A text that begins with a bracket would be taken for an option.
    inside = textwrap.indent("{}" + text if text.startswith("[") else text, "  ")
    return f"\\begin{{{name}}}{option}\n{inside}\n\\end{{{name}}}"


def _uses(labels: Sequence[str]) -> str:
    return f"\\uses{{{', '.join(labels)}}}"


def _new_lemmas(node: Node, nodes: Sequence[ProposedNode]) -> tuple[Place, Edit]:
    """The lemmas before the node's environment, indented as it is."""
    place = node.statement.place

    def edit(text: str) -> str:
        start = _environment_at(text, place)
        line = text.rfind("\n", 0, start) + 1
        indent = text[line:start]
        block = "\n\n".join(written(each) for each in nodes)
        if indent.strip():
            return f"{text[:start]}\n\n{block}\n\n{text[start:]}"
        return f"{text[:line]}{textwrap.indent(block, indent)}\n\n{text[line:]}"

    return place, edit


def _new_proof(node: Node, labels: Sequence[str], proof: str) -> tuple[Place, Edit]:
    """A proof behind the node's environment, where its author wrote none."""
    place = node.statement.place
    body = proof or f"This follows from {_references(labels)}."

    def edit(text: str) -> str:
        start = _environment_at(text, place)
        end = _end_of(text, start, node.kind, place)
        line = text.rfind("\n", 0, start) + 1
        indent = "" if text[line:start].strip() else text[line:start]
        block = _environment("proof", "", [*([_uses(labels)] if labels else []), body])
        return f"{text[:end]}\n\n{textwrap.indent(block, indent)}{text[end:]}"

    # Behind the statement, and so before everything else that is changed at its beginning.
    return Place(place.file, place.line, place.column + 1), edit


def _using(proof: Passage, labels: Sequence[str]) -> Edit:
    return lambda text: add_uses(text, ", ".join(labels), proof)


def _references(labels: Sequence[str]) -> str:
    listed = [f"\\ref{{{label}}}" for label in labels]
    return " and ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def _environment_at(text: str, place: Place) -> int:
    """The offset of the ``\\begin`` at a place."""
    lines = text.split("\n")
    if place.line > len(lines):
        raise EditError(place)
    start = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    if not text.startswith("\\begin", start):
        raise EditError(place)
    return start


def _end_of(text: str, start: int, kind: str, place: Place) -> int:
    """The offset behind the ``\\end`` of the environment that begins at `start`."""
    depth = 0
    for found in re.compile(rf"\\(begin|end)\s*\{{{re.escape(kind)}\}}").finditer(text, start):
        depth += 1 if found[1] == "begin" else -1
        if depth == 0:
            return found.end()
    raise EditError(place)
