"""How a diagnostic is put in words, in the table of findings."""

from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.ui.findings.finding import Finding
from blueprint_app.ui.findings.model import Column

TITLES = {Column.KIND: "Severity", Column.MESSAGE: "What was found, and what to do", Column.PLACE: "Place"}


def finding_of(diagnostic: Diagnostic) -> Finding:
    """The row of a diagnostic; it is found by its node and its code too."""
    return Finding(
        diagnostic.severity,
        diagnostic.severity.capitalize(),
        diagnostic.message,
        diagnostic.hint,
        diagnostic.node or "",
        diagnostic.place,
        diagnostic.code,
    )
