"""Finding the blueprints that come with the app."""

import re
import sysconfig
from pathlib import Path

import blueprint_app
from blueprint_app.export.titles import plain_title

_TITLE = re.compile(r"^\\title\{([^{}]*)\}", re.MULTILINE)


def sample_folders() -> tuple[Path, ...]:
    """The bundled sample projects, the one to start with first; none where they were not installed."""
    package = Path(blueprint_app.__file__).parent
    places = (
        package / "samples",
        package.parent / "samples",
        Path(sysconfig.get_path("data")) / "share" / "blueprint-explorer" / "samples",
    )
    for place in places:
        found = [folder for folder in place.glob("*") if (folder / "blueprint").is_dir()] if place.is_dir() else []
        if found:
            # The largest is the one to learn from; the others show single things.
            return tuple(sorted(found, key=lambda folder: (-_size(folder), folder.name)))
    return ()


def sample_title(folder: Path) -> str:
    """The title that a sample gives itself, "" without one; for the list of samples, before any is read."""
    for file in sorted((folder / "blueprint" / "src").glob("*.tex")):
        found = _TITLE.search(file.read_text("utf-8", "replace"))
        if found:
            return plain_title(found.group(1))
    return ""


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in (folder / "blueprint").rglob("*.tex"))
