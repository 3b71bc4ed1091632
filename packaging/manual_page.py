"""Writes the manual page of the command line, from the parsers themselves:  python packaging/manual_page.py FILE.

Needs argparse-manpage, which the builds of the wheel and of the packages install.
"""

import sys
from pathlib import Path


def main(file: str) -> None:
    """Write the page."""
    from argparse_manpage import cli

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from blueprint_app import __version__

    sys.argv = [
        "argparse-manpage",
        *("--module", "blueprint_app.cli", "--function", "make_parser", "--format", "single-commands-section"),
        *("--prog", "blueprint-explorer", "--project-name", "blueprint-explorer", "--version", __version__),
        *("--manual-title", "Blueprint Explorer", "--output", file),
        *("--description", "see what a Lean blueprint rests on, how far it is, and how that is known"),
    ]
    cli.main()


if __name__ == "__main__":
    main(sys.argv[1])
