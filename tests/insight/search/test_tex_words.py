"""LaTeX and Lean names read aloud: what a person would say for them, so that a person finds them."""

import itertools
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blueprint_app.insight.search import tex_words
from blueprint_app.insight.search.tex_words import TexWords, words_of_lean, words_of_name, words_of_question
from blueprint_app.model.blueprint import MacroDefinition


def words(tex, *macros):
    return TexWords(macros).of(tex).split()


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"a \le b", "a less or equal b"),
        (r"a\leq b", "a less or equal b"),
        ("a ≤ b", "a less or equal b"),
        (r"\sum_{i} x_i", "sum i x i"),
        (r"\mathbb{Z}", "integers z"),
        (r"{\bf F}_2^n", "finite field f 2 n"),
        (r"\alpha\beta", "alpha beta"),
        ("α ∈ ℝ", "alpha in real numbers r"),
        (r"x^{-1}", "x inverse"),
        (r"x^2 + y^{2}", "x squared plus y squared"),
        (r"f \neq 0", "f not equal 0"),
        (r"f \not\in A", "f not in a"),
        (r"h \geq 0", "h greater or equal nonnegative 0"),
        (r"h > 0", "h greater positive 0"),
        (r"d = 0", "d equal zero vanishes 0"),
        (r"d = 0.5", "d equal 0 5"),
        (r"d \geq 0.5", "d greater or equal 0 5"),
        (r"$-X$ and $G$-valued", "minus x and g valued"),
        (r"Szemer\'edi, Erd\H{o}s, Poincaré", "szemeredi erdos poincare"),
        (r"a non-negative, non-empty set", "a nonnegative nonempty set"),
        ("at most five and never negative", "less or equal five and nonnegative"),
        (r"\label{eq:one} see \Cref{log-sum}", "see log sum"),
        (r"\begin{equation} x \end{equation}", "x"),
        (r"\operatorname{Sym}(X)", "sym x"),
        (r"\left( \text{size of } A \right)", "size of a"),
        ("f if and only if g", "f iff equivalent g"),
        ("", ""),
        ("\\", ""),
        ("{{{ $", ""),
    ],
)
def test_latex_is_read_aloud(tex, said):
    assert words(tex) == said.split()


def test_macros_say_what_their_bodies_say_and_long_names_themselves():
    entropy = MacroDefinition("bbH", 0, r"\mathbb {H}")
    size = MacroDefinition("abs", 1, r"\left \lvert #1\right \rvert")
    group = MacroDefinition("Symmetries", 1, r"\mathrm{Sym}_{\bbH}[#1]")
    assert words(r"\bbH[X]", entropy) == ["h", "x"]
    assert words(r"\abs{x}", size) == ["absolute", "value", "size", "x"]
    assert words(r"\Symmetries{x}", entropy, group) == ["sym", "h", "symmetries", "x"]


def test_macros_that_never_end_are_left():
    assert words(r"\loop x", MacroDefinition("loop", 0, r"a \loop b")) == ["a", "b", "loop", "x"]
    chain = [MacroDefinition("m" + chr(97 + n), 0, rf"x \m{chr(98 + n)}") for n in range(25)]
    assert words(r"\ma y", *chain)[-1] == "y"


def test_a_macro_of_the_project_goes_before_the_usual_one():
    assert words(r"\to", MacroDefinition("to", 0, r"\text{converges}")) == ["converges"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ProbabilityTheory.condEntropy_le'", "probability theory cond conditional entropy le less or equal"),
        ("lem:sumset-lower2", "lem sumset lower 2"),
        ("Finset.card_sq", "finset card cardinality size sq square"),
        ("KLDiv_eq_zero", "kl div quotient division eq equal zero"),
        ("«odd name»", "odd name"),
        ("measure.μ_map", "measure mu map"),
    ],
)
def test_names_are_cut_into_their_parts(name, said):
    assert words_of_name(name).split() == said.split()


def test_statements_of_lean_are_read():
    said = words_of_lean("theorem foo_le {G : Type*} (h : 0 ≤ x) : Real.log x ≥ 0 ∧ a = b").split()
    assert "theorem" not in said
    assert " ".join(said).endswith("real real numbers log x greater or equal nonnegative 0 and wedge a equal b")
    assert {"foo", "less", "equal"} <= set(said)


def test_a_question_may_mix_prose_latex_and_lean():
    said = words_of_question(r"is condEntropy_le about $H[X] \le 1$", TexWords()).split()
    assert said == [
        "is",
        "cond",
        "conditional",
        "entropy",
        "le",
        "less",
        "or",
        "equal",
        "about",
        "h",
        "x",
        "less",
        "or",
        "equal",
        "1",
    ]


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        ("$a \\geq\n  0$, $b = 0.5$", "a greater or equal nonnegative 0 b equal 0 5"),
        ("if and\nonly  if, if\nso", "iff equivalent if so"),
        ("not less\nthan zero, not less so", "nonnegative not less so"),
        ("at most 5, at\nleast 0", "less or equal 5 nonnegative"),
        ("$x -\ny$ and\n$- z$, a -- b", "x minus y and minus z a b"),
        ("$X^ {-1}$, $X^{ 2 }$", "x inverse x squared"),
        (r"\mathbb {Z}, \not \in A", "integers z not in a"),
        (r"\label {eq: one} \cref{thm: a, thm:b} \begin{center} c", "thm a thm b c"),
        (r"non- negative, a Poincar\' e map", "nonnegative a poincare map"),
    ],
)
def test_what_goes_on_after_a_blank_is_read_together(tex, said):
    assert words(tex) == said.split()


PARTS = [
    "at", "least", "most", "0", "zero", "if", "and", "only", "not", "negative", "less", "than", "be", "can", "never",
    "exactly", "when", "non", "trivial", "$-", "x$", "-", "=", r"\geq", "≥", r"\not", r"\in", r"\mathbb", "{N}", "N",
    "{", r"\label{", "a}", "{b}", r"\ref", r"\cite[Thm", "3]", "^", "{-1}", "^{", "2", "}", "-1", "x^", "e", "bar.",
    "(If", "$=", "0$", "0.5", r"\gt", r"\begin", "{lemma}", "<", r"\include", "_if", "Non", r"\tag*", "c}", "[opt]",
    "Szemer\\'",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=9))
def test_a_text_says_the_same_run_by_run_and_as_a_whole(parts):
    """Apart from a sign between two things that go on, which no sense can be made of either way."""
    assume(not {("non", "-"), ("Non", "-"), ("^", "-"), ("x^", "-"), ("^{", "-")} & set(itertools.pairwise(parts)))
    assume(r"\not" not in parts or not any(part.startswith("\\") for _, part in itertools.pairwise(parts)))
    text = " ".join(parts)
    assert TexWords().of(text).split() == tex_words._Pieces().of(text).split()


def test_damaged_and_endless_text_takes_no_time():
    reader = TexWords()
    begun = time.process_time()
    for text in (r"\label{" * 9_000, r"\begin[" * 9_000, "\\" * 60_000, "{" * 60_000, "a" * 60_000, r"\not" * 15_000):
        reader.of(text)
        words_of_lean(text)
        words_of_question(text, reader)
    assert time.process_time() - begun < 3
