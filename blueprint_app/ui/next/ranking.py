"""What the view shows of one state of a project, worked out in a job: the offers, the bottlenecks, the paths."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.next.blocked import Bottleneck, CriticalPath
from blueprint_app.insight.next.claims import claim_in_words
from blueprint_app.insight.next.next_lemma import NextLemmas, Offer, Skill, Work
from blueprint_app.insight.next.offer_words import OfferFilter, listed, reasons, words_of
from blueprint_app.live.issues.project_issues import ProjectIssues
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.claim import ProjectClaims
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.node_table.rows import Column, Order, arranged


@dataclass(frozen=True)
class Ranking:
    """Everything that can be done next, text that has to be written first among it; `ranks` count both apart."""

    snapshot: Snapshot
    found: NextLemmas
    claims: ProjectClaims
    issues: ProjectIssues
    remarks: tuple[Diagnostic, ...]
    ranks: Mapping[NodeId, int]
    today: date

    def reasons(self, offer: Offer) -> tuple[str, ...]:
        """Why an offer stands where it stands."""
        return reasons(self.snapshot, self.found.standing, offer, self.today, plain_heading)

    def claimed_by(self, offer: Offer) -> str:
        """Who has claimed it; an expired claim stands in brackets."""
        held = [claim.by for claim in offer.claims if not claim.has_expired(self.today)]
        return listed(held, 2) if held else "".join(f"({claim.by})" for claim in offer.claims[:1])


@dataclass(frozen=True, slots=True)
class Shown:
    """The offers that meet the filters, in order, of how many."""

    offers: tuple[Offer, ...]
    of: int


def ranking_of(
    snapshot: Snapshot,
    found: NextLemmas,
    claims: ProjectClaims,
    issues: ProjectIssues,
    remarks: tuple[Diagnostic, ...],
    today: date,
) -> Ranking:
    """The ranking with the rank of each offer among those of its sort."""
    counts, ranks = {True: 0, False: 0}, dict[NodeId, int]()
    for offer in found.offers:
        sort = offer.work is Work.WRITE
        counts[sort] += 1
        ranks[offer.node] = counts[sort]
    return Ranking(snapshot, found, claims, issues, remarks, ranks, today)


def shown_of(ranking: Ranking, wanted: OfferFilter, order: Order) -> Shown:
    """The offers to show. Text to be written is there only where it is asked for."""
    writes = wanted.work is Work.WRITE or wanted.skill is Skill.MATHEMATICS
    base = [offer for offer in ranking.found.offers if (offer.work is Work.WRITE) == writes]
    chosen = wanted.chosen(ranking.snapshot, base)
    return Shown(arranged(chosen, offer_columns(ranking), order), len(base))


def offer_columns(ranking: Ranking) -> tuple[Column, ...]:
    """The columns of the offers."""
    nodes, ranks = ranking.snapshot.nodes, ranking.ranks

    def words(offer: Offer) -> int:
        return words_of(nodes[offer.node], offer)

    def rank(offer: Offer) -> int:
        return ranks[offer.node]

    columns: tuple[Column, ...] = (
        Column("Rank", "The most useful and easiest first", lambda each: str(rank(each)), rank, "8888", True),
        _name_column(ranking.snapshot),
        Column("To do", "What is to be done", lambda each: each.work.value, lambda each: each.work, "state and prove"),
        _number("Makes ready", "Nodes that become ready to state or to prove by it", lambda o: len(o.makes_ready), 2),
        _number("Impact", "Nodes that rest on it, directly or not", lambda offer: offer.impact, 1),
        Column(
            "To goal",
            "Steps to the nearest goal theorem above it; a dash where there is none",
            lambda offer: str(offer.steps) if offer.goal is not None else "–",
            lambda offer: offer.steps if offer.goal is not None else 10**9,
            "888",
            True,
            spare=6,
        ),
        _number("Words", "Length of the text that is to be put into Lean", words, 5),
    )
    # These two are there only where they say something: room is scarce.
    if any(offer.claims for offer in ranking.found.offers):
        columns += (
            Column(
                "Claimed by", "Who works on it; in brackets: the claim has expired", ranking.claimed_by,
                lambda offer: ranking.claimed_by(offer).casefold() or "\U0010ffff", "Emmy Noether", spare=3,
            ),
        )  # fmt: skip
    if any(offer.failed for offer in ranking.found.offers):
        columns += (_number("Failed", "Attempts that failed", lambda offer: offer.failed, 4),)
    return columns


def bottleneck_columns(snapshot: Snapshot) -> tuple[Column, ...]:
    """The columns of the nodes that hold back others."""
    goals = Column(
        "Goals", "Goal theorems among them", lambda each: str(len(each.goals)), lambda each: len(each.goals), "8888",
        True, spare=2,
    )  # fmt: skip
    return (
        _number("Holds back", "Nodes that rest on it and wait for it", lambda each: each.holds_back, 0),
        _name_column(snapshot),
        _number("Alone", "Nodes of whose foundation nothing else is missing", lambda each: each.alone, 1),
        goals,
    )


def path_columns(snapshot: Snapshot) -> tuple[Column, ...]:
    """The columns of the goals, a critical path each."""
    return (
        _number("Left", "Unfinished nodes under the goal or at it", lambda each: each.left, 0),
        _name_column(snapshot, "Goal"),
        _number("Steps", "Statements and proofs that are missing one after the other", lambda each: each.steps, 1),
        _number("Words", "Length of their texts", lambda each: each.words, 2),
    )


def bottleneck_in_words(snapshot: Snapshot, each: Bottleneck) -> str:
    """A bottleneck with its goals."""
    lines = [plain_heading(snapshot.nodes[each.node]), each.node, f"{_nodes(each.holds_back)} wait for it."]
    if each.alone:
        lines.append(f"It is all that is missing under {_nodes(each.alone)}.")
    if each.goals:
        names = listed(plain_heading(snapshot.nodes[goal]) for goal in each.goals)
        lines.append(f"Goals above it: {names}.")
    return "\n".join(lines)


def path_in_words(snapshot: Snapshot, path: CriticalPath) -> str:
    """A goal and how much is left to do for it."""
    return (
        f"{plain_heading(snapshot.nodes[path.goal])}\n{path.goal}\n{_nodes(path.left)} left under it or at it; the "
        f"longest chain takes {path.steps} step{'s' if path.steps != 1 else ''} one after the other."
    )


def offer_in_words(ranking: Ranking, offer: Offer) -> str:
    """A whole row for its tooltip."""
    claims = [claim_in_words(claim, ranking.today) for claim in offer.claims]
    head = f"{ranking.ranks[offer.node]}. {plain_heading(ranking.snapshot.nodes[offer.node])}"
    return "\n".join([head, offer.node, f"{offer.work.value}; {takes(offer)}", *claims])


def takes(offer: Offer) -> str:
    """How much work of what sort it looks like."""
    return f"{offer.size.value}, takes {'mathematics and Lean' if offer.skill is Skill.BOTH else offer.skill.value}"


def _name_column(snapshot: Snapshot, title: str = "Node") -> Column:
    def name(row: Offer | Bottleneck | CriticalPath) -> str:
        return plain_heading(snapshot.nodes[row.goal if isinstance(row, CriticalPath) else row.node])

    return Column(title, "Name and title", name, lambda row: name(row).casefold(), has_mark=True)


def _number(title: str, hint: str, number: Callable[[Any], int], spare: int) -> Column:
    def text(row: object) -> str:
        value = number(row)
        return f"{value:,}" if value else "–"

    return Column(title, hint, text, number, "88,888", True, spare=spare)


def _nodes(count: int) -> str:
    return f"{count} node{'s' if count != 1 else ''}"
