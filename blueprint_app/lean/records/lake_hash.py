"""Lake's content hash of a source file, so that freshness is known without running Lake."""

import numpy as np

_MASK = (1 << 64) - 1
_PRIME = 0xC6A4A7935BD1E995
_SHIFT = np.uint64(47)
_BYTES_SEED = 11
_NIL = 1723


def text_hash(text: bytes) -> int:
    """The 64-bit hash that Lake records of a text file's UTF-8 bytes, line ends taken as LF.

    Source: Lake's ``Hash.ofText``, which is MurmurHash64A with seed 11 mixed into Lake's empty hash.
    """
    return _mix(_NIL, murmur64a(text.replace(b"\r\n", b"\n")))


def murmur64a(data: bytes, seed: int = _BYTES_SEED) -> int:
    """MurmurHash64A by Austin Appleby, of which Lean's runtime keeps a copy."""
    whole = len(data) - len(data) % 8
    value = (seed ^ (len(data) * _PRIME)) & _MASK
    for word in _scrambled(np.frombuffer(data[:whole], dtype="<u8")):
        value = ((value ^ word) * _PRIME) & _MASK
    if whole < len(data):
        value = ((value ^ int.from_bytes(data[whole:], "little")) * _PRIME) & _MASK
    value = ((value ^ (value >> 47)) * _PRIME) & _MASK
    return value ^ (value >> 47)


def _scrambled(words: "np.ndarray[tuple[int], np.dtype[np.uint64]]") -> list[int]:
    """Each word as it enters the hash; it depends on no other, so that all are made at once."""
    words = words * np.uint64(_PRIME)
    words = (words ^ (words >> _SHIFT)) * np.uint64(_PRIME)
    scrambled: list[int] = words.tolist()
    return scrambled


def _mix(value: int, other: int) -> int:
    other = (other * _PRIME) & _MASK
    other = (other ^ (other >> 47)) ^ _PRIME
    return ((value ^ other) * _PRIME) & _MASK
