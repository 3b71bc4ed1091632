"""Finding by meaning: which node is found, where, and what vectors and edits change."""

import threading
from dataclasses import replace

import pytest

from blueprint_app.insight.search.full_text import (
    DeclarationIndex,
    Field,
    FullTextIndex,
    declaration_index,
    texts_to_embed,
)
from blueprint_app.model.blueprint import (
    Blueprint,
    Heading,
    ListCommand,
    ListEntry,
    MacroDefinition,
    Node,
    NodeId,
    Passage,
    Reading,
)
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import NO_EVIDENCE, DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.model.place import Place

PLACE = Place("content.tex", 1)


def listed(*names):
    return (ListCommand(tuple(ListEntry(name, PLACE) for name in names), PLACE),) if names else ()


def node(label, tex, *, title="", lean=(), proof="", uses=(), path=()):
    statement = Passage(tex, PLACE, uses=listed(*uses), lean=listed(*lean))
    return Node(
        NodeId(label),
        (label,),
        "lemma",
        "Lemma",
        "1",
        title,
        path,
        statement,
        Passage(proof, PLACE) if proof else None,
    )


NODES = (
    node("def:ent", r"The \emph{entropy} of $X$ is $\bbH[X] := \sum_x p_x \log(1/p_x)$.", title="Entropy", path=(1,)),
    node("lem:nonneg", r"$\bbH[X] \geq 0$.", uses=("def:ent",), lean=("Demo.entropy_nonneg",), path=(1,)),
    node("lem:jensen", r"$\bbH[X] \leq \log |S|$.", title="Jensen bound", proof="By concavity of the logarithm."),
    node("lem:sum", r"Sums of squares are minimised by means.", lean=("Demo.sumSq_min",)),
    node("thm:szem", r"Dense sets of integers have progressions.", title=r"Szemer\'edi"),
    node("lem:ideal", r"Every prime ideal of $\mathcal{O}_K$ is maximal."),
)
MACROS = (MacroDefinition("bbH", 0, r"\mathbb {H}"),)


def snapshot(nodes=NODES, evidence=NO_EVIDENCE, macros=MACROS):
    headings = (Heading(1, "chapter", "1", "Information theory", PLACE),)
    labels = {each.id: each.id for each in nodes}
    blueprint = Blueprint("/project", "Test", tuple(nodes), headings, labels, macros=macros)
    return snapshot_of(blueprint, Reading.LEANBLUEPRINT, evidence)


def found(index, question, **options):
    return [hit.node for hit in index.find(question, **options)]


@pytest.fixture(scope="module")
def index():
    return FullTextIndex(snapshot())


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("entropy is never negative", "lem:nonneg"),
        (r"\bbH[X] \le \log", "lem:jensen"),
        ("szemeredi", "thm:szem"),
        ("Szemerédi", "thm:szem"),
        ("a minimum of the sum of squares", "lem:sum"),
        ("sumSq_min", "lem:sum"),
        ("concave logarithm", "lem:jensen"),
        ("prime ideals are maximal", "lem:ideal"),
        ("idael", None),
        ("progresions in dense sets", "thm:szem"),
    ],
)
def test_questions_in_plain_words_find_their_node(index, question, best):
    assert next(iter(found(index, question)), None) == best


def test_a_hit_says_where_the_words_were_met(index):
    by_title, by_name = index.find("szemeredi")[0], index.find("sumSq_min")[0]
    assert (by_title.field, by_title.excerpt) == (Field.TITLE, "")
    assert (by_name.field, by_name.excerpt) == (Field.LEAN_NAME, "Demo.sumSq_min")
    in_proof = index.find("concavity")[0]
    assert (in_proof.node, in_proof.field, in_proof.excerpt) == (
        "lem:jensen",
        Field.PROOF,
        "By concavity of the logarithm.",
    )
    by_section = [hit for hit in index.find("information theory") if hit.node == "lem:nonneg"]
    assert by_section[0].field is Field.SECTION


def test_blank_questions_and_unknown_words_find_nothing(index):
    assert found(index, "") == found(index, "   ") == found(index, "zzzzzz") == found(index, '")(*^:') == []


def test_a_word_that_is_being_typed_finds_what_begins_so(index):
    assert found(index, "pro") == []
    assert found(index, "pro", is_typing=True) == ["thm:szem"]
    assert found(index, "pro ", is_typing=True) == []


def test_what_a_statement_says_goes_before_what_a_proof_says():
    nodes = (node("in-proof", "A bound.", proof="Use a compact operator."), node("stated", "A compact operator."))
    assert found(FullTextIndex(snapshot(nodes)), "compact operator") == ["stated", "in-proof"]


def test_docstrings_count_and_say_so():
    evidence = ProjectEvidence(
        {"Demo.sumSq_min": DeclarationEvidence("Demo.sumSq_min", EvidenceLevel.SOURCE, doc="The barycentre wins.")}
    )
    hit = FullTextIndex(snapshot(evidence=evidence)).find("barycentre")[0]
    assert (hit.node, hit.field, hit.excerpt) == ("lem:sum", Field.DOCSTRING, "The barycentre wins.")


def test_no_nodes_is_no_trouble():
    assert FullTextIndex(snapshot(())).find("anything") == ()


