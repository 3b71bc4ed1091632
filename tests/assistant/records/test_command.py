"""The command `attempts` on a real project."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app import cli
from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.bootstrap.attempts import attempt_store
from tests.assistant.records.attempts import full

NODE = "thm:factorisation-unique"


@pytest.fixture
def folder(sample_copy: Callable[[str], Path]) -> Path:
    return sample_copy("primes")


def run(capsysbinary, *arguments: object) -> tuple[int, str, str]:
    status = cli.main([str(argument) for argument in arguments])
    captured = capsysbinary.readouterr()
    return status, captured.out.decode(), captured.err.decode()


def test_a_project_without_attempts(folder: Path, capsysbinary) -> None:
    assert run(capsysbinary, "attempts", folder) == (0, "No attempt was recorded.\n", "")
    assert run(capsysbinary, "attempts", folder, "--trailer") == (0, "", "")
    assert run(capsysbinary, "attempts", folder, "--disclosure") == (0, "", "")
    status, _, said = run(capsysbinary, "attempts", folder, "lem:nothing-like-it")
    assert status == 1
    assert "There is no node with the label" in said


def test_attempts_are_listed(folder: Path, capsysbinary) -> None:
    store = attempt_store(folder)
    first = store.write(full(NODE, round=1), "one")
    second = store.write(full(NODE, "2026-11-03T15:00:00+00:00", outcome=Outcome.VERIFIED), "by simp", ".lean")
    store.write(full("lem:gone\x1b[31m", "2026-11-03T14:30:00+00:00"), "text")
    store.mark(second, Judgement.ACCEPTED, "Ada", "well done")
    (folder / first.file).with_name("bad.yaml").write_text("schema: [")
    status, out, err = run(capsysbinary, "attempts", folder)
    assert status == 0
    assert "bad.yaml" in err
    assert "this is no YAML" in err
    assert "\x1b" not in out
    lines = out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == [NODE, "lem:gone", NODE]
    assert "3 attempts, cost 0.0369" in out
    assert "  m-large-0426  proved 1, stated 0 of 2 nodes in 3 attempts, 4,500 tokens, cost 0.0369" in out
    assert "3 times at 2 nodes: error unsolved goals" in out
    _, one, _ = run(capsysbinary, "attempts", folder, NODE)
    assert "⊢ n ∣ n !" in one
    assert "Ada: accepted  well done" in one
    assert "lem:gone" not in one
    value = json.loads(run(capsysbinary, "attempts", folder, NODE, "--json")[1])
    assert value["schema"] == "blueprint-attempts/1"
    assert [each["id"] for each in value["attempts"]] == [first.id, second.id]
    assert value["attempts"][1]["accepted"] is True
    assert value["attempts"][1]["verdicts"][0]["by"] == "Ada"
    assert value["attempts"][0]["failure"] == {"class": "error", "blocker": "unsolved goals"}
    assert value["diagnostics"][0]["file"].endswith("bad.yaml")
    assert run(capsysbinary, "attempts", folder, "--trailer")[1] == (
        "Assisted-by: blueprint-explorer:m-large-0426 [localhost]\n"
    )
    assert f"| {NODE} | prove |" in run(capsysbinary, "attempts", folder, "--disclosure")[1]
