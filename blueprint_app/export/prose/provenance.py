"""Who wrote a node's Lean text, as a section of its page: models are named, and what waits for a person is said."""

from blueprint_app.export.prose.markup import EMPTY, Html, app_href, element, text
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.provenance import NO_NODE_PROVENANCE, Contribution, NodeProvenance, Part
from blueprint_app.model.snapshot import Snapshot

ATTEMPT = "attempt."
"""How the link to an attempt begins; its id follows."""


def provenance_section(snapshot: Snapshot, node_id: NodeId, *, with_links: bool = True) -> Html:
    """The content of the section; EMPTY where nothing is recorded. Without `with_links` attempts are only told of."""
    known = snapshot.node_provenance.get(node_id, NO_NODE_PROVENANCE)
    items = []
    if known.draft is not None:
        items.append(_item(known.draft, "A draft of the {part} waits for a person", with_links))
    if known.statement is not None:
        items.append(_item(known.statement, "The Lean {part} was drafted", with_links, _faithful(known)))
    if known.proof is not None:
        items.append(_item(known.proof, "The Lean {part} was drafted", with_links))
    return element("ul", *items, class_="provenance") if items else EMPTY


def _item(contribution: Contribution, words: str, with_links: bool, more: Html = EMPTY) -> Html:
    model = element("b", text(contribution.model or "a person"))
    when = f" on {contribution.date[:10]}"
    if contribution.accepted:
        when += f", put into the project on {contribution.accepted[:10]}"
    level = _level(contribution)
    link = EMPTY
    if with_links:
        href = app_href(f"{ATTEMPT}{contribution.attempt}")
        link = Html(" " + element("a", text("attempt"), href=href, title="read the attempt"))
    head = text(f"{words.format(part=contribution.part.value)}: ")
    return element("li", head, model, text(f"{when}. {level}"), more, link)


def _level(contribution: Contribution) -> str:
    """How far Lean judged it, when it was made."""
    if contribution.level in ("", "none"):
        return "Lean did not judge it."
    if contribution.part is Part.STATEMENT:
        return "Lean takes it."
    return f"Judged: {contribution.level}."


def _faithful(known: NodeProvenance) -> Html:
    if known.needs_faithful:
        return element("span", text(" Nobody has marked it as faithful to the text as it is now."), class_="bad")
    return element("span", text(f" Faithful to the text, says {', '.join(known.faithful)}."), class_="good")
