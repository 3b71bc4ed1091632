"""How far a blueprint is, in numbers that can be checked: counts with their totals, never a bare percentage."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.headline import Headline
from blueprint_app.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts over some nodes.

    `to_prove` are the nodes other than definitions, `proved` those of them whose proof is declared
    done or that are declared to be in Mathlib; `stated` have their statement declared done.
    `fully_proved` are the nodes proved with their whole foundation, definitions only if formalised.
    `headlines` counts the nodes of each headline.
    """

    nodes: int
    stated: int
    to_prove: int
    proved: int
    fully_proved: int
    ready_to_state: int
    ready_to_prove: int
    headlines: Mapping[Headline, int]


def progress_of(snapshot: Snapshot, nodes: Iterable[NodeId] | None = None) -> Progress:
    """The progress of `nodes`, or of the whole blueprint."""
    chosen = snapshot.blueprint.nodes if nodes is None else [snapshot.nodes[each] for each in nodes]
    status = snapshot.status
    to_prove = [node for node in chosen if node.kind != "definition"]
    proved = {node.id for node in to_prove if is_proved(snapshot, node)}
    return Progress(
        nodes=len(chosen),
        stated=sum(node.statement.is_leanok for node in chosen),
        to_prove=len(to_prove),
        proved=len(proved),
        fully_proved=sum(
            status[node.id].fully_proved and (node.id in proved or node.statement.is_leanok) for node in chosen
        ),
        ready_to_state=sum(status[node.id].can_state and not node.statement.is_leanok for node in chosen),
        ready_to_prove=sum(status[node.id].can_prove and node.id not in proved for node in to_prove),
        headlines=Counter(snapshot.headlines[node.id] for node in chosen),
    )


def is_proved(snapshot: Snapshot, node: Node) -> bool:
    """Whether the author declares that nothing is left to prove at this node."""
    return snapshot.status[node.id].proved or node.statement.mathlibok is not None


def percent(part: int, total: int) -> str:
    """`part` of `total` in per cent, rounded down, so that only all of it is 100 %."""
    return f"{100 * part // total} %" if total else "–"
