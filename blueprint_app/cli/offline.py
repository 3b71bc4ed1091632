"""The commands for people who are elsewhere: a project as one file of several kinds, and what changed."""

import argparse
from pathlib import Path

from blueprint_app.cli.project import (
    Commands,
    add_project,
    add_reading,
    open_snapshot,
    report,
    tell_remarks,
    with_lean_side,
    write,
    write_json,
)
from blueprint_app.model.snapshot import Snapshot

_FIGURES = ("statements", "proofs", "without-sorry", "verified")


def add_commands(commands: Commands) -> None:
    """The commands, with their options."""
    snapshot = commands.add_parser("snapshot", help="the project as one file, to be opened anywhere and read-only")
    add_project(snapshot)
    snapshot.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="usually NAME.bpsnap")
    snapshot.add_argument("--no-history", action="store_true", help="leave out the past and who wrote what")
    snapshot.set_defaults(run=_snapshot)

    report = commands.add_parser(
        "report", help="the project as one HTML file for everybody, made for a project's pages"
    )
    add_project(report)
    report.add_argument("-o", "--output", type=Path, metavar="FILE", required=True, help="usually report.html")
    report.set_defaults(run=_report)

    badge = commands.add_parser("badge", help="one figure of how far the project is, as a small SVG image")
    add_project(badge)
    badge.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")
    badge.add_argument(
        "--count",
        choices=_FIGURES,
        default="proofs",
        help="what is counted: as the author declares it (statements, proofs) or as Lean shows it (default: proofs)",
    )
    badge.set_defaults(run=_badge)

    compare = commands.add_parser("compare", help="what is different between two projects or snapshot files")
    compare.add_argument("before", type=Path, metavar="A", help="a folder or a snapshot file")
    compare.add_argument("after", type=Path, metavar="B", help="a later one")
    compare.add_argument("--json", action="store_true", help="as JSON, for scripts")
    add_reading(compare)
    compare.set_defaults(run=_compare)


def _snapshot(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap.packing import pack_project

    snapshot = with_lean_side(options, open_snapshot(options))
    tell_remarks(snapshot.evidence)
    pack_project(snapshot, options.output, report=report, with_past=not options.no_history)
    size = options.output.stat().st_size
    print(f"{options.output}: {len(snapshot.nodes)} nodes, {max(size // 1000, 1):,} kB")
    return 0


def _report(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap.packing import report_on

    snapshot = with_lean_side(options, open_snapshot(options))
    tell_remarks(snapshot.evidence)
    data = report_on(snapshot, report=report).encode()
    write(options.output, data)
    print(f"{options.output}: {len(snapshot.nodes)} nodes, {len(data) // 1000:,} kB")
    return 0


def _badge(options: argparse.Namespace) -> int:
    from blueprint_app.export.badge import badge_as_svg

    snapshot = with_lean_side(options, open_snapshot(options))
    write(options.output, badge_as_svg(snapshot, options.count).encode())
    return 0


def _compare(options: argparse.Namespace) -> int:
    from blueprint_app.export.changes_text import changes_as_json, changes_as_text
    from blueprint_app.live.changes import changes_between

    old, new = _opened(options, options.before), _opened(options, options.after)
    changes = changes_between(old, new)
    if options.json:
        write_json(changes_as_json(old, new, changes))
    else:
        write(None, changes_as_text(old, new, changes).encode())
    return 0


def _opened(options: argparse.Namespace, path: Path) -> Snapshot:
    options.path = path
    return with_lean_side(options, open_snapshot(options))
