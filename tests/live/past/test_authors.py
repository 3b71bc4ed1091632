"""Who wrote what in real git repositories: renames, moved lines, mailmap, co-authors, models, shallow clones."""

import subprocess
from pathlib import Path

import pytest

from blueprint_app.insight.attribution.credits import UNKNOWN, NodeCredit
from blueprint_app.insight.attribution.summaries import Attribution, Summary, attribution_of
from blueprint_app.live.past.authors import read_authors
from blueprint_app.live.past.git import Git
from blueprint_app.live.past.past import Past
from blueprint_app.model.provenance import NO_PROVENANCE
from tests.live.past.repositories import Repository, lemma

ADA = "Ada Lovelace <ada@example.org>"
EMMY = "Emmy Noether <emmy@example.org>"
LEAN = """namespace Proj

/-- A fact that is long enough to be known again when it moves to another file. -/
theorem a : 1 + 1 = 2 := by
  have h : 1 + 1 = 2 := rfl
  exact h

theorem b : True := by
  trivial

end Proj
"""


def attribution(folder: Path, **more) -> Attribution:
    authors = read_authors(Past(folder, **more))
    return attribution_of(authors.commit, authors.blueprint, authors.blamed, NO_PROVENANCE, authors.remarks)


def node(of: Attribution, name: str) -> NodeCredit:
    return next(each for each in of.nodes if each.node == name)


def person(of: Attribution, name: str) -> Summary:
    return next(each for each in (*of.people, *of.models) if each.name == name)


def shares(credits) -> dict[str, int]:
    return {each.name: each.lines for each in credits}


@pytest.fixture
def written(repository: Repository) -> Repository:
    """Ada plans, Emmy formalises and proves b in the text as well."""
    repository.content(lemma("a", lean="Proj.a"), lemma("b", lean="Proj.b"))
    repository.commit("plan", ADA)
    repository.write(Proj_lean=LEAN)
    repository.commit("formalise", EMMY)
    repository.content(lemma("a", lean="Proj.a"), lemma("b", "b is true.", lean="Proj.b", stated=True))
    repository.commit("state", EMMY)
    return repository


def test_text_and_lean_are_told_apart(written: Repository) -> None:
    found = attribution(written.folder)
    assert shares(node(found, "a").text.people) == {"Ada Lovelace": 6}
    assert shares(node(found, "a").lean.people) == {"Emmy Noether": 3}
    assert shares(node(found, "b").text.people) == {"Ada Lovelace": 4, "Emmy Noether": 2}
    assert [each.place.line for each in node(found, "a").declarations if each.place] == [4]
    assert found.commit == written.git("rev-parse", "HEAD")
    ada, emmy = found.people
    assert (ada.name, ada.authored, ada.text_nodes, ada.lean_nodes, ada.lean_lines) == ("Ada Lovelace", 1, 2, 0, 0)
    assert (emmy.name, emmy.authored, emmy.text_nodes, emmy.lean_nodes) == ("Emmy Noether", 2, 1, 2)
    # Eight lines of the Lean file are not blank.
    assert (emmy.lean_lines, found.lean_lines) == (8, 8)
    assert ada.text_lines + emmy.text_lines == found.text_lines
    assert found.models == ()


def test_a_project_in_a_folder_of_its_clone_is_told_of_as_well(repository: Repository) -> None:
    inside = Repository(repository.folder / "papers" / "one")
    (inside.folder / ".git").rename(repository.folder / "not in use")
    inside.content(lemma("a", lean="Proj.a"))
    inside.write(Proj_lean=LEAN)
    repository.commit("plan", ADA)
    found = attribution(inside.folder)
    assert shares(node(found, "a").text.people) == {"Ada Lovelace": 6}
    assert shares(node(found, "a").lean.people) == {"Ada Lovelace": 3}
    assert found.remarks == ()


def test_renames_moves_and_indentation_change_no_author(written: Repository) -> None:
    before = attribution(written.folder)
    written.git("mv", "blueprint", "docs")
    (written.folder / "Lib").mkdir()
    written.git("mv", "Proj.lean", "Lib/Main.lean")
    written.commit("move", "Mover <m@example.org>")
    main = written.folder / "Lib" / "Main.lean"
    theorem = LEAN[LEAN.index("/--") : LEAN.index("theorem b")]
    main.write_text(LEAN.replace(theorem, ""))
    (written.folder / "Lib" / "Facts.lean").write_text(
        "namespace Proj\n" + theorem.replace("  ", "    ") + "end Proj\n"
    )
    written.commit("split and indent", "Mover <m@example.org>")
    after = attribution(written.folder)
    for name in ("a", "b"):
        assert node(after, name).text.people == node(before, name).text.people
        assert shares(node(after, name).lean.people) == shares(node(before, name).lean.people)
    assert [each.place.file for each in node(after, "a").declarations if each.place] == ["Lib/Facts.lean"]


