"""Accepting a draft: the right text in the right place, claims that hold, and every other byte as it was."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from blueprint_app.assistant.accepting import accepted_proof, accepted_statement, lean_with
from blueprint_app.assistant.new_declaration import place_at_end, places_for
from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.lean.project import LeanProject, read_project
from blueprint_app.lean.scan.declarations import scan_text
from blueprint_app.live.change_set import ChangeSet, write_set
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import Goal, goal_in, goal_of

NODE, NAME = NodeId("thm:factorisation-unique"), "Primes.factorisation_unique"


def looked_at(folder: Path) -> Snapshot:
    snapshot = open_project(folder)
    evidence = lean_side(folder).evidence(snapshot.blueprint)
    return snapshot_of(snapshot.blueprint, snapshot.reading, evidence)


def lean_of(folder: Path) -> LeanProject:
    project = read_project(folder)
    assert project is not None
    return project


@pytest.fixture
def folder(sample_copy: Callable[[str], Path]) -> Path:
    return sample_copy("primes")


def changed(changes: ChangeSet) -> dict[str, tuple[list[str], list[str]]]:
    """The lines taken away and added, by file."""
    return {
        change.shown: (
            [line[1:] for line in change.diff() if line.startswith("-")],
            [line[1:] for line in change.diff() if line.startswith("+")],
        )
        for change in changes.changes
    }


def test_a_proof_takes_the_place_of_the_sorry_and_is_claimed(folder: Path) -> None:
    snapshot, goal = looked_at(folder), goal_of(lean_of(folder), NAME)
    draft = Draft("by\n  exact unique hp hq", "theorem unique : True := trivial")
    changes = accepted_proof(snapshot, NODE, goal, draft, is_verified=True)
    tex = snapshot.nodes[NODE].proof.place.file
    assert changed(changes) == {
        "Primes/Prime.lean": (["  sorry"], ["theorem unique : True := trivial", "", "  exact unique hp hq"]),
        tex: ([], ["  \\leanok"]),
    }
    before = {change.path: change.path.read_bytes() for change in changes.changes}
    write_set(changes)
    after = looked_at(folder)
    assert after.nodes[NODE].proof.is_leanok
    assert after.headlines[NODE].value == "formalised"
    assert {node for node in after.nodes if after.nodes[node] != snapshot.nodes[node]} >= {NODE}
    assert {node for node, headline in after.headlines.items() if headline != snapshot.headlines[node]} == {NODE}
    write_set(changes.undone)
    assert {path: path.read_bytes() for path in before} == before


def test_what_is_declared_already_is_not_declared_again(folder: Path) -> None:
    snapshot = looked_at(folder)
    goal = goal_of(lean_of(folder), "Primes.exists_sparse")
    changes = accepted_proof(snapshot, NodeId("thm:zeckendorf-exists"), goal, Draft("by trivial"), is_verified=True)
    assert list(changed(changes)) == ["Primes/Zeckendorf.lean"]


def test_a_proof_is_not_claimed_while_another_declaration_of_the_node_lacks_its_own(folder: Path) -> None:
    tex = folder / looked_at(folder).nodes[NODE].statement.place.file
    tex.write_text(tex.read_text().replace("\\lean{Primes.factorisation_unique}", f"\\lean{{{NAME}, Primes.gone}}"))
    snapshot, goal = looked_at(folder), goal_of(lean_of(folder), NAME)
    assert list(changed(accepted_proof(snapshot, NODE, goal, Draft("by trivial"), is_verified=True))) == [
        "Primes/Prime.lean"
    ]


def test_of_a_draft_that_nobody_verified_nothing_is_claimed(folder: Path) -> None:
    snapshot, goal = looked_at(folder), goal_of(lean_of(folder), NAME)
    changes = accepted_proof(snapshot, NODE, goal, Draft("by trivial"), is_verified=False)
    assert list(changed(changes)) == ["Primes/Prime.lean"]


def test_files_that_changed_since_are_refused(folder: Path) -> None:
    snapshot, goal = looked_at(folder), goal_of(lean_of(folder), NAME)
    path = folder / goal.file
    text = path.read_text()
    path.write_text(text + "\n")
    with pytest.raises(BlueprintError, match=r"Primes/Prime\.lean has changed since it was read"):
        accepted_proof(snapshot, NODE, goal, Draft("by trivial"), is_verified=True)
    path.write_text(text)
    tex = folder / snapshot.nodes[NODE].proof.place.file
    tex.write_text(tex.read_text() + "\n")
    with pytest.raises(BlueprintError, match="has changed since it was read"):
        accepted_proof(snapshot, NODE, goal, Draft("by trivial"), is_verified=True)


def goal_for(text: str, name: str = "N.t") -> Goal:
    declaration = next(each for each in scan_text(text).declarations if each.name == name)
    return goal_in(text, declaration, "A", "A.lean")


INDENTED = (
    "namespace N\n\n  -- a remark\n  theorem t : True := by\n    sorry  -- why\n\n  theorem u : True := trivial\nend N"
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_indentation_line_ends_and_the_last_newline_stay(tmp_path: Path, end: str, last: str) -> None:
    text = (INDENTED + last).replace("\n", end)
    (tmp_path / "A.lean").write_bytes(text.encode())
    draft = Draft("by\n  have := h\n  trivial", "theorem h : True :=\n  trivial")
    from blueprint_app.live.change_set import planned_over

    goal = goal_for(text)
    change = planned_over(tmp_path, "A.lean", text, lambda _: lean_with(goal, draft), "t")
    written = change.after.decode()
    assert written == (
        "namespace N\n\n  -- a remark\n  theorem h : True :=\n    trivial\n\n  theorem t : True := by\n    have := h\n"
        "    trivial  -- why\n\n  theorem u : True := trivial\nend N" + last
    ).replace("\n", end)


def test_a_text_in_quotes_is_not_indented() -> None:
    draft = Draft('by\n  have : "a\nb".length = 3 := rfl\n  trivial')
    assert '"a\nb"' in lean_with(goal_for(INDENTED), draft)


def test_docs_and_attributes_stay_between_helpers_and_statement() -> None:
    text = "namespace N\n/-- Doc. -/\n@[simp] theorem t : True := by sorry\nend N\n"
    assert lean_with(goal_for(text), Draft("trivial", "def h := 1")) == (
        "namespace N\ndef h := 1\n\n/-- Doc. -/\n@[simp] theorem t : True := trivial\nend N\n"
    )


STATED = "theorem sum_swap (f : Nat → Nat) : True := by\n  sorry"


def test_a_statement_goes_near_what_it_uses_and_is_named(folder: Path) -> None:
    snapshot, node = looked_at(folder), NodeId("prop:sum-swap")
    place = places_for(snapshot, lean_of(folder), node)[0]
    assert (place.file, place.module, place.namespace) == ("Primes/Sums.lean", "Primes.Sums", "Primes")
    assert place.declared_name(STATED) == "Primes.sum_swap"
    changes = accepted_statement(snapshot, node, place, STATED, is_compiled=True)
    lines = changed(changes)
    assert lines["Primes/Sums.lean"] == ([], ["theorem sum_swap (f : Nat → Nat) : True := by", "  sorry", ""])
    write_set(changes)
    after = looked_at(folder)
    assert after.nodes[node].statement.is_leanok
    assert not after.nodes[node].proof or not after.nodes[node].proof.is_leanok
    assert [each.name for each in after.node_evidence[node].declarations] == ["Primes.sum_swap"]
    assert after.headlines[node].value == "stated"
    assert (folder / "Primes/Sums.lean").read_text().endswith("sorry\n\nend Primes\n")


def test_places_come_with_the_nearest_first_and_hold_every_file(folder: Path) -> None:
    snapshot = looked_at(folder)
    found = places_for(snapshot, lean_of(folder), NodeId("thm:goldbach"))
    assert found[0].file == "Primes/Fermat.lean"
    assert {place.file for place in found} == {
        "Primes.lean", *(f"Primes/{name}.lean" for name in ("Sums", "Fibonacci", "Zeckendorf", "Prime", "Fermat")),
    }  # fmt: skip
    assert all((folder / place.file).read_bytes().decode() == place.before + place.after for place in found)


@pytest.mark.parametrize(
    ("text", "namespace", "name", "end"),
    [
        ("theorem a : True := trivial\n", "", "x", "trivial\n\nT\n"),
        ("theorem a : True := trivial", "", "x", "trivial\n\nT"),
        ("", "", "x", "T"),
        ("import A\n", "", "x", "import A\n\nT\n"),
        ("namespace N\nend N\n", "N", "N.x", "namespace N\n\nT\n\nend N\n"),
        ("namespace N\n\ndef a := 1\n\nend N\n", "N", "N.x", "def a := 1\n\nT\n\nend N\n"),
        ("namespace N\nsection S\ndef a := 1\nend S\nend N\n", "N", "N.x", "end S\n\nT\n\nend N\n"),
        ("namespace N.M\ndef a := 1\nend N.M\n-- bye\n", "N.M", "N.M.x", "def a := 1\n\nT\n\nend N.M\n-- bye\n"),
        ("namespace N\nnamespace M\ndef a := 1\nend M\nend N", "N.M", "N.M.x", "def a := 1\n\nT\n\nend M\nend N"),
        ("noncomputable section\nnamespace N\ndef a := 1\nend N\nend\n", "", "x", "end N\nend\n\nT\n"),
        ("section\nvariable (n : Nat)\nend", "", "x", "end\n\nT"),
        ("namespace N\ndef a := 1\n", "N", "N.x", "def a := 1\n\nT\n"),
        ("namespace N\ndef a := 1\n-- end N\n/- end N -/\nend N", "N", "N.x", "/- end N -/\n\nT\n\nend N"),
    ],
)  # fmt: skip
def test_the_place_is_before_what_closes_the_file(text: str, namespace: str, name: str, end: str) -> None:
    place = place_at_end("A.lean", "A", text)
    stated = "theorem x : True := by sorry"
    assert place.namespace == namespace
    assert place.before + place.after == text
    assert place.text_with(stated).endswith(end.replace("T", stated))
    assert place.declared_name(stated) == name
    if place.before:
        assert place.text_with(stated).split("\n")[place.line - 1] == stated


def test_crlf_stays_and_a_name_is_needed(tmp_path: Path) -> None:
    text = "namespace N\r\n\r\ndef a := 1\r\n\r\nend N\r\n"
    place = place_at_end("A.lean", "A", text)
    (tmp_path / "A.lean").write_bytes(text.encode())
    from blueprint_app.live.change_set import planned_over

    change = planned_over(tmp_path, "A.lean", text, lambda _: place.text_with("def b := 1\ndef c := b"), "t")
    assert change.after.decode() == text.replace("1\r\n", "1\r\n\r\ndef b := 1\r\ndef c := b\r\n", 1)
    assert place.declared_name("def b := 1\ndef c := b") == "N.c"
    with pytest.raises(BlueprintError, match="declares nothing"):
        place.declared_name("example : True := trivial")


@pytest.mark.slow
def test_lean_takes_what_was_accepted(tmp_path: Path, lake: str) -> None:
    text = INDENTED.replace("t : True", "t (n : Nat) : n + 0 = n ∧ True")
    text = text.replace("u : True := trivial", "u : 1 = 1 := (t 1).1")
    goal = goal_for(text)
    draft = Draft(
        "by\n  constructor\n  · exact helper n\n  · trivial", "theorem helper (n : Nat) : n + 0 = n := by\n  simp"
    )
    place = place_at_end("A.lean", "A", lean_with(goal, draft))
    (tmp_path / "A.lean").write_text(place.text_with("theorem v : 2 + 0 = 2 := (t 2).1\n\n#print axioms v"))
    found = subprocess.run(
        [str(Path(lake).parent / "lean"), "A.lean"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert found.returncode == 0, found.stdout
    assert "sorry" not in found.stdout
    assert "N.v" in found.stdout


def test_a_node_that_is_not_ready_gets_no_claim(folder: Path) -> None:
    snapshot, node = looked_at(folder), NodeId("thm:binet")
    place = places_for(snapshot, lean_of(folder), node)[0]
    assert list(changed(accepted_statement(snapshot, node, place, STATED, is_compiled=True))) == [place.file]
    other = replace(place, namespace="")
    assert other.declared_name(STATED) == place.declared_name(STATED)
