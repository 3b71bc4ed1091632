"""LaTeX's counters and how they are printed, as plasTeX keeps them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_FIELD = re.compile(r"\$(?:\{\s*(\w+)(?:\.(\w+))?\s*\}|(\w+))")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(slots=True)
class Counter:
    """A counter: its value and the counter that resets it."""

    value: int = 0
    reset_by: str = ""


def roman(value: int) -> str:
    """A number in capital Roman numerals; "" below one."""
    numeral = ""
    for size, letters in _ROMAN:
        while value >= size and len(numeral) < 100:
            numeral += letters
            value -= size
    return numeral


def letter(value: int) -> str:
    """The capital letter of a number, counting A as 1; "?" beyond Z."""
    return chr(64 + value) if 1 <= value <= 26 else "?"


def show(value: int, style: str) -> str:
    """A value in one of LaTeX's styles: arabic, roman, Roman, alph, Alph, fnsymbol."""
    match style:
        case "Roman":
            return roman(value)
        case "roman":
            return roman(value).lower()
        case "Alph":
            return letter(value)
        case "alph":
            return letter(value).lower()
        case "fnsymbol":
            return "*" * min(value, 20)
        case _:
            return str(value)


class Counters:
    """All counters of a document, and for each the format of its ``\\the...``.

    A format is plasTeX's: text with ``${thesection}`` for another format and ``${section.Alph}``
    for a counter's value. A counter that nobody defined comes into being at its first use, but has
    no format. `redefined` gives the text of a ``\\the...`` that the document defines itself.
    """

    def __init__(self, redefined: Callable[[str], str | None] = lambda name: None) -> None:
        self._counters: dict[str, Counter] = {}
        self._redefined = redefined
        self._printing: set[str] = set()
        self.formats: dict[str, str] = {}
        self.trimmed: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._counters

    def new(self, name: str, reset_by: str = "", style: str | None = None) -> bool:
        """Define a counter; False if there is one of that name already."""
        if name in self._counters:
            return False
        self._counters[name] = Counter(0, reset_by)
        self.formats[name] = f"${{{name}}}" if style is None else style
        return True

    def reset_within(self, name: str, reset_by: str) -> None:
        """Let another counter reset this one from now on."""
        self._counter(name).reset_by = reset_by

    def value(self, name: str) -> int:
        """A counter's value."""
        return self._counter(name).value

    def set(self, name: str, value: int) -> None:
        """Give a counter a value; those it resets go to zero."""
        self._counter(name).value = value
        self._reset_below(name)

    def step(self, name: str) -> None:
        """Add one; those it resets go to zero."""
        self.set(name, self.value(name) + 1)

    def shown(self, name: str, style: str) -> str:
        """A counter's value in one of LaTeX's styles."""
        return show(self.value(name), style)

    def printed(self, name: str) -> str:
        """What ``\\the<name>`` prints; "" where nothing says how, or where it refers to itself."""
        if name in self._printing:
            return ""
        self._printing.add(name)
        try:
            text = self._redefined(name)
            if text is None:
                text = _FIELD.sub(lambda found: self._field(name, found), self.formats.get(name, ""))
        finally:
            self._printing.discard(name)
        while name in self.trimmed and text.startswith("0."):
            text = text[2:]
        return text

    def _field(self, name: str, found: re.Match[str]) -> str:
        inner = found[1] or found[3]
        if inner.startswith("the") and inner != name and inner not in self._counters:
            return self.printed(inner[3:])
        return self.shown(inner, found[2] or "arabic")

    def _counter(self, name: str) -> Counter:
        return self._counters.setdefault(name, Counter())

    def _reset_below(self, name: str, above: tuple[str, ...] = ()) -> None:
        for other, counter in self._counters.items():
            if counter.reset_by == name and other not in above:
                counter.value = 0
                self._reset_below(other, (*above, name))
