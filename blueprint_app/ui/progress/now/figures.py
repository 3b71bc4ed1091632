"""The numbers of the dashboard as plain values: each knows the nodes behind it, on both sides of "done"."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from blueprint_app.export.status_text import nodes_by_chapter
from blueprint_app.export.titles import numbered_title
from blueprint_app.insight.evidence_progress import VERIFIED, WITHOUT_SORRY, EvidenceProgress, evidence_progress_of
from blueprint_app.insight.progress import is_proved, percent
from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many nodes something holds: those of which it does, and those of which it does not.

    `name` is short, for the head of a column; `words` end a sentence that begins with the numbers.
    """

    name: str
    words: str
    done: tuple[NodeId, ...]
    left: tuple[NodeId, ...]

    @property
    def total(self) -> int:
        """All nodes that are asked about."""
        return len(self.done) + len(self.left)

    @property
    def text(self) -> str:
        """The numbers, such as ``12 of 20``."""
        return f"{len(self.done)} of {self.total}"

    @property
    def percent(self) -> str:
        """The share, rounded down."""
        return percent(len(self.done), self.total)


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter or a kind with its tallies, in the order of the columns."""

    name: str
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All numbers of the first page.

    `declared` and `shown` are what the author says and what Lean's side shows, `note` says what the latter rests on;
    `headlines` are those that occur, worst first; `contradicted` and `stale` are nodes of bad news.
    """

    nodes: int
    declared: tuple[Tally, ...]
    shown: tuple[Tally, ...]
    note: str
    headlines: Mapping[Headline, tuple[NodeId, ...]]
    contradicted: tuple[NodeId, ...]
    stale: tuple[NodeId, ...]
    kinds: tuple[Group, ...]
    chapters: tuple[Group, ...]


_Test = Callable[[Snapshot, Node], bool]

_DECLARED: tuple[tuple[str, str, bool, _Test], ...] = (
    ("Stated", "statements declared", True, lambda _snapshot, node: node.statement.is_leanok),
    ("Proved", "proofs declared", False, is_proved),
    ("Settled", "settled, with all below", True, lambda snapshot, node: _is_settled(snapshot, node)),
)
_SHOWN: tuple[tuple[str, str, bool, _Test], ...] = (
    (
        "Without sorry",
        "in Lean without sorry",
        False,
        lambda snapshot, node: snapshot.headlines[node.id] in WITHOUT_SORRY,
    ),
    ("Lean-verified", "Lean-verified", False, lambda snapshot, node: snapshot.headlines[node.id] in VERIFIED),
)
"""Name, words, whether definitions count, and what is asked of each node."""


def figures_of(snapshot: Snapshot) -> Figures:
    """The numbers of a snapshot; the same as `progress_of` and `evidence_progress_of` count them."""
    nodes = snapshot.blueprint.nodes
    evidence = evidence_progress_of(snapshot)
    has_shown = evidence.named > 0
    headlines = {
        headline: tuple(node.id for node in nodes if snapshot.headlines[node.id] is headline) for headline in Headline
    }
    return Figures(
        nodes=len(nodes),
        declared=_tallies(snapshot, nodes, _DECLARED),
        shown=_tallies(snapshot, nodes, _SHOWN) if has_shown else (),
        note=_note(evidence),
        headlines={headline: found for headline, found in headlines.items() if found},
        contradicted=headlines[Headline.CONTRADICTED],
        stale=tuple(node.id for node in nodes if snapshot.node_evidence[node.id].is_stale),
        kinds=tuple(_groups(snapshot, _by_kind(snapshot), has_shown=has_shown)),
        chapters=tuple(_groups(snapshot, _by_chapter(snapshot), has_shown=has_shown)),
    )


def figures_as_text(title: str, figures: Figures) -> str:
    """The same to be pasted into a mail: plain lines, a table of each sort with tabs between."""
    lines = [f"{title}: {figures.nodes} nodes", "", "Declared by the author"]
    lines += [f"  {each.text} {each.words} ({each.percent})" for each in figures.declared]
    lines += ["", "Shown by Lean"]
    lines += [f"  {each.text} {each.words} ({each.percent})" for each in figures.shown]
    lines += [f"  {figures.note}", f"  {len(figures.contradicted)} contradicted, {len(figures.stale)} stale"]
    lines += ["", "Headlines", *(f"  {len(found)}\t{each.value}" for each, found in figures.headlines.items())]
    for name, groups in (("Kind", figures.kinds), ("Chapter", figures.chapters)):
        heads = [each.name for each in (*figures.declared, *figures.shown)]
        lines += ["", "\t".join([name, *heads])]
        lines += ["\t".join([group.name, *(each.text for each in group.tallies)]) for group in groups]
    return "\n".join(lines) + "\n"


def _is_settled(snapshot: Snapshot, node: Node) -> bool:
    proved = node.kind != "definition" and is_proved(snapshot, node)
    return snapshot.status[node.id].fully_proved and (proved or node.statement.is_leanok)


def _tallies(
    snapshot: Snapshot, nodes: Iterable[Node], asked: Iterable[tuple[str, str, bool, _Test]]
) -> tuple[Tally, ...]:
    chosen = tuple(nodes)
    found = []
    for name, words, with_definitions, holds in asked:
        of = [node for node in chosen if with_definitions or node.kind != "definition"]
        answers = [(node.id, holds(snapshot, node)) for node in of]
        done, left = (tuple(node for node, answer in answers if answer is side) for side in (True, False))
        found.append(Tally(name, words, done, left))
    return tuple(found)


def _groups(snapshot: Snapshot, groups: Iterable[tuple[str, list[Node]]], *, has_shown: bool) -> Iterable[Group]:
    asked = (*_DECLARED, *_SHOWN) if has_shown else _DECLARED
    for name, nodes in groups:
        yield Group(name, _tallies(snapshot, nodes, asked))


def _by_kind(snapshot: Snapshot) -> Iterable[tuple[str, list[Node]]]:
    found: dict[str, list[Node]] = {}
    for node in snapshot.blueprint.nodes:
        found.setdefault(node.kind, []).append(node)
    return ((nodes[0].caption or kind, nodes) for kind, nodes in found.items())


def _by_chapter(snapshot: Snapshot) -> Iterable[tuple[str, list[Node]]]:
    for heading, members in nodes_by_chapter(snapshot):
        name = numbered_title(heading)
        yield name, [snapshot.nodes[node] for node in members]


def _note(evidence: EvidenceProgress) -> str:
    if not evidence.named:
        return (
            "No declaration of the project’s own is known here."
            if evidence.is_known
            else "Lean’s side was not looked at."
        )
    if not evidence.was_asked:
        return "Lean-verified: none, as Lean was not asked (menu Lean, Ask Lean)."
    return f"Lean was asked about {evidence.asked} of {evidence.named} nodes with declarations of their own."
