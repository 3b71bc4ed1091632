"""Attempts at the sample of primes as a week's work would leave them: several models, failed rounds, people's words."""

from dataclasses import replace

from blueprint_app.assistant.records.record import (
    Actor,
    AttemptRecord,
    CheckMade,
    CheckMessage,
    ContextPiece,
    FailureSeen,
    Judgement,
    LeanAt,
    Outcome,
    PromptUsed,
    TimeSpent,
    TokenUsage,
)
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.provenance import statement_hash
from blueprint_app.model.snapshot import Snapshot

UNIQUE, EXISTS, GOLDBACH = "thm:factorisation-unique", "thm:zeckendorf-exists", "thm:goldbach"
SMALL, LARGE, FRONTIER = "qwen3-8b", "deepseek-prover-v2", "gpt-5.2"
_HOSTS = {SMALL: "localhost:11434", LARGE: "prover.example.org", FRONTIER: "api.example.com"}
_PRICES = {SMALL: None, LARGE: (0.5, 2.0), FRONTIER: (1.75, 14.0)}

_UNSOLVED = "unsolved goals\nn : Nat\nps qs : List Nat\nhp : Factorisation n ps\nhq : Factorisation n qs\n⊢ ps.Perm qs"

UNIQUE_1 = """\
by
  induction ps generalizing n qs with
  | nil =>
    simp [Factorisation] at hp
    simp_all
  | cons p ps ih =>
    have := hp.1 p (by simp)
    exact List.Perm.cons p (ih hp.tail hq.tail)"""

UNIQUE_2 = """\
by
  induction ps generalizing n qs with
  | nil =>
    simp [Factorisation] at hp
    simp_all
  | cons p ps ih =>
    have prime := hp.1 p (by simp)
    obtain ⟨q, mem, dvd⟩ := exists_mem_dvd prime (hq.2 ▸ hp.2 ▸ ⟨_, rfl⟩)
    exact (List.perm_cons_erase mem).symm.trans (ih _ _)"""

UNIQUE_3 = """\
-- 6 lines of helpers, then the proof
theorem exists_mem_dvd {p : Nat} (prime : Prime p) {qs : List Nat}
    (h : p ∣ qs.foldr (· * ·) 1) : ∃ q ∈ qs, p ∣ q := by
  induction qs with
  | nil => exact absurd (Nat.dvd_one.mp h) (by have := prime.1; omega)
  | cons a qs ih =>
    rcases prime.dvd_mul h with ha | ht <;> simp_all
by
  obtain ⟨hp, rfl⟩ := hp
  induction ps generalizing qs with
  | nil => simpa using hq
  | cons p ps ih =>
    obtain ⟨q, mem, dvd⟩ := exists_mem_dvd (hp p (by simp)) (hq.2 ▸ ⟨_, rfl⟩)
    have same := (hq.1 q mem).eq_of_dvd (hp p (by simp)) dvd
    exact same ▸ (List.perm_cons_erase mem).symm"""

EXISTS_1 = """\
by
  induction n using Nat.strongRecOn with
  | ind n ih =>
    obtain ⟨k, hk⟩ := Nat.find_greatest (fun k => fib k ≤ n)
    exact ⟨k :: (ih (n - fib k) (by omega)).choose, by simp, by omega⟩"""

GOLDBACH_1 = """\
/-- There are at least `n` primes that are at most the `n`-th Fermat number. -/
theorem exists_primes_le_fermat (n : Nat) :
    ∃ ps : List Nat, ps.length = n ∧ ps.Nodup ∧ ∀ p ∈ ps, Prime p ∧ p ≤ fermat n"""

EXPLAINED = """\
**In a word.** Two lists of primes with the same product are the same up to order.

The proof takes the first prime $p$ of one list. It divides the product of the other, so by
[[lem:euclid-lemma]] it divides one of its members, and equals it. Cancel, and go on:
\\[ p \\cdot \\prod ps = \\prod qs \\quad\\Longrightarrow\\quad \\prod ps = \\prod (qs - p). \\]
"""


