"""From a snapshot's graph to the scene that the canvas paints: placed and built in jobs, kept for the way back."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import QObject, Signal

from blueprint_app import user_folders
from blueprint_app.insight.graph.graph_view import EVERYTHING, Narrowing, Shown, shown_graph
from blueprint_app.layout.placement import LayoutProblem, Placement
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.ui.canvas.scene import Scene, is_alike, recoloured, scene_of
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.theme import SCHEMES, ColourScheme, Theme

if TYPE_CHECKING:
    from blueprint_app.live.stable_layout import DrawnGraph

log = logging.getLogger(__name__)

_KEPT = 12
"""How many placed graphs are remembered: going back to one of them shows it at once."""


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be painted: of `graph` what `narrowing` leaves."""

    project: OpenProject
    graph: DependencyGraph
    scheme: ColourScheme
    theme: Theme
    narrowing: Narrowing = EVERYTHING

    @property
    def name(self) -> tuple[str, Narrowing]:
        """What it is called from one snapshot to the next."""
        return self.graph.name, self.narrowing

    @property
    def key(self) -> tuple[int, Narrowing]:
        """What tells it apart from all that is kept."""
        return id(self.graph), self.narrowing


Check = Callable[[], None]


class Placer(Protocol):
    """What lays out graphs; each call blocks, remembers its answer in the folder and calls `check` on its way."""

    def place(self, problem: LayoutProblem, cache_folder: Path, check: Check) -> Placement:
        """The best placement to be had soon."""

    def can_refine(self, problem: LayoutProblem, placement: Placement) -> bool:
        """Whether `refine` could give something better than `placement`."""

    def refine(self, problem: LayoutProblem, cache_folder: Path, check: Check) -> Placement | None:
        """A better placement, however long it takes; None when it takes too long."""


@dataclass(frozen=True, eq=False)
class _Placed:
    """A scene, what of the graph is in it, how that is drawn, and whether a better drawing is to be had."""

    scene: Scene
    shown: Shown
    drawn: "DrawnGraph"
    is_refinable: bool = False
    is_outgrown: bool = False


