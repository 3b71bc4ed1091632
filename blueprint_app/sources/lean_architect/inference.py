"""Which nodes a declaration rests on, by the names in its text: what LeanArchitect asks Lean, guessed without it.

LeanArchitect collects the constants of a declaration and goes on through all that are not tagged.
Here the constants are those that the words of the text can mean: a lemma that only ``simp`` or dot
notation brings in is missed. Only what stands before a declaration, in its file or in a module that
it imports, is looked at, so that a guess never goes round in a circle.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from blueprint_app.sources.lean_architect.declarations import SORRY, Declared, ScannedFile

_WORD = re.compile(r"[^\W\d](?:[\w'!?₀-₉]|\.(?=[^\W\d]|«)|«[^»\n]*»)*|«[^»\n]*»(?:\.[\w'!?«»]+)*")


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a statement or a proof rests on: labels in the order of the text; `sorry` if untagged text below has one."""

    labels: tuple[str, ...] = ()
    sorry: bool = False


@dataclass(eq=False, slots=True)
class _Constant:
    """A declaration with its module's number; `below` is what it and the untagged ones below it rest on.

    `has_sorry` tells of its own text, once that was looked at.
    """

    declared: Declared
    module: int
    labels: tuple[str, ...]
    below: Inferred | None = None
    has_sorry: bool | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    """What the words between two offsets of a file mean, and all the parts that the words have."""

    constants: tuple[_Constant, ...]
    parts: frozenset[str]


class UsesByText:
    """Answers for the scanned files of a project; `modules` are their names, `labels` the labels of tagged names.

    `check` is called once a declaration and may raise to stop. `former` answered for the project as it was: what its
    words mean is looked up again only where that may have changed.
    """

    def __init__(
        self,
        files: Mapping[str, ScannedFile],
        labels: Mapping[str, str],
        check: Callable[[], None] = lambda: None,
        former: "UsesByText | None" = None,
    ) -> None:
        self._modules = tuple(files)
        self._files = list(files.values())
        self._check = check
        self._visible = _closures({module: file.imports for module, file in files.items()})
        self._constants: dict[str, list[_Constant]] = {}
        self._leaves: set[str] = set()
        self._declared: list[list[_Constant]] = []
        self._known: list[dict[tuple[int, int], _Named]] = [{} for _ in self._files]
        for number, file in enumerate(self._files):
            self._declared.append([])
            for declared in file.declared:
                own = tuple(dict.fromkeys(labels[name] for name in declared.names if name in labels))
                constant = _Constant(declared, number, own)
                self._declared[-1].append(constant)
                for name in declared.names:
                    self._constants.setdefault(name, []).append(constant)
                    self._leaves.add(name.rsplit(".", 1)[-1])
        if former is not None and (former._modules, former._visible) == (self._modules, self._visible):
            self._take_over(former)

    def _take_over(self, former: "UsesByText") -> None:
        """Keep what words mean in files that are as they were, unless they have a part of a name that came or went."""
        pairs = list(zip(former._files, self._files, strict=True))
        changed = [number for number, (old, new) in enumerate(pairs) if old is not new]
        turned: Counter[str] = Counter()
        counterparts: dict[int, _Constant] = {}
        for number in range(len(pairs)):
            olds, news = former._declared[number], self._declared[number]
            if number not in changed:
                counterparts |= zip(map(id, olds), news, strict=True)
                for old, new in zip(olds, news, strict=True):
                    new.has_sorry = old.has_sorry
                continue
            turned.update(name for each in news for name in each.declared.names)
            turned.subtract(name for each in olds for name in each.declared.names)
            counterparts |= _matched(olds, news)
        parts = {name.rsplit(".", 1)[-1] for name, count in turned.items() if count}
        for number, known in enumerate(former._known):
            if number not in changed:
                self._known[number] = dict(_still_known(known, parts, counterparts))

    def of(self, names: Iterable[str], path: str) -> tuple[Inferred, Inferred]:
        """What the statement and the proof of the declaration of these names in a file rest on."""
        for name in names:
            for constant in self._constants.get(name, ()):
                if self._files[constant.module].file.path == path:
                    declared = constant.declared
                    statement = self._part(constant, declared.head, declared.split)
                    return statement, self._part(constant, declared.split, declared.end)
        return Inferred(), Inferred()

    def _part(self, constant: _Constant, start: int, end: int) -> Inferred:
        labels: dict[str, None] = {}
        sorry = False
        for other in self._named(constant, start, end):
            if other.labels:
                labels.update(dict.fromkeys(other.labels))
            else:
                below = self._below(other)
                labels.update(dict.fromkeys(below.labels))
                sorry = sorry or below.sorry
        own = set(constant.labels)
        return Inferred(tuple(label for label in labels if label not in own), sorry)

    def _below(self, untagged: _Constant) -> Inferred:
        """What an untagged declaration brings in; those below it are worked off first, without recursion."""
        waiting, entered = [untagged], {id(untagged)}
        while waiting:
            constant = waiting[-1]
            if constant.below is not None:
                waiting.pop()
                continue
            others = self._named(constant, constant.declared.head, constant.declared.end)
            # Modules that import each other, which Lean refuses, could lead back: what was entered waits for nothing.
            first = next(
                (each for each in others if not each.labels and each.below is None and id(each) not in entered), None
            )
            if first is not None:
                waiting.append(first)
                entered.add(id(first))
                continue
            self._check()
            sorry = self._has_sorry(constant)
            labels: dict[str, None] = {}
            for other in others:
                below = other.below
                labels.update(dict.fromkeys(other.labels or (below.labels if below is not None else ())))
                sorry = sorry or (not other.labels and below is not None and below.sorry)
            constant.below = Inferred(tuple(labels), sorry)
            waiting.pop()
        return untagged.below or Inferred()

    def _has_sorry(self, constant: _Constant) -> bool:
        if constant.has_sorry is None:
            code, declared = self._files[constant.module].file.code, constant.declared
            constant.has_sorry = SORRY.search(code, declared.head, declared.end) is not None
        return constant.has_sorry

    def _named(self, constant: _Constant, start: int, end: int) -> tuple[_Constant, ...]:
        """The declarations before this one that words between two offsets can mean, each once."""
        known = self._known[constant.module]
        if (start, end) not in known:
            known[start, end] = self._looked_up(constant, start, end)
        return known[start, end].constants

    def _looked_up(self, constant: _Constant, start: int, end: int) -> _Named:
        found: dict[int, _Constant] = {}
        seen: set[str] = set()
        for word in dict.fromkeys(_WORD.findall(self._files[constant.module].file.code, start, end)):
            parts = word.split(".")
            seen.update(parts)
            if any(part in self._leaves for part in parts):
                other = self._meant(constant, word)
                if other is not None:
                    found.setdefault(id(other), other)
        return _Named(tuple(found.values()), frozenset(seen))

    def _meant(self, constant: _Constant, word: str) -> _Constant | None:
        """The declaration that a word means: as a whole, else without its last parts (``lemma.symm``)."""
        plain = word.removeprefix("_root_.")
        while plain:
            for scope in constant.declared.scopes:
                for other in self._constants.get(f"{scope}.{plain}" if scope else plain, ()):
                    if self._is_before(other, constant):
                        return other
            plain = plain.rpartition(".")[0]
        return None

    def _is_before(self, other: _Constant, constant: _Constant) -> bool:
        if other.module == constant.module:
            return other.declared.head < constant.declared.head
        return bool(self._visible[constant.module] >> other.module & 1)


