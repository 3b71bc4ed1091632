"""The commands about what Lean's side shows: drift, and evidence for others."""

import argparse
import json
from pathlib import Path

from blueprint_app.cli.project import Commands, add_project, open_snapshot, report, tell_remarks, with_lean_side, write

_ASK = "run Lean on the built project, which runs the project's own code; never starts a build"


def add_commands(commands: Commands) -> None:
    """The commands, with their options."""
    check = commands.add_parser(
        "check",
        help="where declared and Lean contradict each other; fails on false claims",
        epilog="Exit code 1 also if a claim is false.",
    )
    add_project(check)
    check.add_argument("--ask", action="store_true", help=_ASK)
    check.add_argument("--json", action="store_true", help="as JSON, for scripts")
    check.add_argument("--evidence", type=Path, metavar="FILE", help="published evidence to take into account")
    check.set_defaults(run=_check)

    evidence = commands.add_parser("evidence", help="what Lean's side shows, as a file for others")
    add_project(evidence)
    evidence.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="where to write it")
    evidence.add_argument("--ask", action="store_true", help=_ASK)
    evidence.set_defaults(run=_evidence)


def _check(options: argparse.Namespace) -> int:
    from blueprint_app.export.drift_text import drift_as_json, drift_as_text
    from blueprint_app.insight.drift import false_claims, find_drift

    snapshot = with_lean_side(options, open_snapshot(options), ask=options.ask, published=options.evidence)
    drift = find_drift(snapshot)
    text = drift_as_text(snapshot, drift)
    if options.json:
        text = json.dumps(drift_as_json(snapshot, drift), ensure_ascii=False, indent=1) + "\n"
    write(None, text.encode())
    return 1 if false_claims(drift) else 0


def _evidence(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap.lean_side import lean_side

    snapshot = open_snapshot(options)
    side = lean_side(Path(snapshot.blueprint.folder))
    count, found = side.publish(snapshot.blueprint, options.output, report=report, ask=options.ask)
    tell_remarks(found)
    print(f"{options.output}: evidence for {count} declarations")
    return 0
