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
    """Every process of the machine that lives in one of these namespaces."""
    pids = [name for name in os.listdir("/proc") if name.isdigit() and namespace_of(name) in namespaces]
    return [f"{pid} {command_of(pid)}" for pid in pids if state_of(pid) not in ("Z", "X", "")]


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
