"""The judge alone, given texts that no Lean would write: what a draft could do at the very worst."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blueprint_app.lean.asking.process import run_program
from blueprint_app.lean.asking.tools import NotAsked, find_tools
from blueprint_app.lean.project import read_project
from blueprint_app.verify.programs import compiled_programs
from blueprint_app.verify.toolchain import toolchain_of
from tests.verify.exports import Export

pytestmark = pytest.mark.slow

DRIVER = """import DraftJudge
open DraftJudge in
def judgeAll (folders : List String) : IO UInt32 := do
  for folder in folders do
    let verdict ← try judge (← readQuestion (folder ++ "/question.json"))
      catch error => pure { problem := "crash", detail := toString error }
    IO.FS.writeFile (folder ++ "/answer.json") verdict.json.compress
  return 0
"""


def false() -> Export:
    """States `T : False`."""
    export = Export()
    wanted = export.constant("False")
    gap = export.apply(export.constant("sorryAx", 0), wanted, export.constant("Bool.true"))
    return export.theorem("T", wanted, gap)


def true() -> Export:
    """States `T : True`."""
    export = Export()
    return export.theorem("T", export.constant("True"), export.constant("True.intro"))


def by(make: Callable[[Export], object], target: str = "T") -> Export:
    export = Export(target)
    make(export)
    return export


def mentioning(value: str, proof: str) -> Export:
    """`d : Prop := value` and `T : d := proof`."""
    export = Export()
    export.definition("d", export.prop(), export.constant(value))
    return export.theorem("T", export.constant("d"), export.constant(proof))


def bound(info: str) -> Export:
    """`T : True → True`, with a binder of this kind."""
    export = Export()
    kind = export.arrow(export.constant("True"), export.constant("True"), info)
    return export.theorem("T", kind, export.term(f"l d {export.constant('True')} {export.term('v 0')}"))


def assuming(written: str, kind: str) -> Export:
    """`written : kind` as an axiom, and `T : False` from it."""
    export = Export()
    export.axiom(written, export.constant(kind))
    return export.theorem("T", export.constant("False"), export.constant(written))


def with_axiom(written: str, kind: str) -> Export:
    export = false()
    return export.axiom(written, export.constant(kind))


def bad_inductive(export: Export) -> None:
    """A type of functions out of itself, from which everything would follow."""
    kind, bad, make = export.kind(), export.name("Bad"), export.name("Bad.mk")
    export.add(f"C i {bad} {kind} 0 1 {bad} 1 {make}")
    itself = export.constant("Bad")
    export.add(f"C k {make} {export.arrow(export.arrow(itself, export.constant('False')), itself)} {bad}")
    export.theorem("T", export.constant("False"), export.constant("Bad.mk"))


def empty_with_constructor(export: Export) -> None:
    """A recursor that is claimed of a type that has none such."""
    export.add(f"C r {export.name('Magic.rec')} 1 {export.name('True')}")
    export.theorem("T", export.constant("False"), export.constant("Magic.rec"))


def twice(export: Export) -> None:
    export.theorem("T", export.constant("False"), export.constant("True.intro"))
    export.theorem("T", export.constant("False"), export.constant("True.intro"))


def loose(index: int) -> Callable[[Export], object]:
    return lambda export: export.theorem("T", export.constant("False"), export.term(f"v {index}"))


def evaluated(export: Export) -> None:
    """What Lean's own evaluation of `Lean.reduceBool` would settle without a word, had it the code."""
    value = export.apply(export.constant("Lean.reduceBool"), export.constant("b"))
    export.theorem("T", export.constant("False"), value)


def renamed(export: Export) -> None:
    export.theorem("T", export.constant("False"), export.constant("Other"))
    export.theorem("Other", export.constant("False"), export.constant("T"))


