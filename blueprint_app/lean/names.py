"""How Lean names are written: what an identifier is, where it needs quotation marks, how it is taken apart."""

import re

QUOTED = r"«[^»\n]{0,200}»"
"""A pattern for a component in quotation marks; bounded, so that a text full of marks takes no longer than others."""

PART = rf"(?:{QUOTED}|[^\W\d][\w!?']*)"
"""A pattern for one component of a name. Letters are as Python knows them, a little more than Lean's."""

NAME = rf"{PART}(?:\.(?:{PART}|\d+))*"
"""A pattern for a name with its dots."""

NOT_BEFORE = r"(?<![\w.'«!?`])"
"""What stands in front of a word that is not a piece of a name."""

NOT_AFTER = r"(?![\w'!?»])"
"""What stands behind a word that is not a piece of a name."""

_NEEDLESS_QUOTES = re.compile(r"«([^\W\d][\w!?']*)»")
_PLAIN_PART = re.compile(r"[^\W\d][\w!?']*")
_PARTS = re.compile(r"«[^»]*»|[^.«»]+")


def unquoted(name: str) -> str:
    """A name without the quotation marks that it does not need: ``«Foo».Bar`` is ``Foo.Bar``."""
    return _NEEDLESS_QUOTES.sub(r"\1", name) if "«" in name else name


def parts_of(name: str) -> list[str]:
    """The components of a name, quotation marks included."""
    return _PARTS.findall(name) if "«" in name else name.split(".")


def quoted_part(text: str) -> str:
    """A component as Lean writes it: in quotation marks if it is no identifier."""
    return text if _PLAIN_PART.fullmatch(text) else f"«{text}»"
