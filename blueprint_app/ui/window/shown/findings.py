"""Shows below the graph what was found: the diagnostics, and where the declared and the evidence contradict."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from blueprint_app.insight.drift import false_claims
from blueprint_app.ui.project.session import OpenProject

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class ShownFindings:
    """The lower side, which comes by itself only with something that a person should see."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def begin(self, project: OpenProject) -> None:
        """Show what was found in another project; the lower side is there if something is wrong with it."""
        self.show(project)
        self._window.bottom.setCurrentWidget(self._window.diagnostics)
        self._show_side(bool(project.diagnostics))

    def renew(self, old: OpenProject, new: OpenProject) -> None:
        """Show what was found in a newer state; the first evidence that belies a claim brings the lower side."""
        window = self._window
        self.show(new, old)
        is_first = new.evidence_progress.is_known and not old.evidence_progress.is_known
        if is_first and false_claims(new.drift) and window.diagnostics_dock.isHidden():
            window.bottom.setCurrentWidget(window.drift)
            self._show_side(True)

    def show(self, project: OpenProject, old: OpenProject | None = None) -> None:
        """Fill the tabs of the lower side, as far as they differ from what `old` showed."""
        window, diagnostics = self._window, project.diagnostics
        if old is None or diagnostics != old.diagnostics:
            window.diagnostics.show_diagnostics(diagnostics, window.theme)
            window.bottom.show_count(window.diagnostics, len(diagnostics))
        window.drift.show_drift(project.drift, project.evidence_progress, window.theme)
        window.bottom.show_count(window.drift, len(project.drift))

    def _show_side(self, shown: bool) -> None:
        window = self._window
        window.diagnostics_dock.setVisible(shown)
        page = window.bottom.currentWidget()
        height = page.sizeHint().height() + window.bottom.tabBar().sizeHint().height()
        window.resizeDocks([window.diagnostics_dock], [height], Qt.Orientation.Vertical)
