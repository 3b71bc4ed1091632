"""What is said in public: complete, one line each, and nothing that a name could smuggle in."""

import subprocess

import pytest

from blueprint_app.assistant.records.attribution import assisted_by_trailer, disclosure
from blueprint_app.assistant.records.record import Actor, Judgement, Outcome, Verdict
from tests.assistant.records.attempts import full


def said(verdict: Judgement, by: str) -> Verdict:
    return Verdict(f"{by}{verdict}", "x", verdict, by, "2026-11-04T10:00:00+00:00")


TAKEN = (said(Judgement.ACCEPTED, "Ada"),)
BY_EVIL = Actor("model", "m\nSigned-off-by: Linus\x1b[31m | x", "", "evil\nhost")


def test_a_trailer_for_each_model_whose_draft_was_taken() -> None:
    records = [full("a", verdicts=TAKEN), full("b", verdicts=TAKEN), full("c", actor=Actor("model", "other"))]
    assert assisted_by_trailer(records) == "Assisted-by: blueprint-explorer:m-large-0426 [localhost]"
    assert assisted_by_trailer(records[2:]) == ""
    assert assisted_by_trailer([full(actor=Actor("tactics"), verdicts=TAKEN)]) == ""


def test_git_takes_it_for_a_trailer_and_names_smuggle_nothing_in(tmp_path) -> None:
    text = assisted_by_trailer([full(verdicts=TAKEN), full(actor=BY_EVIL, verdicts=TAKEN)])
    found = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=f"Prove it\n\n{text}\n", capture_output=True, text=True,
        check=True, cwd=tmp_path,
    )  # fmt: skip
    assert found.stdout.strip() == text
    assert [line.split(":")[0] for line in text.splitlines()] == ["Assisted-by", "Assisted-by"]
    assert "\x1b" not in text


def test_the_disclosure_lists_what_was_taken_and_counts_the_rest() -> None:
    marks = (*TAKEN, said(Judgement.FAITHFUL, "Emmy"), said(Judgement.UNFAITHFUL, "Grace"))
    records = [
        full("lem:a_b", task="state", outcome=Outcome.COMPILED, verdicts=marks),
        full("lem:c", outcome=Outcome.VERIFIED, verdicts=TAKEN),
        full("lem:d"),
        full("lem:e", "2026-11-05T00:00:00+00:00"),
        full("lem:e", actor=Actor("human")),
    ]
    assert disclosure(records).splitlines() == [
        "| Node | Task | Model | Date | Outcome | Level | Accepted by | Faithful |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| lem:a\\_b | state | m-large-0426 | 2026-11-03 | compiled | compiled | Ada | Emmy: yes, Grace: no |",
        "| lem:c | prove | m-large-0426 | 2026-11-03 | verified | compiled | Ada |  |",
        "",
        "Asked without anything being taken over:",
        "",
        "| Task | Model | Times | When |",
        "| --- | --- | --- | --- |",
        "| prove | m-large-0426 | 2 | 2026-11-03 to 2026-11-05 |",
    ]
    assert disclosure([]) == ""
    assert disclosure(records[2:3]).startswith("Nothing that a model drafted was put into the project.")


@pytest.mark.parametrize("text", ["a | b", "<img src=x>", "[x](y)", "`a`\n| --- |"])
def test_no_text_leaves_its_cell(text: str) -> None:
    lines = disclosure([full(text, verdicts=TAKEN)]).splitlines()
    assert len(lines) == 3
    assert lines[2].replace("\\|", "").count("|") == 9
    for mark in "<`[":
        assert lines[2].count(mark) == lines[2].count(f"\\{mark}")
