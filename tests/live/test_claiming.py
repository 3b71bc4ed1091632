"""Claiming and releasing: the file that teams share, changed by a diff and otherwise left as it was."""

from datetime import date
from pathlib import Path

import pytest

from blueprint_app.insight.next.claims import by_person, claims_on, remarks_on
from blueprint_app.live.change_set import ChangeSet, write_set
from blueprint_app.live.claiming import planned_claim, planned_release
from blueprint_app.model.blueprint import Node
from blueprint_app.model.claim import CLAIMS_FILE
from blueprint_app.model.errors import BlueprintError
from blueprint_app.sources.claims_file import claims_in, read_claims
from tests.insight.evidence import made
from tests.model.builders import node

TODAY = date(2026, 11, 4)
HEAD = "schema: blueprint-claims/1\n# Who works on what.\nclaims:\n"
ADA = "  - node: lem:a\n    by: Ada\n    expires: 2026-12-01\n"
BOB = "  # Bob asked first.\n  - node: lem:b\n    by: Bob\n"


def lemma(name: str) -> Node:
    # The builder ends a name at its first colon.
    made = node(f"{name.replace(':', '=')}: lemma")
    from dataclasses import replace

    return replace(made, id=name, labels=(name,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "blueprint").mkdir()
    return tmp_path


def write(folder: Path, text: str) -> Path:
    file = folder / CLAIMS_FILE
    file.write_bytes(text.encode())
    return file


def claim(folder: Path, name: str, by: str, **more: object) -> ChangeSet:
    return planned_claim(folder, lemma(name), by, TODAY, **more)


def test_the_first_claim_makes_the_file_and_is_taken_back(tmp_path: Path) -> None:
    changes = claim(tmp_path, "lem:a", "Ada Lovelace", days=7)
    assert not (tmp_path / CLAIMS_FILE).exists()
    assert "+    by: Ada Lovelace" in changes.diff()
    assert "--- /dev/null" in changes.as_patch()
    write_set(changes)
    (found,) = read_claims(tmp_path).claims
    assert (found.node, found.by, found.since, found.expires) == ("lem:a", "Ada Lovelace", TODAY, date(2026, 11, 11))
    write_set(changes.undone)
    assert not (tmp_path / CLAIMS_FILE).exists()


def test_a_further_claim_leaves_every_other_line(folder: Path) -> None:
    file = write(folder, HEAD + ADA + BOB)
    changes = claim(folder, "lem:c", "Cy", days=None)
    assert [line for line in changes.diff() if line[0] in "+-"] == [
        "+  - node: lem:c",
        "+    by: Cy",
        "+    since: 2026-11-04",
    ]
    write_set(changes)
    assert file.read_text().startswith(HEAD + ADA + BOB)
    assert [each.node for each in read_claims(folder).claims] == ["lem:a", "lem:b", "lem:c"]


def test_a_claim_of_somebody_else_stands_until_it_expires(folder: Path) -> None:
    write(folder, HEAD + ADA)
    with pytest.raises(BlueprintError, match="lem:a is claimed by Ada until 2026-12-01"):
        claim(folder, "lem:a", "Bob")
    write(folder, HEAD + ADA.replace("2026-12", "2026-10") + BOB)
    write_set(claim(folder, "lem:a", "Bob"))
    assert [(each.node, each.by) for each in read_claims(folder).claims] == [("lem:b", "Bob"), ("lem:a", "Bob")]


def test_claiming_again_renews(folder: Path) -> None:
    write(folder, HEAD + ADA)
    write_set(claim(folder, "lem:a", "Ada", days=60, note="half done"))
    (found,) = read_claims(folder).claims
    assert (found.expires, found.note) == (date(2027, 1, 3), "half done")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_release_takes_out_one_entry_and_keeps_comments(folder: Path, ending: str) -> None:
    file = write(folder, (HEAD + ADA + BOB).replace("\n", ending))
    write_set(planned_release(folder, lemma("lem:a")))
    assert file.read_bytes().decode() == (HEAD + BOB).replace("\n", ending)
    write_set(planned_release(folder, lemma("lem:b")))
    assert read_claims(folder).claims == ()
    assert not read_claims(folder).remarks
    write_set(claim(folder, "lem:a", "Ada"))
    assert [each.node for each in read_claims(folder).claims] == ["lem:a"]
    with pytest.raises(BlueprintError, match="Nobody has claimed lem:b"):
        planned_release(folder, lemma("lem:b"))


@pytest.mark.parametrize(
    "text",
    [
        "schema: blueprint-claims/1\nclaims: [{node: lem:a, by: Ada}]\n",
        "{schema: blueprint-claims/1, claims: []}\n",
        HEAD + "  [\n {node: lem:a, by: Ada}, {node: lem:b, by: Bob}]\n",
        HEAD.replace("claims:", '"claims":') + ADA,
    ],
)
def test_a_file_in_an_unusual_form_is_left_alone(folder: Path, text: str) -> None:
    file = write(folder, text)
    assert not claims_in(text).remarks
    with pytest.raises(BlueprintError):
        claim(folder, "lem:new", "Cy")
    assert file.read_text() == text


def test_a_damaged_file_is_not_changed(folder: Path) -> None:
    write(folder, "claims: [")
    with pytest.raises(BlueprintError, match="damaged"):
        claim(folder, "lem:a", "Ada")


def test_a_damaged_entry_stays_where_it_is(folder: Path) -> None:
    file = write(folder, HEAD + "  - nonsense\n" + ADA)
    write_set(planned_release(folder, lemma("lem:a")))
    assert file.read_text() == HEAD + "  - nonsense\n"


@pytest.mark.parametrize("name", ["thm:b+c", "1", "true", "a: b", "x # y", "été", "'quoted'", "- dash", "lem:a "])
def test_any_label_and_name_is_read_back(folder: Path, name: str) -> None:
    write_set(claim(folder, name.strip() or "x", name, days=1, note=name))
    write_set(claim(folder, "other", "Bob"))
    first = read_claims(folder).claims[0]
    assert (first.node, first.by, first.note) == (name.strip(), name.strip(), name.strip())


@pytest.mark.parametrize("by", ["", "  ", "two\nlines", "x" * 300])
def test_nobody_claims_nothing(folder: Path, by: str) -> None:
    with pytest.raises(BlueprintError, match="who claims"):
        claim(folder, "lem:a", by)


def test_a_file_that_changed_since_the_diff_is_not_overwritten(folder: Path) -> None:
    file = write(folder, HEAD + ADA)
    changes = claim(folder, "lem:b", "Bob")
    write(folder, HEAD)
    with pytest.raises(BlueprintError, match="has changed since"):
        write_set(changes)
    assert file.read_text() == HEAD
    new = planned_claim(folder / "blueprint", lemma("lem:a"), "Ada", TODAY)
    (folder / "blueprint" / "blueprint").mkdir()
    write(folder / "blueprint", "mine")
    with pytest.raises(BlueprintError, match="has changed since"):
        write_set(new)


def test_what_a_team_should_look_at() -> None:
    snapshot = made("a: lemma\nb: lemma")
    claims = claims_in(
        HEAD + "".join(f"  - {{node: {name}, by: {by}, expires: {day}}}\n" for name, by, day in (
            ("a", "Ada", "2026-11-03"), ("b", "Ada", "2026-11-04"), ("gone", "Bob", "2027-01-01"),
        ))
    )  # fmt: skip
    found = [(each.code, each.node, each.place.line) for each in remarks_on(snapshot, claims, TODAY) if each.place]
    assert found == [("claim-expired", "a", 4), ("claim-unknown", None, 6)]
    on_a = claims_on(snapshot.nodes["a"], claims, TODAY)
    assert (on_a.held, len(on_a.expired)) == ((), 1)
    assert [(by, [each.node for each in own]) for by, own in by_person(claims.claims, TODAY)] == [
        ("Ada", ["b"]),
        ("Bob", ["gone"]),
    ]
