"""Tells in the notice bar what becomes of a project while it is open, with what can be done about it."""

from typing import TYPE_CHECKING

from blueprint_app.insight.graph.inferred import Ground
from blueprint_app.ui.project.session import OpenProject
from blueprint_app.ui.window.notices import Notice, Offer, trouble

if TYPE_CHECKING:
    from blueprint_app.live.notice import Notice as LiveNotice
    from blueprint_app.ui.window.main_window import MainWindow

_OFFERED, _MOST_OFFERED = "inferred_offered", 200
"""The setting that holds the projects whose inferred edges were offered, and how many it holds."""
_TOPICS = ("watch", "folder", "readable", "layout", "change", "inferred")
"""What is told of the open project alone."""


class News:
    """The notices that one window shows of its open project."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        window.lean.noticed.connect(self._on_live_notice)
        window.scenes.outgrown.connect(self._on_outgrown)

    def end(self) -> None:
        """Take back what was told: the project was closed."""
        for topic in _TOPICS:
            self._window.notices.clear(topic)

    def offer_inferred(self, project: OpenProject) -> None:
        """Offer once for a project what can be inferred: conclusions of the app's own are never shown unasked."""
        window, folder = self._window, project.snapshot.blueprint.folder
        offered = window.settings[_OFFERED]
        if project.inferred is None or window.store.state.inferred or folder in offered:
            return
        window.settings[_OFFERED] = (folder, *offered)[:_MOST_OFFERED]
        grounds = project.inferred.grounds.values()
        found = " and ".join(ground for ground in Ground if ground in grounds)
        uses = "1 use" if len(grounds) == 1 else f"{len(grounds)} uses"
        text = f"This blueprint says nowhere what uses what. {uses} can be inferred from {found}."
        offer = Offer("Show inferred edges", window.deeds.looking.toggle_inferred)
        window.notices.show_notice(Notice(text, (offer,), topic="inferred"))

    def _on_live_notice(self, notice: "LiveNotice") -> None:
        """Say how far the project can be followed; good news only take back the bad ones."""
        from blueprint_app.live.notice import NoticeCode

        bar, code = self._window.notices, notice.code
        topic = {
            NoticeCode.WATCHING: "watch", NoticeCode.POLLING: "watch",
            NoticeCode.FOLDER_GONE: "folder", NoticeCode.FOLDER_BACK: "folder",
        }.get(code, "readable")  # fmt: skip
        bar.clear(topic)
        if code in (NoticeCode.POLLING, NoticeCode.FOLDER_GONE, NoticeCode.UNREADABLE):
            offers = () if code is NoticeCode.POLLING else (Offer("Close project", self._window.session.close),)
            bar.show_notice(trouble(f"{notice.message} {notice.hint}".strip(), offers, topic=topic))
        elif code is NoticeCode.FOLDER_BACK:
            bar.show_notice(Notice(notice.message, topic=topic))

    def _on_outgrown(self) -> None:
        again = Offer("New layout", self._window.deeds.looking.lay_out_anew)
        text = "Much of the graph is new since it was laid out."
        self._window.notices.show_notice(Notice(text, (again,), topic="layout"))
