"""How nodes and other people's words stand in lines of text: nothing in them may begin a line or steer a terminal."""

import textwrap
from collections.abc import Iterable

from blueprint_app.export.titles import plain_heading
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot

_WIDTH = 100


def one_line(text: str) -> str:
    """The text without line ends and control characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def node_line(snapshot: Snapshot, node: NodeId) -> str:
    """``Lemma 2.3 (Jensen bound) [lem:jensen]``."""
    return one_line(f"{plain_heading(snapshot.nodes[node])} [{node}]")


def wrapped(parts: Iterable[str], indent: str) -> str:
    """Phrases after each other with semicolons between, over as many lines as it takes."""
    text = one_line("; ".join(parts))
    return textwrap.fill(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def counted(count: int, what: str, several: str = "") -> str:
    """``1 node``, ``2 nodes``."""
    return f"{count} {what if count == 1 else several or what + 's'}"


def markdown(text: str) -> str:
    """A text that cannot be taken for markup; mathematics between dollars stays as it is."""
    pieces = one_line(text).split("$")
    if len(pieces) % 2 == 0:
        return _escaped(one_line(text)).replace("$", "\\$")
    return "$".join(_escaped(piece) if at % 2 == 0 else piece for at, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    for mark in "\\`*_<>|[]#":
        text = text.replace(mark, f"\\{mark}")
    return text
