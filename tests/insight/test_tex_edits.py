"""Edits change one command and nothing else, and what they write reads back as meant."""

from pathlib import Path

import pytest

from blueprint_app.insight import tex_edits
from blueprint_app.model.blueprint import Node
from blueprint_app.sources.leanblueprint.reader import read_blueprint
from tests.sources.leanblueprint.documents import document

LEMMA = r"""\begin{lemma}[Title]\label{a}
  \lean{A.b}
  \leanok
  \uses{x, y}  % why
Text.
\end{lemma}
\begin{proof}
Easy.
\end{proof}"""


def read(folder: Path, body: str) -> tuple[str, Node]:
    text = document(body)
    (folder / "web.tex").write_text(text, encoding="utf-8")
    return text, read_blueprint(folder).nodes[0]


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_flag_on_a_line_of_its_own_goes_with_its_line(tmp_path: Path) -> None:
    text, node = read(tmp_path, LEMMA)
    after = tex_edits.remove_flag(text, "leanok", node.statement.leanok)
    assert changed_lines(text, after) == (["  \\leanok"], [])
    assert len(after.splitlines()) == len(text.splitlines()) - 1


def test_a_flag_among_other_text_goes_alone(tmp_path: Path) -> None:
    text, node = read(tmp_path, r"\begin{lemma}\label{a} \leanok Text \end{lemma}")
    after = tex_edits.remove_flag(text, "leanok", node.statement.leanok)
    assert r"\begin{lemma}\label{a} Text \end{lemma}" in after


def test_a_flag_is_added_behind_the_lists(tmp_path: Path) -> None:
    text, node = read(tmp_path, LEMMA.replace("  \\leanok\n", ""))
    after = tex_edits.add_flag(text, "leanok", node.statement)
    _, node = read(tmp_path, after.split("\\begin{document}\n")[1].split("\n\\end{document}")[0])
    assert node.statement.leanok is not None
    assert "\n  \\leanok" in after
    text, node = read(tmp_path, LEMMA)
    after = tex_edits.add_flag(text, "leanok", node.proof)
    assert "\\begin{proof}\\leanok\nEasy." in after


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"\uses{x, y}", r"\uses{x, y, new}"),
        (r"\uses{x,}", r"\uses{x,new}"),
        (r"\uses{}", r"\uses{new}"),
        ("", r"\uses{new}"),
    ],
)
def test_a_use_is_added(tmp_path: Path, written: str, expected: str) -> None:
    text, node = read(tmp_path, rf"\begin{{lemma}}{written} Text \end{{lemma}}")
    after = tex_edits.add_uses(text, "new", node.statement)
    assert expected in after
    _, node = read(tmp_path, after.split("\\begin{document}\n")[1].split("\n\\end{document}")[0])
    assert "new" in node.statement.uses[-1].texts


@pytest.mark.parametrize(("entry", "expected"), [(0, r"\uses{y, z}"), (1, r"\uses{x, z}"), (2, r"\uses{x, y}")])
def test_a_use_is_removed_with_one_comma(tmp_path: Path, entry: int, expected: str) -> None:
    text, node = read(tmp_path, r"\begin{lemma}\uses{x, y, z} Text \end{lemma}")
    command = node.statement.uses[0]
    assert expected in tex_edits.remove_entry(text, command, command.entries[entry])


def test_a_name_is_replaced(tmp_path: Path) -> None:
    text, node = read(tmp_path, LEMMA)
    after = tex_edits.replace_entry(text, node.statement.lean[0].entries[0], "A.c")
    assert changed_lines(text, after) == (["  \\lean{A.b}"], ["  \\lean{A.c}"])


def test_a_text_that_has_changed_is_left_alone(tmp_path: Path) -> None:
    text, node = read(tmp_path, LEMMA)
    moved = text.replace("\\begin{lemma}", "\n\\begin{lemma}")
    for edit in (
        lambda: tex_edits.remove_flag(moved, "leanok", node.statement.leanok),
        lambda: tex_edits.add_flag(moved, "leanok", node.statement),
        lambda: tex_edits.replace_entry(moved, node.statement.lean[0].entries[0], "A.c"),
        lambda: tex_edits.remove_flag("", "leanok", node.statement.leanok),
    ):
        with pytest.raises(tex_edits.EditError, match="changed since it was read"):
            edit()
