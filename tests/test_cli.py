"""The commands, on the bundled samples, without a display."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from blueprint_app import cli


def run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: object) -> tuple[int, bytes, str]:
    status = cli.main([str(argument) for argument in arguments])
    captured = capsysbinary.readouterr()
    return status, captured.out, captured.err.decode()


def test_graph_as_json_has_the_schema(capsysbinary, samples_folder: Path) -> None:
    status, out, _ = run(capsysbinary, "graph", samples_folder / "primes")
    value = json.loads(out)
    assert (status, value["schema"]) == (0, "blueprint-graph/1")
    assert 30 <= len(value["nodes"]) <= 50
    node = next(each for each in value["nodes"] if each["statement"]["uses"])
    assert set(node) == {
        "id", "labels", "kind", "number", "title", "path", "statement", "proof", "discussion", "blueprint_status",
        "headline", "evidence", "provenance",
    }  # fmt: skip
    assert node["statement"]["source"]["line"] > 0
    assert {edge[2] for edge in value["graphs"][0]["edges"]} == {"statement", "proof"}


@pytest.mark.parametrize(
    ("form", "start"),
    [("dot", b"digraph"), ("svg", b"<"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("graphml", b"<?xml")],
)
def test_graph_in_every_format(capsysbinary, samples_folder: Path, tmp_path: Path, form: str, start: bytes) -> None:
    target = tmp_path / f"graph.{form}"
    assert run(capsysbinary, "graph", samples_folder / "chapters", "-o", target)[0] == 0
    assert target.read_bytes().lstrip().startswith(start) or b"digraph" in target.read_bytes()[:200]


def test_focus_leaves_the_neighbourhood(capsysbinary, samples_folder: Path) -> None:
    whole = json.loads(run(capsysbinary, "graph", samples_folder / "primes")[1])
    source, target, _ = whole["graphs"][0]["edges"][0]
    near = json.loads(
        run(capsysbinary, "graph", samples_folder / "primes", "--focus", target, "--up", 1, "--down", 0)[1]
    )
    names = {node["id"] for node in near["nodes"]}
    assert {source, target} <= names
    assert len(names) < len(whole["nodes"])
    assert set(near["graphs"][0]["nodes"]) == names


def test_titles_are_told_without_their_tex(capsysbinary, tmp_path: Path) -> None:
    source = tmp_path / "blueprint" / "src"
    source.mkdir(parents=True)
    (source / "web.tex").write_text(
        r"\documentclass{report}\usepackage{amsthm}\usepackage{blueprint}"
        r"\newtheorem{lemma}{Lemma}[chapter]\title{On $\ell^2$}\begin{document}"
        r"\chapter{The \texorpdfstring{$p$-adic}{p-adic} case}"
        r"\begin{lemma}[For $n \le 2$]\label{a}A.\end{lemma}\end{document}",
        encoding="utf-8",
    )
    said = run(capsysbinary, "status", tmp_path)[1].decode()
    assert "On ℓ²" in said
    assert "1 The p-adic case" in said
    assert "Lemma 1.1 (For n ≤ 2) [a]" in run(capsysbinary, "next", tmp_path)[1].decode()


def test_status_counts_with_totals(capsysbinary, samples_folder: Path) -> None:
    _, out, _ = run(capsysbinary, "status", samples_folder / "primes")
    assert " of " in out.decode()
    value = json.loads(run(capsysbinary, "status", samples_folder / "primes", "--json")[1])
    assert sum(value["headlines"].values()) == value["nodes"]
    assert 0 < value["proofs_formalised"] < value["to_prove"]
    strict = json.loads(run(capsysbinary, "status", samples_folder / "primes", "--json", "--reading", "strict")[1])
    assert strict["reading"] == "strict"


def test_show_tells_all_of_a_node(capsysbinary, samples_folder: Path) -> None:
    nodes = json.loads(run(capsysbinary, "graph", samples_folder / "primes")[1])["nodes"]
    node = next(each for each in nodes if each["proof"] and each["statement"]["lean"] and each["labels"])
    text = run(capsysbinary, "show", samples_folder / "primes", node["labels"][-1])[1].decode()
    for expected in (node["statement"]["lean"][0], "Why these colours", f"{node['statement']['source']['file']}:"):
        assert expected in text


def test_mistakes_are_answered_in_words(capsysbinary, samples_folder: Path, tmp_path: Path) -> None:
    for arguments, said in (
        (("status", tmp_path), "No blueprint found"),
        (("status", tmp_path / "no"), "There is no folder"),
        (("show", samples_folder / "primes", "no-such-label"), "There is no node with the label"),
        (("graph", samples_folder / "primes", "--graph", "chapter_99"), "There is no graph called chapter_99"),
        (("graph", samples_folder / "primes", "--up", 1), "--focus"),
        (("graph", samples_folder / "primes", "-o", tmp_path / "a.xyz"), "There is no graph format called xyz"),
        (("graph", samples_folder / "primes", "-o", tmp_path / "no" / "a.json"), "could not be written"),
    ):
        status, out, err = run(capsysbinary, *arguments)
        assert (status, out) == (1, b"")
        assert said in err
        assert "Traceback" not in err


def test_a_cycle_is_reported_and_nothing_stops(capsysbinary, samples_folder: Path) -> None:
    value = json.loads(run(capsysbinary, "graph", samples_folder / "cycle")[1])
    assert "cycle" in {each["code"] for each in value["diagnostics"]}


def test_check_fails_on_a_false_claim_and_names_its_place(capsysbinary, samples_folder: Path) -> None:
    status, out, _ = run(capsysbinary, "check", samples_folder / "primes")
    text = out.decode()
    assert status == 1
    assert "Lean was not asked" in text
    assert "Primes.exists_sparse is declared proved, but its text holds a sorry." in text
    assert "Primes.sparse_unique is declared formalised, but the project has no such declaration." in text
    assert text.rstrip().endswith("2 false claims.")


def test_check_passes_where_no_claim_is_false(capsysbinary, sample_copy) -> None:
    project = sample_copy("primes")
    for source, old, new in (
        ("Primes/Zeckendorf.lean", "sorry", "trivial"),
        ("blueprint/src/chapters/fibonacci.tex", "\\lean{Primes.sparse_unique}", "\\lean{Primes.fib_add}"),
    ):
        file = project / source
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    status, out, _ = run(capsysbinary, "check", project)
    assert (status, b"No claim was found to be false." in out) == (0, True)


def test_check_as_json_has_the_same_findings_and_exit_status(capsysbinary, samples_folder: Path) -> None:
    status, out, _ = run(capsysbinary, "check", samples_folder / "primes", "--json")
    value = json.loads(out)
    assert (status, value["schema"], value["false_claims"]) == (1, "blueprint-drift/1", 2)
    assert [each["node"] for each in value["drift"][:2]] == ["thm:zeckendorf-exists", "thm:zeckendorf-unique"]
    assert value["drift"][0]["line"] > 0
    assert {each["code"] for each in value["remarks"]} == {"not-built"}


def test_evidence_is_published_and_taken(capsysbinary, sample_copy, tmp_path: Path) -> None:
    project = sample_copy("primes")
    target = tmp_path / "evidence.json"
    assert run(capsysbinary, "evidence", project, "-o", target)[0] == 0
    value = json.loads(target.read_bytes())
    assert value["schema"] == "blueprint-evidence/1"
    assert "Primes.fib_add" in target.read_text(encoding="utf-8")
    assert run(capsysbinary, "check", project, "--evidence", target)[0] == 1
    target.write_text("{}", encoding="utf-8")
    status, _, err = run(capsysbinary, "check", project, "--evidence", target)
    assert status == 1
    assert "Traceback" not in err
    assert target.name in err


def test_publishing_what_lean_says_gathers_it_once(capsysbinary, sample_copy, tmp_path: Path, monkeypatch) -> None:
    from blueprint_app.lean.records.reader import RecordReader

    readings = []
    read = RecordReader.read
    monkeypatch.setattr(RecordReader, "read", lambda self, *given: readings.append(1) or read(self, *given))
    status, out, err = run(capsysbinary, "evidence", sample_copy("primes"), "--ask", "-o", tmp_path / "evidence.json")
    assert (status, len(readings)) == (0, 1)
    assert b"evidence for" in out
    assert "not built" in err


def test_json_tells_the_evidence_of_each_declaration(capsysbinary, samples_folder: Path) -> None:
    nodes = json.loads(run(capsysbinary, "graph", samples_folder / "primes")[1])["nodes"]
    evidence = {each["id"]: each["evidence"] for each in nodes}["thm:fib-add"]
    (declaration,) = evidence["declarations"]
    assert (evidence["level"], declaration["name"], declaration["axioms"]) == ("source", "Primes.fib_add", None)
    assert declaration["file"] == "Primes/Fibonacci.lean"


@pytest.fixture
def unlinked(tmp_path: Path) -> Path:
    """A project in two chapters with a graph each, that refers and never uses."""
    folder = tmp_path / "unlinked" / "blueprint" / "src"
    folder.mkdir(parents=True)
    (folder / "web.tex").write_text(
        r"""\documentclass{report}
