"""Credits from lines and commits that were made by hand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from blueprint_app.insight.attribution.credits import UNKNOWN, Blamed, BlamedFile, Side, node_credits, share_of
from blueprint_app.insight.attribution.people import CommitNames, Person, co_authors_in, model_name, models_in
from blueprint_app.insight.attribution.summaries import attribution_of
from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.place import Place
from blueprint_app.model.provenance import NO_PROVENANCE, Contribution, Part, ProjectProvenance
from tests.model.builders import blueprint, entries

ADA, EMMY = Person("Ada", "a@x.org"), Person("Emmy", "e@x.org")
CLAUDE = Person("Claude", "noreply@anthropic.com")
TIME = datetime(2025, 1, 1, tzinfo=UTC)


def commit(name: str, author: Person = ADA, *co_authors: Person, models: tuple[str, ...] = ()) -> CommitNames:
    return CommitNames(name, TIME, author, co_authors, models)


def blamed(lines: dict[str, str], *commits: CommitNames, **declarations: Place) -> Blamed:
    """Files whose lines are named by a letter each, "-" for a blank one."""
    files = {
        path: BlamedFile(
            path,
            Side.LEAN if path.endswith(".lean") else Side.TEXT,
            tuple("" if each == "-" else each for each in text),
        )
        for path, text in lines.items()
    }
    return Blamed(files, {each.id: each for each in commits}, declarations)


def one_node(**statement: object) -> Blueprint:
    """A blueprint with one lemma, whose statement is made otherwise."""
    found = blueprint("a: lemma")
    (lemma,) = found.nodes
    return replace(found, nodes=(replace(lemma, statement=replace(lemma.statement, **statement)),))


def test_a_line_counts_for_everyone_whom_its_commit_names() -> None:
    of = blamed({}, commit("a"), commit("b", EMMY, ADA))
    share = share_of(["a", "b", "b"], of)
    assert share.lines == 3
    assert [(each.name, each.lines, each.commits) for each in share.people] == [("Ada", 3, 2), ("Emmy", 2, 1)]
    assert share.models == ()


def test_models_are_not_people() -> None:
    of = blamed({}, commit("a", ADA, CLAUDE, models=("m-large",)), commit("b", CLAUDE))
    share = share_of(["a", "b"], of)
    assert [each.name for each in share.people] == ["Ada"]
    assert [(each.name, each.lines) for each in share.models] == [("Claude", 2), ("m-large", 1)]


def test_a_name_alone_makes_no_model() -> None:
    assert not Person("Claude Shannon", "claude@bell.example.org").is_model
    assert not Person("Claude", "noreply@anthropic.com.example.org").is_model
    for mail in ("noreply@anthropic.com", "198982749+Copilot@users.noreply.github.com", "cursoragent@cursor.com"):
        assert Person("x", mail).is_model


def test_what_is_before_the_clone_begins_is_nobodys() -> None:
    of = blamed({}, replace(commit("a", ADA, CLAUDE), is_boundary=True))
    assert [each.name for each in share_of(["a"], of).people] == [UNKNOWN]
    assert share_of(["a"], of).models == ()


def test_nodes_have_the_lines_of_their_passages_and_declarations() -> None:
    of_lean = entries("X.a Y.b Z.none")
    found = one_node(lean=of_lean, place=Place("t.tex", 2, 1, 4))
    of = blamed(
        {"t.tex": "eaa-e", "l.lean": "eeeea"},
        commit("a"),
        commit("e", EMMY),
        **{"X.a": Place("l.lean", 1, 1, 3), "Y.b": Place("l.lean", 3, 1, 5)},
    )
    (credit,) = node_credits(found, of, NO_PROVENANCE)
    assert [(each.name, each.lines) for each in credit.text.people] == [("Ada", 2)]
    # Line 3 stands in two declarations and counts once.
    assert [(each.name, each.lines) for each in credit.lean.people] == [("Emmy", 4), ("Ada", 1)]
    assert [(each.name, each.share.lines) for each in credit.declarations] == [("X.a", 3), ("Y.b", 3), ("Z.none", 0)]
    assert credit.declarations[2].place is None


def test_places_outside_of_a_file_do_no_harm() -> None:
    found = one_node(place=Place("t.tex", 0, 1, 900))
    (credit,) = node_credits(found, blamed({"t.tex": "a"}, commit("a")), NO_PROVENANCE)
    assert credit.text.lines == 1


def test_accepted_drafts_are_told_beside_what_git_says() -> None:
    draft = Contribution("id", Part.PROOF, "m-large", "2025-01-02T00:00:00+00:00", accepted="2025-01-03T00:00:00+00:00")
    found = attribution_of(
        "head", blueprint("a: lemma\nb: lemma"), blamed({}, commit("a")), ProjectProvenance({"a": (draft,)})
    )
    assert [(each.model, each.part) for each in found.nodes[0].recorded] == [("m-large", "proof")]
    assert found.nodes[1].recorded == ()
    (model,) = found.models
    assert (model.name, model.recorded, model.commits, model.first) == ("m-large", 1, 0, None)


def test_sums_over_the_project() -> None:
    of = blamed(
        {"t.tex": "aab-", "l.lean": "bbc"},
        commit("a"),
        commit("b", EMMY, ADA),
        commit("c", ADA, models=("m",)),
        commit("d", EMMY),
    )
    found = attribution_of("head", blueprint(""), of, NO_PROVENANCE)
    assert (found.text_lines, found.lean_lines, found.unknown_lines) == (3, 3, 0)
    ada, emmy = found.people
    assert (ada.authored, ada.co_authored, ada.commits, ada.text_lines, ada.lean_lines) == (2, 1, 3, 3, 3)
    assert (emmy.authored, emmy.co_authored, emmy.text_lines, emmy.lean_lines) == (2, 0, 1, 2)
    (model,) = found.models
    assert (model.assisted, model.co_authored, model.lean_lines, model.text_lines) == (1, 0, 1, 0)


def test_people_are_by_name_not_by_size() -> None:
    of = blamed({"t.tex": "bbbb"}, commit("a", Person("zoe")), commit("b", Person("Zara")), commit("c", Person("amy")))
    assert [each.name for each in attribution_of("h", blueprint(""), of, NO_PROVENANCE).people] == [
        "amy",
        "Zara",
        "zoe",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("blueprint-explorer:m-large [localhost]", "m-large"),
        ("Claude Code:claude-sonnet-4", "claude-sonnet-4"),
        ("GPT-9 <noreply@openai.com>", "GPT-9"),
        ("m-large", "m-large"),
        ("vendor/m-large:free", "vendor/m-large:free"),
        ("llama3:8b", "llama3:8b"),
        ("blueprint-explorer:llama3:8b-instruct", "llama3:8b-instruct"),
        ("[host]", ""),
    ],
)
def test_names_of_models_in_trailers(text: str, name: str) -> None:
    assert model_name(text) == name
    assert models_in(f"Prove it\n\nAssisted-By: {text}\n") == ((name,) if name else ())


def test_co_authors_stand_anywhere_in_a_message() -> None:
    message = "Squash\n\n* one\n\nCo-authored-by: Ada <a@x.org>\n\n* two\n\nco-authored-by:  <e@x.org>\n"
    message += "Co-authored-by: nobody\n"
    assert co_authors_in(message) == (ADA, Person("e@x.org", "e@x.org"))
