"""Who wrote the lines of each node that are there now: of its text, and of the Lean that formalises it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from blueprint_app.insight.attribution.people import CommitNames
from blueprint_app.model.blueprint import Blueprint, Node, Reading
from blueprint_app.model.derive import declared_names
from blueprint_app.model.place import Place
from blueprint_app.model.provenance import ProjectProvenance

UNKNOWN = "not known"
"""Of lines from before the clone begins."""


class Side(StrEnum):
    """Which of the two texts of a project."""

    TEXT = "text"
    LEAN = "Lean"


@dataclass(frozen=True, slots=True)
class BlamedFile:
    """A file as it is at the commit that is asked about.

    `commits` holds for each line, from the first, the id of the commit that it comes from; "" for a blank line, which
    counts for nobody, and for one that was not looked at.
    """

    path: str
    side: Side
    commits: tuple[str, ...]

    def between(self, first: int, last: int) -> tuple[str, ...]:
        """The commits of the lines `first` to `last` (from 1, inclusive) that are not blank."""
        return tuple(commit for commit in self.commits[max(first - 1, 0) : last] if commit)


@dataclass(frozen=True, slots=True)
class Blamed:
    """All that attribution rests on: the files, the commits, and where the declarations stand (whole lines)."""

    files: Mapping[str, BlamedFile]
    commits: Mapping[str, CommitNames]
    declarations: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Credit:
    """Lines that are there today and that come from commits naming somebody; from how many commits, until when."""

    name: str
    lines: int
    commits: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """Who wrote some lines. A line counts for everyone whom its commit names, so that parts may exceed `lines`.

    `models` are those that the commits name, with the lines of these commits, whoever wrote them.
    """

    lines: int = 0
    people: tuple[Credit, ...] = ()
    models: tuple[Credit, ...] = ()


NOBODYS = Share()


@dataclass(frozen=True, slots=True)
class DeclarationCredit:
    """A declaration of a node: where it is, and whose its lines are. It has no place outside the project's Lean."""

    name: str
    place: Place | None
    share: Share


@dataclass(frozen=True, slots=True)
class RecordedPart:
    """What the records of attempts say of a node: a model's draft of a part that was put into the project."""

    model: str
    part: str
    date: str
    attempt: str


@dataclass(frozen=True, slots=True)
class NodeCredit:
    """A node with its text's share, its Lean's, and what of that is recorded as a model's."""

    node: str
    heading: str
    text: Share
    lean: Share
    declarations: tuple[DeclarationCredit, ...] = ()
    recorded: tuple[RecordedPart, ...] = ()


def node_credits(
    blueprint: Blueprint, blamed: Blamed, provenance: ProjectProvenance, nodes: Iterable[Node] | None = None
) -> tuple[NodeCredit, ...]:
    """The credits of all nodes, or of some, in document order."""
    chosen = blueprint.nodes if nodes is None else tuple(nodes)
    return tuple(_node_credit(node, blamed, provenance) for node in chosen)


def _node_credit(node: Node, blamed: Blamed, provenance: ProjectProvenance) -> NodeCredit:
    passages = [node.statement.place, *([node.proof.place] if node.proof is not None else ())]
    declarations = [_declaration(name, blamed) for name in declared_names(node, Reading.STRICT)]
    places = [each.place for each in declarations if each.place is not None]
    return NodeCredit(
        node.id,
        node.heading,
        share_of(lines_at(passages, blamed), blamed),
        share_of(lines_at(places, blamed), blamed),
        tuple(declarations),
        tuple(_recorded(node, provenance)),
    )


def _declaration(name: str, blamed: Blamed) -> DeclarationCredit:
    place = blamed.declarations.get(name)
    return DeclarationCredit(name, place, NOBODYS if place is None else share_of(lines_at([place], blamed), blamed))


def _recorded(node: Node, provenance: ProjectProvenance) -> Iterator[RecordedPart]:
    standing = provenance.of(node)
    for each in (standing.statement, standing.proof):
        if each is not None:
            yield RecordedPart(each.model, each.part.value, each.date, each.attempt)


def lines_at(places: Iterable[Place], blamed: Blamed) -> list[str]:
    """The commits of the lines at some places, each line once."""
    lines = {
        (place.file, line)
        for place in places
        for line in range(max(place.line, 1), max(place.end_line, place.line) + 1)
    }
    found = []
    for path, line in sorted(lines):
        file = blamed.files.get(path)
        if file is not None and line <= len(file.commits) and file.commits[line - 1]:
            found.append(file.commits[line - 1])
    return found


def share_of(lines: Sequence[str], blamed: Blamed) -> Share:
    """Whose some lines are, given the commit of each; most lines first, then by name."""
    counted = Counter(lines)
    names = {commit: blamed.commits[commit] for commit in counted if commit in blamed.commits}
    return Share(
        len(lines),
        tuple(_credits(counted, names, lambda each: (UNKNOWN,) if each.is_boundary else each.people)),
        tuple(_credits(counted, names, lambda each: () if each.is_boundary else each.models)),
    )


def _credits(
    lines: Mapping[str, int], names: Mapping[str, CommitNames], of: Callable[[CommitNames], Sequence[str]]
) -> list[Credit]:
    found: dict[str, list[str]] = {}
    for commit, each in names.items():
        for name in of(each):
            found.setdefault(name, []).append(commit)
    made = [
        Credit(name, sum(lines[each] for each in own), len(own), max(names[each].time for each in own))
        for name, own in found.items()
    ]
    return sorted(made, key=lambda credit: (-credit.lines, credit.name))
