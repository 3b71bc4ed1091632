"""The wheel holds all that the app needs at run time, and nothing that only a checkout needs."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import blueprint_app

REPOSITORY = Path(__file__).parents[1]
SUFFIXES = {".tex", ".lean", ".js", ".css", ".html", ".md", ".svg"}
# What a desktop looks for.
DESKTOP_FILES = (
    "applications/blueprint-explorer.desktop",
    "man/man1/blueprint-explorer.1",
    "icons/hicolor/scalable/apps/blueprint-explorer.svg",
    "metainfo/org.blueprint_explorer.BlueprintExplorer.metainfo.xml",
    "mime/packages/blueprint-explorer-mime.xml",
)


@pytest.mark.slow
def test_wheel_holds_the_package_with_resources_and_samples(tmp_path: Path) -> None:
    source = tmp_path / "source"
    kept = (
        "blueprint_app",
        "resources",
        "samples",
        "docs/guide",
        "docs/reference",
        "docs/images/guide",
        "packaging",
        "tests",
    )
    for name in kept:
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__", ".lake", "web"))
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, source / name)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "--quiet",
            "--wheel-dir",
            ".",
            source,
        ],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("blueprint_explorer-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    modules = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "blueprint_app").rglob("*.py")}
    assert modules <= names
    data = f"blueprint_explorer-{blueprint_app.__version__}.data/data/share"
    for file in DESKTOP_FILES:
        assert f"{data}/{file}" in names
    for folder in ("resources", "samples"):
        files = [
            path
            for path in (REPOSITORY / folder).rglob("*")
            if path.suffix in {".tex", ".lean", ".js", ".css", ".html", ".md", ".svg"}
        ]
        assert files
        assert {f"blueprint_app/{path.relative_to(REPOSITORY).as_posix()}" for path in files} <= names
    for folder, kind in (("guide", "md"), ("reference", "md"), ("images/guide", "png")):
        found = {path.name for path in (REPOSITORY / "docs" / folder).glob(f"*.{kind}")}
        assert found
        assert {f"blueprint_app/{folder}/{name}" for name in found} <= names
    assert not [name for name in names if name.startswith(("tests/", "samples/", "docs/", "packaging/"))]
