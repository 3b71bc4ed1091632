"""Evidence as a file: written where Lean is, read where it is not, and believed only for the sources that it judged."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from blueprint_app.lean.asking.environment import program_environment
from blueprint_app.lean.asking.process import Limits, ProgramMissingError, TimeLimitError, run_program
from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.records.loose_json import DamagedJsonError, read_json
from blueprint_app.lean.records.reader import BuildRecords
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, Origin, ProjectEvidence
from blueprint_app.model.place import Place

SCHEMA = "blueprint-evidence/1"
LARGEST = 256 * 2**20
"""Bytes that a file may have; PFR's has about 200,000."""

Wanted = TypeVar("Wanted")

_REPAIR = "Write it anew with `blueprint-explorer evidence`, or ask who published it."
_LARGEST_NUMBER = 2**31
_PATIENCE = Limits(seconds=10.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """The sources that evidence is about: hashes of the modules' texts, Lean, and the packages."""

    modules: Mapping[str, str] = field(default_factory=dict)
    toolchain: str = ""
    packages: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """The content of an evidence file. `date` is ISO 8601 in UTC, `commit` the project's, "" where it is not known."""

    judged: Judged
    declarations: Mapping[str, DeclarationEvidence]
    date: str = ""
    commit: str = ""


def judged_now(project: LeanProject, records: BuildRecords) -> Judged:
    """The sources as they are: SHA-256 of each module's text with line ends LF, and of the list of packages."""
    modules = {name: record.source_state.sha256 for name, record in records.modules.items()}
    return Judged(modules, project.toolchain, _packages_hash(project))


def evidence_file_of(
    evidence: ProjectEvidence, names: Iterable[str], judged: Judged, date: str, commit: str
) -> EvidenceFile:
    """What this machine knows of the declarations; what is stale or was itself imported is left out."""
    found = {name: evidence.of(name) for name in sorted(set(names))}
    own = {
        name: each
        for name, each in found.items()
        if each.level is not EvidenceLevel.NONE and not each.stale and each.origin is None
    }
    return EvidenceFile(judged, own, date, commit)


def write_evidence(path: Path, content: EvidenceFile) -> None:
    """Write the file at once or not at all. Raises BlueprintError where the disk does not let it."""
    data = {
        "schema": SCHEMA,
        "date": content.date,
        "commit": content.commit,
        "toolchain": content.judged.toolchain,
        "packages": content.judged.packages,
        "modules": dict(sorted(content.judged.modules.items())),
        "declarations": [_entry(each) for _, each in sorted(content.declarations.items())],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.chmod(temporary, 0o666 & ~_umask())
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise BlueprintError(f"{path} cannot be written ({error.strerror}).", "Choose another folder.") from error


def read_evidence(path: Path) -> EvidenceFile:
    """The content of a file. Raises BlueprintError for one that is damaged, of another kind or of a later version."""
    try:
        data = read_json(path, LARGEST)
    except DamagedJsonError as error:
        raise BlueprintError(f"{path.name} is no evidence file: {error}.", _REPAIR) from error
    schema = data.get("schema") if isinstance(data, dict) else None
    if isinstance(schema, str) and schema.startswith("blueprint-evidence/") and schema != SCHEMA:
        raise BlueprintError(
            f"{path.name} is of a kind that this version cannot read ({schema[:60]}).", "Update the app."
        )
    if not isinstance(data, dict) or schema != SCHEMA:
        raise BlueprintError(f"{path.name} is no evidence file.", _REPAIR)
    try:
        entry = _Entry(data, "the file")
        modules = entry.texts_by_name("modules")
        declared = [_declaration(_Entry(each, "a declaration")) for each in entry.items("declarations")]
        judged = Judged(modules, entry.text("toolchain"), entry.text("packages"))
        return EvidenceFile(judged, {each.name: each for each in declared}, entry.text("date"), entry.text("commit"))
    except _DamagedError as error:
        raise BlueprintError(f"{path.name} is damaged: {error}.", _REPAIR) from error


def merge(
    evidence: ProjectEvidence, imported: EvidenceFile, source: str, project: LeanProject, records: BuildRecords
) -> ProjectEvidence:
    """The evidence with what a file adds, marked as coming from `source` with its date and commit.

    An imported fact counts where it goes deeper than what is known here and the hashes of its module, of all
    that this one imports, of Lean and of the packages are today's. Where they differ it is kept as `earlier` evidence,
    and what is known here is stale. A ``sorry`` seen here is never taken back by a file.
    """
    now = judged_now(project, records)
    origin = Origin(source, imported.date, imported.commit)
    same_base = (imported.judged.toolchain, imported.judged.packages) == (now.toolchain, now.packages)
    unchanged = _unchanged(imported.judged, now, records) if same_base else frozenset()
    whole = same_base and dict(imported.judged.modules) == dict(now.modules)
    added = {}
    for name, each in imported.declarations.items():
        here = evidence.of(name)
        if each.level <= here.level and not (each.level is EvidenceLevel.MISSING and whole):
            continue
        named = replace(each, origin=origin)
        is_current = same_base and _is_current(each, here, imported.judged, now, unchanged)
        added[name] = _joined(here, named) if is_current else _outrun(here, named)
    return replace(evidence, declarations=_Over(added, evidence.declarations))


def project_commit(folder: Path, check: Callable[[], None] = lambda: None) -> str:
    """The commit that a project's folder is at; "" where git does not say. Runs no hook of the project."""
    lines: list[str] = []
    words = ["git", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "rev-parse", "--verify", "HEAD"]
    try:
        code = run_program(
            words,
            folder,
            environment=program_environment(),
            on_line=lines.append,
            check=check,
            limits=_PATIENCE,
        )
    except (ProgramMissingError, TimeLimitError):
        return ""
    commit = lines[0].strip() if code == 0 and lines else ""
    return commit if len(commit) in (40, 64) and all(each in "0123456789abcdef" for each in commit) else ""


class _Over(Mapping[str, DeclarationEvidence]):
    """A few declarations over many."""

    def __init__(self, above: Mapping[str, DeclarationEvidence], below: Mapping[str, DeclarationEvidence]) -> None:
        self._above, self._below = above, below

    def __getitem__(self, name: str) -> DeclarationEvidence:
        return self._above[name] if name in self._above else self._below[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._below
        yield from (name for name in self._above if name not in self._below)

    def __len__(self) -> int:
        return len(self._below) + sum(name not in self._below for name in self._above)


def _is_current(
    each: DeclarationEvidence, here: DeclarationEvidence, then: Judged, now: Judged, unchanged: frozenset[str]
) -> bool:
    """Whether the sources that an imported fact is about are today's, given that Lean and the packages are."""
    if each.level is EvidenceLevel.MISSING or not each.module:
        # Such a fact is about the project as a whole.
        return dict(then.modules) == dict(now.modules)
    if here.module and here.module != each.module:
        return False
    is_own = each.module in then.modules or each.module in now.modules
    return each.module in unchanged if is_own else True


def _unchanged(then: Judged, now: Judged, records: BuildRecords) -> frozenset[str]:
    """The modules whose text, and that of all of the project's own that they import, is as it was judged."""
    changed = {name for name in now.modules if then.modules.get(name) != now.modules[name]}
    return frozenset(now.modules) - records.importers_of(frozenset(changed))


def _joined(here: DeclarationEvidence, imported: DeclarationEvidence) -> DeclarationEvidence:
    return replace(
        imported,
        place=here.place or imported.place,
        statement=here.statement or imported.statement,
        doc=here.doc or imported.doc,
        statement_sorry=here.statement_sorry or imported.statement_sorry,
        proof_sorry=here.proof_sorry or imported.proof_sorry,
    )


def _outrun(here: DeclarationEvidence, imported: DeclarationEvidence) -> DeclarationEvidence:
    if here.level is EvidenceLevel.MISSING or imported.level is EvidenceLevel.MISSING:
        return here
    return replace(here, stale=True, earlier=replace(imported, stale=True))


def _packages_hash(project: LeanProject) -> str:
    try:
        text = (project.folder / "lake-manifest.json").read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest()


def _umask() -> int:
    value = os.umask(0o022)
    os.umask(value)
    return value


def _entry(each: DeclarationEvidence) -> dict[str, Any]:
    place = each.place
    return {
        "name": each.name,
        "level": each.level.name.lower(),
        "kind": each.kind,
        "module": each.module,
        "place": None if place is None else {"file": place.file, "line": place.line, "end_line": place.end_line},
        "statement": each.statement,
        "signature": each.signature,
        "doc": each.doc,
        "statement_sorry": each.statement_sorry,
        "proof_sorry": each.proof_sorry,
        "axioms": each.axioms,
        "sorry_in": each.sorry_in,
        "uses": each.uses,
        "statement_uses": each.statement_uses,
        "is_generated": each.is_generated,
        "is_external": each.is_external,
    }


class _DamagedError(Exception):
    """What is wrong with an entry, in words."""


class _Entry:
    """One JSON object, read field by field; every field has one type, and anything else is damage."""

    def __init__(self, data: object, what: str) -> None:
        if not isinstance(data, dict):
            raise _DamagedError(f"{what} is no object")
        self._data, self._what = data, what

    def text(self, field: str) -> str:
        return self._typed(field, str, "")

    def flag(self, field: str) -> bool:
        return self._typed(field, bool, False)

    def optional_flag(self, field: str) -> bool | None:
        return None if self._data.get(field) is None else self.flag(field)

    def number(self, field: str) -> int:
        value = self._typed(field, int, 0)
        if isinstance(value, bool) or not 0 <= value < _LARGEST_NUMBER:
            raise _DamagedError(f"{field} of {self._what} is no line number")
        return value

    def items(self, field: str) -> list[object]:
        return self._typed(field, list, [])

    def names(self, field: str) -> tuple[str, ...] | None:
        if self._data.get(field) is None:
            return None
        names = self.items(field)
        if not all(isinstance(name, str) for name in names):
            raise _DamagedError(f"{field} of {self._what} holds what is no name")
        return tuple(str(name) for name in names)

    def texts_by_name(self, field: str) -> dict[str, str]:
        found = self._typed(field, dict, {})
        if not all(isinstance(value, str) for value in found.values()):
            raise _DamagedError(f"{field} of {self._what} holds what is no text")
        return found

    def entry(self, field: str) -> "_Entry | None":
        return None if self._data.get(field) is None else _Entry(self._data[field], f"{field} of {self._what}")

    def _typed(self, field: str, wanted: type[Wanted], default: Wanted) -> Wanted:
        value = self._data.get(field, default)
        if not isinstance(value, wanted):
            raise _DamagedError(f"{field} of {self._what} is not as it should be")
        return value


_LEVELS = {level.name.lower(): level for level in EvidenceLevel}


def _declaration(entry: _Entry) -> DeclarationEvidence:
    name, level = entry.text("name"), _LEVELS.get(entry.text("level"))
    if not name or level is None:
        raise _DamagedError("a declaration has no name or no known level")
    axioms = entry.names("axioms")
    if level is EvidenceLevel.CHECKED and axioms is None:
        raise _DamagedError(f"{name} is said to be checked, but its axioms are not given")
    place = entry.entry("place")
    return DeclarationEvidence(
        name=name,
        level=level,
        kind=entry.text("kind"),
        module=entry.text("module"),
        place=None
        if place is None
        else Place(place.text("file"), place.number("line"), end_line=place.number("end_line")),
        statement=entry.text("statement"),
        signature=entry.text("signature"),
        doc=entry.text("doc"),
        statement_sorry=entry.optional_flag("statement_sorry"),
        proof_sorry=entry.optional_flag("proof_sorry"),
        axioms=axioms,
        sorry_in=entry.names("sorry_in"),
        uses=entry.names("uses"),
        statement_uses=entry.names("statement_uses"),
        is_generated=entry.flag("is_generated"),
        is_external=entry.flag("is_external"),
    )
