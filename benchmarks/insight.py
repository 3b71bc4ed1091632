"""How long it takes to rank, and to tell what stands in the way, among 20,000 nodes: ``python -m benchmarks.insight``.

The graph is that of `benchmarks.graphs`; a third of the statements and a quarter of the proofs are declared done.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import repeat

import numpy as np

from benchmarks.graphs import blueprint_like
from blueprint_app.export.titles import plain_heading
from blueprint_app.insight.graph.impact import impact_of
from blueprint_app.insight.graph.trust import trust_report
from blueprint_app.insight.graph.use_graph import impact_sizes, use_graph
from blueprint_app.insight.next.blocked import blocked_by, bottlenecks, critical_paths
from blueprint_app.insight.next.next_lemma import next_lemmas
from blueprint_app.insight.next.offer_words import reasons
from blueprint_app.insight.standing import standing_of
from blueprint_app.model.blueprint import Blueprint, ListCommand, ListEntry, Node, NodeId, Passage
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, ProjectEvidence
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot

COUNT = 20_000
TODAY = date(2026, 1, 1)
TEXT = "For every $\\varepsilon > 0$ there is a finite set $S$ such that the sum over $S$ is at most the bound. "


def project(count: int, *, with_evidence: bool, seed: int = 1) -> Snapshot:
    """A project whose done nodes lie mostly at the bottom, as they do in real ones."""
    problem, random = blueprint_like(count, seed), np.random.default_rng(seed)
    uses: list[list[str]] = [[] for _ in range(count)]
    for source, target in problem.edges.tolist():
        uses[target].append(f"n{source}")
    luck = random.random(count) + np.arange(count) / count
    nodes = tuple(
        _node(row, bool(problem.boxes[row]), uses[row], luck[row] < 0.9, luck[row] < 0.7) for row in range(count)
    )
    blueprint = Blueprint("/", "Many", nodes, labels={node.id: node.id for node in nodes})
    if not with_evidence:
        return snapshot_of(blueprint)
    found = {
        f"P.n{row}": DeclarationEvidence(f"P.n{row}", EvidenceLevel.SOURCE, proof_sorry=bool(luck[row] > 0.75))
        for row in range(count)
        if luck[row] < 0.95
    }
    return snapshot_of(blueprint, evidence=ProjectEvidence(found, frozenset({"P"}), is_complete=True))


def _node(row: int, is_box: bool, uses: list[str], is_stated: bool, is_proved: bool) -> Node:
    place = Place("a.tex", row + 1)
    used = (ListCommand(tuple(ListEntry(name, place) for name in uses), place),) if uses else ()
    lean = (ListCommand((ListEntry(f"P.n{row}", place),), place),) if is_stated else ()
    flag, proved = place if is_stated else None, place if is_proved and is_stated else None
    statement = Passage(TEXT * (1 + row % 4), place, used if is_box else used[: row % 2], lean, leanok=flag)
    proof = None if is_box else Passage(TEXT * (1 + row % 23), place, used, leanok=proved)
    name, kind = f"n{row}", "definition" if is_box else "theorem" if row % 9 == 0 else "lemma"
    return Node(NodeId(name), (name,), kind, kind.title(), str(row), "", (), statement, proof)


def fresh(snapshot: Snapshot) -> Snapshot:
    """The same snapshot as one of which nothing has been worked out."""
    return replace(snapshot, whole=replace(snapshot.whole))


def opened(snapshot: Snapshot) -> Snapshot:
    """A fresh one as the window has it: the job that read it worked out its graph of uses, impacts and standing."""
    new = fresh(snapshot)
    # What was remembered of the run before is freed here, as it is where a project is opened first.
    for _ in range(2):
        next_lemmas(snapshot_of(Blueprint("/", "None", ())), TODAY)
    impact_sizes(use_graph(new))
    standing_of(new)
    return new


def tell(what: str, work: Callable[[], object], times: int = 7) -> None:
    """Print the median, the best and the worst of several runs, and the least time of a processor's own."""
    tell_each(what, repeat(work, times))


def tell_each(what: str, runs: Iterable[Callable[[], object]]) -> None:
    """The same of runs that differ; what it takes to come to the next one is not timed."""
    taken, used = [], []
    for work in runs:
        begun, busy = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
        used.append((time.process_time() - busy) * 1000)
    median = statistics.median(taken)
    print(f"{what:<50} {median:8.1f} ms  (best {min(taken):.1f}, worst {max(taken):.1f}; processor {min(used):.1f})")


def measure(snapshot: Snapshot, side: str) -> None:
    """Print how long each question takes."""
    # As after every reading in the window: what was read is left out of later collections.
    gc.collect()
    gc.freeze()
    found = next_lemmas(snapshot, TODAY)
    count, uses = len(snapshot.blueprint.nodes), len(snapshot.whole.edges)
    print(f"{count} nodes, {uses} uses, {side}: {len(found.offers)} offers, {len(found.goals)} goals")
    last = snapshot.blueprint.nodes[-1].id
    hub = max(snapshot.nodes, key=lambda node: len(snapshot.used_by[node]))
    on_hub, under = len(impact_of(snapshot, hub).affected), trust_report(snapshot, last).foundation
    first = (partial(next_lemmas, opened(snapshot), TODAY) for _ in range(15))
    tell_each("  ranking, first time for an opened project", first)
    tell("  the same with all that it begins with", lambda: next_lemmas(fresh(snapshot), TODAY), 15)
    tell("  ranking again, after a claim for example", lambda: next_lemmas(snapshot, TODAY), 15)
    best = found.offers[:200]
    tell("  reasons of 200", lambda: [reasons(snapshot, found.standing, it, TODAY, plain_heading) for it in best])
    tell("  what stands in the way of the last node", lambda: blocked_by(snapshot, last))
    tell("  bottlenecks of the project", lambda: bottlenecks(snapshot))
    tell("  critical paths to all goals", lambda: critical_paths(snapshot))
    tell(f"  impact of the most used node ({on_hub} nodes)", lambda: impact_of(snapshot, hub))
    tell(f"  trust report of the last ({under} under it)", lambda: trust_report(snapshot, last), 3)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    measure(project(count, with_evidence=False), "as declared")
    measure(project(count, with_evidence=True), "with evidence")


if __name__ == "__main__":
    main()
