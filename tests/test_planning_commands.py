"""The commands for leads and contributors, on the bundled sample, without a display."""

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.insight.next.next_lemma import CRITERIA
from blueprint_app.model.claim import CLAIMS_FILE
from tests.fakes.attempts_of_primes import write_attempts
from tests.test_cli import run

REPOSITORY = Path(__file__).parents[1]


def as_json(capsysbinary, *arguments: object) -> dict:
    status, out, _ = run(capsysbinary, *arguments, "--json")
    assert status == 0
    return json.loads(out)


def test_next_ranks_with_reasons_and_tells_what_lean_has(capsysbinary, samples_folder: Path) -> None:
    _, out, _ = run(capsysbinary, "next", samples_folder / "primes", "--limit", 3)
    text = out.decode()
    assert "1. state and prove: Theorem 2.15 (Zeckendorf, uniqueness) [thm:zeckendorf-unique]" in text
    assert "makes 1 node ready: cor:fibonacci-code" in text
    assert "In Lean already, though the blueprint does not say so: lem:sum-squares, def:sparse." in text
    value = as_json(capsysbinary, "next", samples_folder / "primes")
    assert (value["schema"], value["found"]) == ("blueprint-next/1", len(value["offers"]))
    scores = [offer["score"] for offer in value["offers"]]
    assert scores == sorted(scores, reverse=True)
    assert not {"lem:sum-squares", "def:sparse"} & {offer["id"] for offer in value["offers"]}
    for offer in value["offers"]:
        assert sum(offer["points"].values()) == pytest.approx(offer["score"], abs=0.01)


def test_next_filters(capsysbinary, samples_folder: Path) -> None:
    def ids(*more: object) -> set[str]:
        return {offer["id"] for offer in as_json(capsysbinary, "next", samples_folder / "primes", *more)["offers"]}

    everything = ids("--limit", 100)
    assert ids("--what", "prove") < everything
    assert ids("--what", "state") | ids("--what", "prove") == everything
    assert ids("--chapter", "fibonacci numbers") == ids("--chapter", "2") < everything
    # A section of another chapter is about them too.
    assert ids("--chapter", "Fibonacci") == ids("--chapter", "2") | {"prop:fib-prime-index"}
    assert ids("--size", "small") | ids("--size", "medium") | ids("--size", "large") == everything
    assert ids("--mathlib", "yes") | ids("--mathlib", "no") == everything
    assert not ids("--what", "write") & everything
    assert ids("--chapter", "no such chapter") == set()


def test_next_counts_failed_attempts(capsysbinary, sample_copy) -> None:
    folder = sample_copy("primes")
    write_attempts(attempt_store(folder), open_project(folder))
    offers = as_json(capsysbinary, "next", folder, "--limit", 100)["offers"]
    failed = {offer["id"]: offer["failed_attempts"] for offer in offers if offer["failed_attempts"]}
    assert failed
    assert all("failed" in " ".join(offer["reasons"]) for offer in offers if offer["id"] in failed)


