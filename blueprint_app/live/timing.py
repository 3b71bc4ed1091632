"""When a burst of changes is over: at once after a single save, later while a program writes one file after another."""

from dataclasses import dataclass, field

QUIET = 0.2
"""Seconds without an event after which a burst counts as over."""

SHORT_QUIET = 0.04
"""The same for few files, all of them closed or renamed: an editor's save."""

FEW = 3
LONGEST = 1.5
"""Seconds after which a burst that goes on is looked at all the same."""

GRACE = 0.7
"""Seconds that a file which may be half-written is given to become whole."""

LOCK_PATIENCE = 5.0
"""Seconds without an event after which git's lock counts as left behind by a crash."""


@dataclass(slots=True)
class Burst:
    """Events that belong together; times are in seconds of any one clock.

    `paths` are the files told of; `writing` those that are still open, as far as the platform
    tells; `everything` is set where single files no longer say what changed.
    """

    paths: set[str] = field(default_factory=set)
    writing: set[str] = field(default_factory=set)
    everything: bool = False
    first: float | None = None
    last: float = 0.0

    def note(self, path: str, now: float, *, is_complete: bool) -> None:
        """Take in an event on a file; `is_complete` if its writer has closed or renamed it."""
        self._touch(now)
        self.paths.add(path)
        if is_complete:
            self.writing.discard(path)
        else:
            self.writing.add(path)

    def note_all(self, now: float) -> None:
        """Take in an event after which all files must be looked at."""
        self._touch(now)
        self.everything = True

    def add(self, later: "Burst") -> None:
        """Take in the events that came after this burst's own."""
        self.writing = (self.writing - (later.paths - later.writing)) | later.writing
        self.paths |= later.paths
        self.everything = self.everything or later.everything
        self.first = later.first if self.first is None else self.first
        self.last = max(self.last, later.last)

    @property
    def is_save(self) -> bool:
        """Whether it is as small as what a person does by saving."""
        return len(self.paths) <= FEW and not self.writing and not self.everything

    def due(self) -> float | None:
        """The time at which to look at the files, or None if there was no event."""
        if self.first is None:
            return None
        return min(self.last + (SHORT_QUIET if self.is_save else QUIET), self.first + LONGEST)

    def _touch(self, now: float) -> None:
        self.first = now if self.first is None else self.first
        self.last = now
