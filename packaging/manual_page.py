"""Writes the manual page of the command line, from what the parsers say:  python packaging/manual_page.py FILE."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

if TYPE_CHECKING:
    from blueprint_app.cli.described import Argument, Description

_PURPOSE = "see what a Lean blueprint rests on, how far it is, and how that is known"


def page(version: str, whole: "Description", *commands: "Description") -> str:
    """The page in the language of man(7)."""
    lines = [
        f'.TH {_text(whole.name.upper())} 1 "" "{whole.name} {version}" "Blueprint Explorer"',
        *(".SH NAME", f"{_text(whole.name)} \\- {_PURPOSE}"),
        *(".SH SYNOPSIS", f".B {_text(whole.name)}", "[FOLDER]", ".br"),
        *(f".B {_text(whole.name)}", _text("COMMAND [OPTIONS] PATH ...")),
        *(".SH DESCRIPTION", _text(whole.purpose)),
        *(".SH OPTIONS", *_arguments(whole)),
        ".SH COMMANDS",
    ]
    for command in commands:
        lines += [f".SS {_text(command.usage)}", _sentence(command.purpose)]
        lines += [*_arguments(command), *([".PP", _text(command.remark)] if command.remark else [])]
    return "\n".join((*lines, ".SH EXIT STATUS", _text(whole.remark), ""))


def _arguments(command: "Description") -> list[str]:
    return [line for each in command.arguments for line in (".TP", f".B {_text(_names(each))}", _meaning(each))]


def _names(argument: "Argument") -> str:
    takes = "|".join(argument.choices) or argument.value
    return f"{', '.join(argument.names)} {takes}".strip() if argument.names else argument.value


def _meaning(argument: "Argument") -> str:
    apart = f" (not with {' or '.join(argument.apart_from)})" if argument.apart_from else ""
    again = " (may be given several times)" if argument.names and argument.may_repeat else ""
    return _sentence(f"{argument.meaning}{apart}{again}")


def _sentence(text: str) -> str:
    return _text(f"{text[:1].upper()}{text[1:]}.")


def _text(text: str) -> str:
    """Text as it is to be read: no escape, no request, and minus signs that can be copied."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


def main(file: str) -> None:
    """Write the page."""
    from blueprint_app import __version__
    from blueprint_app.cli import make_parser
    from blueprint_app.cli.described import described

    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(__version__, *described(make_parser())), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
