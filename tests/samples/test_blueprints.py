"""The samples show what they were written to show, as leanblueprint itself reads them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ORACLE = Path(__file__).parents[1] / "oracle" / "leanblueprint_reading.py"


def ask_leanblueprint(sample: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ORACLE), str(sample / "blueprint" / "src")],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def reading_of(sample: Path) -> dict[str, Any]:
    done = ask_leanblueprint(sample)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def primes(samples_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    # A copy, as leanblueprint writes its lean_decls beside the sources.

    return reading_of(shutil.copytree(samples_folder / "primes", tmp_path_factory.mktemp("oracle") / "primes"))


def nodes_by_id(reading: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in reading["nodes"]}


def test_primes_has_the_size_of_a_small_real_blueprint(primes: dict[str, Any]) -> None:
    assert 30 <= len(primes["nodes"]) <= 50
    assert len({node["chapter"] for node in primes["nodes"]}) == 3
    assert [graph["name"] for graph in primes["graphs"]] == ["document"]


def test_primes_shows_every_colour(primes: dict[str, Any]) -> None:
    borders = {node["border"] for node in primes["nodes"]}
    fills = {node["fill"] for node in primes["nodes"]}
    assert borders == {"darkgreen", "green", "blue", "#FFAA33", ""}
    assert fills == {"#9CEC8B", "#A3D6FF", "#B0ECA3", "#1CAC78", ""}
    assert {node["shape"] for node in primes["nodes"]} == {"box", "ellipse"}


def test_primes_has_edges_of_both_kinds_and_some_that_the_reduction_drops(primes: dict[str, Any]) -> None:
    (graph,) = primes["graphs"]
    assert {kind for _, _, kind in graph["drawn_edges"]} == {"statement", "proof"}
    pairs = {(used, node["id"]) for node in primes["nodes"] for used in (*node["uses"], *node["proof_uses"])}
    between_nodes = {pair for pair in pairs if set(pair) <= set(graph["nodes"])}
    assert len(graph["drawn_edges"]) < len(between_nodes)


def test_primes_holds_the_traps_of_the_format(primes: dict[str, Any]) -> None:
    nodes = nodes_by_id(primes)
    assert None in nodes, "the unlabelled lemma"
    assert nodes["lem:fermat-coprime"]["proof_uses"] == ["lem:fermat-product"], "the second uses replaces the first"
    assert not nodes["def:sparse"]["leanok"], "the leanok is commented out"
    assert nodes["lem:sparse-bound"]["fully_proved"], "dark green although it rests on that definition"
    assert not nodes["lem:fib-coprime"]["fully_proved"], "the core lemma below it has no proof here"
    assert nodes["thm:goldbach"]["can_prove"], "notready in a proof has no effect"
    assert nodes["thm:factorisation-exists"]["proof_leanok"], "its proof stands apart and names it"
    assert "conj:fib-primes" in nodes["cor:fib-primes-gcd"]["uses"], "a use of something that is no node"
    assert "lem:faulhaber" not in nodes, "it stands between iffalse and fi"
    assert nodes["prop:cassini"]["discussion"] == "7"
    assert nodes["thm:zeckendorf-exists"]["proof_leanok"], "claimed, though Lean has a sorry there"


def test_chapters_has_a_graph_for_each_and_a_node_in_two(samples_folder: Path, tmp_path: Path) -> None:

    reading = reading_of(shutil.copytree(samples_folder / "chapters", tmp_path / "chapters"))
    graphs = {graph["name"]: graph for graph in reading["graphs"]}
    assert set(graphs) == {"chapter_1", "chapter_2"}
    assert all("lem:insert-sorted" in graph["nodes"] for graph in graphs.values())
    assert all(graph["edges"] for graph in graphs.values())
    assert {node["kind"] for node in reading["nodes"]} == {"definition", "lemma", "theorem", "algorithm"}
    assert nodes_by_id(reading)["thm:sort-stable"]["border"] == "#D55E00"


def test_leanblueprint_itself_fails_on_the_cycle(samples_folder: Path, tmp_path: Path) -> None:

    done = ask_leanblueprint(shutil.copytree(samples_folder / "cycle", tmp_path / "cycle"))
    assert done.returncode != 0
    assert "RecursionError" in done.stderr
