"""Builds the context of a task on a node: a pure function of the snapshot and of what the caller looked up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from blueprint_app.assistant.context.facts import NO_FACTS, LeanFacts, definitions_below, used_by_node
from blueprint_app.assistant.context.importance import REQUIRED, SHOWS_LEAN_OF_DEFINITIONS, parts_of
from blueprint_app.assistant.context.lean_text import in_force, neighbours
from blueprint_app.assistant.context.macros import macros_in, written
from blueprint_app.assistant.context.sections import Context, Part, Section
from blueprint_app.assistant.tasks import Audience, Task, is_defining, target_of
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel
from blueprint_app.model.provenance import statement_hash
from blueprint_app.model.snapshot import Snapshot

MOST_USERS = 12
"""Nodes that use a node whose statements are told."""

_MADE_OF_TEX = (
    Part.STATEMENT, Part.PROOF, Part.USES, Part.DEFINITIONS, Part.USERS, Part.RELATED,
)  # fmt: skip
_STEP = 10_000
"""Ranks between two parts: more than a part has sections."""


@dataclass(frozen=True, slots=True)
class RelatedHit:
    """Something that a search found: a node, or a declaration with what is known of it."""

    node: NodeId | None = None
    declaration: str = ""
    text: str = ""


def context_of(
    snapshot: Snapshot,
    node: NodeId,
    task: Task,
    *,
    facts: LeanFacts = NO_FACTS,
    lessons: Sequence[str] = (),
    related: Sequence[RelatedHit] = (),
    note: str = "",
    audience: Audience = Audience.MATHEMATICIAN,
) -> Context:
    """All that a model may be told for a task on a node; KeyError where the snapshot has no such node.

    `lessons` are what attempts that failed have taught, and `related` what a search found, both the best first.
    The same arguments always give the same sections.
    """
    gatherer = _Gatherer(snapshot, snapshot.nodes[node], task, facts, lessons, related)
    sections = gatherer.sections(audience)
    if note.strip():
        sections.append(Section("note", Part.NOTE, "What you add", note.strip(), 0, is_required=True))
    in_order = sorted(sections, key=lambda each: list(Part).index(each.part))
    heading = snapshot.nodes[node].heading
    digest = statement_hash(snapshot.nodes[node])
    return Context(node, task, tuple(in_order), audience, heading, gatherer.declaration, statement_sha256=digest)


class _Gatherer:
    """Makes the sections of each part in turn."""

    def __init__(
        self,
        snapshot: Snapshot,
        node: Node,
        task: Task,
        facts: LeanFacts,
        lessons: Sequence[str],
        related: Sequence[RelatedHit],
    ) -> None:
        self._snapshot, self._node, self._task, self._facts = snapshot, node, task, facts
        self._lessons, self._related = lessons, related
        self.declaration = facts.goal.name if facts.goal is not None else target_of(task, snapshot, node.id)
        self._used = used_by_node(snapshot, node.id)
        self._below = definitions_below(snapshot, node.id)
        self._quoted = {self.declaration}
        self._makers: Mapping[Part, Callable[[], Iterator[Section]]] = {
            Part.VERSIONS: self._versions,
            Part.DEFINITIONS: self._definitions,
            Part.USES: self._uses,
            Part.BLACK_BOXES: self._black_boxes,
            Part.USERS: self._users,
            Part.RELATED: self._hits,
            Part.NEIGHBOURS: self._neighbours,
            Part.LESSONS: self._lesson_sections,
            Part.LEAN_BEFORE: self._lean_before,
            Part.STATEMENT: self._statement,
            Part.PROOF: self._proof,
            Part.LEAN_STATEMENT: self._lean_statement,
            Part.LEAN_PROOF: self._lean_proof,
        }

    def sections(self, audience: Audience) -> list[Section]:
        """The sections of all parts that the task is told, each with its rank."""
        found: list[Section] = []
        parts = parts_of(self._task, audience)
        for position, part in enumerate(parts):
            if part is not Part.MACROS:
                found += self._ranked(part, position, list(self._makers[part]()))
        if Part.MACROS in parts:
            found += self._ranked(Part.MACROS, parts.index(Part.MACROS), list(self._macros(found)))
        return found

    def _ranked(self, part: Part, position: int, sections: list[Section]) -> list[Section]:
        required = part in REQUIRED[self._task]
        first = position * _STEP
        return [replace(each, rank=first + number, is_required=required) for number, each in enumerate(sections)]

    def _versions(self) -> Iterator[Section]:
        if self._facts.lean or self._facts.mathlib:
            text = f"Lean: {self._facts.lean or 'not known'}\nMathlib: {self._facts.mathlib or 'none'}"
            yield Section("versions", Part.VERSIONS, "Versions", text, 0)

    def _statement(self) -> Iterator[Section]:
        node = self._node
        title = f"Statement of {node.heading}"
        yield Section("statement", Part.STATEMENT, title, _tex(node), 0, node.id)

    def _proof(self) -> Iterator[Section]:
        proof = self._node.proof
        if proof is not None and proof.tex.strip():
            title = f"Proof of {self._node.heading}, as written in the blueprint"
            yield Section("proof", Part.PROOF, title, proof.tex.strip(), 0, self._node.id)

    def _uses(self) -> Iterator[Section]:
        in_statement = self._snapshot.statement_uses[self._node.id]
        for other in self._used:
            used = self._snapshot.nodes[other]
            where = "statement" if other in in_statement else "proof"
            yield Section(f"uses:{other}", Part.USES, f"{used.heading}, used in the {where}", _tex(used), 0, other)

    def _definitions(self) -> Iterator[Section]:
        for other in self._below:
            node = self._snapshot.nodes[other]
            title = f"{node.heading}, on which what is used rests"
            yield Section(f"definition:{other}", Part.DEFINITIONS, title, _tex(node), 0, other)
            if self._task in SHOWS_LEAN_OF_DEFINITIONS:
                for each in self._snapshot.node_evidence[other].declarations:
                    yield from self._declaration(each, Part.DEFINITIONS)

    def _users(self) -> Iterator[Section]:
        for other in self._snapshot.used_by[self._node.id][:MOST_USERS]:
            user = self._snapshot.nodes[other]
            yield Section(f"used-by:{other}", Part.USERS, f"{user.heading}, which uses this node", _tex(user), 0, other)

    def _hits(self) -> Iterator[Section]:
        seen = {self._node.id, *self._used, *self._below}
        for number, hit in enumerate(self._related, 1):
            if hit.node is not None and hit.node in self._snapshot.nodes and hit.node not in seen:
                seen.add(hit.node)
                node = self._snapshot.nodes[hit.node]
                title = f"{node.heading}, found by search"
                yield Section(f"hit:{node.id}", Part.RELATED, title, _tex(node), 0, node.id)
            elif hit.node is None and hit.text.strip():
                title = f"{hit.declaration or 'A text'}, found by search"
                text = hit.text.strip()
                yield Section(f"hit:{number}", Part.RELATED, title, text, 0, None, hit.declaration)

    def _lesson_sections(self) -> Iterator[Section]:
        for number, lesson in enumerate((each.strip() for each in self._lessons if each.strip()), 1):
            yield Section(f"lesson:{number}", Part.LESSONS, "What an attempt that failed has taught", lesson, 0)

    def _macros(self, sections: Sequence[Section]) -> Iterator[Section]:
        texts = [each.text for each in sections if each.part in _MADE_OF_TEX]
        macros = macros_in(texts, self._snapshot.blueprint.macros)
        if macros:
            title = "Macros of the project that occur in its texts"
            yield Section("macros", Part.MACROS, title, written(macros), 0)

    def _black_boxes(self) -> Iterator[Section]:
        for other in self._used:
            for each in self._snapshot.node_evidence[other].declarations:
                yield from self._declaration(each, Part.BLACK_BOXES)

    def _declaration(self, evidence: DeclarationEvidence, part: Part) -> Iterator[Section]:
        if evidence.name in self._quoted:
            return
        self._quoted.add(evidence.name)
        text = _lean_text(evidence, self._facts)
        remark = self._remark(evidence, bool(text))
        title = f"{evidence.name}{f' ({remark})' if remark else ''}"
        text = text or "-- Its statement is not at hand."
        yield Section(f"lean:{evidence.name}", part, title, text, 0, None, evidence.name)

    def _remark(self, evidence: DeclarationEvidence, has_text: bool) -> str:
        """What keeps a declaration from being used, or makes it doubtful; "" if nothing does."""
        goal, place = self._facts.goal, evidence.place
        if evidence.level is EvidenceLevel.MISSING:
            return "the blueprint names it, but the project has no such declaration"
        if goal is not None and place is not None and place.file == goal.file and place.line > goal.line:
            return "declared further down in the same file: cannot be used"
        if evidence.has_own_sorry or evidence.sorry_in or "sorryAx" in (evidence.axioms or ()):
            return "its proof holds a sorry: what rests on it cannot be accepted"
        if not has_text:
            return "from Lean's own library, Mathlib or another package" if evidence.is_external else ""
        return ""

    def _lean_before(self) -> Iterator[Section]:
        text = in_force(self._before())
        if text:
            title = "What is in force in the Lean file where the statement stands"
            yield Section("lean-before", Part.LEAN_BEFORE, title, text, 0)

    def _neighbours(self) -> Iterator[Section]:
        shown = [each.name for other in self._used for each in self._snapshot.node_evidence[other].declarations]
        text = neighbours(self._before(), shown)
        if text:
            title = "Declarations before it in the same Lean file, proofs left out"
            yield Section("neighbours", Part.NEIGHBOURS, title, text, 0)

    def _before(self) -> str:
        return self._facts.goal.before if self._facts.goal is not None else self._facts.before

    def _lean_statement(self) -> Iterator[Section]:
        goal = self._facts.goal
        if goal is not None:
            title = f"{goal.name}, the statement in Lean"
            yield Section("lean-statement", Part.LEAN_STATEMENT, title, goal.statement.strip(), 0, None, goal.name)
        for each in self._snapshot.node_evidence[self._node.id].declarations:
            text = _lean_text(each, self._facts)
            if text and (goal is None or each.name != goal.name):
                title = f"{each.name}, a declaration of this node"
                yield Section(f"lean-statement:{each.name}", Part.LEAN_STATEMENT, title, text, 0, None, each.name)

    def _lean_proof(self) -> Iterator[Section]:
        goal = self._facts.goal
        if goal is not None and goal.proof.strip():
            title = f"{goal.name}, the proof in Lean"
            yield Section("lean-proof", Part.LEAN_PROOF, title, goal.proof.strip("\n"), 0, None, goal.name)


def _tex(node: Node) -> str:
    """A node's statement, its title in brackets taken off where the reader left it in."""
    tex = node.statement.tex.strip()
    return (tex.removeprefix(f"[{node.title}]").strip() if node.title else tex) or "(empty)"


def _lean_text(evidence: DeclarationEvidence, facts: LeanFacts) -> str:
    """A declaration as a black box: documentation and statement; of a definition the whole text if it is known."""
    text = facts.texts.get(evidence.name, "") if is_defining(evidence) else ""
    text = text or evidence.statement or evidence.signature
    if not text.strip():
        return ""
    documentation = f"/-- {evidence.doc.strip()} -/\n" if evidence.doc.strip() else ""
    return documentation + text.rstrip()
