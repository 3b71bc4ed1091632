"""Damaged and hostile snapshot files are refused with a clear message; what is not refused can be used."""

import contextlib
import copy
import json
import os
import random
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprint_app.assistant.records.packed import PackedAttempts
from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.export.drift_text import drift_as_text
from blueprint_app.export.graph_json import graph_as_json
from blueprint_app.export.node_text import node_as_text
from blueprint_app.export.prose.page import page_of
from blueprint_app.export.snapshot_file import archive, read_snapshot
from blueprint_app.export.status_text import status_as_text
from blueprint_app.insight.drift import find_drift
from blueprint_app.insight.graph.inferred import inferred_uses
from blueprint_app.layout import service
from blueprint_app.layout.problem import problem_of
from blueprint_app.model.errors import BlueprintError
from tests.export.snapshot_file.conftest import Packed
from tests.export.snapshot_file.packing import Parts, parts_of, rewritten, zipped


def refusal(path: Path) -> str:
    with pytest.raises(BlueprintError) as raised:
        read_snapshot(path)
    assert len(str(raised.value)) < 500
    return str(raised.value)


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def use(path: Path) -> None:
    """Do with a snapshot file what the app does with it."""
    project = read_snapshot(path)
    snapshot = project.snapshot
    status_as_text(snapshot).encode()
    json.dumps(graph_as_json(snapshot)).encode()
    drift_as_text(snapshot, find_drift(snapshot)).encode()
    inferred_uses(snapshot)
    for node in snapshot.nodes:
        node_as_text(snapshot, node).encode()
        page_of(snapshot, node)
    for graph in snapshot.graphs:
        problem_of(snapshot, graph)
    attempts = PackedAttempts(path, project.attempts)
    for record in attempts.read()[0]:
        with contextlib.suppress(BlueprintError):
            attempts.reply(record)


def trouble_with(path: Path) -> str:
    """Why a file is refused; "" where all that the app does with it works."""
    try:
        use(path)
    except BlueprintError as error:
        return str(error)
    return ""


# Bytes


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip archive at all" * 9, b"PK\5\6" + bytes(18), b"\0" * 5000])
def test_what_is_no_archive(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.bpsnap"
    path.write_bytes(data)
    assert refusal(path).startswith("x.bpsnap is no snapshot file")


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "absent.bpsnap")
    os.mkfifo(tmp_path / "pipe.bpsnap")
    assert "no plain file" in refusal(tmp_path / "pipe.bpsnap")


