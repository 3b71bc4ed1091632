"""Nodes from tagged declarations in Lean sources, where LeanArchitect has not been run."""

import re
from collections.abc import Iterable, Mapping

from blueprint_app.model.place import Place
from blueprint_app.sources.lean_architect.declarations import THEOREMS, Tagged
from blueprint_app.sources.lean_architect.inference import Inferred
from blueprint_app.sources.lean_architect.masking import MaskedText
from blueprint_app.sources.lean_architect.nodes import LeanNode, LeanPart, Quotation
from blueprint_app.sources.lean_architect.options import DocText, UsesOption

_SPECIAL = re.compile(r"[\\{}$&#^_%~]")


def label_of(tagged: Tagged) -> str:
    """The label of a tagged declaration: the one given, else the declaration's name."""
    return tagged.options.label or (tagged.names[0] if tagged.names else "")


NOTHING = Inferred()


def node_of(
    file: MaskedText,
    tagged: Tagged,
    labels: Mapping[str, str],
    inferred: tuple[Inferred, Inferred] = (NOTHING, NOTHING),
) -> LeanNode:
    """The node of one tagged declaration.

    `labels` maps Lean names to the labels of their nodes, `inferred` tells what its statement and
    its proof rest on without saying so. As LeanArchitect has it: what is a theorem, or is given a
    proof, has a proof part; a part is done if it is free of ``sorry``, the statement of anything
    else only if all of it is.
    """
    options = tagged.options
    has_proof = options.has_proof
    if has_proof is None:
        has_proof = options.proof is not None or tagged.keyword in THEOREMS
    label = label_of(tagged)
    below, proof_below = inferred
    uses = _labels(options.uses, below.labels, tagged, labels)
    known = (*_found(tagged.proof_names, tagged, labels), *(each for each in proof_below.labels if each not in uses))
    proof_uses = _labels(options.proof_uses, known, tagged, labels)
    proof_sorry = tagged.proof_sorry or proof_below.sorry
    statement_sorry = tagged.statement_sorry or below.sorry or (not has_proof and proof_sorry)
    statement = LeanPart(
        options.environment or ("theorem" if has_proof else "definition"),
        _statement_text(file, tagged),
        uses if has_proof else tuple(dict.fromkeys(uses + proof_uses)),
        not statement_sorry,
        tagged.place,
    )
    proof = None
    if has_proof:
        texts = (options.proof,) if options.proof is not None else tagged.proof_docs
        proof = LeanPart(
            "proof",
            tuple(_quotation(file, text) for text in texts),
            tuple(dict.fromkeys(proof_uses)),
            not proof_sorry,
            tagged.proof_place,
        )
    return LeanNode(
        label, tagged.names, statement, proof, options.title or "", options.not_ready, False, options.discussion or ""
    )


def _quotation(file: MaskedText, text: DocText) -> Quotation:
    return Quotation(text.text, file.place(text.start))


def _statement_text(file: MaskedText, tagged: Tagged) -> tuple[Quotation, ...]:
    """The statement as given; else the doc comment, which is no TeX: its special characters are escaped."""
    if tagged.options.statement is not None:
        return (_quotation(file, tagged.options.statement),)
    if tagged.doc is None:
        return ()
    place = file.place(tagged.doc.start)
    text = _SPECIAL.sub(_escaped, tagged.doc.text)
    return (Quotation(text, Place(place.file, place.line, place.column), follows=False),)


def _escaped(found: re.Match[str]) -> str:
    names = {"\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}"}
    return names.get(found[0], f"\\{found[0]}")


def _labels(uses: UsesOption, known: Iterable[str], tagged: Tagged, labels: Mapping[str, str]) -> tuple[str, ...]:
    """What is known to be used and what the option adds, without what it takes back."""
    unwanted = {*uses.without_labels, *_found(uses.without_names, tagged, labels)}
    named = (label for label in (*_found(uses.names, tagged, labels), *known) if label != label_of(tagged))
    return tuple(dict.fromkeys(label for label in (*named, *uses.labels) if label not in unwanted))


def _found(names: Iterable[str], tagged: Tagged, labels: Mapping[str, str]) -> list[str]:
    """The labels of the nodes that names mean here; names of what is no node are passed over."""
    found = []
    for name in names:
        plain = name.removeprefix("_root_.")
        candidates = [f"{scope}.{plain}" if scope else plain for scope in tagged.scopes]
        label = next((labels[each] for each in candidates if each in labels), None)
        if label is not None:
            found.append(label)
    return found
