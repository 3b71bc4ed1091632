"""The few files a page may load: the shell with its style and script, and the mathematics engine's own."""

from functools import cache
from pathlib import Path, PurePosixPath

from blueprint_app.export.engine_files import engine_folder

_TYPES = {
    ".html": b"text/html",
    ".css": b"text/css",
    ".js": b"text/javascript",
    ".woff": b"font/woff",
}
_OWN = frozenset({"reading.html", "reading.css", "reading.js"})


@cache
def shell_folder() -> Path:
    """The folder of the shell: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "resources" / "reading"
    return inside if inside.is_dir() else package.parent / "resources" / "reading"


def served(path: str) -> tuple[bytes, bytes] | None:
    """The type and the content of the file that a page asks for as `path`, or None for all others.

    `path` is ``/reading.css`` for the shell's files and ``/mathjax/...`` for the engine's scripts
    and fonts.
    """
    parts = PurePosixPath(path.lstrip("/")).parts
    kind = _TYPES.get(PurePosixPath(path).suffix)
    engine = engine_folder()
    if kind is None or ".." in parts:
        return None
    if len(parts) == 1 and parts[0] in _OWN:
        return kind, (shell_folder() / parts[0]).read_bytes()
    if parts[:1] == ("mathjax",) and engine is not None:
        file = engine.joinpath(*parts[1:])
        return (kind, file.read_bytes()) if file.is_file() else None
    return None
