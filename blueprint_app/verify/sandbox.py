"""Runs a program that may do anything in a place where it can do nothing: bubblewrap, and a watch from outside."""

import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from blueprint_app.lean.asking.process import Program
from blueprint_app.verify.limits import JudgeLimits
from blueprint_app.verify.process_limit import at_most
from blueprint_app.verify.watching import is_running, memory_is_short, usage_below

SCRATCH = "/blueprint-scratch"
"""The one folder that a program in the sandbox can write to; it is gone with the program."""

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives")
_LOOK_SECONDS = 0.05
_GONE_SECONDS = 10.0
_TRIAL_SECONDS = 20
_FILES = 1024
_SPARE_THREADS = 32
"""What the system allows beyond the limit that is watched: who watches can then say what happened."""

_SAFE_PATH = "/usr/local/bin:/usr/bin:/bin"


class LimitError(Exception):
    """A program was ended as it took more than it may; the text says of what."""


class MemoryLimitError(LimitError):
    """It took too much memory."""


@dataclass(frozen=True, slots=True)
class NoSandbox:
    """Why there is no sandbox on this machine, and what to do about it."""

    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Job:
    """What to run inside: words, and what it sees.

    `readable` are folders that are there under their own names, read-only. `given` are files by the path that they
    have inside, read-only; `answer` is one file that can be written to, by the same rule. Nothing else of the
    machine is there but its programs and libraries.
    """

    command: tuple[str, ...]
    readable: tuple[Path, ...] = ()
    given: Mapping[str, Path] = field(default_factory=dict)
    answer: tuple[str, Path] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A bubblewrap that was tried and works; `extras` are those of its options that not every version has."""

    bwrap: Path
    prlimit: Path
    version: str = ""
    extras: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"bubblewrap {self.version}".strip()

    def run(
        self, job: Job, limits: JudgeLimits, on_line: Callable[[str], None], check: Callable[[], None] = lambda: None
    ) -> int:
        """Run a job to its end and return its exit code; afterwards no process of it is left.

        Raises `LimitError`, `TimeLimitError` (of `lean.asking.process`), and what `check` raises.
        """
        check()
        with at_most(limits.threads + _SPARE_THREADS) as bounded:
            program = Program([*bounded, *self.command(job, limits)], Path("/"), {"PATH": _SAFE_PATH})
            watch = _Watch(program.pid, limits)

            def look() -> None:
                check()
                watch.look()

            try:
                return program.follow(_counting(on_line, limits.output), look, limits.seconds)
            finally:
                program.end()
                watch.wait_until_gone()

    def command(self, job: Job, limits: JudgeLimits) -> list[str]:
        """The words that run a job."""
        return [
            str(self.bwrap),
            *self._isolation(),
            *_system(),
            *self._places(job, limits),
            *("--chdir", SCRATCH, "--clearenv"),
            *(word for name, value in _environment(job).items() for word in ("--setenv", name, value)),
            *("--remount-ro", "/", "--", str(self.prlimit), *_bounds(limits), *job.command),
        ]

    def _isolation(self) -> Iterator[str]:
        yield from ("--unshare-all", "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
        if "disable-userns" in self.extras:
            yield from ("--unshare-user", "--disable-userns")
        # A program of root could write to what the kernel can be told through /proc, capabilities or not.
        yield from ("--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev", "--remount-ro", "/dev")

    def _places(self, job: Job, limits: JudgeLimits) -> Iterator[str]:
        if "size" in self.extras:
            yield from ("--size", str(limits.scratch))
        yield from ("--tmpfs", SCRATCH)
        for folder in dict.fromkeys(job.readable):
            yield from ("--ro-bind", str(folder), str(folder))
        for inside, path in job.given.items():
            yield from ("--ro-bind", str(path), inside)
        if job.answer:
            inside, path = job.answer
            yield from ("--bind", str(path), inside)


def find_sandbox() -> Sandbox | NoSandbox:
    """The sandbox of this machine, tried out, or why there is none."""
    if sys.platform != "linux":
        return NoSandbox(f"There is no sandbox for Lean on {platform.system()}.", "Verify drafts on Linux.")
    bwrap, prlimit = shutil.which("bwrap"), shutil.which("prlimit")
    if bwrap is None or prlimit is None:
        missing = "bubblewrap (bwrap)" if bwrap is None else "prlimit (of util-linux)"
        package = "bubblewrap" if bwrap is None else "util-linux"
        return NoSandbox(
            f"There is no {missing} on this machine, in which Lean could run safely.", f"Install {package}."
        )
    return _tried(bwrap, prlimit)


@cache
def _tried(bwrap: str, prlimit: str) -> Sandbox | NoSandbox:
    options = _output([bwrap, "--help"])
    extras = frozenset(name for name in ("size", "disable-userns") if f"--{name}" in options)
    version = re.search(r"[\d.]+", _output([bwrap, "--version"]))
    hint = "Allow user namespaces for bubblewrap on this machine."
    for chosen in (extras, extras - {"disable-userns"}):
        sandbox = Sandbox(Path(bwrap), Path(os.path.realpath(prlimit)), version.group() if version else "", chosen)
        command = sandbox.command(Job(("true",)), JudgeLimits())
        reason = _trouble(command)
        if reason is None:
            return sandbox
    return NoSandbox(f"bubblewrap does not work here: {reason}", hint)


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=_TRIAL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr


def _trouble(command: list[str]) -> str | None:
    """What keeps a command from succeeding, in its own words; None if nothing does."""
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=_TRIAL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return None if done.returncode == 0 else " ".join(done.stderr.split())[:300] or f"it ends with {done.returncode}."


def _system() -> Iterator[str]:
    """The machine's programs and libraries, as links where they are links."""
    for name in _SYSTEM:
        if os.path.islink(name):
            yield from ("--symlink", os.readlink(name), name)
        elif os.path.isdir(name):
            yield from ("--ro-bind", name, name)
    for name in _SYSTEM_FILES:
        if os.path.exists(name):
            yield from ("--ro-bind", name, name)


