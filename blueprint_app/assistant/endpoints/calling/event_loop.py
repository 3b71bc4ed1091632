"""One asyncio loop in one thread for all calls, and how other threads wait for what runs in it."""

import asyncio
import concurrent.futures
import queue
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

POLL_SECONDS = 0.02
"""How often a waiting thread looks whether it was told to stop."""

_CLOSE_SECONDS = 5.0

T = TypeVar("T")


class LoopThread:
    """The loop; its thread starts with the first call."""

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def run(
        self,
        work: Callable[[Callable[[Any], None]], Coroutine[Any, Any, T]],
        hear: Callable[[Any], None],
        check: Callable[[], None],
    ) -> T:
        """Wait for `work(tell)`, which runs in the loop; what it tells goes to `hear` in this thread.

        What `check` or `hear` raise ends the work at once and comes out again. Raises
        `concurrent.futures.CancelledError` if the loop is closed meanwhile.
        """
        check()
        told: queue.SimpleQueue[tuple[Any] | None] = queue.SimpleQueue()
        future = asyncio.run_coroutine_threadsafe(work(lambda piece: told.put((piece,))), self._running())
        future.add_done_callback(lambda _: told.put(None))
        try:
            while True:
                check()
                try:
                    piece = told.get(timeout=POLL_SECONDS)
                except queue.Empty:
                    continue
                if piece is None:
                    return future.result()
                hear(piece[0])
        finally:
            # Nothing happens if it is done. The connection closes in the loop's thread; nobody waits for that.
            future.cancel()

    def close(self, last: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """End what runs, then run `last` in the loop and end it. Further calls start a new one."""
        with self._starting:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is None or thread is None:
            return
        try:
            asyncio.run_coroutine_threadsafe(_end_all(last), loop).result(_CLOSE_SECONDS)
        except (concurrent.futures.CancelledError, TimeoutError):
            pass
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(_CLOSE_SECONDS)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_run, args=(self._loop,), name="models", daemon=True)
                self._thread.start()
            return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    finally:
        loop.close()


async def _end_all(last: Callable[[], Coroutine[Any, Any, None]]) -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await last()
