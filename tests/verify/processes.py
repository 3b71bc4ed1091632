"""Watches from outside what a sandbox starts, so that a test can tell that nothing of it is left."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path


def namespace_of(pid: int | str) -> str:
    """The process namespace of a process; "" if it is gone."""
    try:
        return os.readlink(f"/proc/{pid}/ns/pid")
    except OSError:
        return ""


def processes_in(namespaces: set[str]) -> list[str]:
    """Every process of the machine that lives in one of these namespaces.

    The number of a namespace that is gone may be given to one of another test's: what is below that does not count.
    """
    pids = [name for name in os.listdir("/proc") if name.isdigit() and namespace_of(name) in namespaces]
    here = [pid for pid in pids if not _is_anothers(pid)]
    return [f"{pid} {command_of(pid)}" for pid in here if state_of(pid) not in ("Z", "X", "")]


def _is_anothers(pid: str) -> bool:
    """Whether another process of the tests started it, which this one neither is nor comes from."""
    own, above = set(_ancestors(str(os.getpid()))), _ancestors(pid)
    return str(os.getpid()) not in above and any("python" in command_of(each) for each in above if each not in own)


def _ancestors(pid: str) -> list[str]:
    found = []
    while pid not in ("0", ""):
        found.append(pid)
        pid = _parent_of(pid)
    return found


def _parent_of(pid: str) -> str:
    with contextlib.suppress(OSError, IndexError):
        return Path("/proc", pid, "stat").read_text(errors="replace").rpartition(")")[2].split()[1]
    return ""


def state_of(pid: str) -> str:
    with contextlib.suppress(OSError):
        return Path("/proc", pid, "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
    return ""


def command_of(pid: str) -> str:
    with contextlib.suppress(OSError):
        return Path("/proc", pid, "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                parent = Path("/proc", name, "stat").read_text(errors="replace").rpartition(")")[2].split()[1]
                found.setdefault(int(parent), []).append(int(name))
    return found


def _namespaces_below(pid: int) -> set[str]:
    children, waiting, found = _children(), [pid], set()
    while waiting:
        below = children.get(waiting.pop(), [])
        waiting += below
        found |= {namespace_of(each) for each in below}
    return found - {"", namespace_of("self")}


@contextlib.contextmanager
def watched_namespaces() -> Iterator[set[str]]:
    """Collects the process namespaces that appear below this process meanwhile."""
    seen: set[str] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.update(_namespaces_below(os.getpid()))
            time.sleep(0.01)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        thread.join()


@contextlib.contextmanager
def leaves_no_process(lasting: bool = False) -> Iterator[None]:
    """Fails if anything that ran in a namespace of its own still does; if it is `lasting`, also if nothing was seen."""
    with watched_namespaces() as seen:
        yield
        left = processes_in(seen)
    assert seen or not lasting, "nothing was started in a namespace of its own, so that this would notice nothing"
    assert left == []
