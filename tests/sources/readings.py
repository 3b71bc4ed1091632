"""What tests of readers ask of a blueprint."""

from collections.abc import Mapping
from pathlib import Path

from blueprint_app.model.blueprint import Blueprint, Node


def by_id(blueprint: Blueprint) -> dict[str, Node]:
    return {node.id: node for node in blueprint.nodes}


def uses_of(node: Node) -> tuple[str, ...]:
    return tuple(entry.text for command in node.statement.uses for entry in command.entries)


def proof_uses_of(node: Node) -> tuple[str, ...]:
    commands = node.proof.uses if node.proof is not None else ()
    return tuple(entry.text for command in commands for entry in command.entries)


def lean_of(node: Node) -> tuple[str, ...]:
    return tuple(entry.text for command in node.statement.lean for entry in command.entries)


def codes(blueprint: Blueprint) -> list[str]:
    return [diagnostic.code for diagnostic in blueprint.diagnostics]


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
