"""The one place that unexpected errors reach: a log, and a report that a person can copy."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from types import TracebackType

from blueprint_app import __version__
from blueprint_app.model.errors import BlueprintError
from blueprint_app.user_folders import log_folder

log = logging.getLogger("blueprint_app")

_listeners: list[Callable[[str, str], None]] = []


def listen(listener: Callable[[str, str], None]) -> Callable[[], None]:
    """Have `listener(message, report)` called for every error; returns how to stop that."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener) if listener in _listeners else None


def report(error: BaseException) -> None:
    """Log `error` and tell the listeners; an expected failure comes without a report to copy."""
    if isinstance(error, BlueprintError):
        message, details = str(error), ""
        log.warning("%s", message)
    else:
        message = f"Something went wrong inside the app: {type(error).__name__}: {_in_short(error)}"
        details = report_of(error)
        log.error("%s", details)
    for listener in tuple(_listeners):
        listener(message, details)


def as_blueprint_error(error: BaseException) -> BlueprintError:
    """An error in words for those who wait for a value that will not come."""
    return BlueprintError(f"The app itself failed here: {_in_short(error)}", "Copy the report and tell its authors.")


def _in_short(error: BaseException) -> str:
    """The first line of what an error says; the report holds all of it."""
    return next((line for line in map(str.strip, str(error).splitlines()) if line), "no more is known")


def report_of(error: BaseException) -> str:
    """What its authors need to know: versions, system, traceback."""
    lines = "".join(traceback.format_exception(error))
    return f"Blueprint Explorer {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n{lines}"


def install() -> None:
    """Send uncaught exceptions here and log to a file in the user's log folder."""
    sys.excepthook = _on_uncaught
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_folder() / "app.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError as error:
        log.warning("no log file: %s", error)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def _on_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    report(error.with_traceback(trace))
    if not _listeners:
        # No window stands that could tell of it.
        print(report_of(error), file=sys.stderr)
