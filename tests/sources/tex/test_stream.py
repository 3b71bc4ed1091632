"""Arguments, branches and macros are read as plasTeX reads them."""

from blueprint_app.sources.tex.counters import Counters
from blueprint_app.sources.tex.lexer import Lexer, tokens_of
from blueprint_app.sources.tex.macros import Macro, pattern_of
from blueprint_app.sources.tex.stream import TokenStream, plain_text, source_text, typeset_text


def stream_of(text: str) -> TokenStream:
    stream = TokenStream()
    stream.open(Lexer(text))
    return stream


def rest(stream: TokenStream) -> str:
    tokens = []
    while (token := stream.next()) is not None:
        tokens.append(token)
    return source_text(tokens)


def test_an_argument_is_a_group_a_formula_or_one_character() -> None:
    stream = stream_of(" {a{b}c} $x$ yz")
    assert [source_text(stream.read_argument()) for _ in range(3)] == ["a{b}c", "$x$", "y"]
    assert rest(stream) == "z"
    assert stream.read_argument() is None


def test_an_optional_argument_ends_at_its_bracket_whatever_the_braces_say() -> None:
    stream = stream_of("[a[b]{]}c")
    assert source_text(stream.read_optional()) == "a[b]{"
    assert stream.read_optional() is None
    assert rest(stream) == "}c"


def test_branches() -> None:
    for which, expected in ((0, "a b"), (1, "c"), (2, "")):
        stream = stream_of("a \\iftrue x\\else y\\fi b\\else c\\fi d")
        stream.take_branch(which)
        text = rest(stream)
        assert text.endswith("d")
        assert text.startswith(expected.split(" ", maxsplit=1)[0])
    stream = stream_of("a \\iff b \\fi c")
    assert stream.take_branch(1) == ([], None)
    assert rest(stream) == ""


def test_a_raw_argument_keeps_percent_signs() -> None:
    stream = stream_of(" {http://x/%20{a}#b} c")
    assert stream.read_raw_argument() == "http://x/%20{a}#b"
    assert rest(stream) == "c"


def test_macros_take_default_and_delimited_arguments() -> None:
    call = tokens_of("\\m")[0]
    macro = Macro("m", tokens_of("<#1|#2>"), parameters=2, default=tokens_of("d"))
    assert source_text(macro.expand(stream_of("{x}"), call)) == "<d|x>"
    assert source_text(macro.expand(stream_of("[y]{x}"), call)) == "<y|x>"
    pair = Macro("p", tokens_of("#2#1"), pattern=pattern_of(tokens_of("(#1,#2)")), is_definition=True)
    assert source_text(pair.expand(stream_of("(ab,c)d"), call)) == "cab"


def test_counters_print_by_their_formats() -> None:
    counters = Counters({"x": "X"}.get)
    counters.new("chapter", style="${chapter}")
    counters.new("theorem", "chapter", "${thechapter}.${theorem}")
    counters.new("figure", "chapter", "${thechapter}.${figure}")
    counters.trimmed.add("figure")
    counters.step("figure")
    assert counters.printed("figure") == "1"
    counters.step("chapter")
    counters.step("theorem")
    counters.step("theorem")
    assert counters.printed("theorem") == "1.2"
    counters.step("chapter")
    assert counters.value("theorem") == 0
    assert counters.printed("x") == "X"
    assert counters.printed("unknown") == ""
    assert [counters.shown("chapter", style) for style in ("Roman", "alph", "fnsymbol")] == ["II", "b", "**"]


def test_text_is_typeset_outside_of_formulas() -> None:
    assert typeset_text("``a'' b's --- $f'$") == "“a” b’s — $f'$"
    assert plain_text(tokens_of("a {b} \\c d")) == "a b \\c d"
