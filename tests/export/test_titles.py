"""Titles in plain characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.export.titles import plain_title


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        ("Chain rule", "Chain rule"),
        ("  two\n words ", "two words"),
        (r"$\tau$-minimizer", "τ-minimizer"),
        (r"$\iota \circ \exp$ is $1$", "ι ∘ exp is 1"),
        (r"M\"{o}bius and M\"obius", "Möbius and Möbius"),
        (r"\emph{Pascal's identity}, again", "Pascal's identity, again"),
        (r"$\mathbb{Z}_p$ and $\mathbb R$", "ℤₚ and ℝ"),
        (r"$x^{-1}$, $x_{i}$, $2^{k+1}$", "x⁻¹, xᵢ, 2^(k+1)"),
        (r"Hahn--Banach, ``quoted''", "Hahn–Banach, “quoted”"),
        (r"$\operatorname{Exp}(0) = 1$", "Exp(0) = 1"),
        (r"Theorem~\ref{thm:x}", "Theorem [thm:x]"),
        (r"\mathcal C and $\mathfrak{H}$", "𝒞 and ℌ"),
        (r"unbalanced $x^{2", "unbalanced x²"),
        (r"Rings like $\widehat{\mathbb{Z}}$ and $\overline{\mathbb Q}$", "Rings like ℤ\u0302 and ℚ\u0304"),
        (r"Reduction to \texorpdfstring{$n \geq 5$}{n >= 5}, at last", "Reduction to n >= 5, at last"),
        (r"$x_{\mathbb{Z}}^{\alpha}$", "x_ℤ^α"),
        ("", ""),
    ],
)
def test_titles(tex: str, plain: str):
    assert plain_title(tex) == plain


@given(st.text(alphabet="ab\\${}_^~\"' %&#\n\u00e9", max_size=40))
def test_any_text_gives_one_line(tex: str):
    title = plain_title(tex)
    assert "\n" not in title
    assert not any("\ue000" <= character <= "\uf8ff" for character in title)
