"""Records in a real project: they reach the snapshot, the JSON and a follower, and their drafts are no sources."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blueprint_app import cli
from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live.following import Listener
from blueprint_app.live.scope import Kind
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.headline import Headline
from blueprint_app.model.provenance import NO_PROVENANCE, statement_hash
from blueprint_app.model.snapshot import Snapshot
from tests.assistant.records.attempts import full
from tests.live.followed import Record


@pytest.fixture
def folder(sample_copy: Callable[[str], Path]) -> Path:
    return sample_copy("primes")


def informal(snapshot: Snapshot) -> NodeId:
    return next(node for node, headline in snapshot.headlines.items() if headline is Headline.INFORMAL)


def drafted(folder: Path, node: NodeId, task: str = "state"):
    snapshot = open_project(folder)
    record = full(node, task=task, outcome=Outcome.COMPILED, statement_sha256=statement_hash(snapshot.nodes[node]))
    return attempt_store(folder).write(record, "theorem drafted : True := by\n  sorry\n", ".lean")


def as_json(folder: Path, node: NodeId, capsysbinary) -> dict[str, object]:
    assert cli.main(["graph", str(folder)]) == 0
    return next(each for each in json.loads(capsysbinary.readouterr().out)["nodes"] if each["id"] == node)


def test_a_draft_reaches_the_graph_json(folder: Path, capsysbinary) -> None:
    node = informal(open_project(folder))
    assert open_project(folder).provenance is NO_PROVENANCE
    nothing = as_json(folder, node, capsysbinary)["provenance"]
    assert nothing == {
        "source": "leanblueprint", "by": "human", "statement": None, "proof": None, "draft": None, "faithful": [],
        "needs_faithful": False,
    }  # fmt: skip
    record = drafted(folder, node)
    found = as_json(folder, node, capsysbinary)
    assert found["headline"] == "AI-drafted"
    assert found["provenance"]["draft"] == {
        "part": "statement", "model": "m-large-0426", "date": record.time.start, "level": "compiled",
        "attempt": record.id, "accepted": None,
    }  # fmt: skip
    assert found["provenance"]["by"] == "human"
    attempt_store(folder).mark(record, Judgement.ACCEPTED, "Ada")
    accepted = as_json(folder, node, capsysbinary)["provenance"]
    assert (accepted["by"], accepted["draft"], accepted["needs_faithful"]) == ("AI", None, True)
    assert accepted["statement"]["accepted"]
    attempt_store(folder).mark(record, Judgement.FAITHFUL, "Emmy")
    vouched = as_json(folder, node, capsysbinary)["provenance"]
    assert (vouched["faithful"], vouched["needs_faithful"]) == (["Emmy"], False)


def test_damaged_records_are_remarks_of_the_provenance(folder: Path) -> None:
    node = informal(open_project(folder))
    record = drafted(folder, node)
    (folder / record.file).with_name("damaged.yaml").write_text("schema: [")
    provenance = open_project(folder).provenance
    assert [remark.code for remark in provenance.remarks] == ["attempt-damaged"]
    assert list(provenance.contributions) == [node]


@pytest.fixture
def following(folder: Path) -> Iterator[tuple[Path, Record]]:
    record = Record()
    side = lean_side(folder)
    follower = side.follower(
        open_project(folder), Listener(record.adding(record.updates), failed=record.adding(record.failures))
    )
    follower.start()
    assert follower.is_ready.wait(20)
    yield folder, record
    follower.stop()
    assert record.failures == []


def test_a_new_record_turns_its_node_and_other_changes_keep_it(following: tuple[Path, Record]) -> None:
    folder, told = following
    node = informal(open_project(folder))
    record = drafted(folder, node)
    told.wait(lambda: told.updates and told.updates[-1].snapshot.headlines[node] is Headline.AI_DRAFTED)
    update = told.updates[-1]
    assert update.kinds == {Kind.ATTEMPT}
    assert update.paths == {record.file}
    turned = [(change.node, change.before, change.after) for change in update.changes]
    assert (node, "informal", "AI-drafted") in turned
    seen = len(told.updates)
    chapter = folder / update.snapshot.nodes[node].statement.place.file
    chapter.write_text(chapter.read_text() + "\nMore words.\n")
    told.wait(lambda: len(told.updates) > seen)
    assert told.updates[-1].snapshot.headlines[node] is Headline.AI_DRAFTED
    attempt_store(folder).mark(record, Judgement.REJECTED, "Ada")
    told.wait(lambda: told.updates[-1].snapshot.headlines[node] is Headline.INFORMAL)


def test_a_draft_for_a_text_that_is_edited_waits_no_more(following: tuple[Path, Record]) -> None:
    folder, told = following
    snapshot = open_project(folder)
    node = informal(snapshot)
    drafted(folder, node)
    told.wait(lambda: told.updates and told.updates[-1].snapshot.headlines[node] is Headline.AI_DRAFTED)
    place = snapshot.nodes[node].statement.place
    lines = (folder / place.file).read_text().split("\n")
    lines.insert(place.end_line - 1, "And more is claimed.")
    (folder / place.file).write_text("\n".join(lines))
    told.wait(lambda: told.updates[-1].snapshot.headlines[node] is Headline.INFORMAL)
    assert told.updates[-1].snapshot.provenance.contributions


def test_drafts_are_no_sources_of_the_blueprint(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("architect")
    shutil.rmtree(folder / "blueprint" / "src")
    before = open_project(folder)
    text = '@[blueprint "thm:injected" (statement := /-- Injected. -/)]\ntheorem injected : True := trivial\n'
    attempt_store(folder).write(full(before.blueprint.nodes[0].id), text, ".lean")
    after = open_project(folder)
    assert after.nodes.keys() == before.nodes.keys()
    assert not any("attempts" in file.path for file in after.blueprint.files)
