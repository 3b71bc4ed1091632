"""Where drafts are judged: threads of this machine, or the workers of a Dask scheduler; both look the same to a caller.

Only plain data goes to a worker (`JudgeWork`) and comes back (`Verdict`): models, keys and the person's settings stay
in the application. A worker needs the project's folder at the same path, a Lean and a sandbox of its own.
"""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from blueprint_app.model.errors import BlueprintError

if TYPE_CHECKING:
    from distributed import Client

_CONNECT_SECONDS = 10


@contextmanager
def make_executor(scheduler: str | None, workers: int) -> Iterator[Executor]:
    """An executor, closed at the end; what was not begun by then is cancelled.

    `scheduler` is the address of a Dask scheduler (``tcp://host:8786``), None for up to `workers` threads. Work for it
    must be a function at the top of a module, with arguments that can be sent. Raises BlueprintError where there is no
    scheduler at that address, or Dask is not installed.
    """
    if scheduler is None:
        pool = ThreadPoolExecutor(max(1, workers), thread_name_prefix="judging")
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return
    client = _connected(scheduler)
    try:
        # Each draft is judged whenever it is asked for, even if the same was before.
        executor = client.get_executor(pure=False)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
    finally:
        client.close()


def _connected(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise BlueprintError(
            "Dask is not installed, so that drafts cannot be judged on other machines.",
            "Install blueprint-explorer[distributed], or leave the scheduler's address out.",
        ) from error
    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BlueprintError(
            f"There is no Dask scheduler at {address}.", "Start one with `dask scheduler`, or correct the address."
        ) from error
