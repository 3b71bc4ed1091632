"""The table of diagnostics with its filter; a click selects the node, a double click opens the source."""

from collections import Counter

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.ui.diagnostics.words import TITLES, finding_of
from blueprint_app.ui.findings.model import FindingsModel
from blueprint_app.ui.findings.table import FindingsTable
from blueprint_app.ui.findings.whole_text import WholeText
from blueprint_app.ui.icons import severity_icon
from blueprint_app.ui.theme import Theme

_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}


class DiagnosticsPanel(QWidget):
    """`node_selected` carries a node's id, `source_requested` a `Place`."""

    node_selected = Signal(str)
    source_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FindingsModel(TITLES, finding_of, lambda diagnostic: diagnostic.severity, self)
        self.table = FindingsTable(self.rows, "Diagnostics", "Warning")
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.horizontalHeader().setMinimumSectionSize(96)
        self.filter_box = QLineEdit()
        self.filter_box.setPlaceholderText("Filter diagnostics")
        self.filter_box.setAccessibleName("Filter diagnostics")
        self.filter_box.setClearButtonEnabled(True)
        self.filter_box.setMaximumWidth(280)
        self.buttons = {severity: _severity_button() for severity in Severity}
        self._none_left = QLabel("No diagnostic meets the filter.")
        self.whole = WholeText()
        self._assemble()
        self.filter_box.textChanged.connect(self._apply_filter)
        for button in self.buttons.values():
            button.toggled.connect(self._apply_filter)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.rows.modelReset.connect(self.whole.hide)
        self.table.doubleClicked.connect(self._on_double_clicked)
        self.table.entered_row.connect(self._on_double_clicked)

    def show_diagnostics(self, diagnostics: tuple[Diagnostic, ...], theme: Theme) -> None:
        """Show the diagnostics of a snapshot."""
        self.rows.show_findings(diagnostics, theme)
        counts = Counter(diagnostic.severity for diagnostic in diagnostics)
        for severity, button in self.buttons.items():
            count = counts[severity]
            button.setText(f"{count} {severity if count == 1 else _PLURALS[severity]}")
            button.setIcon(severity_icon(severity, theme))
            button.setVisible(count > 0)
        self._tell_if_none_left()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.table.fit_columns()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(480, self.filter_box.sizeHint().height() + 12 + self.table.wanted_height)

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
        diagnostic: Diagnostic = self.rows.at(current)
        lines = [line for line in (diagnostic.message, diagnostic.hint) if line]
        self.whole.show_where_cut(lines, self.table.columnWidth(1) - 8)
        # It takes room from the rows, and not from this one.
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.table.scrollTo(current)
        if diagnostic.node is not None:
            self.node_selected.emit(NodeId(diagnostic.node))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        place: Place | None = self.rows.at(index).place
        if place is not None:
            self.source_requested.emit(place)


def _severity_button() -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setChecked(True)
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
