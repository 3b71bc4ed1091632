"""A judge that is told beforehand what each proof comes to; what Lean itself says is tested with Lean."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import CheckLevel, Failure, LeanMessage, Verdict

_LEAN = re.compile(r"```lean\n(.*?)```", re.DOTALL)

VERIFIED = Verdict(CheckLevel.MATCHED, axioms=("propext",), lean_version="4.28.0", sandbox="none", seconds=0.1)


def rejected(text: str, line: int = 1) -> Verdict:
    """A verdict with one error of Lean's."""
    return Verdict(CheckLevel.NONE, Failure.ERROR, "Lean rejects it.", (LeanMessage("error", line, 2, text),))


@dataclass
class ScriptedBench:
    """Drafts to verdicts by `verdicts`, from the proof as written; any other proof is not known to Lean.

    `judged` lists the proofs that were judged, in order; `free` is what a cheap tactic proves, if anything.
    """

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    free: Draft | None = None
    judged: list[str] = field(default_factory=list)
    before: Callable[[str], object] = lambda proof: None

    def read(self, reply: str) -> Draft | str:
        found = _LEAN.search(reply)
        return Draft(found[1].strip()) if found else "The answer holds no Lean."

    def judge(self, draft: Draft, check: Callable[[], None]) -> Verdict:
        check()
        self.before(draft.proof)
        self.judged.append(draft.proof)
        return self.verdicts.get(draft.proof, rejected(f"Unknown identifier `{draft.proof}`"))

    def try_tactics(self, check: Callable[[], None]) -> tuple[tuple[str, ...], Draft | None, Verdict] | None:
        return ("rfl", "simp"), self.free, VERIFIED if self.free else rejected("no tactic proves it")

    def text_of(self, draft: Draft) -> str:
        return draft.proof
