"""The table of diagnostics with its filter; a click selects the node, a double click opens the source."""

from collections import Counter

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.ui.diagnostics.words import TITLES, finding_of
from blueprint_app.ui.findings.model import FindingsModel
from blueprint_app.ui.findings.panel import FindingsPanel
from blueprint_app.ui.findings.whole_text import WholeText
from blueprint_app.ui.look.icons import severity_icon
from blueprint_app.ui.theme import Theme

_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}

_NONE = "Nothing is wrong with the blueprint’s files.\nA mistake in them is listed here, with its place and what to do."


class DiagnosticsPanel(FindingsPanel):
    """The table with a button for each severity, and all of a message that is cut short below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        rows = FindingsModel(TITLES, finding_of, lambda diagnostic: diagnostic.severity)
        super().__init__(rows, "Diagnostics", "Warning", parent)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.horizontalHeader().setMinimumSectionSize(96)
        self.buttons = {severity: _severity_button() for severity in Severity}
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
        self.show_empty(_NONE)

    def _assemble(self) -> None:
        self.bar.setSpacing(4)
        for button in self.buttons.values():
            self.bar.addWidget(button)
        self.bar.addStretch(1)
        self.bar.addWidget(self.filter_box, 1)
        self.column.addWidget(self.whole)

    def _apply_filter(self) -> None:
        chosen = frozenset(severity for severity, button in self.buttons.items() if button.isChecked())
        self.rows.show_only(self.filter_box.text(), chosen)
        self.show_empty(_NONE)

    def _on_row_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid():
            self.whole.hide()
            return
        diagnostic: Diagnostic = self.rows.at(current)
        lines = [line for line in (diagnostic.message, diagnostic.hint) if line]
        self.whole.show_where_cut(lines, self.table.columnWidth(1) - 8)
        # It takes room from the rows, and not from this one.
        self.column.activate()
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
