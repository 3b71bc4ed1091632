"""Judges what stands in the project: a proof as it is, or once a draft was accepted, built and looked at once more."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from blueprint_app.lean.asking.ask import ask_lean
from blueprint_app.lean.asking.build import build
from blueprint_app.lean.asking.probe import Answer
from blueprint_app.lean.gather import allowed_axioms
from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.lean.records.reader import RecordReader
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import axiom_in_words
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import goal_of
from blueprint_app.verify.judge import JudgeWork, judge_draft
from blueprint_app.verify.limits import JudgeLimits
from blueprint_app.verify.verdict import CheckLevel, Failure, Verdict

Check = Callable[[], None]
Report = Callable[[float, str], None]

_LINES_SHOWN = 5


def verify_declaration(
    folder: Path,
    name: str,
    draft: Draft | None = None,
    *,
    limits: JudgeLimits | None = None,
    unsandboxed: bool = False,
    check: Check = lambda: None,
    report: Report = lambda fraction, note: None,
) -> Verdict:
    """The verdict on a draft for a declaration, or on the proof that it has now. Changes nothing.

    Allowed axioms are those of ordinary mathematics and of the project's own list. Raises BlueprintError where the
    folder holds no Lean project or there is no such declaration.
    """
    project = _project(folder)
    goal = goal_of(project, name, check)
    work = JudgeWork(
        str(folder),
        goal,
        draft or Draft(goal.proof),
        limits or JudgeLimits(),
        allowed_axioms(project.base)[0],
        unsandboxed,
    )
    return judge_draft(work, check, report)


def judge_in_place(
    folder: Path,
    name: str,
    *,
    on_line: Callable[[str], None] = lambda line: None,
    check: Check = lambda: None,
    report: Report = lambda fraction, note: None,
) -> Verdict:
    """The verdict on an accepted draft where it stands now: judged, then built, then Lean is asked about it.

    The build is ``lake build`` in the project itself, outside of any sandbox, so this is for a person who has read what
    they accepted. Nothing is built that is not verified before. Raises as `verify_declaration`.
    """
    verdict = verify_declaration(folder, name, check=check, report=lambda part, note: report(part * 0.5, note))
    if not verdict.is_verified:
        return verdict
    project = _project(folder)
    report(0.5, "Building the project")
    said: list[str] = []

    def keep(line: str) -> None:
        on_line(line)
        said.append(line)

    if not build(project, keep, check).succeeded:
        errors = [line for line in said if line.startswith("error")][:_LINES_SHOWN]
        detail = f"With it the project does not build any more. {' '.join(errors)}".strip()
        return replace(verdict, level=CheckLevel.REPLAYED, failure=Failure.ERROR, detail=detail)
    report(0.9, "Asking Lean")
    answers = ask_lean(project, RecordReader().read(project, check), [name], permission=True, check=check)
    report(1.0, "Judged")
    return _as_answered(verdict, answers.declarations.get(name), project)


def _as_answered(verdict: Verdict, answer: Answer | None, project: LeanProject) -> Verdict:
    """What is left of a verdict after Lean was asked about the built project."""
    if answer is None:
        detail = "Lean did not find it in the built project."
        return replace(verdict, level=CheckLevel.REPLAYED, failure=Failure.STATEMENT, detail=detail)
    allowed, _ = allowed_axioms(project.base)
    foreign = [axiom_in_words(axiom) for axiom in answer.axioms if axiom not in allowed]
    if foreign or answer.statement_sorry or answer.proof_sorry:
        detail = f"In the built project it rests on {', '.join(foreign) or 'a sorry'}."
        return replace(verdict, level=CheckLevel.REPLAYED, failure=Failure.AXIOMS, detail=detail)
    return replace(verdict, axioms=answer.axioms)


def _project(folder: Path) -> LeanProject:
    project = read_project(folder)
    if project is None:
        raise BlueprintError("There is no Lean project in this folder.", "Choose a folder with a lakefile.")
    return project
