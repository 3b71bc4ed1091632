"""Every option of the attribute is read, and a fault in one leaves the others."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.sources.lean_architect.masking import mask
from blueprint_app.sources.lean_architect.options import Options, read_options, unescape


def options(text: str) -> Options:
    return read_options(mask("A.lean", text), 0, len(text))


def test_all_options() -> None:
    read = options(
        ' "thm:a" (statement := /-- Some $x$. -/) (hasProof := true) (proof := /-- Because. -/)\n'
        '  (uses := [Foo.bar, "lem:b", -Foo.baz, -"lem:c"]) (proofUses := [quux])\n'
        '  -- a comment\n  (title := "A \\"good\\" $\\\\alpha$") (notReady := true) (discussion := 123) (latexEnv := "lemma")'
    )
    assert read.faults == []
    assert read.label == "thm:a"
    assert read.statement is not None
    assert read.statement.text == "Some $x$."
    assert read.proof is not None
    assert read.proof.text == "Because."
    assert read.has_proof is True
    assert (read.uses.names, read.uses.labels) == (["Foo.bar"], ["lem:b"])
    assert (read.uses.without_names, read.uses.without_labels) == (["Foo.baz"], ["lem:c"])
    assert read.proof_uses.names == ["quux"]
    assert read.title == 'A "good" $\\alpha$'
    assert (read.not_ready, read.discussion, read.environment) == (True, "123", "lemma")


def test_label_as_option_and_title_as_comment() -> None:
    read = options('? (latexLabel := "l") (title := /-- {The \\S 2} -/)')
    assert (read.label, read.title) == ("l", "{The \\S 2}")


def test_a_fault_leaves_the_rest() -> None:
    read = options('"a" (colour := "red (") (title := 5) (latexEnv := "lemma")')
    assert [message for _, message in read.faults] == [
        "The option colour is not known here.",
        "The option title has a value that could not be read.",
    ]
    assert (read.title, read.environment) == (None, "lemma")


def test_escapes() -> None:
    assert unescape("a\\n\\x41\\u03b1\\\n   b\\ud800") == "a\nAαb\N{REPLACEMENT CHARACTER}"


@given(st.text(st.sampled_from('ab (:=)[]",-/\\\n'), max_size=50))
def test_any_text_is_read_without_failing(text: str) -> None:
    options(text)
    options(f"(uses := [{text}")
