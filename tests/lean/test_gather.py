"""Evidence of all depths together: each useful without the next, and never more than is known."""

import shutil
from pathlib import Path

import pytest

from blueprint_app.lean.gather import AXIOMS_FILE, gather, gather_evidence
from blueprint_app.model.evidence import ALLOWED_AXIOMS, EvidenceLevel, NodeEvidence, axiom_in_words
from tests.lean.cheats import NAMES
from tests.lean.records.projects import record, write_project

PRIMES = [
    "Primes.fib_gcd", "Primes.gcd_fib_add", "Primes.fib", "Primes.exists_sparse", "Primes.factorisation_unique",
    "Primes.Factorisation", "Primes.Factorisation.prime", "Primes.sumTo_odd", "Primes.sparse_unique", "Nat.add_comm",
]  # fmt: skip
NONE, MISSING, SOURCE, BUILT, CHECKED = EvidenceLevel


def levels(evidence, names=PRIMES):
    return {name.removeprefix("Primes."): evidence.of(name).level for name in names}


def remarks(evidence):
    return {remark.code for remark in evidence.remarks}


def test_without_a_build_the_text_speaks(samples_folder, tmp_path):
    copy = shutil.copytree(samples_folder / "primes", tmp_path / "p", ignore=shutil.ignore_patterns(".lake"))
    evidence = gather_evidence(copy, PRIMES)
    found = levels(evidence)
    assert found.pop("Nat.add_comm") is NONE
    assert found.pop("sparse_unique") is MISSING
    assert set(found.values()) == {SOURCE}
    assert evidence.of("Primes.exists_sparse").proof_sorry is True
    assert evidence.of("Primes.fib_gcd").axioms is None
    assert remarks(evidence) == {"not-built"}


def test_no_lean_side_at_all(tmp_path):
    assert not gather_evidence(tmp_path, ["A.b"]).declarations


@pytest.mark.slow
def test_a_build_without_permission_to_ask(built_primes):
    evidence = gather_evidence(built_primes, PRIMES)
    found = levels(evidence)
    assert found["fib_gcd"] is BUILT
    assert found["exists_sparse"] is BUILT
    assert evidence.of("Primes.exists_sparse").proof_sorry is True
    assert evidence.of("Primes.factorisation_unique").proof_sorry is True
    # That nothing was warned of proves nothing: axioms stay unknown.
    node = NodeEvidence((evidence.of("Primes.fib_gcd"),))
    assert evidence.of("Primes.fib_gcd").axioms is None
    assert not node.is_verified(evidence.allowed_axioms)
    assert remarks(evidence) == {"lean-not-asked"}


@pytest.mark.slow
def test_lean_asked_then_an_edit_then_a_build(primes_copy, lake, tmp_path):
    from tests.lean.conftest import lake_build

    cache = tmp_path / "cache"
    reports: list[float] = []
    evidence = gather_evidence(
        primes_copy, PRIMES, cache_folder=cache, permission=True, report=lambda done, note: reports.append(done)
    )
    found = levels(evidence)
    assert found.pop("sparse_unique") is MISSING
    assert set(found.values()) == {CHECKED}
    gcd = evidence.of("Primes.fib_gcd")
    assert not NodeEvidence((evidence.of("Primes.exists_sparse"),)).is_verified(ALLOWED_AXIOMS)
    assert NodeEvidence((gcd,)).is_verified(ALLOWED_AXIOMS)
    assert set(gcd.uses) == {"Primes.fib", "Primes.gcd_fib_add"}
    assert gcd.place.file == "Primes/Fibonacci.lean"
    assert gcd.statement.startswith("theorem fib_gcd")
    assert "Primes.fib (m.gcd n)" in gcd.signature
    assert evidence.of("Primes.Factorisation").kind == "structure"
    assert not evidence.of("Primes.Factorisation").is_external
    assert evidence.of("Nat.add_comm").is_external
    assert not remarks(evidence)
    assert reports == sorted(reports)
    assert (reports[0], reports[-1]) == (0.0, 1.0)

    # A sorry is added: seen at once in the text; what was checked before counts no more, nor what rests on it.
    file = primes_copy / "Primes/Fibonacci.lean"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("theorem fib_dvd {m n", "theorem new : 1 = 2 := sorry\n\ntheorem fib_dvd {m n"), "utf-8"
    )
    edited = gather_evidence(primes_copy, [*PRIMES, "Primes.new"], cache_folder=cache)
    assert levels(edited)["fib_gcd"] is SOURCE
    assert edited.of("Primes.fib_gcd").stale
    assert edited.of("Primes.fib_gcd").axioms is None
    assert edited.of("Primes.exists_sparse").stale
    assert not edited.of("Primes.sumTo_odd").stale
    assert edited.of("Primes.new").proof_sorry is True
    assert remarks(edited) == {"lean-not-asked", "build-stale"}

    lake_build(lake, primes_copy)
    rebuilt = gather_evidence(primes_copy, [*PRIMES, "Primes.new"], cache_folder=cache)
    assert levels(rebuilt, ["Primes.fib_gcd", "Primes.new"]) == {"fib_gcd": BUILT, "new": BUILT}

    # Taken back, what Lean said of modules that were not built since is known without asking.
    file.write_text(text, encoding="utf-8")
    back = gather_evidence(primes_copy, PRIMES, cache_folder=cache)
    assert levels(back)["sumTo_odd"] is CHECKED
    assert back.of("Primes.sumTo_odd") == evidence.of("Primes.sumTo_odd")
    assert (levels(back)["fib_gcd"], back.of("Primes.fib_gcd").stale) == (SOURCE, True)


