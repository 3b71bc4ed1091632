"""Where the installed mathematics engine and the resources for pages lie."""

from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

_ENGINE_PACKAGE = "sphinx-mathjax-offline"
_ENGINE_FOLDER = "sphinx-mathjax-offline/static/mathjax"


@cache
def engine_folder() -> Path | None:
    """The installed mathematics engine's folder, or None where its package is missing."""
    try:
        folder = Path(str(distribution(_ENGINE_PACKAGE).locate_file(_ENGINE_FOLDER)))
    except PackageNotFoundError:
        return None
    return folder if (folder / "startup.js").is_file() else None


@cache
def resource_folder(name: str) -> Path:
    """A folder of resources: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "resources" / name
    return inside if inside.is_dir() else package.parent / "resources" / name