def test_truncated_anywhere(packed: Packed) -> None:
    data = packed.path.read_bytes()
    for length in range(0, len(data), max(len(data) // 60, 1)):
        packed.path.write_bytes(data[:length])
        refusal(packed.path)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_bytes_changed_anywhere(packed_path: Path, seed: int) -> None:
    data, chance = bytearray(packed_path.read_bytes()), random.Random(seed)
    for _ in range(chance.choice((1, 1, 2, 8))):
        # The structure of the archive stands at its end and at the beginning of each part.
        place = chance.choice((chance.randrange(len(data)), chance.randrange(len(data) - 400, len(data))))
        data[place] = chance.choice((0, 255, chance.randrange(256)))
    broken = packed_path.with_name("broken.bpsnap")
    broken.write_bytes(data)
    assert len(trouble_with(broken)) < 500


# Archives


def test_a_bomb(packed: Packed, tmp_path: Path) -> None:
    path, parts = tmp_path / "bomb.bpsnap", parts_of(packed.path)
    manifest = json.dumps(parts["manifest.json"]).encode()
    path.write_bytes(zipped([("manifest.json", manifest), ("blueprint.json", b" " * (60 * 2**20))]))
    assert path.stat().st_size < 100_000
    assert "would unpack to 62,914,560 bytes" in refusal(path)


def test_a_bomb_of_small_values(packed: Packed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_VALUES", 20_000)
    assert "more than 20,000 values" in refusal(
        rewritten(packed.path, lambda parts: parts.update({"blueprint.json": [[]] * 21_000}))
    )


def test_a_size_that_lies(packed: Packed, tmp_path: Path) -> None:
    """The size in the list of parts is smaller than what the part unpacks to: no more than the size is read."""
    path = tmp_path / "x.bpsnap"
    data = bytearray(zipped([("manifest.json", b"[" + b" " * 1_000_000 + b"]")]))
    start = data.index(b"PK\1\2")
    data[start + 24 : start + 28] = struct.pack("<L", 100)
    path.write_bytes(data)
    refusal(path)


def test_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "x.bpsnap"
    path.write_bytes(zipped([(f"{number}.json", b"1") for number in range(100)]))
    assert "more than 64 parts" in refusal(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice(packed: Packed, tmp_path: Path) -> None:
    path = tmp_path / "x.bpsnap"
    entries = [(name, json.dumps(part).encode()) for name, part in parts_of(packed.path).items()]
    path.write_bytes(zipped([*entries, entries[0]]))
    assert "two parts of one name" in refusal(path)


@pytest.mark.parametrize("name", ["../../escaped.json", "/etc/escaped.json", "a\\b.json", "C:escaped", ".hidden"])
def test_paths_that_lead_elsewhere(packed: Packed, tmp_path: Path, name: str) -> None:
    path = tmp_path / "inside" / "x.bpsnap"
    path.parent.mkdir()
    entries = [(each, json.dumps(part).encode()) for each, part in parts_of(packed.path).items()]
    path.write_bytes(zipped([*entries, (name, b"1")]))
    before = files_below(tmp_path)
    assert "leads elsewhere" in refusal(path)
    assert files_below(tmp_path) == before


def test_ways_of_packing_that_are_not_read(packed: Packed, tmp_path: Path) -> None:
    path = tmp_path / "x.bpsnap"
    path.write_bytes(zipped([("manifest.json", b"1")], zipfile.ZIP_LZMA))
    assert "packed in a way" in refusal(path)
    data = bytearray(packed.path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    assert "packed in a way" in refusal(path)


def test_parts_that_nobody_knows_are_passed_over(packed: Packed) -> None:
    def later(parts: Parts) -> None:
        parts["weather.json"] = {"sunny": True}
        parts["blueprint.json"]["mood"] = "good"
        parts["blueprint.json"]["nodes"][0]["statement"]["colour"] = [1, {}]

    before = read_snapshot(packed.path).snapshot
    assert read_snapshot(rewritten(packed.path, later)).snapshot == before


# Values


def test_a_later_version(packed: Packed) -> None:
    path = rewritten(packed.path, lambda parts: parts["manifest.json"].update(schema="blueprint-snapshot/2"))
    assert refusal(path).endswith("was made by a later version (blueprint-snapshot/2). Update the app.")


@pytest.mark.parametrize("schema", [None, 1, "blueprint-graph/1", ""])
def test_another_kind_of_file(packed: Packed, schema: object) -> None:
    path = rewritten(packed.path, lambda parts: parts["manifest.json"].update(schema=schema))
    assert "is no snapshot file" in refusal(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda b: b["nodes"][1]["statement"].update(tex=5), "blueprint.json.nodes[1].statement.tex must be a text"),
        (lambda b: b["nodes"][0].pop("id"), "blueprint.json.nodes[0] has no id"),
        (lambda b: b["nodes"][0].update(path=[99]), "under no heading"),
        (lambda b: b["nodes"][0].update(path=[-1]), "must lie between 0 and"),
        (lambda b: b["nodes"].append(b["nodes"][0]), "two nodes of one id"),
        (lambda b: b["nodes"][0].update(id=""), "without an id"),
        (lambda b: b["headings"][0].update(parent=0), "inside a later one"),
        (lambda b: b["headings"][0].update(key=7), "under a wrong key"),
        (lambda b: b["labels"].update(x="gone"), "a label of a node that is not there"),
        (lambda b: b.update(colours={}), "lacks colours"),
        (lambda b: b.update(macros=[{"name": "x", "parameters": 10**6, "body": ""}]), "a macro that no TeX has"),
        (lambda b: b["nodes"][0]["statement"]["place"].update(line=10**12), "must lie between 0 and"),
        (lambda b: b["nodes"][0]["statement"]["place"].update(line=True), "must be a whole number"),
        (lambda b: b["nodes"][0].update(title="\ud800"), "half a character"),
        (lambda b: b.update(nodes={}), "blueprint.json.nodes must be a list"),
    ],
)
def test_values_of_a_wrong_kind(packed: Packed, change: Any, said: str) -> None:
    assert said in refusal(rewritten(packed.path, lambda parts: change(parts["blueprint.json"])))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "is no JSON"),
        ('{"a":' * 100_000, "is no JSON"),
        ('{"nodes": NaN}', "NaN is no JSON"),
        ('{"nodes": 1' + "0" * 5000 + "}", "a number is too long"),
        ('{"title": "a", "title": "b"}', "a field is there twice"),
        ("{", "is no JSON"),
        ("\xff", "is no JSON"),
    ],
)
def test_json_that_is_none(packed: Packed, text: str, said: str) -> None:
    parts = parts_of(packed.path)
    entries = [(name, json.dumps(part).encode()) for name, part in parts.items() if name != "blueprint.json"]
    packed.path.write_bytes(zipped([*entries, ("blueprint.json", text.encode("latin-1"))], zipfile.ZIP_STORED))
    assert said in refusal(packed.path)


