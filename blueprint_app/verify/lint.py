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
    **dict.fromkeys(("#eval", "run_cmd", "run_tac", "run_elab", "run_meta", "run_conv", "by_elab"), _RUNS_CODE),
    **dict.fromkeys(("initialize", "builtin_initialize"), _RUNS_CODE),
    **dict.fromkeys(("elab", "elab_rules", "macro", "macro_rules", "syntax", "declare_syntax_cat"), _CHANGES_LEAN),
    **dict.fromkeys(("simproc", "dsimproc", "simproc_decl"), _CHANGES_LEAN),
    **dict.fromkeys(("notation", "notation3", "infix", "infixl", "infixr", "prefix", "postfix"), _CHANGES_MEANING),
    **dict.fromkeys(("instance", "attribute", "variable", "universe", "unif_hint", "export"), _CHANGES_MEANING),
    **dict.fromkeys(("namespace", "section", "end"), "It changes where the statement stands."),
    **dict.fromkeys(("unsafe", "implemented_by", "extern", "csimp", "unsafeCast"), _HIDES_CODE),
    "set_option": "It can switch Lean's checks off.",
    "import": "A draft may use what its file imports, no more.",
}
"""For each word what is to be said about it."""

RUN = frozenset({_RUNS_CODE, _CHANGES_LEAN, _HIDES_CODE})
"""The messages about words with which a draft runs code of its own while Lean reads it."""

_REGISTERING = (
    "tactic|term_elab|command_elab|init|delab|app_delab|unexpander|app_unexpander|deriving_handler|linter|env_linter"
    "|norm_num|positivity|simprocs|widget_module|server_rpc_method|code_action_provider|command_code_action"
)
_PLAIN = "|".join(word for word in MESSAGES if word[0] != "#")
_WORD = re.compile(rf"{QUOTED}|{NOT_BEFORE}(?:\#[a-z_]+(?![\w'])|(?:{_PLAIN}){NOT_AFTER})")
_ATTRIBUTE = re.compile(rf"(?:@|attribute\s*)\[[^\]]*?{NOT_BEFORE}(builtin_\w+|\w*parser|{_REGISTERING}){NOT_AFTER}")


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


def runs_code(findings: tuple[LintFinding, ...]) -> bool:
    """Whether a draft with these findings can make Lean write down something else than its text says."""
    return any(finding.message in RUN for finding in findings)


def _findings(text: str, part: Part) -> Iterator[LintFinding]:
    code = _code_of(text)
    found = [(each.start(), each.group(), MESSAGES.get(each.group(), "")) for each in _WORD.finditer(code)]
    found += [(each.start(1), each[1], _CHANGES_LEAN) for each in _ATTRIBUTE.finditer(code)]
    for start, word, message in sorted(found):
        if message:
            yield LintFinding(word, code.count("\n", 0, start) + 1, message, part)


def _code_of(text: str) -> str:
    """The text without comments and strings, and with what stands behind ``#exit``: a lint reads on."""
    code = ""
    while len(code) < len(text):
        rest = text[len(code) :]
        read = blanked(rest).code
        # Where blanking stops early it stops in front of the word.
        code += read if len(read) == len(rest) else read + rest[len(read) : len(read) + len("#exit")]
    return code
