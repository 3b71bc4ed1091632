"""Words in a draft that a person should look at: a warning, never the judge."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blueprint_app.lean.names import NOT_AFTER, NOT_BEFORE, QUOTED
from blueprint_app.lean.scan.blanking import blanked
from blueprint_app.verify.draft import Draft, Part

_RUNS_CODE = "It runs code while Lean reads the draft."
_CHANGES_MEANING = "It can change what a text means, here and below."
_CHANGES_LEAN = "It extends Lean itself."
_LEAVES_OUT = "It leaves the proof out."
_HIDES_CODE = "It puts other code in the place of what was proved about."

MESSAGES = {
    **dict.fromkeys(("sorry", "sorryAx", "admit", "stop", "proof_wanted"), _LEAVES_OUT),
    "axiom": "It assumes what should be proved.",
    "native_decide": "It trusts the compiler, not the kernel.",
    **dict.fromkeys(("#exit", "#stop"), "Lean reads nothing behind it."),
    **dict.fromkeys(
        ("#eval", "run_cmd", "run_tac", "run_elab", "run_meta", "by_elab", "initialize", "builtin_initialize"),
        _RUNS_CODE,
    ),
    **dict.fromkeys(
        ("elab", "elab_rules", "macro", "macro_rules", "syntax", "declare_syntax_cat", "simproc", "dsimproc"),
        _CHANGES_LEAN,
    ),
    **dict.fromkeys(("notation", "notation3", "infix", "infixl", "infixr", "prefix", "postfix"), _CHANGES_MEANING),
    **dict.fromkeys(("instance", "attribute", "variable", "universe", "unif_hint", "export"), _CHANGES_MEANING),
    **dict.fromkeys(("namespace", "section", "end"), "It changes where the statement stands."),
    **dict.fromkeys(("unsafe", "implemented_by", "extern", "csimp", "unsafeCast"), _HIDES_CODE),
    "set_option": "It can switch Lean's checks off.",
    "import": "A draft may use what its file imports, no more.",
}
"""For each word what is to be said about it."""

_PLAIN = "|".join(word for word in MESSAGES if word[0] != "#")
_WORD = re.compile(rf"{QUOTED}|{NOT_BEFORE}(?:\#[a-z_]+(?![\w'])|(?:{_PLAIN}){NOT_AFTER})")


@dataclass(frozen=True, slots=True)
class LintFinding:
    """A word that is worth a look, at a 1-based line of a part of the draft."""

    word: str
    line: int
    message: str
    part: Part = Part.PROOF


def lint(draft: Draft) -> tuple[LintFinding, ...]:
    """What to look at in a draft, in its order; words in comments and strings do not count."""
    return (*_findings(draft.helpers, Part.HELPERS), *_findings(draft.proof, Part.PROOF))


def _findings(text: str, part: Part) -> Iterator[LintFinding]:
    code = _code_of(text)
    for found in _WORD.finditer(code):
        if message := MESSAGES.get(word := found.group()):
            yield LintFinding(word, code.count("\n", 0, found.start()) + 1, message, part)


def _code_of(text: str) -> str:
    """The text without comments and strings, and with what stands behind ``#exit``: a lint reads on."""
    code = ""
    while len(code) < len(text):
        rest = text[len(code) :]
        read = blanked(rest).code
        # Where blanking stops early it stops in front of the word.
        code += read if len(read) == len(rest) else read + rest[len(read) : len(read) + len("#exit")]
    return code
