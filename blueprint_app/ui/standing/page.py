"""The page of a node's standing: the three reports of the command line, each node in them a link."""

from collections.abc import Sequence
from itertools import groupby

from blueprint_app.export.planning.blocked_text import blocked_as_text
from blueprint_app.export.planning.impact_text import impact_as_text, lost_in_words, resting_in_words
from blueprint_app.export.planning.lines import counted
from blueprint_app.export.planning.trust_text import summary_of, trust_as_markdown, trust_as_text
from blueprint_app.export.prose.markup import EMPTY, Html, element, join, node_href, text
from blueprint_app.export.prose.page import PageContent, place_link
from blueprint_app.export.titles import plain_heading, plain_title
from blueprint_app.insight.graph.impact import Affected, Impact, impact_of
from blueprint_app.insight.graph.trust import Assumption, TrustReport, trust_report
from blueprint_app.insight.next.blocked import Blocked, Step, blocked_by
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot

_MOST = 40
"""Nodes of one list on the page; the text that can be copied has more."""


def standing_page(snapshot: Snapshot, node: NodeId) -> PageContent:
    """The page; call it in a job, as it looks at all nodes."""
    heading = plain_heading(snapshot.nodes[node])
    html = element(
        "article",
        element("header", element("h1", text(heading))),
        _first(snapshot, blocked_by(snapshot, node)),
        _if_wrong(snapshot, impact_of(snapshot, node)),
        _on_trust(snapshot, trust_report(snapshot, node)),
        class_="node",
        aria_label=f"Standing of {heading}",
    )
    return PageContent(node, heading, html, {})


def standing_as_text(snapshot: Snapshot, node: NodeId) -> str:
    """The same as text, as the command line tells it."""
    return "\n".join(
        (
            blocked_as_text(snapshot, blocked_by(snapshot, node)),
            impact_as_text(snapshot, impact_of(snapshot, node)),
            trust_as_text(snapshot, trust_report(snapshot, node)),
        )
    )


def trust_for_referee(snapshot: Snapshot, node: NodeId) -> str:
    """Every assumption under a node as Markdown, for a paper or an issue."""
    return trust_as_markdown(snapshot, trust_report(snapshot, node))


def _first(snapshot: Snapshot, found: Blocked) -> Html:
    parts = []
    is_definition = snapshot.nodes[found.node].kind == "definition"
    if found.is_stated and (found.is_proved or is_definition):
        parts.append(_words("It is in Lean."))
    elif found.is_stated:
        parts.append(_words("Its statement is in Lean."))
    else:
        parts.append(_steps(snapshot, "Before it can be stated", found.to_state, "It can be stated now."))
    if not found.is_proved and not is_definition:
        parts.append(_steps(snapshot, "Before it can be proved", found.to_prove, "It can be proved now."))
    if found.to_finish:
        parts.append(_steps(snapshot, "Until it is in Lean with all that it rests on", found.to_finish, ""))
    elif found.is_proved:
        parts.append(_words("So is all that it rests on."))
    if found.obstacles:
        items = [text(each) for each in found.obstacles]
        parts.append(_list("What no work on nodes removes", items, len(items)))
    return _section("What must be done first", *parts)


def _steps(snapshot: Snapshot, title: str, steps: Sequence[Step], none: str) -> Html:
    if not steps:
        return _words(none)

    def item(step: Step) -> Html:
        what = "state" if step.part.value == "statement" else "prove"
        notes = f" ({'; '.join(step.notes)})" if step.notes else ""
        return join([text(f"{what} "), _link(snapshot, step.node), text(notes)])

    return _list(f"{title}: {counted(len(steps), 'step')}", [item(step) for step in steps[:_MOST]], len(steps), "ol")


def _if_wrong(snapshot: Snapshot, impact: Impact) -> Html:
    if not impact.affected:
        return _section("If this is wrong", _words("Nothing rests on it."))
    parts = [_words(sentence) for sentence in (resting_in_words(impact), *lost_in_words(impact))]
    if impact.goals:
        goals = [_link(snapshot, goal) for goal in impact.goals[:_MOST]]
        parts.append(_list(f"Goal theorems among them ({len(impact.goals)})", goals, len(impact.goals)))
    if len(impact.by_chapter) > 1:
        counts = [
            text(f"{plain_title(name) or 'before the first chapter'}: {count}") for name, count in impact.by_chapter
        ]
        parts.append(_list("By chapter", counts[:_MOST], len(counts)))

    def item(each: Affected) -> Html:
        return join([_link(snapshot, each.node), text(f" · {snapshot.headlines[each.node].value}")])

    for steps, group in groupby(impact.affected[:_MOST], key=lambda each: each.steps):
        found = list(group)
        of = sum(each.steps == steps for each in impact.affected)
        title = "Directly" if steps == 1 else f"{steps} steps away"
        parts.append(_list(title, [item(each) for each in found], of))
    if len(impact.affected) > _MOST:
        parts.append(_words(f"{len(impact.affected) - _MOST} more stand further away or are left out here."))
    parts.append(_words("By the uses that the blueprint states; what Lean itself uses may be more or less."))
    return _section("If this is wrong", *parts)


def _on_trust(snapshot: Snapshot, report: TrustReport) -> Html:
    parts = [_words(line) for line in summary_of(report)]

    def item(each: Assumption) -> Html:
        where = "the node itself" if each.steps == 0 else f"{counted(each.steps, 'step')} below"
        said = [_link(snapshot, each.node), text(f" ({where}): {each.message} ")]
        return join([*said, place_link(each.place)] if each.place is not None else said)

    for ground, group in groupby(report.assumptions, key=lambda each: each.ground):
        found = list(group)
        parts.append(_list(f"{ground.value} ({len(found)})", [item(each) for each in found[:_MOST]], len(found)))
    return _section("What it takes on trust", *parts)


def _section(title: str, *parts: Html) -> Html:
    return element("section", element("h2", text(title)), *parts)


def _words(said: str) -> Html:
    return element("p", text(said)) if said else EMPTY


def _list(title: str, items: Sequence[Html], of: int, tag: str = "ul") -> Html:
    more = _words(f"and {of - len(items)} more") if of > len(items) else EMPTY
    return join([element("h3", text(title)), element(tag, *(element("li", item) for item in items)), more])


def _link(snapshot: Snapshot, node: NodeId) -> Html:
    return element("a", text(plain_heading(snapshot.nodes[node])), href=node_href(node), title=node)
