"""The system's own watches on folders, kept in step with the folders that there are."""

import os
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from blueprint_app.live.survey import Watch, stamp_of_folder

_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
REPORTS_CLOSING = sys.platform.startswith("linux")
"""Whether the system tells when a writer has closed a file."""

_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE_FILE_SYSTEMS = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "vboxsf", "prl_fs")

# Of a folder that is made with folders in it watchdog hears twice, and warns that it heard the second time.
warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)

Tell = Callable[[str, bool, bool], None]
"""Called in a thread of the watches with an absolute path, whether its writer is done, whether it is a folder."""


def system_observer() -> BaseObserver:
    """The best observer that this system has; raises OSError where it has none to give."""
    return Observer()


class Watches:
    """Watches on folders; `tell` hears of every event below them."""

    def __init__(self, tell: Tell, make_observer: Callable[[], BaseObserver] = system_observer) -> None:
        self._handler = _Handler(tell)
        self._observer = make_observer()
        self._held: dict[Watch, tuple[ObservedWatch, int]] = {}
        self._observer.start()

    def cover(self, wanted: Iterable[Watch]) -> None:
        """Watch exactly these folders; those that are gone meanwhile are passed over.

        A folder that took another's place under the same name is watched anew. Raises OSError
        where the system has no more watches to give.
        """
        alive = {emitter.watch for emitter in self._observer.emitters if emitter.is_alive()}
        folders = {watch: stamp_of_folder(watch.path) for watch in wanted}
        for watch, (held, inode) in list(self._held.items()):
            if folders.get(watch) != inode or held not in alive:
                del self._held[watch]
                self._observer.unschedule(held)
        events = [*_EVENTS, FileClosedEvent] if REPORTS_CLOSING else _EVENTS
        for watch, folder in folders.items():
            if folder is None or watch in self._held:
                continue
            try:
                held = self._observer.schedule(
                    self._handler, watch.path, recursive=watch.recursive, event_filter=events
                )
            except (FileNotFoundError, NotADirectoryError):
                continue
            self._held[watch] = held, folder

    def close(self) -> None:
        """Watch nothing any more; returns when no further event can come."""
        self._observer.stop()
        self._observer.join()


class _Handler(FileSystemEventHandler):
    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on the paths of an event; only one that was modified last may be open still."""
        is_done = not REPORTS_CLOSING or not isinstance(event, FileModifiedEvent)
        for path in (event.src_path, event.dest_path):
            if path:
                self._tell(os.fsdecode(path), is_done, event.is_directory)


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on a network's disk, of whose changes the system tells only the machine's own.

    Known on Linux alone; elsewhere the answer is no.
    """
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    best, kind = "", ""
    for line in lines:
        before, _, after = line.partition(" - ")
        mounted_at = before.split()[4].replace("\\040", " ")
        if len(mounted_at) >= len(best) and folder.is_relative_to(mounted_at):
            best, kind = mounted_at, after.split()[0]
    return kind.startswith(_REMOTE_FILE_SYSTEMS)
