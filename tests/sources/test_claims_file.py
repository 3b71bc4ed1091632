"""Claims as teams write them, and whatever else may stand in such a file."""

from datetime import date
from pathlib import Path

import pytest

from blueprint_app.model.claim import CLAIMS_FILE, NO_CLAIMS
from blueprint_app.model.diagnostic import Severity
from blueprint_app.sources.claims_file import LARGEST, claims_in, read_claims

HEAD = "schema: blueprint-claims/1\nclaims:\n"
TWO = (
    HEAD
    + """  - node: lem:a
    by: Emmy Noether
    since: 2026-11-04
    expires: 2026-12-04
    note: with a student   # until spring

  # Talk to Ada first.
  - {node: "thm:b+c", by: Ada}
"""
)


def test_all_fields_and_where_an_entry_stands() -> None:
    found = claims_in(TWO)
    first, second = found.claims
    assert not found.remarks
    assert (first.node, first.by, first.note) == ("lem:a", "Emmy Noether", "with a student")
    assert (first.since, first.expires) == (date(2026, 11, 4), date(2026, 12, 4))
    assert first.place is not None
    assert second.place is not None
    assert (first.place.line, first.place.end_line) == (3, 7)
    assert (second.place.line, second.place.end_line) == (10, 10)
    assert (second.node, second.by, second.since, second.expires) == ("thm:b+c", "Ada", None, None)
    assert [first.has_expired(date(2026, 12, day)) for day in (4, 5)] == [False, True]
    assert not second.has_expired(date(3000, 1, 1))


@pytest.mark.parametrize(
    ("entry", "line", "said"),
    [
        ("  - lem:a\n", 3, "must be a mapping"),
        ("  - node: lem:a\n", 3, "does not say `by`"),
        ("  - by: Ada\n    node: ''\n", 3, "does not say `node`"),
        ("  - node: lem:a\n    by: [Ada]\n", 4, "must be a text"),
        ("  - node: lem:a\n    by: Ada\n    expires: soon\n", 5, "'soon' is no date"),
        ("  - node: lem:a\n    by: Ada\n    by: Bob\n", 5, "there twice"),
        (f"  - node: lem:a\n    by: {'A' * 2000}\n", 4, "more than 1000 characters"),
    ],
)
def test_a_damaged_entry_is_told_with_its_line_and_the_rest_counts(entry: str, line: int, said: str) -> None:
    found = claims_in(HEAD + entry + "  - node: lem:b\n    by: Bob\n")
    assert [claim.node for claim in found.claims] == ["lem:b"]
    (remark,) = found.remarks
    assert remark.place is not None
    assert (remark.severity, remark.place.file, remark.place.line) == (Severity.WARNING, CLAIMS_FILE, line)
    assert said in remark.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("claims: [", "no YAML"),
        ("- node: a\n", "must be a mapping"),
        ("claims: []\n", "does not say schema: blueprint-claims/1"),
        ("schema: blueprint-claims/2\nclaims: []\n", "later version"),
        (HEAD.replace("claims:", "claims: {a: b}"), "must be a list"),
        ("[" * 5000, "too deeply"),
    ],
)
def test_a_damaged_file_claims_nothing(text: str, said: str) -> None:
    found = claims_in(text)
    assert not found.claims
    assert found.remarks[0].severity is Severity.ERROR
    assert said in found.remarks[0].message


def test_empty_lists_and_unknown_keys() -> None:
    assert claims_in("").claims == claims_in(HEAD).claims == claims_in("schema: blueprint-claims/1\n").claims == ()
    found = claims_in(HEAD + "  - node: a\n    by: Ada\n    colour: red\n")
    assert len(found.claims) == 1
    assert found.remarks[0].severity is Severity.NOTE


def test_what_could_steer_a_terminal_is_taken_out() -> None:
    (claim,) = claims_in(HEAD + '  - node: a\n    by: "A\\e[31mda\\nB"\n').claims
    assert claim.by == "A [31mda B"


def test_reading_from_a_folder(tmp_path: Path) -> None:
    assert read_claims(tmp_path) is NO_CLAIMS
    file = tmp_path / CLAIMS_FILE
    file.parent.mkdir()
    file.write_text(TWO)
    assert read_claims(tmp_path).text == TWO
    assert len(read_claims(tmp_path).by_label["lem:a"]) == 1
    file.write_bytes(b"\xff\xfe")
    assert "not in UTF-8" in read_claims(tmp_path).remarks[0].message
    file.write_bytes(b"#" * (LARGEST + 1))
    assert "more than" in read_claims(tmp_path).remarks[0].message


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(TWO)
    folder = tmp_path / "project"
    (folder / "blueprint").mkdir(parents=True)
    (folder / CLAIMS_FILE).symlink_to(outside)
    found = read_claims(folder)
    assert (found.claims, "leads out" in found.remarks[0].message) == ((), True)
