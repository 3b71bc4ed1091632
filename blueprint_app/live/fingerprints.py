"""Tells files whose content changed from those that were only touched, and whole files from half-written ones."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from blueprint_app.live.scope import Scope
from blueprint_app.live.survey import Stamp, stamp_of, survey

_UNKNOWN = "unknown"
ABSENT = ""
"""The digest of a file that is not there."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at files found, by shown path: whose content changed, and which of those may be half-written."""

    changed: frozenset[str] = frozenset()
    unsettled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Print:
    """A file at one look; `digest` is the SHA-256 of its bytes, `ends_line` whether its last byte ends a line."""

    stamp: Stamp | None
    digest: str
    size: int = 0
    ends_line: bool = True


_NOTHING = _Print(None, ABSENT)


class Fingerprints:
    """The contents of a project's files as they were last taken over.

    A file is suspected to be half-written where it had content and has none now, is gone, lost
    its last line's end together with some of its length, or changes while it is looked at.
    """

    def __init__(self, scope: Scope, known: Mapping[str, str] | None = None) -> None:
        self.scope = scope
        self._prints: dict[str, _Print] = {
            shown: _Print(None, digest, size=1) for shown, digest in (known or {}).items()
        }
        self._seen: dict[str, _Print] = {}

    def start(self) -> Look:
        """Take over all files as they are, but those that were known already are compared."""
        given = frozenset(self._prints)
        look = self.look(None)
        self.accept(look.changed - given)
        return Look(look.changed & given, look.unsettled & given)

    def look(self, paths: Iterable[str] | None) -> Look:
        """Compare these files (None: all) with what was taken over; nothing is taken over yet."""
        stamps: dict[str, Stamp | None]
        if paths is None:
            found = survey(self.scope)
            stamps = {**dict.fromkeys(self._prints), **found}
        else:
            stamps = {shown: stamp_of(self.scope.absolute(shown)) for shown in paths}
        changed, unsettled = set(), set()
        for shown, stamp in stamps.items():
            old = self._prints.get(shown, _NOTHING)
            if stamp == old.stamp and (stamp is not None or old.digest == ABSENT):
                self._seen.pop(shown, None)
                continue
            new = self._taken(shown, stamp)
            if new.digest == old.digest:
                self._prints[shown] = new
                self._seen.pop(shown, None)
                continue
            self._seen[shown] = new
            changed.add(shown)
            if _may_be_half(old, new):
                unsettled.add(shown)
        return Look(frozenset(changed), frozenset(unsettled))

    def accept(self, paths: Iterable[str]) -> None:
        """Take these files over as they were at the last look."""
        for shown in paths:
            seen = self._seen.pop(shown, None)
            if seen is None:
                continue
            if seen.digest == ABSENT:
                self._prints.pop(shown, None)
            else:
                self._prints[shown] = seen

    def doubt(self, paths: Iterable[str]) -> None:
        """Count these files as changed at the next look, if they are there."""
        for shown in paths:
            old = self._prints.get(shown, _NOTHING)
            self._prints[shown] = replace(old, stamp=None, digest=_UNKNOWN)

    def moved(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of these files that look different from outside than when they were taken over."""
        return frozenset(
            shown for shown in paths if stamp_of(self.scope.absolute(shown)) != self._prints.get(shown, _NOTHING).stamp
        )

    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file that is there, by shown path."""
        return {shown: taken.digest for shown, taken in self._prints.items()}

    def _taken(self, shown: str, stamp: Stamp | None) -> _Print:
        if stamp is None:
            return _NOTHING
        path = self.scope.absolute(shown)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError:
            return _NOTHING
        settled = stamp_of(path) == stamp
        return _Print(stamp if settled else None, hashlib.sha256(data).hexdigest(), len(data), data.endswith(b"\n"))


def _may_be_half(old: _Print, new: _Print) -> bool:
    """Whether a writer may not be done: see `Fingerprints`."""
    if old.size and not new.size:
        return True
    if new.digest != ABSENT and new.stamp is None:
        return True
    return old.ends_line and not new.ends_line and new.size < old.size
