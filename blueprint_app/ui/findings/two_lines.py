"""How a finding is written in its row: what was found, and below it, fainter, what to do."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from blueprint_app.ui.findings.model import HINT_ROLE

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_ICON = 14


class TwoLines(QStyledItemDelegate):
    """Paints two lines in one cell, each shortened at its end where it is too long, beside an icon if there is one."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        # The ground of selection and hover is the style's, the words are ours.
        option.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        metrics = QFontMetrics(option.font)
        hint = index.data(HINT_ROLE)
        lines = [index.data(Qt.ItemDataRole.DisplayRole), *([hint] if hint else [])]
        left, width = option.rect.left() + 4, option.rect.width() - 8
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole) or _LEFT
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if icon is not None:
            if option.state & QStyle.StateFlag.State_Selected:
                # On the selection's own colour an icon might not be seen.
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(option.palette.base())
                painter.drawEllipse(
                    QPoint(left + 4 + _ICON // 2, option.rect.center().y()), _ICON // 2 + 2, _ICON // 2 + 2
                )
            icon.paint(painter, QRect(left + 4, option.rect.top(), _ICON, option.rect.height()))
            left, width = left + _ICON + 12, width - _ICON - 12
        top = option.rect.top() + (option.rect.height() - len(lines) * metrics.height()) // 2
        for number, line in enumerate(lines):
            painter.setPen(_ink(option, faint=number > 0))
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            place = QRect(left, top + number * metrics.height(), width, metrics.height())
            painter.drawText(place, alignment, shown)
        painter.restore()


def _ink(option: QStyleOptionViewItem, *, faint: bool) -> QColor:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    if faint and not selected:
        role = QPalette.ColorRole.PlaceholderText
    return option.palette.color(role)
