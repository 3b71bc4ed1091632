"""What is listed as changed between two snapshots, and what is not."""

from pathlib import Path

import pytest

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live.changes import Aspect, Change, changes_between, counterparts
from blueprint_app.model.snapshot import Snapshot

HEAD = r"""\documentclass{report}
\usepackage{amsthm}
\usepackage[dep_graph]{blueprint}
\newtheorem{theorem}{Theorem}
\newtheorem{lemma}[theorem]{Lemma}
\begin{document}
"""

LEMMA = "\\begin{lemma}[Small]\\label{a} Small. \\end{lemma}\n\\begin{proof} Easy. \\end{proof}\n"
THEOREM = "\\begin{theorem}\\label{b}\\uses{a} Large. \\end{theorem}\n"


@pytest.fixture
def read(tmp_path: Path):
    """A function from the text of a document to its snapshot."""

    def reader(*texts: str) -> Snapshot:
        (tmp_path / "web.tex").write_text(HEAD + "".join(texts) + "\\end{document}\n")
        return open_project(tmp_path / "web.tex")

    return reader


def found(old: Snapshot, new: Snapshot) -> list[tuple[str, Aspect]]:
    return [(change.node, change.aspect) for change in changes_between(old, new)]


def test_the_same_text_has_no_changes(read) -> None:
    assert changes_between(read(LEMMA, THEOREM), read(LEMMA, THEOREM)) == ()


def test_lines_that_move_and_numbers_do_not_count(read) -> None:
    new = read("Words.\n\n", LEMMA.replace("\\label{a}", "\\label{c}").replace("Small", "Tiny"), LEMMA, THEOREM)
    assert found(read(LEMMA, THEOREM), new) == [("c", Aspect.ADDED)]


def test_a_claim_changes_the_headline_from_and_to(read) -> None:
    claimed = LEMMA.replace("\\label{a}", "\\label{a}\\leanok")
    changes = changes_between(read(LEMMA, THEOREM), read(claimed, THEOREM))
    assert changes[0] == Change("a", Aspect.HEADLINE, "informal", "stated")
    assert {(change.node, change.aspect) for change in changes[1:]} == {("a", Aspect.COLOUR), ("b", Aspect.COLOUR)}


@pytest.mark.parametrize(
    ("old", "new", "aspect"),
    [
        ("Small. ", "Smaller. ", Aspect.STATEMENT),
        ("Easy", "Hard", Aspect.PROOF),
        ("[Small]", "[Tiny]", Aspect.TITLE),
        ("\\label{a}", "\\label{a}\\lean{A.b}", Aspect.DECLARATIONS),
    ],
)
def test_each_aspect(read, old: str, new: str, aspect: Aspect) -> None:
    assert found(read(LEMMA), read(LEMMA.replace(old, new))) == [("a", aspect)]


def test_a_use_that_goes(read) -> None:
    assert ("b", Aspect.USES) in found(read(LEMMA, THEOREM), read(LEMMA, THEOREM.replace("\\uses{a}", "")))


def test_a_node_that_goes(read) -> None:
    assert found(read(LEMMA, THEOREM), read(LEMMA)) == [("b", Aspect.REMOVED)]


def test_a_label_that_changes_is_a_new_name_and_no_new_use(read) -> None:
    old, new = read(LEMMA, THEOREM), read(LEMMA.replace("{a}", "{aa}"), THEOREM.replace("{a}", "{aa}"))
    assert counterparts(old, new) == {"aa": "a", "b": "b"}
    assert changes_between(old, new) == (Change("aa", Aspect.RENAMED, "a", "aa"),)


def test_unlabelled_nodes_are_known_by_their_text(read) -> None:
    first, second = "\\begin{lemma} One. \\end{lemma}\n", "\\begin{lemma} Two. \\end{lemma}\n"
    third = "\\begin{lemma} Three. \\end{lemma}\n"
    old, new = read(first, second), read(third, first, second)
    ids = [node.id for node in new.blueprint.nodes]
    assert found(old, new) == [(ids[0], Aspect.ADDED)]
    assert [counterparts(old, new).get(node) for node in ids] == [None, *(node.id for node in old.blueprint.nodes)]


def test_every_counterpart_is_one_nodes_alone(read) -> None:
    same = "\\begin{lemma} Same. \\end{lemma}\n"
    for new in (read(same), read(same, same), read(same, same, same, LEMMA)):
        pairs = counterparts(read(same, same, LEMMA), new)
        assert len(set(pairs.values())) == len(pairs)