class Scenes(QObject):
    """`ready` carries the `Scene` that was wished for.

    `failed` carries the error of a layout that did not work; `outgrown` says that so much came or went since the
    graph was laid out that a new layout would be much better.
    """

    ready = Signal(object)
    failed = Signal(object)
    outgrown = Signal()

    def __init__(self, jobs: Jobs, placer: Placer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.placer = placer
        self._kept: OrderedDict[tuple[int, Narrowing], tuple[Wish, _Placed]] = OrderedDict()
        self._former: dict[tuple[str, Narrowing], DrawnGraph] = {}
        self._shown: Scene | None = None
        self._wish: Wish | None = None
        self.shown: Shown | None = None
        """What of the graph is in the scene that was delivered last."""
        self._delivered: Narrowing | None = None

    def shown_of(self, narrowing: Narrowing) -> Shown | None:
        """What of the graph is in the scene, if that is how the graph is wished for now."""
        return self.shown if self._delivered == narrowing else None

    def show(self, wish: Wish) -> None:
        """Deliver the scene of `wish` as soon as it is there; an earlier wish is dropped."""
        self._wish = wish
        known = self._kept.get(wish.key)
        former, shown = self._former.get(wish.name), self._shown

        def work(context: JobContext) -> _Placed:
            if known is not None:
                return replace(known[1], scene=self._in_colours(known[1].scene, wish))
            placed = self._placed(wish, former, context)
            # The scene that is shown need not be painted again where what changed cannot be seen in it.
            return replace(placed, scene=shown) if shown is not None and is_alike(shown, placed.scene) else placed

        title = "" if known or former else "Laying out the graph"
        if known is None and former is None:
            self._jobs.cancel("refine")
        self._jobs.start("scene", work, self._on_placed, self._on_failed, title=title)

    def forget(self) -> None:
        """Drop what is kept: another project is shown."""
        self._jobs.cancel("refine")
        self._kept.clear()
        self._former.clear()
        self._shown = self.shown = None

    def renew(self, renamed: Mapping[NodeId, NodeId]) -> None:
        """Another snapshot of the same project is shown: what both have stays where it is drawn.

        `renamed` gives the newer ids of nodes that have others now, by their former ones.
        """
        for wish, placed in self._kept.values():
            self._former[wish.name] = placed.drawn
        self._kept.clear()
        if not renamed:
            return
        self._former = {
            (graph, narrowing.renamed(renamed)): replace(
                drawn, nodes=tuple(renamed.get(node, node) for node in drawn.nodes)
            )
            for (graph, narrowing), drawn in self._former.items()
        }

    def lay_out_anew(self) -> None:
        """Give the graph that is shown the layout that it would get if it were opened now."""
        if self._wish is not None:
            self._kept.pop(self._wish.key, None)
            self._former.pop(self._wish.name, None)
            self.show(self._wish)

    @staticmethod
    def _in_colours(scene: Scene, wish: Wish) -> Scene:
        if scene.scheme is wish.scheme and scene.theme is wish.theme:
            return scene
        return recoloured(scene, wish.project.snapshot, wish.scheme, wish.theme)

    def _placed(self, wish: Wish, former: "DrawnGraph | None", context: JobContext) -> _Placed:
        # Imported here as the first window should not wait for it.
        from blueprint_app.layout.problem import problem_of
        from blueprint_app.live.stable_layout import Adapted, DrawnGraph, adapted

        snapshot = wish.project.snapshot
        shown = shown_graph(snapshot, wish.graph, wish.narrowing)
        graph = shown.graph
        context.check()
        problem = problem_of(snapshot, graph)
        context.check()
        kept = None
        if former is not None:
            kept = (
                Adapted(former.placement, False)
                if _is_same(former, graph, problem)
                else adapted(former, graph.nodes, problem)
            )
        placement = None if kept is None else kept.placement
        if placement is None:
            with context.waiting():
                placement = self.placer.place(problem, cache_folder(), context.check)
            context.report(1.0, "drawing")
        whole = scene_of(snapshot, graph, problem, placement, wish.scheme, wish.theme)
        name = wish.graph.name if wish.narrowing == EVERYTHING else f"{wish.graph.name} {wish.narrowing}"
        scene = replace(whole, name=name, is_narrowed=shown.nodes < shown.total)
        drawn = DrawnGraph(graph.nodes, problem, placement)
        is_refinable = former is None and self.placer.can_refine(problem, placement)
        is_outgrown = kept is not None and kept.placement is not None and kept.wants_new_layout
        return _Placed(scene, shown, drawn, is_refinable, is_outgrown)

    def _on_placed(self, placed: _Placed) -> None:
        self._on_scene(replace(placed, is_refinable=False, is_outgrown=False))
        if placed.is_refinable:
            self._refine(placed.drawn)
        if placed.is_outgrown:
            self.outgrown.emit()

    def _refine(self, drawn: "DrawnGraph") -> None:
        """Ask for the better placement in the background; it takes the place of the first one when it comes."""
        assert self._wish is not None
        name = self._wish.name

        def work(context: JobContext) -> Placement | None:
            return self.placer.refine(drawn.problem, cache_folder(), context.check)

        def done(placement: Placement | None) -> None:
            wish = self._wish
            if placement is not None and wish is not None and wish.name == name:
                self._kept.pop(wish.key, None)
                self._former[name] = replace(drawn, placement=placement)
                self.show(wish)

        def failed(error: BlueprintError) -> None:
            log.warning("the layout stays as it is: %s", error)

        self._jobs.start("refine", work, done, failed, title="Improving the layout")

    def _on_scene(self, placed: _Placed) -> None:
        assert self._wish is not None
        wish, self._shown, self.shown = self._wish, placed.scene, placed.shown
        self._delivered = wish.narrowing
        self._former.pop(wish.name, None)
        # The graph is kept along with its scene, so that its id stays its own.
        self._kept[wish.key] = (wish, placed)
        self._kept.move_to_end(wish.key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(placed.scene)

    def _on_failed(self, error: BlueprintError) -> None:
        self.failed.emit(error)


def _is_same(former: "DrawnGraph", graph: DependencyGraph, problem: LayoutProblem) -> bool:
    """Whether the graph is drawn as it was: the same nodes of the same sizes, the same edges and groups."""
    old = former.problem
    return (tuple(former.nodes), old.groups) == (graph.nodes, problem.groups) and all(
        np.array_equal(one, other)
        for one, other in ((old.sizes, problem.sizes), (old.edges, problem.edges), (old.boxes, problem.boxes))
    )


def cache_folder() -> Path:
    """Where placements are remembered."""
    return user_folders.cache_folder() / "layout"


def scheme_named(name: str) -> ColourScheme:
    """The scheme of that id; the first where none has it."""
    return next((scheme for scheme in SCHEMES if scheme.id == name), SCHEMES[0])
