"""Finds the block of an answer that holds a proposal, and reads its YAML as models write it."""

import re
from typing import Any

import yaml

from blueprint_app.assistant.problem import Problem

LARGEST = 200_000
"""Characters of a block; a longer one is no proposal."""

_BLOCK = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*(ya?ml)?[ \t]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(
    r'^(?P<before>[ \t]*(?:-[ \t]+)*(?:[\w-]+[ \t]*:[ \t]+|-[ \t]+))"(?P<inside>.*)"[ \t]*$', re.MULTILINE
)
_MARKED_KEY = re.compile(r"^[ \t-]*(?:lemmas|nodes)[ \t]*:", re.MULTILINE)


def proposed_data(answer: str) -> dict[str, Any] | Problem:
    """The data of the last block that holds a proposal, or why there is none."""
    blocks = [found[3] for found in _BLOCK.finditer(answer) if found[2] or _MARKED_KEY.search(found[3])]
    if not blocks:
        return Problem("The answer proposes no lemmas.", "Read what it says instead, or ask again.")
    text = blocks[-1]
    if len(text) > LARGEST:
        return Problem("The proposal is too long to be read.", "Ask for fewer lemmas.")
    try:
        data = yaml.load(_with_plain_tex(text), Loader=_TextLoader)  # a SafeLoader
    except yaml.YAMLError as error:
        return Problem(
            f"The proposal cannot be read: {_where(error)}.", "Ask for it again, with TeX in blocks after |."
        )
    except RecursionError:
        return Problem("The proposal cannot be read: it is nested too deeply.", "Ask for it again.")
    if isinstance(data, list):
        data = {"lemmas": data}
    return data if isinstance(data, dict) else Problem("The proposal is no list of lemmas.", "Ask for it again.")


class _TextLoader(yaml.SafeLoader):
    """Reads every scalar as text: a title such as ``2024-01-01`` or ``no`` stays what it is."""

    def fetch_alias(self) -> None:
        """No references within a proposal: they only serve to make it huge."""
        raise yaml.scanner.ScannerError(None, None, "a reference (*) is not allowed", self.get_mark())


_TextLoader.yaml_implicit_resolvers = {}


def _with_plain_tex(text: str) -> str:
    r"""Values between double quotation marks that hold a backslash, as TeX: YAML would take ``"\text"`` for a tab."""

    def plain(found: re.Match[str]) -> str:
        inside = found["inside"]
        if "\\" not in inside:
            return found[0]
        read = re.sub(r"\\([\\\"])", r"\1", inside)
        return f"{found['before']}'{read.replace(chr(39), chr(39) * 2)}'"

    return _QUOTED.sub(plain, text.replace("\r\n", "\n"))


def _where(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1} of its block: {error.problem}"
    return "it is no YAML"
