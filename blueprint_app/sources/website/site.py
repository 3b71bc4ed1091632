"""Reads a built leanblueprint site where the TeX that it was made from is not at hand."""

from pathlib import Path

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.sources.listed_file import ListedFile, read_listed
from blueprint_app.sources.markup.html_text import tex_of_html
from blueprint_app.sources.other.dot import DotError, parse_dot
from blueprint_app.sources.other.drawn import nodes_of
from blueprint_app.sources.plain_nodes import PlainNode, blueprint_of, kind_of
from blueprint_app.sources.website.pages import NodeBox, boxes_in, chapters_in, graphs_in, site_title

PAGES = "dep_graph_*.html"
DOCUMENT = "dep_graph_document.html"


def site_folder(folder: Path) -> Path | None:
    """The folder below `folder` that holds the graph pages of a site, in the places that projects put it."""
    for place in ("", "web", "blueprint", "blueprint/web", "docs/blueprint", "_site/blueprint", "site/blueprint"):
        candidate = folder / place
        if next(iter(candidate.glob(PAGES)), None) is not None:
            return candidate
    return None


def read_site(site: Path) -> Blueprint:
    """The blueprint that the graph pages of a site show.

    Only what is drawn is known: edges that the reduction left out, proofs, notes and what no graph
    shows are not there. With a graph of the whole document that one is read, else those of its parts.
    """
    index = read_listed(site, site / "index.html").text
    chapters = {page: (number, tex_of_html(title)) for page, (number, title) in chapters_in(index).items()}
    document = site / DOCUMENT
    pages = [document] if document.is_file() else sorted(site.glob(PAGES))
    nodes: dict[str, PlainNode] = {}
    files, diagnostics = [], []
    for path in pages:
        file = read_listed(site, path)
        for node in _nodes_of_page(file, chapters):
            known = nodes.setdefault(node.id, node)
            if known is not node:
                known.uses += [used for used in node.uses if used not in known.uses]
                known.proof_uses += [used for used in node.proof_uses if used not in known.proof_uses]
        files += file.sources
        diagnostics += file.diagnostics
    listed = sorted(nodes.values(), key=lambda node: _order(node.number))
    place = listed[0].place if listed else None
    diagnostics.append(
        Diagnostic(
            Severity.NOTE,
            "website-only",
            "This is read from the built web site: proofs, uses that its picture leaves out, and all that is in no "
            "graph are not known.",
            "Open the folder of the blueprint's TeX instead, where there is one.",
            place,
        )
    )
    return blueprint_of(site, tex_of_html(site_title(index)), "web site", listed, files, diagnostics)


def _order(number: str) -> tuple[tuple[int, int, str], ...]:
    """Printed numbers in the order of the document; what has none comes last."""
    parts = [part for part in number.split(".") if part]
    if not parts:
        return ((2, 0, ""),)
    return tuple((0, int(part), "") if part.isdecimal() and len(part) < 10 else (1, 0, part) for part in parts)


def _nodes_of_page(file: ListedFile, chapters: dict[str, tuple[str, str]]) -> list[PlainNode]:
    nodes: dict[str, PlainNode] = {}
    seen = False
    for offset, text in graphs_in(file.text):
        seen = True
        try:
            graph = parse_dot(text)
        except DotError as error:
            line = file.place_of_offset(offset + error.offset).line
            file.report("dot-damaged", f"The graph on this page is no DOT: {error}.", "Build the site again.", line)
            continue
        for node in nodes_of(graph, file, offset):
            nodes.setdefault(node.id, node)
    if not seen and file.text:
        file.report("graph-missing", f"There is no graph on the page {file.shown}.", "Build the site again.")
    for box in boxes_in(file.text):
        if box.id in nodes:
            _describe(nodes[box.id], box)
            nodes[box.id].chapter_number, nodes[box.id].chapter = chapters.get(box.page, ("", ""))
    return list(nodes.values())


def _describe(node: PlainNode, box: NodeBox) -> None:
    node.kind = kind_of(box.kind or node.kind)
    node.caption = tex_of_html(box.caption)
    node.number = box.number
    node.title = tex_of_html(box.title)
    node.statement = tex_of_html(box.content)
    node.lean = list(box.lean)
    node.discussion = box.discussion
