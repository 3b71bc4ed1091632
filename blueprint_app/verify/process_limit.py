"""A bound on processes that the system keeps itself. Limits of a user's processes do not hold for root's."""

import contextlib
import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path

_NAME = "blueprint-explorer-"
_GONE_SECONDS = 2.0
_ENTER = 'echo $$ > "$0" && exec "$@"'
_GROUPS = Path("/sys/fs/cgroup")
_counter = itertools.count()


@contextlib.contextmanager
def at_most(count: int) -> Iterator[tuple[str, ...]]:
    """The words that, put before a command, keep it and all that it starts below `count` processes and threads.

    They are none for a user other than root, whose ``RLIMIT_NPROC`` holds, and where root may make no control
    group, as in a container: there only the watch from outside is left. The group is gone when the context ends.
    """
    group = _made(count) if os.name == "posix" and os.geteuid() == 0 else None
    if group is None:
        yield ()
        return
    try:
        yield ("/bin/sh", "-c", _ENTER, str(group / "cgroup.procs"))
    finally:
        _remove(group)


def _made(count: int) -> Path | None:
    """A new control group with this bound, of the first kind or the second."""
    for parent in (_GROUPS / "pids", _GROUPS):
        group = parent / f"{_NAME}{os.getpid()}-{next(_counter)}"
        with contextlib.suppress(OSError):
            if not (parent / "cgroup.procs").is_file():
                continue
            _sweep(parent)
            group.mkdir()
            try:
                (group / "pids.max").write_text(str(count), encoding="ascii")
            except OSError:
                group.rmdir()
                raise
            return group
    return None


def _sweep(parent: Path) -> None:
    """Remove the groups of applications that were killed."""
    for group in parent.glob(f"{_NAME}*-*"):
        if not Path("/proc", group.name.removeprefix(_NAME).split("-")[0]).exists():
            with contextlib.suppress(OSError):
                group.rmdir()


def _remove(group: Path) -> None:
    """The system lets a group go once the last of its processes is gone, which takes a moment after its end."""
    deadline = time.monotonic() + _GONE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.01)
