"""Each trap that was put into a sample is reported, at its line; and nothing else is."""

from pathlib import Path

import pytest

from blueprint_app.bootstrap.opening import open_project

TRAPS = {
    "primes": [
        ("node-unlabelled", r"\begin{lemma}"),
        ("mathlib-blocks", r"\mathlibok"),
        ("mathlib-blocks", r"\mathlibok"),
        ("definition-unformalised", r"\begin{definition}[Sparse sets of indices]"),
        ("uses-repeated", r"\uses{lem:fermat-product}"),
        ("notready-in-proof", r"\notready"),
        ("uses-no-node", r"\uses{conj:fib-primes, thm:fib-gcd}"),
    ],
    "cycle": [
        ("cycle", r"\uses{lem:even-succ}"),
        ("cycle", r"\uses{def:parity, thm:self}"),
    ],
    "chapters": [],
}


@pytest.mark.parametrize("name", TRAPS)
def test_every_trap_is_reported_where_it_stands(name: str, samples_folder: Path) -> None:
    found = []
    for diagnostic in open_project(samples_folder / name).diagnostics:
        assert diagnostic.place is not None, diagnostic
        assert diagnostic.hint, diagnostic
        lines = (samples_folder / name / diagnostic.place.file).read_text(encoding="utf-8").splitlines()
        found.append((diagnostic.code, lines[diagnostic.place.line - 1].strip()))
    assert sorted(found) == sorted(TRAPS[name])
