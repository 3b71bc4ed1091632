"""Characters to tokens as TeX takes them."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.sources.tex.lexer import (
    ALIGN,
    BRACKET,
    CLOSE,
    CONTROL,
    MATH,
    OPEN,
    PAR,
    PARAMETER,
    TEXT,
    TIE,
    Lexer,
    tokens_of,
)


def kinds(text: str) -> list[tuple[int, str]]:
    return [(token.kind, token.text) for token in tokens_of(text)]


def test_each_kind_of_token() -> None:
    assert kinds("a_1 {b}$c$[#2]&~\\x\\,") == [
        (TEXT, "a_1 "),
        (OPEN, "{"),
        (TEXT, "b"),
        (CLOSE, "}"),
        (MATH, "$"),
        (TEXT, "c"),
        (MATH, "$"),
        (BRACKET, "["),
        (PARAMETER, "#2"),
        (BRACKET, "]"),
        (ALIGN, "&"),
        (TIE, "~"),
        (CONTROL, "x"),
        (CONTROL, ","),
    ]


def test_a_control_word_swallows_spaces_but_no_blank_line() -> None:
    assert kinds("\\foo  \n  bar") == [(CONTROL, "foo"), (TEXT, "bar")]
    assert kinds("\\foo\n\nbar") == [(CONTROL, "foo"), (PAR, "\n\n"), (TEXT, "bar")]


def test_a_comment_takes_its_line_end_and_the_next_indentation() -> None:
    assert kinds("a%b{\n   c") == [(TEXT, "a"), (TEXT, "c")]
    assert kinds("a\\%b") == [(TEXT, "a"), (CONTROL, "%"), (TEXT, "b")]
    assert kinds("a % b\n\nc") == [(TEXT, "a "), (PAR, "\n\n"), (TEXT, "c")]


def test_at_signs_are_letters_in_packages_only() -> None:
    assert kinds("\\a@b")[0] == (CONTROL, "a")
    assert Lexer("\\a@b", at_is_letter=True).next().text == "a@b"


@given(st.text(alphabet="ab \n\\{}$%#&~[]_^\0é@", max_size=60))
def test_tokens_cover_the_text_in_order(text: str) -> None:
    position = 0
    for token in tokens_of(text):
        assert position <= token.start < token.end <= len(text)
        position = token.end


@given(st.text(alphabet="ab \n\\{}$%#&~[]_^", max_size=60))
def test_passing_over_what_has_no_effect_keeps_all_else(text: str) -> None:
    """With nothing passive, the fast way gives every token but text, as the slow one does."""
    nothing = dict.fromkeys((token.text for token in tokens_of(text)), False)
    lexer, fast = Lexer(text), []
    while (token := lexer.next_significant(_Never(nothing), _Never(nothing), False)[0]) is not None:
        fast.append(token)
    lone = {TEXT, BRACKET, TIE, PARAMETER}
    slow = [token for token in tokens_of(text) if token.kind not in lone]
    inside = [token for token in slow if token not in fast]
    assert [token for token in fast if token not in slow] == []
    assert all(token.kind in (OPEN, CLOSE) for token in inside)


class _Never(dict):
    def __missing__(self, name: str) -> bool:
        return False
