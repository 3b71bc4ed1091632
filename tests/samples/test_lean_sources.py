"""Lean itself reads every sample: the proofs are real, and the gaps are exactly those that the samples are about."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SAMPLES = {
    "primes": {"exists_sparse", "factorisation_unique"},
    "cycle": set(),
    "chapters": {"eq_of_perm"},
    "comments": {"half_loses"},
    "architect": {"add_comm", "le_total"},
}
"""The declarations that a sample leaves to `sorry`."""

ABSENT = {
    "primes": {"Primes.sparse_unique"},
    "cycle": set(),
    "chapters": set(),
    "comments": set(),
    "architect": {"Count.le_trans"},
}
"""The declarations that a blueprint names although no Lean file holds them."""

_WARNING = re.compile(
    r"^warning: (?:\./)*(?P<file>[\w/]+\.lean):(?P<line>\d+):\d+: declaration uses [`']sorry[`']", re.M
)
_DECLARED = re.compile(r"^(?:theorem|def) (\S+)")


def run_lake(lake: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [lake, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


def lean_names(sample: Path) -> set[str]:
    """What the blueprint's `\\lean` commands name, outside of comments of TeX."""
    names: set[str] = set()
    for file in (*sample.rglob("*.tex"), *sample.rglob("*.lean")):
        text = re.sub(r"(?<!\\)%.*", "", file.read_text(encoding="utf-8"))
        for entries in re.findall(r"\\lean\{([^}]*)\}", text):
            names.update(entry.strip() for entry in entries.split(",") if entry.strip())
    return names


@pytest.fixture
def built(lake: str, sample_copy: Callable[[str], Path], request: pytest.FixtureRequest) -> tuple[Path, str]:
    """A built copy of the sample, and what the build printed."""
    folder = sample_copy(request.param)
    done = run_lake(lake, folder, "build")
    assert done.returncode == 0, done.stdout
    return folder, done.stdout


@pytest.mark.parametrize(("built", "name"), [(name, name) for name in SAMPLES], indirect=["built"])
def test_lean_accepts_the_sample_and_reports_its_gaps(built: tuple[Path, str], name: str, lake: str) -> None:
    folder, printed = built
    gaps = set()
    for found in _WARNING.finditer(printed):
        line = (folder / found["file"]).read_text(encoding="utf-8").splitlines()[int(found["line"]) - 1]
        declared = _DECLARED.match(line)
        assert declared, line
        gaps.add(declared[1])
    assert gaps == SAMPLES[name]
    assert printed.count("warning:") == len(gaps), printed

    # In the same build, as it is the build that takes long: every name that the blueprint uses is a constant.
    names = sorted(lean_names(folder))
    assert names
    modules = [file.stem for file in folder.glob("*.lean")]
    checks = [f"import {module}" for module in modules] + [f"#check @{declaration}" for declaration in names]
    (folder / "Check.lean").write_text("\n".join(checks), encoding="utf-8")
    answer = run_lake(lake, folder, "env", "lean", "Check.lean").stdout
    unknown = {re.split(r"[`']", line)[1] for line in answer.splitlines() if re.search(r"[uU]nknown", line)}
    assert unknown == ABSENT[name], answer
