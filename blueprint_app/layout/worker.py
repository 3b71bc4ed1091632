"""The child process: reads problems, answers placements, until its input ends or it was idle for a while.

It is a process, and not a thread, as Graphviz holds the interpreter for a whole layout and cannot
be stopped. Nothing here may import Qt: a frozen build packs this module as a program of its own.

A request is an 8-byte big-endian length, a time limit in seconds (8-byte float), an engine's name
padded with spaces to 8 bytes, and the problem (see `wire`). An answer is a byte, ``+`` or ``-``, a
length and the placement, or the failure in UTF-8.
"""

import faulthandler
import os
import struct
import sys
import threading
from typing import BinaryIO

from blueprint_app.layout.arrange import Engine, arrange
from blueprint_app.layout.wire import DamagedDataError, placement_bytes, problem_from

REQUEST = struct.Struct(">Qd8s")
ANSWER = struct.Struct(">cQ")
IDLE_SECONDS = 120.0


def engine_named(name: str) -> Engine:
    """The engine's function; heavy libraries are imported for the one that is asked for only."""
    if name == "dot":
        from blueprint_app.layout.dot import draw_with_dot

        return draw_with_dot
    raise ValueError(f"no layout engine is called {name!r}")


def answer(engine: str, data: bytes) -> bytes:
    """One request's answer, head included; a failure is an answer too."""
    try:
        placement = arrange(problem_from(data), engine_named(engine), engine)
    except (DamagedDataError, ValueError, ArithmeticError, LookupError, RuntimeError, MemoryError) as error:
        text = f"{type(error).__name__}: {error}".encode()
        return ANSWER.pack(b"-", len(text)) + text
    body = placement_bytes(placement)
    return ANSWER.pack(b"+", len(body)) + body


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
        length, seconds, engine = REQUEST.unpack(head)
        # The only clock that runs while Graphviz holds the interpreter, should the parent be gone.
        faulthandler.dump_traceback_later(seconds, exit=True)
        reply = answer(engine.decode().strip(), requests.read(length))
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
