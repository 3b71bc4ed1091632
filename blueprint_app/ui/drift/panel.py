"""The drift inbox: a click selects the node, a double click opens the source, Enter shows the change that mends it."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from blueprint_app.insight.drift import Drift
from blueprint_app.insight.evidence_progress import EvidenceProgress
from blueprint_app.ui.drift.words import TITLES, finding_of, severity_of
from blueprint_app.ui.findings.model import FindingsModel
from blueprint_app.ui.findings.panel import FindingsPanel
from blueprint_app.ui.look.elided_label import ElidedLabel
from blueprint_app.ui.theme import Theme


class DriftPanel(FindingsPanel):
    """`change_requested` carries a `Drift` with an edit."""

    change_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        rows = FindingsModel(TITLES, finding_of, lambda drift: severity_of(drift.kind))
        super().__init__(rows, "Drift", "Only referred to", parent)
        self.change_button = QPushButton("Show change…")
        self.change_button.setEnabled(False)
        # It may be cut short rather than push the filter away.
        self.compared = ElidedLabel()
        self.compared.setObjectName("faint")
        self._assemble()
        self.filter_box.textChanged.connect(self._on_filter)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.rows.modelReset.connect(self._on_reset)
        self.table.doubleClicked.connect(lambda index: self.source_requested.emit(self.rows.at(index).place))
        self.table.entered_row.connect(self._on_entered)
        self.change_button.clicked.connect(lambda: self._on_entered(self.table.currentIndex()))

    def show_drift(self, drift: tuple[Drift, ...], evidence: EvidenceProgress, theme: Theme) -> None:
        """Show the inbox of a snapshot; the row that was current stays so if it is still there."""
        current = self.table.currentIndex()
        kept: Drift | None = self.rows.at(current) if current.isValid() else None
        self.compared.setText(_compared(evidence))
        self.rows.show_findings(drift, theme)
        self._tell_if_empty()
        self.change_button.setVisible(bool(drift))
        self.compared.setVisible(bool(drift))
        if kept is not None:
            self._find_again(kept)

    def _find_again(self, kept: Drift) -> None:
        """Make the row of the same drift current without telling anyone: nobody chose it now."""
        for row, each in enumerate(self.rows.shown):
            if (each.kind, each.node, each.message) == (kept.kind, kept.node, kept.message):
                self.table.selectionModel().blockSignals(True)
                self.table.selectRow(row)
                self.table.selectionModel().blockSignals(False)
                self.change_button.setEnabled(each.edit is not None)
                return

    def _assemble(self) -> None:
        self.bar.addWidget(self.change_button)
        self.bar.addWidget(self.compared, 1)
        self.bar.addWidget(self.filter_box)

    def _on_filter(self, text: str) -> None:
        self.rows.show_only(text)
        self._tell_if_empty()

    def _tell_if_empty(self) -> None:
        self.show_empty(f"Nothing drifted.\n{self.compared.text()}")

    def _on_reset(self) -> None:
        self.change_button.setEnabled(False)

    def _on_row_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        drift: Drift | None = self.rows.at(current) if current.isValid() else None
        self.change_button.setEnabled(drift is not None and drift.edit is not None)
        if drift is not None:
            self.node_selected.emit(drift.node)

    def _on_entered(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        drift: Drift = self.rows.at(index)
        if drift.edit is not None:
            self.change_requested.emit(drift)
        else:
            self.source_requested.emit(drift.place)


def _compared(evidence: EvidenceProgress) -> str:
    """What the blueprint was held against, so that an empty inbox says no more than it means."""
    if not evidence.is_known:
        return "No Lean side was looked at: only references, cycles and lonely nodes were."
    if evidence.asked == evidence.named:
        return "Compared with what Lean itself says."
    if evidence.asked:
        return f"Lean was asked about {evidence.asked} of {evidence.named} nodes, the text was read for the others."
    return "Compared with the text of the Lean files; Lean was not asked, so a sorry further down is not seen."