def _matched(olds: list[_Constant], news: list[_Constant]) -> Iterator[tuple[int, _Constant]]:
    """The declarations of a changed file by the ids of those of the same names before."""
    waiting: dict[tuple[str, ...], list[_Constant]] = {}
    for new in reversed(news):
        waiting.setdefault(new.declared.names, []).append(new)
    for old in olds:
        if waiting.get(old.declared.names):
            yield id(old), waiting[old.declared.names].pop()


def _still_known(
    known: Mapping[tuple[int, int], _Named], turned: set[str], counterparts: Mapping[int, _Constant]
) -> Iterator[tuple[tuple[int, int], _Named]]:
    """What words without any of the `turned` parts mean, as the declarations that stand for those before."""
    for offsets, named in known.items():
        if named.parts.isdisjoint(turned):
            constants = [counterparts.get(id(each)) for each in named.constants]
            if None not in constants:
                yield offsets, _Named(tuple(each for each in constants if each is not None), named.parts)


def _closures(imports: Mapping[str, tuple[str, ...]]) -> list[int]:
    """For each module the set of modules that it imports, directly or not, as a bit set; circles are cut."""
    numbers = {module: number for number, module in enumerate(imports)}
    below = [[numbers[name] for name in names if name in numbers] for names in imports.values()]
    closures: list[int | None] = [None] * len(below)
    for root in range(len(below)):
        waiting, entered = [root], {root}
        while waiting:
            module = waiting[-1]
            missing = [other for other in below[module] if closures[other] is None and other not in entered]
            if missing:
                waiting += missing[:1]
                entered.add(missing[0])
                continue
            closure = 0
            for other in below[module]:
                closure |= (closures[other] or 0) | 1 << other
            closures[module] = closure & ~(1 << module)
            waiting.pop()
    return [closure or 0 for closure in closures]
