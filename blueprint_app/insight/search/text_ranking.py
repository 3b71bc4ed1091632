"""Ranks texts by the words of a question: SQLite's full-text index and tf-idf over words alike, fused."""

import math
import sqlite3
import threading
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from blueprint_app.insight.search.symbol_words import STOP_WORDS

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int32]

_ALIKE = 0.55
"""From which cosine on two words count as forms of one ("minimiser" and "minimizers")."""

_SHORTEST = 4
"""Letters of a word from which on it may have forms; shorter ones are symbols mostly."""

_LIKE_WORDS = 8
"""How many words of the texts may stand for one word of the question."""

_RANK_OFFSET = 10.0
"""How much a first place is worth more than a tenth: ranks are fused as weight / (offset + rank)."""

_FULL_TEXT, _LIKENESS, _OTHER = 0.5, 1.0, 1.0
"""What each ranking weighs: SQLite's, that of words alike, and those made elsewhere."""

_DEPTH = 100
"""How far down each ranking counts."""

_LENGTH_COUNTS = 0.75
"""0 would leave texts as long as they are, 1 makes all of the same length."""

_GRAMS = (3, 4)

_AT_ONCE = 500
"""Texts that are taken in one go: numpy holds the interpreter while it works, and a window waits for it."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much a field counts: `found` where its words are met (tf-idf), `column` in SQLite's bm25."""

    found: float
    column: float