def test_the_mailmap_and_co_authors_are_honoured(written: Repository) -> None:
    message = "more\n\nWith thanks.\n\nCo-Authored-By: countess <ada@old.example.org>\nCo-authored-by: no address\n"
    written.content(lemma("a", "now else", lean="Proj.a"), lemma("b", "b is true.", lean="Proj.b", stated=True))
    written.commit(message, "noether <emmy@old.example.org>")
    (written.folder / ".mailmap").write_text(
        "Ada Lovelace <ada@example.org> <ada@old.example.org>\nEmmy Noether <emmy@example.org> <emmy@old.example.org>\n"
    )
    found = attribution(written.folder)
    assert [each.name for each in found.people] == ["Ada Lovelace", "Emmy Noether"]
    assert (person(found, "Ada Lovelace").authored, person(found, "Ada Lovelace").co_authored) == (1, 1)
    # The line counts for both whom its commit names.
    assert shares(node(found, "a").text.people) == {"Ada Lovelace": 6, "Emmy Noether": 1}
    assert node(found, "a").text.lines == 6


def test_models_stand_apart_from_people(written: Repository) -> None:
    written.write(Proj_lean=LEAN.replace("  trivial", "  exact trivial"))
    trailers = "Assisted-by: blueprint-explorer:m-large [localhost]\nCo-authored-by: Claude <noreply@anthropic.com>\n"
    written.commit(f"prove b\n\n{trailers}", ADA)
    found = attribution(written.folder)
    assert [each.name for each in found.people] == ["Ada Lovelace", "Emmy Noether"]
    assert [(each.name, each.assisted, each.co_authored) for each in found.models] == [
        ("Claude", 0, 1),
        ("m-large", 1, 0),
    ]
    share = node(found, "b").lean
    assert shares(share.people) == {"Ada Lovelace": 1, "Emmy Noether": 1}
    assert shares(share.models) == {"Claude": 1, "m-large": 1}
    assert person(found, "m-large").lean_lines == 1


def test_what_is_not_committed_does_not_count(written: Repository) -> None:
    before = attribution(written.folder)
    written.content("% all gone\n")
    (written.folder / "Proj.lean").unlink()
    assert attribution(written.folder) == before


def test_before_a_shallow_clone_begins_nobody_is_known(written: Repository, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    command = ["git", "clone", "-q", "--depth", "1", f"file://{written.folder}", str(shallow)]
    subprocess.run(command, check=True, capture_output=True)
    found = attribution(shallow)
    assert shares(node(found, "a").text.people) == {UNKNOWN: 6}
    assert found.people == ()
    assert found.unknown_lines == found.text_lines + found.lean_lines
    assert found.remarks[0].code == "history-shallow"


def test_some_nodes_alone_ask_about_their_own_files_alone(written: Repository) -> None:
    written.write(Other_lean="theorem other : True := trivial\n")
    written.commit("other")
    authors = read_authors(Past(written.folder), choose=lambda blueprint: blueprint.nodes[:1])
    assert set(authors.blamed.files) == {"blueprint/src/content.tex", "Proj.lean"}
    assert set(authors.blamed.declarations) == {"Proj.a"}


def test_git_is_asked_once_about_each_content(
    written: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    really = Git.run

    def counted(self, words, check=lambda: None, given=b""):
        if words[0] == "blame":
            asked.append(words[-1])
        return really(self, words, check, given)

    monkeypatch.setattr(Git, "run", counted)
    cache = tmp_path / "cache"
    first = attribution(written.folder, cache_folder=cache)
    assert sorted(asked) == ["Proj.lean", "blueprint/src/content.tex", "blueprint/src/web.tex"]
    asked.clear()
    assert attribution(written.folder, cache_folder=cache) == first
    assert asked == []
    written.write(Proj_lean=LEAN + "-- a remark\n")
    written.commit("remark", ADA)
    assert person(attribution(written.folder, cache_folder=cache), "Ada Lovelace").lean_lines == 1
    assert asked == ["Proj.lean"]


def test_nothing_of_the_projects_is_run(written: Repository, tmp_path: Path) -> None:
    before = attribution(written.folder)
    trap = tmp_path / "trap"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\necho run >> {trap}\ncat\n")
    script.chmod(0o755)
    for name in ("diff.x.textconv", "diff.x.command", "filter.x.clean", "core.fsmonitor", "gpg.program"):
        written.git("config", name, str(script))
    written.git("config", "log.showSignature", "true")
    (written.folder / ".git" / "info" / "attributes").write_text("* diff=x filter=x\n")
    assert attribution(written.folder) == before
    assert not trap.exists()


def test_what_git_refuses_to_tell_is_said(written: Repository) -> None:
    written.git("config", "blame.ignoreRevsFile", "/no/such/file")
    found = attribution(written.folder)
    assert found.text_lines == 0
    assert "/no/such/file" in found.remarks[0].message


def test_a_cancel_comes_out_and_what_was_asked_is_kept(written: Repository, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    done: list[float] = []

    def check() -> None:
        if done and done[-1] > 0:
            raise StoppedError

    cache = tmp_path / "cache"
    with pytest.raises(StoppedError):
        read_authors(Past(written.folder, cache_folder=cache), check, lambda fraction, note: done.append(fraction))
    done.clear()
    read_authors(Past(written.folder, cache_folder=cache), report=lambda fraction, note: done.append(fraction))
    assert len([fraction for fraction in done if fraction > 0]) < 3
