"""The table of diagnostics with its filter; a click selects the node, a double click opens the source."""

from collections import Counter

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.ui.diagnostics.finding import FindingDelegate
from blueprint_app.ui.diagnostics.model import MESSAGE, PLACE, SEVERITY, DiagnosticsModel
from blueprint_app.ui.diagnostics.whole_text import WholeText
from blueprint_app.ui.icons import severity_icon
from blueprint_app.ui.theme import Theme

_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}


_ROWS_SHOWN = 3


class DiagnosticsPanel(QWidget):
    """`node_selected` carries a node's id, `source_requested` a `Place`."""

    node_selected = Signal(str)
    source_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DiagnosticsModel(self)
        self.table = _table(self.rows)
        self.filter_box = QLineEdit()
        self.filter_box.setPlaceholderText("Filter diagnostics")
        self.filter_box.setAccessibleName("Filter diagnostics")
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setMaximumWidth(280)
        self.buttons = {severity: _severity_button() for severity in Severity}
        self._none_left = QLabel("No diagnostic meets the filter.")
        self.whole = WholeText()
        self._assemble()
        self._fit_columns()
        self.filter_box.textChanged.connect(self._apply_filter)
        for button in self.buttons.values():
            button.toggled.connect(self._apply_filter)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.rows.modelReset.connect(self.whole.hide)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.table.activated.connect(self._on_double_clicked)

    def show_diagnostics(self, diagnostics: tuple[Diagnostic, ...], theme: Theme) -> None:
        """Show the diagnostics of a snapshot."""
        self.rows.show_diagnostics(diagnostics, theme)
        counts = Counter(diagnostic.severity for diagnostic in diagnostics)
        for severity, button in self.buttons.items():
            count = counts[severity]
            button.setText(f"{count} {severity if count == 1 else _PLURALS[severity]}")
            button.setIcon(severity_icon(severity, theme))
            button.setVisible(count > 0)
        self._tell_if_none_left()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit_columns()
        super().changeEvent(event)

    def _fit_columns(self) -> None:
        """Rows and the two columns of known content follow the size of the text."""
        metrics = self.fontMetrics()
        self.table.verticalHeader().setDefaultSectionSize(2 * metrics.height() + 10)
        self.table.setColumnWidth(SEVERITY, metrics.horizontalAdvance("Warning") + 48)
        self.table.setColumnWidth(PLACE, metrics.horizontalAdvance("fibonacci.tex:1234") + 16)

    def sizeHint(self) -> QSize:
        """As high as its rows, up to three: one warning need not take the room of ten."""
        rows = min(max(self.rows.rowCount(), 1), _ROWS_SHOWN)
        table = (
            self.table.horizontalHeader().sizeHint().height() + rows * self.table.verticalHeader().defaultSectionSize()
        )
        return QSize(480, self.filter_box.sizeHint().height() + 8 + table + 4)

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(4)
        for button in self.buttons.values():
            bar.addWidget(button)
        bar.addWidget(self._none_left)
        bar.addStretch(1)
        bar.addWidget(self.filter_box, 1)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.whole)

    def _apply_filter(self) -> None:
        chosen = frozenset(severity for severity, button in self.buttons.items() if button.isChecked())
        self.rows.show_only(self.filter_box.text(), chosen)
        self._tell_if_none_left()

    def _tell_if_none_left(self) -> None:
        self._none_left.setVisible(self.rows.rowCount() == 0)

    def _on_row_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            self.whole.hide()
            return
        diagnostic = self.rows.diagnostic(current)
        lines = [line for line in (diagnostic.message, diagnostic.hint) if line]
        self.whole.show_where_cut(lines, self.table.columnWidth(MESSAGE) - 8)
        # It takes room from the rows, and not from this one.
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.table.scrollTo(current)
        if diagnostic.node is not None:
            self.node_selected.emit(NodeId(diagnostic.node))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        place: Place | None = self.rows.diagnostic(index).place
        if place is not None:
            self.source_requested.emit(place)


def _severity_button() -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setChecked(True)
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def _table(rows: DiagnosticsModel) -> QTableView:
    table = QTableView()
    table.setModel(rows)
    table.setSortingEnabled(True)
    table.sortByColumn(SEVERITY, Qt.SortOrder.AscendingOrder)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setAccessibleName("Diagnostics")
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setMinimumSectionSize(96)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(MESSAGE, QHeaderView.ResizeMode.Stretch)
    table.setItemDelegateForColumn(MESSAGE, FindingDelegate(table))
    return table
