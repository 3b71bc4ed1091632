"""Citations lead where they say, and what does not exist is marked as such: no more and no less than is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.citations import Citation, Citations
from blueprint_app.model.snapshot import Snapshot


@pytest.fixture(scope="module")
def citations(primes: Snapshot) -> Citations:
    return Citations(primes)


def test_a_node_is_called_by_its_number(citations: Citations) -> None:
    assert citations.resolve("thm:euclid") == Citation("thm:euclid", "Theorem 3.5", "thm:euclid", hint="Euclid")
    assert citations.resolve(" thm:euclid | what Euclid shows ").words == "what Euclid shows"


def test_a_label_that_does_not_exist_is_marked(citations: Citations) -> None:
    invented = citations.resolve("lem:invented")
    assert invented.exists is False
    assert invented.node is None
    assert "no such label" in invented.hint


def test_an_equation_leads_to_the_node_that_holds_it(citations: Citations) -> None:
    equation = citations.resolve("eq:fib-add")
    assert equation.exists
    assert equation.node == "thm:fib-add"
    assert equation.words == "Equation 1"


@pytest.mark.parametrize(
    ("name", "exists", "node"),
    [
        ("Primes.fib_add", True, "thm:fib-add"),
        ("Primes.fib_add_two", True, None),
        ("Primes.invented", False, None),
        ("Primes.sparse_unique", False, None),
        ("Nat.gcd_comm", None, None),
        ("Nat.gcd_add_mul_right_right", True, "lem:gcd-step"),
    ],
)
def test_a_declaration_is_known_missing_or_not_looked_up(
    citations: Citations, name: str, exists: bool | None, node: str | None
) -> None:
    found = citations.resolve(f"lean:{name}")
    assert (found.exists, found.node, found.declaration) == (exists, node, name)
    assert found.is_declaration
    assert found.hint


def test_a_declaration_of_no_node_leads_to_its_place(citations: Citations) -> None:
    place = citations.resolve("lean: Primes.fib_add_two").place
    assert place.file == "Primes/Fibonacci.lean"


def test_code_counts_only_if_it_names_something(citations: Citations) -> None:
    assert citations.resolve("lem:fib-sum", True).node == "lem:fib-sum"
    assert citations.resolve("Primes.fib_add_two", True).exists
    for code in ("omega", "n + 1", "lem:invented", "Nat.gcd_comm", "thm:euclid|x", ""):
        assert citations.resolve(code, True) is None


def test_an_answer_is_read_outside_of_its_code(citations: Citations) -> None:
    answer = """By [[def:fib]] and `[[lem:fib-dvd]]`, then [[def:fib]] again; `lem:fib-sum` and `omega`;
[[lean:Nat.gcd_comm]].

```lean
example : [[1]] = [[lem:hidden]] := by simp
```

In the end [[lem:nope]], but [[not
a citation]], and ``[[thm:gauss]]``.
"""
    found = citations.cited(answer)
    assert [citation.label for citation in found] == [
        "def:fib", "lem:fib-dvd", "lem:fib-sum", "Nat.gcd_comm", "lem:nope", "thm:gauss",
    ]  # fmt: skip
    assert [citation.exists for citation in found] == [True, True, True, None, False, True]


def test_every_label_of_a_real_blueprint_is_found(pfr: Snapshot) -> None:
    citations = Citations(pfr)
    for node in pfr.nodes.values():
        for label in (node.id, *node.labels):
            assert citations.resolve(label).node == pfr.blueprint.labels.get(label, node.id)
    for label in pfr.blueprint.landmarks:
        assert citations.resolve(label).exists


@given(st.text())
def test_any_answer_is_read(text: str) -> None:
    citations = Citations(_EMPTY)
    assert isinstance(citations.cited(text), tuple)
    assert citations.resolve(text, True) is None
    assert citations.resolve(text).exists in (None, False)


def _empty() -> Snapshot:
    from blueprint_app.model.derive import snapshot_of
    from tests.model.builders import blueprint

    return snapshot_of(blueprint(""))


_EMPTY = _empty()
