"""A made-up project in which something of each sort is to be done: two chapters, two goals, one bottleneck."""

import pytest

from blueprint_app.model import derive
from blueprint_app.model.blueprint import Blueprint, Heading, ListCommand, ListEntry, Node, NodeId, Passage, SourceFile
from blueprint_app.model.place import Place

FILE = "blueprint/src/content.tex"

# Label, chapter, whether the statement and the proof are in Lean, and what its statement uses.
NODES = (
    ("def:a", 0, True, True, ()),
    ("lem:b", 0, True, False, ("def:a",)),
    ("def:c", 0, False, False, ()),
    ("lem:d", 0, False, False, ("def:c",)),
    ("thm:e", 0, False, False, ("lem:b", "lem:d")),
    ("lem:f", 1, False, False, ()),
    ("thm:g", 1, False, False, ("lem:f",)),
    ("lem:h", 1, True, True, ("def:a",)),
)
CAPTIONS = {"def": "Definition", "lem": "Lemma", "thm": "Theorem"}


def _node(row, label, chapter, stated, proved, uses):
    place, caption = Place(FILE, row + 1), CAPTIONS[label[:3]]
    used = (ListCommand(tuple(ListEntry(each, place) for each in uses), place),) if uses else ()
    statement = Passage(f"What {label} says, in {row + 5} words.", place, used, leanok=place if stated else None)
    proof = None if label.startswith("def") else Passage("It follows by induction on the number of steps.", place,
                                                         leanok=place if proved else None)  # fmt: skip
    number = f"{chapter + 1}.{row}"
    return Node(NodeId(label), (label,), caption.lower(), caption, number, f"About {label[-1]}", (chapter,),
                statement, proof)  # fmt: skip


@pytest.fixture
def make_snapshot():
    def made(_count, folder="/nowhere", reading=None):
        nodes = tuple(_node(row, *each) for row, each in enumerate(NODES))
        headings = tuple(
            Heading(key, "chapter", str(key + 1), f"Chapter {key + 1}", Place(FILE, key + 1)) for key in (0, 1)
        )
        blueprint = Blueprint(
            folder, "Demo", nodes, headings, {label: node.id for node in nodes for label in node.labels},
            graph_scope="chapter", files=(SourceFile(FILE, "0" * 64, "utf-8"),),
        )  # fmt: skip
        return derive.snapshot_of(blueprint, reading)

    return made