\usepackage{amsthm}
\usepackage[dep_graph, dep_by=chapter]{blueprint}
\newtheorem{definition}{Definition}[chapter]
\newtheorem{lemma}[definition]{Lemma}
\begin{document}
\chapter{One}
\begin{definition}\label{def:a} A. \end{definition}
\begin{lemma}\label{lem:b} B. \end{lemma}
\begin{proof} By \ref{def:a}. \end{proof}
\chapter{Two}
\begin{lemma}\label{lem:c} As in \cref{lem:b}. \end{lemma}
\begin{lemma}\label{lem:d} D. \end{lemma}
\begin{proof} By \ref{lem:c}. \end{proof}
\end{document}
""",
        encoding="utf-8",
    )
    return folder.parents[1]


def test_inferred_edges_are_one_more_graph(capsysbinary, unlinked: Path) -> None:
    plain = json.loads(run(capsysbinary, "graph", unlinked)[1])
    assert [(graph["name"], graph["edges"]) for graph in plain["graphs"]] == [("chapter_1", []), ("chapter_2", [])]
    value = json.loads(run(capsysbinary, "graph", unlinked, "--inferred")[1])
    added = value["graphs"].pop()
    assert value == plain
    assert (added["name"], added["inferred"]) == ("inferred", True)
    assert added["edges"] == [
        ["def:a", "lem:b", "proof"],
        ["lem:b", "lem:c", "statement"],
        ["lem:c", "lem:d", "proof"],
    ]


def test_inferred_edges_of_one_chapter_and_around_one_node(capsysbinary, unlinked: Path) -> None:
    value = json.loads(run(capsysbinary, "graph", unlinked, "--inferred", "--graph", "chapter_2")[1])
    (graph,) = value["graphs"]
    assert (graph["name"], graph["edges"]) == ("inferred_chapter_2", [["lem:c", "lem:d", "proof"]])
    near = json.loads(run(capsysbinary, "graph", unlinked, "--inferred", "--focus", "lem:b", "--down", 0)[1])
    assert [node["id"] for node in near["nodes"]] == ["def:a", "lem:b"]
    assert near["graphs"][0]["inferred"] is True


@pytest.mark.slow
def test_what_lean_itself_says_is_inferred_once_it_was_asked(capsysbinary, sample_copy, lake: str) -> None:
    project = sample_copy("primes")
    for file in (project / "blueprint" / "src").rglob("*.tex"):
        file.write_text(re.sub(r"\\uses\{[^}]*\}", "", file.read_text("utf-8")), encoding="utf-8")

    def inferred() -> set[tuple[str, ...]]:
        graph = json.loads(run(capsysbinary, "graph", project, "--inferred")[1])["graphs"][-1]
        assert graph["inferred"] is True
        return {tuple(edge) for edge in graph["edges"]}

    before = inferred()
    subprocess.run([lake, "build"], cwd=project, check=True, capture_output=True)
    assert inferred() == before, "a build alone does not tell what uses what"
    run(capsysbinary, "check", project, "--ask")
    after = inferred()
    # No text refers to these: only Lean knows.
    assert {edge[:2] for edge in after} > {edge[:2] for edge in before}
    assert {("def:fib", "thm:fib-add", "statement"), ("def:factorial", "thm:euclid", "proof")} <= after - before


def test_where_somebody_wrote_uses_none_are_inferred_and_that_is_said(capsysbinary, samples_folder: Path) -> None:
    status, out, err = run(capsysbinary, "graph", samples_folder / "chapters", "--inferred")
    assert status == 0
    assert out == run(capsysbinary, "graph", samples_folder / "chapters")[1]
    assert "the blueprint itself says what uses what" in err
