"""From a snapshot's graph to the scene that the canvas paints: placed and built in jobs, kept for the way back."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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

_KEPT = 12
"""How many placed graphs are remembered: going back to one of them shows it at once."""


@dataclass(frozen=True, eq=False)
class Wish:
    """What is to be painted."""

    project: OpenProject
    graph: DependencyGraph
    scheme: ColourScheme
    theme: Theme


Placer = Callable[[LayoutProblem, Path, Callable[[], None]], Placement]
"""Places a problem, with a folder to remember placements in; calls the check on its way."""


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

        def work(context: JobContext) -> Scene:
            if known is not None:
                return self._in_colours(known[1], wish)
            return self._placed(wish, context)

        title = "" if known else "Laying out the graph"
        self._jobs.start("scene", work, self._on_scene, self._on_failed, title=title)

    def forget(self) -> None:
        """Drop what is kept: another project is shown."""
        self._kept.clear()

    @staticmethod
    def _in_colours(scene: Scene, wish: Wish) -> Scene:
        if scene.scheme is wish.scheme and scene.theme is wish.theme:
            return scene
        return recoloured(scene, wish.project.snapshot, wish.scheme, wish.theme)

    def _placed(self, wish: Wish, context: JobContext) -> Scene:
        # Imported here as the first window should not wait for it. numpy.unique imports numpy.ma when it
        # is first called: in the first frame, if it is not there by then.
        import numpy.ma  # noqa: F401

        from blueprint_app.layout.problem import problem_of

        snapshot = wish.project.snapshot
        problem = problem_of(snapshot, wish.graph)
        context.check()
        placement = self.placer(problem, cache_folder(), context.check)
        context.report(1.0, "drawing")
        return scene_of(snapshot, wish.graph, problem, placement, wish.scheme, wish.theme)

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
