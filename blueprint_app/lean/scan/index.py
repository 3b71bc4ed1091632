"""All declarations of a project's sources, found by name, and what may be concluded from a name that is not there."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from blueprint_app.lean.names import parts_of
from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.scan.scanned_file import ScannedFile
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.evidence import DeclarationEvidence, ProjectEvidence
from blueprint_app.model.place import Place

_MADE_BY_LEAN = re.compile(
    r"(?:rec|recOn|casesOn|noConfusion|noConfusionType|below|brecOn|ibelow|binductionOn|ctorIdx|ctorElim|ctorElimType"
    r"|toCtorIdx|ofNat_ctorIdx"
    r"|sizeOf_spec|injEq|inj|induct|induct_unfolding|fun_cases|eq_def|eq_unfold|eq_\d+|match_\w+|proof_\w+|congr_simp"
    r"|congr|hcongr_\d+|elim|ext|ext_iff|ofNat|ind|inst\w*)"
)
"""Last components of names that Lean makes of a declaration by itself."""


class SourceDeclarations(Mapping[str, DeclarationEvidence]):
    """Full names to evidence of level SOURCE.

    It lists what was read and what attributes, fields and the like certainly name; asked for a name
    it also finds what Lean makes of a declaration without a word in the text (`Foo.rec`, an unnamed
    instance, the lemmas of ``simps``), marked as generated. A private declaration is listed by the name
    that Lean gives it and found by the one that its author wrote as well; the evidence tells the former.
    """

    def __init__(self, files: Iterable[ScannedFile]) -> None:
        self._files = tuple(files)
        self._read: dict[str, int] = {}
        self._generated: dict[str, int] = {}
        self._private: dict[str, int] = {}
        self.repeated: dict[str, None] = {}
        for number, file in enumerate(self._files):
            self._take(number, file)

    def _take(self, number: int, file: ScannedFile) -> None:
        heads = file.heads
        # The first file that declares a name stays its holder.
        fresh = dict.fromkeys(heads.read, number)
        if len(fresh) < len(heads.read) or not self._read.keys().isdisjoint(fresh):
            seen: set[str] = set()
            for name in heads.read:
                if name in seen or name in self._read:
                    self.repeated[name] = None
                seen.add(name)
            fresh = {name: number for name in fresh if name not in self._read}
        self._read |= fresh
        for name in heads.private:
            self._read[file.private_name(name)] = number
            self._private.setdefault(name, number)
        for name in heads.generated:
            self._generated.setdefault(name, number)

    def __getitem__(self, name: str) -> DeclarationEvidence:
        number = self._read.get(name, self._generated.get(name))
        if number is not None:
            return self._files[number].evidence(name)
        found = self._inferred(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        yield from self._read
        yield from (name for name in self._generated if name not in self._read)

    def __len__(self) -> int:
        return len(self._read) + sum(name not in self._read for name in self._generated)

    def __contains__(self, name: object) -> bool:
        return (
            name in self._read
            or name in self._generated
            or (isinstance(name, str) and self._inferred(name) is not None)
        )

    def places(self, name: str) -> list[Place]:
        """Every place that declares `name`, in order of the files."""
        return [place for file in self._files if name in file.heads.read for place in file.places(name)]

    def _inferred(self, name: str) -> DeclarationEvidence | None:
        number = self._private.get(name)
        if number is not None:
            file = self._files[number]
            return file.evidence(file.private_name(name))
        parts = parts_of(name)
        for end in range(len(parts) - 1, 0, -1):
            owner = ".".join(parts[:end])
            number = self._read.get(owner, self._generated.get(owner))
            if number is not None and _MADE_BY_LEAN.fullmatch(parts[end]):
                return self._files[number].evidence(name, of=owner)
        return self._simp_lemma(name) or self._unnamed_instance(parts)

    def _simp_lemma(self, name: str) -> DeclarationEvidence | None:
        end = name.rfind("_")
        while end > 0:
            number = self._with_simp_lemmas.get(name[:end])
            if number is not None:
                return self._files[number].evidence(name, of=name[:end])
            end = name.rfind("_", 0, end)
        return None

    def _unnamed_instance(self, parts: Sequence[str]) -> DeclarationEvidence | None:
        """An instance without a name, or what is defined inside of one (`instReprPoint.repr`)."""
        for count, part in enumerate(parts, 1):
            # The name goes on with what the class is applied to; the longest beginning fits best.
            for end in range(len(part), len("inst"), -1) if part.startswith("inst") else ():
                beginning = ".".join((*parts[: count - 1], part[:end]))
                number = self._anonymous.get(beginning)
                if number is not None:
                    return self._files[number].evidence(".".join(parts), of=beginning)
        return None

    @cached_property
    def _with_simp_lemmas(self) -> dict[str, int]:
        return {name: number for number, file in enumerate(self._files) for name in file.heads.with_simp_lemmas}

    @cached_property
    def _anonymous(self) -> dict[str, int]:
        return {name: number for number, file in enumerate(self._files) for name in file.heads.anonymous}


class SourceIndex:
    """What all source files of a project declare, at one moment. Immutable.

    `files` are by path, as places give it; `unread` are files that could not be read.
    """

    def __init__(self, project: LeanProject, files: Iterable[ScannedFile], unread: Iterable[str] = ()) -> None:
        self.project = project
        self.files: Mapping[str, ScannedFile] = {file.path: file for file in files}
        self.unread = frozenset(unread)

    @cached_property
    def declarations(self) -> SourceDeclarations:
        """The declarations by full name."""
        return SourceDeclarations(self.files.values())

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """The namespaces that are the project's own: those named as its libraries are, and those of its types.

        A namespace that the project merely opens may be Mathlib's as well; a name that is not found
        in such a one is no proof of anything.
        """
        roots = [root for library in self.project.libraries for root in library.roots]
        return frozenset(roots).union(*(file.heads.types for file in self.files.values()))

    @cached_property
    def is_complete(self) -> bool:
        """Whether what is not found is not declared: all was read, and the project has no commands of its own."""
        makes_commands = any(file.heads.flags for file in self.files.values())
        return bool(self.files) and not (self.unread or makes_commands or self.project.diagnostics)

    @cached_property
    def twice(self) -> tuple[tuple[str, Place, Place], ...]:
        """Names that two places of one library declare, with the first two places.

        Several libraries may declare the same, as what checks a theorem from outside does.
        """
        found = ((name, self._in_one_library(self.declarations.places(name))) for name in self.declarations.repeated)
        return tuple((name, *places) for name, places in found if places is not None)

    def _in_one_library(self, places: Iterable[Place]) -> tuple[Place, Place] | None:
        first_of: dict[str, Place] = {}
        for place in places:
            module = self.files[place.file].module
            library = next((each.name for each in self.project.libraries if each.covers(module)), "")
            if library in first_of:
                return first_of[library], place
            first_of[library] = place
        return None

    def evidence(self) -> ProjectEvidence:
        """All of it as evidence of level SOURCE."""
        return ProjectEvidence(
            self.declarations,
            self.namespaces,
            self.is_complete,
            self.twice,
            self.project.toolchain,
            remarks=(*self.project.diagnostics, *map(_unread, sorted(self.unread))),
        )


def _unread(path: str) -> Diagnostic:
    hint = "What it declares is not known, and a name that is not found is not called missing."
    return Diagnostic(Severity.WARNING, "lean-unread", f"{path} could not be read.", hint, Place(path, 0))
