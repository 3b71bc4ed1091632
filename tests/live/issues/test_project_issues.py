"""Where a project's issues are, told from the blueprint or from git, and that nothing is asked without a token."""

import subprocess
from dataclasses import replace

import pytest

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.insight.next.issues import Repository
from blueprint_app.live.issues.kept import KeptIssues
from blueprint_app.live.issues.project_issues import look_again, project_issues, remote_of
from blueprint_app.model.errors import BlueprintError
from tests.fakes.github_server import GithubServer


@pytest.fixture
def folder(sample_copy):
    return sample_copy("primes")


@pytest.fixture
def kept(tmp_path):
    return KeptIssues(tmp_path / "kept" / "issues.sqlite")


def opened(folder, *, github="", discussed=("3", "5", "odd")):
    snapshot = open_project(folder)
    numbers = dict(zip((node.id for node in snapshot.blueprint.nodes), discussed, strict=False))
    nodes = tuple(replace(each, discussion=numbers.get(each.id)) for each in snapshot.blueprint.nodes)
    return replace(snapshot, blueprint=replace(snapshot.blueprint, nodes=nodes, github=github))


def git(folder, *words):
    subprocess.run(("git", *words), cwd=folder, check=True, capture_output=True)


def test_the_repository_is_that_of_the_blueprint_else_that_of_git(folder, kept):
    assert project_issues(opened(folder), kept).repository is None
    git(folder, "init", "-q")
    git(folder, "remote", "add", "origin", "git@github.com:emmy/proofs.git")
    assert remote_of(folder) == Repository("github.com", "emmy", "proofs")
    git(folder, "remote", "add", "upstream", "https://github.com/ada/proofs")
    assert project_issues(opened(folder), kept).repository == Repository("github.com", "ada", "proofs")
    named = opened(folder, github="https://github.com/lean/blueprint")
    assert project_issues(named, kept).repository == Repository("github.com", "lean", "blueprint")


def test_it_says_why_github_cannot_be_asked(folder, kept, monkeypatch):
    for name in ("GITHUB_TOKEN", "GH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    address = "https://github.com/ada/proofs"
    for snapshot, words in (
        (opened(folder, discussed=()), "No node names an issue"),
        (opened(folder), "not known in which repository"),
        (opened(folder, github=address), "no token"),
    ):
        with pytest.raises(BlueprintError, match=words):
            look_again(project_issues(snapshot, kept), kept)


def test_what_was_asked_is_known_afterwards_without_a_net(folder, kept, monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "secret-token")
    snapshot = opened(folder, github="https://github.com/ada/proofs")
    before = project_issues(snapshot, kept)
    assert before.can_be_asked
    assert before.seen == ()
    sent = before.what_is_sent()
    assert "https://api.github.com/repos/ada/proofs/issues/3" in sent
    assert "2 issue numbers" in sent
    assert "secret-token" not in sent
    with GithubServer() as server:
        server.issues = {3: ("open", ("emmy",)), 5: ("open", ())}
        look_again(before, kept, api=server.api)
    monkeypatch.delenv("GITHUB_TOKEN")
    after = project_issues(snapshot, kept)
    assert [(each.number, each.assignees) for each in after.seen] == [(3, ("emmy",)), (5, ())]
    assert after.seen_at is not None
    assert not after.can_be_asked
