"""The child process: reads problems, answers placements, until its input ends or it was idle for a while.

It is a process, and not a thread, as Graphviz holds the interpreter for a whole layout and cannot
be stopped. Nothing here may import Qt: a frozen build packs this module as a program of its own.

A request is an 8-byte big-endian length, a time limit in seconds (8-byte float), a task padded with
spaces to 8 bytes, and the data: for an engine's name the problem (see `wire`), for ``png`` or ``pdf``
DOT text to be painted. An answer is a byte, ``+`` or ``-``, a length and the placement or the file,
or the failure in UTF-8.
"""

import faulthandler
import os
import struct
import sys
import threading
from typing import BinaryIO

from blueprint_app.layout.arrange import Engine, arrange
from blueprint_app.layout.drawing import Drawing, Part
from blueprint_app.layout.parts import is_dense
from blueprint_app.layout.wire import DamagedDataError, placement_bytes, problem_from

REQUEST = struct.Struct(">Qd8s")
ANSWER = struct.Struct(">cQ")
IDLE_SECONDS = 120.0
PAINTED = ("png", "pdf")


SMALL_PART = 300
"""Up to this many nodes dot is quick, so that only larger parts, and dense ones, need the layered engine."""


def engine_named(name: str) -> Engine:
    """The engine's function: "dot", "layered" (with dot for small parts) or "plain" (without dot at all).

    Heavy libraries are imported only where they are needed.
    """

    def layered(part: Part) -> Drawing:
        from blueprint_app.layout.layered import draw_layered

        return draw_layered(part)

    def dot(part: Part) -> Drawing:
        from blueprint_app.layout.dot import DotError, draw_with_dot

        try:
            return draw_with_dot(part)
        except DotError:
            return layered(part)

    def mixed(part: Part) -> Drawing:
        suits_dot = len(part.sizes) <= SMALL_PART and not is_dense(len(part.sizes), len(part.edges))
        return dot(part) if suits_dot else layered(part)

    engines: dict[str, Engine] = {"dot": dot, "layered": mixed, "plain": layered}
    if name not in engines:
        raise ValueError(f"no layout engine is called {name!r}")
    return engines[name]


def answer(task: str, data: bytes) -> bytes:
    """One request's answer, head included; a failure is an answer too."""
    try:
        body = _painted(task, data) if task in PAINTED else _placed(task, data)
    except (DamagedDataError, ValueError, ArithmeticError, LookupError, OSError, RuntimeError, MemoryError) as error:
        text = f"{type(error).__name__}: {error}".encode()
        return ANSWER.pack(b"-", len(text)) + text
    return ANSWER.pack(b"+", len(body)) + body


def _placed(engine: str, data: bytes) -> bytes:
    name = "layered" if engine == "plain" else engine
    return placement_bytes(arrange(problem_from(data), engine_named(engine), name))


def _painted(form: str, data: bytes) -> bytes:
    from blueprint_app.layout.painting import painted

    return painted(data.decode(), form)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer every request until the input ends."""
    while True:
        idle = threading.Timer(IDLE_SECONDS, os._exit, (0,))
        idle.daemon = True
        idle.start()
        head = requests.read(REQUEST.size)
        idle.cancel()
        if len(head) < REQUEST.size:
            return
        length, seconds, task = REQUEST.unpack(head)
        # The only clock that runs while Graphviz holds the interpreter, should the parent be gone.
        faulthandler.dump_traceback_later(seconds, exit=True)
        reply = answer(task.decode().strip(), requests.read(length))
        faulthandler.cancel_dump_traceback_later()
        answers.write(reply)
        answers.flush()


def main() -> None:
    """Serve on standard input and output; anything else that prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
