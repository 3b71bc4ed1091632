"""Guesses what names the attributes of a declaration make: its additive twin, its extensionality lemma ..."""

import re
from collections.abc import Iterator

from blueprint_app.lean.names import NAME, parts_of, unquoted
from blueprint_app.lean.scan.commands import BRACKET, OPENING

_ADDITIVE_WORDS = {
    "mul": "add",
    "one": "zero",
    "inv": "neg",
    "div": "sub",
    "prod": "sum",
    "pow": "nsmul",
    "npow": "nsmul",
    "zpow": "zsmul",
    "monoid": "addMonoid",
    "group": "addGroup",
    "semigroup": "addSemigroup",
    "magma": "addMagma",
    "subgroup": "addSubgroup",
    "submonoid": "addSubmonoid",
    "subsemigroup": "addSubsemigroup",
    "units": "addUnits",
    "unit": "addUnit",
    "commute": "addCommute",
    "semiconj": "addSemiconj",
    "torsion": "addTorsion",
    "character": "addCharacter",
    "smul": "vadd",
    "multiplicative": "additive",
}
"""How ``to_additive`` translates the words of a name; the common ones."""

_WORDS = re.compile(r"_+|[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^A-Za-z_]+")
_ATTRIBUTE = re.compile(r"\s*(?:←|-|local\s|scoped\s)?\s*(\w+)[!?]*")
_TARGET = re.compile(NAME)
_OPTIONS = frozenset({"existing", "self", "none", "reorder"})


def generated_names(attributes: str, name: str, is_structure: bool) -> Iterator[str]:
    """Names that attributes such as ``simp, to_additive (attr := simp) foo`` probably make of `name`, a full name."""
    for attribute in _split(attributes):
        found = _ATTRIBUTE.match(attribute)
        word, rest = (found[1], attribute[found.end() :]) if found else ("", "")
        target = next((each for each in _TARGET.findall(_outside_brackets(rest)) if each not in _OPTIONS), "")
        if word in ("to_additive", "to_dual"):
            yield from _twins(name, unquoted(target), word == "to_additive")
        elif word == "ext":
            yield from (f"{name}.ext", f"{name}.ext_iff") if is_structure else (f"{name}_iff",)
        elif word == "mk_iff":
            yield _beside(name, unquoted(target)) if target else f"{name}_iff"
        elif word in ("reassoc", "elementwise"):
            yield f"{name}_{'assoc' if word == 'reassoc' else 'apply'}"


def makes_simp_lemmas(attributes: str) -> bool:
    """Whether lemmas named after the declaration and a field come with it."""
    return "simps" in attributes


def additive(name: str) -> str:
    """About what ``to_additive`` calls the twin of a name."""
    return ".".join(_additive_part(part) for part in parts_of(name))


def _additive_part(part: str) -> str:
    words = _WORDS.findall(part)
    translated: list[str] = []
    for position, word in enumerate(words):
        new = _ADDITIVE_WORDS.get(word.lower(), "")
        # CommGroup becomes AddCommGroup, not CommAddGroup.
        after_comm = position > 0 and words[position - 1].lower() == "comm"
        if new.startswith("add") and len(new) > 3 and after_comm:
            comm = translated.pop()
            translated.append(_cased(f"add{comm[:1].upper()}{comm[1:]}", comm))
            translated.append(word)
        else:
            translated.append(_cased(new, word) if new else word)
    return "".join(translated)


def _cased(word: str, model: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _twins(name: str, target: str, is_additive: bool) -> Iterator[str]:
    if not target:
        if is_additive:
            yield additive(name)
        return
    if target.startswith("_root_."):
        yield target[7:]
        return
    yield target
    yield _beside(name, target)
    if is_additive and "." in name:
        yield _beside(additive(name), target)


def _beside(name: str, other: str) -> str:
    """`other` in the namespace of `name`."""
    namespace = ".".join(parts_of(name)[:-1])
    return f"{namespace}.{other}" if namespace else other


def _split(attributes: str) -> Iterator[str]:
    """The attributes of a list, which commas outside of brackets divide; those in ``(attr := ...)`` count too."""
    depth, first = 0, 0
    for found in re.finditer(r"[,()\[\]{}⟨⟩]", attributes):
        if found.group() == ",":
            if depth == 0:
                yield attributes[first : found.start()]
                first = found.end()
        else:
            depth += 1 if found.group() in OPENING else -1
    yield attributes[first:]
    for inner in re.findall(r"\(attr\s*:=([^()]*)\)", attributes):
        yield from inner.split(",")


def _outside_brackets(text: str) -> str:
    pieces, depth, position = [], 0, 0
    for bracket in BRACKET.finditer(text):
        if depth == 0:
            pieces.append(text[position : bracket.start()])
        depth = max(0, depth + (1 if bracket.group() in OPENING else -1))
        position = bracket.end()
    return " ".join([*pieces, text[position:]]) if depth == 0 else " ".join(pieces)
