"""Several readings of one project as one blueprint, each node naming the source that it came from."""

from collections.abc import Sequence
from dataclasses import replace

from blueprint_app.model.blueprint import Blueprint, Heading, Node
from blueprint_app.model.diagnostic import Diagnostic, Severity


def merged(blueprints: Sequence[Blueprint]) -> Blueprint:
    """One blueprint of all, the first one's settings and nodes first.

    A label that an earlier one has is not taken again; where the two make different claims about
    it, that is reported. What carries a label already taken by something else is left out with it.
    """
    result = blueprints[0]
    for other in blueprints[1:]:
        result = _joined(result, other)
    return result


def _joined(first: Blueprint, second: Blueprint) -> Blueprint:
    shift = 1 + max((heading.key for heading in first.headings), default=-1)
    taken = {*first.labels, *(node.id for node in first.nodes)}
    added = [_shifted(node, shift) for node in second.nodes if node.id not in taken]
    ids = {node.id for node in added}
    disagreements = _disagreements(first, second)
    landmarks = {
        label: landmark for label, landmark in second.landmarks.items() if label not in taken and label not in ids
    }
    return replace(
        first,
        nodes=(*first.nodes, *added),
        headings=(*first.headings, *(_shifted_heading(heading, shift) for heading in second.headings)),
        labels={**{label: node for label, node in second.labels.items() if node in ids}, **first.labels},
        landmarks={**landmarks, **{k: v for k, v in first.landmarks.items() if k not in ids}},
        home=first.home or second.home,
        github=first.github or second.github,
        dochome=first.dochome or second.dochome,
        theorem_kinds=tuple(dict.fromkeys((*first.theorem_kinds, *(node.kind for node in added)))),
        macros=(*first.macros, *second.macros),
        references={**second.references, **first.references},
        files=tuple(dict.fromkeys((*first.files, *second.files))),
        diagnostics=(*first.diagnostics, *second.diagnostics, *disagreements),
    )


def _shifted(node: Node, shift: int) -> Node:
    return replace(
        node, path=tuple(key + shift for key in node.path), also_in=tuple(key + shift for key in node.also_in)
    )


def _shifted_heading(heading: Heading, shift: int) -> Heading:
    parent = None if heading.parent is None else heading.parent + shift
    return replace(heading, key=heading.key + shift, parent=parent)


def _disagreements(first: Blueprint, second: Blueprint) -> list[Diagnostic]:
    known = {node.id: node for node in first.nodes}
    found = []
    for node in second.nodes:
        own = known.get(first.labels.get(node.id, node.id))
        if own is not None and _claims(own) != _claims(node):
            found.append(
                Diagnostic(
                    Severity.WARNING,
                    "sources-disagree",
                    f"{own.source} and {node.source} claim different things of {node.id!r}; the former is shown.",
                    "Bring the two into line, or build the generated one again.",
                    node.statement.place,
                    own.id,
                )
            )
    return found


def _claims(node: Node) -> tuple[bool, bool]:
    return node.statement.is_leanok, node.proof is not None and node.proof.is_leanok
