"""Which modules are fresh, which declarations were warned of, and what mentions what."""

import json
import os
import shutil

import pytest

from blueprint_app.lean.project import read_project
from blueprint_app.lean.records.freshness import BuildState, same_lean
from blueprint_app.lean.records.reader import RecordReader
from tests.lean.records.projects import record, write_project

SOURCES = {
    "Small": "import Small.A\nimport Small.B\n",
    "Small.A": "theorem a : 1 = 1 := rfl\n",
    "Small.B": "import Small.A\ntheorem b : 1 = 1 := sorry\n",
    "Small.C": "theorem c : 1 = 1 := rfl\n",
}
FRESH, STALE, UNBUILT = BuildState.FRESH, BuildState.STALE, BuildState.UNBUILT


@pytest.fixture(params=["4.9", "4.16", "4.21", "4.24", "4.28"])
def built(request, tmp_path):
    """A project of four modules that is built; times lie in the past so that an edit is later."""
    folder = write_project(tmp_path / "p", SOURCES, f"leanprover/lean4:v{request.param}.0\n")
    for module in SOURCES:
        source = folder / f"{module.replace('.', '/')}.lean"
        os.utime(source, (1_600_000_000, 1_600_000_000))
        record(folder, module, request.param)
    return folder


def states(folder, reader=None):
    records = (reader or RecordReader()).read(read_project(folder))
    return {name: record.freshness.state for name, record in records.modules.items()}


def test_all_is_fresh_until_an_edit_and_what_imports_it_is_stale_too(built):
    reader = RecordReader()
    assert set(states(built, reader).values()) == {FRESH}
    (built / "Small/A.lean").write_text("theorem a : 2 = 2 := rfl\n", encoding="utf-8")
    assert states(built, reader) == {"Small": STALE, "Small.A": STALE, "Small.B": STALE, "Small.C": FRESH}
    reasons = {name: each.freshness.reason for name, each in reader.read(read_project(built)).modules.items()}
    assert reasons["Small.A"] == "Small.A has changed since it was built."
    assert reasons["Small.B"] == "Small.B imports Small.A. Small.A has changed since it was built."
    (built / "Small/A.lean").write_text(SOURCES["Small.A"], encoding="utf-8")
    os.utime(built / "Small/A.lean", (1_600_000_000, 1_600_000_000))
    assert set(states(built, reader).values()) == {FRESH}


def test_content_counts_and_not_time(tmp_path):
    folder = write_project(tmp_path, SOURCES)
    for module in SOURCES:
        record(folder, module, "4.28")
    os.utime(folder / "Small/A.lean", (4_000_000_000, 4_000_000_000))
    assert set(states(folder).values()) == {FRESH}
    # Line ends may differ between checkouts.
    (folder / "Small/A.lean").write_bytes(SOURCES["Small.A"].replace("\n", "\r\n").encode())
    assert set(states(folder).values()) == {FRESH}


def test_without_records(tmp_path):
    folder = write_project(tmp_path, SOURCES)
    assert set(states(folder).values()) == {UNBUILT}
    record(folder, "Small.B", "4.28")
    assert states(folder)["Small.B"] == STALE
    trace = record(folder, "Small.A", "4.28")
    assert states(folder) == {"Small": UNBUILT, "Small.A": FRESH, "Small.B": FRESH, "Small.C": UNBUILT}
    trace.write_text("{", encoding="utf-8")
    assert states(folder)["Small.A"] == STALE
    shutil.rmtree(folder / ".lake")
    assert set(states(folder).values()) == {UNBUILT}


def test_a_circle_of_imports_is_stale(tmp_path):
    circle = {"Small": "import Small.A\n", "Small.A": "import Small.B\n", "Small.B": "import Small.A\n"}
    folder = write_project(tmp_path, circle)
    for module in circle:
        record(folder, module, "4.28")
    assert set(states(folder).values()) == {STALE}


def test_a_long_chain_of_imports(tmp_path):
    chain = {"Small": ""} | {f"Small.M{i}": f"import Small.M{i + 1}\n" for i in range(1200)}
    folder = write_project(tmp_path, chain | {"Small.M1200": ""})
    for module in [*chain, "Small.M1200"]:
        record(folder, module, "4.28")
    (folder / "Small/M1200.lean").write_text("-- new", encoding="utf-8")
    assert states(folder) == {"Small": FRESH} | {f"Small.M{i}": STALE for i in range(1201)}


@pytest.mark.parametrize(
    ("toolchain", "built_with", "same"),
    [
        ("leanprover/lean4:v4.28.0", "4.28.0", True),
        ("leanprover/lean4:v4.28.0", "4.27.0", False),
        ("leanprover/lean4:v4.28.0-rc1", "4.28.0", True),
        ("leanprover/lean4:v4.28.0-rc1", "4.28.0-rc2", False),
        ("leanprover/lean4:nightly-2026-01-01", "4.28.0", True),
        ("", "4.28.0", True),
        ("leanprover/lean4:v4.28.0", "", True),
    ],
)
def test_another_lean_makes_stale(toolchain, built_with, same):
    assert same_lean(toolchain, built_with) is same


def ilean_of(folder, module, places):
    path = folder / ".lake/build/lib/lean" / f"{module.replace('.', '/')}.ilean"
    references = {
        json.dumps({"c": {"m": module, "n": name}}): {
            "definition": [line - 1, column, line - 1, column + 1],
            "usages": [],
        }
        for name, (line, column, _) in places.items()
    }
    decls = {name: [line - 1, 0, end - 1, 3, line - 1, 0, line - 1, 1] for name, (line, _, end) in places.items()}
    data = {"version": 5, "module": module, "references": references, "decls": decls}
    path.write_text(json.dumps(data), encoding="utf-8")


def test_warnings_find_their_declarations(tmp_path):
    folder = write_project(tmp_path, {"Small": "-- see below"})
    warnings = ["1:8", "4:9", "12:2", "30:0"]
    record(
        folder,
        "Small",
        "4.28",
        [{"level": "warning", "message": f"Small.lean:{place}: declaration uses `sorry`"} for place in warnings],
    )
    # Two on one line, told apart by the column; one whose name does not stand where it warns; one far from all.
    ilean_of(folder, "Small", {"a": (1, 8, 1), "b": (1, 40, 1), "c": (4, 8, 6), "d": (10, 8, 20), "e": (22, 0, 25)})
    records = RecordReader().read(read_project(folder))
    assert set(records.modules["Small"].warned()) == {"a", "c", "d"}


@pytest.mark.slow
def test_records_of_a_real_build(lake, built_primes):
    records = RecordReader().read(read_project(built_primes))
    assert {record.freshness.state for record in records.modules.values()} == {FRESH}
    warned = {name for record in records.modules.values() for name in record.warned()}
    assert warned == {"Primes.exists_sparse", "Primes.factorisation_unique"}
    assert records.module_of()["Primes.fib_gcd"] == "Primes.Fibonacci"
    asked = frozenset({"Primes.fib_gcd", "Primes.gcd_fib_add", "Primes.fib", "Primes.fib_add"})
    mentions = records.mentions(asked)
    assert mentions["Primes.fib_gcd"] == {"Primes.gcd_fib_add", "Primes.fib"}
    assert mentions["Primes.gcd_fib_add"] == {"Primes.fib_add", "Primes.fib"}
    assert records.importers_of(frozenset({"Primes.Fibonacci"})) == {"Primes.Fibonacci", "Primes.Zeckendorf", "Primes"}