def write_attempts(store: AttemptStore, snapshot: Snapshot) -> tuple[AttemptRecord, ...]:
    """Write them, oldest first; one proof is verified, one statement compiles, the rest failed or is text."""
    made = _Maker(store, snapshot)
    unknown = "unknown identifier 'Nat.find_greatest'"
    made.lean(EXISTS, "2026-11-02T09:12", SMALL, 1, EXISTS_1, ((4, unknown),), unknown, "run-a")
    made.lean(EXISTS, "2026-11-02T09:13", SMALL, 2, EXISTS_1.replace("by omega", "by simp"),
              ((4, unknown),), unknown, "run-a")  # fmt: skip
    made.lean(EXISTS, "2026-11-02T09:31", LARGE, 1, EXISTS_1.replace("find_greatest", "findGreatest"),
              ((4, "unknown identifier 'Nat.findGreatest'"), (5, "omega could not prove the goal")),
              "unknown identifier 'Nat.findGreatest'", "run-b")  # fmt: skip
    made.text(UNIQUE, "2026-11-03T08:02", FRONTIER, "explain", EXPLAINED)
    made.lean(UNIQUE, "2026-11-03T08:10", LARGE, 1, UNIQUE_1,
              ((7, "unused variable `this`", "warning"), (8, _UNSOLVED), (8, "unknown constant 'Factorisation.tail'")),
              "unsolved goals", "run-c")  # fmt: skip
    made.lean(UNIQUE, "2026-11-03T08:12", LARGE, 2, UNIQUE_2,
              ((8, "unknown identifier 'exists_mem_dvd'"), (9, _UNSOLVED)), "unsolved goals", "run-c")  # fmt: skip
    made.lean(UNIQUE, "2026-11-03T08:15", LARGE, 3, UNIQUE_3, (), "", "run-c")
    drafted = made.lean(GOLDBACH, "2026-11-04T16:40", FRONTIER, 1, GOLDBACH_1, (), "", "run-d", task="state")
    store.mark(drafted, Judgement.FAITHFUL, "Emmy Noether", "A list without repetitions is as good as a set here.")
    return tuple(store.read()[0])


class _Maker:
    def __init__(self, store: AttemptStore, snapshot: Snapshot) -> None:
        self._store, self._snapshot = store, snapshot

    def lean(
        self, node: str, start: str, model: str, number: int, text: str,
        messages: tuple[tuple[int, str] | tuple[int, str, str], ...], blocker: str, run: str, task: str = "prove",
    ) -> AttemptRecord:  # fmt: skip
        said = tuple(CheckMessage((*each, "error")[2], each[0], 2, each[1], "proof") for each in messages)
        if blocker:
            check, outcome = CheckMade("none", (), said, (), "bubblewrap 0.8.0"), Outcome.FAILED
        elif task == "state":
            check, outcome = CheckMade("compiled", (), said, (), "bubblewrap 0.8.0"), Outcome.COMPILED
        else:
            level = "statement matched, axioms allowed"
            check = CheckMade(level, ("propext", "Quot.sound"), said, (), "bubblewrap 0.8.0")
            outcome = Outcome.VERIFIED
        record = self._record(node, start, model, task)
        failure = FailureSeen("error" if blocker else "", blocker)
        return self._store.write(
            replace(record, run=run, round=number, check=check, outcome=outcome, failure=failure), text, ".lean"
        )

    def text(self, node: str, start: str, model: str, task: str, answer: str) -> AttemptRecord:
        return self._store.write(replace(self._record(node, start, model, task), outcome=Outcome.ANSWERED), answer)

    def _record(self, node: str, start: str, model: str, task: str) -> AttemptRecord:
        digest = statement_hash(self._snapshot.nodes[NodeId(node)])
        size = 900 + 37 * len(start) + 400 * len(model)
        price = _PRICES[model]
        cost = None if price is None else (size * price[0] + 700 * price[1]) / 1e6
        roles = {"prove": "prover", "state": "formaliser"}
        return AttemptRecord(
            "", node, task,
            actor=Actor("model", model, model, _HOSTS[model], roles.get(task, "explainer")),
            requested_by="Ada Lovelace",
            prompt=PromptUsed(f"{task}/2", digest, (ContextPiece("def:prime", digest), ContextPiece(node, digest))),
            params={"temperature": 0.2},
            usage=TokenUsage(size, 700, 300, 0, cost, price is None),
            time=TimeSpent(f"{start}:07.000000+00:00", 14.2, 3.4 if task in ("prove", "state") else 0.0),
            finish="stop",
            statement_sha256=digest,
            lean=LeanAt("4.28.0", "", "01c9b66d2e9fa3b7", False),
        )  # fmt: skip
