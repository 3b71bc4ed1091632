"""What Lean shows of one node, as a section of its page: never more than is known, and how it is known."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from blueprint_app.export.prose.markup import EMPTY, Html, copy_href, element, join, source_href, text
from blueprint_app.export.remarks import origin_in_words
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.evidence import (
    NO_EVIDENCE,
    DeclarationEvidence,
    EvidenceLevel,
    NodeEvidence,
    axiom_in_words,
)  # fmt: skip
from blueprint_app.model.headline import contradiction
from blueprint_app.model.snapshot import Snapshot

_LEVELS = {
    EvidenceLevel.NONE: (0, "nothing known", "The declaration lies outside the project; Lean was not asked."),
    EvidenceLevel.MISSING: (0, "missing", "All of the project's Lean files were read, and it is in none of them."),
    EvidenceLevel.SOURCE: (1, "source", "Found by reading the Lean files; Lean was not asked."),
    EvidenceLevel.BUILT: (2, "built", "Recorded by the last build; that no warning was recorded proves nothing."),
    EvidenceLevel.CHECKED: (3, "checked", "Lean itself was asked."),
}
_STRONGEST = 3


def evidence_section(snapshot: Snapshot, node_id: NodeId) -> Html:
    """The content of the section; EMPTY while the Lean side was not looked at, or has nothing to do with the node."""
    if snapshot.evidence is NO_EVIDENCE:
        return EMPTY
    evidence, node = snapshot.node_evidence[node_id], snapshot.nodes[node_id]
    if not evidence.declarations:
        return element("p", text("The author names no Lean declaration."), class_="empty")
    against = contradiction(node, evidence, snapshot.evidence.allowed_axioms)
    alarm = element("p", text(against), class_="against") if against else EMPTY
    cards = [_declaration(each, snapshot.evidence.allowed_axioms) for each in evidence.declarations]
    return element("div", _level(evidence), alarm, *cards, class_="evidence")


def _level(evidence: NodeEvidence) -> Html:
    strength, word, meaning = _LEVELS[evidence.level]
    if len(evidence.declarations) > 1:
        meaning = f"The weakest of {len(evidence.declarations)} declarations. {meaning}"
    dots = element("span", text("●" * strength + "○" * (_STRONGEST - strength)), class_="dots", aria_hidden="true")
    stale = element("span", text("stale"), class_="stale") if evidence.is_stale else EMPTY
    name = element("span", text(word), class_="level")
    line = join([each for each in (dots, name, stale) if each], " ")
    return element("p", line, text(" "), element("span", text(meaning), class_="meaning"))


def _declaration(evidence: DeclarationEvidence, allowed: frozenset[str]) -> Html:
    name = element("a", element("code", text(evidence.name)), href=copy_href(evidence.name), title="copy the name")
    kind = element("span", text(evidence.kind), class_="lean-kind") if evidence.kind else EMPTY
    head = element("p", *_spaced([kind, name, _place(evidence)]), class_="lean-name")
    said = evidence.signature or evidence.statement
    statement = element("pre", element("code", text(said))) if said else EMPTY
    facts = [element("li", text(words), class_=class_) for words, class_ in _facts(evidence, allowed)]
    earlier = EMPTY if evidence.earlier is None else _outrun(evidence.earlier, evidence, allowed)
    return element("div", head, statement, element("ul", *facts) if facts else EMPTY, earlier, class_="declaration")


def _facts(evidence: DeclarationEvidence, allowed: frozenset[str]) -> list[tuple[str, str]]:
    """Sentences with the class that gives their colour."""
    found: list[tuple[str, str]] = []
    if evidence.level is EvidenceLevel.MISSING:
        found.append(("The project has no such declaration.", "bad"))
    elif evidence.is_external:
        found.append(("Outside the project's own files: nothing is known of it.", "plain"))
    if evidence.statement_sorry:
        found.append(("Its statement holds a sorry.", "bad"))
    if evidence.proof_sorry:
        found.append(("Its proof holds a sorry.", "bad"))
    elif evidence.level is EvidenceLevel.SOURCE and not evidence.has_own_sorry and evidence.proof_sorry is False:
        found.append(("No sorry in its own text; what it rests on was not looked at.", "plain"))
    if evidence.sorry_in:
        found.append((f"Rests on a sorry in {_listed(evidence.sorry_in)}.", "bad"))
    found += _axioms(evidence, allowed)
    if evidence.is_generated:
        found.append(("Its name is made by Lean from another declaration; that was inferred.", "plain"))
    if evidence.stale:
        found.append(("The sources are newer than this evidence: build or ask Lean again.", "bad"))
    if evidence.origin is not None:
        found.append((f"As published in {origin_in_words(evidence.origin)}.", "plain"))
    return found


def _outrun(earlier: DeclarationEvidence, now: DeclarationEvidence, allowed: frozenset[str]) -> Html:
    """All that stronger evidence said before the sources changed; nothing of it is coloured, as none of it counts."""
    _, word, meaning = _LEVELS[earlier.level]
    before = element("p", text("Known before the sources changed; it does not count any more."), class_="before")
    level = element("p", element("span", text(word), class_="level"), text(f" {meaning}"))
    said = earlier.signature or earlier.statement
    is_new = bool(said) and said not in (now.signature, now.statement)
    statement = element("pre", element("code", text(said))) if is_new else EMPTY
    facts = [words for words, _class in _facts(replace(earlier, stale=False), allowed)]
    listed = element("ul", *(element("li", text(words)) for words in facts)) if facts else EMPTY
    return element("div", before, level, statement, listed, class_="earlier")


def _axioms(evidence: DeclarationEvidence, allowed: frozenset[str]) -> list[tuple[str, str]]:
    if evidence.kind == "axiom":
        return [("It is an axiom: nothing proves it.", "bad")]
    if evidence.axioms is None:
        return []
    foreign = [axiom for axiom in evidence.axioms if axiom not in allowed]
    if foreign:
        return [
            (f"Rests on axioms that are not allowed: {_listed([axiom_in_words(axiom) for axiom in foreign])}.", "bad")
        ]
    if not evidence.axioms:
        return [("Rests on no axiom.", "good")]
    return [(f"Rests on allowed axioms only: {_listed(evidence.axioms)}.", "good")]


def _place(evidence: DeclarationEvidence) -> Html:
    place = evidence.place
    if place is None:
        return EMPTY
    words = f"{PurePosixPath(place.file).name}:{place.line}"
    return element(
        "a", text(words), href=source_href(place.file, place.line), class_="place", title=f"open {place.file}"
    )


def _spaced(parts: Sequence[Html]) -> list[Html]:
    return [join([part for part in parts if part], " ")]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
