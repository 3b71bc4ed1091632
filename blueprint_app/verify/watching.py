"""What a tree of processes takes, seen from outside of it: limits that hold for all of them together."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_KIBIBYTE = 1024
_OWN_MEMORY = ("RssAnon:", "RssShmem:", "VmSwap:")
_RESERVE = 256 * 2**20
"""Bytes that the machine must have left: what hides from the count of processes does not hide from this one."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What processes take; `memory` in bytes, without files that are only mapped. `pids` holds their start times."""

    pids: dict[int, str]
    threads: int = 0
    memory: int = 0


def usage_below(root: int) -> Usage:
    """What a process and all below it take now. A process that ends meanwhile does not count."""
    parents, starts = {}, {}
    for name in os.listdir(_PROC):
        if name.isdigit() and (found := _parent_and_start(name)):
            parents[int(name)], starts[int(name)] = found
    pids = {pid: starts[pid] for pid in parents if _is_below(pid, root, parents)}
    taken = [_threads_and_memory(pid) for pid in pids]
    return Usage(pids, sum(threads for threads, _ in taken), sum(memory for _, memory in taken))


def is_running(pid: int, start: str) -> bool:
    """Whether the process with this id and start time is still there; one that only waits to be reaped is not."""
    text = _stat(str(pid))
    return bool(text) and text[19] == start and text[0] not in ("Z", "X")


def memory_is_short() -> bool:
    """Whether the machine has hardly any memory left, whoever took it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in (_PROC / "meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * _KIBIBYTE < _RESERVE
    return False


def _is_below(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid != root:
        pid = parents.get(pid, 0)
        if pid <= 1:
            return root == pid
    return True


def _stat(pid: str) -> list[str]:
    """The fields of a process's ``stat`` from the state on; the name before may hold anything."""
    with contextlib.suppress(OSError):
        text = (_PROC / pid / "stat").read_text(encoding="utf-8", errors="replace")
        fields = text.rpartition(")")[2].split()
        return fields if len(fields) > 20 else []
    return []


def _parent_and_start(pid: str) -> tuple[int, str] | None:
    fields = _stat(pid)
    return (int(fields[1]), fields[19]) if fields else None


def _threads_and_memory(pid: int) -> tuple[int, int]:
    threads = memory = 0
    with contextlib.suppress(OSError, ValueError):
        for line in (_PROC / str(pid) / "status").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(_OWN_MEMORY):
                memory += int(line.split()[1]) * _KIBIBYTE
            elif line.startswith("Threads:"):
                threads = int(line.split()[1])
    return threads, memory