CASES: dict[str, tuple[Export | str, Export | str, str, str]] = {
    # what was stated, what was drafted, the level and the problem that must come of it
    "a proof": (true(), true(), "matched", ""),
    "not a proof": (
        false(), by(lambda e: e.theorem("T", e.constant("False"), e.constant("True.intro"))), "none", "replay"
    ),
    "from itself": (false(), by(lambda e: e.theorem("T", e.constant("False"), e.constant("T"))), "none", "replay"),
    "from each other": (false(), by(renamed), "none", "replay"),
    "from nothing": (
        false(), by(lambda e: e.theorem("T", e.constant("False"), e.constant("absent"))), "none", "replay"
    ),
    "assumed": (false(), by(lambda e: e.axiom("T", e.constant("False"))), "replayed", "statement"),
    "as a definition": (
        true(), by(lambda e: e.definition("T", e.constant("True"), e.constant("True.intro"))), "replayed", "statement"
    ),
    "another statement": (false(), true(), "replayed", "statement"),
    "another name": (
        true(), by(lambda e: e.theorem("U", e.constant("True"), e.constant("True.intro")), "U"), "replayed", "statement"
    ),
    "another level": (
        true(), by(lambda e: e.theorem("T", e.constant("True"), e.constant("True.intro"), "u")), "replayed", "statement"
    ),
    "another binder": (bound("d"), bound("i"), "replayed", "statement"),
    "the same binder": (bound("i"), bound("i"), "matched", ""),
    "another meaning": (mentioning("False", "x"), mentioning("True", "True.intro"), "replayed", "statement"),
    "the same meaning": (mentioning("True", "x"), mentioning("True", "True.intro"), "matched", ""),
    "a known name": (
        false(), by(lambda e: e.axiom("True.intro", e.constant("False"))), "none", "statement"
    ),
    "other imports": (true(), Export(imports="Lean").text + true().text.partition("\n")[2], "none", "statement"),
    "an axiom": (false(), assuming("cheat", "False"), "replayed", "axioms"),
    "an axiom of an allowed name": (false(), assuming("allowed", "False"), "replayed", "axioms"),
    "an axiom of an allowed name that is another": (
        with_axiom("allowed", "True"), assuming("allowed", "False"), "replayed", "axioms"
    ),
    "an axiom that the project states and allows": (
        with_axiom("allowed", "False"), assuming("allowed", "False"), "matched", ""
    ),
    "a sorry": (false(), false(), "replayed", "axioms"),
    "trust in the compiler": (false(), by(evaluated), "none", "axioms"),
    "a type that must not be": (false(), by(bad_inductive), "none", "replay"),
    "a recursor that is none": (false(), by(empty_with_constructor), "none", "replay"),
    "a loose variable": (false(), by(loose(0)), "none", "replay"),
    "a variable out of bounds": (false(), by(loose(2**20)), "none", "replay"),
    "one name twice": (false(), by(twice), "none", "replay"),
    "a term from the future": (false(), Export().text + "E a 1 2\n", "none", "replay"),
    "no text of ours": (false(), "once upon a time\n", "none", "replay"),
    "nothing": (false(), "", "none", "statement"),
    "half a text": (true(), true().text[:-12], "none", "replay"),
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(lake: str, programs_cache: Path, built_arena: Path, tmp_path_factory) -> dict[str, dict[str, Any]]:
    """The judge's answer in each case; one run of Lean for all."""
    folder = tmp_path_factory.mktemp("judged")
    project = read_project(built_arena)
    assert project is not None
    tools = find_tools(project)
    assert not isinstance(tools, NotAsked)
    toolchain = toolchain_of(tools)
    assert not isinstance(toolchain, NotAsked)
    programs = compiled_programs(toolchain, programs_cache, lambda: None)
    assert isinstance(programs, Path)
    places = []
    for number, (stated, drafted, _, _) in enumerate(CASES.values()):
        place = folder / str(number)
        place.mkdir()
        for name, export in (("stated", stated), ("drafted", drafted)):
            (place / name).write_text(export if isinstance(export, str) else export.text, encoding="utf-8")
        question = {"stated": str(place / "stated"), "drafted": str(place / "drafted"), "own": [["M"]]}
        (place / "question.json").write_text(json.dumps(question | {"allowed": [["propext"], ["allowed"]]}))
        places.append(place)
    listed = ", ".join(json.dumps(str(place)) for place in places)
    driver = folder / "Driver.lean"
    driver.write_text(f"{DRIVER}\n#eval judgeAll [{listed}]\n", encoding="utf-8")
    said: list[str] = []
    environment = {**os.environ, "LEAN_PATH": str(programs), "LEAN_ABORT_ON_PANIC": "1"}
    run_program([str(toolchain.lean), str(driver)], folder, environment=environment, on_line=said.append)
    assert (places[-1] / "answer.json").is_file(), "\n".join(said)[-2000:]
    return {name: json.loads((place / "answer.json").read_text()) for name, place in zip(CASES, places, strict=True)}


@pytest.mark.parametrize("name", CASES)
def test_what_the_judge_makes_of_it(name, answers):
    *_, level, problem = CASES[name]
    answer = answers[name]
    assert (answer["level"], answer["problem"]) == (level, problem), answer["detail"]


def test_a_sorry_of_its_own_is_told_from_others(answers):
    assert answers["a sorry"]["leavesOut"] is True
    assert answers["a sorry"]["gaps"] == ["T"]
    assert answers["an axiom"]["leavesOut"] is False
    assert answers["an axiom"]["axioms"] == ["cheat"]
