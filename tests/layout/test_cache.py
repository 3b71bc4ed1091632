"""Placements on disk: what was kept comes back whole, or not at all."""

import dataclasses
import os

import numpy as np
import pytest

from blueprint_app.layout import service
from blueprint_app.layout.cache import PlacementCache, fingerprint
from blueprint_app.layout.placement import Group
from blueprint_app.layout.service import never
from blueprint_app.layout.wire import placement_bytes, problem_bytes, problem_from
from tests.layout.problems import problem

ASKED = problem(4, [(0, 1), (1, 2), (0, 3)], [Group("1 Ünï", -1, (0, 1)), Group("1.1", 0, (2, 3))])


@pytest.fixture(scope="module")
def placed(children):
    return children.place("dot", ASKED, never, 60)


def test_round_trip(tmp_path, placed):
    cache = PlacementCache(tmp_path / "new" / "folder")
    assert cache.read("name", "dot", 4, 3) is None
    cache.write("name", "dot", placed)
    kept = cache.read("name", "dot", 4, 3)
    assert placement_bytes(kept) == placement_bytes(placed)
    assert kept.engine == "dot"
    assert cache.read("name", "layered", 4, 3) is None
    assert cache.read("name", "dot", 5, 3) is None
    assert [path.suffix for path in (tmp_path / "new" / "folder").iterdir()] == [".layout"]


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "text", "folder"])
def test_damage_is_a_miss(tmp_path, placed, damage):
    cache = PlacementCache(tmp_path)
    cache.write("name", "dot", placed)
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        changed = {"cut": data[:-20], "empty": b"", "text": b"not a placement"}
        flipped = data[:500] + bytes([data[500] ^ 1]) + data[501:]
        path.write_bytes(changed.get(damage, flipped))
    assert cache.read("name", "dot", 4, 3) is None
    cache.write("name", "dot", placed)


def test_pickled_objects_are_never_loaded(tmp_path):
    import hashlib
    import io

    target = io.BytesIO()
    np.savez(target, centres=np.array([{"a": 1}], object))
    body = target.getvalue()
    (tmp_path / "name-dot.layout").write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    assert PlacementCache(tmp_path).read("name", "dot", 1, 0) is None


def test_the_oldest_are_removed_first(tmp_path, placed):
    size = len(placement_bytes(placed)) + 65
    cache = PlacementCache(tmp_path, largest=3 * size)
    for number in range(3):
        cache.write(f"n{number}", "dot", placed)
        os.utime(tmp_path / f"n{number}-dot.layout", (number, number))
    assert cache.read("n0", "dot", 4, 3) is not None
    cache.write("n3", "dot", placed)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"n{number}-dot.layout" for number in (0, 2, 3)]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, placed):
    (tmp_path / "file").write_text("")
    PlacementCache(tmp_path / "file" / "below").write("name", "dot", placed)
    assert PlacementCache(None).read("name", "dot", 4, 3) is None


def test_place_asks_once_and_then_the_cache(tmp_path, monkeypatch):
    first = service.place(ASKED, tmp_path)
    monkeypatch.setattr(service._children, "place", None)
    assert placement_bytes(service.place(ASKED, tmp_path)) == placement_bytes(first)


def test_what_dot_refined_is_taken_before_the_first_answer(tmp_path, placed):
    cache = PlacementCache(tmp_path)
    cache.write(fingerprint(ASKED), "layered", dataclasses.replace(placed, engine="layered"))
    assert service.place(ASKED, tmp_path).engine == "layered"
    cache.write(fingerprint(ASKED), "dot", placed)
    assert service.place(ASKED, tmp_path).engine == "dot"


def test_the_fingerprint_tells_all_inputs_apart():
    wider = dataclasses.replace(ASKED, sizes=ASKED.sizes + 1)
    fewer = dataclasses.replace(ASKED, edges=ASKED.edges[:-1])
    rounder = dataclasses.replace(ASKED, boxes=~ASKED.boxes)
    flat = dataclasses.replace(ASKED, groups=ASKED.groups[:1])
    moved = dataclasses.replace(ASKED, groups=(Group("1 Ünï", -1, (0, 1, 2)), Group("1.1", 0, (3,))))
    assert len({fingerprint(asked) for asked in (ASKED, wider, fewer, rounder, flat, moved)}) == 6


def test_problems_survive_the_way_to_the_worker():
    again = problem_from(problem_bytes(ASKED))
    assert again.groups == ASKED.groups
    assert problem_bytes(again) == problem_bytes(ASKED)
    assert problem_from(problem_bytes(problem(0))).groups == ()
