"""The past of blueprints in real git repositories: renames, merges, shallow clones, broken commits, no git."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from blueprint_app.insight.history.events import Happening, events_of, lines_of
from blueprint_app.live.past import gathering
from blueprint_app.live.past.git import Git, NoGitError
from blueprint_app.live.past.past import Past
from blueprint_app.model.errors import BlueprintError
from tests.live.past.repositories import PREAMBLE, START, Repository, lemma


def happened(folder: Path, **more) -> list[tuple[str, str, str]]:
    history = Past(folder).history(**more)
    return [(event.node, event.what.value, event.commit.subject) for event in events_of(history)]


def codes(folder: Path) -> list[str]:
    return [remark.code for remark in Past(folder).history().remarks]


def files_below(folder: Path) -> dict[str, tuple[int, bytes]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}


@pytest.fixture
def told(repository: Repository) -> Repository:
    """Added, stated, proved, one taken back; other files change in between."""
    repository.write(README_md="a plan")
    repository.commit("no blueprint yet")
    repository.content(lemma("a"), lemma("b"))
    repository.commit("plan")
    repository.write(README_md="a better plan")
    repository.commit("words")
    repository.content(lemma("a", stated=True), lemma("b"))
    repository.commit("state a")
    repository.content(lemma("a", stated=True, proved=True), lemma("b", stated=True), lemma("c"))
    repository.commit("prove a")
    repository.content(lemma("a", stated=True), lemma("b", stated=True), lemma("c"))
    repository.commit("not so")
    return repository


def test_what_there_is_to_read_is_told_before_it_is_read(told: Repository) -> None:
    told.git("tag", "v1", "HEAD~2")
    told.git("tag", "v2")
    outlook = Past(told.folder).outlook()
    assert outlook.commits == 6
    assert set(outlook.tags) == {"v1", "v2"}
    assert not outlook.is_shallow


def test_what_happened_to_each_node(told: Repository) -> None:
    history = Past(told.folder).history()
    assert [point.commit.subject for point in history.points] == ["plan", "state a", "prove a", "not so"]
    assert (history.commits, history.changes, history.is_shallow, history.remarks) == (6, 4, False, ())
    assert [point.moment.counts.stated for point in history.points] == [0, 1, 2, 2]
    assert [point.moment.counts.proved for point in history.points] == [0, 0, 1, 0]
    assert [point.commit.time for point in history.points] == [START + timedelta(days=day) for day in (2, 4, 5, 6)]
    assert history.points[0].commit.author == "Ada Lovelace"
    assert happened(told.folder) == [
        ("a", "added", "plan"),
        ("b", "added", "plan"),
        ("a", "stated in Lean", "state a"),
        ("a", "proved in Lean", "prove a"),
        ("b", "stated in Lean", "prove a"),
        ("c", "added", "prove a"),
        ("a", "proof taken back", "not so"),
    ]
    line = lines_of(history)["a"]
    assert [event.what for event in line.events][-1] is Happening.UNPROVED
    assert line.is_from_the_start
    assert not lines_of(history)["c"].is_from_the_start


def test_nothing_is_written_and_nothing_checked_out(told: Repository) -> None:
    told.content("work in progress")
    before = files_below(told.folder)
    history = Past(told.folder).history()
    assert files_below(told.folder) == before
    assert len(history.points[-1].moment.nodes) == 3


def test_nothing_of_the_projects_is_run(told: Repository, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\necho run >> {trap}\ncat\n")
    script.chmod(0o755)
    hooks = told.folder / ".git" / "hooks"
    for hook in ("post-checkout", "post-index-change", "pre-auto-gc", "reference-transaction"):
        (hooks / hook).write_text(script.read_text())
        (hooks / hook).chmod(0o755)
    settings = {
        "core.fsmonitor": str(script),
        "core.pager": str(script),
        "pager.log": str(script),
        "diff.external": str(script),
        "gpg.program": str(script),
        "log.showSignature": "true",
        "diff.tex.textconv": str(script),
        "diff.tex.command": str(script),
        "filter.tex.clean": str(script),
        "filter.tex.smudge": str(script),
        "color.ui": "always",
        "log.showRoot": "false",
        "diff.orderFile": "/no/such/file",
        "core.quotePath": "true",
        "log.decorate": "full",
        "format.pretty": "fuller",
        "diff.noprefix": "true",
        "log.date": "relative",
    }
    plain = happened(told.folder)
    for name, value in settings.items():
        told.git("config", name, value)
    (told.folder / ".gitattributes").write_text("*.tex diff=tex filter=tex\n")
    assert happened(told.folder) == plain
    assert not trap.exists()


def test_what_was_read_is_kept_and_only_new_commits_are_read(
    told: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    really = gathering.read_tasks

    def counted(folder, reading, tasks, check, on_answer) -> None:
        read.append(len(tasks))
        really(folder, reading, tasks, check, on_answer)

    monkeypatch.setattr(gathering, "read_tasks", counted)
    cache = tmp_path / "cache"
    first = Past(told.folder, cache_folder=cache).history()
    assert read == [4]
    assert Past(told.folder, cache_folder=cache).history() == first
    assert read == [4]
    told.content(lemma("a", stated=True), lemma("new"))
    told.commit("one more")
    second = Past(told.folder, cache_folder=cache).history()
    assert read == [4, 1]
    assert second.points[:4] == first.points
    # A rewritten history with the same files needs nothing either.
    told.git("commit", "-q", "--amend", "-m", "renamed")
    assert [point.moment for point in Past(told.folder, cache_folder=cache).history().points] == [
        point.moment for point in second.points
    ]
    assert read == [4, 1]
    (kept,) = cache.iterdir()
    kept.write_bytes(b"damaged")
    assert Past(told.folder, cache_folder=cache).history().points[:4] == first.points


def test_a_blueprint_that_moved(repository: Repository) -> None:
    repository.content(lemma("a"))
    repository.commit("plan")
    repository.git("mv", "blueprint", "docs")
    repository.git("mv", "docs/src/content.tex", "docs/src/all.tex")
    repository.write(docs__src__web_tex=PREAMBLE.replace("{content}", "{all}"))
    repository.commit("moved to docs")
    repository.write(docs__src__all_tex=lemma("a", stated=True))
    repository.commit("state")
    (repository.folder / "proof").mkdir()
    repository.git("mv", "docs", "proof/blueprint")
    repository.commit("project below")
    expected = [("a", "added", "plan"), ("a", "stated in Lean", "state")]
    assert happened(repository.folder) == expected
    assert happened(repository.folder / "proof") == expected
    assert happened(repository.folder / "proof" / "blueprint" / "src") == expected


def test_of_two_projects_in_one_clone_each_has_its_own_past(repository: Repository) -> None:
    for name in ("one", "two"):
        repository.write(
            **{
                f"{name}__blueprint__src__web_tex": PREAMBLE,
                f"{name}__blueprint__src__content_tex": lemma(f"lem:{name}"),
            }
        )
        repository.commit(name)
    assert happened(repository.folder / "two") == [("lem:two", "added", "two")]
    assert happened(repository.folder / "one") == [("lem:one", "added", "one")]


def test_a_label_that_changed_is_the_same_node(repository: Repository) -> None:
    repository.content(lemma("a", "All is well.", stated=True), lemma("other"))
    repository.commit("plan")
    repository.content(lemma("lem:a", "All is well.", stated=True), lemma("other"))
    repository.commit("label")
    repository.content(lemma("lem:a", "All is well.", stated=True, proved=True), lemma("other"))
    repository.commit("prove")
    history = Past(repository.folder).history()
    line = lines_of(history)["lem:a"]
    assert [event.what for event in line.events] == [
        Happening.ADDED,
        Happening.STATED,
        Happening.RENAMED,
        Happening.PROVED,
    ]
    assert "a" not in lines_of(history)


def test_work_on_a_branch_counts_when_it_is_merged(repository: Repository) -> None:
    repository.content(lemma("a"))
    repository.commit("plan")
    repository.git("checkout", "-q", "-b", "work")
    repository.content(lemma("a", stated=True))
    repository.commit("on a branch")
    repository.git("checkout", "-q", "main")
    repository.write(README_md="x")
    repository.commit("meanwhile")
    repository.time += timedelta(days=1)
    repository.git("merge", "-q", "--no-ff", "-m", "merged", "work")
    assert happened(repository.folder) == [("a", "added", "plan"), ("a", "stated in Lean", "merged")]
    assert Past(repository.folder).history().commits == 3


def test_a_shallow_clone_says_so(told: Repository, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    command = ["git", "clone", "-q", "--depth", "2", f"file://{told.folder}", str(shallow)]
    subprocess.run(command, check=True, capture_output=True)
    history = Past(shallow).history()
    assert history.is_shallow
    assert [point.commit.subject for point in history.points] == ["prove a", "not so"]
    assert "2025-03-08" in history.remarks[0].message
    with pytest.raises(BlueprintError, match="begins on 2025-03-08"):
        Past(shallow).changed_since("2025-03-01", history)
    assert Past(shallow).changed_since("2025-03-08T13:00", history).unproved == ("a",)


def test_a_partial_clone_says_so_and_fetches_nothing(told: Repository, tmp_path: Path) -> None:
    told.git("config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    command = ["git", "clone", "-q", "--filter=blob:none", f"file://{told.folder}", str(partial)]
    subprocess.run(command, check=True, capture_output=True)
    before = files_below(partial / ".git" / "objects")
    cache = tmp_path / "cache"
    history = Past(partial, cache_folder=cache).history()
    assert "history-contents" in [remark.code for remark in history.remarks]
    assert history.points[-1].moment.counts.nodes == 3
    assert files_below(partial / ".git" / "objects") == before
    # What could not be read is not taken for what it was, once the contents are there.
    assert Past(told.folder, cache_folder=cache).history().points[0].moment.counts.nodes == 2


def test_a_blueprint_that_cannot_be_read_for_a_while(told: Repository) -> None:
    sound = (told.folder / "blueprint" / "src" / "content.tex").read_text()
    for fault in ("no document", "no file", "no brace"):
        told.content(sound)
        if fault == "no document":
            told.write(blueprint__src__web_tex="half of a merge")
        elif fault == "no file":
            (told.folder / "blueprint" / "src" / "web.tex").unlink()
        else:
            told.content(lemma("a").replace("holds.", "holds{."), lemma("b"), lemma("c"))
        told.commit(fault)
        told.content(sound, lemma(f"then{len(fault)}"))
        told.commit("mended")
    history = Past(told.folder).history()
    problems = [point.commit.subject for point in history.points if point.moment.problem]
    assert problems == ["no document", "no file", "no brace"]
    assert {event.node for event in events_of(history) if event.what is Happening.REMOVED} == {"then11", "then7"}
    assert history.at(history.points[4].commit.time) == history.points[3]
    assert codes(told.folder) == ["history-unreadable"]


def test_what_changed_since(told: Repository) -> None:
    told.git("tag", "v1", "HEAD~3")
    past = Past(told.folder)
    history = past.history()
    for mark in ("v1", "HEAD~3", told.git("rev-parse", "--short", "HEAD~3"), "2025-03-06"):
        changed = past.changed_since(mark, history)
        assert (changed.added, changed.stated, changed.proved) == (("c",), ("a", "b"), ()), mark
        assert (changed.before.stated, changed.after.stated) == (0, 2)
    assert past.changed_since("2025-03-09", history).unproved == ("a",)
    assert past.changed_since("HEAD", history).is_empty
    everything = past.changed_since("2020-01-01", history)
    assert everything.added == ("a", "b", "c")
    assert past.changed_since("HEAD~5", history).added == ("a", "b", "c")
    for wrong in ("v9", "--all", "2025-13-01", "main..HEAD"):
        with pytest.raises(BlueprintError, match="no date"):
            past.changed_since(wrong, history)


def test_a_tag_beside_the_main_line(told: Repository) -> None:
    told.git("checkout", "-q", "-b", "side", "HEAD~4")
    told.content(lemma("z"))
    told.commit("aside")
    told.git("tag", "aside")
    told.git("checkout", "-q", "main")
    past = Past(told.folder)
    changed = past.changed_since("aside", past.history())
    assert (changed.added, changed.removed) == (("a", "b", "c"), ("z",))


def test_many_changes_are_sampled_and_it_is_said(repository: Repository) -> None:
    for number in range(12):
        repository.content(*(lemma(f"l{each}") for each in range(number + 1)))
        repository.commit(f"{number}", days=0.25)
    history = Past(repository.folder).history(most=6)
    assert history.changes == 12
    assert len(history.points) <= 6
    assert history.points[0].commit.subject == "0"
    assert history.points[-1].commit.subject == "11"
    assert history.remarks[0].code == "history-sampled"
    assert "12 commits" in history.remarks[0].message
    assert "the last of each day" in history.remarks[0].message
    few = Past(repository.folder).history(most=3)
    assert [point.commit.subject for point in few.points][::2] == ["0", "11"]
    assert len(Past(repository.folder).history(most=12).points) == 12


def test_many_readings_go_to_several_processes_and_say_the_same(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from blueprint_app.live.past import reading

    for number in range(9):
        repository.content(*(lemma(f"l{each}", stated=each < number // 2) for each in range(number + 1)))
        repository.commit(f"{number}")
    alone = Past(repository.folder).history()
    monkeypatch.setattr(reading, "_WORTH_PROCESSES", 2)
    told: list[float] = []
    together = Past(repository.folder).history(report=lambda fraction, note: told.append(fraction))
    assert together == alone
    assert told[-1] == 1.0


def test_a_cancel_comes_out_and_what_was_read_is_kept(told: Repository, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    done: list[float] = []

    def check() -> None:
        if done and done[-1] >= 0.5:
            raise StoppedError

    cache = tmp_path / "cache"
    with pytest.raises(StoppedError):
        Past(told.folder, cache_folder=cache).history(check, lambda fraction, note: done.append(fraction))
    done.clear()
    Past(told.folder, cache_folder=cache).history(report=lambda fraction, note: done.append(fraction))
    assert 1 < len([fraction for fraction in done if fraction > 0]) < 4


def test_without_git_there_is_no_past(told: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoGitError, match="no git clone"):
        Past(tmp_path).history()
    empty = Repository(tmp_path / "empty")
    with pytest.raises(NoGitError, match="no commit yet"):
        Past(empty.folder).history()
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGitError, match="no git on this machine"):
        Past(told.folder).history()


def test_a_blueprint_that_was_never_committed(repository: Repository) -> None:
    repository.write(README_md="x")
    repository.commit()
    repository.content(lemma("a"))
    assert codes(repository.folder) == ["history-empty"]
    assert Past(repository.folder).history().points == ()


TAGGED = """/-- A number. -/
@[blueprint "{label}" (statement := /-- It holds. -/)]
theorem {name} : True := by {proof}
"""


def test_nodes_that_stand_in_lean_files(repository: Repository) -> None:
    library = "\\newtheorem{theorem}{Theorem}\\input{../../.lake/build/blueprint/library/Proj}\n\\begin{document}"
    web = PREAMBLE.replace("\\input{content}", "\\inputleannode{lem:a}").replace("\\begin{document}", library)
    repository.write(blueprint__src__web_tex=web, Proj_lean=TAGGED.format(label="lem:a", name="a", proof="sorry"))
    repository.commit("plan")
    repository.write(Other_lean="-- nothing of the blueprint's\n")
    repository.commit("other Lean")
    repository.write(Proj_lean=TAGGED.format(label="lem:a", name="a", proof="trivial"))
    repository.commit("prove")
    assert happened(repository.folder) == [
        ("lem:a", "added", "plan"),
        ("lem:a", "stated in Lean", "plan"),
        ("lem:a", "proved in Lean", "prove"),
    ]


def test_a_document_of_lean_alone(repository: Repository) -> None:
    repository.write(Proj_lean=TAGGED.format(label="lem:a", name="a", proof="sorry"))
    repository.commit("plan")
    repository.write(Proj_lean=TAGGED.format(label="lem:a", name="a", proof="trivial"))
    repository.commit("prove")
    assert ("lem:a", "proved in Lean", "prove") in happened(repository.folder)


def test_links_and_odd_names_in_a_tree(repository: Repository) -> None:
    repository.content()
    (repository.folder / "blueprint" / "src" / "content.tex").unlink()
    text = repository.folder / "text"
    text.mkdir()
    (text / "päper\n1.tex").write_text(lemma("a"))
    (repository.folder / "blueprint" / "src" / "content.tex").symlink_to("../../text/päper\n1.tex")
    (repository.folder / "blueprint" / "src" / "loop.tex").symlink_to("loop.tex")
    (repository.folder / "blueprint" / "src" / "out.tex").symlink_to("/etc/passwd")
    repository.commit("plan \x1b[31mred")
    assert happened(repository.folder) == [("a", "added", "plan  [31mred")]


def test_contents_come_whole_and_too_large_ones_do_not(repository: Repository) -> None:
    repository.write(a_tex="x" * 3_000_000, b_tex="small\n")
    repository.commit()
    blobs = [repository.git("rev-parse", f"HEAD:{name}") for name in ("a.tex", "b.tex")]
    objects = Git(repository.folder).objects()
    with pytest.raises(OSError, match="Too large"):
        objects.read(blobs[0], 1000)
    assert objects.read(blobs[1], 1000) == b"small\n"
    assert len(objects.read(blobs[0], 3_000_000)) == 3_000_000
    with pytest.raises(OSError, match="Not in this clone"):
        objects.read("0" * 40, 1000)
    objects.close()
