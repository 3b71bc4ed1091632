"""How a drift is put in words, in the table of findings."""

from blueprint_app.insight.drift import Drift, DriftKind
from blueprint_app.model.diagnostic import Severity
from blueprint_app.ui.findings.finding import Finding
from blueprint_app.ui.findings.model import Column

TITLES = {
    Column.KIND: "Drift",
    Column.MESSAGE: "What drifted apart, and what would mend it",
    Column.NODE: "Node",
    Column.PLACE: "Place",
}

WORDS = {
    DriftKind.FALSE_CLAIM: "False claim",
    DriftKind.STALE: "Stale",
    DriftKind.RENAMED: "Not found",
    DriftKind.UNDECLARED: "Undeclared",
    DriftKind.TWICE: "Declared twice",
    DriftKind.USES_MISSING: "Missing use",
    DriftKind.USES_UNNEEDED: "Spare use",
    DriftKind.REF_WITHOUT_USES: "Only referred to",
    DriftKind.CYCLE: "Cycle",
    DriftKind.DISCONNECTED: "Connected to nothing",
}
"""What each kind is called where there is little room."""

_BY_HAND = {
    DriftKind.STALE: "Build the project or ask Lean again.",
    DriftKind.RENAMED: "Correct the name in \\lean{…}.",
    DriftKind.TWICE: "Leave the declaration to one of them.",
    DriftKind.CYCLE: "Take one \\uses out of the circle.",
    DriftKind.DISCONNECTED: "Say what it uses, or what uses it.",
}
"""What would mend a drift that no single line of TeX can."""


def severity_of(kind: DriftKind) -> Severity:
    """A false claim is an error; what is merely not declared, or declared too much, is a note."""
    if kind is DriftKind.FALSE_CLAIM:
        return Severity.ERROR
    quiet = (DriftKind.UNDECLARED, DriftKind.USES_UNNEEDED, DriftKind.REF_WITHOUT_USES, DriftKind.DISCONNECTED)
    return Severity.NOTE if kind in quiet else Severity.WARNING


def mending(drift: Drift) -> str:
    """The second line of a row: how Lean leads to it, and what would mend it."""
    chain = " → ".join(drift.chain)
    remedy = f"{drift.edit.title}." if drift.edit is not None else _BY_HAND.get(drift.kind, "")
    return "  ".join(part for part in (remedy, f"({chain})" if chain else "") if part)


def finding_of(drift: Drift) -> Finding:
    """The row of a drift; it is found by the full name of its kind too."""
    return Finding(
        severity_of(drift.kind), WORDS[drift.kind], drift.message, mending(drift), drift.node, drift.place, drift.kind
    )
