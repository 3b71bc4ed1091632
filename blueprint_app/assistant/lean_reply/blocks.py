"""Finds the stretches of Lean in an answer: fenced or not, one or several, thoughts apart."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

_THINKING = re.compile(r"<(think|thinking|thought|reasoning)>(.*?)(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_ENDS = re.compile(r"\A(.*)</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$", re.MULTILINE)
_LANGUAGES = frozenset({"lean", "lean4", "lean3", "leanhelpers"})
_OTHER_WORDS = frozenset({"helpers", "helper", "lemmas", "auxiliary"})

STARTS = re.compile(
    r"(?:(?:@\[[^\]\n]*\]|private|protected|noncomputable|nonrec|local)\s+)*"
    r"(?:theorem|lemma|def|abbrev|instance|example|structure|class|inductive|axiom|opaque)\b"
)
"""How a declaration begins."""

_UNFENCED = re.compile(rf"^(?:{STARTS.pattern}[^\n]*[:|(\[{{]|by[ \t]*$|:=|/--)", re.MULTILINE)
_WHOLE = re.compile(rf"\s*(?:by\b|:=|{STARTS.pattern}|fun\b|⟨)")
_GOES_ON = re.compile(rf"(?:[ \t]+\S|{STARTS.pattern}|/--|--|-/|end\b|open\b|namespace\b|by\b|\||·|$)")


@dataclass(frozen=True, slots=True)
class LeanBlock:
    """A stretch of Lean text; `is_helpers` tells that the model marked it as auxiliary declarations."""

    text: str
    is_helpers: bool = False


@dataclass(frozen=True, slots=True)
class LeanReply:
    """The Lean blocks of an answer in their order; `is_whole` is false where the last one was not closed."""

    blocks: tuple[LeanBlock, ...]
    is_whole: bool = True


def parted(text: str) -> tuple[str, str]:
    """The thoughts that a model left in its answer, and the answer without them.

    Thoughts stand between tags such as ``<think>``; of these the first may be missing, as some servers take it away,
    or the last, where the answer was cut short.
    """
    thoughts = [found[2].strip() for found in _THINKING.finditer(text)]
    rest = _THINKING.sub("", text)
    if (lost := _THOUGHT_ENDS.match(rest)) is not None:
        thoughts.insert(0, lost[1].strip())
        rest = rest[lost.end() :]
    return "\n\n".join(filter(None, thoughts)), rest.strip()


def lean_in(text: str) -> LeanReply | None:
    """The Lean of an answer, or None where there is none."""
    _, answer = parted(text)
    found = list(_fenced(answer))
    blocks = tuple(block for block, _ in found if block.text.strip())
    if blocks:
        return LeanReply(blocks, found[-1][1])
    if found or _FENCE.search(answer):
        return None
    loose = _unfenced(answer)
    return LeanReply((LeanBlock(loose),)) if loose else None


def _fenced(answer: str) -> Iterator[tuple[LeanBlock, bool]]:
    """The fenced blocks that are Lean, and whether each is closed."""
    position = 0
    while opening := _FENCE.search(answer, position):
        closing = _closing(answer, opening)
        end = closing.start() if closing else len(answer)
        position = closing.end() if closing else len(answer)
        words = opening["info"].lower().replace("{", " ").replace("}", " ").replace(",", " ").split()
        text = textwrap.dedent(answer[opening.end() + 1 : end]).strip("\n")
        if _is_lean(words, text):
            is_helpers = bool(_OTHER_WORDS.intersection(words)) or "leanhelpers" in words
            yield LeanBlock(text, is_helpers), closing is not None


def _closing(answer: str, opening: re.Match[str]) -> re.Match[str] | None:
    """The fence that ends a block: as long as the one that began it, with nothing behind it."""
    for fence in _FENCE.finditer(answer, opening.end()):
        same = fence["fence"][0] == opening["fence"][0] and len(fence["fence"]) >= len(opening["fence"])
        if same and not fence["info"].strip():
            return fence
    return None


def _is_lean(words: list[str], text: str) -> bool:
    return words[0] in _LANGUAGES if words else bool(_WHOLE.match(text))


def _unfenced(answer: str) -> str:
    """Lean that stands among the words of an answer: from where it begins to where a line is none of it."""
    start = 0 if _WHOLE.match(answer) else -1
    if start < 0:
        found = _UNFENCED.search(answer)
        if found is None:
            return ""
        start = found.start()
    lines = answer[start:].split("\n")
    end = next((number for number, line in enumerate(lines) if number and not _GOES_ON.match(line)), len(lines))
    return "\n".join(lines[:end]).strip("\n")
