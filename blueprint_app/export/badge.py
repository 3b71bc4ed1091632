"""A badge for a project's pages: one figure with its total, and the bad news if there is some."""

from blueprint_app.export.plain_text import xml
from blueprint_app.insight.evidence_progress import evidence_progress_of
from blueprint_app.insight.progress import progress_of
from blueprint_app.layout.label_size import text_width
from blueprint_app.model.snapshot import Snapshot

_SIZE = 11.0
_PADDING, _HEIGHT = 7.0, 20
_LABEL, _ALL_DONE, _ON_THE_WAY, _CONTRADICTED = "#4a525b", "#007a59", "#2f5bea", "#b3430a"


def badge_as_svg(snapshot: Snapshot, figure: str = "proofs") -> str:
    """An SVG image of 20 pixels height that loads nothing.

    `figure` is "statements" or "proofs", as the author declares them, or "without-sorry" or "verified", as Lean shows.
    """
    words, is_all = _words(snapshot, figure)
    contradicted = evidence_progress_of(snapshot).contradicted
    if contradicted:
        words += f", {contradicted} contradicted"
    colour = _CONTRADICTED if contradicted else _ALL_DONE if is_all else _ON_THE_WAY
    return _drawn("blueprint", words, colour)


def _words(snapshot: Snapshot, figure: str) -> tuple[str, bool]:
    """The figure in words, and whether nothing is missing from it."""
    progress, evidence = progress_of(snapshot), evidence_progress_of(snapshot)
    part, total, words = {
        "statements": (progress.stated, progress.nodes, "statements declared"),
        "proofs": (progress.proved, progress.to_prove, "proofs declared"),
        "without-sorry": (evidence.without_sorry, evidence.to_prove, "without sorry"),
        "verified": (evidence.verified, evidence.to_prove, "Lean-verified"),
    }[figure]
    if figure == "verified" and not evidence.was_asked:
        return "Lean was not asked", False
    if figure == "without-sorry" and not evidence.named:
        return "Lean was not looked at", False
    return f"{part} of {total} {words}", 0 < total == part


def _drawn(label: str, words: str, colour: str) -> str:
    left, right = (text_width(each, _SIZE) + 2 * _PADDING for each in (label, words))
    width = left + right
    said = xml(f"{label}: {words}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{_HEIGHT}" role="img"'
        f' aria-label="{said}">'
        f"<title>{said}</title>"
        f'<clipPath id="r"><rect width="{width:.0f}" height="{_HEIGHT}" rx="3"/></clipPath><g clip-path="url(#r)">'
        f'<rect width="{left:.1f}" height="{_HEIGHT}" fill="{_LABEL}"/>'
        f'<rect x="{left:.1f}" width="{right:.1f}" height="{_HEIGHT}" fill="{colour}"/></g>'
        f'<g fill="#fff" text-anchor="middle" font-family="DejaVu Sans, Verdana, sans-serif" font-size="{_SIZE:g}">'
        f'<text x="{left / 2:.1f}" y="14">{xml(label)}</text>'
        f'<text x="{left + right / 2:.1f}" y="14">{xml(words)}</text></g></svg>\n'
    )
