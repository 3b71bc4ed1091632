"""The layout worker seen from the application: asked from a worker thread, ended within milliseconds."""

import atexit
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from blueprint_app.layout.placement import LayoutProblem, Placement
from blueprint_app.layout.wire import DamagedDataError, placement_from, problem_bytes
from blueprint_app.layout.worker import ANSWER, IDLE_SECONDS, REQUEST
from blueprint_app.model.errors import BlueprintError

POLL_SECONDS = 0.02
# Matrices of four columns gain nothing from more threads, which only take the cores from the window.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

FROZEN_WORKER = "blueprint-layout-worker"


class LayoutTimeoutError(BlueprintError):
    """The engine was ended at its time limit."""


def worker_command() -> list[str]:
    """How to start the worker; a frozen application brings it as a program of its own."""
    if getattr(sys, "frozen", False):
        suffix = ".exe" if os.name == "nt" else ""
        return [str(Path(sys.executable).parent / f"{FROZEN_WORKER}{suffix}")]
    # -P: a project folder that is the current one must not lend us its modules.
    return [sys.executable, "-P", "-m", "blueprint_app.layout.worker"]


class Child:
    """One worker process; for one request at a time."""

    def __init__(self) -> None:
        root = str(Path(__file__).parents[2])
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = subprocess.Popen(
            worker_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": os.pathsep.join(paths)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can take a request."""
        return self._process.poll() is None

    def ask(self, task: str, data: bytes, check: Callable[[], None], seconds: float) -> bytes:
        """The worker's answer; ends the process and raises when `check` raises or the time is up.

        Raises `LayoutTimeoutError`, and `BlueprintError` when the task fails or the process dies.
        """
        request = REQUEST.pack(len(data), seconds + 1.0, task.encode().ljust(8)) + data
        reply: list[bytes] = []
        talk = threading.Thread(target=lambda: reply.extend(self._talk(request)), name="layout reply", daemon=True)
        deadline = time.monotonic() + seconds
        talk.start()
        try:
            while talk.is_alive():
                talk.join(POLL_SECONDS)
                check()
                if time.monotonic() > deadline and talk.is_alive():
                    raise LayoutTimeoutError(
                        f"Laying out the graph took longer than {seconds:.0f} seconds.",
                        "Look at one chapter, or at the part around a node.",
                    )
        except BaseException:
            self.end()
            raise
        return self._body(reply)

    def _talk(self, request: bytes) -> list[bytes]:
        """Send the request and wait for the reply: its mark and its body; nothing when the process ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(request)
            self._process.stdin.flush()
            head = self._process.stdout.read(ANSWER.size)
            if len(head) < ANSWER.size:
                return []
            mark, length = ANSWER.unpack(head)
            body = self._process.stdout.read(length)
        except (OSError, ValueError):
            return []
        return [mark, body] if len(body) == length else []

    def _body(self, reply: list[bytes]) -> bytes:
        if not reply:
            code = self._kill()
            words = self._last_words()
            self.end()
            raise BlueprintError(
                f"The layout program ended unexpectedly (exit code {code}). {words}".strip(),
                "Try again; if it happens again, report it with the project.",
            )
        if reply[0] == b"-":
            raise BlueprintError(f"The graph could not be laid out ({reply[1].decode(errors='replace')}).")
        return reply[1]

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read()[-4000:].decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def _kill(self) -> int:
        self._process.kill()
        return self._process.wait()

    def end(self) -> None:
        """Kill the process at once, wait for it and close all that led to it."""
        self._kill()
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            if pipe is not None:
                # Closing flushes what the process no longer takes.
                with contextlib.suppress(OSError):
                    pipe.close()


class Children:
    """Keeps one idle worker, as starting one costs more than most layouts (0.3 s against 0.05 s)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[Child, float]] = []
        atexit.register(self.close)

    def place(self, engine: str, problem: LayoutProblem, check: Callable[[], None], seconds: float) -> Placement:
        """The placement of `problem` by the engine ("dot", "layered", "plain"); fails as `Child.ask` does."""
        try:
            return placement_from(self.ask(engine, problem_bytes(problem), check, seconds))
        except DamagedDataError as error:
            raise BlueprintError(f"The layout program answered nonsense ({error}).") from error

    def ask(self, task: str, data: bytes, check: Callable[[], None], seconds: float) -> bytes:
        """See `Child.ask`."""
        child = self._take()
        try:
            return child.ask(task, data, check, seconds)
        finally:
            self._give_back(child)

    def prepare(self) -> None:
        """Start a worker ahead of the first question, so that it need not be waited for."""
        self._give_back(self._take())

    def _take(self) -> Child:
        with self._lock:
            while self._idle:
                child, since = self._idle.pop()
                # One that is about to end on its own could do so between question and answer.
                if child.is_alive and time.monotonic() - since < IDLE_SECONDS / 2:
                    return child
                child.end()
        return Child()

    def _give_back(self, child: Child) -> None:
        with self._lock:
            if not self._idle and child.is_alive:
                self._idle.append((child, time.monotonic()))
                return
        child.end()

    def close(self) -> None:
        """End the idle worker."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child, _ in idle:
            child.end()
