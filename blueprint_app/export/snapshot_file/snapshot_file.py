"""A whole project in one file that opens anywhere: with no git, no Lean, no network, and read-only.

The format, `.bpsnap`, is described in docs/reference/formats.md. What follows from the blueprint is computed when a
file is read, never taken from it.
"""

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from blueprint_app import __version__
from blueprint_app.export.snapshot_file.archive import LARGEST_FILE, Archive, DamagedArchiveError, packed
from blueprint_app.export.snapshot_file.codec import UnfitError, plain, value_of
from blueprint_app.export.snapshot_file.layouts import Layouts, layouts_as_plain, layouts_of
from blueprint_app.export.snapshot_file.past import (
    NO_PAST,
    PackedPast,
    attribution_of,
    history_as_plain,
    history_of,
)
from blueprint_app.export.snapshot_file.soundness import check_blueprint, check_evidence, check_packing
from blueprint_app.model.blueprint import Blueprint, Packing, Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import NO_EVIDENCE, ProjectEvidence
from blueprint_app.model.provenance import NO_PROVENANCE, ProjectProvenance
from blueprint_app.model.snapshot import Snapshot

Value = TypeVar("Value")

SCHEMA = "blueprint-snapshot/1"

_MANIFEST, _BLUEPRINT, _EVIDENCE, _PROVENANCE, _LAYOUTS, _ATTEMPTS, _CLAIMS = (
    f"{name}.json" for name in ("manifest", "blueprint", "evidence", "provenance", "layouts", "attempts", "claims")
)
_HISTORY, _AUTHORS = "history.json", "authors.json"
_REPAIR = "Make it anew with `blueprint-explorer snapshot`, or ask whoever made it."


@dataclass(frozen=True)
class PackedProject:
    """What a snapshot file carries.

    `layouts` lets its graphs be drawn at once; `attempts` are the texts of the records of attempts and of the replies
    beside them, by path below the folder of attempts; `claims` is the text of the file of claims, None where there is
    none. `snapshot.blueprint.packing` tells what it was made of. `past` is written only: `read_past` reads it, when
    somebody asks for it.
    """

    snapshot: Snapshot
    layouts: Layouts = field(default_factory=dict)
    attempts: Mapping[str, str] = field(default_factory=dict)
    claims: str | None = None
    past: PackedPast = NO_PAST


def write_snapshot(project: PackedProject, packing: Packing, path: Path) -> None:
    """Write the file at once or not at all. Raises BlueprintError where the disk does not let it.

    Where the project lay on this machine is left out.
    """
    data = packed(_parts(project, packing))
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise BlueprintError(
            f"{path} cannot be written ({error.strerror}).", "Choose another place with -o."
        ) from error


def read_snapshot(path: Path, reading: Reading | None = None) -> PackedProject:
    """The content of a file, in the reading that it was made in unless another is named.

    Raises BlueprintError for one that is damaged, of another kind or of a later version. The file is only read:
    nothing that it holds is written anywhere or run.
    """
    path = Path(os.path.abspath(path))
    return _refusing(path, lambda archive: _project(archive, path, reading))


def read_past(path: Path) -> PackedPast:
    """What a file carries of the past; nothing in one of a version that knew none. Raises BlueprintError."""
    path = Path(os.path.abspath(path))
    return _refusing(path, lambda archive: _past(archive, path))


# Writing


def _parts(project: PackedProject, packing: Packing) -> dict[str, object]:
    """The values by the names of their parts; what is empty is left out."""
    snapshot = project.snapshot
    manifest = {
        "schema": SCHEMA,
        "written_by": f"blueprint-explorer {__version__}",
        "reading": snapshot.reading.value,
        "packing": plain(packing),
    }
    parts: dict[str, object] = {
        _MANIFEST: manifest,
        _BLUEPRINT: plain(replace(snapshot.blueprint, folder="", packing=None)),
    }
    if snapshot.evidence is not NO_EVIDENCE:
        parts[_EVIDENCE] = plain(snapshot.evidence)
    if snapshot.provenance != NO_PROVENANCE:
        parts[_PROVENANCE] = plain(snapshot.provenance)
    if project.layouts:
        parts[_LAYOUTS] = layouts_as_plain(project.layouts)
    if project.attempts:
        parts[_ATTEMPTS] = plain(dict(sorted(project.attempts.items())))
    if project.claims is not None:
        parts[_CLAIMS] = plain(_Text(project.claims))
    if project.past.history is not None:
        parts[_HISTORY] = history_as_plain(project.past.history, project.past.reading)
    if project.past.attribution is not None:
        parts[_AUTHORS] = plain(project.past.attribution)
    return parts


