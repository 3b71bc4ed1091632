"""Renders the icon for systems that want pixels:  python packaging/frozen/render_icon.py FILE.ico  (or .icns, .png)."""

import os
import sys
from pathlib import Path

SIDE = {".ico": 256, ".icns": 1024}


def main(file: Path) -> int:
    """Write the icon; 0 where that could be done."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication, QIcon

    application = QGuiApplication([])
    source = Path(__file__).resolve().parents[2] / "resources" / "icons" / "blueprint-explorer.svg"
    side = SIDE.get(file.suffix, 256)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = QIcon(str(source)).pixmap(side, side).toImage().save(str(file))
    del application
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
