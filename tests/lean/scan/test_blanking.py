"""Comments and literals vanish, everything else stays where it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.lean.scan.blanking import blanked

PIECES = [
    "/-",
    "-/",
    "--",
    "/--",
    '"',
    "\\",
    "'",
    "a",
    "r",
    "#",
    '"#',
    "«",
    "»",
    "\n",
    " ",
    "#exit",
    "é",
    "{",
    "\r",
    "\0",
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a -- b\nc", "a     \nc"),
        ("a /- b /- c -/ d -/ e", "a                   e"),
        ("a /- b\nc -/ d", "a     \n     d"),
        ('f "x -- y" g', 'f "        g'),
        ('f "a\\"b" g', 'f "      g'),
        ("f '\"' g", "f     g"),
        ("f '\\'' g", "f      g"),
        ("x' y' z", "x' y' z"),
        ("f ⁻¹' s", "f ⁻¹' s"),
        ('r"\\" b', 'r"   b'),
        ('r#"a"b"# c', 'r#"      c'),
        ('bar"\\"" c', 'bar"    c'),
        ("«a -- b» c", "«a -- b» c"),
        ("a\n#exit\nb", "a\n"),
        ("a /- never closed", "a                "),
        ('a "never closed\n', 'a "            \n'),
    ],
)
def test_what_is_blanked(text: str, code: str) -> None:
    assert blanked(text).code == code


def test_documentation_is_remembered() -> None:
    text = "/-- one -/ def a /- no -/ /-! neither -/ /--/ /-- two /- inner -/ -/"
    assert [text[start:end] for start, end in blanked(text).docs] == ["/-- one -/", "/-- two /- inner -/ -/"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_nothing_moves(text: str) -> None:
    code = blanked(text).code
    assert len(code) <= len(text)
    if len(code) < len(text):
        assert text.find("#exit") >= 0
    for before, after in zip(text, code, strict=False):
        assert after in (before, " ", '"')
        assert (before == "\n") == (after == "\n")
