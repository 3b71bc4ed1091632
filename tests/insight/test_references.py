r"""Which labels a text refers to, in all the ways that TeX knows."""

import pytest

from blueprint_app.insight.references import REFERENCES, labels_referred_to


@pytest.mark.parametrize("name", sorted(REFERENCES))
def test_every_command_that_refers_is_read(name: str) -> None:
    assert list(labels_referred_to(rf"See \{name}{{lem:a}}.")) == ["lem:a"]


@pytest.mark.parametrize(
    ("tex", "labels"),
    [
        (r"\Cref{a, b,,  long   name}", ["a", "b", "long name"]),
        (r"\crefrange{a}{b}", ["a", "b"]),
        (r"\hyperref[a]{these words}", ["a"]),
        (r"\ref* {a} and \cref*{b}", ["a", "b"]),
        (r"\\\ref{a} after a line's end", ["a"]),
        (r"\\ref{a} is a line's end and letters", []),
        (r"\reference{a} \refs{b} \myref{c} \href{d}{e} \label{f} \ref", []),
        ("\\cref{a,\n b}", ["a", "b"]),
    ],
)
def test_lists_ranges_and_what_is_none(tex: str, labels: list[str]) -> None:
    assert list(labels_referred_to(tex)) == labels
