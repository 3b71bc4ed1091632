"""The one HTML file: its parts in the shell, under a policy by which nothing is loaded and no other script runs."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blueprint_app import __version__
from blueprint_app.export.drawn_graph import DrawnGraph
from blueprint_app.export.engine_files import resource_folder
from blueprint_app.export.inferred_words import CAPTION
from blueprint_app.export.looks import leanblueprint_looks, safe_colour
from blueprint_app.export.placed_graphs import PlacedGraph
from blueprint_app.export.prose import Html, Prose
from blueprint_app.export.prose.evidence import evidence_section
from blueprint_app.export.prose.markup import EMPTY, element, join, text, web_href
from blueprint_app.export.prose.page import page_of
from blueprint_app.export.prose.provenance import provenance_section
from blueprint_app.export.report.engine import engine_script, engine_settings, text_faces
from blueprint_app.export.report.graph_figure import graph_figure
from blueprint_app.export.report.lists import drift_list, next_list, nodes_list
from blueprint_app.export.report.progress_section import progress_section
from blueprint_app.export.titles import plain_title
from blueprint_app.insight.graph.inferred import inferred_uses
from blueprint_app.insight.next.next_lemma import next_lemmas
from blueprint_app.model.blueprint import LEANBLUEPRINT_COLOURS, NodeId, Packing
from blueprint_app.model.claim import NO_CLAIMS, ProjectClaims
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.model.why import explain

_SLOT = re.compile(r"\{\{([a-z_]+)\}\}")


@dataclass(frozen=True)
class ReportInput:
    """What a report is made of: the snapshot, its graphs as they are placed, and what it is a state of.

    `failed` counts the attempts that failed at a node; with the `claims` they count in what is offered next.
    """

    snapshot: Snapshot
    graphs: Sequence[PlacedGraph]
    packing: Packing
    today: date
    claims: ProjectClaims = NO_CLAIMS
    failed: Mapping[NodeId, int] | None = None


def report_as_html(of: ReportInput) -> str:
    """The file's text. All of the project's own text in it is escaped."""
    snapshot, prose = of.snapshot, Prose(of.snapshot.blueprint)
    folder = resource_folder("report")
    script, engine = (folder / "report.js").read_text("utf-8"), engine_script()
    offers = next_lemmas(snapshot, of.today, claims=of.claims, failed=of.failed)
    title = prose.line(snapshot.blueprint.title) or text(of.packing.project)
    parts = {
        "policy": _policy((script, engine)),
        "title": text(_plain_title(snapshot) or of.packing.project),
        "style": text_faces() + (folder / "report.css").read_text("utf-8"),
        "heading": title,
        "state_of": _state_of(of),
        "progress": progress_section(snapshot, prose),
        "graph_choice": _graph_choice(of.graphs),
        "graphs": join([_figure(snapshot, placed) for placed in of.graphs], "\n"),
        "leanblueprint_legend": _leanblueprint_legend(snapshot),
        "headline_legend": _headline_legend(snapshot),
        "next": next_list(snapshot, prose, offers, of.today),
        "drift": drift_list(snapshot),
        "headline_choice": _headline_choice(snapshot),
        "nodes": nodes_list(snapshot, prose),
        "pages": join([*_pages(snapshot, prose)], "\n"),
        "github": _attribute(_web(snapshot.blueprint.github)),
        "commit": _attribute(of.packing.commit),
        "made_by": text(f"Blueprint Explorer {__version__}"),
        "engine_settings": engine_settings(prose.engine_macros),
        "engine": engine,
        "script": script,
    }
    shell = (folder / "report.html").read_text("utf-8")
    return _SLOT.sub(lambda slot: parts[slot[1]], shell)


def _policy(scripts: Iterable[str]) -> str:
    """No request to anywhere; of scripts only these, by their hashes (Content Security Policy 3, 6.7.3.3)."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{each}'" for each in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _plain_title(snapshot: Snapshot) -> str:
    return plain_title(snapshot.blueprint.title)


def _state_of(of: ReportInput) -> Html:
    packing, nodes = of.packing, len(of.snapshot.blueprint.nodes)
    commit = f"commit {packing.commit[:10]}{' with changes' if packing.is_dirty else ''}" if packing.commit else ""
    said = (f"As of {packing.date[:10]}", commit, f"{nodes} nodes", f"{of.snapshot.reading.value} reading")
    return text(" · ".join(filter(None, said)))


def _graph_choice(graphs: Sequence[PlacedGraph]) -> Html:
    if len(graphs) < 2:
        return EMPTY
    titles = {graph.name: plain_title(graph.title) or graph.name for graph, _, _ in graphs}
    options = "".join(
        f'<option value="{text(graph.name)}">{text(f"{titles[graph.name]} ({len(graph.nodes)})")}</option>'
        for graph, _, _ in graphs
    )
    return Html(f'<label>Graph <select id="graph-choice">{options}</select></label>')


def _figure(snapshot: Snapshot, placed: PlacedGraph) -> Html:
    graph, problem, placement = placed
    figure = graph_figure(DrawnGraph(snapshot, graph, problem, placement, leanblueprint_looks(snapshot)))
    return Html(figure + element("p", text(CAPTION), class_="small")) if graph.is_inferred else figure


_BORDERS = (("stated", "statement in Lean"), ("can_state", "ready to state"), ("not_ready", "not ready"),
            ("mathlib", "in Mathlib"))  # fmt: skip
_FILLS = (("proved", "proved"), ("can_prove", "ready to prove"), ("defined", "defined"),
          ("fully_proved", "proved with all it rests on"))  # fmt: skip


def _leanblueprint_legend(snapshot: Snapshot) -> Html:
    colours = {**LEANBLUEPRINT_COLOURS, **snapshot.blueprint.colours}

    def swatch(name: str, words: str, kind: str) -> str:
        colour = safe_colour(colours[name].value) or "transparent"
        return f'<li><i class="swatch" style="{kind}:{colour}"></i>{text(words)}</li>'

    borders = "".join(swatch(name, words, "border-color") for name, words in _BORDERS)
    fills = "".join(swatch(name, words, "border-color:transparent;background") for name, words in _FILLS)
    return Html(f"<li>Border:</li>{borders}<li>Inside:</li>{fills}<li>Boxes are definitions</li>")


def _headline_legend(snapshot: Snapshot) -> Html:
    present = set(snapshot.headlines.values())
    items = [
        element("li", element("span", class_=f"mark mark-{_slug(each)}", aria_hidden="true"), text(each.value),
                class_=f"headline-{_slug(each)}")
        for each in Headline if each in present
    ]  # fmt: skip
    return join(items)


def _headline_choice(snapshot: Snapshot) -> Html:
    present = set(snapshot.headlines.values())
    return Html("".join(f"<option>{text(each.value)}</option>" for each in Headline if each in present))


def _slug(headline: Headline) -> str:
    return headline.name.lower().replace("_", "-")


def _pages(snapshot: Snapshot, prose: Prose) -> Iterable[Html]:
    """Each node's page, inert until it is opened."""
    inferred = inferred_uses(snapshot)
    for node in snapshot.nodes:
        sections = (
            ("Evidence", evidence_section(snapshot, node)),
            ("Provenance", provenance_section(snapshot, node, with_links=False)),
        )
        extra = [(title, content) for title, content in sections if content]
        page = page_of(snapshot, node, why=explain(snapshot, node), prose=prose, extra=extra, inferred=inferred)
        yield Html(f'<template data-node="{_attribute(node)}">{page.html}</template>')


def _web(address: str) -> str:
    return (web_href(address) or "") if address else ""


def _attribute(value: str) -> str:
    return text(value)
