"""The past in the graph: the mode in which it shows a moment of the history instead of now."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from blueprint_app.insight.history.former_names import former_names
from blueprint_app.insight.history.history import History, HistoryPoint
from blueprint_app.ui.progress.past.past_scheme import past_scheme
from blueprint_app.ui.progress.past.replay_bar import ReplayBar
from blueprint_app.ui.project.view_state import ViewState
from blueprint_app.ui.views.view import GRAPH

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_SLOT = "former-names"


class Replay(QObject):
    """Needs a history; without one, or at another project, the graph shows now."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._points: tuple[HistoryPoint, ...] = ()
        self._names: tuple[Mapping[str, str], ...] = ()
        self._at = -1
        self.bar = ReplayBar()
        column = window.graph.layout()
        assert column is not None
        column.insertWidget(0, self.bar)  # type: ignore[attr-defined]
        self.bar.moved.connect(self._show)
        self.bar.ended.connect(self.end)
        window.scenes.ready.connect(lambda _scene: self.bar.painted())
        window.store.changed.connect(self._on_view_changed)

    @property
    def is_on(self) -> bool:
        """Whether the graph shows the past."""
        return self._at >= 0

    def begin(self, history: History, time: datetime) -> None:
        """Show the graph as it was at a time; before the first moment that one."""
        points = history.readable

        def done(names: tuple[Mapping[str, str], ...]) -> None:
            self._points, self._names = points, names
            at = max(bisect_right([point.commit.time for point in points], time) - 1, 0)
            self.bar.show_points(points, at)
            self._show(at)
            self._window.store.change(view=GRAPH)
            self.bar.slider.setFocus()
            self._window.commands.refresh()

        if points:
            self._window.jobs.start(_SLOT, lambda _context: former_names(points), done, is_long=True)

    def end(self) -> None:
        """Back to now."""
        self._window.jobs.cancel(_SLOT)
        was_on, self._at = self.is_on, -1
        self._points = self._names = ()
        self.bar.end()
        self._window.schemes.show_instead(None)
        if was_on:
            self._window.commands.refresh()

    def _show(self, at: int) -> None:
        self._at = at
        chosen = self._window.store.state.scheme
        self._window.schemes.show_instead(past_scheme(self._points[at].moment, self._names[at], chosen))

    def _on_view_changed(self, old: ViewState, new: ViewState) -> None:
        if self.is_on and new.scheme != old.scheme:
            self._show(self._at)