@pytest.mark.slow
def test_cheats_are_seen_through(built_cheats, cheats_cache, tmp_path):
    copy = shutil.copytree(built_cheats, tmp_path / "small")
    evidence = gather_evidence(copy, NAMES, permission=True, cache_folder=cheats_cache)

    def verified(name, allowed=None):
        return NodeEvidence((evidence.of(name),)).is_verified(allowed or evidence.allowed_axioms)

    assert {name for name in NAMES if verified(name)} == {
        "Small.fine", "Small.classical", "Small.number", "Small.hidden", "Small.usesHidden", "Small.plain",
        "Nat.add_comm",
    }  # fmt: skip
    assert evidence.of("Small.absent").level is MISSING
    assert evidence.of("Small.aboveGap").sorry_in == ("Small.gap",)
    (by_compiler,) = NodeEvidence((evidence.of("Small.byEvaluation"),)).foreign_axioms(ALLOWED_AXIOMS)
    assert "native_decide" in axiom_in_words(by_compiler)
    assert axiom_in_words("sorryAx") == "a sorry"
    assert axiom_in_words("Small.cheat") == "Small.cheat"

    # What the project allows by name is allowed; a sorry never is.
    path = copy / AXIOMS_FILE
    path.parent.mkdir()
    path.write_text("# ours\nSmall.cheat  # why not\nsorryAx\n\n", encoding="utf-8")
    evidence = gather_evidence(copy, NAMES, permission=True, cache_folder=cheats_cache)
    assert evidence.allowed_axioms == ALLOWED_AXIOMS | {"Small.cheat"}
    assert verified("Small.byAxiom")
    assert not verified("Small.gap")
    assert not verified("Small.byDisguise")
    assert [(remark.code, str(remark.place)) for remark in evidence.remarks] == [
        ("axiom-sorry", "blueprint/axioms.txt:3")
    ]


def test_a_name_that_only_an_old_build_knows(tmp_path):
    folder = write_project(tmp_path, {"Small": "make_lemmas foo\n"})
    record(folder, "Small", "4.28")
    from tests.lean.records.test_reader import ilean_of

    ilean_of(folder, "Small", {"foo.made": (1, 0, 1)})
    gathered = gather(folder, ["foo.made"])
    assert gathered.evidence.of("foo.made").level is BUILT
    assert gathered.evidence.of("foo.made").place.line == 1
    (folder / "Small.lean").write_text("make_lemmas bar\n", encoding="utf-8")
    found = gather_evidence(folder, ["foo.made"]).of("foo.made")
    assert (found.level, found.stale) == (BUILT, True)


def test_a_check_that_raises_stops_it(samples_folder, tmp_path):
    class StoppedError(Exception):
        pass

    def check() -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        gather_evidence(samples_folder / "primes", PRIMES, check=check)


def test_nothing_is_written_into_the_project(samples_folder, tmp_path):
    copy = shutil.copytree(samples_folder / "primes", tmp_path / "p", ignore=shutil.ignore_patterns(".lake"))

    def content(folder: Path) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    before = content(copy)
    gather_evidence(copy, PRIMES, cache_folder=tmp_path / "cache", permission=True)
    assert content(copy) == before
