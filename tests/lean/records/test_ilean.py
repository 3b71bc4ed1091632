"""References of every version, and the imports at the head of a file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.lean.records.ilean import Definition, read_ilean
from blueprint_app.lean.records.imports import read_imports

WHOLE = [3, 0, 7, 5]
NAME = [4, 8, 4, 11]


def key(name: str) -> str:
    return json.dumps({"c": {"m": "Small.A", "n": name}})


def ilean(version: int) -> dict[str, object]:
    """A theorem `foo` that mentions `bar`, as versions of the format write it."""
    if version < 3:
        references = {"c:foo": {"definition": NAME, "usages": []}, "c:bar": {"definition": None, "usages": [NAME]}}
        return {"version": version, "module": "Small.A", "references": references}
    parent = ["foo"] if version == 5 else ["foo", *WHOLE, *NAME]
    local = json.dumps({"f": {"m": "Small.A", "i": "_uniq.12"}})
    data = {
        "version": version,
        "module": "Small.A",
        "references": {
            key("foo"): {"definition": NAME if version == 5 else [*NAME, *parent], "usages": []},
            key("bar"): {"definition": None, "usages": [[5, 2, 5, 5, *parent], [1, 0, 1, 3]]},
            local: {"definition": [5, 0, 5, 1], "usages": [[5, 2, 5, 3, *parent]]},
        },
    }
    return data | ({"directImports": [], "decls": {"foo": [*WHOLE, *NAME]}} if version == 5 else {})


@pytest.mark.parametrize("version", [2, 3, 4, 5])
def test_every_version(tmp_path, version):
    path = tmp_path / "A.ilean"
    path.write_text(json.dumps(ilean(version)), encoding="utf-8")
    references = read_ilean(path)
    assert references.module == "Small.A"
    if version == 2:
        assert references.definitions == {"foo": Definition(5, 8)}
        assert references.mentions == {}
    else:
        assert references.definitions == {"foo": Definition(5, 8, 4, 8)}
        assert references.mentions == {"foo": frozenset({"bar"})}


def test_a_newer_version_is_not_guessed_at(tmp_path):
    path = tmp_path / "A.ilean"
    path.write_text(json.dumps(ilean(5) | {"version": 6}), encoding="utf-8")
    assert read_ilean(path) is None


JUNK = st.recursive(
    st.none() | st.integers() | st.text(max_size=4), lambda inner: st.lists(inner, max_size=6), max_leaves=8
)


@given(JUNK, JUNK, JUNK, st.text(max_size=12))
def test_wrong_types_are_left_out(tmp_path_factory, definition, usages, ranges, constant):
    references = {key("foo"): {"definition": definition, "usages": usages}, constant: usages}
    data = {"version": 5, "module": 7, "references": references, "decls": {"foo": ranges}}
    path = tmp_path_factory.mktemp("ilean") / "A.ilean"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert set(read_ilean(path).definitions) <= {"foo", constant.removeprefix("c:")}


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("import A.B\nimport C\n\ntheorem x", ("A.B", "C")),
        ("/- by /- nested -/ us -/\n-- import No\nimport A -- import No\nimport B", ("A", "B")),
        ("module\n\npublic import A\nimport all B\npublic meta import C.D\n/-! doc -/\nopen A", ("A", "B", "C.D")),
        ("prelude\nimport «my-mod».X\n", ("«my-mod».X",)),
        ("import A import B\ndef x := 1\nimport No", ("A", "B")),
        ("/- never closed import A", ()),
        ("", ()),
        ("importing := 1", ()),
    ],
)
def test_imports(text, modules):
    assert read_imports(text) == modules
