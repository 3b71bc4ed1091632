"""What all commands share: opening a project, its Lean side, and where output goes."""

import argparse
import json
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from blueprint_app.model.blueprint import NodeId, Reading
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import ProjectEvidence
from blueprint_app.model.snapshot import Snapshot

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_project(parser: argparse.ArgumentParser) -> None:
    """The arguments that name a project and how it is read."""
    parser.add_argument("path", type=Path, metavar="PATH", help="the project's folder, or a snapshot file of it")
    add_reading(parser)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """The argument that says how a project is read."""
    parser.add_argument(
        "--reading",
        choices=[reading.value for reading in Reading],
        default=Reading.LEANBLUEPRINT.value,
        help="how repeated lists, Mathlib nodes, definitions and cycles count (default: leanblueprint)",
    )


def steps(text: str) -> int:
    """A number of steps, results or nodes, as given on the command line."""
    steps = int(text)
    if steps < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return steps


def open_snapshot(options: argparse.Namespace) -> Snapshot:
    """The snapshot of the project, before its Lean side is looked at."""
    from blueprint_app.bootstrap.opening import open_project

    return open_project(options.path, Reading(options.reading))


def with_lean_side(
    options: argparse.Namespace, snapshot: Snapshot, *, ask: bool = False, published: Path | None = None
) -> Snapshot:
    """The snapshot with the evidence at hand; nothing is run unless `ask` says so.

    One from a snapshot file keeps the evidence that came with it. Raises BlueprintError where more is wanted of one.
    """
    from blueprint_app.bootstrap.lean_side import lean_side
    from blueprint_app.model.derive import snapshot_of

    if snapshot.blueprint.is_packed and not ask and published is None:
        return snapshot
    side = lean_side(Path(snapshot.blueprint.folder))
    if published is not None:
        side.take(published)
    evidence = side.ask(snapshot.blueprint, report=report) if ask else side.evidence(snapshot.blueprint)
    return snapshot_of(snapshot.blueprint, Reading(options.reading), evidence, snapshot.provenance)


def node_id(snapshot: Snapshot, label: str) -> NodeId:
    """The node that a label (or an id of the app's own) names; raises BlueprintError with near labels."""
    if label in snapshot.nodes:
        return NodeId(label)
    if label in snapshot.blueprint.labels:
        return snapshot.blueprint.labels[label]
    near = get_close_matches(label, [*snapshot.blueprint.labels], n=3, cutoff=0.6)
    raise BlueprintError(
        f"There is no node with the label {label}.", f"Did you mean {' or '.join(near)}?" if near else "See `graph`."
    )


def tell_remarks(evidence: ProjectEvidence) -> None:
    """Say what could not be looked at, and why."""
    for remark in evidence.remarks:
        print(f"blueprint-explorer: {remark.message} {remark.hint}".rstrip(), file=sys.stderr)


def report(_fraction: float, note: str) -> None:
    """Progress for a person who waits; a file or a pipe gets none."""
    if sys.stderr.isatty():
        print(f"\r{note:<70}", end="", file=sys.stderr, flush=True)


def write(path: Path | None, data: bytes) -> None:
    """Write to a file, or to standard output where none is named."""
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BlueprintError(
            f"{path} could not be written: {error.strerror}.", "Choose another place with -o."
        ) from error


def write_json(data: object) -> None:
    """Print a value for scripts."""
    write(None, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
