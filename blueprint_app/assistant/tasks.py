"""What a model can be asked to do with a node, in which role, and why it cannot be asked where it cannot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from blueprint_app.assistant.endpoints.endpoint import Role
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel
from blueprint_app.model.snapshot import Snapshot

DEFINING = frozenset({"def", "abbrev", "structure", "class", "inductive", "coinductive", "instance", "opaque", "axiom"})
"""First words of Lean commands that have nothing to be proved, or whose proof is not for a model to replace."""


class Task(StrEnum):
    """What a model is asked to do; the value is the word in records and on the command line."""

    EXPLAIN = "explain"
    STATE = "state"
    PROVE = "prove"
    CRITIQUE = "critique"
    COUNTEREXAMPLE = "counterexample"
    SPLIT = "split"
    RETELL = "retell"
    RELATED = "related"


class Audience(StrEnum):
    """Whom an explanation is for."""

    NEWCOMER = "newcomer"
    MATHEMATICIAN = "mathematician"
    FORMALISER = "formaliser"


class AnswerForm(StrEnum):
    """What an answer is read as: text for a person, Lean for the judge, or a change to the blueprint."""

    TEXT = "text"
    LEAN = "lean"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class TaskInfo:
    """A task as menus and pages show it: `title` is an imperative, `summary` one sentence on what comes back."""

    title: str
    summary: str
    role: Role
    answer: AnswerForm


TASKS: Mapping[Task, TaskInfo] = MappingProxyType(
    {
        Task.EXPLAIN: TaskInfo(
            "Explain", "What the node says, why it matters and how its proof goes.", Role.EXPLAINER, AnswerForm.TEXT
        ),
        Task.STATE: TaskInfo(
            "Draft the Lean statement",
            "A Lean declaration for the text; only a person can say that it means the same.",
            Role.FORMALISER,
            AnswerForm.LEAN,
        ),
        Task.PROVE: TaskInfo(
            "Draft the Lean proof", "A proof of the statement that is in Lean, judged by Lean.", Role.PROVER,
            AnswerForm.LEAN,
        ),
        Task.CRITIQUE: TaskInfo(
            "Critique the proof", "Where the written proof has a gap, step by step.", Role.CRITIC, AnswerForm.TEXT
        ),
        Task.COUNTEREXAMPLE: TaskInfo(
            "Look for a counterexample", "Whether the statement fails somewhere, as written.", Role.CRITIC,
            AnswerForm.TEXT,
        ),
        Task.SPLIT: TaskInfo(
            "Split into smaller lemmas",
            "New lemmas to prove first, as a change to the blueprint that is shown before it is made.",
            Role.FORMALISER,
            AnswerForm.PROPOSAL,
        ),
        Task.RETELL: TaskInfo(
            "Retell the Lean proof", "The proof that is in Lean, as text that can be read.", Role.EXPLAINER,
            AnswerForm.TEXT,
        ),
        Task.RELATED: TaskInfo(
            "Find related results", "Nodes of this blueprint and known theorems that are close.", Role.EXPLAINER,
            AnswerForm.TEXT,
        ),
    }
)  # fmt: skip


def prompt_name(task: Task, audience: Audience = Audience.MATHEMATICIAN) -> str:
    """The name of the prompt of a task; an explanation has one for each audience."""
    return f"{task}-{audience}" if task is Task.EXPLAIN else str(task)


def obstacle(task: Task, snapshot: Snapshot, node: NodeId) -> str:
    """Why the task cannot be done on a node, in a sentence for the person who wants it; "" where it can."""
    return _OBSTACLES[task](snapshot, snapshot.nodes[node])


def target_of(task: Task, snapshot: Snapshot, node: NodeId) -> str:
    """The declaration of a node that a task is about, "" where it is about none.

    A proof is drafted for the first that is found in the project with a ``sorry``, else for the first that is
    found; a proof is retold of the first that has one without.
    """
    if task is Task.PROVE:
        found = _provable(snapshot, node)
        return next((each.name for each in found if each.proof_sorry), found[0].name if found else "")
    if task is Task.RETELL:
        return next((each.name for each in _provable(snapshot, node) if not each.has_own_sorry), "")
    found = _found(snapshot, node)
    return found[0].name if found else ""


def is_defining(evidence: DeclarationEvidence) -> bool:
    """Whether a declaration is a definition of some kind, so that its whole text says what it is."""
    return evidence.kind.split(" ")[0] in DEFINING


def _found(snapshot: Snapshot, node: NodeId) -> list[DeclarationEvidence]:
    declarations = snapshot.node_evidence[node].declarations
    return [each for each in declarations if each.level >= EvidenceLevel.SOURCE and not each.is_external]


def _provable(snapshot: Snapshot, node: NodeId) -> list[DeclarationEvidence]:
    """The declarations of a node in the project's own files that have a proof to speak of."""
    return [
        each
        for each in _found(snapshot, node)
        if each.place is not None and not is_defining(each) and not each.is_generated
    ]


def _no_text(snapshot: Snapshot, node: Node) -> str:
    return "" if node.statement.tex.strip() else "The statement of this node is empty, so there is nothing to go by."


def _nothing_claimed(snapshot: Snapshot, node: Node) -> str:
    return (
        "A definition claims nothing that could be proved." if node.kind == "definition" else _no_text(snapshot, node)
    )


def _no_written_proof(snapshot: Snapshot, node: Node) -> str:
    if node.proof is None:
        return "No proof is written in the blueprint."
    return "" if node.proof.tex.strip() else "The proof in the blueprint is empty."


def _no_goal(snapshot: Snapshot, node: Node) -> str:
    declarations = snapshot.node_evidence[node.id].declarations
    if not declarations:
        return "The blueprint names no Lean declaration for this node: draft its statement first."
    found = _found(snapshot, node.id)
    if not found:
        return f"{declarations[0].name} was not found in the project's own Lean files: draft its statement first."
    if all(is_defining(each) for each in found):
        return f"{found[0].name} is a definition: it has no proof to draft."
    if not _provable(snapshot, node.id):
        return f"{found[0].name} is generated by Lean: there is no text to put a proof into."
    holed = [each for each in _provable(snapshot, node.id) if each.statement_sorry]
    return f"The statement of {holed[0].name} itself holds a sorry." if holed else ""


def _no_lean_proof(snapshot: Snapshot, node: Node) -> str:
    reason = _no_goal(snapshot, node)
    if reason:
        return reason.replace(": draft its statement first", "").replace("to draft", "to retell")
    if not target_of(Task.RETELL, snapshot, node.id):
        return "The Lean proof holds a sorry: there is no whole proof to retell."
    return ""


def _not_to_be_split(snapshot: Snapshot, node: Node) -> str:
    if not node.statement.place.file.endswith(".tex") or not node.statement.place.line:
        return "This node does not stand in a TeX file, so that no change to it can be proposed."
    return _nothing_claimed(snapshot, node)


_OBSTACLES: Mapping[Task, Callable[[Snapshot, Node], str]] = {
    Task.EXPLAIN: _no_text,
    Task.STATE: _no_text,
    Task.PROVE: _no_goal,
    Task.CRITIQUE: _no_written_proof,
    Task.COUNTEREXAMPLE: _nothing_claimed,
    Task.SPLIT: _not_to_be_split,
    Task.RETELL: _no_lean_proof,
    Task.RELATED: _no_text,
}
