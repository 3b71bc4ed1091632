"""Keeps count of the namespaces and sections that are open, so that a name can be completed."""

from collections.abc import Sequence

from blueprint_app.lean.names import parts_of, unquoted

_DEEPEST = 100
"""More open scopes than anybody writes; what goes deeper is not counted."""


class Scopes:
    """The open scopes of a file, outermost first; each is a kind, a component of a name and whether it is public."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str, bool]] = []
        self.namespace = ""

    def open(self, kind: str, name: str, is_public: bool = False) -> None:
        """Open a namespace, section or mutual block; one named ``A.B`` counts twice, as Lean does it."""
        parts = parts_of(unquoted(name)) if name else [""]
        if len(self._open) + len(parts) <= _DEEPEST:
            self._open.extend((kind, part, is_public) for part in parts)
        self._renew()

    def close(self, name: str) -> None:
        """An ``end``. What Lean would refuse closes as much as makes it right, or nothing."""
        names = parts_of(unquoted(name)) if name else []
        if not names:
            # Lean wants the name of what has one; a bare `end` here is a word of some notation.
            if self._open and (self._open[-1][0] == "mutual" or not self._open[-1][1]):
                self._open.pop()
            return
        keep = len(self._open) - len(names)
        while keep >= 0 and [part for _, part, _ in self._open[keep : keep + len(names)]] != names:
            keep -= 1
        if keep >= 0:
            del self._open[keep:]
        self._renew()

    def full_name(self, name: str) -> str:
        """The name as declared here, completed by the open namespaces."""
        if name.startswith("_root_."):
            return unquoted(name[7:])
        name = unquoted(name)
        return f"{self.namespace}.{name}" if self.namespace else name

    @property
    def is_public(self) -> bool:
        """Whether a ``public section`` is open."""
        return any(is_public for _, _, is_public in self._open)

    def _renew(self) -> None:
        self.namespace = ".".join(self._parts())

    def _parts(self) -> Sequence[str]:
        return [part for kind, part, _ in self._open if kind == "namespace"]
