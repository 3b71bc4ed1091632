"""Who made each commit of a history, as git and the messages tell."""

import re
from collections.abc import Iterable, Mapping

from blueprint_app.insight.attribution.people import CommitNames, Person, co_authors_in, models_in
from blueprint_app.live.past.git import Check, Clone, Git, GitError
from blueprint_app.live.past.main_line import readable, time_of

_FORMAT = "%H%n%ct%n%aN%n%aE%n%B"
_CONTACT = re.compile(r"([^<>\n]*) <([^<>\s]*)>")
_PLAIN = re.compile(r"[^<>\n\0]+")


def commit_names(git: Git, clone: Clone, check: Check) -> Mapping[str, CommitNames]:
    """All commits that what is checked out was made from, newest first, by id; ``.mailmap`` applied."""
    words = ["log", "-z", "--no-color", "--use-mailmap", "--encoding=UTF-8", f"--format={_FORMAT}", clone.head, "--"]
    entries = [entry for entry in git.run(words, check).decode("utf-8", "replace").split("\0") if entry.strip()]
    headers = [[*entry.lstrip("\n").split("\n", 4), "", "", "", ""][:5] for entry in entries]
    co_authors = {header[0]: co_authors_in(header[4]) for header in headers}
    mapped = _mapped(git, {each for people in co_authors.values() for each in people}, check)
    return {
        commit: CommitNames(
            commit,
            time_of(seconds),
            author := Person(readable(name), readable(mail)),
            tuple(dict.fromkeys(mapped[each] for each in co_authors[commit] if mapped[each].name != author.name)),
            tuple(map(readable, models_in(message))),
            commit in clone.boundary,
        )
        for commit, seconds, name, mail, message in headers
    }


def _mapped(git: Git, people: Iterable[Person], check: Check) -> dict[Person, Person]:
    """What ``.mailmap`` makes of people; git is asked about all at once."""
    asked = [each for each in people if _PLAIN.fullmatch(each.name) and _PLAIN.fullmatch(each.mail)]
    found = {each: _shown(each) for each in people}
    if not asked:
        return found
    given = "".join(f"{each.name} <{each.mail}>\n" for each in asked).encode("utf-8", "replace")
    try:
        answers = git.run(["check-mailmap", "--stdin"], check, given).decode("utf-8", "replace").splitlines()
    except GitError:
        return found
    for each, answer in zip(asked, answers, strict=False):
        contact = _CONTACT.fullmatch(answer)
        if contact is not None:
            found[each] = _shown(Person(contact[1], contact[2]))
    return found


def _shown(person: Person) -> Person:
    return Person(readable(person.name), readable(person.mail))
