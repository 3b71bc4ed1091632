"""Leads from card to card over the window as it is, and takes everything away again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from blueprint_app.ui.project.view_state import ViewState
from blueprint_app.ui.tour.as_found import AsFound
from blueprint_app.ui.tour.callout import Callout, place_beside
from blueprint_app.ui.tour.stops import stops_of
from blueprint_app.ui.tour.veil import Veil

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

_MOVED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)
_CHOSEN = ("node", "graph", "view", "narrowing")


class Tour(QObject):
    """One tour of a window with a project; `ended` tells that it is over, seen to its end or not.

    It ends as well where a person does something else meanwhile: what they did stays.
    """

    ended = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._found = AsFound(window)
        self._stops = stops_of(window)
        self._at = -1
        self._is_leading = self._is_over = False
        self.veil, self.callout = Veil(window), Callout(window)
        self.callout.next_wanted.connect(lambda: self._go(self._at + 1))
        self.callout.back_wanted.connect(lambda: self._go(max(self._at - 1, 0)))
        self.callout.end_wanted.connect(self.end)
        window.session.opening.connect(self._on_opening)
        window.session.closed.connect(self._on_closed)
        window.store.changed.connect(self._on_view_changed)
        window.theme_changed.connect(self._on_theme_changed)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self._watched: tuple[QWidget, ...] = (window, *{stop.part for stop in self._stops})
        for widget in self._watched:
            widget.installEventFilter(self)

    @property
    def title(self) -> str:
        """What the card is about that is shown now."""
        return self._stops[self._at].title

    def begin(self) -> None:
        """Show the first card."""
        self._go(0)

    def end(self) -> None:
        """Leave the window as it was found."""
        self._leave()
        self._found.restore()

    def _leave(self) -> None:
        """Take the cards away, and listen no more."""
        self._is_over = True
        window = self._window
        for widget in self._watched:
            widget.removeEventFilter(self)
        window.session.opening.disconnect(self._on_opening)
        window.session.closed.disconnect(self._on_closed)
        window.store.changed.disconnect(self._on_view_changed)
        window.theme_changed.disconnect(self._on_theme_changed)
        QApplication.instance().focusChanged.disconnect(self._on_focus_changed)  # type: ignore[union-attr]
        for widget in (self.veil, self.callout):
            widget.hide()
            widget.deleteLater()
        self.ended.emit()
        self.deleteLater()

    # What happens meanwhile

    def _on_opening(self, _path: object) -> None:
        self.end()

    def _on_closed(self) -> None:
        # What was found belongs to a project that is gone.
        self._leave()
        self._window.graph.hold_legend(is_open=False)

    def _on_theme_changed(self, _theme: object) -> None:
        self._place_soon()

    def _on_view_changed(self, old: ViewState, new: ViewState) -> None:
        if self._is_leading or self._window.session.project is None:
            return
        chosen = {name: getattr(new, name) for name in _CHOSEN if getattr(new, name) != getattr(old, name)}
        if chosen:
            # Not now: others are still being told of this change.
            QTimer.singleShot(0, self, lambda: self._give_way(chosen))

    def _give_way(self, chosen: dict[str, object]) -> None:
        if not self._is_over:
            self._leave()
            self._found.restore(with_focus=False)
            self._window.store.change(**chosen)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        elsewhere = new is not None and new.window() is self._window and not self._holds(new)
        if elsewhere and not self._is_leading:
            self._leave()
            self._found.restore(with_focus=False)

    def _holds(self, widget: QWidget) -> bool:
        return widget is self.callout or self.callout.isAncestorOf(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED:
            self._place_soon()
        return super().eventFilter(watched, event)

    # The cards

    def _go(self, at: int) -> None:
        if at == self._at:
            return
        if at >= len(self._stops):
            self.end()
            return
        self._at = at
        stop = self._stops[at]
        self._is_leading = True
        # Open it would hide the graph behind the other cards.
        self._window.graph.hold_legend(is_open=False)
        stop.show()
        self._is_leading = False
        self.callout.tell(stop.title, stop.text, at + 1, len(self._stops))
        self._place()
        self.callout.setFocus()
        # A part that was hidden gets its place only now.
        self._place_soon()

    def _place_soon(self) -> None:
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        if self._is_over or self._at < 0:
            return
        window, part = self._window, self._stops[self._at].part
        place = QRect(part.mapTo(window, QPoint(0, 0)), part.size()) & window.rect()
        self.veil.setGeometry(window.rect())
        self.veil.spare(place, window.theme)
        self.callout.fit()
        self.callout.move(place_beside(place, self.callout.width(), self.callout.height(), window.rect()))
        for widget in (self.veil, self.callout):
            widget.show()
            widget.raise_()
