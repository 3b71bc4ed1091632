"""Splits: read from answers as models write them, refused in words where they do not fit, and made as edits of TeX."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from blueprint_app.assistant.problem import Problem
from blueprint_app.assistant.proposals import Proposal, ProposedNode, ghosts_of, proposal_from, split_change
from blueprint_app.assistant.proposals.change import written
from blueprint_app.assistant.proposals.tex_safety import danger_in, without_comments
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live.change_set import write_set
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.graph import Edge, EdgeKind
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.lean_files import LeanFiles
from blueprint_app.sources.lean_texts import LeanTexts
from blueprint_app.sources.leanblueprint.reader import read_text
from blueprint_app.sources.splicing import SpliceBuilder
from tests.model.builders import blueprint

LUCAS = NodeId("thm:fib-gcd")

ANSWER = r"""The step of Euclid's algorithm is the core; it becomes a lemma.

```yaml
lemmas:
  - label: lem:fib-gcd-step
    kind: lemma
    title: A step on the indices
    statement: |
      For all $m$ and $n$, $\gd{\Fib m}{\Fib{m+n}} = \gd{\Fib m}{\Fib n}$.
    uses: [def:fib]
    proof: |
      By \cref{thm:fib-add} and
      \[ \gd{a}{b + k a} = \gd a b. \]
    proof_uses: [thm:fib-add, lem:gcd-step, lem:fib-gcd-cancel]
  - label: lem:fib-gcd-cancel
    title: "A factor $\text{cancels}$"
    statement: "$\gd{\Fib m}{\Fib{m+1} \Fib n} = \gd{\Fib m}{\Fib n}$. % trivial"
    uses: def:fib
proof_uses:
  - lem:fib-gcd-step
proof: |
  Go down.
```
"""


@pytest.fixture
def split(primes: Snapshot) -> Proposal:
    proposal = proposal_from(ANSWER, primes, LUCAS)
    assert isinstance(proposal, Proposal)
    return proposal


def test_a_proposal_is_read_as_it_is_meant(split: Proposal) -> None:
    cancel, step = split.nodes
    assert cancel.label == "lem:fib-gcd-cancel"
    assert cancel.title == r"A factor $\text{cancels}$"
    assert cancel.statement == r"$\gd{\Fib m}{\Fib{m+1} \Fib n} = \gd{\Fib m}{\Fib n}$."
    assert cancel.kind == "lemma"
    assert cancel.uses == ("def:fib",)
    assert step.proof_uses == ("thm:fib-add", "lem:gcd-step", "lem:fib-gcd-cancel")
    assert split.proof_uses == ("lem:fib-gcd-step",)
    assert split.proof == "Go down."


def test_it_is_drawn_as_ghosts(primes: Snapshot, split: Proposal) -> None:
    ghosts = ghosts_of(primes, split)
    assert [node.id for node in ghosts.nodes] == ["lem:fib-gcd-cancel", "lem:fib-gcd-step"]
    assert [(edge.source, edge.target, edge.kind) for edge in ghosts.edges] == [
        ("def:fib", "lem:fib-gcd-cancel", EdgeKind.STATEMENT),
        ("def:fib", "lem:fib-gcd-step", EdgeKind.STATEMENT),
        ("thm:fib-add", "lem:fib-gcd-step", EdgeKind.PROOF),
        ("lem:gcd-step", "lem:fib-gcd-step", EdgeKind.PROOF),
        ("lem:fib-gcd-cancel", "lem:fib-gcd-step", EdgeKind.PROOF),
        ("lem:fib-gcd-step", "thm:fib-gcd", EdgeKind.PROOF),
    ]


def edges_of(snapshot: Snapshot) -> set[Edge]:
    return set(snapshot.whole.edges)


@pytest.mark.parametrize("node", ["thm:fib-gcd", "thm:goldbach", "thm:binet"])
def test_the_project_reads_back_with_what_the_ghosts_showed(sample_copy: Callable[[str], Path], node: str) -> None:
    folder = sample_copy("primes")
    before = open_project(folder)
    proposal = proposal_from(ANSWER.replace("thm:fib-add", "lem:fib-dvd"), before, NodeId(node))
    assert isinstance(proposal, Proposal)
    ghosts = ghosts_of(before, proposal)
    write_set(split_change(before, proposal))
    after = open_project(folder)
    assert set(after.nodes) - set(before.nodes) == {ghost.id for ghost in ghosts.nodes}
    new = {Edge(NodeId(edge.source), NodeId(edge.target), edge.kind) for edge in ghosts.edges}
    assert edges_of(after) - edges_of(before) == new
    assert edges_of(before) <= edges_of(after)
    assert [each.message for each in after.diagnostics if each.severity == "error"] == []
    ids = [each.id for each in after.blueprint.nodes]
    assert ids.index("lem:fib-gcd-cancel") < ids.index("lem:fib-gcd-step") == ids.index(node) - 1
    for same, other in before.nodes.items():
        if same != node:
            assert after.nodes[same].statement.tex == other.statement.tex
    assert after.nodes[NodeId(node)].proof is not None


def test_a_node_without_a_proof_gets_one(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("primes")
    before = open_project(folder)
    for said, expected in (("proof: |\n  Go down.\n", "Go down."), ("", r"This follows from \ref{lem:fib-gcd-step}.")):
        answer = ANSWER.replace("proof: |\n  Go down.\n", said)
        proposal = proposal_from(answer, before, NodeId("thm:binet"))
        diff = split_change(before, proposal).diff()
        assert any(line.strip("+ ") == expected for line in diff)
        assert all(line[0] in "+ @" for line in diff if line)


def test_the_change_is_an_addition_in_the_file_s_own_indentation(primes: Snapshot, split: Proposal) -> None:
    change = split_change(primes, split)
    diff = change.diff()
    assert change.shown == "blueprint/src/chapters/fibonacci.tex"
    assert "+\\begin{lemma}[A step on the indices]" in diff
    assert "+  \\label{lem:fib-gcd-step}" in diff
    removed = [line for line in diff if line.startswith("-")]
    assert removed == ["-  \\uses{thm:fib-add, lem:gcd-step, lem:fib-coprime, lem:coprime-cancel}"]
    assert "+  \\uses{thm:fib-add, lem:gcd-step, lem:fib-coprime, lem:coprime-cancel, lem:fib-gcd-step}" in diff


def test_a_file_that_has_changed_meanwhile_is_left_alone(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("primes")
    snapshot = open_project(folder)
    proposal = proposal_from(ANSWER, snapshot, LUCAS)
    tex = folder / "blueprint" / "src" / "chapters" / "fibonacci.tex"
    tex.write_text("% new\n" + tex.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(BlueprintError):
        split_change(snapshot, proposal)


LEMMA = "lemmas:\n  - label: lem:new\n    statement: $x$\n"


def fenced(text: str) -> str:
    return f"Words.\n\n```yaml\n{text}\n```\n"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("It should not be split.", "proposes no lemmas"),
        ("```lean\nby simp\n```", "proposes no lemmas"),
        (fenced("lemmas: ["), "cannot be read: line"),
        (fenced("lemmas: &a [*a]"), "reference (*) is not allowed"),
        (fenced("a: !!python/object/apply:os.system [ls]"), "cannot be read"),
        (fenced("text"), "no list of lemmas"),
        (fenced("lemmas: []"), "no list of lemmas"),
        (fenced("lemmas: [a]"), "no label and no statement"),
        (fenced("lemmas:\n  - statement: x\n"), "lemma 1 has no label"),
        (fenced("lemmas:\n  - label: lem:new\n"), "lem:new has no statement"),
        (fenced(LEMMA.replace("lem:new", "lem:a}\\input{x")), "cannot be a label"),
        (fenced(LEMMA.replace("lem:new", "a,b")), "cannot be a label"),
        (fenced(LEMMA.replace("lem:new", "lem:fib-sum")), "lem:fib-sum exists already"),
        (fenced(LEMMA.replace("lem:new", "eq:fib-add")), "eq:fib-add exists already"),
        (fenced(LEMMA + LEMMA.partition("\n")[2]), "stands there twice"),
        (fenced(LEMMA + "    kind: axiom\n"), "of the kind 'axiom'"),
        (fenced(LEMMA + "    uses: [lem:nowhere]\n"), "lem:nowhere, which does not exist"),
        (fenced(LEMMA + "    uses: [eq:fib-add]\n"), "eq:fib-add, which names no node"),
        (fenced(LEMMA + "    uses: {a: b}\n"), "no list of labels"),
        (fenced(LEMMA + "    proof_uses: [thm:fib-gcd]\n"), "the node that is to be split"),
        (fenced(LEMMA + "    proof_uses: [cor:fib-primes-gcd]\n"), "itself rests on the node"),
        (fenced(LEMMA + "    uses: [lem:new]\n"), "lem:new uses itself"),
        (
            fenced(LEMMA + "    uses: [lem:b]\n  - label: lem:b\n    statement: y\n    proof_uses: [lem:new]\n"
                   "proof_uses: [lem:b]\n"),
            "lem:b and lem:new use each other",
        ),
        (fenced(LEMMA + "proof_uses: [lem:fib-sum]\n"), "none of the new lemmas"),
        (fenced(LEMMA + "proof_uses: [lem:other]\n"), "lem:other, which does not exist"),
        (fenced("lemmas:\n" + "".join(f"  - label: l{n}\n    statement: x\n" for n in range(21))), "21 lemmas"),
        (fenced(LEMMA + "x: " + "y" * 300_000), "too long"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words(primes: Snapshot, answer: str, words: str) -> None:
    problem = proposal_from(answer, primes, LUCAS)
    assert isinstance(problem, Problem)
    assert words in problem.what_happened
    assert problem.what_to_do


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\input{/etc/passwd}", r"holds \input"),
        (r"\immediate\write18{rm -rf ~}", r"holds \immediate"),
        (r"\write18{x}", r"holds \write"),
        (r"\end{document}", r"\end{document}"),
        (r"\end{lemma}\input{x}\begin{lemma}", r"\end{lemma}"),
        (r"\end {lemma}", r"\end{lemma}"),
        (r"\end%" + "\n{lemma}", r"\end{lemma}"),
        (r"\begin{proof}x\end{proof}", r"\begin{proof}"),
        (r"\begin{theorem}x\end{theorem}", r"\begin{theorem}"),
        (r"\begin{verbatim}x\end{verbatim}", r"\begin{verbatim}"),
        (r"\begin{\x}", "without the plain name"),
        (r"x}", "} where nothing is open"),
        (r"{x", "leaves { open"),
        (r"$x", "leaves $ open"),
        (r"$$x$", "do not match"),
        (r"\[x", r"leaves \[ open"),
        (r"{$x}$", "} where $ is open"),
        (r"\begin{cases}x", r"leaves \begin{cases} open"),
        (r"\begin{cases}x\end{align}", r"\end{align} where \begin{cases} is open"),
        (r"\catcode`\%=12", r"holds \catcode"),
        (r"\csname input\endcsname", r"holds \csname"),
        ("^^5cinput{x}", "^^"),
        (r"\def\x{y}", r"holds \def"),
        (r"\leanok", r"holds \leanok"),
        (r"\uses{a}", r"holds \uses"),
        (r"\label{a}", r"holds \label"),
        (r"\verb|x|", r"holds \verb"),
        ("a \x0crac{x}", "control character 12"),
        ("a\text{x}", "control character 9"),
        (r"\iffalse", r"holds \iffalse"),
        (r"a \fi b", r"holds \fi"),
        ("#1", "holds #"),
        (r"a \\ [b", "leaves [ open"),
        (r"\begin{align} a \\*[b \end{align} ]", r"\end{align} where [ is open"),
        (r"\directlua{os.execute()}", r"holds \directlua"),
    ],
)
def test_tex_that_does_more_than_be_read_is_refused(primes: Snapshot, tex: str, words: str) -> None:
    assert words in danger_in(tex, primes.blueprint)
    for key in ("statement", "proof", "title"):
        other = "" if key == "statement" else "    statement: x\n"
        body = "".join(f"      {line}\n" for line in tex.split("\n"))
        text = f"lemmas:\n  - label: lem:new\n{other}    {key}: |\n{body}"
        assert isinstance(proposal_from(fenced(text), primes, LUCAS), Problem)


def test_the_texts_of_a_real_blueprint_are_taken(pfr: Snapshot) -> None:
    refused = {
        node.id: reason
        for node in pfr.nodes.values()
        if (reason := danger_in(node.statement.tex, pfr.blueprint)) and r"\label" not in reason
    }
    assert refused == {}


SMALL = blueprint("a: lemma")
NOWHERE = Path("/nowhere")


def read_back(tex: str) -> list[tuple[str, str]]:
    """The nodes that a document with this in it holds: label and kind."""
    builder = SpliceBuilder("leanblueprint")
    builder.write(
        "\\documentclass{report}\\usepackage{amsthm}\\usepackage{blueprint}\n\\newtheorem{lemma}{Lemma}\n"
        f"\\begin{{document}}\n{tex}\n\n\\begin{{lemma}}\\label{{after}}x\\end{{lemma}}\n\\end{{document}}\n",
        Place("made-up", 0),
    )
    read = read_text(NOWHERE, builder.finish(), LeanTexts(LeanFiles(NOWHERE, lambda: None)))
    assert not [each for each in read.diagnostics if each.severity == "error"]
    return [(node.id, node.kind) for node in read.nodes]


WHOLE = [
    "x", " ", "\n", "\n\n", "$x$", "$$y$$", "{z}", "\\[ a \\]", "\\(b\\)", "% c\n", "\\%", "\\\\", "&", "\\emph{d}",
    "[", "]", "\\begin{align} e \\\\ f \\end{align}", "\\begin{itemize} \\item g \\end{itemize}", "\\Fib", "~",
    "\\iff", "\\ref{a}",
]  # fmt: skip
PIECES = [
    "$", "$$", "{", "}", "\\[", "\\]", "%", "\\begin{align}", "\\end{align}", "\\begin{lemma}", "\\end{lemma}",
    "\\verb|", "\\end{document}", "\\input{x}", "\\label{a}", "|", "\\iffalse", "\\fi", "^^5c", "\\begin", "\\",
    "\\end", "{lemma}", "\\uses{a}",
]  # fmt: skip
texts = st.lists(st.one_of(*[st.sampled_from(WHOLE)] * 7, st.sampled_from(PIECES)), max_size=12).map("".join)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(texts, st.booleans())
def test_whatever_is_taken_reads_back_as_one_lemma(text: str, in_proof: bool) -> None:
    tex = without_comments(text)
    assume(tex and not danger_in(text, SMALL))
    node = ProposedNode("lem:new", "lemma", "T", "s" if in_proof else tex, (), tex if in_proof else "")
    assert read_back(written(node)) == [("lem:new", "lemma"), ("after", "lemma")]
