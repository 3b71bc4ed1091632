"""``next --github`` asks a real server once a person agrees, and tells what it saw afterwards without a net."""

import json

import pytest

from tests.fakes.github_server import GithubServer
from tests.test_cli import run

SOURCE = r"""\documentclass{report}\usepackage{amsthm}\usepackage{blueprint}\newtheorem{lemma}{Lemma}
\github{https://github.com/ada/proofs}\begin{document}
\begin{lemma}\label{a}\discussion{3}A.\end{lemma}\begin{lemma}\label{b}\discussion{5}B.\end{lemma}
\end{document}"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("GH_TOKEN", raising=False)
    monkeypatch.setenv("GITHUB_TOKEN", "secret-token")
    source = tmp_path / "p" / "blueprint" / "src"
    source.mkdir(parents=True)
    (source / "web.tex").write_text(SOURCE)
    return tmp_path / "p"


@pytest.fixture
def server(monkeypatch):
    with GithubServer() as made:
        made.issues = {3: ("open", ("emmy",)), 5: ("open", ())}
        monkeypatch.setattr("blueprint_app.live.issues.asking.api_of", lambda _repository: made.api)
        yield made


def test_nobody_is_asked_before_a_person_agrees(capsysbinary, folder, server):
    status, _, told = run(capsysbinary, "next", folder, "--github")
    assert status != 0
    assert "--send-to 127.0.0.1" in told
    assert server.calls == []


def test_an_agreement_holds_and_what_was_seen_is_told_without_a_net(capsysbinary, folder, server, monkeypatch):
    _, out, told = run(capsysbinary, "next", folder, "--github", "--send-to", "127.0.0.1")
    assert "2 issues of ada/proofs seen" in told
    assert "GitHub issue #3, assigned to emmy, seen just now" in " ".join(out.decode().split())
    assert run(capsysbinary, "next", folder, "--github")[0] == 0
    assert len(server.calls) == 4
    monkeypatch.delenv("GITHUB_TOKEN")
    offers = {each["id"]: each for each in json.loads(run(capsysbinary, "next", folder, "--json")[1])["offers"]}
    assert offers["a"]["claimed"]
    assert offers["a"]["claims"][0]["origin"] == "GitHub issue #3, assigned to emmy, seen just now"
    assert "GitHub issue #5, open, assigned to nobody, seen just now" in offers["b"]["reasons"]
    free = json.loads(run(capsysbinary, "next", folder, "--json", "--unclaimed")[1])["offers"]
    assert [each["id"] for each in free] == ["b"]
    assert len(server.calls) == 4


def test_without_a_token_it_says_how(capsysbinary, folder, server, monkeypatch):
    monkeypatch.delenv("GITHUB_TOKEN")
    status, _, told = run(capsysbinary, "next", folder, "--github")
    assert status != 0
    assert "no token" in told
    assert "$GITHUB_TOKEN" in told
    assert server.calls == []
