"""Runs outside programs: no shell, no secrets, every line as it comes, and an end within milliseconds when asked."""

import atexit
import contextlib
import math
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from blueprint_app.model.errors import BlueprintError

POLL_SECONDS = 0.02
LONGEST_LINE = 65_536
"""Bytes; what is longer comes in pieces."""

_QUEUED_LINES = 2_000
_LAST_LINES_SECONDS = 1.0


class ProgramMissingError(BlueprintError):
    """There is no such program, or it may not be run."""


class TimeLimitError(BlueprintError):
    """A program was ended as it took too long."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may take: `seconds` of time, `memory` in bytes of data for each of its processes (0: no limit).

    The memory limit holds on Linux; files that are only mapped, as Lean maps its libraries, do not count.
    """

    seconds: float = 600.0
    memory: int = 0


NO_LIMITS = Limits(seconds=float("inf"))


def _ignore(line: str) -> None:
    pass


def _never() -> None:
    pass


class Running(Protocol):
    """An outside program that can be ended."""

    def end(self) -> None:
        """Kill it with all that it started, at once."""


RUNNING: set[Running] = set()
"""Every outside program that runs now: nothing outlives the application."""


def start(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    stderr: IO[bytes] | int = subprocess.STDOUT,
) -> "subprocess.Popen[bytes]":
    """Start a program, its output in a pipe, in a process group of its own. Raises `ProgramMissingError`."""
    name = Path(command[0]).name
    try:
        return subprocess.Popen(
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=os.name == "posix",
            creationflags=_WINDOWS_FLAGS,
        )
    except (OSError, ValueError) as error:
        raise ProgramMissingError(
            f"{name} cannot be started: {getattr(error, 'strerror', None) or error}.",
            f"Install {name}, or correct PATH.",
        ) from error


class Program:
    """One outside program, started on construction; it and all that it starts form a group that ends as one."""

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], limits: "Limits | None" = None
    ) -> None:
        """Start it. Raises `ProgramMissingError`."""
        self._name = Path(command[0]).name
        self._is_swept = False
        self._process = start(command, folder, environment)
        RUNNING.add(self)
        if limits is not None:
            _limit(self._process.pid, limits)
        self._lines: queue.Queue[bytes] = queue.Queue(_QUEUED_LINES)
        assert self._process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), name="program", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process id, which is the group's id as well."""
        return self._process.pid

    def follow(self, on_line: Callable[[str], None], check: Callable[[], None], seconds: float) -> int:
        """The exit code, once the program has ended; every line of its output goes to `on_line` before.

        Whatever `check` or `on_line` raises ends the program and comes out again. Raises `TimeLimitError`.
        """
        deadline = time.monotonic() + seconds
        try:
            while self._process.poll() is None or not self._lines.empty():
                check()
                self._hand_over(on_line)
                if time.monotonic() > deadline and self._process.poll() is None:
                    raise TimeLimitError(
                        f"{self._name} took longer than {seconds:.0f} seconds and was ended.",
                        "Try again, or raise the time limit.",
                    )
            self._last_lines(on_line)
        finally:
            self.end()
        return self._process.returncode

    def end(self) -> None:
        """Kill whatever of the group is left, at once."""
        RUNNING.discard(self)
        self._sweep()
        self._process.wait()
        while self._reader.is_alive() and not self._lines.empty():
            # A reader that waits for room in the queue would never see the end of the output.
            with contextlib.suppress(queue.Empty):
                self._lines.get_nowait()

    def _sweep(self) -> None:
        """Kill the group, once: when it is gone its number may be given to another."""
        if not self._is_swept:
            self._is_swept = True
            kill_group(self._process)

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            while line := pipe.readline(LONGEST_LINE):
                self._lines.put(line)

    def _hand_over(self, on_line: Callable[[str], None]) -> None:
        """Pass lines on; wait a moment for the first."""
        with contextlib.suppress(queue.Empty):
            line = self._lines.get(timeout=POLL_SECONDS)
            for _ in range(_QUEUED_LINES):
                on_line(line.decode("utf-8", errors="replace").rstrip("\r\n"))
                line = self._lines.get_nowait()
            on_line(line.decode("utf-8", errors="replace").rstrip("\r\n"))

    def _last_lines(self, on_line: Callable[[str], None]) -> None:
        """What was written before the end but not read yet; left-over children must not keep us waiting for more."""
        self._sweep()
        deadline = time.monotonic() + _LAST_LINES_SECONDS
        while (self._reader.is_alive() or not self._lines.empty()) and time.monotonic() < deadline:
            self._hand_over(on_line)

    @classmethod
    def end_all(cls) -> None:
        """End every program that still runs: nothing outlives the application."""
        for program in list(RUNNING):
            program.end()


def run_program(
    command: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str],
    on_line: Callable[[str], None] = _ignore,
    check: Callable[[], None] = _never,
    limits: Limits = NO_LIMITS,
) -> int:
    """Run a program to its end and return its exit code.

    `command` is a list of words that no shell ever sees; `on_line` gets standard output and error line by
    line. `check` is called every 20 ms and raises to cancel, which kills the program with all its children.
    Raises `ProgramMissingError`, `TimeLimitError` and what `check` or `on_line` raise.
    """
    check()
    return Program(command, folder, environment, limits).follow(on_line, check, limits.seconds)


def _limit(pid: int, limits: Limits) -> None:
    """Bound a process and those that it starts; it was started a moment ago and has used nothing yet.

    The bound on processor time is for programs that outlive this one: should it be killed, nobody is left to end them.
    """
    if sys.platform != "linux":
        return
    import resource

    bounds = {resource.RLIMIT_DATA: limits.memory}
    if math.isfinite(limits.seconds):
        bounds[resource.RLIMIT_CPU] = int(limits.seconds * (os.cpu_count() or 1)) + 10
    for kind, bound in bounds.items():
        if bound:
            with contextlib.suppress(OSError, ValueError):
                resource.prlimit(pid, kind, (bound, bound))


_WINDOWS_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a program that `start` started, with all that it started itself."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
        return
    # Children may outlive their parent; the group keeps its number as long as one of them does.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


atexit.register(Program.end_all)
