"""The right side while no node is selected: what this blueprint is, how far it is, and where to begin reading."""

from collections.abc import Sequence

from blueprint_app.export.prose.markup import EMPTY, Html, element, join, node_href, text, web_href
from blueprint_app.export.prose.page import PageContent, slug
from blueprint_app.export.prose.prose import Prose
from blueprint_app.insight.evidence_progress import EvidenceProgress, evidence_progress_of
from blueprint_app.insight.progress import is_proved, percent, progress_of
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.snapshot import Snapshot

_MOST = 8
"""Nodes of one list: enough to choose from, few enough to be read."""

_READ = "Select a node to read it here."
_NO_NODES = "Nodes are definition, lemma, theorem … environments."


def overview_of(snapshot: Snapshot, prose: Prose) -> PageContent:
    """The page of the blueprint as a whole; its `node` is "" as it is no node's."""
    blueprint = snapshot.blueprint
    title = prose.line(blueprint.title) if blueprint.title else text("This blueprint")
    html = element(
        "article",
        element(
            "header",
            element("h1", title),
            element("p", text(_size(snapshot)), class_="meaning"),
            element("p", text(_READ if blueprint.nodes else _NO_NODES), class_="meaning"),
        ),
        _numbers(snapshot) if blueprint.nodes else EMPTY,
        _list("Results that nothing else rests on", _ends(snapshot), snapshot, prose),
        _list("Ready to prove, most used first", _ready_to_prove(snapshot), snapshot, prose),
        _list("Ready to state, most used first", _ready_to_state(snapshot), snapshot, prose),
        _links(snapshot),
        class_="node",
        aria_label="Overview",
    )
    return PageContent("", blueprint.title, html, prose.engine_macros)


def _size(snapshot: Snapshot) -> str:
    blueprint = snapshot.blueprint
    tops = {node.path[0] for node in blueprint.nodes if node.path}
    levels = {heading.level for heading in blueprint.headings if heading.key in tops}
    nodes = f"{len(blueprint.nodes)} nodes"
    return f"{nodes} in {len(tops)} {levels.pop()}s" if len(levels) == 1 and len(tops) > 1 else nodes


def _numbers(snapshot: Snapshot) -> Html:
    progress = progress_of(snapshot)
    declared = [
        ("Statements", f"{progress.stated} of {progress.nodes} in Lean ({percent(progress.stated, progress.nodes)})"),
        ("Proofs", f"{progress.proved} of {progress.to_prove} proved ({percent(progress.proved, progress.to_prove)})"),
        ("Settled", f"{progress.fully_proved} of {progress.nodes} proved with all that they rest on"),
    ]
    evidence = evidence_progress_of(snapshot)
    if not evidence.is_known:
        return _counts("Progress", declared, "As the authors declare it; Lean was not asked.")
    shown = _counts("Declared", declared, "What the authors say.")
    return Html(shown + _counts("Evidence", _evidence_rows(evidence), "What the project's Lean side shows."))


def _evidence_rows(evidence: EvidenceProgress) -> list[tuple[str, str]]:
    total = evidence.to_prove
    asked = "" if evidence.was_asked else ": Lean was not asked"
    rows = [
        ("Lean text", f"{evidence.without_sorry} of {total} to be proved stand there without a sorry of their own"),
        ("Lean-verified", f"{evidence.verified} of {total}{asked}"),
    ]
    if evidence.contradicted:
        rows.append(("Contradicted", f"{evidence.contradicted} declared done, but Lean's side says otherwise"))
    if evidence.stale:
        rows.append(("Stale", f"{evidence.stale} with evidence older than the sources"))
    return rows


def _counts(title: str, rows: Sequence[tuple[str, str]], meaning: str) -> Html:
    entries = [
        Html(element("dt", text(word)) + element("dd", element("ul", element("li", text(value)))))
        for word, value in rows
    ]
    note = element("p", text(meaning), class_="meaning")
    return element("section", element("h2", text(title)), element("dl", *entries), note, class_="facts")


def _ends(snapshot: Snapshot) -> list[Node]:
    kinds = [node for node in snapshot.blueprint.nodes if not snapshot.used_by[node.id] and node.kind != "definition"]
    theorems = [node for node in kinds if node.kind == "theorem"]
    return theorems or kinds


def _ready_to_prove(snapshot: Snapshot) -> list[Node]:
    ready = [
        node
        for node in snapshot.blueprint.nodes
        if node.kind != "definition" and snapshot.status[node.id].can_prove and not is_proved(snapshot, node)
    ]
    return sorted(ready, key=lambda node: -len(snapshot.used_by[node.id]))


def _ready_to_state(snapshot: Snapshot) -> list[Node]:
    ready = [
        node for node in snapshot.blueprint.nodes if snapshot.status[node.id].can_state and not node.statement.is_leanok
    ]
    return sorted(ready, key=lambda node: -len(snapshot.used_by[node.id]))


def _list(title: str, nodes: Sequence[Node], snapshot: Snapshot, prose: Prose) -> Html:
    if not nodes:
        return EMPTY
    count = element("span", text(str(len(nodes))), class_="count")
    chips = [_chip(snapshot, node.id, prose) for node in nodes[:_MOST]]
    more = len(nodes) - _MOST
    rest = element("p", text(f"and {more} more"), class_="meaning") if more > 0 else EMPTY
    head = element("h2", text(title + " "), count)
    return element("section", head, element("ul", *chips, class_="chips"), rest, class_="relations")


def _chip(snapshot: Snapshot, node_id: NodeId, prose: Prose) -> Html:
    node, headline = snapshot.nodes[node_id], snapshot.headlines[node_id]
    mark = element("span", class_=f"mark mark-{slug(headline)}", aria_hidden="true")
    name = element("span", text(f"{node.caption} {node.number}".strip()), class_="name")
    title = element("span", prose.line(node.title) if node.title else text(node.short_label), class_="title")
    link = element(
        "a", mark, name, text(" "), title,
        href=node_href(node_id), class_=f"chip headline-{slug(headline)}", title=f"{node.id}: {headline.value}",
    )  # fmt: skip
    return element("li", link)


def _links(snapshot: Snapshot) -> Html:
    blueprint = snapshot.blueprint
    named = (("Home", blueprint.home), ("Source", blueprint.github), ("Lean documentation", blueprint.dochome))
    links = [
        element("a", text(name), href=address, class_="external", title=given)
        for name, given in named
        if (address := web_href(given)) is not None
    ]
    return element("section", element("p", join(links, " · "))) if links else EMPTY
