"""The attempts of one project on disk: written at once or not at all, read whatever else lies there."""

import contextlib
import hashlib
import os
import re
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from blueprint_app.assistant.records.places import ATTEMPTS, folder_name
from blueprint_app.assistant.records.record import (
    AttemptRecord,
    DraftFile,
    Judgement,
    Verdict,
    new_id,
    utc_now,
)
from blueprint_app.assistant.records.yaml_form import (
    DamagedRecordError,
    LaterVersionError,
    record_of,
    text_of,
    verdict_of,
)
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place

LARGEST = 2 * 2**20
"""Bytes that a record may have; most have about 2,000."""
LARGEST_REPLY = 8 * 2**20

_VERDICT = re.compile(r".+\.verdict-[^.]+\.yaml")
_LEFTOVER = ".attempt-"
_OLD = 3600.0
"""Seconds after which what a writer left behind is taken away: it was killed."""
_ENDINGS = (".lean", ".md")


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What a file held when it had this size and time."""

    stamp: tuple[int, int, int]
    content: AttemptRecord | Verdict | None
    problem: Diagnostic | None = None


class AttemptStore:
    """The attempts under a project's folder. May be called from several threads.

    What was read is kept, so that reading again costs a look at each file. Nothing that is there is ever changed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        self._lock = threading.Lock()
        self._parsed: dict[str, _Parsed] = {}

    def write(self, record: AttemptRecord, text: str, ending: str = ".md") -> AttemptRecord:
        """Keep an attempt with the model's reply beside it, and return it as it is kept.

        `ending` is ``.lean`` where the reply is a draft. The reply is written first: a record is there in full or
        not at all, and then so is its reply. Raises BlueprintError where the disk does not let it.
        """
        if ending not in _ENDINGS:
            raise ValueError(f"a reply ends in {' or '.join(_ENDINGS)}")
        folder = self._folder_for(record.node)
        start = record.time.start or utc_now()
        kept = replace(
            record,
            id=record.id or new_id(start),
            time=replace(record.time, start=start),
            verdicts=(),
        )
        if text:
            data = text.encode("utf-8", "replace")
            kept = replace(kept, draft=DraftFile(f"{kept.id}{ending}", hashlib.sha256(data).hexdigest()))
            self._put(folder / kept.draft.file, data)
        path = folder / f"{kept.id}.yaml"
        self._put(path, text_of(kept).encode())
        return replace(kept, file=self._shown(path))

    def mark(
        self, record: AttemptRecord, verdict: Judgement, by: str, note: str = "", statement_sha256: str = ""
    ) -> Verdict:
        """Keep what a person says of an attempt, in a file of its own. Raises BlueprintError."""
        if not by.strip():
            raise BlueprintError("It is not known who judges.", "Say your name in the settings, or to git.")
        said = utc_now()
        kept = Verdict(
            new_id(said), record.id, verdict, by.strip(), said, note, statement_sha256 or record.statement_sha256
        )
        folder = self._folder_for(record.node)
        self._put(folder / f"{record.id}.verdict-{kept.id}.yaml", text_of(kept).encode())
        return kept

    def read(
        self, check: Callable[[], None] = lambda: None
    ) -> tuple[tuple[AttemptRecord, ...], tuple[Diagnostic, ...]]:
        """All attempts, oldest first, each with what people said of it; and what could not be read."""
        with self._lock:
            found: dict[str, _Parsed] = {}
            problems: list[Diagnostic] = []
            for path, status in self._files(problems):
                check()
                found[path] = self._look(path, status)
            self._parsed = found
        problems += [each.problem for each in found.values() if each.problem is not None]
        records = joined([each.content for each in found.values()], problems)
        return records, tuple(sorted(problems, key=lambda problem: problem.place or Place("", 0)))

    def of(self, node: str) -> tuple[AttemptRecord, ...]:
        """The attempts at one node, oldest first."""
        return tuple(record for record in self.read()[0] if record.node == node)

    def find(self, record_id: str) -> AttemptRecord | None:
        """The attempt of this id."""
        return next((record for record in self.read()[0] if record.id == record_id), None)

    def reply(self, record: AttemptRecord) -> str:
        """The model's reply beside a record. Raises BlueprintError where it is gone or is not what was recorded."""
        name = record.draft.file
        if not name:
            return ""
        if name != Path(name).name or name in (".", "..") or "\\" in name:
            raise BlueprintError(f"The record {record.id} names no file beside it as its reply.", "Correct it.")
        path = self.folder / Path(record.file).parent / name
        try:
            data = _bytes_of(path, LARGEST_REPLY)
        except (OSError, DamagedRecordError) as error:
            reason = getattr(error, "strerror", "") or error
            raise BlueprintError(f"The reply {name} cannot be read ({reason}).", "Restore it from git.") from error
        if record.draft.sha256 and hashlib.sha256(data).hexdigest() != record.draft.sha256:
            raise BlueprintError(f"{name} is not what the model wrote: it was changed.", "Restore it from git.")
        return data.decode("utf-8", "replace")

    # Writing

    def _folder_for(self, node: str) -> Path:
        """The folder of a node's attempts, made if need be; never one that lies elsewhere by way of a link."""
        folder = self.folder / ATTEMPTS / folder_name(node)
        try:
            for part in (folder.parent.parent, folder.parent, folder):
                if Path(os.path.realpath(part)) != part:
                    raise BlueprintError(
                        f"{self._shown(part)} is a link to another place; attempts are not written there.",
                        "Make it a folder.",
                    )
                part.mkdir(exist_ok=True)
            _sweep(folder)
        except OSError as error:
            raise _unwritable(self._shown(folder), error) from error
        return folder

    def _put(self, path: Path, data: bytes) -> None:
        if path.exists():
            raise BlueprintError(f"{self._shown(path)} is there already; attempts are never changed.")
        temporary = ""
        try:
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=_LEFTOVER, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
            _sync(path.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise _unwritable(self._shown(path), error) from error

    # Reading

    def _files(self, problems: list[Diagnostic]) -> Iterator[tuple[str, os.stat_result]]:
        """The YAML files of all nodes' folders, none of them by way of a link."""
        top = self.folder / ATTEMPTS
        if not top.is_dir():
            return
        if Path(os.path.realpath(top)) != top:
            problems.append(self._problem(top, "it is a link to another place", "Make it a folder."))
            return
        for folder in sorted(_listed(top), key=lambda entry: entry.name):
            if folder.is_dir(follow_symlinks=False):
                yield from self._records_in(folder, problems)
            elif folder.is_symlink():
                problems.append(self._problem(folder.path, "it is a link to another place", "Remove the link."))

    def _records_in(
        self, folder: "os.DirEntry[str]", problems: list[Diagnostic]
    ) -> Iterator[tuple[str, os.stat_result]]:
        for entry in sorted(_listed(folder.path), key=lambda entry: entry.name):
            if not entry.name.endswith(".yaml") or entry.name.startswith("."):
                continue
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                yield entry.path, status
            else:
                problems.append(self._problem(entry.path, "it is no plain file", "Remove it."))

    def _look(self, path: str, status: os.stat_result) -> _Parsed:
        stamp = status.st_size, status.st_mtime_ns, status.st_ino
        known = self._parsed.get(path)
        if known is not None and known.stamp == stamp:
            return known
        try:
            content = self._parse(path, _bytes_of(path, LARGEST))
        except LaterVersionError as error:
            return _Parsed(stamp, None, self._problem(path, error.message, "Update the app.", severity=Severity.NOTE))
        except DamagedRecordError as error:
            return _Parsed(stamp, None, self._problem(path, error.message, "Restore it from git.", error.line))
        except OSError as error:
            return _Parsed(stamp, None, self._problem(path, str(error.strerror or error), "Make it readable."))
        return _Parsed(stamp, content)

    def _parse(self, path: str, data: bytes) -> AttemptRecord | Verdict:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DamagedRecordError("it is not in UTF-8", data.count(b"\n", 0, error.start) + 1) from None
        if _VERDICT.fullmatch(os.path.basename(path)):
            return verdict_of(text)
        return replace(record_of(text), file=self._shown(path))

    def _problem(
        self,
        path: "str | os.PathLike[str]",
        what: str,
        hint: str,
        line: int = 0,
        severity: Severity = Severity.WARNING,
    ) -> Diagnostic:
        message = f"This record of an attempt was passed over: {what}."
        return Diagnostic(severity, "attempt-damaged", message, hint, Place(self._shown(path), line))

    def _shown(self, path: "str | os.PathLike[str]") -> str:
        return Path(os.path.relpath(path, self.folder)).as_posix()


def joined(contents: list[AttemptRecord | Verdict | None], problems: list[Diagnostic]) -> tuple[AttemptRecord, ...]:
    """The records, each once and with its verdicts, oldest first."""
    records: dict[str, AttemptRecord] = {}
    verdicts: dict[str, list[Verdict]] = {}
    for each in contents:
        if isinstance(each, Verdict):
            verdicts.setdefault(each.attempt, []).append(each)
        elif each is not None and each.id in records:
            message = f"Another record has the id {each.id}; this one was passed over."
            hint = "Remove one of them."
            problems.append(Diagnostic(Severity.WARNING, "attempt-twice", message, hint, Place(each.file, 0)))
        elif each is not None:
            records[each.id] = each
    for name, said in verdicts.items():
        if name in records:
            ordered = tuple(sorted(said, key=lambda verdict: (verdict.time, verdict.id)))
            records[name] = replace(records[name], verdicts=ordered)
    return tuple(sorted(records.values(), key=lambda record: (record.time.start, record.id)))


def _bytes_of(path: "str | os.PathLike[str]", largest: int) -> bytes:
    """The content of a plain file; raises DamagedRecordError for one that is too large, OSError for a link."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is no plain file")
        data = file.read(largest + 1)
    if len(data) > largest:
        raise DamagedRecordError(f"it has more than {largest // 2**20} MB")
    return data


def _listed(folder: "str | os.PathLike[str]") -> list["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _sweep(folder: Path) -> None:
    """Take away what writers that were killed left behind."""
    for entry in _listed(folder):
        if entry.name.startswith(_LEFTOVER) and entry.name.endswith(".part"):
            with contextlib.suppress(OSError):
                if time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD:
                    os.unlink(entry.path)


def _sync(folder: Path) -> None:
    """Have the folder itself reach the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(shown: str, error: OSError) -> BlueprintError:
    return BlueprintError(
        f"The attempt cannot be kept: {shown} cannot be written ({error.strerror or error}).",
        "Make the folder writable, or free some room on the disk.",
    )
