"""Puts what was read, what was built and what Lean said of one declaration into one value: never more than is known."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from blueprint_app.lean.asking.ask import Answers
from blueprint_app.lean.asking.probe import Answer
from blueprint_app.lean.project import LeanProject
from blueprint_app.lean.records.reader import BuildRecords, ModuleRecord
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.model.place import Place

NO_RECORDS = BuildRecords()
NO_ANSWERS = Answers()


def join_evidence(
    source: ProjectEvidence,
    project: LeanProject,
    records: BuildRecords = NO_RECORDS,
    answers: Answers = NO_ANSWERS,
    names: Collection[str] = (),
) -> ProjectEvidence:
    """Evidence of all depths at hand; `names` are those that Lean was asked for.

    What comes from the sources' text always counts, as it is the newest. A build counts where it is fresh; where it is
    not, the text alone speaks and the evidence is stale. A name that Lean does not know although it read all of the
    project's own modules is missing, whatever the text seems to say.
    """
    declarations = JoinedDeclarations(source, project, records, answers, frozenset(names))
    return replace(source, declarations=declarations)


class JoinedDeclarations(Mapping[str, DeclarationEvidence]):
    """Full names to evidence of the greatest depth; each is put together when it is first asked for."""

    def __init__(
        self,
        source: ProjectEvidence,
        project: LeanProject,
        records: BuildRecords,
        answers: Answers,
        names: frozenset[str],
    ) -> None:
        self._source, self._project, self._records, self._answers = source, project, records, answers
        self._names = names
        self._module_of = records.module_of()
        self._warned = {name for record in records.modules.values() if record.is_fresh for name in record.warned()}
        self._joined: dict[str, DeclarationEvidence | None] = {}

    def __getitem__(self, name: str) -> DeclarationEvidence:
        if name not in self._joined:
            self._joined[name] = self._join(name)
        found = self._joined[name]
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        seen = set()
        for name in (*self._source.declarations, *self._module_of, *self._answers.declarations, *sorted(self._names)):
            if name not in seen and name in self:
                seen.add(name)
                yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _join(self, name: str) -> DeclarationEvidence | None:
        written = self._source.declarations.get(name)
        answer = self._answers.declarations.get(name)
        if answer is not None:
            return self._checked(name, written, answer)
        if self._answers.is_whole and name in self._names:
            return replace(written or DeclarationEvidence(name, EvidenceLevel.NONE), level=EvidenceLevel.MISSING)
        module = written.module if written is not None and written.module else self._module_of.get(name, "")
        record = self._records.modules.get(module)
        if record is None or record.olean is None:
            return written
        return self._built(name, written, record) if record.is_fresh else self._outrun(name, written, record)

    def _built(
        self, name: str, written: DeclarationEvidence | None, record: ModuleRecord
    ) -> DeclarationEvidence | None:
        """What a fresh build adds: that the declaration exists, and perhaps that a ``sorry`` is in it."""
        if name not in record.definitions:
            return written
        base = written or DeclarationEvidence(name, EvidenceLevel.BUILT, module=record.name)
        is_warned = name in self._warned
        return replace(
            base,
            level=EvidenceLevel.BUILT,
            place=base.place or self._place(record, name),
            is_generated=False,
            # A warning does not say where the gap is; the statement's own text does.
            proof_sorry=True if is_warned and not base.statement_sorry else base.proof_sorry,
        )

    def _outrun(
        self, name: str, written: DeclarationEvidence | None, record: ModuleRecord
    ) -> DeclarationEvidence | None:
        """A build that is older than its sources: what is written now counts, and what only it knows is stale."""
        if written is not None:
            return replace(written, stale=True)
        if self._source.of(name).level is EvidenceLevel.MISSING or name not in record.definitions:
            return None
        place = self._place(record, name)
        return DeclarationEvidence(name, EvidenceLevel.BUILT, module=record.name, place=place, stale=True)

    def _checked(self, name: str, written: DeclarationEvidence | None, answer: Answer) -> DeclarationEvidence:
        record = self._records.modules.get(answer.module)
        place = written.place if written is not None else None
        if place is None and record is not None and answer.lines[0]:
            path = self._project.shown_path(record.source)
            place = Place(path, answer.lines[0], end_line=answer.lines[1])
        spoken = written.kind if written is not None and written.kind and answer.kind != "axiom" else answer.kind
        return DeclarationEvidence(
            name=name,
            level=EvidenceLevel.CHECKED,
            kind=spoken,
            module=answer.module,
            place=place,
            statement=written.statement if written is not None else "",
            signature=answer.signature,
            doc=answer.doc or (written.doc if written is not None else ""),
            statement_sorry=answer.statement_sorry,
            proof_sorry=answer.proof_sorry,
            axioms=answer.axioms,
            sorry_in=answer.sorry_in,
            uses=answer.uses,
            statement_uses=answer.statement_uses,
            is_generated=written is not None and written.is_generated,
            is_external=record is None,
        )

    def _place(self, record: ModuleRecord, name: str) -> Place:
        found = record.definitions[name]
        path = self._project.shown_path(record.source)
        return Place(path, found.first_line or found.line, end_line=found.last_line or found.line)
