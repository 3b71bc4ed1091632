"""Lean's answers kept on disk by what was asked of which build, so that an unchanged project is not asked again."""

import contextlib
import dataclasses
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from blueprint_app.lean.asking.probe import Answer
from blueprint_app.lean.records.loose_json import (
    DamagedJsonError,
    as_flag,
    as_list,
    as_mapping,
    as_number,
    as_text,
    read_json,
    texts,
)

LARGEST = 100 * 2**20
"""Bytes the cache may take; PFR's answers take about 200,000."""

_SUFFIX = ".lean-answers"


def digest(*parts: str) -> str:
    """A name for what the parts say together; no two lists of parts have the same."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class AnswerCache:
    """A folder of answers, bounded in size; every failure of the disk is a miss, never an error."""

    def __init__(self, folder: Path | None, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest

    def read(self, name: str) -> tuple[Answer, ...] | None:
        """The answers kept under a name, or None."""
        if self._folder is None:
            return None
        path = self._folder / f"{name}{_SUFFIX}"
        try:
            data = as_mapping(read_json(path))
            # The oldest are removed first: one that is used is young again.
            os.utime(path)
        except (DamagedJsonError, OSError):
            return None
        body = json.dumps(data.get("answers"), ensure_ascii=True)
        if data.get("sha256") != hashlib.sha256(body.encode()).hexdigest():
            return None
        return tuple(_answer(as_mapping(entry)) for entry in as_list(data.get("answers")))

    def write(self, name: str, answers: Iterable[Answer]) -> None:
        """Keep answers; another process never sees half of them."""
        if self._folder is None:
            return
        entries = [_entry(answer) for answer in answers]
        body = json.dumps(entries, ensure_ascii=True)
        data = {"sha256": hashlib.sha256(body.encode()).hexdigest(), "answers": entries}
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(data, file)
                os.replace(temporary, self._folder / f"{name}{_SUFFIX}")
            except OSError:
                os.unlink(temporary)
                raise
            self._make_room(self._folder)

    def _make_room(self, folder: Path) -> None:
        files = []
        for path in folder.iterdir():
            if path.suffix in (_SUFFIX, ".part"):
                with contextlib.suppress(OSError):
                    stat = path.stat()
                    files.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files)[:-1]:
            if total <= self._largest:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size


def _entry(answer: Answer) -> dict[str, Any]:
    return dataclasses.asdict(answer)


def _answer(entry: Mapping[str, Any]) -> Answer:
    """An answer from its entry; what is damaged reads as the worse of what it could mean."""
    first, last = [as_number(number) for number in as_list(entry.get("lines"))[:2]] or (0, 0)
    return Answer(
        as_text(entry.get("name")),
        as_text(entry.get("module")),
        as_text(entry.get("kind")),
        (first, last),
        as_text(entry.get("doc")),
        as_text(entry.get("signature")),
        as_flag(entry.get("statement_sorry")) is not False,
        as_flag(entry.get("proof_sorry")) is not False,
        texts(entry.get("sorry_in")),
        texts(entry.get("axioms")),
        texts(entry.get("uses")),
        texts(entry.get("statement_uses")),
    )
