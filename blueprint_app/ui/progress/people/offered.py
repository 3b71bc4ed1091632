"""The colour schemes that can be chosen: those that are always there, and those whose data have been read."""

from PySide6.QtCore import QObject, Signal

from blueprint_app.ui.project.scenes import scheme_named
from blueprint_app.ui.theme import ColourScheme

CONTRIBUTOR, RECENCY = "contributor", "recency"
READ_SCHEMES = {CONTRIBUTOR: "Contributor", RECENCY: "Last change"}
"""The schemes whose data are read from git, with their titles."""


class OfferedSchemes(QObject):
    """`changed` says that others are offered; `recoloured` that what is chosen looks otherwise now, and `repainted`
    that the graph alone does.
    """

    changed = Signal()
    recoloured = Signal()
    repainted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.more: tuple[ColourScheme, ...] = ()
        self._instead: ColourScheme | None = None

    def offer(self, *schemes: ColourScheme) -> None:
        """Offer these beside those that are always there."""
        self.more = schemes
        self.changed.emit()

    def named(self, name: str) -> ColourScheme:
        """The scheme that is to be shown where `name` is chosen."""
        return next((each for each in self.more if each.id == name), None) or scheme_named(name)

    def shown(self, name: str) -> ColourScheme:
        """The scheme of the graph, where `name` is chosen."""
        return self._instead or self.named(name)

    def show_instead(self, scheme: ColourScheme | None) -> None:
        """Show the graph in this scheme whatever is chosen, until it is None."""
        if scheme is not self._instead:
            self._instead = scheme
            self.repainted.emit()