def test_the_weights_are_printed_and_documented(capsysbinary, samples_folder: Path) -> None:
    _, out, _ = run(capsysbinary, "next", samples_folder, "--weights")
    page = (REPOSITORY / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    for name, criterion in CRITERIA.items():
        assert f"{criterion.weight:g}  {criterion.meaning}" in out.decode()
        assert f"| {name} | {criterion.weight:g} | {criterion.meaning} |" in page


def test_blocked_for_a_node_and_for_the_project(capsysbinary, samples_folder: Path) -> None:
    _, out, _ = run(capsysbinary, "blocked", samples_folder / "primes", "cor:fib-growth")
    assert "1. state Definition 2.17 (Golden ratio) [def:golden]" in out.decode()
    value = as_json(capsysbinary, "blocked", samples_folder / "primes", "cor:fib-growth")
    assert value["to_finish"][0] == {"node": "def:golden", "part": "statement", "notes": []}
    whole = as_json(capsysbinary, "blocked", samples_folder / "primes")
    assert whole["bottlenecks"][0]["node"] == "def:golden"
    paths = {path["goal"]: [step["node"] for step in path["chain"]] for path in whole["critical_paths"]}
    assert paths["cor:fib-growth"] == ["def:golden", "thm:binet", "cor:fib-growth"]
    only = as_json(capsysbinary, "blocked", samples_folder / "primes", "--goal", "cor:fib-growth")
    assert [path["goal"] for path in only["critical_paths"]] == ["cor:fib-growth"]
    _, out, _ = run(capsysbinary, "blocked", samples_folder / "cycle")
    assert b"Traceback" not in out


def test_impact(capsysbinary, samples_folder: Path) -> None:
    _, out, _ = run(capsysbinary, "impact", samples_folder / "primes", "def:sparse")
    assert "4 nodes rest on it, 3 of them directly." in out.decode()
    assert "None of them is known to be verified by Lean." in out.decode()
    value = as_json(capsysbinary, "impact", samples_folder / "primes", "def:sparse")
    assert value["goals"] == ["cor:fibonacci-code"]
    assert value["affected"][-1]["by_way_of"] == "thm:zeckendorf-exists"


def test_trust_as_text_markdown_and_json(capsysbinary, samples_folder: Path) -> None:
    arguments = ("trust", samples_folder / "primes", "cor:fibonacci-code")
    text = run(capsysbinary, *arguments)[1].decode()
    assert "Primes.exists_sparse is declared proved, but its text holds a sorry." in text
    assert "Lean cannot tell" in text
    markdown = run(capsysbinary, *arguments, "--markdown")[1].decode()
    assert markdown.startswith("# What Corollary 2.16 (Fibonacci code) \\[cor:fibonacci-code\\] rests on\n")
    assert "Primes.exists\\_sparse is declared proved" in markdown
    value = as_json(capsysbinary, *arguments)
    assert (value["holds"], value["foundation"], value["axioms"]) == (False, 6, None)
    assert value["assumptions"][0]["ground"] == "false_claim"


def test_a_claim_is_shown_first_and_written_when_agreed(capsysbinary, sample_copy) -> None:
    folder = sample_copy("primes")
    arguments = ("claim", folder, "def:golden", "--as", "Ada", "--days", 7)
    status, out, err = run(capsysbinary, *arguments)
    assert (status, "Nothing was written" in err) == (0, True)
    assert b"+  - node: def:golden\n+    by: Ada\n" in out
    assert not (folder / CLAIMS_FILE).exists()
    assert run(capsysbinary, *arguments, "--yes")[0] == 0
    until = date.today() + timedelta(days=7)
    offer = as_json(capsysbinary, "next", folder, "--limit", 100)["offers"][-1]
    assert (offer["id"], offer["claimed"]) == ("def:golden", True)
    assert f"claimed by Ada until {until}" in offer["reasons"]
    status, _, err = run(capsysbinary, "claim", folder, "def:golden", "--as", "Bob", "--yes")
    assert (status, f"claimed by Ada until {until}" in err) == (1, True)
    unclaimed = as_json(capsysbinary, "next", folder, "--unclaimed", "--limit", 100)["offers"]
    assert "def:golden" not in {each["id"] for each in unclaimed}
    assert b"-  - node: def:golden" in run(capsysbinary, "release", folder, "def:golden", "--yes")[1]
    assert run(capsysbinary, "release", folder, "def:golden")[0] == 1


def test_the_shown_diff_is_a_patch(capsysbinary, sample_copy) -> None:
    folder = sample_copy("primes")
    out = run(capsysbinary, "claim", folder, "def:golden", "--as", "Ada", "--days", 0)[1]
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply"], input=out, cwd=folder, check=True)
    assert as_json(capsysbinary, "next", folder)["offers"][-1]["claims"][0]["expires"] is None


def test_a_damaged_claims_file_is_told_and_the_rest_works(capsysbinary, sample_copy) -> None:
    folder = sample_copy("primes")
    (folder / CLAIMS_FILE).write_text("schema: blueprint-claims/1\nclaims:\n  - by: Ada\n")
    text = run(capsysbinary, "next", folder)[1].decode()
    assert f"{CLAIMS_FILE}:3: This claim does not say `node`." in text
    assert as_json(capsysbinary, "next", folder)["diagnostics"][0]["line"] == 3


def test_mistakes_are_answered_in_words(capsysbinary, samples_folder: Path, tmp_path: Path) -> None:
    primes, file = samples_folder / "primes", tmp_path / "some.bpsnap"
    file.write_bytes(b"x")
    for arguments, said in (
        (("impact", primes, "def:goldn"), "Did you mean def:golden"),
        (("next", primes, "--goal", "nothing"), "There is no node with the label nothing"),
        (("claim", primes, "def:golden", "--as", " "), "It is not known who claims"),
        (("claim", file, "def:golden"), "Claims are kept in the project"),
    ):
        status, out, err = run(capsysbinary, *arguments)
        assert (status, out, said in err) == (1, b"", True)
