"""YAML that may come from anyone, composed into nodes: no tag makes an object, and no depth ends the application."""

import re
from typing import Any

import yaml

_PLAIN: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TAGGED: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DEEPEST = 100
"""Levels; libyaml composes each in the C stack, and a file of 100,000 brackets would end the whole application."""

_MANY_BRACKETS = 500
_INDENTED = re.compile(r"^[ \t?:-]{100}", re.MULTILINE)


def compose(text: str, *, tagged: bool = False) -> yaml.Node | None:
    """The root node, which knows its lines; None for an empty text.

    `tagged` nodes say what type YAML takes their text for; others are texts, whose type their reader knows. Raises
    yaml.YAMLError, or ValueError for what YAML cannot hold or what is nested too deeply.
    """
    if _may_be_deep(text):
        _check_depth(text)
    loader = (_TAGGED if tagged else _PLAIN)(text)
    try:
        root: yaml.Node | None = loader.get_single_node()
    finally:
        loader.dispose()
    return root


def _may_be_deep(text: str) -> bool:
    """Whether the events must be counted first; a level takes a bracket, or an indentation."""
    return text.count("[") + text.count("{") > _MANY_BRACKETS or _INDENTED.search(text) is not None


def _check_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_PLAIN):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise ValueError("it is nested too deeply")
