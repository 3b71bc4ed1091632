"""The command line: every feature that needs no window."""

import argparse
import sys
from collections.abc import Sequence

from blueprint_app import __version__
from blueprint_app.cli import asking, attempts, drafting, graph, history, lean, offline, planning, reading
from blueprint_app.model.errors import BlueprintError


def main(arguments: Sequence[str]) -> int:
    """Run a command; 0 on success, 1 on failure, 2 on wrong usage."""
    options = make_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BlueprintError as error:
        print(f"blueprint-explorer: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (`... | head`): that is no failure of ours.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="blueprint-explorer",
        description="See what a Lean blueprint rests on, how far it is, and how that is known. "
        "With no command, or with a folder, the window opens.",
        epilog="Exit codes: 0 when it is done; 1 when it cannot be done, which is then explained; 2 for wrong usage, "
        "and where there is no display for the window; 130 when it is interrupted.",
    )
    parser.add_argument(
        "--version", action="version", version=f"blueprint-explorer {__version__}", help="tell the version"
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for each in (reading, graph, lean, asking, drafting, attempts, offline, history, planning):
        each.add_commands(commands)
    return parser
