"""The commands `history` and `who`, in processes of their own kind: real git, real arguments, what is printed."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blueprint_app import cli
from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.bootstrap.opening import open_project
from tests.fakes.attempts_of_primes import write_attempts
from tests.live.past.repositories import Repository, lemma

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on PATH")
LEAN = "theorem a : 1 + 1 = 2 := by\n  rfl\n"


@pytest.fixture
def project(tmp_path: Path) -> Repository:
    """Ten lemmas, one proved a week until now; then a model and a person work on one."""
    repository = Repository(tmp_path / "sieves")
    repository.time = datetime.now(UTC) - timedelta(weeks=8, days=1)
    for done in range(9):
        lemmas = (lemma(f"l{n}", stated=n < done, proved=n < done, lean="a" if n == 0 else "") for n in range(10))
        repository.content(*lemmas)
        repository.commit(f"week {done}", days=7 if done else 0)
    repository.write(Proj_lean=LEAN)
    repository.commit("prove\n\nAssisted-by: blueprint-explorer:m-large", "Emmy Noether <e@example.org>", days=0.5)
    return repository


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert cli.main(words) == 0
    return capsys.readouterr().out


def test_history_as_text(project: Repository, capsys) -> None:
    text = run(capsys, "history", str(project.folder))
    assert text.startswith("sieves · 10 commits on the main line, 9 of them changed the blueprint")
    rows = [line.split() for line in text.splitlines() if " of 10 " in line]
    assert rows[-1][1:5] == ["10", "8", "8", "of"]
    assert rows[-1][-1] == "████████████████░░░░"
    assert "In the last 8 weeks 8 proofs were declared done; 2 are left." in text
    assert "between 1.0 and 1.0 proofs a week, the rest would take about 2 weeks" in text
    assert "no promise" in text
    assert "what Lean's side showed then is not known" in text


def test_history_since_a_mark(project: Repository, capsys) -> None:
    project.git("tag", "talk", "HEAD~3")
    text = run(capsys, "history", str(project.folder), "--since", "talk")
    assert "week 6" in text.partition("Changed since ")[2].splitlines()[0]
    assert "proved in Lean (2): l6, l7" in text
    assert "nothing that the blueprint says" in run(capsys, "history", str(project.folder), "--since", "HEAD")
    assert cli.main(["history", str(project.folder), "--since", "nonsense"]) == 1
    assert "no date, and no tag" in capsys.readouterr().err


def test_history_as_json(project: Repository, capsys) -> None:
    data = json.loads(run(capsys, "history", str(project.folder), "--json", "--since", "2000-01-01"))
    assert data["schema"] == "blueprint-history/1"
    assert (data["commits"], data["changes"], len(data["points"])) == (10, 9, 9)
    assert data["head"]["subject"] == "prove"
    last = data["points"][-1]
    assert (last["subject"], last["counts"]["proofs_formalised"], last["problem"]) == ("week 8", 8, None)
    assert sum(last["counts"]["headlines"].values()) == 10
    (first,) = [each for each in data["nodes"] if each["id"] == "l0"]
    assert [each["what"] for each in first["events"]] == ["added", "stated in Lean", "proved in Lean"]
    assert (data["pace"]["left"], data["pace"]["least_weeks"], data["pace"]["why_none"]) == (2, 2, None)
    assert len(data["since"]["added"]) == 10
    assert data["since"]["since"]["commit"] is None


def test_there_is_no_history_without_git(samples_folder: Path, tmp_path: Path, capsys) -> None:
    folder = shutil.copytree(samples_folder / "cycle", tmp_path / "cycle")
    for command in ("history", "who"):
        assert cli.main([command, str(folder)]) == 1
        assert "no git clone" in capsys.readouterr().err


def test_a_history_that_cannot_be_read_now_says_so(project: Repository, capsys) -> None:
    project.write(blueprint__src__web_tex="gone")
    project.commit("broken")
    text = run(capsys, "history", str(project.folder))
    assert "Note: At 1 commit there was no blueprint that can be read" in text


def test_who_as_text(project: Repository, capsys) -> None:
    text = run(capsys, "who", str(project.folder))
    ada, emmy = (line.split() for line in text.splitlines() if line.startswith(("  Ada", "  Emmy")))
    assert ada[2:4] == ["9", "0"]
    assert emmy[2:7] == ["1", "0", "0", "2", "0"]
    assert [line.split()[:4] for line in text.splitlines() if line.startswith("  m-large")] == [
        ["m-large", "0", "0", "1"]
    ]
    assert "counts for everyone whom its commit names" in text


def test_who_wrote_one_node(project: Repository, capsys) -> None:
    text = run(capsys, "who", str(project.folder), "l0")
    assert "text: 6 lines\n    Ada Lovelace: 6 of 2 commits" in text
    assert "a  Proj.lean:1: 2 lines\n    Emmy Noether: 2 of 1 commit" in text
    assert "named by these commits: m-large: 2 of 1 commit" in text
    data = json.loads(run(capsys, "who", str(project.folder), "l0", "--json"))
    assert data["schema"] == "blueprint-attribution/1"
    assert [each["id"] for each in data["nodes"]] == ["l0"]
    assert "people" not in data
    assert cli.main(["who", str(project.folder), "nobody"]) == 1
    assert "no node with the label nobody" in capsys.readouterr().err
    assert cli.main(["who", str(project.folder), "l0", "--markdown"]) == 1


def test_who_as_json_and_for_a_paper(project: Repository, capsys) -> None:
    data = json.loads(run(capsys, "who", str(project.folder), "--json"))
    assert [each["name"] for each in data["people"]] == ["Ada Lovelace", "Emmy Noether"]
    assert data["people"][1]["lean_lines"] == data["lean_lines"] == 2
    assert len(data["nodes"]) == 10
    assert data["what_counts"]
    project.commit("odd", "Pipe | *Star* <p@example.org>", days=0)
    text = run(capsys, "who", str(project.folder), "--markdown")
    table = [line for line in text.splitlines() if line.startswith("| Pipe")]
    assert table[0].startswith("| Pipe \\| \\*Star\\* |")
    assert "### Models" in text
    assert "| Lemma 1 | l0 | Ada Lovelace (6) | Emmy Noether (2) | m-large |" in text


def test_accepted_drafts_of_models_are_told(sample_copy, capsys) -> None:
    folder = sample_copy("primes")
    store = attempt_store(folder)
    accepted = [each for each in write_attempts(store, open_project(folder)) if each.outcome is Outcome.VERIFIED]
    for each in accepted:
        store.mark(each, Judgement.ACCEPTED, "Emmy Noether")
    repository = Repository(folder)
    repository.time = datetime(2026, 1, 1, tzinfo=UTC)
    repository.commit("all")
    data = json.loads(run(capsys, "who", str(folder), "--json"))
    recorded = {node["id"]: node["recorded"] for node in data["nodes"] if node["recorded"]}
    assert set(recorded) == {each.node for each in accepted} != set()
    assert sum(each["accepted_drafts"] for each in data["models"]) == sum(map(len, recorded.values()))
