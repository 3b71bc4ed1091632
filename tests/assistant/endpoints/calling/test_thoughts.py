"""Thoughts at the head of an answer are told from the answer, however the text is cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.assistant.endpoints.calling.thoughts import ThoughtSplit


def split(pieces: list[str]) -> tuple[str, str]:
    """The thoughts and the text."""
    splitter = ThoughtSplit()
    parts = [part for piece in pieces for part in splitter.parts(piece)] + splitter.rest()
    thoughts = "".join(text for is_thought, text in parts if is_thought)
    return thoughts, "".join(text for is_thought, text in parts if not is_thought)


@pytest.mark.parametrize(
    ("text", "thoughts", "answer"),
    [
        ("<think>a < b</think>\n\nc", "a < b", "c"),
        ("\n<think></think>c", "", "c"),
        ("c <think>d</think>", "", "c <think>d</think>"),
        ("<think>never closed </thin", "never closed </thin", ""),
        ("<thin air", "", "<thin air"),
        ("<think>a</think>b</think>c", "a", "b</think>c"),
        ("  ", "", "  "),
        ("", "", ""),
    ],
)
def test_in_one_piece_and_letter_by_letter(text: str, thoughts: str, answer: str) -> None:
    assert split([text]) == split(list(text)) == (thoughts, answer)


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "think>", "a", "\n", " "]), max_size=8), st.data())
def test_how_the_text_is_cut_makes_no_difference(words: list[str], data: st.DataObject) -> None:
    text = "".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert split(pieces) == split([text])


@given(st.text())
def test_a_text_without_a_tag_is_passed_on_whole(text: str) -> None:
    if not text.lstrip().startswith("<think>"):
        assert split([text]) == ("", text)
