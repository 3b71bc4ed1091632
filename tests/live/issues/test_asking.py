"""Issues asked of a real HTTP server: what is sent, what is kept, and what is said when it does not work."""

import pytest

from blueprint_app.insight.next.issues import Repository
from blueprint_app.live.issues.asking import ask, token_in
from blueprint_app.live.issues.kept import Allowed, KeptIssues
from blueprint_app.model.errors import BlueprintError
from tests.fakes.github_server import GithubServer

REPOSITORY = Repository("github.com", "ada", "proofs")


@pytest.fixture
def server():
    with GithubServer() as made:
        made.issues = {3: ("open", ("emmy",)), 5: ("closed", ()), 8: ("open", ())}
        yield made


def asked(server, *numbers, token="secret-token", before=None):
    return ask(REPOSITORY, numbers, token, before or {}, api=server.api)


def test_each_issue_is_asked_for_with_the_token_and_nothing_else(server):
    answer = asked(server, 3, 5, 7, 8)
    issues = [each.issue for each in answer.known]
    assert [(each.number, each.is_open, each.assignees) for each in issues] == [
        (3, True, ("emmy",)),
        (5, False, ()),
        (8, True, ()),
    ]
    assert (answer.gone, answer.trouble) == ((7,), "")
    assert [path for path, _headers in server.calls] == [f"/repos/ada/proofs/issues/{n}" for n in (3, 5, 7, 8)]
    assert all(headers.get("Authorization") == "Bearer secret-token" for _path, headers in server.calls)


def test_what_has_not_changed_is_not_sent_again_and_counts_as_seen_now(server, tmp_path):
    kept = KeptIssues(tmp_path / "issues.sqlite")
    kept.write(REPOSITORY, asked(server, 3, 5).known, ())
    before = kept.read(REPOSITORY)
    server.issues[5] = ("open", ("ada",))
    answer = asked(server, 3, 5, before=before)
    assert [headers.get("If-None-Match") for _path, headers in server.calls[2:]] == [before[3].mark, before[5].mark]
    assert answer.known[0].issue.assignees == ("emmy",)
    assert answer.known[0].issue.seen > before[3].issue.seen
    assert answer.known[1].issue.assignees == ("ada",)


def test_what_is_kept_comes_back_and_what_is_gone_goes(server, tmp_path):
    kept = KeptIssues(tmp_path / "issues.sqlite")
    known = asked(server, 3, 5).known
    kept.write(REPOSITORY, known, ())
    assert KeptIssues(kept.path).read(REPOSITORY) == {each.issue.number: each for each in known}
    assert kept.read(Repository("github.com", "emmy", "rings")) == {}
    kept.write(REPOSITORY, (), (3,))
    assert set(kept.read(REPOSITORY)) == {5}


def test_a_limit_ends_the_asking_and_keeps_what_was_read(server):
    server.left = 2
    answer = asked(server, 3, 5, 8)
    assert [each.issue.number for each in answer.known] == [3, 5]
    assert "takes no more requests before 22:13 UTC" in answer.trouble
    assert "2 of 3" in answer.trouble
    with pytest.raises(BlueprintError, match="takes no more requests"):
        asked(server, 3)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((429, {"Retry-After": "90"}, b""), "takes no more requests for 2 min"),
        ((403, {}, b""), "does not let this token read issues of ada/proofs"),
        ((500, {}, b""), "answers with status 500"),
        ((200, {}, b"<html>"), "sent something else than an issue"),
        ((200, {}, b'{"number": 3, "state": "odd"}'), "does not say whether it is open"),
        ((200, {}, b"x" * (5 * 2**20)), "sent more than an issue can be"),
        ((302, {"Location": "http://elsewhere.invalid/"}, b""), "answers with another address"),
    ],
)
def test_an_answer_that_does_not_help_is_told(server, answer, words):
    server.answer = answer
    with pytest.raises(BlueprintError, match=words):
        asked(server, 3)
    assert len(server.calls) == 1, "nothing follows to another host"


def test_a_wrong_token_is_told(server):
    with pytest.raises(BlueprintError, match="does not accept the token"):
        asked(server, 3, token="other")


def test_a_repository_that_is_not_shown_is_told_apart_from_an_issue_that_is_not_there(server):
    assert asked(server, 7).gone == (7,)
    server.repository = "emmy/rings"
    with pytest.raises(BlueprintError, match="shows no repository ada/proofs to this token"):
        asked(server, 3, 5)


def test_a_server_that_is_not_there_is_told(server):
    with pytest.raises(BlueprintError, match="cannot be reached"):
        ask(REPOSITORY, (3,), "t", {}, api="http://127.0.0.1:9")


def test_the_token_is_taken_from_the_environment():
    assert token_in({"GH_TOKEN": "b", "GITHUB_TOKEN": " "}) == ("b", "GH_TOKEN")
    assert token_in({"GITHUB_TOKEN": "a\nX-Other: b"}) == ("", "")


def test_who_agreed_is_asked_once_a_project(tmp_path):
    allowed = Allowed(tmp_path / "config" / "issues.json")
    assert not allowed.holds(REPOSITORY, tmp_path)
    allowed.add(REPOSITORY, tmp_path)
    assert Allowed(allowed.path).holds(REPOSITORY, tmp_path)
    assert not allowed.holds(REPOSITORY, tmp_path / "other")
    assert not allowed.holds(Repository("github.com", "emmy", "rings"), tmp_path)
    allowed.path.write_text("{")
    assert not allowed.holds(REPOSITORY, tmp_path)
