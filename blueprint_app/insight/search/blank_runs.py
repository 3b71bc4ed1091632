"""Reads a text run by run, a run being what stands between two blanks: most were met before, and are only looked up.

Some things go on after a blank, as ``\\geq 0`` or "at least": those runs are taken together.
"""

import re
from collections.abc import Callable
from string import ascii_letters

SILENT_NAMES = "label|tag|eqref|begin|end|hspace|vspace|includegraphics|phantom"
REFERRING = "[cC]ref|ref|autoref|nameref|cite"
"""Commands of LaTeX whose braces hold no prose; patterns."""

_NAMED = rf"\\(?:{SILENT_NAMES}|{REFERRING})\*?\s?"
_OPTION = r"\[[^\[\]]{0,99}"

# How what stands before the blank ends, and how what stands after it then begins.
_GOING_ON = (
    (r"(?:\\geq?(?:slant)?|\\gt|[>=≥])", r"0"),
    (r"(?:^|[\W_])[Nn]on-*", r"-*[a-z]"),
    (
        r"(?:^|\W)(?:[Aa]t(?:\s(?:least|most))?|[Ii]f(?:\sand(?:\sonly)?)?|[Ee]xactly"
        r"|(?:not|never|can(?:\s?not)?)(?:\sbe)?(?:\sless(?:\sthan)?)?)",
        r"(?:and|be|if|least|less|most|negative|not|only|than|when|zero|0)",
    ),
    (rf"{_NAMED}(?:{_OPTION}\])?", r"[*\[{]"),
    (rf"{_NAMED}(?:{_OPTION}|(?:{_OPTION}\])?\{{[^{{}}]{{0,999}})", r""),
    (r"\\(?:mathbb|Bbb|mathbf|bf)\s?\{?", r"[{NZQRCFPET]"),
    (r"\\not", r"[=\\]"),
    (r"\^\s?\{?\s?-?", r"\{|2|-?1"),
    (r"(?:^|[\[({,;=|$])-", r"[\w\\]"),
    (r"""\\['`"^~=.]""", r"[{\\A-Za-z]"),
)
_END = re.compile("(?:" + "|".join(f"({end})" for end, _ in _GOING_ON) + ")$")
_BEGINNINGS = tuple(re.compile(beginning) for _, beginning in _GOING_ON)

_FARTHEST = 1_200
"""Characters that something which goes on may take."""

_OPEN_ENDS = frozenset("=>≥-^]*{`'\"~.")
_OPEN = (
    "at least most if and only exactly not never can cannot be less than non ge geq geqslant gt mathbb bbb mathbf bf "
    "label tag eqref begin end hspace vspace includegraphics phantom cref ref autoref nameref cite"
)
_OPEN_WORDS = frozenset(_OPEN.split())


class BlankRuns(dict[str, str]):
    """The words of each run, found by `read` when it is first met. To be used by one thread at a time."""

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self._read = read
        self._going_on: dict[str, re.Pattern[str]] = {}

    def __missing__(self, run: str) -> str:
        self[run] = found = self._read(run)
        if _may_go_on(run):
            end = _END.search(run[-_FARTHEST:])
            if end is not None and end.lastindex is not None:
                self._going_on[run] = _BEGINNINGS[end.lastindex - 1]
        return found

    def words_of(self, runs: list[str]) -> str:
        """The words of all runs, parted by blanks."""
        said = list(map(self.__getitem__, runs))
        if not self._going_on.keys().isdisjoint(runs):
            self._join(runs, said)
        return " ".join(said)

    def _join(self, runs: list[str], said: list[str]) -> None:
        """Put the words of runs that belong together where the first of them stands."""
        going_on, after = self._going_on, 0
        for first in [number for number, run in enumerate(runs) if run in going_on]:
            if first < after:
                continue
            run, after = runs[first], first + 1
            while after < len(runs) and (beginning := going_on.get(run)) and beginning.match(runs[after]):
                run = f"{run} {runs[after]}"
                said[first], said[after] = self[run], ""
                after += 1


def _may_go_on(run: str) -> bool:
    """Whether a closer look at its end is worth its time: for most it is not."""
    last = run[-1]
    if last in _OPEN_ENDS or run.rfind("{") > run.rfind("}") or run.rfind("[") > run.rfind("]"):
        return True
    return last.isalpha() and run[len(run.rstrip(ascii_letters)) :].lower() in _OPEN_WORDS
