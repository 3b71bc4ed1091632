"""Drafts beside their records come back as they were."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.records.draft_text import draft_in_text, text_of_draft
from blueprint_app.verify.draft import Draft

lean = st.text(alphabet="ab:=\n -", max_size=30) | st.sampled_from(
    ["by simp", "-- 2 lines of helpers, then the proof\n"]
)


@given(lean, lean)
def test_a_draft_comes_back(proof: str, helpers: str) -> None:
    draft = Draft(proof, helpers)
    assert draft_in_text(text_of_draft(draft)) == draft


def test_a_proof_alone_is_its_own_text() -> None:
    assert text_of_draft(Draft("by\n  simp\n")) == "by\n  simp\n"
    assert text_of_draft(Draft("by exact h", "lemma h : True := trivial")) == (
        "-- 1 lines of helpers, then the proof\nlemma h : True := trivial\nby exact h"
    )
