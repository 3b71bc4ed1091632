"""What a context needs of the disk: the Lean text around a statement, whole definitions, versions."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from blueprint_app.assistant.tasks import Task, is_defining, target_of
from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import DeclarationEvidence
from blueprint_app.model.graph import adjacency, reach
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.verify.goal import Goal, goal_of

LONGEST_DEFINITION = 60
"""Lines of a definition that are quoted."""

LARGEST_FILE = 5_000_000
"""Bytes of a Lean file that is looked into."""


@dataclass(frozen=True, slots=True)
class LeanFacts:
    """What is known of Lean's side beyond the evidence; what could not be found out is empty.

    `lean` is the content of ``lean-toolchain``, `mathlib` the revision of Mathlib that the project is pinned to,
    "" if it uses none. `goal` is the declaration that a task is about, cut out of its file. `before` is the Lean text
    in front of the place where a new statement would go. `texts` are whole declarations as written, by full name.
    """

    lean: str = ""
    mathlib: str = ""
    goal: Goal | None = None
    before: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


NO_FACTS = LeanFacts()
"""Of a project without a Lean side, or where nobody looked."""


def lean_facts(
    folder: Path, snapshot: Snapshot, node: NodeId, task: Task, check: Callable[[], None] = lambda: None
) -> LeanFacts:
    """Read what a task on a node needs from the project's Lean files; runs nothing. `check` may raise to stop.

    Raises BlueprintError where the declaration that is to be proved or retold cannot be cut out of its file.
    """
    project = read_project(folder)
    if project is None:
        return NO_FACTS
    texts = dict(_texts(project, _wanted(snapshot, node), check))
    return LeanFacts(project.toolchain, _mathlib(project), _goal(project, snapshot, node, task, check), "", texts)


def versions_of(folder: Path) -> tuple[str, str]:
    """The toolchain and the revision of Mathlib of the project in a folder, as `LeanFacts` has them."""
    project = read_project(folder)
    return ("", "") if project is None else (project.toolchain, _mathlib(project))


def definitions_below(snapshot: Snapshot, node: NodeId, most: int = 12) -> tuple[NodeId, ...]:
    """The definitions that a node rests on without using them directly, nearest first."""
    backwards = adjacency(snapshot.whole.edges, backwards=True)
    direct = {node, *snapshot.statement_uses[node], *snapshot.proof_uses[node]}
    below = reach(node, backwards)
    found = [other for other in below if other not in direct and snapshot.nodes[other].kind == "definition"]
    return tuple(sorted(found, key=lambda other: below[other])[:most])


def used_by_node(snapshot: Snapshot, node: NodeId) -> tuple[NodeId, ...]:
    """The nodes that a node uses directly, those of its statement first."""
    used = dict.fromkeys((*snapshot.statement_uses[node], *snapshot.proof_uses[node]))
    return tuple(other for other in used if other != node)


def _goal(project: LeanProject, snapshot: Snapshot, node: NodeId, task: Task, check: Callable[[], None]) -> Goal | None:
    name = target_of(task, snapshot, node)
    if not name:
        return None
    try:
        return goal_of(project, name, check)
    except BlueprintError:
        if task in (Task.PROVE, Task.RETELL):
            raise
        return None


def _wanted(snapshot: Snapshot, node: NodeId) -> list[DeclarationEvidence]:
    """The definitions in Lean that stand behind a node, what it uses, and the definitions below."""
    nodes = (node, *used_by_node(snapshot, node), *definitions_below(snapshot, node))
    found = (each for other in nodes for each in snapshot.node_evidence[other].declarations)
    return [each for each in found if is_defining(each) and each.place is not None and not each.is_generated]


def _texts(
    project: LeanProject, wanted: Iterable[DeclarationEvidence], check: Callable[[], None]
) -> Iterable[tuple[str, str]]:
    files: dict[str, list[str]] = {}
    for each in wanted:
        check()
        place = each.place
        if place is None or not place.file.endswith(".lean"):
            continue
        if place.file not in files:
            files[place.file] = _lines(project.base / place.file)
        lines = files[place.file][place.line - 1 : max(place.line, place.end_line)]
        if lines:
            cut = ["  -- (further lines are left out)"] if len(lines) > LONGEST_DEFINITION else []
            yield each.name, "\n".join([*lines[:LONGEST_DEFINITION], *cut])


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return []
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _mathlib(project: LeanProject) -> str:
    """The revision of Mathlib that the manifest pins: the name that was asked for, else the commit."""
    try:
        manifest = json.loads((project.folder / "lake-manifest.json").read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError, RecursionError):
        return ""
    entries = manifest.get("packages") if isinstance(manifest, dict) else None
    for entry in entries if isinstance(entries, list) else []:
        # Manifests up to version 5 wrap each entry: {"git": {...}}.
        facts = entry.get("git", entry) if isinstance(entry, dict) else None
        if isinstance(facts, dict) and facts.get("name") == "mathlib":
            asked, commit = facts.get("inputRev"), facts.get("rev")
            commit = commit[:10] if isinstance(commit, str) else ""
            return f"{asked} ({commit})" if isinstance(asked, str) and asked not in ("", commit) else commit
    return ""
