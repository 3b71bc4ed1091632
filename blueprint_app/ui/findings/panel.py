"""What a tab with a table of findings has, whatever was found: the table, its filter, and the bar that holds it."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from blueprint_app.ui.findings.model import FindingsModel
from blueprint_app.ui.findings.table import FindingsTable

_FILTERED = "None of these meets the filter.\nTake a word out of it, or clear it."


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
        self.empty = QLabel()
        self.empty.setObjectName("faint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setMargin(16)
        self.empty.hide()
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(8, 4, 8, 4)
        self.bar.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self.column = column

    def show_empty(self, nothing: str) -> None:
        """Where no row is left, say in the table's place why: `nothing` was found, or nothing meets the filter."""
        has_any, has_rows = self.rows.count > 0, self.rows.rowCount() > 0
        self.empty.setText(_FILTERED if has_any else nothing)
        self.empty.setVisible(not has_rows)
        self.table.setVisible(has_rows)
        self.filter_box.setVisible(has_any)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.table.fit_columns()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, self.filter_box.sizeHint().height() + 12 + self.table.wanted_height)
