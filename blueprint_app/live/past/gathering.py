"""Gets the blueprint of each state: from what is kept, else by reading it, with Lean files only where it needs them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from blueprint_app import __version__
from blueprint_app.insight.history.moments import Moment
from blueprint_app.live.past.git import Check
from blueprint_app.live.past.main_line import FileChange, LineCommit
from blueprint_app.live.past.reading import NO_BLUEPRINT, Answer, Task, read_tasks, task_of
from blueprint_app.live.past.selection import Selection, selection
from blueprint_app.live.past.store import PastStore, packed_moment, unpacked_moment
from blueprint_app.live.past.trees import State, blobs_at
from blueprint_app.model.blueprint import Reading

Report = Callable[[float, str], None]

_ABSENT = "absent"
_NEEDS_LEAN = "needs Lean"
_LEAN_COSTS = 4
"""Readings of TeX alone that one with all Lean files stands for."""
_SAVED_AT = 100
"""Readings after which they are kept, so that a run that is stopped was not for nothing."""


class Gatherer:
    """The moments of states of one line. `is_lean_only` tells that there is no web.tex and there should be none."""

    def __init__(
        self,
        folder: Path,
        reading: Reading,
        line: Sequence[LineCommit],
        store: PastStore,
        *,
        is_lean_only: bool = False,
    ) -> None:
        self._folder, self._reading, self._line, self._store = folder, reading, line, store
        self._is_lean_only = is_lean_only
        self._needs_lean: set[str] = set()
        self._moments: dict[str, Moment] = {_ABSENT: Moment(problem=NO_BLUEPRINT)}
        self._looked_up: set[str] = set()
        self._unsaved: dict[str, Any] = {}
        self.lacks_contents = False

    def moment(self, state: State) -> Moment:
        """The blueprint of a state that was gathered."""
        return self._moments[self._key(state)]

    def distinct(self, states: Iterable[State]) -> list[State]:
        """The states at which the blueprint's files, as far as is known, became others."""
        return [next(group) for _, group in groupby(states, self._key)]

    def gather(self, states: Sequence[State], most: int, check: Check, report: Report) -> Selection:
        """Get the moments of a selection of the states. What is read is kept, even if `check` raises."""
        try:
            while True:
                found = self.distinct(states)
                times = [self._line[each.number].commit.time for each in found]
                chosen = selection(found, times, self._affordable(found, most))
                if self._look_up(chosen.states):
                    # Of these the Lean files count as well, which tells more states apart.
                    continue
                left = {self._key(state): state for state in chosen.states if self._key(state) not in self._moments}
                if not left:
                    return chosen
                self._read(left, check, report)
        finally:
            self._save()

    def _affordable(self, states: Sequence[State], most: int) -> int:
        """How many are read: fewer where all Lean files have to be."""
        reads_lean = bool(states) and self._key(states[-1]) != self._tex_key(states[-1])
        return max(most // _LEAN_COSTS, 1) if reads_lean else most

    def _tex_key(self, state: State) -> str:
        # Another version of the app may read otherwise.
        return f"moment/{__version__}/{self._reading.value}/{state.entry}/{state.tex}"

    def _key(self, state: State) -> str:
        if not state.entry and not self._is_lean_only:
            return _ABSENT
        key = self._tex_key(state)
        return f"{key}/{state.lean}" if self._is_lean_only or key in self._needs_lean else key

    def _look_up(self, states: Sequence[State]) -> bool:
        """Take what is kept of some states; whether it tells of any that Lean files are needed."""
        keys = {self._key(state) for state in states} - self._looked_up - self._moments.keys()
        self._looked_up |= keys
        before = len(self._needs_lean)
        for key, value in self._store.read(keys).items():
            if value == _NEEDS_LEAN:
                self._needs_lean.add(key)
            elif (moment := unpacked_moment(value)) is not None:
                self._moments[key] = moment
        return len(self._needs_lean) > before

    def _read(self, left: Mapping[str, State], check: Check, report: Report) -> None:
        done = 0

        def take(answer: Answer) -> None:
            nonlocal done
            done += 1
            report(done / len(left), f"Reading the blueprint at {len(left):,} commits")
            self._take(answer)

        report(0.0, f"Reading the blueprint at {len(left):,} commits")
        read_tasks(self._folder, self._reading, self._tasks(left), check, take)

    def _tasks(self, left: Mapping[str, State]) -> list[Task]:
        by_number = {state.number: (key, state) for key, state in left.items()}
        tasks = []
        for number, files in blobs_at(self._line, list(by_number)):
            key, state = by_number[number]
            tasks.append(self._task(key, state, files))
        return tasks

    def _task(self, key: str, state: State, files: Mapping[str, FileChange]) -> Task:
        lean = self._is_lean_only or self._tex_key(state) in self._needs_lean
        return task_of(key, state.base, state.entry, files, lean=lean)

    def _take(self, answer: Answer) -> None:
        if answer.moment is None:
            self._needs_lean.add(answer.key)
            self._unsaved[answer.key] = _NEEDS_LEAN
            return
        self._moments[answer.key] = answer.moment
        if answer.is_whole:
            self._unsaved[answer.key] = packed_moment(answer.moment)
        else:
            self.lacks_contents = True
        if len(self._unsaved) >= _SAVED_AT:
            self._save()

    def _save(self) -> None:
        self._store.write(self._unsaved)
        self._unsaved.clear()
