"""`search`, on the bundled samples and in packages of Lean, without a display."""

import json
from pathlib import Path

import pytest

from blueprint_app import cli
from blueprint_app.assistant.endpoints.endpoint import ModelSettings, RoleModel
from blueprint_app.assistant.endpoints.settings_file import read_model_settings, settings_path, write_model_settings
from blueprint_app.bootstrap.searching import library_index, vector_cache
from tests.assistant.test_embedding import QUESTION, about
from tests.lean.test_library_index import ALGEBRA, write_packages


def run(capsysbinary, *arguments: object) -> tuple[int, str]:
    status = cli.main(["search", *map(str, arguments)])
    return status, capsysbinary.readouterr().out.decode()


def test_a_question_in_plain_words_finds_nodes(capsysbinary, samples_folder: Path) -> None:
    status, out = run(capsysbinary, samples_folder / "primes", "every number has a divisor that is prime")
    assert status == 0
    first, met, *_ = out.splitlines()
    assert "[lem:prime-divisor]" in first
    assert "blueprint/src/chapters/primes.tex:" in first
    assert met.strip().split(":")[0] in ("title", "statement")


def test_words_need_no_quotes_and_a_limit_holds(capsysbinary, samples_folder: Path) -> None:
    quoted = run(capsysbinary, samples_folder / "primes", "greatest common divisor", "--limit", 2)
    assert run(capsysbinary, samples_folder / "primes", "greatest", "common", "divisor", "--limit", 2) == quoted
    assert sum(not line.startswith(" ") for line in quoted[1].splitlines()) == 2


def test_as_json_and_what_was_not_looked_for_is_null(capsysbinary, samples_folder: Path) -> None:
    value = json.loads(run(capsysbinary, samples_folder / "primes", "fibonacci", "--json", "--limit", 3)[1])
    assert (value["schema"], value["question"]) == ("blueprint-search/1", "fibonacci")
    assert (value["declarations"], value["libraries"]) == (None, None)
    assert len(value["nodes"]) == 3
    assert set(value["nodes"][0]) == {
        "id", "kind", "number", "title", "file", "line", "field", "excerpt", "score",
    }  # fmt: skip


def test_declarations_of_the_project(capsysbinary, samples_folder: Path) -> None:
    question = "beyond every number there is a prime"
    value = json.loads(run(capsysbinary, samples_folder / "primes", question, "--json", "--declarations")[1])
    first = value["declarations"][0]
    assert (first["name"], first["field"], first["file"]) == (
        "Primes.exists_prime_gt",
        "docstring",
        "Primes/Prime.lean",
    )
    assert (
        "theorem Primes.exists_prime_gt" in run(capsysbinary, samples_folder / "primes", question, "--declarations")[1]
    )


def test_nothing_found_says_what_to_try(capsysbinary, samples_folder: Path) -> None:
    status, out = run(capsysbinary, samples_folder / "primes", "zzzzqqq")
    assert (status, out) == (0, "Nothing was found. Try fewer words, or a part of a name.\n")


def test_packages_are_read_when_asked_for_and_searched(capsysbinary, tmp_path: Path) -> None:
    folder = write_packages(tmp_path / "project", {"algebra": {"Algebra": ALGEBRA}})
    source = folder / "blueprint" / "src" / "web.tex"
    source.parent.mkdir(parents=True)
    source.write_text(
        "\\documentclass{article}\\usepackage{blueprint}\\newtheorem{lemma}{Lemma}\n\\begin{document}"
        "\\begin{lemma}\\label{a}Cyclic groups.\\end{lemma}\\end{document}",
        encoding="utf-8",
    )
    without = json.loads(run(capsysbinary, folder, "cyclic subgroups", "--json")[1])
    assert without["libraries"] is None
    index = library_index(folder)
    assert index is not None
    assert not any(each.is_indexed for each in index.libraries())
    found = json.loads(run(capsysbinary, folder, "cyclic subgroups", "--json", "--libraries")[1])
    assert [node["id"] for node in found["nodes"]] == ["a"]
    assert [(each["name"], each["package"]) for each in found["libraries"]] == [("Group.subgroup_cyclic", "algebra")]
    assert all(each.is_indexed for each in index.libraries())
    assert "Group.subgroup_cyclic (algebra)" in run(capsysbinary, folder, "cyclic", "--libraries")[1]


def test_a_project_without_lean_has_no_packages(capsysbinary, samples_folder: Path, tmp_path: Path) -> None:
    assert library_index(tmp_path) is None
    value = json.loads(run(capsysbinary, samples_folder / "cycle", "cycle", "--json", "--libraries")[1])
    assert value["libraries"] == []


def test_vectors_are_kept_in_the_users_cache() -> None:
    vector_cache().write("model", {"a text": [1.0, 2.0]})
    assert vector_cache().read("model", ["a text"])["a text"].tolist() == [1.0, 2.0]


# By vectors


@pytest.fixture
def set_up(model_server):
    """A function that sets a model for it, at a server that knows what is about rabbits; agreed to or not."""
    model_server.vector = about

    def write(*, agreed: bool = True, chosen: bool = True) -> str:
        endpoint = model_server.endpoint("Local")
        consented = frozenset({endpoint.host}) if agreed else frozenset()
        write_model_settings(
            ModelSettings((endpoint,), {}, consented, (), RoleModel("Local", "nomic") if chosen else None)
        )
        return endpoint.host

    yield write
    settings_path().unlink(missing_ok=True)


def test_vectors_find_what_shares_no_word_with_the_question(
    capsysbinary, samples_folder: Path, set_up, model_server
) -> None:
    set_up()
    assert "Nothing was found" in run(capsysbinary, samples_folder / "primes", QUESTION)[1]
    assert model_server.calls == []
    status, out = run(capsysbinary, samples_folder / "primes", QUESTION, "--embeddings", "--limit", 2)
    assert status == 0
    assert "[def:fib]" in out
    assert "    meaning" in out
    calls = len(model_server.calls)
    assert calls == 2
    assert run(capsysbinary, samples_folder / "primes", QUESTION, "--embeddings", "--limit", 2)[1] == out
    # The question may be kept for as long as the application runs; the nodes' texts are kept for longer.
    assert len(model_server.calls) == calls


def test_without_a_model_it_says_what_to_do(capsysbinary, samples_folder: Path, set_up, model_server) -> None:
    set_up(chosen=False)
    assert cli.main(["search", str(samples_folder / "primes"), QUESTION, "--embeddings"]) == 1
    assert b"No model is set for the search by meaning. Choose one in the window" in capsysbinary.readouterr().err
    assert model_server.calls == []


def test_without_consent_nothing_is_sent_and_consent_is_kept(
    capsysbinary, samples_folder: Path, set_up, model_server
) -> None:
    host = set_up(agreed=False)
    arguments = ["search", str(samples_folder / "sums"), "telescopes", "--embeddings"]
    assert cli.main(arguments) == 1
    said = capsysbinary.readouterr().err.decode()
    assert f"Nobody has agreed yet that text of this project goes to {host}. Agree with --send-to {host}." in said
    assert cli.main([*arguments, "--send-to", "elsewhere"]) == 1
    assert model_server.calls == []
    assert cli.main([*arguments, "--send-to", host]) == 0
    assert host in read_model_settings().consented
    assert len(model_server.calls) == 2


def test_models_tells_who_makes_vectors(capsysbinary, set_up) -> None:
    set_up()
    assert cli.main(["models"]) == 0
    assert b"search       nomic at Local" in capsysbinary.readouterr().out
