"""A site that leanblueprint really built is read as what it shows."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.leanblueprint.reader import read_blueprint
from blueprint_app.sources.markup.html_text import tex_of_html
from blueprint_app.sources.project import read_project
from blueprint_app.sources.website.site import read_site
from tests.sources.readings import codes, lean_of, write_files

_RENDER = "import sys; from plasTeX.client import main; sys.exit(main(['-c', 'plastex.cfg', 'web.tex']))"


def build(folder: Path) -> Path:
    """Run leanblueprint's own renderer in a project."""
    source = folder / "blueprint" / "src"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _RENDER],
        cwd=source,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "blueprint" / "web"


@pytest.fixture(scope="module")
def primes(samples_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Snapshot, Path]:
    """What is read of the site, what of its TeX, and where the site is."""
    folder = shutil.copytree(samples_folder / "primes", tmp_path_factory.mktemp("site") / "primes")
    site = build(folder)
    moved = tmp_path_factory.mktemp("published") / "site"
    site.rename(moved)
    return snapshot_of(read_project(moved)), snapshot_of(read_blueprint(folder)), moved


@pytest.mark.slow
def test_nodes_and_edges_are_those_of_the_tex(primes: tuple[Snapshot, Snapshot, Path]) -> None:
    site, tex, _ = primes
    named = {name for name, node in tex.nodes.items() if node.labels}
    assert named <= set(site.nodes)
    assert len(site.nodes) == len(tex.nodes)
    assert site.blueprint.title == tex.blueprint.title
    edges = {(edge.source, edge.target, edge.kind) for edge in site.whole.drawn_edges}
    expected = {(edge.source, edge.target, edge.kind) for edge in tex.whole.drawn_edges}
    within = {edge for edge in expected if {edge[0], edge[1]} <= named}
    assert {edge for edge in edges if {edge[0], edge[1]} <= named} == within
    assert len(within) > 40


@pytest.mark.slow
def test_facts_of_nodes_are_those_of_the_tex(primes: tuple[Snapshot, Snapshot, Path]) -> None:
    site, tex, folder = primes
    for name, node in tex.nodes.items():
        if not node.labels:
            continue
        shown = site.nodes[name]
        assert (shown.kind, shown.number, shown.discussion) == (node.kind, node.number, node.discussion)
        assert set(lean_of(shown)) <= set(lean_of(node))
        assert [site.blueprint.headings[key].title for key in shown.path] == [
            heading.title.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
            for heading in tex.blueprint.headings
            if heading.key in node.path and heading.level == "chapter"
        ]
        assert bool(shown.statement.tex) == bool(node.statement.tex)
        line = (folder / shown.statement.place.file).read_text("utf-8").splitlines()[shown.statement.place.line - 1]
        assert "renderDot" in line
    assert {node.source for node in site.nodes.values()} == {"web site"}


@pytest.mark.slow
def test_colours_are_those_that_the_site_shows(primes: tuple[Snapshot, Snapshot, Path]) -> None:
    site, tex, _ = primes
    different = {
        name
        for name, status in site.status.items()
        if name in tex.status
        and (status.border, status.fill, status.shape)
        != (tex.status[name].border, tex.status[name].fill, tex.status[name].shape)
    }
    # Two uses that the picture leaves out decide these: one of something that is no node, one of an unlabelled node.
    assert different <= {"thm:zeckendorf-unique", "cor:fib-primes-gcd"}


@pytest.mark.slow
def test_chapters_with_graphs_of_their_own(samples_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(samples_folder / "chapters", tmp_path / "chapters")
    shutil.copy(samples_folder / "primes" / "blueprint" / "src" / "plastex.cfg", folder / "blueprint" / "src")
    site = build(folder)
    blueprint = read_site(site)
    tex = read_blueprint(samples_folder / "chapters")
    assert {node.id for node in blueprint.nodes} == {node.id for node in tex.nodes}
    titles = {heading.title: heading.number for heading in tex.headings if heading.level == "chapter"}
    assert {heading.title: heading.number for heading in blueprint.headings} == titles


PAGE = """<title>T &amp; U</title><script>x.renderDot(`strict digraph "" { a [color=green]; "b c" [color="#123456"];
a -> "b c" [style=dashed];}`)</script>
<div class="dep-modal-container" id="b c_modal"><div class="dep-modal-content"><div class="thm">
<div class="thm_thmheading"><span class="lemma_thmcaption">Lemma</span> <span class="lemma_thmlabel">2.1</span>
<span class="lemma_thmtitle">Of <em>x</em></span></div>
<div class="thm_thmcontent"><p>Let \\(a &lt; b\\) &amp; <div>so on</div> 50%.</p></div>
<a class="lean_link lean_decl" href="docs/find/#doc/A.b%27">Lean</a><a href="https://x/issues/7">D</a></div></div></div>"""


def test_a_page_by_itself(tmp_path: Path) -> None:
    folder = write_files(tmp_path, {"dep_graph_document.html": PAGE, "index.html": PAGE})
    blueprint = read_project(folder)
    node = blueprint.nodes[1] if blueprint.nodes[1].id == "b c" else blueprint.nodes[0]
    assert (node.id, node.kind, node.number, node.title) == ("b c", "lemma", "2.1", "Of \\emph{x}")
    assert re.sub(r"\s+", " ", node.statement.tex) == "Let \\(a < b\\) \\& so on 50\\%."
    assert (lean_of(node), node.discussion) == (("A.b'",), "7")
    assert blueprint.title == "T \\& U"
    assert codes(blueprint) == ["colours-unknown", "website-only"]
    assert read_project(folder / "dep_graph_document.html").nodes == blueprint.nodes


@pytest.mark.parametrize("page", ["", "<html>", "renderDot(`digraph {`)", "x.renderDot(`digraph { a -> `)", "\0\0"])
def test_damaged_pages_are_reported(tmp_path: Path, page: str) -> None:
    blueprint = read_project(write_files(tmp_path, {"dep_graph_document.html": page}))
    assert blueprint.nodes == ()
    assert codes(blueprint)[-1] == "website-only"
    assert page == "" or set(codes(blueprint)) & {"dot-damaged", "graph-missing"}


def test_html_as_tex() -> None:
    html = (
        "<p>A &amp; <b>B</b> \\(x_1 &lt; y\\) x_1</p><ul><li>one<li>two</ul>"
        '<script>no</script><code class="math display">a_b</code><code>c_d</code></p></em>'
    )
    expected = (
        "A \\& \\textbf{B} \\(x_1 < y\\) x\\_1 \\begin{itemize} \\item one \\item two \\end{itemize} "
        "\\[a_b\\]\\texttt{c\\_d}"
    )
    assert " ".join(tex_of_html(html).split()) == expected