# Reading


def _refusing(path: Path, read: Callable[[Archive], Value]) -> Value:
    """What is read of the archive; whatever is wrong with it becomes a word to a person."""
    try:
        return read(Archive(_bytes_of(path)))
    except DamagedArchiveError as error:
        raise BlueprintError(f"{path.name} is no snapshot file: {error}.", _REPAIR) from error
    except UnfitError as error:
        raise BlueprintError(f"{path.name} is damaged: {error}.", _REPAIR) from error


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DamagedArchiveError("it is no plain file")
        if status.st_size > LARGEST_FILE:
            raise DamagedArchiveError(f"it has more than {LARGEST_FILE // 2**20} MB")
        return path.read_bytes()
    except OSError as error:
        raise BlueprintError(f"{path} cannot be read ({error.strerror}).", "Choose another file.") from error


def _project(archive: Archive, path: Path, reading: Reading | None) -> PackedProject:
    said, packing = _manifest(archive.part(_MANIFEST), path)
    blueprint = _blueprint(archive.part(_BLUEPRINT), path, packing)
    evidence = NO_EVIDENCE
    if (found := archive.part(_EVIDENCE)) is not None:
        evidence = _named(_EVIDENCE, lambda: _checked_evidence(found))
    provenance = NO_PROVENANCE
    if (written := archive.part(_PROVENANCE)) is not None:
        provenance = _named(_PROVENANCE, lambda: value_of(ProjectProvenance, written))
    layouts = _named(_LAYOUTS, lambda: layouts_of(archive.part(_LAYOUTS) or {}))
    attempts = _named(_ATTEMPTS, lambda: value_of(_Texts, {"texts": archive.part(_ATTEMPTS) or {}}).texts)
    claims = None
    if (text := archive.part(_CLAIMS)) is not None:
        claims = _named(_CLAIMS, lambda: value_of(_Text, text).text)
    return PackedProject(snapshot_of(blueprint, reading or said, evidence, provenance), layouts, attempts, claims)


def _past(archive: Archive, path: Path) -> PackedPast:
    _manifest(archive.part(_MANIFEST), path)
    past = NO_PAST
    if (found := archive.part(_HISTORY)) is not None:
        history, reading = _named(_HISTORY, lambda: history_of(found))
        past = replace(past, history=history, reading=reading)
    if (written := archive.part(_AUTHORS)) is not None:
        past = replace(past, attribution=_named(_AUTHORS, lambda: attribution_of(written)))
    return past


def _manifest(found: object, path: Path) -> tuple[Reading, Packing]:
    schema = found.get("schema") if isinstance(found, dict) else None
    if not isinstance(schema, str) or not schema.startswith(SCHEMA.rpartition("/")[0] + "/"):
        raise BlueprintError(f"{path.name} is no snapshot file.", _REPAIR)
    if schema != SCHEMA:
        raise BlueprintError(f"{path.name} was made by a later version ({schema[:60]}).", "Update the app.")
    manifest = _named(_MANIFEST, lambda: value_of(_Manifest, found))
    _named(_MANIFEST, lambda: check_packing(manifest.packing))
    return manifest.reading, manifest.packing


def _blueprint(found: object, path: Path, packing: Packing) -> Blueprint:
    def read() -> Blueprint:
        blueprint = value_of(Blueprint, found)
        check_blueprint(blueprint)
        return replace(blueprint, folder=str(path), packing=packing)

    return _named(_BLUEPRINT, read)


def _checked_evidence(found: object) -> ProjectEvidence:
    evidence = value_of(ProjectEvidence, found)
    check_evidence(evidence)
    return evidence


@dataclass(frozen=True, slots=True)
class _Manifest:
    reading: Reading
    packing: Packing


@dataclass(frozen=True, slots=True)
class _Text:
    text: str


@dataclass(frozen=True, slots=True)
class _Texts:
    texts: Mapping[str, str]


def _named(part: str, read: Callable[[], Value]) -> Value:
    """What `read` gives; an UnfitError says in which part."""
    try:
        return read()
    except UnfitError as error:
        error.steps.append(part)
        raise
