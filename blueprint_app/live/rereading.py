"""Reads again only the side of a project that changed: its blueprint, or what Lean shows of it."""

from collections.abc import Callable

from blueprint_app.live.scope import Kind
from blueprint_app.live.watching import Changed
from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.evidence import NO_EVIDENCE, ProjectEvidence
from blueprint_app.model.snapshot import Snapshot

Check = Callable[[], None]
"""Called often by what takes time; raises to stop it."""

ReadBlueprint = Callable[[Check, bool], Blueprint]
"""Reads the blueprint; told whether nothing but Lean files has changed since it did so before."""

ReadEvidence = Callable[[Blueprint, Changed | None, Check], ProjectEvidence]
"""Reads what Lean shows; None for the change means all of it, else what it kept of last time may do."""

Derive = Callable[[Blueprint, ProjectEvidence], Snapshot]

_EVIDENCE_KINDS = frozenset({Kind.LEAN, Kind.BUILD, Kind.PROJECT})


def no_evidence(blueprint: Blueprint, changed: Changed | None, check: Check) -> ProjectEvidence:
    """For projects whose Lean side is not looked at."""
    return NO_EVIDENCE


class Rereader:
    """Gives one snapshot after another of one project; call it in one thread at a time.

    A blueprint is read as a whole, as a macro or counter changed in one file changes all that
    follow; it takes a tenth of a second. It may hold files of any kind (Lean sources with the
    blueprint in them), and is read again when one of those changed; its reader is told where it
    was these alone.
    """

    def __init__(
        self, read_blueprint: ReadBlueprint, derive: Derive, read_evidence: ReadEvidence = no_evidence
    ) -> None:
        self._read_blueprint, self._derive, self._read_evidence = read_blueprint, derive, read_evidence
        self._blueprint: Blueprint | None = None
        self._evidence: ProjectEvidence | None = None

    def __call__(self, changed: Changed | None, check: Check) -> Snapshot:
        """The snapshot after a change (None: of everything). Raises BlueprintError as the readers do."""
        blueprint, evidence = self._blueprint, self._evidence
        if changed is None or blueprint is None or concerns_blueprint(changed, blueprint):
            only_lean = changed is not None and blueprint is not None and changed.kinds == {Kind.LEAN}
            blueprint = self._read_blueprint(check, only_lean)
        check()
        if changed is None or evidence is None or changed.kinds & _EVIDENCE_KINDS:
            evidence = self._read_evidence(blueprint, changed if evidence is not None else None, check)
        check()
        snapshot = self._derive(blueprint, evidence)
        self._blueprint, self._evidence = blueprint, evidence
        return snapshot


def concerns_blueprint(changed: Changed, blueprint: Blueprint) -> bool:
    """Whether the blueprint must be read again: its own files changed, or a new Lean file may hold a part of it."""
    if Kind.BLUEPRINT in changed.kinds:
        return True
    read = {file.path for file in blueprint.files}
    if not read.isdisjoint(changed.paths):
        return True
    return Kind.LEAN in changed.kinds and any(path.endswith(".lean") for path in read)
