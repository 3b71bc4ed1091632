"""What the packages are made from agrees with itself: names, places, versions; and the scripts are sound."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from blueprint_app.cli import make_parser
from blueprint_app.cli.described import described

REPOSITORY = Path(__file__).parents[1]
PACKAGING = REPOSITORY / "packaging"
LINUX = PACKAGING / "linux"
SCRIPTS = [
    path
    for path in sorted([*PACKAGING.rglob("*"), REPOSITORY / "run", REPOSITORY / "check", REPOSITORY / ".ci" / "run"])
    if path.is_file() and path.read_bytes().startswith(b"#!/bin/sh")
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_shell_scripts_can_be_read_and_run(script: Path) -> None:
    if os.name == "posix":
        assert os.access(script, os.X_OK)
        subprocess.run(["sh", "-n", str(script)], check=True)


def test_desktop_entry_names_the_command_the_icon_and_the_file_type() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / "blueprint-explorer.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    scripts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert told["Exec"].split()[0] in scripts
    assert (REPOSITORY / "resources" / "icons" / f"{told['Icon']}.svg").is_file()
    mime = ET.parse(LINUX / "blueprint-explorer-mime.xml").getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    (kind,) = mime.findall("m:mime-type", space)
    assert told["MimeType"] == f"{kind.get('type')};"
    assert [glob.get("pattern") for glob in kind.findall("m:glob", space)] == ["*.bpsnap"]
    application = (REPOSITORY / "blueprint_app" / "ui" / "app.py").read_text(encoding="utf-8")
    assert 'setDesktopFileName("blueprint-explorer")' in application


def test_appstream_data_name_the_desktop_entry_and_themselves() -> None:
    (file,) = LINUX.glob("*.metainfo.xml")
    root = ET.parse(file).getroot()
    assert file.name == f"{root.findtext('id')}.metainfo.xml"
    assert (LINUX / (root.findtext("launchable") or "")).is_file()
    assert root.findtext("provides/mediatype") == "application/x-blueprint-snapshot"


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="no appstreamcli")
def test_appstream_data_are_valid() -> None:
    (file,) = LINUX.glob("*.metainfo.xml")
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_frozen_worker_has_the_name_that_the_app_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from blueprint_app.layout.child import worker_command

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (command,) = worker_command()
    specification = (PACKAGING / "frozen" / "blueprint-explorer.spec").read_text(encoding="utf-8")
    assert f'"{Path(command).stem}"' in specification


def test_frozen_program_gives_back_the_loaders_path(tmp_path: Path) -> None:
    script = (PACKAGING / "frozen" / "window.py").read_text(encoding="utf-8").split("if __name__")[0]
    script += "print(os.environ.get('LD_LIBRARY_PATH'), os.environ.get('DYLD_LIBRARY_PATH'))"
    for given, expected in (({"LD_LIBRARY_PATH_ORIG": "/own"}, "/own None"), ({}, "None None")):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "LD_LIBRARY_PATH": str(tmp_path), **given},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == expected


def test_build_tools_are_pinned() -> None:
    lines = (PACKAGING / "requirements-build.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if not line.startswith("#")]
    assert wanted
    assert all(re.fullmatch(r"[a-z-]+==[\d.]+", line) for line in wanted)


def test_read_me_names_every_file() -> None:
    text = (PACKAGING / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in PACKAGING.iterdir() if f"`{path.name}" not in text} <= {"README.md", "__pycache__"}


def test_what_was_not_run_says_so() -> None:
    for path in ("macos/build-app", "windows/build.ps1", "windows/setup.iss"):
        assert "NOT YET RUN" in (PACKAGING / path).read_text(encoding="utf-8")


def manual_page(folder: Path) -> Path:
    page = folder / "blueprint-explorer.1"
    subprocess.run([sys.executable, PACKAGING / "manual_page.py", page], check=True)
    return page


def test_the_manual_page_names_every_command_and_option(tmp_path: Path) -> None:
    text = manual_page(tmp_path).read_text(encoding="utf-8").replace("\\-", "-")
    whole, *commands = described(make_parser())
    assert commands
    for command in commands:
        start = text.index(f".SS {command.name} ")
        section = text[start : text.find(".SS ", start + 1)]
        assert [name for each in command.arguments for name in each.names if name not in section] == []
        assert command.remark in section
    assert whole.remark in text


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_page_is_one_that_man_understands(tmp_path: Path) -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tascii", manual_page(tmp_path)], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    assert "issues of \\discussion" in " ".join(done.stdout.split())
