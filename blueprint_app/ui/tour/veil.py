"""What lies over the window during the tour: all but one part pales, and that part gets a frame."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from blueprint_app.ui.theme import Theme

_PALE, _LINE = 0.68, 2


class Veil(QWidget):
    """Covers its parent, and keeps the mouse from what lies below: nothing is chosen there by a stray click."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # Else the window would show a menu of its own at a right click.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.part = QRect()
        self._theme: Theme | None = None

    def spare(self, part: QRect, theme: Theme) -> None:
        """Leave `part` as it is."""
        self.part, self._theme = part, theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        pale = QColor(self._theme.panel)
        pale.setAlphaF(_PALE)
        painter.setClipRegion(QRegion(self.rect()) - QRegion(self.part))
        painter.fillRect(self.rect(), pale)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(self._theme.accent), _LINE, Qt.PenStyle.SolidLine, j=Qt.PenJoinStyle.MiterJoin))
        # A line of two pixels lies on both sides of where it is drawn.
        painter.drawRect(self.part.adjusted(1, 1, -1, -1))
