"""Attempts made by hand, for tests."""

from blueprint_app.assistant.records.record import (
    Actor,
    AttemptRecord,
    CheckMade,
    CheckMessage,
    ContextPiece,
    DraftFile,
    FailureSeen,
    LeanAt,
    Outcome,
    PromptUsed,
    TimeSpent,
    TokenUsage,
    new_id,
)

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
ERROR = "unsolved goals\nn : ℕ\nh : 0 < n\n⊢ n ∣ n !"


def full(node: str = "lem:a", start: str = "2026-11-03T14:15:02.123456+00:00", **more: object) -> AttemptRecord:
    """An attempt with every field filled."""
    given: dict[str, object] = {
        "id": new_id(start),
        "node": node,
        "task": "prove",
        "run": "run-1",
        "round": 2,
        "parent": "20261103T141400000000Z-0000000001",
        "actor": Actor("model", "m-large", "m-large-0426", "localhost", "prover"),
        "requested_by": "Ada Lovelace",
        "prompt": PromptUsed("prove/3", HASH, (ContextPiece("lem:b", HASH), ContextPiece("", HASH))),
        "params": {"temperature": 0.2, "max_tokens": 4000, "reasoning_effort": "high", "seed": None, "stream": True},
        "usage": TokenUsage(1200, 300, 100, 50, 0.0123, True),
        "time": TimeSpent(start, 12.5, 2.25),
        "finish": "stop",
        "statement_sha256": HASH,
        "draft": DraftFile("x.lean", HASH),
        "lean": LeanAt("4.28.0", "v4.28.0", "01c9b66", False),
        "check": CheckMade(
            "compiled", ("propext",), (CheckMessage("error", 3, 2, ERROR, "proof"),), ("sorry (line 3)",), "bubblewrap"
        ),
        "outcome": Outcome.FAILED,
        "failure": FailureSeen("error", "unsolved goals"),
    }
    return AttemptRecord(**{**given, **more})  # type: ignore[arg-type]
