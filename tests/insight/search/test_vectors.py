"""Vectors of texts: kept by model and text, asked for once, and damage costs no more than asking again."""

import sqlite3

import numpy as np
import pytest

from blueprint_app.insight.search.vectors import VectorCache, VectorTable, vectors_of


class Model:
    """Makes vectors out of the letters of a text, and counts what it was asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, texts):
        self.asked.extend(texts)
        return [[float(text.count(letter)) for letter in "abc"] for text in texts]


def test_a_text_is_asked_for_once_for_each_model(tmp_path):
    cache, model = VectorCache(tmp_path), Model()
    first = vectors_of(["aab", "c", "c"], "one", model, cache)
    again = vectors_of(["c", "aab", "new"], "one", model, VectorCache(tmp_path))
    assert model.asked == ["aab", "c", "new"]
    assert first["aab"].tolist() == again["aab"].tolist() == [2.0, 1.0, 0.0]
    vectors_of(["c"], "two", model, cache)
    assert model.asked[-1] == "c"


def test_what_was_made_before_a_stop_is_kept(tmp_path):
    texts, model = [f"text {number}" for number in range(100)], Model()
    checks = iter([None, KeyError])

    def check():
        if (error := next(checks)) is not None:
            raise error

    with pytest.raises(KeyError):
        vectors_of(texts, "one", model, VectorCache(tmp_path), check)
    made = list(model.asked)
    assert 0 < len(made) < 100
    vectors_of(texts, "one", model, VectorCache(tmp_path))
    assert sorted(model.asked) == sorted(texts)


def test_a_damaged_file_is_started_anew(tmp_path):
    path = tmp_path / "vectors.sqlite"
    path.write_bytes(b"no database at all, but long enough to look at" * 20)
    cache, model = VectorCache(tmp_path), Model()
    assert cache.read("one", ["a"]) == {}
    vectors_of(["a"], "one", model, cache)
    vectors_of(["a"], "one", model, cache)
    assert model.asked == ["a"]


def test_without_a_folder_nothing_is_kept():
    model = Model()
    for _ in range(2):
        vectors_of(["a"], "one", model, VectorCache(None))
    assert model.asked == ["a", "a"]


def test_the_oldest_go_where_there_is_no_room(tmp_path):
    cache = VectorCache(tmp_path, largest=400)
    for number in range(20):
        cache.write("one", {f"text {number}": [1.0] * 10})
    kept = cache.read("one", [f"text {number}" for number in range(20)])
    assert "text 19" in kept
    assert "text 0" not in kept
    with sqlite3.connect(tmp_path / "vectors.sqlite") as database:
        assert database.execute("select sum(length(data)) from vector").fetchone()[0] <= 400
    database.close()


def test_vectors_that_make_no_sense_are_left_out():
    table = VectorTable.of({1: [1, 0], 2: [0, 0], 3: [float("nan"), 1], 4: [1, 2, 3], 5: [1, 1], 6: []})
    assert table is not None
    assert table.nearest([0, 1]) == [5]
    assert table.nearest([1, 0]) == [1, 5]
    assert table.nearest([1, 0, 0]) == table.nearest([0, 0]) == []
    assert VectorTable.of({}) is VectorTable.of({1: [0.0]}) is None
    assert np.allclose(np.linalg.norm(table.rows, axis=1), 1)
