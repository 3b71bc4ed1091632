"""What stands in a report: figures that add up, text that is escaped, and a policy that lets nothing in."""

import base64
import hashlib
import html
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from blueprint_app.assistant.records.record import Outcome
from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.bootstrap.packing import pack_project, report_on
from blueprint_app.export.badge import badge_as_svg
from blueprint_app.export.report.progress_section import share
from blueprint_app.model.blueprint import GraphColour
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot
from tests.assistant.records.attempts import full
from tests.export.report.conftest import with_lean

EVIL = "</script></style><script>alert(1)</script><img src=http://x.example/ onerror=alert(2)>\"'{{nodes}}"


class Page(HTMLParser):
    """The elements of a page with their attributes, and its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)


def hostile(folder: Path) -> Snapshot:
    """A project every text of which would like to be markup."""
    blueprint = open_project(folder).blueprint
    nodes = tuple(
        replace(node, title=EVIL, number=EVIL, statement=replace(node.statement, tex=f"{EVIL} ${EVIL}$"))
        for node in blueprint.nodes
    )
    headings = tuple(replace(heading, title=EVIL, number=EVIL) for heading in blueprint.headings)
    colours = {**blueprint.colours, "stated": GraphColour('red;background:url("http://x.example/")', EVIL)}
    return snapshot_of(
        replace(
            blueprint, nodes=nodes, headings=headings, title=EVIL, github=f"https://x.example/{EVIL}", dochome=EVIL,
            colours=colours,
        )
    )  # fmt: skip


def text_of(report: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", report))


def test_nothing_but_our_own_scripts_may_run(primes_report: str) -> None:
    page = Page(primes_report)
    policy = next(each["content"] for tag, each in page.elements if each.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    running = [
        script
        for script, (_, attributes) in zip(
            page.scripts, (each for each in page.elements if each[0] == "script"), strict=True
        )
        if attributes.get("type") is None
    ]
    assert len(running) == 2
    for script in running:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy
    assert (
        re.findall(r"(?:src|srcset|action|data)=", re.sub(r"<script.*?</script>", "", primes_report, flags=re.S)) == []
    )


def test_all_text_of_a_project_is_escaped(samples_folder: Path) -> None:
    page = Page(report_on(hostile(samples_folder / "chapters")))
    assert [tag for tag, _ in page.elements if tag in ("img", "iframe", "link", "object", "base", "form")] == []
    assert len(page.scripts) == 3
    assert all("alert(1)" not in script for script in page.scripts[1:])
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert "url(" not in (attributes.get("style") or "")
        address = attributes.get("href") or "#"
        assert re.match(r"#|node:|source:|copy:|https://x\.example/", address), address


def test_what_looks_like_a_slot_is_text(samples_folder: Path) -> None:
    report = report_on(hostile(samples_folder / "chapters"))
    assert report.count("{{nodes}}") > 5
    assert report.count('class="list-of-nodes"') == 1


def test_figures_have_totals(primes_report: str) -> None:
    text = text_of(primes_report)
    for figure in ("38 of 48 79 %", "28 of 39 71 %", "30 of 48 62 %", "26 of 39 66 %"):
        assert figure in text
    assert "Lean-verified: none, as Lean was not asked" in text
    assert "2 contradicted: declared done, but Lean shows otherwise" in text
    assert "Finite sums12 of 139 of 1111 of 1310 of 110 of 11–" in text.replace("\n", "")


@pytest.mark.parametrize(
    ("part", "total", "length"),
    [(0, 0, "0"), (0, 7, "0"), (7, 7, "100"), (1, 3, "33.33"), (9_999, 10_000, "99.5"), (1, 10_000, "0.5")],
)
def test_a_bar_is_full_only_if_all_is_done(part: int, total: int, length: str) -> None:
    assert share(part, total) == length


def test_every_node_has_a_row_a_page_and_a_place_in_the_graph(primes_report: str, samples_folder: Path) -> None:
    snapshot = open_project(samples_folder / "primes")
    page = Page(primes_report)
    pages = [each["data-node"] for tag, each in page.elements if tag == "template"]
    assert pages == [node.id for node in snapshot.blueprint.nodes]
    rows = [each for tag, each in page.elements if tag == "tr" and "data-headline" in each]
    assert len(rows) == 48
    in_graph = [each["href"] for tag, each in page.elements if tag == "a" and "data-row" in each]
    assert len(in_graph) == len(set(in_graph)) == 48


def test_all_graphs_of_a_project_are_there(samples_folder: Path) -> None:
    report = report_on(open_project(samples_folder / "chapters"))
    assert re.findall(r'data-graph="([^"]*)"', report) == ["document", "chapter_1", "chapter_2"]
    assert '<select id="graph-choice">' in report


def test_where_nobody_looked_at_lean_nothing_is_said_of_it(samples_folder: Path) -> None:
    text = text_of(report_on(open_project(samples_folder / "primes")))
    assert "Nobody looked." in text
    assert "In Lean without sorry" not in text


def test_failed_attempts_and_claims_count(sample_copy: Callable[[str], Path]) -> None:
    folder = sample_copy("primes")
    attempt_store(folder).write(full("thm:goldbach", outcome=Outcome.FAILED), "by simp", ".lean")
    claims = "schema: blueprint-claims/1\nclaims:\n- node: thm:goldbach\n  by: Ada\n"
    (folder / "blueprint" / "claims.yaml").write_text(claims)
    text = text_of(report_on(with_lean(folder)))
    assert "1 attempt failed; claimed by Ada" in text


def test_the_report_on_a_snapshot_file_is_that_on_its_project(
    sample_copy: Callable[[str], Path], tmp_path: Path
) -> None:
    folder, path = sample_copy("primes"), tmp_path / "primes.bpsnap"
    claims = "schema: blueprint-claims/1\nclaims:\n- node: thm:goldbach\n  by: Ada\n"
    (folder / "blueprint" / "claims.yaml").write_text(claims)
    snapshot = with_lean(folder)
    pack_project(snapshot, path)
    assert report_on(open_project(path)) == report_on(snapshot)


def test_an_empty_project_has_a_report(samples_folder: Path) -> None:
    blueprint = replace(open_project(samples_folder / "cycle").blueprint, nodes=(), labels={}, title="")
    report = report_on(snapshot_of(blueprint))
    assert "Nothing is ready to be stated or proved." in text_of(report)


# Badges


def test_a_badge_has_a_total_and_the_bad_news(samples_folder: Path) -> None:
    snapshot = with_lean(samples_folder / "primes")
    assert "blueprint: 28 of 39 proofs declared, 2 contradicted</title>" in badge_as_svg(snapshot)
    assert "blueprint: 26 of 39 without sorry, 2 contradicted</title>" in badge_as_svg(snapshot, "without-sorry")
    assert "blueprint: Lean was not asked, 2 contradicted</title>" in badge_as_svg(snapshot, "verified")


def test_a_badge_is_green_only_if_all_is_done(samples_folder: Path) -> None:
    snapshot = open_project(samples_folder / "primes")
    assert Headline.CONTRADICTED not in snapshot.headlines.values()
    assert "#007a59" not in badge_as_svg(snapshot)
    done = [node for node in snapshot.blueprint.nodes if snapshot.status[node.id].proved]
    labels = {label: node for label, node in snapshot.blueprint.labels.items() if node in {each.id for each in done}}
    whole = snapshot_of(replace(snapshot.blueprint, nodes=tuple(done), labels=labels))
    assert "#007a59" in badge_as_svg(whole)
