"""The table of attempts as it looks: its columns share what room there is, and the last goes first."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from blueprint_app.ui.attempts.model import BY, COST, NODE, OUTCOME, AttemptsModel
from blueprint_app.ui.findings.two_lines import TwoLines

_ROOM_FOR_COST = 80
"""Letters that the table must be wide before what an attempt took has a column; the tooltip always has it."""


class AttemptsTable(QTableView):
    """Two lines a row, no scrolling to the side."""

    def __init__(self, rows: AttemptsModel) -> None:
        super().__init__()
        self.setModel(rows)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Attempts")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(OUTCOME, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(TwoLines(self))
        self.fit_columns()

    def fit_columns(self) -> None:
        """Rows and columns follow the size of the text and the room that there is."""
        metrics, room = self.fontMetrics(), self.viewport().width()
        self.verticalHeader().setDefaultSectionSize(2 * metrics.height() + 10)
        self.setColumnWidth(NODE, min(metrics.averageCharWidth() * 22 + 16, int(0.32 * room)))
        self.setColumnWidth(BY, min(metrics.horizontalAdvance("deepseek-prover") + 12, int(0.28 * room)))
        self.setColumnWidth(COST, metrics.horizontalAdvance("99,999") + 24)
        self.setColumnHidden(COST, room < _ROOM_FOR_COST * metrics.averageCharWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()
