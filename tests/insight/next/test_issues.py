"""Issues read from GitHub's answers, told in words with their age, and counted as claims."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.next.issues import (
    Issue,
    Repository,
    age_in_words,
    issue_from,
    issue_numbers,
    repository_in,
    with_issues,
)
from blueprint_app.insight.next.next_lemma import next_lemmas
from blueprint_app.insight.next.offer_words import reasons
from blueprint_app.model.claim import NO_CLAIMS
from tests.insight.evidence import made

NOW = datetime(2026, 11, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ada/proofs",
        "https://github.com/ada/proofs.git",
        "https://user:pass@github.com/ada/proofs/tree/main",
        "git@github.com:ada/proofs.git",
        "ssh://git@github.com:22/ada/proofs",
        "https://www.github.com/ada/proofs/",
    ],
)
def test_a_repository_is_found_in_what_git_and_people_write(address):
    assert repository_in(address) == Repository("github.com", "ada", "proofs")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/home/ada/proofs",
        "https://gitlab.com/ada/proofs",
        "https://github.com/ada",
        "https://github.com.evil.org/ada/proofs",
        "https://github.com/ada/..",
    ],
)
def test_no_other_address_is_taken(address):
    assert repository_in(address) is None


def test_an_answer_is_read_and_its_text_made_harmless():
    data = {"number": 3, "state": "open", "title": "A\x1b[31m\nb", "assignees": [{"login": "emmy"}, {"x": 1}, None]}
    assert issue_from(data, NOW) == Issue(3, True, ("emmy",), "A [31m b", NOW)
    for wrong in ([], {"number": "3"}, {"number": 3}):
        with pytest.raises(ValueError, match="it "):
            issue_from(wrong, NOW)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=2, minutes=5), "2 h ago"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=60), "on 2026-09-05"),
    ],
)
def test_the_age_of_what_was_seen(age, words):
    assert age_in_words(NOW - age, NOW) == words


def discussed():
    snapshot = made("a: definition\nb: definition\nc: definition")
    nodes = tuple(replace(each, discussion=text) for each, text in zip(snapshot.blueprint.nodes, "357", strict=True))
    return replace(snapshot, blueprint=replace(snapshot.blueprint, nodes=nodes))


def test_an_assigned_issue_counts_as_claimed_and_says_so():
    snapshot, seen = discussed(), NOW - timedelta(hours=2)
    assert issue_numbers(snapshot) == (3, 5, 7)
    issues = (Issue(3, True, ("emmy", "ada"), "t", seen), Issue(5, True, (), "t", seen))
    claims = with_issues(NO_CLAIMS, snapshot, issues, NOW)
    found = next_lemmas(snapshot, date(2026, 11, 4), claims=claims)
    assert {offer.node: offer.is_claimed for offer in found.offers} == {"a": True, "b": False, "c": False}
    assert found.offers[-1].node == "a"

    def told(node):
        offer = next(offer for offer in found.offers if offer.node == node)
        return reasons(snapshot, found.standing, offer, date(2026, 11, 4), plain_heading)[-1]

    assert told("a") == "GitHub issue #3, assigned to emmy, ada, seen 2 h ago"
    assert told("b") == "GitHub issue #5, open, assigned to nobody, seen 2 h ago"
    assert told("c") == "discussed in issue #7; who works on it is not known here"


def test_a_closed_issue_claims_nothing():
    snapshot = discussed()
    claims = with_issues(NO_CLAIMS, snapshot, (Issue(3, False, ("emmy",), "t", NOW),), NOW)
    assert claims.claims == ()
    assert claims.issues == {"3": "GitHub issue #3, closed, seen just now"}
