"""The estimate of tokens is rough, and never wild."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.endpoints.tokens import estimated_tokens

PROSE = "Every finite group of prime order is cyclic, because any element other than the identity generates it. " * 5
TEX = r"\[ \sum_{i=1}^n x_i^2 \le \left(\sum_{i=1}^n |x_i|\right)^2 \]" * 5
LEAN = "theorem foo (a b : ℕ) (h : a ≤ b) : a + 0 ≤ b := by\n  simpa using h\n" * 5


def test_no_text_has_no_tokens() -> None:
    assert estimated_tokens("") == 0


def test_known_counts_are_met_within_a_third() -> None:
    # Counted with the encoding o200k_base.
    for text, tokens in ((PROSE, 96), (TEX, 180), (LEAN, 165)):
        assert 0.75 * tokens <= estimated_tokens(text) <= 1.33 * tokens


@given(st.text(), st.text())
def test_more_text_never_has_fewer_tokens(text: str, more: str) -> None:
    assert 0 <= estimated_tokens(text) <= estimated_tokens(text + more) <= 2 * len(text + more)
