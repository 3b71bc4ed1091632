"""Widgets in a row that goes on in the next line where there is little room, so that they never widen their panel."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

SPACING = 8

_Line = list[tuple[QLayoutItem, QSize]]


class FlowRow(QLayout):
    """Lays out its widgets from left to right, as many in a line as there is room for.

    With `shrinks` one that is wider than a line is cut to it; else the widest demands its width.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        centred: bool = False,
        shrinks: bool = False,
        line_spacing: int = SPACING,
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._centred, self._shrinks, self._line_spacing = centred, shrinks, line_spacing
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        gaps = self._line_spacing * max(len(lines) - 1, 0)
        return sum(map(_height, lines)) + gaps + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        widest = 0 if self._shrinks else max((item.minimumSize().width() for item in self._items), default=0)
        highest = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(widest + margins.left() + margins.right(), highest + margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.top()
        for line in self._lines(inner.width()):
            taken = sum(size.width() for _, size in line) + SPACING * (len(line) - 1)
            x = inner.left() + (max(inner.width() - taken, 0) // 2 if self._centred else 0)
            for item, size in line:
                item.setGeometry(QRect(QPoint(x, y), size))
                x += size.width() + SPACING
            y += _height(line) + self._line_spacing

    def _lines(self, width: int) -> list[_Line]:
        """What stands in each line, with its size."""
        lines: list[_Line] = []
        left = 0
        for item in self._items:
            size = item.sizeHint()
            if self._shrinks:
                size.setWidth(min(size.width(), max(width, 0)))
            if not lines or size.width() > left:
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= size.width() + SPACING
        return lines


def _height(line: _Line) -> int:
    return max(size.height() for _, size in line)
