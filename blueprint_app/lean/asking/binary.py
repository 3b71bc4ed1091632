"""Outside programs that answer in bytes: read to their end, or asked one question after another."""

import contextlib
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from blueprint_app.lean.asking.process import POLL_SECONDS, RUNNING, Limits, TimeLimitError, kill_group, start

_PIECE = 1 << 16
_ERRORS_KEPT = 4_000
_LAST_BYTES_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Output:
    """What a program left: its exit code, its standard output, and the beginning of what it said of errors."""

    code: int
    data: bytes
    errors: str


class Conversation:
    """A program that gives an answer for each line that it is given, such as ``git cat-file --batch``.

    Its answers must come soon: there is no way to break off while waiting for one but `end`, from another thread.
    """

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        """Start it. Raises `ProgramMissingError`."""
        self._process = start(command, folder, environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        RUNNING.add(self)

    def ask(self, line: bytes) -> bytes:
        """The first line of the answer, without its end; b"" once the program has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(line + b"\n")
            self._process.stdin.flush()
        except (OSError, ValueError):
            return b""
        return self._process.stdout.readline().rstrip(b"\n")

    def read(self, count: int) -> bytes:
        """The next bytes of the answer; fewer if the program has ended."""
        assert self._process.stdout is not None
        return self._process.stdout.read(count)

    def end(self) -> None:
        """End the program."""
        RUNNING.discard(self)
        if self._process.poll() is None:
            kill_group(self._process)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class _Reading:
    """A program whose output is collected by a thread."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        stdin: IO[bytes],
        stderr: IO[bytes],
    ) -> None:
        self.pieces: list[bytes] = []
        self._name = Path(command[0]).name
        self._process = start(command, folder, environment, stdin=stdin, stderr=stderr)
        RUNNING.add(self)
        self._reader = threading.Thread(target=self._read, name="program", daemon=True)
        self._reader.start()

    @property
    def code(self) -> int:
        return self._process.returncode

    def wait(self, check: Callable[[], None], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self._reader.is_alive():
            check()
            self._reader.join(POLL_SECONDS)
            if time.monotonic() > deadline and self._reader.is_alive():
                raise TimeLimitError(
                    f"{self._name} took longer than {seconds:.0f} seconds and was ended.",
                    "Try again when the machine has less to do.",
                )
        self._process.wait()

    def end(self) -> None:
        RUNNING.discard(self)
        if self._process.poll() is None:
            kill_group(self._process)
        self._process.wait()
        self._reader.join(_LAST_BYTES_SECONDS)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            while piece := pipe.read(_PIECE):
                self.pieces.append(piece)


def output_of(
    command: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str],
    given: bytes = b"",
    check: Callable[[], None] = lambda: None,
    limits: Limits = Limits(),  # noqa: B008  # frozen
) -> Output:
    """Run a program to its end, with `given` as its standard input.

    Whatever `check`, called every 20 ms, raises ends the program and comes out again. Raises
    `ProgramMissingError` and `TimeLimitError`.
    """
    check()
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as stderr:
        stdin.write(given)
        stdin.seek(0)
        reading = _Reading(command, folder, environment, stdin, stderr)
        try:
            reading.wait(check, limits.seconds)
        finally:
            reading.end()
        stderr.seek(0)
        errors = stderr.read(_ERRORS_KEPT).decode("utf-8", "replace").strip()
        return Output(reading.code, b"".join(reading.pieces), errors)
