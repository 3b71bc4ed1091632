"""Which of a project's files its blueprint is made of, commit by commit, wherever its folder was at the time."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from blueprint_app.live.past.main_line import FileChange, LineCommit
from blueprint_app.sources.leanblueprint.files import ENTRY_PLACES

_TEX = (".tex", ".sty", ".cls", ".bbl", ".cfg", ".ltx", ".def", ".clo")
_SKIPPED = frozenset(
    {".git", ".lake", "lake-packages", "build", "node_modules", "__pycache__", ".venv", "venv", "_out"}
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The blueprint that is asked about, as it lies now: its project's folder and its web.tex, "" for none.

    `others` are the web.tex of other projects in the same clone, which never were this one's.
    """

    prefix: str
    entry: str
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class State:
    """The blueprint's files at one commit of the line.

    `number` is the commit's place in the line; `base` the project's folder at that time ("" or ending in "/"), `entry`
    the web.tex below it ("" for none). `tex` and `lean` are equal for two states if all their files of that sort are.
    """

    number: int
    base: str
    entry: str
    tex: str
    lean: str


def wanted_in(files: Iterable[str], prefix: str) -> Wanted:
    """The blueprint of the project in a folder of a tree."""
    entries = [path for path in files if is_entry(path)]
    inside = [path for path in entries if path.startswith(prefix)]
    usual = [prefix + place for place in ENTRY_PLACES if prefix + place in inside]
    entry = usual[0] if usual else min(inside, key=lambda path: (path.count("/"), path), default="")
    return Wanted(prefix, entry, frozenset(entries) - {entry})


def is_entry(path: str) -> bool:
    """Whether a file may be where a blueprint begins."""
    return path.rsplit("/", 1)[-1] == "web.tex" and _SKIPPED.isdisjoint(path.split("/"))


def states_of(line: Sequence[LineCommit], wanted: Wanted) -> Iterator[State]:
    """The state at each commit that changed one of the project's files of TeX or Lean, oldest first."""
    tree = _Tree(wanted)
    last: State | None = None
    for number, each in enumerate(line):
        if tree.apply(each.changes):
            state = tree.state(number)
            if last is None or (state.base, state.entry, state.tex, state.lean) != (
                last.base,
                last.entry,
                last.tex,
                last.lean,
            ):
                yield state
                last = state


def blobs_at(line: Sequence[LineCommit], numbers: Sequence[int]) -> Iterator[tuple[int, dict[str, FileChange]]]:
    """The whole tree at each of some places of the line, in their order. The same table is changed and given again."""
    files: dict[str, FileChange] = {}
    done = 0
    for number in sorted(numbers):
        for each in line[done : number + 1]:
            for change in each.changes:
                if change.blob:
                    files[change.path] = change
                else:
                    files.pop(change.path, None)
        done = number + 1
        yield number, files


def is_tex(path: str, entry: str) -> bool:
    """Whether the TeX reader may take in a file: by its name, or because it lies beside web.tex."""
    return path.endswith(_TEX) or (bool(entry) and path.startswith(_folder(entry)) and not path.endswith(".lean"))


class _Tree:
    """The files at a commit, and sums over them that change with every change of a file."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._files: dict[str, str] = {}
        self._entries: set[str] = set()

    def apply(self, changes: Iterable[FileChange]) -> bool:
        """Take the changes of a commit; whether one of them may concern a blueprint."""
        is_concerned = False
        for change in changes:
            path = change.path
            is_concerned |= path.endswith(".lean") or is_tex(path, "") or self._is_beside_entry(path)
            if change.blob:
                self._files[path] = change.blob
            else:
                self._files.pop(path, None)
            if is_entry(path):
                (self._entries.add if change.blob else self._entries.discard)(path)
        return is_concerned

    def _is_beside_entry(self, path: str) -> bool:
        return any(path.startswith(_folder(entry)) for entry in self._entries)

    def state(self, number: int) -> State:
        """The state after the changes taken so far."""
        entry = self._entry()
        base = base_of(entry, self._wanted.prefix)
        inside = {path: blob for path, blob in self._files.items() if path.startswith(base)}
        tex = {path: blob for path, blob in inside.items() if is_tex(path, entry)}
        lean = {path: blob for path, blob in inside.items() if path.endswith(".lean")}
        return State(number, base, entry.removeprefix(base), digest_of(tex, base), digest_of(lean, base))

    def _entry(self) -> str:
        """The web.tex of the wanted project: where it is now, in a usual place, or where it may have come from."""
        wanted = self._wanted
        if wanted.entry in self._entries:
            return wanted.entry
        usual = (wanted.prefix + place for place in ENTRY_PLACES)
        found = next((path for path in usual if path in self._entries), "")
        if found or not wanted.entry:
            return found
        former = self._entries - wanted.others
        return min(former, key=lambda path: (-_same_end(path, wanted.entry), path.count("/"), path), default="")


def base_of(entry: str, prefix: str) -> str:
    """The project's folder for a web.tex: the one of now if it lies there, else what stands before the usual place."""
    if not entry or entry.startswith(prefix):
        return prefix
    for place in sorted(ENTRY_PLACES, key=len, reverse=True):
        if f"/{entry}".endswith(f"/{place}"):
            return entry[: len(entry) - len(place)]
    return _folder(entry)


def digest_of(blobs: Mapping[str, str], base: str = "") -> str:
    """What tells two sets of files apart: the same for the same paths below `base` with the same contents."""
    total = hashlib.sha256()
    for path in sorted(blobs):
        total.update(f"{path[len(base) :]}\0{blobs[path]}\0".encode("utf-8", "surrogateescape"))
    return total.hexdigest()


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _same_end(one: str, other: str) -> int:
    """How many of the last parts two paths share."""
    count = 0
    for first, second in zip(reversed(one.split("/")), reversed(other.split("/")), strict=False):
        if first != second:
            break
        count += 1
    return count
