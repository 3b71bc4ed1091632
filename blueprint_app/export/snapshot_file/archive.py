"""A zip archive of JSON files from anyone: opened within bounds that are looked at before anything is unpacked.

Nothing is ever written to the disk under a name that an archive holds, and only names that are asked for are read.
"""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

LARGEST_FILE = 256 * 2**20
"""Bytes of an archive; PFR's has about 400,000."""
LARGEST_PART = 128 * 2**20
LARGEST_WHOLE = 384 * 2**20
"""Bytes of one part, and of all parts together, once unpacked."""
LARGEST_RATIO = 250
"""How many times its packed size a part may have; JSON comes to 30 where it is most repetitive."""
_SMALL = 100_000
"""Bytes of packed size below which the ratio says nothing."""
MOST_VALUES = 8_000_000
"""Values in one part, at most: an empty list has two bytes in a file and thirty times that in memory."""
MOST_PARTS = 64
_LARGEST_DIRECTORY = 64 * 1024
_LONGEST_NUMBER = 40

_END = struct.Struct("<4s4H2LH")
_END_MARK, _ZIP64_MARK = b"PK\5\6", b"PK\6\7"
_ZIP64_SIZE = 20
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


class DamagedArchiveError(Exception):
    """The bytes are no archive that may be opened; the text says why."""


def packed(parts: Mapping[str, object]) -> bytes:
    """The archive of these values by name: equal values give equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, value in parts.items():
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
            entry = zipfile.ZipInfo(name)  # dated nowhen
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return target.getvalue()


class Archive:
    """The parts of an archive, each read when it is asked for. Raises DamagedArchiveError, as `part` does."""

    def __init__(self, data: bytes) -> None:
        _check_directory(data)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as error:
            raise DamagedArchiveError(f"it is no zip archive ({error})") from error
        self._entries = {entry.filename: entry for entry in self._archive.infolist()}
        _check_entries(self._archive.infolist())

    def part(self, name: str) -> Any:  # noqa: ANN401 - any value of JSON
        """The value of a part; None where there is none of that name."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        try:
            # zipfile itself reads no more than the size that was looked at, and compares the checksum.
            data = self._archive.read(entry)
        except _FAULTS as error:
            raise DamagedArchiveError(f"{name} cannot be unpacked ({error})") from error
        try:
            return _parsed(data)
        except (ValueError, RecursionError) as error:
            raise DamagedArchiveError(f"{name} is no JSON ({error})") from error


_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError, RuntimeError,
           OverflowError, UnicodeError)  # fmt: skip
"""What zipfile raises for damaged archives."""


def _check_directory(data: bytes) -> None:
    """Refuse a list of parts that is too long before anyone reads it; format: APPNOTE.TXT 4.3.16, 4.3.15."""
    if len(data) > LARGEST_FILE:
        raise DamagedArchiveError(f"it has more than {LARGEST_FILE // 2**20} MB")
    end = len(data) - _END.size
    if end < 0 or not data.startswith(_END_MARK, end):
        # What this program writes ends so; a comment behind would let two readers see two archives.
        raise DamagedArchiveError("it is no zip archive, or its end is missing")
    _, disk, start_disk, here, count, size, start, comment = _END.unpack_from(data, end)
    if (disk, start_disk, comment) != (0, 0, 0) or data.startswith(_ZIP64_MARK, max(end - _ZIP64_SIZE, 0)):
        raise DamagedArchiveError("it is a zip archive of a kind that is not read here")
    if here != count or count > MOST_PARTS or size > _LARGEST_DIRECTORY:
        raise DamagedArchiveError(f"it has more than {MOST_PARTS} parts")
    if start + size != end:
        raise DamagedArchiveError("its list of parts is damaged")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise DamagedArchiveError("it has two parts of one name")
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise DamagedArchiveError(f"it would unpack to more than {LARGEST_WHOLE // 2**20} MB")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if "/" in name or "\\" in name or name.startswith(".") or ":" in name or not name.isprintable():
        raise DamagedArchiveError(f"it has a part with the name {name[:60]!r}, which leads elsewhere")
    if entry.compress_type not in _PLAIN_METHODS or entry.flag_bits & _ENCRYPTED:
        raise DamagedArchiveError(f"{name[:60]} is packed in a way that is not read here")
    if entry.file_size > LARGEST_PART or entry.file_size > LARGEST_RATIO * max(entry.compress_size, _SMALL):
        raise DamagedArchiveError(f"{name[:60]} would unpack to {entry.file_size:,} bytes")


def _parsed(data: bytes) -> object:
    if sum(data.count(mark) for mark in (b",", b"[", b"{")) > MOST_VALUES:
        raise ValueError(f"it holds more than {MOST_VALUES:,} values")
    text = data.decode()
    value: object = json.loads(text, parse_int=_integer, parse_constant=_refused, object_pairs_hook=_object)
    return value


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def _refused(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is there twice")
    return found
