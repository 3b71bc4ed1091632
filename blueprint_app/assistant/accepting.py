"""What accepting a draft changes in the project's files: made as a value that a person sees before it is written."""

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from blueprint_app.assistant.new_declaration import NewPlace
from blueprint_app.insight import tex_edits
from blueprint_app.live.change_set import ChangeSet, Edit, planned_over, planned_set
from blueprint_app.model.blueprint import Node, NodeId, Passage
from blueprint_app.model.derive import declared_names
from blueprint_app.model.evidence import EvidenceLevel
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.verify.draft import Draft, text_with
from blueprint_app.verify.goal import Goal


def accepted_proof(snapshot: Snapshot, node: NodeId, goal: Goal, draft: Draft, *, is_verified: bool) -> ChangeSet:
    """The draft in the place of the goal's proof, and the claims in TeX that hold with it.

    Of a draft that is not verified nothing is claimed: once Lean bears it out the drift inbox offers that.
    Raises BlueprintError where a file is no longer what was read.
    """
    title = f"Accept the proof of {goal.name}"
    folder = Path(snapshot.blueprint.folder)
    lean = planned_over(folder, goal.file, goal.text, lambda text: lean_with(goal, draft), title)
    edits = tuple(claims_of_proof(snapshot, snapshot.nodes[node], goal.name)) if is_verified else ()
    return ChangeSet(title, (lean, *planned_set(snapshot.blueprint, _ordered(edits), title).changes))


def accepted_statement(
    snapshot: Snapshot, node: NodeId, place: NewPlace, declarations: str, *, is_compiled: bool
) -> ChangeSet:
    """Drafted declarations at a place, the last of which states the node, and their name in TeX.

    That the node is stated is claimed only if Lean took the declarations. Raises BlueprintError where a file is no
    longer what was read, or where nothing with a name is declared.
    """
    name = place.declared_name(declarations)
    title = f"Accept the statement {name}"
    folder = Path(snapshot.blueprint.folder)
    text = place.before + place.after
    lean = planned_over(folder, place.file, text, lambda _: place.text_with(declarations), title)
    edits = tuple(claims_of_statement(snapshot, snapshot.nodes[node], name, is_stated=is_compiled))
    return ChangeSet(title, (lean, *planned_set(snapshot.blueprint, _ordered(edits), title).changes))


def lean_with(goal: Goal, draft: Draft) -> str:
    """The goal's file with the draft in it, every line ending in a single newline.

    Where the declaration is indented, what is added is indented with it.
    """
    goal = replace(
        goal,
        before=_plain(goal.before),
        statement=_plain(goal.statement),
        proof=_plain(goal.proof),
        after=_plain(goal.after),
    )
    proof, helpers = _plain(draft.proof).strip(), _plain(draft.helpers).strip("\n")
    indent = goal.before[goal.before.rfind("\n") + 1 :]
    # A text in quotes may go over lines, and must stay what it is.
    if not indent.isspace() or '"' in proof + helpers:
        return text_with(goal, Draft(proof, helpers))
    first, _, rest = proof.partition("\n")
    proof = f"{first}\n{textwrap.indent(rest, indent)}" if rest else first
    if helpers:
        helpers = textwrap.indent(helpers, indent).removeprefix(indent)
        goal = replace(goal, statement=f"{indent}{goal.statement}")
    return text_with(goal, Draft(proof, helpers))


def claims_of_proof(snapshot: Snapshot, node: Node, name: str) -> Iterator[tuple[Place, str, Edit]]:
    """Edits of TeX once a declaration of the node is proved: where, in which file, and what."""
    yield from claims_of_statement(snapshot, node, name)
    proof = node.proof
    if proof is not None and not proof.is_leanok and _are_others_proved(snapshot, node, name):
        yield from _edit(proof, partial(tex_edits.add_flag, flag="leanok", passage=proof))


def claims_of_statement(
    snapshot: Snapshot, node: Node, name: str, *, is_stated: bool = True
) -> Iterator[tuple[Place, str, Edit]]:
    """Edits of TeX once the node is stated in Lean; none where its author says not ready, or in Mathlib.

    Without `is_stated` the declaration is named, and no more is said of it.
    """
    statement = node.statement
    if statement.notready is not None or statement.mathlibok is not None:
        return
    if is_stated and not statement.is_leanok:
        yield from _edit(statement, partial(tex_edits.add_flag, flag="leanok", passage=statement))
    if name not in declared_names(node, snapshot.reading):
        yield from _edit(statement, partial(tex_edits.add_lean, declaration=name, passage=statement))


def _are_others_proved(snapshot: Snapshot, node: Node, name: str) -> bool:
    """Whether nothing shows that another declaration lacks its proof: the claim is for all of the node's."""
    others = [each for each in snapshot.node_evidence[node.id].declarations if each.name != name]
    return not any(each.level is EvidenceLevel.MISSING or each.has_own_sorry for each in others)


def _edit(passage: Passage, edit: Edit) -> Iterator[tuple[Place, str, Edit]]:
    """The edit, if the passage stands in a TeX file: a tag or a comment in Lean is written otherwise."""
    if passage.place.file.endswith(".tex") and passage.place.line:
        yield passage.place, passage.place.file, edit


def _ordered(edits: tuple[tuple[Place, str, Edit], ...]) -> list[tuple[str, Edit]]:
    """The last place of a file first, so that the places before it stay where they were read."""
    latest_first = sorted(edits, key=lambda each: (each[0].line, each[0].column), reverse=True)
    return [(shown, edit) for _, shown, edit in latest_first]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
