"""Lake's hash, and traces of every version."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.lean.records.lake_hash import text_hash
from blueprint_app.lean.records.trace import read_trace
from tests.lean.records.projects import record, write_project

# A file and the hash that Lake 5 of Lean 4.28 wrote for it.
KNOWN_TEXT = b'import LeaningIntoGroupTheory\n\ndef main : IO Unit :=\n  IO.println s!"Hello, {hello}!"\n'
KNOWN_HASH = 0x9C49E088F7B2F19D

WARNING = {"level": "warning", "message": "././Small/A.lean:276:8: declaration uses 'sorry'"}
BACKTICKS = {"level": "warning", "message": "Small/A.lean:3:0: declaration uses `sorry`\nmore"}
OTHER = {"level": "info", "message": "stdout:\nhello"}


def plain_murmur(data: bytes, seed: int = 11) -> int:
    """The algorithm as its author writes it, one word after the other."""
    mask, prime = (1 << 64) - 1, 0xC6A4A7935BD1E995
    value = (seed ^ len(data) * prime) & mask
    for start in range(0, len(data), 8):
        word = int.from_bytes(data[start : start + 8], "little")
        if start + 8 <= len(data):
            word = word * prime & mask
            word = (word ^ word >> 47) * prime & mask
        value = (value ^ word) * prime & mask
    value = (value ^ value >> 47) * prime & mask
    return value ^ value >> 47


def test_the_hash_is_lakes_and_line_ends_do_not_matter():
    assert text_hash(KNOWN_TEXT) == KNOWN_HASH
    assert text_hash(KNOWN_TEXT.replace(b"\n", b"\r\n")) == KNOWN_HASH
    assert text_hash(KNOWN_TEXT + b" ") != KNOWN_HASH


@given(st.binary(max_size=70))
def test_words_hashed_at_once_are_words_hashed_in_turn(data):
    from blueprint_app.lean.records.lake_hash import murmur64a

    assert murmur64a(data) == plain_murmur(data)


@pytest.mark.parametrize("version", ["4.9", "4.16", "4.21", "4.24", "4.28"])
def test_every_version_tells_its_log_and_its_source(tmp_path, version):
    write_project(tmp_path, {"Small.A": "theorem t : 1 = 1 := rfl\n"})
    trace = read_trace(record(tmp_path, "Small.A", version, [WARNING, BACKTICKS, OTHER]))
    assert [entry.warns_of_sorry for entry in trace.log] == [True, True, False]
    assert [(entry.file, entry.line, entry.column) for entry in trace.log] == [
        ("Small/A.lean", 276, 8),
        ("Small/A.lean", 3, 0),
        ("", 0, 0),
    ]
    assert trace.hash
    expected = {text_hash(b"theorem t : 1 = 1 := rfl\n")} if version in ("4.21", "4.24", "4.28") else set()
    assert trace.source_hashes("Small/A.lean") == expected
    assert trace.lean_version == (f"{version}.0" if expected else "")
    # Another module of the same name in another folder is another module.
    assert not trace.source_hashes("Other/A.lean")


def test_what_a_cache_restored_without_its_log_is_not_known_to_be_silent(tmp_path):
    write_project(tmp_path, {"Small.A": ""})
    assert read_trace(record(tmp_path, "Small.A", "4.28", [], synthetic=True)).log is None
    assert read_trace(record(tmp_path, "Small.A", "4.28", [])).log == ()
    assert len(read_trace(record(tmp_path, "Small.A", "4.28", [WARNING], synthetic=True)).log) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from(["log", "depHash", "inputs", "synthetic", "schemaVersion", "x"]), JSON)
    | JSON
    | st.binary(max_size=30)
)
def test_no_content_is_a_traceback(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("trace") / "A.trace"
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    trace = read_trace(path)
    assert trace is None or isinstance(trace.source_hashes("A.lean"), frozenset)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"depHash":' + "9" * 100_000 + "}", '{"inputs":NaN}', "\xff"])
def test_hostile_json_is_damage(tmp_path, text):
    path = tmp_path / "A.trace"
    path.write_text(text, encoding="latin-1")
    assert read_trace(path) is None
