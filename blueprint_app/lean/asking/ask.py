"""Asks Lean about the declarations of a project: only what is freshly built, only what is not known already."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from blueprint_app.lean.asking.answer_cache import AnswerCache, digest
from blueprint_app.lean.asking.importing import culprits, damaged
from blueprint_app.lean.asking.probe import (
    PROBE_LIMITS,
    Answer,
    ImportFailedError,
    ProbeFailedError,
    Question,
    ask_facts,
    ask_signatures,
    probe_version,
    with_signature,
)
from blueprint_app.lean.asking.process import Limits, ProgramMissingError, TimeLimitError
from blueprint_app.lean.asking.tools import LeanTools, NotAsked, find_tools, packages_at_hand
from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.records.reader import BuildRecords

_MOST_ATTEMPTS = 12
"""How often modules that cannot be imported are dropped before giving up; each attempt takes seconds."""

NO_PERMISSION = NotAsked(
    "Lean was not asked: that runs the project's own code.", "Allow it for this project if you trust its authors."
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What Lean said. `modules` are those that it read; `dropped` could not be imported, each with why.

    `is_whole` tells that these are all of the project's own modules, so that a name without an answer does not exist.
    `not_asked` says why some of it is not known.
    """

    declarations: Mapping[str, Answer] = field(default_factory=dict)
    modules: frozenset[str] = frozenset()
    dropped: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = False
    not_asked: NotAsked | None = None


def ask_lean(
    project: LeanProject,
    records: BuildRecords,
    names: Sequence[str],
    *,
    permission: bool,
    cache_folder: Path | None = None,
    limits: Limits = PROBE_LIMITS,
    check: Callable[[], None] = lambda: None,
    report: Callable[[float, str], None] = lambda fraction, note: None,
) -> Answers:
    """Lean's answers about `names`, from the cache where the build is the one that was asked before.

    `permission` must come from the user, for this project: Lake runs a ``lakefile.lean``, and printing statements
    runs the initialisers of compiled modules, so that asking a malicious project hands it the user's account.
    Without it only what was answered before is told. Never builds, never fetches; every failure but a cancelled
    `check` is told as a reason.
    """
    return _Asking(project, records, names, AnswerCache(cache_folder), limits, check, report).run(permission)


