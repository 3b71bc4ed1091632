"""From a snapshot's graph to the scene that the canvas paints: placed and built in jobs, kept for the way back."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import platformdirs
from PySide6.QtCore import QObject, Signal

from blueprint_app.layout.placement import LayoutProblem, Placement
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.ui.canvas.scene import Scene, recoloured, scene_of
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.session import OpenProject
from blueprint_app.ui.settings import APP_NAME
from blueprint_app.ui.theme import SCHEMES, ColourScheme, Theme

log = logging.getLogger(__name__)

_KEPT = 12
"""How many placed graphs are remembered: going back to one of them shows it at once."""


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be painted."""

    project: OpenProject
    graph: DependencyGraph
    scheme: ColourScheme
    theme: Theme


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
    """A scene, and the problem that a better placement is still wanted for."""

    scene: Scene
    unrefined: LayoutProblem | None = None


class Scenes(QObject):
    """`ready` carries a `Scene` and whether the same graph was shown before (so that the view may stay).

    `failed` carries the error of a layout that did not work.
    """

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, placer: Placer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.placer = placer
        self._kept: OrderedDict[int, tuple[DependencyGraph, Scene]] = OrderedDict()
        self._wish: Wish | None = None

    def show(self, wish: Wish) -> None:
        """Deliver the scene of `wish` as soon as it is there; an earlier wish is dropped."""
        self._wish = wish
        known = self._kept.get(id(wish.graph))

        def work(context: JobContext) -> _Placed:
            if known is not None:
                return _Placed(self._in_colours(known[1], wish))
            return self._placed(wish, context)

        title = "" if known else "Laying out the graph"
        if known is None:
            self._jobs.cancel("refine")
        self._jobs.start("scene", work, self._on_placed, self._on_failed, title=title)

    def forget(self) -> None:
        """Drop what is kept: another project is shown."""
        self._jobs.cancel("refine")
        self._kept.clear()

    @staticmethod
    def _in_colours(scene: Scene, wish: Wish) -> Scene:
        if scene.scheme is wish.scheme and scene.theme is wish.theme:
            return scene
        return recoloured(scene, wish.project.snapshot, wish.scheme, wish.theme)

    def _placed(self, wish: Wish, context: JobContext) -> _Placed:
        # Imported here as the first window should not wait for it.
        from blueprint_app.layout.problem import problem_of

        snapshot = wish.project.snapshot
        problem = problem_of(snapshot, wish.graph)
        context.check()
        placement = self.placer.place(problem, cache_folder(), context.check)
        context.report(1.0, "drawing")
        scene = scene_of(snapshot, wish.graph, problem, placement, wish.scheme, wish.theme)
        return _Placed(scene, problem if self.placer.can_refine(problem, placement) else None)

    def _on_placed(self, placed: _Placed) -> None:
        self._on_scene(placed.scene)
        if placed.unrefined is not None:
            self._refine(placed.unrefined)

    def _refine(self, problem: LayoutProblem) -> None:
        """Ask for the better placement in the background; it takes the place of the first one when it comes."""
        wish = self._wish
        assert wish is not None

        def work(context: JobContext) -> Scene | None:
            placement = self.placer.refine(problem, cache_folder(), context.check)
            if placement is None:
                return None
            return scene_of(wish.project.snapshot, wish.graph, problem, placement, wish.scheme, wish.theme)

        def done(scene: Scene | None) -> None:
            if scene is not None and self._wish is not None and self._wish.graph is wish.graph:
                self._on_scene(self._in_colours(scene, self._wish))

        def failed(error: BlueprintError) -> None:
            log.warning("the layout stays as it is: %s", error)

        self._jobs.start("refine", work, done, failed, title="Improving the layout")

    def _on_scene(self, scene: Scene) -> None:
        assert self._wish is not None
        graph = self._wish.graph
        # The graph is kept along with its scene, so that its id stays its own.
        self._kept[id(graph)] = (graph, scene)
        self._kept.move_to_end(id(graph))
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(scene)

    def _on_failed(self, error: BlueprintError) -> None:
        self.failed.emit(error)


def cache_folder() -> Path:
    """Where placements are remembered."""
    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False)) / "layout"


def scheme_named(name: str) -> ColourScheme:
    """The scheme of that id; the first where none has it."""
    return next((scheme for scheme in SCHEMES if scheme.id == name), SCHEMES[0])
