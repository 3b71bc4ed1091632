"""Comments and strings are blanked, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.sources.lean_architect.masking import mask


def test_comments_strings_and_characters_are_blanked() -> None:
    text = 'a /- b /- c -/ d -/ e -- f\n"g -- \\" h" \'i\' r#"j " k"# l\' «m -- n» o'
    file = mask("A.lean", text)
    assert file.code.split() == ["a", "e", "l'", "«m", "--", "n»", "o"]
    assert [text[start:end] for start, end in file.comments] == ["/- b /- c -/ d -/"]


def test_what_is_not_closed_ends_with_the_file() -> None:
    for text in ("a /- b", 'a "b', 'a r#"b"', "a --b"):
        assert mask("A.lean", text).code.strip() == "a"


@given(st.text(st.sampled_from("ab/-\"'r#\\« »\n!"), max_size=60))
def test_offsets_and_lines_stay(text: str) -> None:
    file = mask("A.lean", text)
    assert len(file.code) == len(text)
    assert [at for at, each in enumerate(file.code) if each == "\n"] == [at for at, c in enumerate(text) if c == "\n"]
    assert all(kept == written or kept == " " for kept, written in zip(file.code, text, strict=True))