def test_an_index_made_from_a_former_one_is_the_same(index):
    changed = (node("lem:nonneg", "Brouwer's fixed points."), *NODES[2:])
    questions = ("entropy", "fixed points of Brouwer", "logarithm")
    anew, renewed = FullTextIndex(snapshot(changed)), FullTextIndex(snapshot(changed), index)
    assert [renewed.find(each) for each in questions] == [anew.find(each) for each in questions]
    assert found(renewed, "brouwer") == ["lem:nonneg"]


def test_other_macros_are_not_taken_from_a_former_index(index):
    other = snapshot(macros=(MacroDefinition("bbH", 0, r"\text{capacity}"),))
    assert "lem:nonneg" in found(FullTextIndex(other, index), "capacity")


def test_vectors_rank_as_well(index):
    fresh = FullTextIndex(snapshot())
    fresh.take_vectors({NodeId("lem:ideal"): [1.0, 0.0], NodeId("lem:sum"): [0.0, 2.0], NodeId("gone"): [1.0, 1.0]})
    hits = fresh.find("zzzz", vector=[0.9, 0.1])
    assert [(hit.node, hit.field) for hit in hits] == [
        ("lem:ideal", Field.MEANING),
        ("lem:sum", Field.MEANING),
    ]
    assert fresh.find("zzzz") == ()
    assert fresh.find("zzzz", vector=[1.0, 0.0, 0.0]) == ()
    assert index.find("zzzz", vector=[1.0, 0.0]) == ()


def test_the_texts_to_make_vectors_of_name_their_nodes():
    texts = texts_to_embed(snapshot())
    assert texts["lem:jensen"].startswith("Lemma 1 (Jensen bound)\n")
    assert set(texts) == {each.id for each in NODES}


def test_several_threads_may_ask_at_once(index):
    expected = index.find("entropy of a sum")
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.extend(index.find("entropy of a sum") for _ in range(20)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 80
    assert all(each == expected for each in answers)


def test_making_it_can_be_given_up():
    class GivenUpError(Exception):
        pass

    def check():
        raise GivenUpError

    with pytest.raises(GivenUpError):
        FullTextIndex(snapshot(), check=check)


def test_making_it_can_be_given_up_after_the_texts_were_read():
    class GivenUpError(Exception):
        pass

    calls = []
    FullTextIndex(snapshot(), check=lambda: calls.append(None))
    assert len(calls) > len(NODES)
    for last in range(1, len(calls) + 1):
        left = iter(range(last))

        def check(left=left, last=last):
            if next(left) == last - 1:
                raise GivenUpError

        with pytest.raises(GivenUpError):
            FullTextIndex(snapshot(), check=check)


def test_many_texts_are_ranked_as_few_are():
    many = [node(f"lem:{number}", f"Filler number {number}.") for number in range(1_200)]
    index = FullTextIndex(snapshot((*many[:700], *NODES, *many[700:])))
    assert index.find("jensen")[0].node == "lem:jensen"
    assert index.find("filler 1150")[0].node == "lem:1150"
    assert FullTextIndex(snapshot(())).find("anything") == ()


DECLARATIONS = (
    DeclarationEvidence("Demo.entropy_nonneg", EvidenceLevel.SOURCE, statement="theorem entropy_nonneg : 0 ≤ H[X]"),
    DeclarationEvidence("Demo.card_pos", EvidenceLevel.SOURCE, doc="A nonempty finite set has elements."),
    DeclarationEvidence("Demo.entropy_nonneg.eq_1", EvidenceLevel.SOURCE, is_generated=True),
)


def test_declarations_are_found_by_name_statement_and_docstring():
    index = DeclarationIndex(DECLARATIONS)
    names = [[hit.declaration.name for hit in index.find(question)] for question in ("nonnegative entropy", "finite")]
    assert names == [["Demo.entropy_nonneg"], ["Demo.card_pos"]]
    assert index.find("finite")[0].field is Field.DOCSTRING
    assert index.find("finite")[0].excerpt == "A nonempty finite set has elements."


def test_the_declarations_of_a_snapshot_are_those_of_its_evidence():
    evidence = ProjectEvidence({each.name: each for each in DECLARATIONS})
    index = declaration_index(snapshot(evidence=evidence))
    assert [hit.declaration.name for hit in index.find("cardinality")] == ["Demo.card_pos"]


def test_an_index_of_declarations_takes_the_words_of_those_that_stayed():
    former = DeclarationIndex(DECLARATIONS)
    changed = replace(DECLARATIONS[1], doc="A nonempty finite set is inhabited.")
    newer = DeclarationIndex((DECLARATIONS[0], changed), former)
    kept = DECLARATIONS[0].name, "", DECLARATIONS[0].statement
    assert newer._known[kept] is former._known[kept]
    assert [hit.declaration for hit in newer.find("inhabited")] == [changed]
    assert newer.find("elements") == ()


def test_the_words_that_tell_a_node_from_others(index):
    words = index.key_words("lem:jensen")
    assert words[0] == "jensen"
    assert {"entropy", "logarithm"} & set(words)
    assert "x" not in words
    assert "the" not in words
    assert index.key_words("lem:jensen", 2) == words[:2]
    assert {"sum", "squares", "min"} <= set(index.key_words("lem:sum"))
