"""Judges a draft: compiled where it can do no harm, then checked anew by a process that it never ran in."""

import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.lean.records.loose_json import as_text, texts
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import ALLOWED_AXIOMS, axiom_in_words
from blueprint_app.verify.compiling import Compiled, ask_judge, compile_module, messages_of, messages_unsandboxed
from blueprint_app.verify.draft import Draft, Part, PlacedDraft, placed
from blueprint_app.verify.goal import Goal
from blueprint_app.verify.limits import JudgeLimits
from blueprint_app.verify.lint import lint, runs_code
from blueprint_app.verify.place import out_of_place
from blueprint_app.verify.readiness import NotReady, Ready, ready_for
from blueprint_app.verify.verdict import CheckLevel, Failure, Verdict

Check = Callable[[], None]
Report = Callable[[float, str], None]

STATED = Draft("sorry")
"""What stands for the proof where only the statement counts."""

UNSANDBOXED = "none"
_KEPT_STATEMENTS = 32
_LEAVES_OUT = "It leaves something out."
_PROBLEMS = {"replay": Failure.REPLAY, "statement": Failure.STATEMENT, "axioms": Failure.AXIOMS}
_LEVELS = {"replayed": CheckLevel.REPLAYED, "matched": CheckLevel.MATCHED}


def _never() -> None:
    pass


