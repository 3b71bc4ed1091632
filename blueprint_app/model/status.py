"""Status as leanblueprint derives it, and the strict reading that repairs where it misleads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from blueprint_app.model.blueprint import Blueprint, Node, NodeId, Passage, Reading
from blueprint_app.model.graph import strong_components


@dataclass(frozen=True, slots=True)
class BlueprintStatus:
    """leanblueprint's derived states of a node and how it draws them.

    `border` and `fill` are CSS colours, "" for none; `shape` is "box" or "ellipse".
    """

    can_state: bool
    can_prove: bool
    proved: bool
    fully_proved: bool
    border: str
    fill: str
    shape: str


@dataclass(frozen=True, slots=True)
class ResolvedUses:
    """What one passage uses, as a reading takes it.

    `nodes` are the ids of the nodes used, each once and in order; `others` are labels of things
    that are no nodes; `unresolved` are entries that name nothing.
    """

    nodes: tuple[NodeId, ...] = ()
    others: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()


def resolve_uses(blueprint: Blueprint, passage: Passage | None, reading: Reading) -> ResolvedUses:
    """The uses of a statement or proof: the last list alone for leanblueprint, all lists together when strict."""
    if passage is None or not passage.uses:
        return ResolvedUses()
    commands = passage.uses[-1:] if reading is Reading.LEANBLUEPRINT else passage.uses
    nodes: dict[NodeId, None] = {}
    others: dict[str, None] = {}
    unresolved: dict[str, None] = {}
    for command in commands:
        for text in command.texts:
            landmark = blueprint.landmarks.get(text)
            if text in blueprint.labels:
                nodes[blueprint.labels[text]] = None
            elif landmark is not None and landmark.usable:
                others[text] = None
            elif text:
                unresolved[text] = None
    return ResolvedUses(tuple(nodes), tuple(others), tuple(unresolved))


class StatusDeriver:
    """Derives the states of all nodes, graph by graph, in the order in which leanblueprint does.

    That order matters: leanblueprint adds a proof's uses to the statement's own list while it
    looks at a graph, so that a node shown in two graphs is judged by the longer list at last; and a
    use from another graph counts as proved only if that graph came before.
    """

    def __init__(
        self,
        blueprint: Blueprint,
        reading: Reading,
        statement: Mapping[NodeId, ResolvedUses],
        proof: Mapping[NodeId, ResolvedUses],
    ) -> None:
        self._blueprint = blueprint
        self._strict = reading is Reading.STRICT
        self._statement = statement
        self._proof = proof
        self._nodes = {node.id: node for node in blueprint.nodes}
        self._can_state: dict[NodeId, bool] = {}
        self._can_prove: dict[NodeId, bool] = {}
        self._proved: dict[NodeId, bool] = {}
        self._fully: dict[NodeId, bool] = {}
        self._widened: set[NodeId] = set()

    def add_graph(self, members: Sequence[NodeId]) -> None:
        """Judge the nodes of one graph, after all graphs added before."""
        for node_id in members:
            self._judge(self._nodes[node_id])
        self._judge_foundations(members)

    def statuses(self) -> dict[NodeId, BlueprintStatus]:
        """The states of all nodes; nodes in no graph have none that hold."""
        return {node.id: self._status(node) for node in self._blueprint.nodes}

    def _judge(self, node: Node) -> None:
        statement, proof = self._statement[node.id], self._proof[node.id]
        lists = [statement, proof] if node.id in self._widened else [statement]
        ready = all(self._are_leanok(uses) for uses in lists)
        self._can_state[node.id] = ready and node.statement.notready is None
        if node.proof is None or node.proof.is_blank:
            self._can_prove[node.id] = False
            self._proved[node.id] = self._strict and node.statement.mathlibok is not None
            return
        if node.statement.uses and not self._strict:
            self._widened.add(node.id)
        self._can_prove[node.id] = self._are_leanok(statement) and self._are_leanok(proof)
        self._proved[node.id] = node.proof.is_leanok
        if self._strict:
            self._can_prove[node.id] &= node.proof.notready is None
            in_mathlib = node.statement.mathlibok is not None
            self._proved[node.id] = in_mathlib or (node.proof.is_leanok and node.statement.is_leanok)

    def _are_leanok(self, uses: ResolvedUses) -> bool:
        if self._strict and uses.unresolved:
            return False
        return all(self._nodes[used].statement.is_leanok for used in uses.nodes) and all(
            self._blueprint.landmarks[other].leanok for other in uses.others if not self._strict
        )

    def _judge_foundations(self, members: Sequence[NodeId]) -> None:
        inside = set(members)
        before = {node: [used for used in self._all_uses(node) if used in inside] for node in members}
        for component in strong_components(members, before):
            loops = len(component) > 1 or component[0] in before[component[0]]
            holds = not (self._strict and loops) and all(
                self._is_done(node) and self._foundation_holds(node, inside, set(component)) for node in component
            )
            for node in component:
                self._fully[node] = holds

    def _all_uses(self, node: NodeId) -> Iterable[NodeId]:
        return dict.fromkeys((*self._statement[node].nodes, *self._proof[node].nodes))

    def _foundation_holds(self, node: NodeId, inside: set[NodeId], component: set[NodeId]) -> bool:
        for used in self._all_uses(node):
            if used in component:
                continue
            if not (self._fully[used] if used in inside else self._is_done(used)):
                return False
        if self._strict:
            return True
        landmarks = self._blueprint.landmarks
        others = (*self._statement[node].others, *self._proof[node].others)
        return all(landmarks[other].theorem_kind == "definition" for other in others)

    def _is_done(self, node_id: NodeId) -> bool:
        node = self._nodes[node_id]
        if node.kind == "definition":
            return node.statement.is_leanok if self._strict else True
        return self._proved.get(node_id, False)

    def _status(self, node: Node) -> BlueprintStatus:
        can_state = self._can_state.get(node.id, False)
        can_prove = self._can_prove.get(node.id, False)
        proved = self._proved.get(node.id, False)
        fully = self._fully.get(node.id, False)
        return BlueprintStatus(
            can_state=can_state,
            can_prove=can_prove,
            proved=proved,
            fully_proved=fully,
            border=self._border(node, can_state),
            fill=self._fill(node, can_state, can_prove, proved, fully),
            shape="box" if node.kind == "definition" else "ellipse",
        )

    def _border(self, node: Node, can_state: bool) -> str:
        colours = self._blueprint.colours
        if node.statement.mathlibok is not None:
            return colours["mathlib"].value
        if node.statement.is_leanok:
            return colours["stated"].value
        if can_state:
            return colours["can_state"].value
        return colours["not_ready"].value if node.statement.notready is not None else ""

    def _fill(self, node: Node, can_state: bool, can_prove: bool, proved: bool, fully: bool) -> str:
        colours = self._blueprint.colours
        stated = node.statement.is_leanok
        fill = ""
        if proved:
            fill = colours["proved"].value
        elif can_prove and (can_state or stated):
            fill = colours["can_prove"].value
        if node.kind == "definition":
            if stated:
                fill = colours["defined"].value
            elif can_state:
                fill = colours["can_prove"].value
        elif fully:
            fill = colours["fully_proved"].value
        return fill