class TextRanking:
    """Texts of several fields each, as words parted by blanks; made once, then asked from any thread."""

    def __init__(
        self,
        documents: Sequence[Sequence[str]],
        weighings: Sequence[Weighing],
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.count = len(documents)
        self._weighings = tuple(weighings)
        self._lock = threading.Lock()
        self._database = _database(documents, len(self._weighings), check)
        self._postings = _Postings(documents, [each.found for each in weighings], check)
        check()
        self._alike = _AlikeWords(self._postings.words)

    def find(
        self, words: Sequence[str], limit: int, *, unfinished: str = "", others: Iterable[Sequence[int]] = ()
    ) -> list[tuple[int, float]]:
        """The best texts and their scores, best first. `unfinished` is a last word that may still grow.

        `others` are rankings made elsewhere, best first.
        """
        asked = [word for word in dict.fromkeys(words) if word not in STOP_WORDS] or list(dict.fromkeys(words))
        rankings = [(_FULL_TEXT, self._by_full_text(asked, unfinished)), (_LIKENESS, self._by_likeness(asked))]
        scores: dict[int, float] = {}
        for weight, ranking in (*rankings, *((_OTHER, each) for each in others)):
            for rank, number in enumerate(ranking[:_DEPTH]):
                scores[number] = scores.get(number, 0.0) + weight / (_RANK_OFFSET + rank)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return best[:limit]

    def like(self, texts: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """The texts nearest to a whole text of the same fields, itself among them, best first; 0 to about 1."""
        weights = self._postings.weighed(texts, [each.found for each in self._weighings])
        scores = np.zeros(self.count, dtype=np.float32)
        for word, weight in weights.items():
            found = self._postings.of(word)
            if found is not None:
                scores[found.numbers] += found.weights * (weight * found.rarity)
        best = _best(scores, limit)
        return [(number, float(scores[number] / scores[best[0]])) for number in best]

    def telling(self, texts: Mapping[str, float], limit: int) -> tuple[str, ...]:
        """The words of weighted texts that tell them from others, the most telling first; no single letters."""
        counts = self._postings.weighed(tuple(texts), tuple(texts.values()))
        weights = {word: count * self.weight_of(word) for word, count in counts.items() if len(word) > 1}
        best = sorted(weights, key=lambda word: -weights[word])
        return tuple(word for word in best if weights[word])[:limit]

    def weight_of(self, word: str) -> float:
        """How rare a word is among the texts; 0 for one that none of them has."""
        found = self._postings.of(word)
        return 0.0 if found is None else found.rarity

    def words_like(self, word: str) -> dict[str, float]:
        """The words of the texts that are forms of this one, with how alike they are (1 for itself)."""
        return self._alike.like(word)

    def _by_full_text(self, words: Sequence[str], unfinished: str) -> list[int]:
        terms = [f'"{word}"' for word in words]
        if unfinished:
            terms.append(f'"{unfinished}" *')
        if not terms:
            return []
        columns = ", ".join(str(each.column) for each in self._weighings)
        query = f"select rowid from texts where texts match ? order by bm25(texts, {columns}), rowid limit {_DEPTH}"
        with self._lock:
            return [row[0] for row in self._database.execute(query, (" OR ".join(terms),))]

    def _by_likeness(self, words: Sequence[str]) -> list[int]:
        scores = np.zeros(self.count, dtype=np.float32)
        for word in words:
            for form, likeness in self.words_like(word).items():
                found = self._postings.of(form)
                assert found is not None
                scores[found.numbers] += found.weights * likeness**4
        return _best(scores, _DEPTH)


def _best(scores: Floats, limit: int) -> list[int]:
    """The numbers of the highest scores above 0, best first, the earlier first among equals."""
    numbers = np.flatnonzero(scores > 0)
    if len(numbers) > limit:
        # Of those that are as good as the last one too, so that the earlier of them can be taken.
        least = np.partition(scores[numbers], len(numbers) - limit)[len(numbers) - limit]
        numbers = numbers[scores[numbers] >= least]
    return [int(number) for number in numbers[np.lexsort((numbers, -scores[numbers]))][:limit]]


@dataclass(frozen=True, slots=True)
class _Posting:
    """In which texts a word stands, with its weight in each, and how rare it is."""

    numbers: Numbers
    weights: Floats
    rarity: float


_NOTHING = np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float64)


class _Numbering(dict[str, int]):
    """Numbers words as they come, from 1 on; stop words are all 0."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(STOP_WORDS, 0))
        self.words = [""]

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self.words)
        self.words.append(word)
        return number


class _Postings:
    """The texts as a sparse matrix by words: tf-idf with logarithmic counts, longer texts brought down to size.

    Rare words and long texts count less than in the textbook: in so few and so short texts a rare word is often
    one of the question's own turns of phrase.
    """

    def __init__(
        self, documents: Sequence[Sequence[str]], weights: Sequence[float], check: Callable[[], None] = lambda: None
    ) -> None:
        self._numbering = _Numbering()
        count = len(documents)
        parts = []
        for first in range(0, count, _AT_ONCE):
            check()
            parts.append(self._counted(documents[first : first + _AT_ONCE], first, weights))
        words, numbers, totals = (np.concatenate(column) for column in zip(*(parts or [_NOTHING]), strict=True))
        order = np.argsort(words, kind="stable")
        rows, self._numbers, counts = words[order], numbers[order], np.log1p(totals[order])
        self._starts = np.searchsorted(rows, np.arange(len(self.words) + 2, dtype=np.int32))
        spread = np.maximum(np.diff(self._starts), 1)
        self._rarity = np.sqrt(np.log(1.0 + count / spread))
        counts *= self._rarity[rows]
        lengths = np.sqrt(np.bincount(self._numbers, counts * counts, count)) ** _LENGTH_COUNTS
        self._weights = (counts / lengths[self._numbers]).astype(np.float32)

    @property
    def words(self) -> list[str]:
        """All words of the texts, by number less 1."""
        return self._numbering.words[1:]

    def of(self, word: str) -> _Posting | None:
        number = self._numbering.get(word, 0)
        if not number:
            return None
        part = slice(self._starts[number], self._starts[number + 1])
        return _Posting(self._numbers[part], self._weights[part], float(self._rarity[number]))

    def weighed(self, texts: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
        """How much each word of one text counts in it."""
        counts: dict[str, float] = {}
        for text, weight in zip(texts, weights, strict=True):
            for word in text.split():
                counts[word] = counts.get(word, 0.0) + weight
        return {word: math.log1p(count) for word, count in counts.items()}

    def _counted(
        self, documents: Sequence[Sequence[str]], first: int, weights: Sequence[float]
    ) -> tuple[Numbers, Numbers, Doubles]:
        """Each word of each text once: the word's number, the text's (from `first` on), and what it counts in all."""
        places, words, values = self._occurrences(documents, weights)
        keys, totals = _totals(places.astype(np.int64) * len(self._numbering.words) + words, values)
        numbers, words = np.divmod(keys, len(self._numbering.words))
        return words.astype(np.int32), (numbers + first).astype(np.int32), totals

    def _occurrences(
        self, documents: Sequence[Sequence[str]], weights: Sequence[float]
    ) -> tuple[Numbers, Numbers, Doubles]:
        """For each place where a word stands the text's number, the word's, and the weight of the field."""
        words, lengths = array("i"), []
        number_of = self._numbering.__getitem__
        for texts in documents:
            for text in texts:
                before = len(words)
                words.extend(map(number_of, text.split()))
                lengths.append(len(words) - before)
        spans = np.array(lengths, dtype=np.int64).reshape(len(documents), len(weights))
        places = np.repeat(np.arange(len(documents), dtype=np.int32), spans.sum(axis=1))
        values = np.repeat(np.tile(np.array(weights, dtype=np.float64), len(documents)), spans.ravel())
        numbers = np.frombuffer(words, dtype=np.int32) if words else np.zeros(0, dtype=np.int32)
        kept = numbers > 0
        return places[kept], numbers[kept], values[kept]


def _totals(keys: npt.NDArray[np.int64], values: Doubles) -> tuple[npt.NDArray[np.int64], Doubles]:
    """Each key once, in order, with the sum of its values; `numpy.unique` would take twice as long."""
    if not len(keys):
        return keys, values
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[firsts], np.add.reduceat(values[order], firsts)


def _database(
    documents: Sequence[Sequence[str]], fields: int, check: Callable[[], None] = lambda: None
) -> sqlite3.Connection:
    """An index in memory that keeps no text of its own; SQLite itself lets threads take turns."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    names = ", ".join(f"field{number}" for number in range(fields))
    options = "content='', tokenize='porter unicode61'"
    database.execute(f"create virtual table texts using fts5({names}, {options})")
    marks = ", ".join("?" * (fields + 1))
    with database:
        for first in range(0, len(documents), _AT_ONCE):
            check()
            rows = ((first + number, *texts) for number, texts in enumerate(documents[first : first + _AT_ONCE]))
            database.executemany(f"insert into texts (rowid, {names}) values ({marks})", rows)
    return database


class _AlikeWords:
    """Words by the letters that they share, so that another form or a slip of the pen still finds them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._all = frozenset(words)
        self._words = tuple(word for word in words if len(word) >= _SHORTEST and word.isalpha())
        grams: dict[str, array[int]] = {}
        lengths = []
        for number, word in enumerate(self._words):
            own = _grams_of(word)
            lengths.append(len(own))
            for gram in own:
                if gram not in grams:
                    grams[gram] = array("i")
                grams[gram].append(number)
        self._grams = grams
        self._lengths = np.array(lengths, dtype=np.float32)

    def like(self, word: str) -> dict[str, float]:
        own = {word: 1.0} if word in self._all else {}
        if len(word) < _SHORTEST:
            return own
        shared = np.zeros(len(self._words), dtype=np.float32)
        grams = _grams_of(word)
        for gram in grams:
            if gram in self._grams:
                shared[np.frombuffer(self._grams[gram], dtype=np.int32)] += 1.0
        likeness = shared / np.sqrt(self._lengths * len(grams))
        near = np.flatnonzero(likeness >= _ALIKE)
        best = near[np.argsort(-likeness[near], kind="stable")][:_LIKE_WORDS]
        return own | {self._words[n]: float(likeness[n]) for n in best if self._words[n] != word}


def _grams_of(word: str) -> set[str]:
    # Words of a language differ at their ends: the mark of the start counts, there is none for the end.
    marked = f" {word}"
    return {marked[at : at + size] for size in _GRAMS for at in range(len(marked) - size + 1)}
