"""Where the program starts: a window for a person, or a command line for everything that needs none."""

import sys
from collections.abc import Sequence
from pathlib import Path

NO_DISPLAY = """\
There is no display here, so no window can be shown.
These commands work without one:
  blueprint-explorer status PATH        how far the blueprint is
  blueprint-explorer show PATH LABEL    one node with all that is known of it
  blueprint-explorer graph PATH -o graph.svg
  blueprint-explorer --help             all commands
"""

MISSING_LIBRARY = """\
Qt cannot start: {reason}
On Debian and Ubuntu this installs what it needs:
  sudo apt-get install libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0 \
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window for no argument or a folder, else run a command; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and not (len(given) == 1 and Path(given[0]).exists()):
        from blueprint_app import cli

        return cli.main(given)
    return open_window(Path(given[0]).resolve() if given else None)


def open_window(path: Path | None) -> int:
    """Show the window; where that cannot be, say why and what works without one (exit status 2)."""
    try:
        from blueprint_app.ui import app
    except ImportError as error:
        if not (error.name or "PySide6").startswith(("PySide6", "shiboken6")):
            raise
        print(MISSING_LIBRARY.format(reason=error), file=sys.stderr)
        return 2
    if not app.has_display():
        print(NO_DISPLAY, end="", file=sys.stderr)
        return 2
    return app.run(path)


if __name__ == "__main__":
    sys.exit(main())
