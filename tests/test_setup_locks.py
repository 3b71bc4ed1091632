"""The lock files pin what pyproject.toml asks for, on every Python that the project supports."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parents[1]

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]],
}
PYTHONS = ["3.11", "3.12", "3.13"]


def pins(lock: str, environment: dict[str, Any]) -> dict[str, str]:
    """The version of each package that the lock file gives in an environment."""
    found: dict[str, str] = {}
    for line in (REPOSITORY / "packaging" / lock).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate(environment):
                (pin,) = requirement.specifier
                assert pin.operator == "==", line
                assert requirement.name not in found, line
                found[requirement.name] = pin.version
    return found


def environment_of(python: str) -> dict[str, Any]:
    return {**default_environment(), "python_version": python, "python_full_version": f"{python}.0"}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", WANTED)
def test_every_dependency_is_pinned_within_its_range(lock: str, python: str) -> None:
    environment = environment_of(python)
    pinned = pins(lock, environment)
    for text in WANTED[lock]:
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate(environment):
            name = re.sub(r"[-_.]+", "-", wanted.name).lower()
            assert name in pinned, f"{name}: run packaging/update-lock"
            assert wanted.specifier.contains(pinned[name], prereleases=True), f"{name}: run packaging/update-lock"


@pytest.mark.parametrize("python", PYTHONS)
def test_both_locks_give_the_same_versions(python: str) -> None:
    app, dev = (pins(lock, environment_of(python)) for lock in WANTED)
    assert app.items() <= dev.items()


def test_pyside_that_aborts_on_python_3_11_is_not_taken() -> None:
    assert pins("requirements.txt", environment_of("3.11"))["pyside6"].startswith("6.11.")


@pytest.mark.parametrize("lock", WANTED)
def test_locks_name_no_place_to_fetch_from(lock: str) -> None:
    text = (REPOSITORY / "packaging" / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)
