"""Small blueprints by hand: a line a node, ``name: kind flags < statement uses / proof uses``."""

from blueprint_app.model.blueprint import Blueprint, Landmark, ListCommand, ListEntry, Node, NodeId, Passage
from blueprint_app.model.place import Place


def entries(names: str) -> tuple[ListCommand, ...]:
    """One command for each ``|``-separated group of names."""
    commands = []
    for group in names.split("|"):
        texts = group.split()
        if texts:
            commands.append(ListCommand(tuple(ListEntry(text, PLACE) for text in texts), PLACE))
    return tuple(commands)


PLACE = Place("a.tex", 1)


def node(line: str, number: int = 1) -> Node:
    """A node of a line such as ``b: lemma leanok proof:leanok < a / a | c``; ``proof`` gives it an undone proof."""
    head, _, uses = line.partition("<")
    name, _, words = head.partition(":")
    kind, *flags = words.split()
    statement_uses, _, proof_uses = uses.partition("/")

    def flag(word: str) -> Place | None:
        return Place("a.tex", number) if word in flags else None

    proof = None
    if any(each.startswith("proof") for each in flags):
        proof = Passage("p", PLACE, entries(proof_uses), leanok=flag("proof:leanok"), notready=flag("proof:notready"))
    return Node(
        id=NodeId(name.strip()),
        labels=(name.strip(),),
        kind=kind,
        caption=kind.capitalize(),
        number=str(number),
        title="",
        path=(),
        statement=Passage(
            "s",
            Place("a.tex", number),
            entries(statement_uses),
            leanok=flag("leanok"),
            mathlibok=flag("mathlibok"),
            notready=flag("notready"),
        ),
        proof=proof,
    )


def blueprint(text: str, landmarks: dict[str, Landmark] | None = None, **more: object) -> Blueprint:
    """A blueprint with one node a line."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    nodes = tuple(node(line, number) for number, line in enumerate(lines, 1))
    return Blueprint(
        folder="/project",
        title="Test",
        nodes=nodes,
        labels={each.id: each.id for each in nodes},
        landmarks=landmarks or {},
        **more,
    )
