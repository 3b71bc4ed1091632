"""The command line as values: everything that the parsers take, and nothing else."""

import argparse
import re

import pytest

from blueprint_app.cli import make_parser
from blueprint_app.cli.described import Argument, Description, described


def a_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="app", description="An app.", epilog="Exit codes: 0.")
    command = parser.add_subparsers().add_parser("do", help="does 100%% of it", epilog="Exit code 1 also if not.")
    command.add_argument("path", metavar="PATH", help="a folder")
    command.add_argument("labels", metavar="LABEL", nargs="*")
    command.add_argument("-o", "--output", metavar="FILE", required=True)
    command.add_argument("--form", choices=("a", "b"), default="a", help="default: %(default)s")
    either = command.add_mutually_exclusive_group()
    either.add_argument("--json", action="store_true")
    either.add_argument("--goal", action="append")
    return parser


def test_a_command_is_described_with_all_it_takes() -> None:
    whole, command = described(a_parser())
    assert whole == Description("app", "An app.", (), "Exit codes: 0.")
    assert command == Description(
        "do",
        "does 100% of it",
        (
            Argument((), "PATH", "a folder", is_required=True),
            Argument((), "LABEL", "", may_repeat=True),
            Argument(("-o", "--output"), "FILE", "", is_required=True),
            Argument(("--form",), "FORM", "default: a", ("a", "b")),
            Argument(("--json",), "", "", apart_from=("--goal",)),
            Argument(("--goal",), "GOAL", "", may_repeat=True, apart_from=("--json",)),
        ),
        "Exit code 1 also if not.",
    )
    assert command.usage == "do [OPTIONS] PATH [LABEL …] --output FILE"


@pytest.mark.parametrize("command", described(make_parser())[1:], ids=lambda command: command.name)
def test_the_help_of_a_command_names_the_same_options(command: Description, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args([command.name, "--help"])
    told = "".join(re.findall(r"^ {2}-.*?(?: {2}|$)", capsys.readouterr().out, re.M))
    assert set(re.findall(r"--[\w-]+", told)) - {"--help"} == {
        each.names[-1] for each in command.arguments if each.names
    }
    assert command.purpose
    assert all(each.meaning for each in command.arguments)
