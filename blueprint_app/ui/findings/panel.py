"""What a tab with a table of findings has, whatever was found: the table, its filter, and the bar that holds it."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from blueprint_app.ui.findings.model import FindingsModel
from blueprint_app.ui.findings.table import FindingsTable


class FindingsPanel(QWidget):
    """`node_selected` carries a node's id, `source_requested` a `Place`."""

    node_selected = Signal(str)
    source_requested = Signal(object)

    def __init__(self, rows: FindingsModel, name: str, widest_kind: str, parent: QWidget | None = None) -> None:
        """`name` is for people, such as "Drift"; the first column is as wide as `widest_kind`."""
        super().__init__(parent)
        self.rows = rows
        self.table = FindingsTable(rows, name, widest_kind)
        self.filter_box = QLineEdit()
        self.filter_box.setPlaceholderText(f"Filter {name.lower()}")
        self.filter_box.setAccessibleName(f"Filter {name.lower()}")
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setMinimumWidth(160)
        self.filter_box.setMaximumWidth(280)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(8, 4, 8, 4)
        self.bar.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.bar)
        column.addWidget(self.table, 1)
        self.column = column

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.table.fit_columns()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, self.filter_box.sizeHint().height() + 12 + self.table.wanted_height)