def _silent(fraction: float, note: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class JudgeWork:
    """A draft to be judged: plain data, to be sent to wherever the project's folder lies at the same path.

    `unsandboxed` is a person's word for this one run, given knowing that the draft can then do whatever they can; it
    counts only where there is no sandbox, and the verdict is then at most COMPILED.
    """

    folder: str
    goal: Goal
    draft: Draft
    limits: JudgeLimits = field(default_factory=JudgeLimits)
    allowed_axioms: frozenset[str] = ALLOWED_AXIOMS
    unsandboxed: bool = False
    cache_folder: str = ""


def judge_draft(work: JudgeWork, check: Check = _never, report: Report = _silent) -> Verdict:
    """How far a draft gets. Whatever it does is a verdict; raises only what `check` raises.

    Raises BlueprintError where the folder holds no Lean project.
    """
    begun = time.monotonic()
    ready = ready_to_judge(work, check)
    verdict = _verdict(work, ready, check, report)
    return replace(verdict, lint=lint(work.draft), seconds=round(time.monotonic() - begun, 3))


def judge_statement(work: JudgeWork, check: Check = _never, report: Report = _silent) -> Verdict:
    """Whether a drafted statement compiles with a ``sorry`` for its proof: at most COMPILED.

    The rest is a person's word. The goal holds the drafted statement; of the draft only the helpers are taken.
    """
    begun = time.monotonic()
    ready = ready_to_judge(work, check)
    stated = Draft(STATED.proof, work.draft.helpers)
    if isinstance(ready, NotReady):
        return replace(without_judge(ready), lint=lint(stated))
    report(0.1, "Compiling the statement")
    verdict = _compiled_only(ready, placed(work.goal, stated), work.limits, check)
    findings = lint(Draft(work.goal.statement, work.draft.helpers))
    return replace(verdict, lint=findings, seconds=round(time.monotonic() - begun, 3))


def ready_to_judge(work: JudgeWork, check: Check) -> Ready | NotReady:
    """What it takes to do this work here, or why it cannot be done."""
    project = _project(work.folder)
    cache = Path(work.cache_folder) if work.cache_folder else None
    return ready_for(project, work.goal, unsandboxed=work.unsandboxed, cache_folder=cache, check=check)


def _project(folder: str) -> LeanProject:
    project = read_project(Path(folder))
    if project is None:
        raise BlueprintError("There is no Lean project in this folder.", "Choose a folder with a lakefile.")
    return project


def without_judge(ready: Ready | NotReady) -> Verdict:
    """The verdict where nothing can be judged: never more than nothing."""
    if isinstance(ready, NotReady):
        return Verdict(CheckLevel.NONE, ready.failure, str(ready))
    return Verdict(CheckLevel.NONE, Failure.NO_SANDBOX, "There is no sandbox on this machine.")


def _verdict(work: JudgeWork, ready: Ready | NotReady, check: Check, report: Report) -> Verdict:
    if isinstance(ready, NotReady):
        return without_judge(ready)
    if problem := out_of_place(work.goal, work.draft):
        return Verdict(CheckLevel.NONE, Failure.STATEMENT, problem, sandbox=_sandbox(ready))
    if ready.sandbox is None:
        return _compiled_only(ready, placed(work.goal, work.draft), work.limits, check)
    report(0.05, "Compiling the statement")
    stated = _stated(ready, work, check)
    if stated.export is None:
        return _above(stated, ready)
    report(0.35, "Compiling the draft")
    with tempfile.TemporaryDirectory(prefix="blueprint-verdict-") as folder:
        stated_file, drafted_file = Path(folder, "stated"), Path(folder, "drafted")
        stated_file.write_bytes(stated.export)
        text = placed(work.goal, work.draft)
        drafted = compile_module(ready, text.text, text.part_at, work.limits, check, stated=stated_file)
        if drafted.export is None:
            return _failed(drafted, ready)
        if any(message.kind == "hasSorry" and message.part is not Part.BEFORE for message in drafted.messages):
            # What Lean says for a draft is not believed; what it says against one is enough.
            return _failed(replace(drafted, failure=Failure.SORRY, detail=_LEAVES_OUT), ready, CheckLevel.COMPILED)
        drafted_file.write_bytes(drafted.export)
        report(0.7, "Checking every step anew")
        ended, answer = ask_judge(ready, stated_file, drafted_file, work.allowed_axioms, work.limits, check)
    report(1.0, "Judged")
    compiled = Verdict(CheckLevel.COMPILED, messages=drafted.messages, sandbox=_sandbox(ready))
    if ended.failure is not Failure.NONE:
        return replace(compiled, failure=ended.failure, detail=ended.detail)
    return _answered(compiled, answer, work)


def _answered(compiled: Verdict, answer: Mapping[str, object], work: JudgeWork) -> Verdict:
    """The verdict that the judge's answer amounts to; what is not understood is no success."""
    problem, detail = as_text(answer.get("problem")), as_text(answer.get("detail"))
    level = _LEVELS.get(as_text(answer.get("level")), CheckLevel.COMPILED)
    failure = _PROBLEMS.get(problem, Failure.NONE if problem == "" else Failure.CRASH)
    axioms, gaps = texts(answer.get("axioms")), texts(answer.get("gaps"))
    if failure is Failure.AXIOMS:
        failure, detail = _of_axioms(answer, axioms, gaps, work)
    elif level is CheckLevel.COMPILED and failure is Failure.NONE:
        failure, detail = Failure.CRASH, "The judge gave no answer."
    elif level is CheckLevel.MATCHED and answer.get("proposition") is not True:
        level, detail = CheckLevel.REPLAYED, "It is a definition: that it is the right one is for a person to say."
    elif level is CheckLevel.MATCHED and runs_code(lint(work.draft)):
        level, failure = CheckLevel.REPLAYED, Failure.RUNS_CODE
        detail = "It holds code that runs while Lean reads it, so that its text need not be the proof that was checked."
    return replace(
        compiled,
        level=level,
        failure=failure,
        detail=detail,
        axioms=axioms,
        gaps=gaps,
        lean_version=as_text(answer.get("lean")),
    )


def _of_axioms(
    answer: Mapping[str, object], axioms: tuple[str, ...], gaps: tuple[str, ...], work: JudgeWork
) -> tuple[Failure, str]:
    if answer.get("leavesOut") is True:
        return Failure.SORRY, _LEAVES_OUT
    if "sorryAx" in axioms:
        return Failure.AXIOMS, f"It rests on {', '.join(gaps[:5])}, which has a sorry."
    foreign = [axiom_in_words(name) for name in axioms if name not in work.allowed_axioms]
    return Failure.AXIOMS, f"It rests on {', '.join(foreign[:5]) or 'an axiom of its own'}."


def _compiled_only(ready: Ready, text: PlacedDraft, limits: JudgeLimits, check: Check) -> Verdict:
    run = messages_of if ready.sandbox is not None else messages_unsandboxed
    compiled = run(ready, text.text, text.part_at, limits, check)
    if compiled.failure is not Failure.NONE:
        return _failed(compiled, ready)
    detail = "" if ready.sandbox else "It ran without a sandbox: nothing more can be said of it."
    return Verdict(CheckLevel.COMPILED, Failure.NONE, detail, compiled.messages, sandbox=_sandbox(ready))


def _failed(compiled: Compiled, ready: Ready, level: CheckLevel = CheckLevel.NONE) -> Verdict:
    return Verdict(level, compiled.failure, compiled.detail, compiled.messages, sandbox=_sandbox(ready))


def _above(stated: Compiled, ready: Ready) -> Verdict:
    """The file cannot be compiled even with a ``sorry`` for the proof, for which no draft is to blame."""
    detail = f"The file does not compile up to the statement itself. {stated.detail}"
    failure = stated.failure if stated.failure is not Failure.SORRY else Failure.ERROR
    return Verdict(CheckLevel.NONE, failure, detail, stated.messages, sandbox=_sandbox(ready))


def _sandbox(ready: Ready) -> str:
    return str(ready.sandbox) if ready.sandbox else UNSANDBOXED


class _Statements:
    """What was compiled without a draft, by all that it depends on; two threads never compile the same."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Compiled] = OrderedDict()
        self._lock = threading.Lock()
        self._busy: dict[object, threading.Lock] = {}

    def get(self, key: object, make: Callable[[], Compiled]) -> Compiled:
        """The kept value, or that which `make` returns; what failed is not kept."""
        with self._lock:
            busy = self._busy.setdefault(key, threading.Lock())
        with busy:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]
            made = make()
            with self._lock:
                if made.export is not None:
                    self._kept[key] = made
                else:
                    self._busy.pop(key, None)
                while len(self._kept) > _KEPT_STATEMENTS:
                    self._busy.pop(self._kept.popitem(last=False)[0], None)
            return made


_statements = _Statements()


def _stated(ready: Ready, work: JudgeWork, check: Check) -> Compiled:
    """The module with a ``sorry`` for the proof and without the helpers, compiled in a run of its own."""
    text = placed(work.goal, STATED)
    key = (
        ready.toolchain.lean,
        ready.programs,
        ready.path,
        ready.options,
        ready.stamp,
        work.goal.module,
        work.goal.name,
    )
    return _statements.get(
        (*key, text.text), lambda: compile_module(ready, text.text, text.part_at, work.limits, check)
    )
