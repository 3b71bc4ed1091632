"""The nodes that LeanArchitect takes from Lean, and the TeX that it writes for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from blueprint_app.model.place import Place
from blueprint_app.sources.splicing import LEAN_ARCHITECT, SpliceBuilder, SplicedText


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text of a node and where it stands; `follows` if it stands there word for word."""

    text: str
    place: Place
    follows: bool = True


@dataclass(frozen=True, slots=True)
class LeanPart:
    """The statement or the proof of a node: its text, the labels that it uses, whether Lean has it without sorry."""

    environment: str
    texts: tuple[Quotation, ...]
    uses: tuple[str, ...]
    leanok: bool
    place: Place

    @property
    def has_text(self) -> bool:
        """Whether anything is written for a reader."""
        return any(quotation.text for quotation in self.texts)


@dataclass(frozen=True, slots=True)
class LeanNode:
    """One tagged declaration (or, once merged, all that share a label)."""

    label: str
    names: tuple[str, ...]
    statement: LeanPart
    proof: LeanPart | None = None
    title: str = ""
    notready: bool = False
    mathlibok: bool = False
    discussion: str = ""


def merged(nodes: Sequence[LeanNode]) -> LeanNode:
    """One node of all that share a label: names and uses together, done only if all are.

    The words are those of the last one that has any, as LeanArchitect's files of one label replace each other.
    """
    last = nodes[-1]
    if len(nodes) == 1:
        return last
    proofs = [node.proof for node in nodes if node.proof is not None]
    return replace(
        last,
        names=_union(node.names for node in nodes),
        statement=_merged_part([node.statement for node in nodes]),
        proof=_merged_part(proofs) if proofs else None,
        title=next((node.title for node in reversed(nodes) if node.title), ""),
        notready=any(node.notready for node in nodes),
        mathlibok=all(node.mathlibok for node in nodes),
        discussion=next((node.discussion for node in reversed(nodes) if node.discussion), ""),
    )


def _merged_part(parts: Sequence[LeanPart]) -> LeanPart:
    worded = next((part for part in reversed(parts) if part.has_text), parts[-1])
    return replace(worded, uses=_union(part.uses for part in parts), leanok=all(part.leanok for part in parts))


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry for entries in lists for entry in entries))


def as_tex(node: LeanNode) -> SplicedText:
    """The environments of a node, as LeanArchitect writes them."""
    builder = SpliceBuilder(LEAN_ARCHITECT)
    place = node.statement.place
    head = [f"\\label{{{_argument(node.label)}}}"]
    if node.names:
        head.append(f"\\lean{{{','.join(map(_argument, node.names))}}}")
    if node.notready:
        head.append("\\notready")
    if node.discussion:
        head.append(f"\\discussion{{{_argument(node.discussion)}}}")
    if node.mathlibok:
        head.append("\\mathlibok")
    _write_part(builder, node.statement, node.title, head)
    if node.proof is not None:
        _write_part(builder, node.proof, "", [])
    builder.write("\n", place)
    return builder.finish()


def _write_part(builder: SpliceBuilder, part: LeanPart, title: str, head: Iterable[str]) -> None:
    opening = f"\\begin{{{part.environment}}}" + (f"[{title}]" if title else "") + "\n"
    lines = [f"\\uses{{{','.join(map(_argument, part.uses))}}}"] if part.uses else []
    lines += [*head, *(["\\leanok"] if part.leanok else [])]
    builder.write(opening + "".join(f"{line}\n" for line in lines), part.place)
    for number, quotation in enumerate(part.texts):
        if number:
            builder.write("\n\n", quotation.place)
        (builder.quote if quotation.follows else builder.write)(quotation.text, quotation.place)
    # On a line of its own: the text may end in a comment.
    builder.write(f"\n\\end{{{part.environment}}}\n", part.place)


def _argument(text: str) -> str:
    """A label or name as it may stand in an argument; a brace in it would end the argument."""
    return text.translate({ord("{"): None, ord("}"): None, ord("\\"): None, ord("%"): "\\%", ord("\n"): " "})