def test_evidence_of_evidence_of_evidence(packed: Packed) -> None:
    def deepen(parts: Parts) -> None:
        (name, each), *_ = parts["evidence.json"]["declarations"].items()
        for _ in range(100):
            each = {"name": name, "level": "source", "earlier": each}
        parts["evidence.json"]["declarations"][name] = each

    assert "too long a past" in refusal(rewritten(packed.path, deepen))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda each: each.update(centres=[[1e300, 0]]), "centres must be numbers up to"),
        (lambda each: each["offsets"].append(10**9), "offsets do not fit"),
        (lambda each: each.update(offsets=[]), "offsets do not fit"),
        (lambda each: each.update(engine="../dot"), "engine must be one of"),
        (lambda each: each.update(bounds=[1, 1, 0, 0]), "bounds enclose nothing"),
        (lambda each: each.update(points=[[1]]), "points must have 2 numbers"),
    ],
)
def test_layouts_that_cannot_be_drawn(packed: Packed, change: Any, said: str) -> None:
    path = rewritten(packed.path, lambda parts: [change(each) for each in parts["layouts.json"].values()])
    assert said in refusal(path)


def test_a_layout_of_another_graph_is_not_drawn(packed: Packed) -> None:
    project = read_snapshot(packed.path)
    problem = problem_of(project.snapshot, project.snapshot.whole)
    name = service.fingerprint(problem)
    small = min(project.layouts.values(), key=lambda each: len(each.centres))
    service.remember({name: small})
    assert len(service.place(problem).centres) == len(problem.sizes)


def test_attempts_from_anyone(packed: Packed) -> None:
    def change(parts: Parts) -> None:
        texts = parts["attempts.json"]
        record = next(name for name in texts if name.endswith(".yaml") and "verdict" not in name)
        texts["../../escape.yaml"] = texts[record]
        texts["lem=a/damaged.yaml"] = "schema: [unfinished"
        for name in [name for name in texts if name.endswith(".lean")]:
            texts[name] += "-- changed"

    store = attempt_store(rewritten(packed.path, change))
    records, problems = store.read()
    assert len(records) == 2
    assert [problem.code for problem in problems] == ["attempt-damaged"]
    with pytest.raises(BlueprintError, match="was changed"):
        store.reply(records[0])
    with pytest.raises(BlueprintError, match="This is a snapshot"):
        store.write(records[0], "more")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), value=_VALUES)
def test_values_changed_anywhere(packed_path: Path, seed: int, value: Any) -> None:
    """Whatever stands in a field: the file is refused, or all that the app does with it works."""
    parts, chance = parts_of(packed_path), random.Random(seed)
    for _ in range(chance.choice((1, 1, 3))):
        # A copy each time: put into itself the value could not be written.
        _change_somewhere(parts, chance, copy.deepcopy(value))
    broken = packed_path.with_name("broken.bpsnap")
    broken.write_bytes(zipped([(name, json.dumps(part).encode()) for name, part in parts.items()]))
    assert len(trouble_with(broken)) < 500


def _change_somewhere(parts: Any, chance: random.Random, value: Any) -> None:
    """Replace, remove or double one value on a random way down."""
    inside = parts
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(inside[key], dict | list) and inside[key] and chance.random() < 0.85:
            inside = inside[key]
            continue
        deed = chance.random()
        if deed < 0.6:
            # Often another value of the same kind, which no type refuses.
            inside[key] = chance.choice((value, inside[chance.choice(keys)]))
        elif deed < 0.8 and isinstance(inside, list):
            inside.insert(chance.randrange(len(inside) + 1), inside[key])
        else:
            del inside[key]
        return
