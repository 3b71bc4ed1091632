"""Snapshots by hand with evidence by hand: a node ``b`` declares ``P.b``."""

from dataclasses import replace

from blueprint_app.model.blueprint import Blueprint, ListCommand, ListEntry, Node, Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.model.snapshot import Snapshot
from tests.model.builders import PLACE, blueprint

SOURCE, CHECKED, MISSING = EvidenceLevel.SOURCE, EvidenceLevel.CHECKED, EvidenceLevel.MISSING
CLEAN = ("propext",)


def made(
    text: str, *declarations: DeclarationEvidence, reading: Reading = Reading.LEANBLUEPRINT, **more: object
) -> Snapshot:
    """A snapshot; without declarations Lean's side was not looked at."""
    plain = blueprint(text, **more)
    if not declarations:
        return snapshot_of(plain, reading)
    evidence = ProjectEvidence({each.name: each for each in declarations}, frozenset({"P"}), is_complete=True)
    return snapshot_of(with_names(plain), reading, evidence)


def with_names(plain: Blueprint) -> Blueprint:
    return replace(plain, nodes=tuple(map(_named, plain.nodes)))


def _named(node: Node) -> Node:
    command = ListCommand((ListEntry(f"P.{node.id}", PLACE),), PLACE)
    return replace(node, statement=replace(node.statement, lean=(command,)))


def shown(name: str, level: EvidenceLevel = SOURCE, **more: object) -> DeclarationEvidence:
    return DeclarationEvidence(f"P.{name}", level, **more)
