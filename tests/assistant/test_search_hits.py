"""What a context is told of a search: nodes, declarations of the project, and those of packages made ready."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from blueprint_app.assistant.context import Part
from blueprint_app.assistant.search_hits import SearchHits
from blueprint_app.assistant.tasks import Task
from blueprint_app.bootstrap.assisting import assistant_for
from blueprint_app.bootstrap.searching import library_index
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from tests.lean.test_library_index import add_packages

NODE = NodeId("lem:fib-squares")
NUMBERS = """
/-- Squares of Fibonacci numbers add up to a product of two of them. -/
theorem Series.fib_sq_sum (n : Nat) : n = n := rfl

/-- A tree has a root. -/
theorem Tree.has_root : True := trivial
"""


class GivenUpError(Exception):
    pass


def declared(hits: object) -> list[str]:
    return [hit.declaration for hit in hits if hit.node is None]  # type: ignore[attr-defined]


def nodes(hits: object) -> list[str]:
    return [hit.node for hit in hits if hit.node is not None]  # type: ignore[attr-defined]


@pytest.fixture
def project(sample_copy: Callable[[str], Path]) -> Path:
    return add_packages(sample_copy("primes"), {"series": {"Series.Sums": NUMBERS}})


def test_declarations_of_the_project_that_fit_are_told_with_their_statements(primes: Snapshot) -> None:
    hits = SearchHits()(primes, NODE, Task.RELATED)
    assert nodes(hits)
    found = {hit.declaration: hit.text for hit in hits if hit.node is None}
    assert 0 < len(found) <= 6
    assert "Primes.sumTo_fib" in found
    assert found["Primes.sumTo_fib"].startswith("-- Primes.Fibonacci\n")
    assert "theorem sumTo_fib" in found["Primes.sumTo_fib"]


def test_what_the_node_and_what_it_uses_declare_is_told_elsewhere(primes: Snapshot) -> None:
    hits = SearchHits()(primes, NODE, Task.STATE)
    own = {"Primes.sumTo_fib_sq", "Primes.fib", "Primes.sumTo"}
    assert own <= set(primes.evidence.declarations)
    assert not own & set(declared(hits))
    assert not {NODE, "def:fib", "def:sum"} & set(nodes(hits))


def test_a_proof_is_told_of_nothing_that_stands_below_it(primes: Snapshot) -> None:
    place = primes.evidence.declarations["Primes.sumTo_fib"].place
    assert place is not None
    for node in ("lem:fib-sum", "lem:fib-squares", "lem:fib-mono"):
        hits = SearchHits()(primes, NodeId(node), Task.PROVE)
        goal = primes.node_evidence[NodeId(node)].declarations[0]
        assert goal.place is not None
        for name in declared(hits):
            other = primes.evidence.declarations[name].place
            assert other is not None
            assert other.file != goal.place.file or other.line < goal.place.line
    # What can be used comes before what is only like it, as what comes last is left out first.
    assert SearchHits()(primes, NODE, Task.PROVE)[0].declaration


def test_other_tasks_are_told_of_nodes_or_of_nothing(primes: Snapshot) -> None:
    hits = SearchHits()
    assert declared(hits(primes, NODE, Task.SPLIT)) == []
    assert nodes(hits(primes, NODE, Task.SPLIT))
    for task in (Task.EXPLAIN, Task.CRITIQUE, Task.RETELL):
        assert hits(primes, NODE, task) == ()
    assert SearchHits()(primes, NODE, Task.EXPLAIN) == ()


def test_packages_are_searched_once_they_were_made_ready_and_never_read(
    project: Path, read_with_lean: Callable[[Path], Snapshot]
) -> None:
    snapshot, hits = read_with_lean(project), SearchHits(lambda: library_index(project))
    assert "Series.fib_sq_sum" not in declared(hits(snapshot, NODE, Task.RELATED))
    index = library_index(project)
    assert index is not None
    assert not any(each.is_indexed for each in index.libraries())
    index.build()
    for task in (Task.RELATED, Task.STATE, Task.PROVE):
        found = {hit.declaration: hit.text for hit in hits(snapshot, NODE, task)}
        text = found["Series.fib_sq_sum"]
        assert text.startswith("-- Series.Sums, package series\n/-- Squares of Fibonacci numbers add up")
        assert "theorem Series.fib_sq_sum (n : Nat) : n = n" in text
        assert "Tree.has_root" not in found


def test_the_hits_stand_in_what_is_sent(project: Path, read_with_lean: Callable[[Path], Snapshot]) -> None:
    snapshot = read_with_lean(project)
    index = library_index(project)
    assert index is not None
    index.build()
    context = assistant_for(project).context(snapshot, NODE, Task.RELATED)
    told = [section.declaration for section in context.sections if section.part is Part.RELATED]
    assert {"Series.fib_sq_sum", "Primes.sumTo_fib"} <= set(told)


def test_a_changed_text_is_found_by_its_new_words(primes: Snapshot) -> None:
    hits = SearchHits()
    before = hits._node_index(primes, lambda: None)
    node = primes.nodes[NODE]
    other = replace(node, statement=replace(node.statement, tex="Every zeppelin is aloft."))
    changed = tuple(other if each.id == NODE else each for each in primes.blueprint.nodes)
    newer = replace(primes, blueprint=replace(primes.blueprint, nodes=changed))
    after = hits._node_index(newer, lambda: None)
    assert before.find("zeppelin") == ()
    assert [hit.node for hit in after.find("zeppelin")] == [NODE]
    assert "zeppelin" in after.key_words(NODE)
    # Words of the texts that stayed are those of the former index, not made again.
    kept = primes.nodes[NodeId("lem:fib-sum")].statement.tex
    assert after._passages[kept] is before._passages[kept]


def test_it_can_be_stopped_while_it_works_and_while_it_waits(primes: Snapshot) -> None:
    hits = SearchHits()

    def give_up() -> None:
        raise GivenUpError

    with pytest.raises(GivenUpError):
        hits(primes, NODE, Task.RELATED, give_up)
    assert hits(primes, NODE, Task.RELATED)
    with hits._lock, pytest.raises(GivenUpError):
        hits(primes, NODE, Task.RELATED, give_up)


def test_several_threads_may_ask_at_once(primes: Snapshot) -> None:
    expected, hits, answers = SearchHits()(primes, NODE, Task.RELATED), SearchHits(), []
    threads = [threading.Thread(target=lambda: answers.append(hits(primes, NODE, Task.RELATED))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4
