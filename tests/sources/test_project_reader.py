"""A project that is read again is the same as one that is read afresh, whatever was done to its Lean files."""

from collections.abc import Callable
from pathlib import Path

import pytest

from blueprint_app.sources import project
from blueprint_app.sources.project import ProjectReader, read_project

MODULE = "Naturals/Addition.lean"


@pytest.fixture
def folder(sample_copy: Callable[[str], Path]) -> Path:
    return sample_copy("architect")


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of which the TeX was read, in order."""
    read, entries = project.read_entry, []

    def counted(folder, *rest):
        entries.append(folder)
        return read(folder, *rest)

    monkeypatch.setattr(project, "read_entry", counted)
    return entries


def edit(folder: Path, before: str, after: str, module: str = MODULE) -> None:
    path = folder / module
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def test_a_line_above_moves_all_places_below_without_reading_tex(folder, readings) -> None:
    reader = ProjectReader(folder)
    former = reader.read()
    edit(folder, "namespace Count\n", "\n-- A remark.\nnamespace Count\n")
    readings.clear()
    blueprint = reader.read(only_lean=True)
    assert readings == []
    assert blueprint == read_project(folder)
    assert blueprint != former
    lines = [{node.id: node.statement.place.line for node in each.nodes} for each in (former, blueprint)]
    assert {lines[1][node] - lines[0][node] for node in lines[0]} == {0, 2}


def test_nodes_of_other_files_are_the_very_same(folder) -> None:
    reader = ProjectReader(folder)
    former = {node.id: node for node in reader.read().nodes}
    edit(folder, "namespace Count\n", "\nnamespace Count\n")
    again = {node.id: node for node in reader.read(only_lean=True).nodes}
    others = [node for node in former if former[node].statement.place.file != MODULE]
    assert others
    assert all(again[node] is former[node] for node in others)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  | zero => rfl\n", "  | zero => sorry\n"),
        ("exact congrArg succ ih", "exact add_comm congrArg succ ih"),
        ('@[blueprint "lem:succ-add"', '@[blueprint "lem:another-name"'),
        ('@[blueprint "lem:succ-add"', '-- @[blueprint "lem:succ-add"'),
        ("theorem succ_add", "theorem succ_sum"),
        ("def add (a", "def plus (a"),
        ("blueprint_comment /--\n", "blueprint_comment /-- "),
        ("$0 + a = a$,\n", "$0 + a = a$, \n\n"),
        ("\\section{Addition}", "\\section{Sums}"),
        ("@[simp, blueprint", "  @[simp, blueprint"),
        ("(uses := [add])", "(uses := [add, nothing"),
        ("import Architect", "import Nowhere"),
    ],
)
def test_it_is_as_read_afresh_after_each_of_many_edits(folder, before, after) -> None:
    reader = ProjectReader(folder)
    reader.read()
    text = (folder / MODULE).read_text()
    for one, other in ((before, after), (after, before)):
        edit(folder, one, other)
        assert reader.read(only_lean=True) == read_project(folder)
    assert (folder / MODULE).read_text() == text


def test_files_that_come_and_go_are_seen(folder) -> None:
    reader = ProjectReader(folder)
    first = reader.read()
    away = folder / MODULE
    text = away.read_text()
    away.unlink()
    assert reader.read(only_lean=True) == read_project(folder) != first
    away.write_text(text)
    assert reader.read(only_lean=True) == first
    (folder / "Naturals" / "More.lean").write_text('@[blueprint "thm:more"]\ntheorem more : True := trivial\n')
    assert reader.read(only_lean=True) == read_project(folder)


def test_tex_is_read_again_where_more_than_lean_files_changed(folder, readings) -> None:
    reader = ProjectReader(folder)
    reader.read()
    content = folder / "blueprint" / "src" / "content.tex"
    content.write_text(content.read_text() + "\n\\begin{lemma}\\label{lem:last} Last.\\end{lemma}\n")
    readings.clear()
    assert reader.read() == read_project(folder)
    assert readings[0] == folder


@pytest.mark.parametrize("name", ["comments", "primes", "verso", "lists"])
def test_projects_of_every_kind_can_be_read_again(sample_copy, name) -> None:
    folder = sample_copy(name)
    reader = ProjectReader(folder)
    for only_lean in (False, True, True):
        assert reader.read(only_lean=only_lean) == read_project(folder)
