"""Begins the tour, with the sample where nothing is open, and offers it once in the life of the app."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from blueprint_app.ui.project.samples import sample_folders
from blueprint_app.ui.tour.tour import Tour
from blueprint_app.ui.window.notices import Notice, Offer

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow

TAKE_TOUR = "Take a short tour"
_TOPIC, _OFFERED = "first", "tour_offered"
_WELCOME = "This is a sample blueprint, to look around in. Drop the folder of your own project onto the window."
_NEW_HERE = "New here? A few cards show what is where."


class TourDesk(QObject):
    """The tour of one window; `tour` is the one that is under way."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._is_wanted = False
        self.tour: Tour | None = None
        window.scenes.ready.connect(self._on_graph)
        window.session.failed.connect(lambda _path, _error: self._forget())
        window.session.closed.connect(self._forget)
        window.start_page.tour_wanted.connect(self.begin)

    def can_begin(self) -> bool:
        """Whether there is anything to show round."""
        return self._window.session.project is not None or bool(sample_folders())

    def begin(self) -> None:
        """Show the first card; where nothing is open, the sample first."""
        window, samples = self._window, sample_folders()
        window.notices.clear(_TOPIC)
        window.settings[_OFFERED] = True
        if self.tour is None and window.session.project is not None and window.graph.scene is not None:
            self._start()
        elif self.tour is None:
            self._is_wanted = True
            if samples and window.session.project is None and not window.jobs.is_running("open"):
                window.session.open(samples[0])

    def welcome(self) -> None:
        """Say on the first start what the sample is, and offer the tour."""
        open_other = Offer("Open a project", self._window.deeds.files.choose_folder)
        is_new = not self._window.settings[_OFFERED]
        self._show(_WELCOME, (Offer(TAKE_TOUR, self.begin), open_other, _not_now()) if is_new else (open_other,))

    def offer_once(self) -> None:
        """Offer the tour as soon as a project is open, unless that was done before."""
        if not self._window.settings[_OFFERED]:
            self._window.session.opened.connect(self._offer, Qt.ConnectionType.SingleShotConnection)

    def _offer(self, _project: object) -> None:
        if not self._window.settings[_OFFERED]:
            self._show(_NEW_HERE, (Offer(TAKE_TOUR, self.begin), _not_now()))

    def _show(self, text: str, offers: tuple[Offer, ...]) -> None:
        self._window.settings[_OFFERED] = True
        self._window.notices.show_notice(Notice(text, offers, topic=_TOPIC))

    def _on_graph(self, _scene: object) -> None:
        if self._is_wanted:
            # In a turn of its own: the parts around the graph are filled just now.
            QTimer.singleShot(0, self, self._start)

    def _start(self) -> None:
        self._is_wanted = False
        if self._window.session.project is not None and self.tour is None:
            self.tour = Tour(self._window)
            self.tour.ended.connect(self._on_ended)
            self.tour.begin()

    def _on_ended(self) -> None:
        self.tour = None

    def _forget(self) -> None:
        self._is_wanted = False


def _not_now() -> Offer:
    return Offer("Not now", lambda: None)
