"""Only the side of a project that changed is read again."""

import pytest

from blueprint_app.live.rereading import Rereader
from blueprint_app.live.scope import Kind
from blueprint_app.live.watching import Changed
from blueprint_app.model.blueprint import Blueprint, SourceFile
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.evidence import ProjectEvidence


def change(path: str, kind: Kind) -> Changed:
    return Changed(frozenset({path} if path else ()), frozenset({kind}))


class Sides:
    """Readers that count; `files` are those the blueprint is in."""

    def __init__(self, *files: str) -> None:
        self.files = tuple(SourceFile(file, "", "utf-8") for file in files)
        self.read: list[str] = []
        self.evidence_changes: list[Changed | None] = []
        self.is_broken = False

    def blueprint(self, check, only_lean=False) -> Blueprint:
        self.read.append("blueprint")
        if self.is_broken:
            raise BlueprintError("broken")
        return Blueprint("/p", "", (), files=self.files)

    def evidence(self, blueprint, changed, check) -> ProjectEvidence:
        self.read.append("evidence")
        self.evidence_changes.append(changed)
        return ProjectEvidence({})

    def reader(self) -> Rereader:
        return Rereader(self.blueprint, lambda blueprint, evidence: snapshot_of(blueprint), self.evidence)

    def read_for(self, reader: Rereader, changed: Changed | None) -> list[str]:
        self.read.clear()
        reader(changed, lambda: None)
        return list(self.read)


@pytest.mark.parametrize(
    ("files", "changed", "expected"),
    [
        (["web.tex"], None, ["blueprint", "evidence"]),
        (["web.tex"], change("web.tex", Kind.BLUEPRINT), ["blueprint"]),
        (["web.tex"], change("new.tex", Kind.BLUEPRINT), ["blueprint"]),
        (["web.tex"], change("A.lean", Kind.LEAN), ["evidence"]),
        (["web.tex"], change("A.trace", Kind.BUILD), ["evidence"]),
        (["web.tex"], change("lean-toolchain", Kind.PROJECT), ["evidence"]),
        (["web.tex"], change("", Kind.GIT), []),
        (["web.tex", "A.lean"], change("A.lean", Kind.LEAN), ["blueprint", "evidence"]),
        (["web.tex", "A.lean"], change("B.lean", Kind.LEAN), ["blueprint", "evidence"]),
    ],
)
def test_what_is_read_after_a_change(files: list[str], changed: Changed | None, expected: list[str]) -> None:
    sides = Sides(*files)
    reader = sides.reader()
    assert sides.read_for(reader, None) == ["blueprint", "evidence"]
    assert sides.read_for(reader, changed) == expected


def test_the_first_reading_is_of_everything() -> None:
    sides = Sides("web.tex")
    assert sides.read_for(sides.reader(), change("A.lean", Kind.LEAN)) == ["blueprint", "evidence"]
    assert sides.evidence_changes == [None]


def test_a_reading_that_fails_leaves_what_was_read() -> None:
    sides = Sides("web.tex")
    reader = sides.reader()
    sides.read_for(reader, None)
    sides.is_broken = True
    with pytest.raises(BlueprintError):
        reader(change("web.tex", Kind.BLUEPRINT), lambda: None)
    sides.is_broken = False
    assert sides.read_for(reader, change("A.lean", Kind.LEAN)) == ["evidence"]


def test_a_check_stops_between_the_sides() -> None:
    sides = Sides("web.tex")
    reader = sides.reader()

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        reader(None, stop)
    assert sides.read == ["blueprint"]
