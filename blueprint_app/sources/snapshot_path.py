"""How snapshot files are told from folders, without anything that reads either."""

from pathlib import Path

SNAPSHOT_SUFFIX = ".bpsnap"


def is_snapshot_file(path: Path) -> bool:
    """Whether a path is meant as a snapshot file, be it there or not."""
    return path.suffix.lower() == SNAPSHOT_SUFFIX and not path.is_dir()
