"""Has Lean compile a module in the sandbox and write down, as text, what it made; nothing of it is believed."""

import json
import os
import shlex
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from blueprint_app.lean.asking.process import Limits as ProgramLimits
from blueprint_app.lean.asking.process import TimeLimitError, run_program
from blueprint_app.lean.records.reader import module_path, name_parts
from blueprint_app.verify.limits import JudgeLimits
from blueprint_app.verify.messages import Placing, Printed
from blueprint_app.verify.programs import EXPORT, JUDGE
from blueprint_app.verify.readiness import Ready
from blueprint_app.verify.sandbox import SCRATCH, Job, LimitError, MemoryLimitError
from blueprint_app.verify.verdict import Failure, LeanMessage

_COMPILED = f"{SCRATCH}/compiled.olean"
_GIVEN = "/blueprint-given"
_ANSWER = f"{_GIVEN}/answer"
_LARGEST_ANSWER = 2**20


@dataclass(frozen=True, slots=True)
class Compiled:
    """How a compilation ended; `export` is what DraftExport wrote, None unless all went well."""

    failure: Failure
    detail: str
    messages: tuple[LeanMessage, ...]
    export: bytes | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run in the sandbox ended: `failure` is NONE if it did so by itself, with `code`."""

    failure: Failure
    detail: str
    code: int = 0


def compile_module(
    ready: Ready,
    text: str,
    place: Placing,
    limits: JudgeLimits,
    check: Callable[[], None],
    *,
    stated: Path | None = None,
) -> Compiled:
    """Compile the goal's module with this text. `stated` is the export of the module without the draft, if it is one.

    Raises only what `check` raises.
    """
    with tempfile.TemporaryDirectory(prefix="blueprint-draft-") as folder:
        source, answer = Path(folder, "source.lean"), Path(folder, "answer")
        source.write_bytes(text.encode())
        answer.touch()
        inside = f"{SCRATCH}/{module_path(ready.goal.module)}.lean"
        given = {inside: source}
        if stated is not None:
            given[f"{_GIVEN}/stated"] = stated
        export = _export_command(ready, f"{_GIVEN}/stated" if stated else "-")
        steps = f"{shlex.join(_compile_command(ready, inside, limits))} || exit 1\n"
        steps += f"{shlex.join(export)}\nexit 0"
        job = Job(("sh", "-c", steps), _readable(ready), given, (_ANSWER, answer), _environment(ready))
        printed = Printed()
        ended = run_job(ready, job, limits, printed, check)
        if ended.failure is not Failure.NONE:
            return Compiled(ended.failure, ended.detail, printed.placed(place))
        return _compiled(ended.code, printed, place, answer, limits)


def messages_of(ready: Ready, text: str, place: Placing, limits: JudgeLimits, check: Callable[[], None]) -> Compiled:
    """What Lean says of a text; nothing is kept of what it makes of it."""
    with tempfile.TemporaryDirectory(prefix="blueprint-draft-") as folder:
        source = Path(folder, "source.lean")
        source.write_bytes(text.encode())
        inside = f"{SCRATCH}/{module_path(ready.goal.module)}.lean"
        words = tuple(_compile_command(ready, inside, limits))
        job = Job(words, _readable(ready), {inside: source}, environment=_environment(ready))
        printed = Printed()
        ended = run_job(ready, job, limits, printed, check)
        failure, detail = ended.failure, ended.detail
        if failure is Failure.NONE and ended.code != 0:
            failure, detail = _rejected(printed, place)
        return Compiled(failure, detail, printed.placed(place))


def messages_unsandboxed(
    ready: Ready, text: str, place: Placing, limits: JudgeLimits, check: Callable[[], None]
) -> Compiled:
    """The same without a sandbox, for the one run that a person asked for knowing what that means."""
    with tempfile.TemporaryDirectory(prefix="blueprint-draft-") as folder:
        source = Path(folder, f"{module_path(ready.goal.module)}.lean")
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(text.encode())
        words = [str(ready.toolchain.lean), "--json", *(f"-D{each}" for each in ready.options), "-R", folder]
        words += ["-o", str(Path(folder, "compiled.olean")), str(source)]
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "TMPDIR": folder, "LC_ALL": "C.UTF-8"}
        environment |= _environment(ready)
        printed = Printed()
        try:
            bounds = ProgramLimits(limits.seconds, limits.memory)
            code = run_program(
                words, Path(folder), environment=environment, on_line=printed.take, check=check, limits=bounds
            )
        except TimeLimitError as error:
            return Compiled(Failure.TIMEOUT, error.what_happened, printed.placed(place))
        failure, detail = (Failure.NONE, "") if code == 0 else _rejected(printed, place)
        return Compiled(failure, detail, printed.placed(place))


def ask_judge(
    ready: Ready,
    stated: Path,
    drafted: Path,
    allowed: frozenset[str],
    limits: JudgeLimits,
    check: Callable[[], None],
) -> tuple[Ended, Mapping[str, object]]:
    """What DraftJudge answers, {} if it gave no answer. It never sees what the draft compiled to, only the text."""
    with tempfile.TemporaryDirectory(prefix="blueprint-judge-") as folder:
        question, answer = Path(folder, "question.json"), Path(folder, "answer.json")
        asked = {
            "stated": f"{_GIVEN}/stated",
            "drafted": f"{_GIVEN}/drafted",
            "own": [name_parts(name) for name in (*ready.own, ready.goal.module)],
            "allowed": [name_parts(name) for name in sorted(allowed)],
        }
        question.write_text(json.dumps(asked), encoding="utf-8")
        answer.touch()
        inside = f"{_GIVEN}/question.json"
        given = {f"{_GIVEN}/stated": stated, f"{_GIVEN}/drafted": drafted, inside: question}
        words = (*_run_command(ready, JUDGE), inside, _ANSWER)
        # A counter that Lean finds beyond its bounds is a message and a wrong number, unless it is told to stop.
        environment = {**_environment(ready), "LEAN_ABORT_ON_PANIC": "1"}
        job = Job(words, _readable(ready), given, (_ANSWER, answer), environment)
        printed = Printed()
        ended = run_job(ready, job, limits, printed, check)
        found = _answer(answer) if ended.failure is Failure.NONE else {}
        # Not every Lean passes on the code that a program ends with; what counts is whether it came to an answer.
        if ended.failure is Failure.NONE and not found:
            ended = Ended(Failure.CRASH, f"The judge ended without an answer. {printed.tail}".strip())
        return ended, found


def run_job(ready: Ready, job: Job, limits: JudgeLimits, printed: Printed, check: Callable[[], None]) -> Ended:
    """Run a job; whatever it does to its limits is a way to end."""
    assert ready.sandbox is not None
    try:
        return Ended(Failure.NONE, "", ready.sandbox.run(job, limits, printed.take, check))
    except TimeLimitError:
        return Ended(Failure.TIMEOUT, f"Lean took longer than {limits.seconds:.0f} seconds and was ended.")
    except MemoryLimitError as error:
        return Ended(Failure.MEMORY, str(error))
    except LimitError as error:
        return Ended(Failure.CRASH, str(error))


def _compile_command(ready: Ready, inside: str, limits: JudgeLimits) -> list[str]:
    options = [f"-D{option}" for option in ready.options]
    memory = str(max(1, limits.memory // 2**20))
    return [str(ready.toolchain.lean), "--json", "-M", memory, *options, "-R", SCRATCH, "-o", _COMPILED, inside]


def _export_command(ready: Ready, known: str) -> list[str]:
    target = json.dumps(name_parts(ready.goal.name))
    return [*_run_command(ready, EXPORT), target, known, _COMPILED, _ANSWER]


def _run_command(ready: Ready, program: str) -> list[str]:
    return [str(ready.toolchain.lean), "--run", str(ready.programs / f"Run{program}.lean")]


def _readable(ready: Ready) -> tuple[Path, ...]:
    return (*ready.toolchain.folders, *ready.path, ready.programs)


def _environment(ready: Ready) -> dict[str, str]:
    path = os.pathsep.join(str(folder) for folder in (*ready.path, ready.programs))
    return {"LEAN_PATH": path, **ready.toolchain.environment}


def _compiled(code: int, printed: Printed, place: Placing, answer: Path, limits: JudgeLimits) -> Compiled:
    messages = printed.placed(place)
    if code != 0:
        return Compiled(*_rejected(printed, place), messages)
    export = answer.read_bytes() if 0 < answer.stat().st_size <= limits.file else None
    if export is None:
        return Compiled(Failure.CRASH, f"What Lean compiled cannot be read. {printed.tail}".strip(), messages)
    return Compiled(Failure.NONE, "", messages, export)


def _rejected(printed: Printed, place: Placing) -> tuple[Failure, str]:
    """Why a compilation failed, from what was printed: good enough to be shown."""
    errors = [message for message in printed.placed(place) if message.severity == "error"]
    if printed.misses_imports:
        return Failure.NOT_BUILT, f"Lean cannot import what the file imports: {_first_line(errors)}"
    if printed.lacks_memory:
        return Failure.MEMORY, "Lean took more memory than it may."
    if not errors:
        return Failure.CRASH, f"Lean ended without a message. {printed.tail}".strip()
    return Failure.ERROR, f"Lean rejects it: {_first_line(errors)}"


def _first_line(errors: list[LeanMessage]) -> str:
    return errors[0].text.strip().split("\n")[0][:300] if errors else ""


def _answer(path: Path) -> Mapping[str, object]:
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST_ANSWER else b""
        answer = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}