class _Asking:
    def __init__(
        self,
        project: LeanProject,
        records: BuildRecords,
        names: Sequence[str],
        cache: AnswerCache,
        limits: Limits,
        check: Callable[[], None],
        report: Callable[[float, str], None],
    ) -> None:
        self._project, self._records, self._cache = project, records, cache
        self._limits, self._check, self._report = limits, check, report
        self._names = tuple(sorted(set(names)))
        self._context = digest(probe_version(), project.toolchain, _manifest_hash(project), *self._names)
        self._keys = {module: self._key(module) for module in records.fresh}
        self._answers: dict[str, Answer] = {}
        self._dropped: dict[str, str] = {}

    def run(self, permission: bool) -> Answers:
        if not self._names:
            return Answers()
        wanted = self._recall()
        reason = self._why_not(permission) if wanted else None
        if wanted and reason is None:
            wanted, reason = self._ask(wanted)
        modules = frozenset(self._keys) - wanted
        is_whole = 0 < len(modules) == len(self._records.modules)
        return Answers(self._answers, modules, self._dropped, is_whole, reason)

    def _recall(self) -> frozenset[str]:
        """Take what the cache holds; returns the fresh modules that it does not hold."""
        outside = self._cache.read(self._context)
        wanted = set()
        for module, key in self._keys.items():
            kept = self._cache.read(key) if outside is not None else None
            if kept is None:
                wanted.add(module)
            else:
                self._answers.update({answer.name: answer for answer in kept})
        for answer in outside or ():
            self._answers.setdefault(answer.name, answer)
        return frozenset(wanted)

    def _why_not(self, permission: bool) -> NotAsked | None:
        return packages_at_hand(self._project) if permission else NO_PERMISSION

    def _ask(self, wanted: frozenset[str]) -> tuple[frozenset[str], NotAsked | None]:
        """Ask about modules; returns those that stay unanswered, and why if Lean gave no answer at all."""
        tools = find_tools(self._project)
        if isinstance(tools, NotAsked):
            return wanted, tools
        # A file cut short, as by a build that is still running, can make Lean hang or die without a word.
        asked = wanted - self._drop(damaged(wanted, self._records, self._check), "Its compiled file is not as built.")
        for _ in range(_MOST_ATTEMPTS):
            if not asked:
                break
            try:
                self._report(0.1, f"Asking Lean about {len(self._names)} declarations")
                self._keep(asked, self._facts(tools, asked))
                return wanted - asked, None
            except (TimeLimitError, ProgramMissingError) as error:
                return wanted, NotAsked(error.what_happened, error.what_to_do)
            except ImportFailedError as error:
                message, guilty = str(error), culprits(str(error), asked, self._records)
            except ProbeFailedError as error:
                message, guilty = str(error), frozenset[str]()
            if not guilty:
                return wanted, NotAsked(f"Lean could not read the build: {_first_lines(message)}", "Build the project.")
            asked -= self._drop(guilty, message)
        return wanted, NotAsked("No module of the build could be imported.", "Build the project.")

    def _facts(self, tools: LeanTools, asked: frozenset[str]) -> dict[str, Answer]:
        folder, imports = self._project.folder, tuple(sorted(asked))
        own = tuple(self._records.modules)
        answers = ask_facts(tools, folder, Question(imports, own, self._names), self._check, self._limits)
        self._check()
        self._report(0.6, "Printing statements")
        fresh = [name for name, answer in answers.items() if answer.module in asked or answer.module not in self._keys]
        try:
            printed = ask_signatures(tools, folder, Question(imports, own, tuple(fresh)), self._check, self._limits)
        except (ImportFailedError, ProbeFailedError, TimeLimitError):
            # Statements as printed are a comfort; the facts stand without them.
            printed = {}
        return {name: with_signature(answer, printed) for name, answer in answers.items()}

    def _keep(self, asked: frozenset[str], answers: Mapping[str, Answer]) -> None:
        by_module: dict[str, list[Answer]] = {module: [] for module in asked}
        outside = {answer.name: answer for answer in self._cache.read(self._context) or ()}
        for answer in answers.values():
            if answer.module in by_module:
                by_module[answer.module].append(answer)
            elif answer.module not in self._records.modules:
                outside[answer.name] = answer
        for module, found in by_module.items():
            self._cache.write(self._keys[module], found)
            self._answers.update({answer.name: answer for answer in found})
        self._cache.write(self._context, outside.values())
        self._answers = {**outside, **self._answers}

    def _drop(self, guilty: frozenset[str], message: str) -> frozenset[str]:
        """Note modules and all that import them as not to be had; returns them."""
        gone = self._records.importers_of(guilty)
        for module in gone:
            self._dropped[module] = (
                _first_lines(message) if module in guilty else f"It imports {', '.join(sorted(guilty)[:3])}."
            )
        return gone

    def _key(self, module: str) -> str:
        """A name for the build of a module and of all of the project's own that it imports."""
        below, waiting = {module}, [module]
        while waiting:
            for imported in self._records.modules[waiting.pop()].source_state.imports:
                if imported in self._records.modules and imported not in below:
                    below.add(imported)
                    waiting.append(imported)
        return digest(self._context, module, *(self._stamp(name) for name in sorted(below)))

    def _stamp(self, module: str) -> str:
        record = self._records.modules[module]
        if record.olean is None or record.trace is None:
            return f"{module} unbuilt"
        try:
            stat = record.olean.stat()
        except OSError:
            return f"{module} gone"
        return f"{module} {record.trace.hash} {stat.st_size} {stat.st_mtime_ns}"


def _manifest_hash(project: LeanProject) -> str:
    try:
        return hashlib.sha256((project.folder / "lake-manifest.json").read_bytes()).hexdigest()
    except OSError:
        return ""


def _first_lines(message: str) -> str:
    return " ".join(message.split())[:300]
