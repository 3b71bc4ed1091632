"""How long a search as you type takes among 20,000 nodes: median and worst over many queries.

Run: python benchmarks/search.py
"""

import random
import statistics
import time

from blueprint_app.insight.search.search import SearchIndex
from blueprint_app.model.blueprint import ListCommand, ListEntry, Node, NodeId, Passage
from blueprint_app.model.place import Place

COUNT = 20_000
TEXT = """
let be a finite group of order with and then the entropy random variable independent distance compact operator
measure bounded lemma there exists constant such that for every subgroup homomorphism kernel image torsion abelian
sum inequality cover translate set doubling Fourier transform maximal function $X$ $\\mathbb{F}_2^n$
"""
WORDS = TEXT.split()
QUERIES = (
    "e", "en", "ent", "entr", "entropy", "the", "17", "4.17", "Lemma 4", "lem:node-1999", "finite group",
    "the of and", "nowhere-to-be-found", "condRho", "compact operator kernel", "𝔽", "ruzsa triangle", "x",
)  # fmt: skip


def node(number: int, chance: random.Random) -> Node:
    """A node about as wordy as those of real projects."""
    place = Place("content.tex", number + 1)
    text = " ".join(chance.choices(WORDS, k=chance.randint(20, 120)))
    lean = ListCommand((ListEntry(f"Project.Part{number % 40}.condRho_{number}", place),), place)
    label = f"lem:node-{number}"
    title = " ".join(chance.choices(WORDS, k=3)) if number % 3 == 0 else ""
    passage = Passage(text, place, lean=(lean,))
    return Node(NodeId(label), (label,), "lemma", "Lemma", f"{number // 100}.{number % 100}", title, (), passage)


def main() -> None:
    chance = random.Random(1)
    nodes = [node(number, chance) for number in range(COUNT)]
    begun = time.perf_counter()
    index = SearchIndex(nodes)
    print(f"index of {COUNT} nodes: {time.perf_counter() - begun:.2f} s")
    worst = []
    for query in QUERIES:
        times = []
        for _ in range(7):
            begun = time.perf_counter()
            hits = index.find(query)
            times.append((time.perf_counter() - begun) * 1000)
        worst.append(max(times))
        print(f"{query!r:28} {statistics.median(times):7.2f} ms  (worst {max(times):.2f})  {len(hits)} hits")
    print(f"worst of all: {max(worst):.1f} ms")


if __name__ == "__main__":
    main()