def _environment(job: Job) -> dict[str, str]:
    own = {"PATH": _SAFE_PATH, "HOME": SCRATCH, "TMPDIR": SCRATCH, "LC_ALL": "C.UTF-8"}
    return own | dict(job.environment)


def _bounds(limits: JudgeLimits) -> Iterator[str]:
    """Limits that the system keeps for each process, should nobody watch."""
    yield f"--cpu={int(limits.seconds * (os.cpu_count() or 1)) + 10}"
    yield from (f"--fsize={limits.file}", f"--data={limits.memory}", f"--nofile={_FILES}", "--core=0")
    if _counts_in_namespaces(platform.release()):
        yield f"--nproc={limits.threads + _SPARE_THREADS}"
    yield "--"


def _counts_in_namespaces(release: str) -> bool:
    """Whether the system counts a user's processes by namespace: before Linux 5.14 all of theirs counted."""
    found = re.match(r"(\d+)\.(\d+)", release)
    return found is not None and (int(found[1]), int(found[2])) >= (5, 14)


def _counting(on_line: Callable[[str], None], most: int) -> Callable[[str], None]:
    """Passes lines on until there are too many."""
    count = 0

    def take(line: str) -> None:
        nonlocal count
        count += len(line) + 1
        if count > most:
            raise LimitError(f"It printed more than {most // 1024} kB.")
        on_line(line)

    return take


class _Watch:
    """Looks at a running program every 50 ms."""

    def __init__(self, pid: int, limits: JudgeLimits) -> None:
        self._pid = pid
        self._limits = limits
        self._next = 0.0
        self._seen: dict[int, str] = {}

    def look(self) -> None:
        """Raise `LimitError` if it takes more than it may."""
        now = time.monotonic()
        if now < self._next:
            return
        usage = usage_below(self._pid)
        self._seen |= usage.pids
        # The two that bubblewrap itself needs are not counted.
        if len(usage.pids) > self._limits.processes + 2 or usage.threads > self._limits.threads + 2:
            raise LimitError(f"It started more than {self._limits.processes} processes.")
        if usage.memory > self._limits.memory:
            raise MemoryLimitError(f"It took more than {self._limits.memory // 2**20} MB of memory.")
        if memory_is_short():
            raise MemoryLimitError("There was no memory left on this machine.")
        self._next = time.monotonic() + _LOOK_SECONDS

    def wait_until_gone(self) -> None:
        """The system ends what is left of a namespace with its first process; that takes a moment."""
        deadline = time.monotonic() + _GONE_SECONDS
        while any(is_running(pid, start) for pid, start in self._seen.items()) and time.monotonic() < deadline:
            time.sleep(0.005)
