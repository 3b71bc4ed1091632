r"""Which labels a passage refers to: the one list of TeX's commands that refer, for whoever reads or prints them."""

import re
from collections.abc import Iterator

NUMBER = frozenset({"ref", "pageref", "vref", "labelcref", "thref*", "ref*"})
NAMED = frozenset({"cref", "Cref", "autoref", "fref", "Fref", "thref", "zcref", "crefrange", "Crefrange", "vpageref"})
EQUATION = frozenset({"eqref"})
TITLE = frozenset({"nameref", "Nameref", "titleref"})
REFERENCES = NUMBER | NAMED | EQUATION | TITLE

_COMMANDS = "|".join(sorted({re.escape(name.rstrip("*")) for name in REFERENCES}))
# An even number of backslashes before it is a line's end and leaves the command whole.
_REFERENCE = re.compile(
    rf"(?<!\\)(?:\\\\)*\\(?:(?:{_COMMANDS})\*?\s*\{{([^{{}}]*)\}}(?:\{{([^{{}}]*)\}})?|hyperref\s*\[([^\[\]]*)\])"
)


def labels_referred_to(tex: str) -> Iterator[str]:
    r"""The labels in ``\ref``, ``\Cref{a, b}``, ``\hyperref[a]{words}`` and their kin, as written, in their order.

    Commands that a project makes itself out of these are not seen through: that takes the reader's expansion, and
    a reference that is missed here costs a hint, no fact.
    """
    for found in _REFERENCE.finditer(tex):
        for listed in found.groups():
            for label in (listed or "").split(","):
                if label.strip():
                    yield " ".join(label.split())
