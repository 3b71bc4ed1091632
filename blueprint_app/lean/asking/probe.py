"""One run of the app's own Lean program over a built project: a question in a file, an answer in a file."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from blueprint_app.lean.asking.process import Limits, run_program
from blueprint_app.lean.asking.tools import LeanTools
from blueprint_app.lean.records.loose_json import (
    DamagedJsonError,
    as_flag,
    as_list,
    as_mapping,
    as_number,
    as_text,
    parse_json,
    texts,
)
from blueprint_app.lean.records.reader import name_parts

PROBE_LIMITS = Limits(seconds=900.0, memory=12 * 2**30)
LEAN_MEMORY = 8 * 2**10
"""Megabytes that Lean may allocate before it ends itself (``-M``); its mapped libraries do not count."""

_KEPT_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: modules to import, the project's own modules, and names of declarations as people write them."""

    imports: tuple[str, ...]
    own: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What Lean says of one declaration, `name` as asked.

    `uses` are names among those asked for that it rests on without another of them in between. `lines`
    are its first and last line, (0, 0) where there are none. `sorry_in` shows private names as people write
    them; `axioms` are full names, so that none can pass for another.
    """

    name: str
    module: str = ""
    kind: str = ""
    lines: tuple[int, int] = (0, 0)
    doc: str = ""
    signature: str = ""
    statement_sorry: bool = False
    proof_sorry: bool = False
    sorry_in: tuple[str, ...] = ()
    axioms: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    statement_uses: tuple[str, ...] = ()


class ImportFailedError(Exception):
    """Lean could not import what was asked for; the text is Lean's own."""


class ProbeFailedError(Exception):
    """Lean ended without an answer; the text is the end of what it printed."""


@cache
def probe_file() -> Path:
    """The app's Lean program: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "resources" / "lean" / "BlueprintProbe.lean"
    return inside if inside.is_file() else package.parent / "resources" / "lean" / "BlueprintProbe.lean"


@cache
def probe_version() -> str:
    """A name for this version of the program, so that answers of another one are not taken for its own."""
    return hashlib.sha256(probe_file().read_bytes()).hexdigest()


def ask_facts(
    tools: LeanTools, folder: Path, question: Question, check: Callable[[], None], limits: Limits = PROBE_LIMITS
) -> dict[str, Answer]:
    """What Lean says of each declaration that exists. Raises `ImportFailedError`, `ProbeFailedError`, `TimeLimitError`.

    Compiled modules are read as data: no code of theirs runs, so that they cannot speak for Lean.
    """
    entries = _run(tools, folder, "facts", question, check, limits)
    return {answer.name: answer for entry in entries if (answer := _answer(entry, question.names)) is not None}


def ask_signatures(
    tools: LeanTools, folder: Path, question: Question, check: Callable[[], None], limits: Limits = PROBE_LIMITS
) -> dict[str, tuple[str, str]]:
    """For each declaration that exists its statement as Lean prints it, and its kind in words. Raises as `ask_facts`.

    Printing needs the project's notation, whose initialisers run: a process of its own that nothing else is taken from.
    """
    found = {}
    for entry in _run(tools, folder, "signatures", question, check, limits):
        if (name := _asked_name(entry, question.names)) is not None:
            found[name] = (as_text(entry.get("signature")), as_text(entry.get("kind")))
    return found


def with_signature(answer: Answer, printed: Mapping[str, tuple[str, str]]) -> Answer:
    """The answer with its statement as printed; facts never change."""
    signature, kind = printed.get(answer.name, ("", ""))
    return replace(answer, signature=signature, kind=answer.kind if answer.kind == "axiom" else kind or answer.kind)


def _run(
    tools: LeanTools, folder: Path, task: str, question: Question, check: Callable[[], None], limits: Limits
) -> list[Mapping[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="blueprint-probe-") as place:
        asked, answered = Path(place, "question.json"), Path(place, "answer.json")
        asked.write_text(json.dumps(_question_data(question)), encoding="utf-8")
        said: list[str] = []

        def keep(line: str) -> None:
            said.append(line)
            del said[:-40]

        words = [str(tools.lake), "env", "lean", "-M", str(LEAN_MEMORY)]
        words += ["--run", str(probe_file()), task, str(asked), str(answered)]
        code = run_program(words, folder, environment=tools.environment, on_line=keep, check=check, limits=limits)
        entries = _entries(answered)
        if not entries:
            raise ProbeFailedError("\n".join(said)[-_KEPT_WORDS:] or f"Lean ended with code {code}.")
        if "failed" in entries[0]:
            raise ImportFailedError(as_text(entries[0]["failed"]))
        return entries[1:]


def _question_data(question: Question) -> dict[str, object]:
    return {
        "imports": [name_parts(name) for name in question.imports],
        "own": [name_parts(name) for name in question.own],
        "names": [name_parts(name.removeprefix("_root_.")) for name in question.names],
    }


def _entries(path: Path) -> list[Mapping[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
        return [as_mapping(parse_json(line)) for line in lines]
    except (OSError, DamagedJsonError):
        return []


def _answer(entry: Mapping[str, Any], names: Sequence[str]) -> Answer | None:
    name = _asked_name(entry, names)
    if name is None:
        return None
    first, last = [as_number(number) for number in as_list(entry.get("lines"))[:2]] or (0, 0)
    return Answer(
        name,
        as_text(entry.get("module")),
        as_text(entry.get("kind")),
        (first, last),
        as_text(entry.get("doc")).strip(),
        "",
        as_flag(entry.get("statementSorry")) is not False,
        as_flag(entry.get("proofSorry")) is not False,
        texts(entry.get("sorryIn")),
        texts(entry.get("axioms")),
        _names_at(entry.get("uses"), names),
        _names_at(entry.get("statementUses"), names),
    )


def _asked_name(entry: Mapping[str, Any], names: Sequence[str]) -> str | None:
    number = as_number(entry.get("asked"), -1)
    return names[number] if entry.get("exists") is True and 0 <= number < len(names) else None


def _names_at(numbers: object, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names[number] for each in as_list(numbers) if 0 <= (number := as_number(each, -1)) < len(names))
