"""One scanned file in the form that is kept: what it names is at hand at once, the rest is unpacked when asked for."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from blueprint_app.lean.scan.declarations import ScannedDeclaration, ScannedText, scan_text
from blueprint_app.model.evidence import DeclarationEvidence, EvidenceLevel
from blueprint_app.model.place import Place

FORMAT = 2
"""To be raised whenever the scanner answers differently or the form of its answers changes."""

LARGEST = 20 * 2**20
"""Bytes; a larger file is not read."""

_TYPES = frozenset({"structure", "class", "class structure", "inductive", "class inductive", "coinductive"})


class Scan(NamedTuple):
    """What the scanner found in a file of this content, for keeping and for sending between processes.

    `heads` are lists of names, see `_heads`; `details` the packed declarations.
    """

    digest: str
    heads: str
    details: bytes


class Heads(NamedTuple):
    """The names of a file by what is to be known of them; private ones as their authors write them."""

    read: tuple[str, ...]
    generated: tuple[str, ...]
    private: tuple[str, ...]
    anonymous: tuple[str, ...]
    with_simp_lemmas: tuple[str, ...]
    types: tuple[str, ...]
    flags: tuple[str, ...]


def digest_of(data: bytes) -> str:
    """What a content is known by."""
    return hashlib.sha256(data).hexdigest()


def scan_bytes(data: bytes) -> Scan:
    """Scan the bytes of a file, which need not be UTF-8."""
    scanned = scan_text(data.decode("utf-8", errors="replace"))
    details = json.dumps(scanned.declarations, ensure_ascii=False, separators=(",", ":")).encode()
    return Scan(digest_of(data), _joined(_heads(scanned)), zlib.compress(details, 1))


@dataclass(frozen=True)
class ScannedFile:
    """A file of the project as scanned. `path` is as places give it; `size` and `modified` (ns) are of before."""

    module: str
    path: str
    size: int
    modified: int
    scan: Scan

    @cached_property
    def heads(self) -> Heads:
        """The names that the file declares."""
        lists = self.scan.heads.split("\n\n")
        return Heads(*(tuple(names.split("\n")) if names else () for names in lists))

    @cached_property
    def declarations(self) -> dict[str, ScannedDeclaration]:
        """The declarations by full name; what was read goes before what was inferred, and the first before the next."""
        found: dict[str, ScannedDeclaration] = {}
        for row in json.loads(zlib.decompress(self.scan.details)):
            declaration = ScannedDeclaration(*row)
            name = self.private_name(declaration.name) if declaration.is_private else declaration.name
            other = found.get(name)
            if other is None or (other.is_generated and not declaration.is_generated):
                found[name] = declaration
        return found

    def private_name(self, name: str) -> str:
        """What Lean calls a private declaration of this file."""
        return f"_private.{self.module}.0.{name}"

    def evidence(self, name: str, of: str = "") -> DeclarationEvidence:
        """The evidence for a declaration, or for `name` as something that the declaration `of` brings along."""
        found = self.declarations[of or name]
        return DeclarationEvidence(
            name,
            EvidenceLevel.SOURCE,
            kind="" if of else found.kind,
            module=self.module,
            place=self._place(found),
            statement="" if of else found.statement,
            doc="" if of else found.doc,
            statement_sorry=found.statement_sorry,
            proof_sorry=found.proof_sorry,
            is_generated=found.is_generated or bool(of),
        )

    def places(self, name: str) -> Iterator[Place]:
        """Every place of the file that declares `name`."""
        for row in json.loads(zlib.decompress(self.scan.details)):
            declaration = ScannedDeclaration(*row)
            if declaration.name == name and is_plain(declaration):
                yield self._place(declaration)

    def _place(self, declaration: ScannedDeclaration) -> Place:
        return Place(self.path, declaration.line, declaration.column, declaration.end_line)


def is_plain(declaration: ScannedDeclaration) -> bool:
    """Whether the name was read as such and others can refer to it."""
    return not (declaration.is_generated or declaration.is_private or declaration.is_anonymous)


def _heads(scanned: ScannedText) -> Heads:
    visible = [each for each in scanned.declarations if not each.is_private]
    return Heads(
        read=tuple(each.name for each in visible if is_plain(each)),
        generated=tuple(each.name for each in visible if each.is_generated and not each.is_anonymous),
        private=tuple(each.name for each in scanned.declarations if each.is_private and not each.is_anonymous),
        anonymous=tuple(each.name for each in visible if each.is_anonymous),
        with_simp_lemmas=tuple(each.name for each in visible if each.makes_simp_lemmas),
        types=tuple(each.name for each in visible if each.kind in _TYPES and is_plain(each)),
        flags=("makes_commands",) if scanned.makes_commands else (),
    )


def _joined(heads: Heads) -> str:
    # No name has a line end in it, as no token of Lean has.
    return "\n\n".join("\n".join(names) for names in heads)
