"""Search in the guide: which lines hold all the words, and where in them; a row of a table is one line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from blueprint_app.ui.guide.pages import Entry, page_html, page_text

MOST = 200
"""How many lines are listed."""

_BETWEEN = " · "
_BLANKS = str.maketrans("\ufffc\u2028\xa0", "   ")
_BEFORE, _LONGEST = 20, 76
"""How much of a line is told: characters before its first match, and in all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading or row of a page: the texts of its blocks, of which `block` is the number of the first."""

    page: str
    title: str
    block: int
    texts: tuple[str, ...]
    is_heading: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return _BETWEEN.join(filter(None, (text.strip() for text in self.texts)))


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that holds all the words."""

    line: Line
    words: tuple[str, ...]

    def places(self) -> tuple[tuple[int, int, int], ...]:
        """What is to be marked in the page: block, offset and length of each match."""
        return tuple(
            (self.line.block + number, start, length)
            for number, text in enumerate(self.line.texts)
            for start, length in spans(text, self.words)
        )

    def told(self) -> str:
        """The line from a little before its first match on."""
        text = self.line.text
        first = spans(text, self.words)[0][0]
        start = text.find(" ", first - _BEFORE, first) + 1 if first > _BEFORE else 0
        cut = text[start : start + _LONGEST]
        return ("… " if start else "") + (cut if start + _LONGEST >= len(text) else cut.rsplit(" ", 1)[0] + " …")


def words_of(question: str) -> tuple[str, ...]:
    """The words of a question, in small letters."""
    return tuple(question.casefold().split())


def spans(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Start and length of what matches any of the words, in order; what overlaps counts once."""
    if not words:
        return ()
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    return tuple((match.start(), match.end() - match.start()) for match in pattern.finditer(text))


def find(question: str, lines: Iterable[Line]) -> tuple[Hit, ...]:
    """The lines that hold all words: headings first, then those with the words side by side, else as they stand."""
    words = words_of(question)
    if not words:
        return ()
    found = [line for line in lines if all(word in line.text.casefold() for word in words)]
    phrase = " ".join(words)
    found.sort(key=lambda line: (not line.is_heading, phrase not in line.text.casefold()))
    return tuple(Hit(line, words) for line in found[:MOST] if spans(line.text, words))


def lines_of(entry: Entry) -> Iterator[Line]:
    """The lines of a page, as the window numbers their blocks. Raises `BlueprintError` where it is not there."""
    document = QTextDocument()
    document.setHtml(page_html(page_text(entry.page)))
    gathered: list[QTextBlock] = []
    before: object = None
    for block in _blocks(document):
        row = _row(block)
        if gathered and (row is None or row != before):
            yield _line(gathered, entry)
            gathered = []
        gathered.append(block)
        before = row
    if gathered:
        yield _line(gathered, entry)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _row(block: QTextBlock) -> tuple[int, int] | None:
    """The row of a table that a block stands in."""
    cursor = QTextCursor(block)
    table = cursor.currentTable()
    return (table.firstPosition(), table.cellAt(cursor).row()) if table is not None else None


def _line(blocks: Sequence[QTextBlock], entry: Entry) -> Line:
    first = blocks[0]
    # What stands for a picture or ends a line becomes a blank: every other character keeps its place.
    texts = tuple(block.text().translate(_BLANKS) for block in blocks)
    return Line(entry.page, entry.title, first.blockNumber(), texts, first.blockFormat().headingLevel() > 0)
