"""Gathers all that can be known of a project's Lean side here and now, each depth on top of the one before."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from blueprint_app.lean.asking.ask import Answers, ask_lean
from blueprint_app.lean.evidence_file import merge, read_evidence
from blueprint_app.lean.joining import NO_ANSWERS, NO_RECORDS, join_evidence
from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.lean.records.reader import BuildRecords, RecordReader
from blueprint_app.lean.scan.scanning import scan_project
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import ALLOWED_AXIOMS, NO_EVIDENCE, Origin, ProjectEvidence
from blueprint_app.model.place import Place

AXIOMS_FILE = "blueprint/axioms.txt"
EVIDENCE_FILE = "blueprint/evidence.json"

Check = Callable[[], None]
Report = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The evidence, and what it was made from: for a file to be written, or for the next look."""

    evidence: ProjectEvidence
    project: LeanProject | None = None
    records: BuildRecords = NO_RECORDS
    answers: Answers = NO_ANSWERS


def gather_evidence(
    project_folder: Path,
    names: Collection[str],
    *,
    cache_folder: Path | None = None,
    permission: bool = False,
    check: Check = lambda: None,
    report: Report = lambda fraction, note: None,
) -> ProjectEvidence:
    """The evidence for the declarations of the project that a folder holds; see `gather`."""
    return gather(
        project_folder, names, cache_folder=cache_folder, permission=permission, check=check, report=report
    ).evidence


def gather(
    project_folder: Path,
    names: Collection[str],
    *,
    cache_folder: Path | None = None,
    permission: bool = False,
    imported: Path | None = None,
    check: Check = lambda: None,
    report: Report = lambda fraction, note: None,
) -> Gathered:
    """Read the sources, then the records of the last build, then ask Lean about `names`.

    Each step adds to the one before, and its absence takes nothing away: what could not be looked at is said
    in `remarks`. Lean is asked only with `permission`, which must come from the user for this very project, as asking
    runs the project's code (see `ask_lean`); answers of before are told without. Axioms are judged by an allowlist:
    those of ordinary mathematics, and the names in the project's ``blueprint/axioms.txt`` (one a line, ``#``
    begins a comment), which can never allow a ``sorry``. Evidence that others published is taken from `imported`,
    else from the project's ``blueprint/evidence.json``. `check` is called often and may raise to stop.
    """
    project = read_project(project_folder)
    if project is None:
        return Gathered(NO_EVIDENCE)
    index = scan_project(project, cache_folder and cache_folder / "lean-sources", check, _part(report, 0.0, 0.4))
    report(0.4, "Reading the records of the last build")
    records = RecordReader().read(project, check)
    answers = ask_lean(
        project,
        records,
        list(names),
        permission=permission,
        cache_folder=cache_folder and cache_folder / "lean-answers",
        check=check,
        report=_part(report, 0.5, 1.0),
    )
    evidence = complete_evidence(index.evidence(), project, records, answers, names, imported)
    report(1.0, "Evidence gathered")
    return Gathered(evidence, project, records, answers)


def complete_evidence(
    source: ProjectEvidence,
    project: LeanProject,
    records: BuildRecords,
    answers: Answers,
    names: Collection[str],
    imported: Path | None = None,
) -> ProjectEvidence:
    """The evidence of the sources with that of build and Lean, imported evidence, allowed axioms and remarks."""
    evidence = join_evidence(source, project, records, answers, names)
    remarks = [*source.remarks, *_remarks(records, answers)]
    path = imported or project.base / EVIDENCE_FILE
    if path.is_file():
        try:
            content = read_evidence(path)
            published = Origin(_shown(project, path), content.date, content.commit)
            evidence = merge(evidence, content, published.source, project, records)
            evidence = replace(evidence, published=published)
        except BlueprintError as error:
            place = Place(_shown(project, path), 0)
            remarks.append(Diagnostic(Severity.WARNING, "evidence-file", error.what_happened, error.what_to_do, place))
    elif imported is not None:
        message = f"The evidence that was imported from {imported} is not there any more."
        remarks.append(Diagnostic(Severity.WARNING, "evidence-gone", message, "Import it again, or drop it."))
    allowed, doubtful = allowed_axioms(project.base)
    return replace(evidence, allowed_axioms=allowed, remarks=(*remarks, *doubtful))


def allowed_axioms(folder: Path) -> tuple[frozenset[str], tuple[Diagnostic, ...]]:
    """The axioms that a project may rest on, and what is wrong with its list of them."""
    try:
        text = (folder / AXIOMS_FILE).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ALLOWED_AXIOMS, ()
    names, found = set(), []
    for number, line in enumerate(text.splitlines(), 1):
        name = line.partition("#")[0].strip()
        if name == "sorryAx":
            place = Place(AXIOMS_FILE, number)
            message = "The list of allowed axioms names sorryAx, which is never allowed."
            found.append(Diagnostic(Severity.WARNING, "axiom-sorry", message, "Remove the line.", place))
        elif name:
            names.add(name)
    return ALLOWED_AXIOMS | names, tuple(found)


def _remarks(records: BuildRecords, answers: Answers) -> list[Diagnostic]:
    found = []
    if answers.not_asked is not None:
        found.append(Diagnostic(Severity.NOTE, "lean-not-asked", answers.not_asked.reason, answers.not_asked.hint))
    for module, reason in sorted(answers.dropped.items()):
        message = f"Lean could not import {module}. {reason}"
        found.append(Diagnostic(Severity.WARNING, "module-not-imported", message, "Build the project."))
    if not records.modules:
        return found
    if not records.was_built:
        hint = "Build it to know more than the text says."
        found.append(Diagnostic(Severity.NOTE, "not-built", "The project is not built here.", hint))
    elif stale := [name for name in records.modules if not records.modules[name].is_fresh]:
        reason = records.modules[stale[0]].freshness.reason
        message = f"{len(stale)} of {len(records.modules)} modules have no fresh build. {reason}"
        found.append(Diagnostic(Severity.NOTE, "build-stale", message, "Build the project."))
    return found


def _shown(project: LeanProject, path: Path) -> str:
    return project.shown_path(path) if path.is_absolute() and path.is_relative_to(project.base) else str(path)


def _part(report: Report, start: float, end: float) -> Report:
    return lambda fraction, note: report(start + fraction * (end - start), note)
