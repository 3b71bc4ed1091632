"""Whether what a snapshot file holds hangs together, as the readers of a project see to: all else may rely on it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from blueprint_app.export.snapshot_file.codec import UnfitError
from blueprint_app.model.blueprint import LEANBLUEPRINT_COLOURS, Blueprint, Node, Packing
from blueprint_app.model.evidence import DeclarationEvidence, ProjectEvidence

MOST_PARAMETERS = 9
"""Of a macro, as in TeX."""
_DEEPEST = 3
"""How often evidence may have been outrun by sources that were outrun."""


def check_blueprint(blueprint: Blueprint) -> None:
    """Raise UnfitError where a node, a heading or a label names something that is not there, or is there twice."""
    _check_headings(blueprint)
    ids = [node.id for node in blueprint.nodes]
    known = set(ids)
    _require(len(known) == len(ids), "has two nodes of one id")
    keys = range(len(blueprint.headings))
    for node in blueprint.nodes:
        _check_node(node, keys)
    _require(known.issuperset(blueprint.labels.values()), "has a label of a node that is not there")
    for label, landmark in blueprint.landmarks.items():
        _require(label == landmark.label, f"has a landmark under a wrong label, {label[:60]}")
        _require(landmark.inside is None or landmark.inside in known, f"has {label[:60]} in a node that is not there")
    _require(blueprint.colours.keys() >= LEANBLUEPRINT_COLOURS.keys(), "lacks colours")
    _require(all(macro.parameters <= MOST_PARAMETERS for macro in blueprint.macros), "has a macro that no TeX has")


def check_evidence(evidence: ProjectEvidence) -> None:
    """Raise UnfitError where a declaration stands under another name, or has too long a past."""
    for name, each in evidence.declarations.items():
        _require(name == each.name, f"has {name[:60]} under a wrong name")
        _require(_past(each) <= _DEEPEST, f"has too long a past of {name[:60]}")


def check_packing(packing: Packing) -> None:
    """Raise UnfitError where the date is none."""
    try:
        moment = datetime.fromisoformat(packing.date)
    except ValueError:
        raise UnfitError("has a date that is none") from None
    _require(moment.utcoffset() == timedelta(0), "has a date that is not in UTC")


def _check_headings(blueprint: Blueprint) -> None:
    for position, heading in enumerate(blueprint.headings):
        _require(heading.key == position, f"has heading {position} under a wrong key")
        _require(heading.parent is None or heading.parent < position, f"has heading {position} inside a later one")


def _check_node(node: Node, keys: range) -> None:
    _require(bool(node.id), "has a node without an id")
    _require(_are_in(node.path, keys) and _are_in(node.also_in, keys), f"has {node.id[:60]} under no heading")


def _are_in(numbers: Iterable[int], keys: range) -> bool:
    return all(number in keys for number in numbers)


def _past(evidence: DeclarationEvidence) -> int:
    depth, earlier = 0, evidence.earlier
    while earlier is not None:
        depth, earlier = depth + 1, earlier.earlier
    return depth


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise UnfitError(otherwise)
