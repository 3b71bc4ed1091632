"""Where the attempts at a node lie: a folder for each node, whatever its label holds."""

import re
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

ATTEMPTS = PurePosixPath("blueprint/attempts")
"""The folder of all attempts, relative to the project's folder."""

_LONGEST = 120
"""Characters; file systems allow 255 bytes, and some people's paths are long already."""
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")


def folder_name(label: str) -> str:
    """A folder's name for a node's label: the same on every system, readable, and never a way out of its folder.

    Letters without accents, digits, ``.``, ``_`` and ``-`` stay, a colon becomes ``=``, all else is percent-encoded.
    Long labels are cut. What counts is the label in the records, not this name: labels that share one do no harm.
    """
    name = quote(label, safe="", errors="replace").replace("~", "%7E").replace("%3A", "=")
    if name.startswith(".") or _RESERVED.match(name):
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if name.endswith("."):
        name = f"{name[:-1]}%2E"
    if len(name) > _LONGEST:
        name = name[:_LONGEST].rstrip(".%")
    return name or "%"


def label_in(name: str) -> str:
    """The label that a folder's name was made of, unless it was cut."""
    return unquote(name.replace("=", ":")) if name != "%" else ""
