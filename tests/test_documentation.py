"""The documentation says what is so: its links lead somewhere, its commands exist, its tree is the tree."""

import argparse
import re
from pathlib import Path

import pytest

from blueprint_app import cli
from blueprint_app.model.headline import Headline

REPOSITORY = Path(__file__).parents[1]
PAGES = [
    path
    for pattern in ("*.md", "docs/**/*.md", "packaging/*.md", "benchmarks/*.md")
    for path in sorted(REPOSITORY.glob(pattern))
]


def command_names() -> set[str]:
    (commands,) = [action for action in cli.make_parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return set(commands.choices)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'(?:src|srcset|href)="([^"#]+)"', text)
    broken = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not broken


@pytest.mark.parametrize("page", ["README.md", "run"])
def test_commands_that_are_named_exist(page: str) -> None:
    named = set(re.findall(r"^ *\./run ([a-z]+)\b", (REPOSITORY / page).read_text(encoding="utf-8"), re.M)) - {"path"}
    assert named
    assert named <= command_names()


def test_read_me_names_every_command() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert {name for name in command_names() if f"./run {name} " not in text} == set()


def test_read_me_names_every_sample_with_its_size() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    for folder in (REPOSITORY / "samples").iterdir():
        if folder.is_dir():
            assert f"`samples/{folder.name}`" in text
    nodes = sum(
        len(
            re.findall(r"^\\begin\{(?:definition|lemma|proposition|theorem|corollary)\}", file.read_text("utf-8"), re.M)
        )
        for file in (REPOSITORY / "samples" / "primes" / "blueprint" / "src" / "chapters").glob("*.tex")
    )
    # One of them stands between \iffalse and \fi.
    assert f"{nodes - 1} nodes" in text


def test_architecture_shows_every_package_and_nothing_else() -> None:
    text = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
    tree = text.partition("```\nblueprint_app/")[2].partition("```")[0]
    named = set(re.findall(r"(?<![\w/])([a-z_]+)/(?=\s)", tree))
    packages = {path.parent.name for path in (REPOSITORY / "blueprint_app").glob("*/__init__.py")}
    assert packages <= named
    folders = {path.name for path in REPOSITORY.glob("**/*/") if ".venv" not in path.parts and ".git" not in path.parts}
    assert named <= folders


def test_glossary_names_every_headline() -> None:
    text = (REPOSITORY / "GLOSSARY.md").read_text(encoding="utf-8")
    assert [headline for headline in Headline if headline.value not in text] == []
