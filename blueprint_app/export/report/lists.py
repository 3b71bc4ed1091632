"""The lists of a report: all nodes, where claims and Lean disagree, and what can be done next."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from blueprint_app.export.prose import Html, Prose
from blueprint_app.export.prose.markup import EMPTY, element, join, text
from blueprint_app.export.prose.page import slug
from blueprint_app.export.remarks import remarks_as_text
from blueprint_app.export.report.graph_figure import node_anchor
from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.drift import Drift, find_drift
from blueprint_app.insight.next.next_lemma import NextLemmas, Offer
from blueprint_app.insight.next.offer_words import reasons
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.evidence import EvidenceLevel
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot

MOST_OFFERS = 20

_LEVELS = {
    EvidenceLevel.NONE: "",
    EvidenceLevel.MISSING: "missing",
    EvidenceLevel.SOURCE: "source",
    EvidenceLevel.BUILT: "built",
    EvidenceLevel.CHECKED: "checked",
}


def nodes_list(snapshot: Snapshot, prose: Prose) -> Html:
    """A table of all nodes in document order; the page filters and sorts it by what its cells show."""
    rank = {headline: str(position) for position, headline in enumerate(Headline)}
    rows = [_node_row(snapshot, prose, node, rank) for node in snapshot.blueprint.nodes]
    heads = ("State", "Node", "Title", "Chapter", "Statement", "Proof", "Evidence", "Label")
    return _table("list-of-nodes", heads, rows)


def _node_row(snapshot: Snapshot, prose: Prose, node: Node, rank: dict[Headline, str]) -> Html:
    headline = snapshot.headlines[node.id]
    mark = element("span", class_=f"mark mark-{slug(headline)}", aria_hidden="true")
    state = element("span", mark, text(headline.value), class_=f"state headline-{slug(headline)}")
    name = element("a", text(f"{node.caption} {node.number}".strip()), href=node_anchor(node.id))
    chapter = snapshot.blueprint.headings[node.path[0]].number if node.path else ""
    level = _LEVELS[snapshot.node_evidence[node.id].level]
    return element(
        "tr",
        element("td", state, data_key=rank[headline]),
        element("td", name, class_="name"),
        element("td", prose.line(node.title) if node.title else EMPTY, class_="title"),
        element("td", text(chapter)),
        element("td", text("declared" if node.statement.is_leanok else "–")),
        element("td", text(_proof(node))),
        element("td", text(level or "–")),
        element("td", element("code", text(node.id)), class_="label"),
        data_headline=headline.value,
    )


def _proof(node: Node) -> str:
    if node.kind == "definition":
        return ""
    if node.proof is None:
        return "none written"
    return "declared" if node.proof.is_leanok else "–"


def drift_list(snapshot: Snapshot) -> Html:
    """Where the declared and the evidence contradict each other, by kind, and what could not be looked at."""
    found = find_drift(snapshot)
    parts = [_drift_group(kind.value, list(group)) for kind, group in groupby(found, key=lambda each: each.kind)]
    if not found:
        parts.append(element("p", text("Nothing drifted, as far as it could be compared."), class_="empty"))
    remarks = [element("li", text(line.strip())) for line in remarks_as_text(snapshot.evidence)]
    if remarks:
        parts.append(element("ul", *remarks, class_="remarks small"))
    return join(parts, "\n")


def _drift_group(kind: str, found: Sequence[Drift]) -> Html:
    items = [
        element(
            "li",
            element("a", element("code", text(each.node)), href=node_anchor(each.node)),
            element("span", text(each.message)),
            element("span", text(" → ".join(each.chain)), class_="chain") if each.chain else EMPTY,
            element("span", text(str(each.place)), class_="place"),
        )
        for each in found
    ]
    count = element("span", text(str(len(found))), class_="count")
    summary = element("summary", text(f"{kind[0].upper()}{kind[1:]} "), count)
    return element("details", summary, element("ul", *items, class_="drift"), open="open" if len(found) <= 12 else None)


def next_list(snapshot: Snapshot, prose: Prose, found: NextLemmas, today: date) -> Html:
    """The first offers, best first, with the reasons in words."""
    if not found.offers:
        return element("p", text("Nothing is ready to be stated or proved."), class_="empty")
    rows = [_offer_row(snapshot, prose, found, offer, today) for offer in found.offers[:MOST_OFFERS]]
    more = len(found.offers) - MOST_OFFERS
    rest = element("p", text(f"And {more} more."), class_="small") if more > 0 else EMPTY
    return Html(_table("offers", ("Node", "To do", "Size", "Why"), rows) + rest)


def _offer_row(snapshot: Snapshot, prose: Prose, found: NextLemmas, offer: Offer, today: date) -> Html:
    why = "; ".join(reasons(snapshot, found.standing, offer, today, plain_heading))
    return element(
        "tr",
        element("td", _named(snapshot, prose, offer.node), class_="name"),
        element("td", text(offer.work.value)),
        element("td", text(offer.size.value)),
        element("td", text(why), class_="why"),
    )


def _named(snapshot: Snapshot, prose: Prose, name: NodeId) -> Html:
    node = snapshot.nodes[name]
    link = element("a", text(f"{node.caption} {node.number}".strip()), href=node_anchor(name))
    return Html(f"{link} {prose.line(node.title)}") if node.title else link


def _table(class_: str, heads: Sequence[str], rows: Sequence[Html]) -> Html:
    head = element("tr", *(element("th", text(head)) for head in heads))
    table = Html(f'<table class="{class_}"><thead>{head}</thead>{element("tbody", *rows)}</table>')
    return element("div", table, class_="scrolls")
