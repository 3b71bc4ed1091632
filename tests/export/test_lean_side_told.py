"""What could not be looked at, whose evidence is in use, and what was known earlier: told in full, in every form."""

import html
from dataclasses import replace

import pytest

from blueprint_app.export.drift_text import drift_as_json, drift_as_text
from blueprint_app.export.node_text import node_as_text
from blueprint_app.export.prose.evidence import evidence_section
from blueprint_app.export.status_text import status_as_json, status_as_text
from blueprint_app.insight.drift import find_drift
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel, Origin, ProjectEvidence
from blueprint_app.model.place import Place
from tests.insight.test_drift import with_names
from tests.model.builders import blueprint

LONG = "Lean could not import P.Sums. " + "object file of module P.Sums does not exist; " * 8
REMARKS = (
    Diagnostic(Severity.WARNING, "module-not-imported", LONG, "Build the project."),
    Diagnostic(Severity.WARNING, "lean-unread", "P/Odd.lean could not be read.", "", Place("P/Odd.lean", 0)),
)
ORIGIN = Origin("ci.json", "2026-01-01", "0123456789abcdef" * 2 + "01234567")
EARLIER = DeclarationEvidence(
    "P.a", EvidenceLevel.CHECKED, signature="P.a : old", axioms=("propext", "P.magic"), sorry_in=("P.gap",), stale=True,
    origin=ORIGIN,
)  # fmt: skip
NOW = DeclarationEvidence("P.a", EvidenceLevel.SOURCE, statement="lemma a : new", proof_sorry=False, stale=True)


@pytest.fixture
def snapshot():
    evidence = ProjectEvidence({"P.a": replace(NOW, earlier=EARLIER)}, remarks=REMARKS, published=ORIGIN)
    return snapshot_of(with_names(blueprint("a: lemma")), evidence=evidence)


def test_text_tells_every_remark_in_full(snapshot) -> None:
    for text in (drift_as_text(snapshot, find_drift(snapshot)), status_as_text(snapshot)):
        assert LONG in text
        assert "Build the project." in text
        assert "P/Odd.lean: P/Odd.lean could not be read." in text
        assert "ci.json (2026-01-01, commit 0123456789)" in text


def test_nothing_is_told_where_all_was_looked_at(snapshot) -> None:
    whole = snapshot_of(snapshot.blueprint, evidence=replace(snapshot.evidence, remarks=(), published=None))
    for text in (drift_as_text(whole, ()), status_as_text(whole)):
        assert "looked at, and why" not in text
        assert "ublished" not in text


def test_json_tells_them_too(snapshot) -> None:
    drift = find_drift(snapshot)
    for value in (drift_as_json(snapshot, drift), status_as_json(snapshot)):
        assert [each["code"] for each in value["remarks"]] == ["module-not-imported", "lean-unread"]
        assert value["remarks"][0]["message"] == LONG
        assert value["remarks"][1]["file"] == "P/Odd.lean"
        assert value["published"] == {"file": "ci.json", "date": "2026-01-01", "commit": ORIGIN.commit}
    value = drift_as_json(snapshot, drift)
    assert [each["kind"] for each in value["drift"]] == [each.kind.name.lower() for each in drift]
    assert value["evidence"]["source"] == 1


def test_the_page_tells_all_that_earlier_evidence_said(snapshot) -> None:
    page = html.unescape(evidence_section(snapshot, "a"))
    _, _, earlier = page.partition('<div class="earlier">')
    for said in (
        "Known before the sources changed; it does not count any more.",
        "checked",
        "P.a : old",
        "Rests on a sorry in P.gap.",
        "P.magic",
        "As published in ci.json (2026-01-01, commit 0123456789).",
    ):
        assert said in earlier
    # It is told, and not counted.
    assert 'class="bad"' not in earlier
    assert "lemma a : new" in page.partition('<div class="earlier">')[0]


def test_the_terminal_tells_it_too(snapshot) -> None:
    text = node_as_text(snapshot, "a")
    line = next(line for line in text.splitlines() if line.startswith("  earlier: "))
    for said in ("checked", "(2026-01-01, commit 0123456789)", "P.gap", "propext, P.magic", "not count any more"):
        assert said in line
