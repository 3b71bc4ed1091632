"""Finding nodes by plain questions: how often, and how fast: ``python -m benchmarks.full_text PFR [FOLDER ...]``.

`PFR` is the folder of that project, for which `full_text_queries.yaml` has questions with the nodes that answer them.
Told is the share of questions with a right node among the first five, for the held-out questions and for those that
weights were chosen with. Times are of PFR, and of 20,000 nodes made of those of all folders, in
seconds of the processor: what else the machine has to do does not count.
"""

import contextlib
import gc
import re
import sqlite3
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.insight.search.full_text import FullTextIndex
from blueprint_app.insight.search.search import SearchIndex, declarations_of
from blueprint_app.insight.search.symbol_words import STOP_WORDS
from blueprint_app.insight.search.tex_words import TexWords, words_of_question
from blueprint_app.model.blueprint import Node, NodeId, Passage
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.app import SWITCH_SECONDS
from blueprint_app.ui.quiet_collector import quiet_collector

QUERIES = Path(__file__).with_name("full_text_queries.yaml")
COUNT = 20_000
FIRST = 5
RUNS = 5
Finder = Callable[[str], Sequence[NodeId]]


def raw_full_text(snapshot: Snapshot) -> Finder:
    """SQLite's full text over labels, titles, Lean names and LaTeX as they stand."""
    nodes = snapshot.blueprint.nodes
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table texts using fts5(label, title, lean, statement, proof)")
    for number, node in enumerate(nodes):
        proof = node.proof.tex if node.proof else ""
        row = (number, node.id, node.title, " ".join(declarations_of(node)), node.statement.tex, proof)
        query = "insert into texts (rowid, label, title, lean, statement, proof) values (?, ?, ?, ?, ?, ?)"
        database.execute(query, row)

    def find(question: str) -> list[NodeId]:
        terms = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        query = f"select rowid from texts where texts match ? order by rank limit {FIRST}"
        return [nodes[row[0]].id for row in database.execute(query, (terms,))]

    return find


def finders(snapshot: Snapshot) -> dict[str, Finder]:
    index, names = FullTextIndex(snapshot), SearchIndex(snapshot.blueprint.nodes)
    nodes, tex_words = snapshot.blueprint.nodes, TexWords(snapshot.blueprint.macros)

    def words(question: str) -> list[str]:
        asked = dict.fromkeys(words_of_question(question, tex_words).split())
        return [word for word in asked if word not in STOP_WORDS]

    ranking = index._ranking
    return {
        "name search (Ctrl+P as one types)": lambda question: [hit.node for hit in names.find(question, FIRST)],
        "raw FTS5": raw_full_text(snapshot),
        "FTS5 over words": lambda question: [nodes[n].id for n in ranking._by_full_text(words(question), "")[:FIRST]],
        "tf-idf over words alike": lambda question: [
            nodes[n].id for n in ranking._by_likeness(words(question))[:FIRST]
        ],
        "fused": lambda question: [hit.node for hit in index.find(question, FIRST)],
    }


def recall(find: Finder, questions: Sequence[tuple[str, list[str]]]) -> float:
    return sum(not set(answers).isdisjoint(find(question)) for question, answers in questions) / len(questions)


def many_nodes(snapshots: Sequence[Snapshot]) -> Snapshot:
    """The nodes of all blueprints, again and again, no two with the same text."""
    nodes = [node for snapshot in snapshots for node in snapshot.blueprint.nodes]
    copies = tuple(copy_of(nodes[number % len(nodes)], number) for number in range(COUNT))
    macros = tuple(macro for snapshot in snapshots for macro in snapshot.blueprint.macros)
    blueprint = replace(snapshots[0].blueprint, nodes=copies, headings=(), labels={}, macros=macros)
    return snapshot_of(blueprint, snapshots[0].reading)


def copy_of(node: Node, number: int) -> Node:
    def passage(one: Passage) -> Passage:
        return replace(one, tex=f"{one.tex} {number}")

    label = f"{node.id}-{number}"
    proof = passage(node.proof) if node.proof else None
    return replace(node, id=NodeId(label), labels=(label,), statement=passage(node.statement), proof=proof)


def tell_times(what: str, snapshot: Snapshot, questions: Sequence[str]) -> None:
    begun = time.thread_time()
    index = FullTextIndex(snapshot)
    made = time.thread_time()
    FullTextIndex(snapshot, index)
    again = time.thread_time() - made
    times = []
    for question in questions:
        start = time.thread_time()
        index.find(question)
        times.append((time.thread_time() - start) * 1000)
    median, worst = statistics.median(times), max(times)
    print(f"| {what} | {made - begun:.2f} | {again:.2f} | {median:.1f} | {worst:.1f} |")


def tell_stops(snapshot: Snapshot) -> None:
    """How long another thread, as the window's, has to wait for the interpreter while the index is made.

    Counted is what the index itself computed between two turns of the waiting thread. Where the machine has other
    things to do that thread may get no processor for a while: of some runs the best is told. Beside it a thread that
    only counts, which is as polite as any can be.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
    print("\n| while another thread | longest wait, ms | 99 of 100 below, ms |\n|---|---|---|")

    def count() -> None:
        end = time.perf_counter() + 5
        while time.perf_counter() < end:
            sum(range(1000))

    made: list[FullTextIndex] = []

    def make() -> None:
        with quiet_collector():
            made[:] = [FullTextIndex(snapshot)]

    for what, work in (("counts", count), (f"makes the index of {COUNT:,} nodes", make)):
        runs = [sorted(waits_during(threading.Thread(target=work))) for _ in range(RUNS)]
        longest = min(waits[-1] for waits in runs)
        usual = min(waits[int(len(waits) * 0.99)] for waits in runs)
        print(f"| {what} | {1000 * longest:.0f} | {1000 * usual:.1f} |")


def waits_during(thread: threading.Thread) -> list[float]:
    """The processor time of a thread between the turns of this one, in seconds."""
    thread.start()
    assert thread.ident is not None
    clock, waits = time.pthread_getcpuclockid(thread.ident), []
    last = time.clock_gettime(clock)
    while thread.is_alive():
        time.sleep(0.001)
        with contextlib.suppress(OSError):
            now = time.clock_gettime(clock)
            waits.append(now - last)
            last = now
    thread.join()
    return waits


def tell_yardstick(snapshot: Snapshot) -> None:
    """What the search by letters takes to make, in the same run: `RESULTS-search.md` has it for a quiet machine."""
    begun = time.thread_time()
    SearchIndex(snapshot.blueprint.nodes)
    print(f"| (the index of names of the same nodes) | {time.thread_time() - begun:.2f} | | | |")


def main(folders: Sequence[str]) -> None:
    snapshots = [open_project(Path(folder)) for folder in folders]
    asked = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    chosen, held_out = asked["chosen_with"], asked["held_out"]
    print(f"| | held out ({len(held_out)}) | chosen with ({len(chosen)}) |\n|---|---|---|")
    for name, find in finders(snapshots[0]).items():
        print(f"| {name} | {recall(find, held_out):.2f} | {recall(find, chosen):.2f} |")
    print("\n| | index, s | after a change, s | question, ms | worst, ms |\n|---|---|---|---|---|")
    texts = [text for text, _ in (*chosen, *held_out)]
    tell_times(f"PFR, {len(snapshots[0].nodes)} nodes", snapshots[0], texts)
    many = many_nodes(snapshots)
    tell_times(f"{COUNT:,} nodes", many, texts)
    tell_yardstick(many)
    tell_stops(many)


if __name__ == "__main__":
    main(sys.argv[1:])
