"""Graphs shaped like blueprints, of any size, for measuring what no real project is large enough for."""

from pathlib import Path

import numpy as np

from blueprint_app.layout.label_size import outline_size
from blueprint_app.layout.placement import Group, LayoutProblem
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.graph import Edge, EdgeKind, transitive_reduction

CHAPTER = 60


def blueprint_like(count: int, seed: int = 1) -> LayoutProblem:
    """A layout problem with `count` nodes in chapters of 60 and about 1.6 edges a node, transitively reduced.

    As in real blueprints a node uses mostly what stands shortly before it, often its chapter's
    definitions, sometimes a main result of an earlier chapter.
    """
    random = np.random.default_rng(seed)
    boxes = random.random(count) < 0.2
    edges: set[tuple[int, int]] = set()
    for node in range(1, count):
        start = node - node % CHAPTER
        for _ in range(int(random.integers(1, 4))):
            choice = random.random()
            if choice < 0.35 and node > start:
                source = max(start, node - int(random.geometric(0.15)))
            elif choice < 0.8 and node > start:
                source = start + int((node - start) * random.random() ** 2)
            else:
                source = int(start * (1 - random.random() ** 2)) // 7 * 7
            if source < node:
                edges.add((source, node))
    names = [NodeId(str(node)) for node in range(count)]
    given = [Edge(names[source], names[target], EdgeKind.PROOF) for source, target in sorted(edges)]
    kept = [(int(edge.source), int(edge.target)) for edge in transitive_reduction(names, given)]
    lengths = random.integers(4, 20, count).tolist()
    sizes = [outline_size("x" * length, box=box) for length, box in zip(lengths, boxes.tolist(), strict=True)]
    groups = [
        Group(f"{number + 1} Chapter", -1, tuple(range(first, min(first + CHAPTER, count))))
        for number, first in enumerate(range(0, count, CHAPTER))
    ]
    return LayoutProblem(np.array(sizes).reshape(-1, 2), np.array(kept, np.int64).reshape(-1, 2), boxes, tuple(groups))


def write_project(folder: Path, count: int, seed: int = 1) -> Path:
    """A project on disk with the graph of `blueprint_like`: a chapter a TeX file, and a Lean module for each.

    Every other node names a declaration of its module; a third of those have a sorry in their proof.
    """
    problem = blueprint_like(count, seed)
    uses: dict[int, list[int]] = {}
    for source, target in problem.edges.tolist():
        uses.setdefault(target, []).append(source)
    source = folder / "blueprint" / "src"
    (source / "chapters").mkdir(parents=True)
    (folder / "Many").mkdir()
    chapters = range(0, count, CHAPTER)
    (folder / "lakefile.toml").write_text('name = "many"\ndefaultTargets = ["Many"]\n\n[[lean_lib]]\nname = "Many"\n')
    (folder / "lean-toolchain").write_text("leanprover/lean4:v4.28.0\n")
    (folder / "Many.lean").write_text("".join(f"import Many.Part{number}\n" for number, _ in enumerate(chapters)))
    parts = "".join(f"\\input{{chapters/part{number}}}\n" for number, _ in enumerate(chapters))
    (source / "web.tex").write_text(
        "\\documentclass{report}\n\\usepackage{amsthm}\n\\usepackage[dep_graph]{blueprint}\n"
        "\\newtheorem{lemma}{Lemma}[chapter]\n\\newtheorem{definition}[lemma]{Definition}\n"
        f"\\begin{{document}}\n{parts}\\end{{document}}\n"
    )
    for number, first in enumerate(chapters):
        nodes = range(first, min(first + CHAPTER, count))
        tex = "".join(_node_tex(node, bool(problem.boxes[node]), uses.get(node, [])) for node in nodes)
        (source / "chapters" / f"part{number}.tex").write_text(f"\\chapter{{Chapter {number + 1}}}\n{tex}")
        lean = "".join(_node_lean(node, bool(problem.boxes[node])) for node in nodes if node % 2 == 0)
        (folder / "Many" / f"Part{number}.lean").write_text(f"namespace Many\n\n{lean}end Many\n")
    return folder


def _node_tex(node: int, is_box: bool, uses: list[int]) -> str:
    kind = "definition" if is_box else "lemma"
    names = ",".join(f"node:{used}" for used in uses)
    lean = f"\\lean{{Many.declared{node}}}\\leanok\n" if node % 2 == 0 else ""
    used = f"\\uses{{{names}}}\n" if names else ""
    text = f"For every $\\varepsilon > 0$ some finite $S_{{{node}}}$ has $|S| \\le \\varepsilon^{{-{node % 9}}}$."
    proof = f"\\begin{{proof}}\n{used}By what is before it, and $a^2 + b^2 = c^2$.\n\\end{{proof}}\n"
    above, below = (used, "") if is_box else ("", proof)
    return f"\\begin{{{kind}}}\\label{{node:{node}}}\n{lean}{above}{text}\n\\end{{{kind}}}\n{below}\n"


def _node_lean(node: int, is_box: bool) -> str:
    if is_box:
        return f"/-- Number {node}. -/\ndef declared{node} : Nat := {node}\n\n"
    proof = "by sorry" if node % 6 == 0 else "by\n  trivial"
    return f"/-- Number {node}. -/\ntheorem declared{node} : True := {proof}\n\n"
