"""How far a project is, in numbers that can be checked: parts with their totals, declared and shown by Lean apart."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from blueprint_app.export.prose import Html, Prose
from blueprint_app.export.prose.markup import EMPTY, element, join, text
from blueprint_app.export.prose.page import slug
from blueprint_app.export.status_text import grounds_in_words, nodes_by_chapter
from blueprint_app.insight.evidence_progress import EvidenceProgress, evidence_progress_of
from blueprint_app.insight.progress import Progress, percent, progress_of
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class _Row:
    name: Html
    progress: Progress
    evidence: EvidenceProgress


def progress_section(snapshot: Snapshot, prose: Prose) -> Html:
    """Figures of the whole, the headlines, and both by chapter and by kind."""
    progress, evidence = progress_of(snapshot), evidence_progress_of(snapshot)
    cards = element("div", _declared(progress), _shown(evidence), class_="cards")
    chapters = [
        _row(snapshot, _title(heading.number, prose.line(heading.title)), nodes)
        for heading, nodes in nodes_by_chapter(snapshot)
    ]
    return join(
        [
            cards,
            _headlines(snapshot, progress),
            _table("By chapter", "Chapter", chapters, evidence.named > 0),
            _table("By kind", "Kind", _kinds(snapshot), evidence.named > 0),
        ],
        "\n",
    )


def share(part: int, total: int) -> str:
    """The length of a bar in per cent with two digits; only all of it is 100, and only nothing is 0."""
    if part == total:
        return "100" if total else "0"
    hundredths = min(10_000 * part // total, 9_950) if total else 0
    return f"{max(hundredths, 50 if part else 0) / 100:g}"


def _declared(progress: Progress) -> Html:
    rows = [
        _figure("statements in Lean", progress.stated, progress.nodes),
        _figure("proofs in Lean", progress.proved, progress.to_prove),
        _figure("fully proved, with all below", progress.fully_proved, progress.nodes),
    ]
    ready = f"{progress.ready_to_state} ready to state · {progress.ready_to_prove} ready to prove"
    return _card("Declared by the author", "declared", rows, [element("p", text(ready), class_="small")])


def _shown(evidence: EvidenceProgress) -> Html:
    if not evidence.named:
        why = "No declaration of the project’s own is known here." if evidence.is_known else "Nobody looked."
        return _card("Shown by Lean", "shown", [], [element("p", text(why), class_="empty")])
    rows = [_figure("in Lean’s text without sorry", evidence.without_sorry, evidence.to_prove)]
    notes = []
    if evidence.was_asked:
        rows.append(_figure("Lean-verified", evidence.verified, evidence.to_prove))
        notes.append(f"Lean was asked about {evidence.asked} of {evidence.named} nodes with declarations of their own")
    else:
        notes.append("Lean-verified: none, as Lean was not asked")
    notes += [f"{evidence.stale} with evidence older than the sources"] if evidence.stale else []
    shown = [element("p", text(note), class_="small") for note in notes]
    if evidence.contradicted:
        words = f"{evidence.contradicted} contradicted: declared done, but Lean shows otherwise"
        shown.append(element("p", text(words), class_="small bad"))
    return _card("Shown by Lean", "shown", rows, shown)


def _card(title: str, class_: str, rows: Sequence[Html], notes: Sequence[Html]) -> Html:
    figures = element("div", *rows, class_="figures") if rows else EMPTY
    return element("section", element("h3", text(title)), figures, *notes, class_=f"card {class_}")


def _figure(name: str, part: int, total: int) -> Html:
    share = element("span", text(percent(part, total)), class_="percent")
    count = element("p", element("b", text(str(part))), text(f" of {total} "), share, class_="count")
    return element("div", count, element("p", text(name), class_="name"), bar(part, total), class_="figure")


def bar(part: int, total: int) -> Html:
    """A bar whose filled part never says more than the numbers beside it, which a screen reader reads instead."""
    return Html(f'<div class="bar" aria-hidden="true"><i style="width:{share(part, total)}%"></i></div>')


def _headlines(snapshot: Snapshot, progress: Progress) -> Html:
    found = [(headline, progress.headlines[headline]) for headline in Headline if progress.headlines.get(headline)]
    pieces = "".join(
        f'<i class="headline-{slug(headline)}" style="flex-grow:{count}" title="{headline.value}: {count}"></i>'
        for headline, count in found
    )
    items = [
        element(
            "li",
            element(
                "a",
                element("span", class_=f"mark mark-{slug(headline)}", aria_hidden="true"),
                element("b", text(str(count))),
                text(f" {headline.value}"),
                href="#nodes",
                class_=f"headline-{slug(headline)}",
                data_headline=headline.value,
                title="show these nodes in the list",
            ),
        )
        for headline, count in found
    ]
    stack = Html(f'<div class="stack" aria-hidden="true">{pieces}</div>') if found else EMPTY
    head = element("h3", text("Each node at a glance, worst news first"))
    grounds = element("p", text(grounds_in_words(snapshot).rstrip(":") + "."), class_="small")
    listed = element("ul", *items, class_="headlines")
    return element("section", head, grounds, stack, listed, class_="glance")


def _title(number: str, title: Html) -> Html:
    return Html(text(f"{number} ") + title) if number else title


def _kinds(snapshot: Snapshot) -> list[_Row]:
    members: dict[str, list[NodeId]] = {}
    names: dict[str, str] = {}
    for node in snapshot.blueprint.nodes:
        members.setdefault(node.kind, []).append(node.id)
        names.setdefault(node.kind, node.caption or node.kind)
    return [_row(snapshot, text(names[kind]), nodes) for kind, nodes in members.items()]


def _row(snapshot: Snapshot, name: Html, nodes: Sequence[NodeId]) -> _Row:
    return _Row(name, progress_of(snapshot, nodes), evidence_progress_of(snapshot, nodes))


_COLUMNS: tuple[tuple[str, Callable[[_Row], tuple[int, int]]], ...] = (
    ("Statements declared", lambda row: (row.progress.stated, row.progress.nodes)),
    ("Proofs declared", lambda row: (row.progress.proved, row.progress.to_prove)),
    ("Fully proved", lambda row: (row.progress.fully_proved, row.progress.nodes)),
)
_OF_LEAN: tuple[tuple[str, Callable[[_Row], tuple[int, int]]], ...] = (
    ("In Lean without sorry", lambda row: (row.evidence.without_sorry, row.evidence.to_prove)),
    ("Lean-verified", lambda row: (row.evidence.verified, row.evidence.to_prove)),
)


def _table(title: str, first: str, rows: Sequence[_Row], with_evidence: bool) -> Html:
    if not rows:
        return EMPTY
    columns = (*_COLUMNS, *_OF_LEAN) if with_evidence else _COLUMNS
    heads = [element("th", text(name)) for name in (first, *(name for name, _ in columns))]
    heads += [element("th", text("Contradicted"), class_="number")] if with_evidence else []
    body = [_table_row(row, [count(row) for _, count in columns], with_evidence) for row in rows]
    table = element("table", _head(heads), element("tbody", *body), class_="progress")
    return element("section", element("h3", text(title)), element("div", table, class_="scrolls"))


def _table_row(row: _Row, counts: Iterable[tuple[int, int]], with_evidence: bool) -> Html:
    cells = [element("th", row.name)]
    for part, total in counts:
        words = element("span", text(f"{part} of {total}"), class_="of") if total else text("–")
        cells.append(element("td", words, bar(part, total) if total else EMPTY))
    if with_evidence:
        bad = row.evidence.contradicted
        cells.append(element("td", text(str(bad) if bad else "–"), class_="number bad" if bad else "number"))
    return element("tr", *cells)


def _head(cells: Sequence[Html]) -> Html:
    return Html(f"<thead>{element('tr', *cells)}</thead>")
