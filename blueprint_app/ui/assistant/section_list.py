"""What a model would be told, piece by piece with its size: a person takes pieces out, the required ones stay."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from blueprint_app.assistant.context import Context, Section

_ID = Qt.ItemDataRole.UserRole
_LONGEST_HINT = 1200
TITLE, TOKENS = range(2)


class SectionList(QTreeWidget):
    """`changed` says that a piece was taken out or put back."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setAccessibleName("What is sent")
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(TOKENS, QHeaderView.ResizeMode.ResizeToContents)
        self._taken_out: set[str] = set()
        self._sections: tuple[Section, ...] = ()
        self.itemChanged.connect(lambda item, _column: self._on_changed(item))

    @property
    def without(self) -> frozenset[str]:
        """The ids of the pieces that were taken out."""
        return frozenset(section.id for section in self._sections if section.id in self._taken_out)

    @property
    def tokens(self) -> int:
        """About how many tokens the pieces take that are left."""
        return sum(section.tokens for section in self._sections if section.id not in self._taken_out)

    def show_context(self, context: Context) -> None:
        """Show the pieces of a context; what was taken out before stays out."""
        self._sections = context.sections
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItems([self._item(section) for section in context.sections])
        self.blockSignals(False)
        self.updateGeometry()

    def forget(self) -> None:
        """Another node or task: nothing is taken out any more."""
        self._taken_out.clear()

    def take_out(self, ids: frozenset[str]) -> None:
        """Take pieces out, as a person could."""
        self._taken_out |= ids
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(TITLE, _ID) in ids:
                item.setCheckState(TITLE, Qt.CheckState.Unchecked)

    def sizeHint(self) -> QSize:
        rows = min(max(self.topLevelItemCount(), 3), 14)
        return QSize(240, rows * max(self.sizeHintForRow(0), 20) + 12)

    def _item(self, section: Section) -> QTreeWidgetItem:
        item = QTreeWidgetItem([section.title, f"{section.tokens:,}"])
        item.setData(TITLE, _ID, section.id)
        is_in = section.id not in self._taken_out
        item.setCheckState(TITLE, Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
        if section.is_required:
            item.setFlags(item.flags() & ~(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled))
        item.setTextAlignment(TOKENS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        more = "\n…" if len(section.text) > _LONGEST_HINT else ""
        reason = "\n\nThe question makes no sense without it." if section.is_required else ""
        item.setToolTip(TITLE, f"{section.text[:_LONGEST_HINT]}{more}{reason}")
        return item

    def _on_changed(self, item: QTreeWidgetItem) -> None:
        section = item.data(TITLE, _ID)
        if item.checkState(TITLE) == Qt.CheckState.Checked:
            self._taken_out.discard(section)
        else:
            self._taken_out.add(section)
        self.changed.emit()
