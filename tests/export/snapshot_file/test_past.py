"""The past inside a snapshot file: what is read is what was written, in little room, and from anyone within bounds."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from blueprint_app.__main__ import main
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.bootstrap.packing import pack_project
from blueprint_app.bootstrap.past import attribution_at, changed_in, history_of, outlook_of
from blueprint_app.export.snapshot_file import PackedPast, PackedProject, past, read_past, write_snapshot
from blueprint_app.insight.history.history import Commit, History, HistoryPoint
from blueprint_app.insight.history.moments import Moment, moment_of
from blueprint_app.model.blueprint import Packing, Reading
from blueprint_app.model.errors import BlueprintError
from tests.export.snapshot_file.packing import Parts, parts_of, rewritten
from tests.live.past.repositories import Repository, lemma

PACKING = Packing("project", "2026-11-03T14:15:02+00:00", "01c9b66", False)
START = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    if shutil.which("git") is None:
        pytest.skip("no git on PATH")
    return Repository(tmp_path / "project")


@pytest.fixture
def packed(repository: Repository, tmp_path: Path) -> Path:
    repository.content(lemma("a"), lemma("b"))
    repository.commit("plan")
    repository.content(lemma("a", stated=True), lemma("b"), lemma("c"))
    repository.commit("state a", "Emmy Noether <emmy@example.org>")
    repository.write(blueprint__src__web_tex="\\input{nothing}")
    repository.commit("broken")
    repository.content(lemma("c"), lemma("a", stated=True, proved=True))
    repository.commit("prove a\n\nAssisted-by: Tool:test-model")
    path = tmp_path / "p.bpsnap"
    pack_project(open_project(repository.folder), path)
    return path


def test_what_is_read_is_what_git_told(packed: Path, repository: Repository) -> None:
    here, there = open_project(packed), open_project(repository.folder)
    assert history_of(here) == history_of(there)
    assert attribution_at(here) == attribution_at(there)
    assert outlook_of(here).commits == 4


def test_it_is_read_without_the_project(packed: Path, repository: Repository) -> None:
    here = open_project(packed)
    repository.folder.rename(repository.folder.with_name("gone"))
    day = repository.time - timedelta(days=2, hours=-1)
    changed = changed_in(here, f"{day:%Y-%m-%dT%H:%M}", history_of(here))
    assert (changed.proved, changed.removed) == (("a",), ("b",))
    with pytest.raises(BlueprintError, match="v1 is no date"):
        changed_in(here, "v1", history_of(here))


def test_saving_again_keeps_it(packed: Path, tmp_path: Path) -> None:
    pack_project(open_project(packed), tmp_path / "again.bpsnap")
    assert (tmp_path / "again.bpsnap").read_bytes() == packed.read_bytes()


def test_it_can_be_left_out(packed: Path, repository: Repository, tmp_path: Path) -> None:
    path = tmp_path / "small.bpsnap"
    assert main(["snapshot", str(repository.folder), "-o", str(path), "--no-history"]) == 0
    assert not {"history.json", "authors.json"} & parts_of(path).keys()
    assert {"history.json", "authors.json"} <= parts_of(packed).keys()
    with pytest.raises(BlueprintError, match="carries no history"):
        history_of(open_project(path))
    with pytest.raises(BlueprintError, match="does not tell who"):
        attribution_at(open_project(path))


def test_a_project_without_git_is_packed_without_it(sample_copy: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.bpsnap"
    pack_project(open_project(sample_copy("lists")), path)
    assert read_past(path) == PackedPast()


def test_the_commands_tell_the_same_of_file_and_clone(
    packed: Path,
    repository: Repository,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words in (["history", "--json"], ["who", "--json"], ["who", "a", "--json"]):
        texts = []
        for place in (packed, repository.folder):
            assert main([words[0], str(place), *words[1:]]) == 0
            texts.append(capsys.readouterr().out.replace(repository.folder.name, "p"))
        assert texts[0].replace('"title": "p"', "") == texts[1].replace('"title": "p"', "")


def history_of_size(count: int, nodes: int, samples_folder: Path) -> History:
    """Moments of some nodes, of which one turns at each."""
    one = moment_of(open_project(samples_folder / "lists").blueprint, Reading.STRICT).nodes[0]
    row = [replace(one, id=f"n{number}", statement=f"{number:012x}") for number in range(nodes)]
    points = []
    for number in range(count):
        row[number % nodes] = replace(row[number % nodes], proof=f"{number:012x}")
        commit = Commit(f"{number:040x}", START + timedelta(days=number), "Ada", "work")
        points.append(HistoryPoint(commit, Moment(tuple(row))))
    return History(tuple(points), points[-1].commit, count, count)


def test_a_long_history_takes_little_room(samples_folder: Path, tmp_path: Path) -> None:
    history = history_of_size(400, 300, samples_folder)
    snapshot, path = open_project(samples_folder / "lists"), tmp_path / "x.bpsnap"
    write_snapshot(PackedProject(snapshot, past=PackedPast(history)), PACKING, path)
    assert path.stat().st_size < 150_000
    assert read_past(path).history == history


def test_one_that_is_too_large_says_what_was_left_out(
    samples_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = history_of_size(100, 10, samples_folder)
    monkeypatch.setattr(past, "MOST_NODES", 400)
    snapshot, path = open_project(samples_folder / "lists"), tmp_path / "x.bpsnap"
    write_snapshot(PackedProject(snapshot, past=PackedPast(history)), PACKING, path)
    read = read_past(path).history
    assert read is not None
    assert 15 <= len(read.points) <= 40
    assert read.points[-1] == history.points[-1]
    assert "too large for a snapshot file" in read.remarks[-1].message


def first_point(parts: Parts) -> Any:
    return parts["history.json"]["points"][0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda parts: first_point(parts)["splices"].append({"start": 7, "end": 9}), "rows that are not there"),
        (lambda parts: first_point(parts)["splices"][0].update(states=[999]), "a state that is not there"),
        (lambda parts: first_point(parts)["splices"][0].update(states=[-1]), "between 0 and"),
        (lambda parts: first_point(parts)["commit"].update(time="2025-03-04T12:00:00"), "a time in UTC"),
        (lambda parts: first_point(parts)["commit"].update(time="0001-01-01T00:00:00+00:00"), "from 1970 on"),
        (lambda parts: first_point(parts)["commit"].update(time="soon"), "a time in ISO 8601"),
        (lambda parts: parts.update({"history.json": [1]}), "must be an object"),
        (lambda parts: parts["history.json"]["states"][0].update(headline="fine"), "must be one of"),
        (lambda parts: parts["authors.json"]["people"][0].update(text_lines="many"), "must be a whole number"),
    ],
)
def test_a_past_from_anyone_is_refused_with_a_word(packed: Path, change: Any, said: str) -> None:
    rewritten(packed, change)
    with pytest.raises(BlueprintError, match=said) as caught:
        read_past(packed)
    assert "p.bpsnap is damaged" in str(caught.value)
    assert open_project(packed).nodes  # the blueprint can be read all the same


def test_a_bomb_of_moments(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes for each moment, and each moment as large as the first."""

    def many(parts: Parts) -> None:
        points = parts["history.json"]["points"]
        points += [{"commit": points[-1]["commit"]}] * 2_000

    rewritten(packed, many)
    monkeypatch.setattr(past, "MOST_NODES", 1_000)
    with pytest.raises(BlueprintError, match="nodes of all moments"):
        read_past(packed)
