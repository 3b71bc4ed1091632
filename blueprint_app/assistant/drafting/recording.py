"""Makes the record of each round: who was asked what, what came, how it was judged, and why it failed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from blueprint_app.assistant.context.sections import Context
from blueprint_app.assistant.drafting.blockers import Blocker
from blueprint_app.assistant.endpoints.endpoint import Endpoint, Role, RoleModel
from blueprint_app.assistant.endpoints.messages import Finish, Message, Reply
from blueprint_app.assistant.prompts import Prompt
from blueprint_app.assistant.records.record import (
    Actor,
    AttemptRecord,
    CheckMade,
    CheckMessage,
    ContextPiece,
    FailureSeen,
    LeanAt,
    Outcome,
    Parameter,
    PromptUsed,
    TimeSpent,
    TokenUsage,
    utc_now,
)
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.model.blueprint import NodeId
from blueprint_app.verify.verdict import CheckLevel, Failure, Verdict

DECLARATION = "declaration"
"""The parameter that names the Lean declaration which a proof was drafted for."""

TACTICS = "tactics"
"""The kind of actor that cheap tactics are: no model, and no person either."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What all rounds of one run have in common.

    `statement_sha256` is the hash of the node's statement as it was sent, `keeps_prompt` whether the user wants
    the whole prompt in the records.
    """

    node: NodeId
    task: str
    run: str
    requested_by: str
    statement_sha256: str
    context: Context
    prompt: Prompt
    lean: LeanAt = field(default_factory=LeanAt)
    keeps_prompt: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What one question was sent to: an endpoint, a model in a role, and the messages."""

    endpoint: Endpoint
    role: Role
    chosen: RoleModel
    messages: tuple[Message, ...]
    start: str = field(default_factory=utc_now)


class Recorder:
    """Keeps the attempts of one run."""

    def __init__(self, store: AttemptStore, asked: Asked) -> None:
        self._store, self.asked = store, asked

    def reply(
        self,
        sent: Sent,
        reply: Reply,
        outcome: Outcome,
        *,
        text: str = "",
        ending: str = ".md",
        number: int = 0,
        parent: str = "",
        verdict: Verdict | None = None,
        blocker: Blocker | None = None,
        again: bool = False,
    ) -> AttemptRecord:
        """Keep what a model answered; `text` is what is kept of it, the answer itself if that is left out.

        `again` says that an earlier start of the run had the answer. It may have been killed when its record was on
        disk and before anything else told so; then that record is returned, and no second one is made.
        """
        if again and (known := self._known(sent, outcome, number)) is not None:
            return known
        record = self._record(outcome, number, parent, verdict, blocker)
        usage = reply.usage
        return self._store.write(
            replace(
                record,
                actor=_actor(sent, reply.served_model),
                params=self._parameters(sent.chosen),
                prompt=self._prompt(sent.messages),
                usage=TokenUsage(
                    usage.prompt, usage.completion, usage.reasoning, usage.cached, usage.cost, usage.estimated
                ),
                time=TimeSpent(sent.start, round(reply.seconds, 3), _lean_seconds(verdict)),
                finish=str(reply.finish),
            ),
            text or reply.text,
            ending,
        )

    def stopped(self, sent: Sent, came: str, seconds: float, number: int = 0, parent: str = "") -> AttemptRecord:
        """Keep what had come of an answer when it was stopped."""
        record = self._record(Outcome.ABANDONED, number, parent, None, None)
        return self._store.write(
            replace(
                record,
                actor=_actor(sent, ""),
                params=self._parameters(sent.chosen),
                prompt=self._prompt(sent.messages),
                time=TimeSpent(sent.start, round(seconds, 3)),
                finish=str(Finish.CANCELLED),
            ),
            came,
        )

    def tactic(self, text: str, verdict: Verdict) -> AttemptRecord:
        """Keep a proof that a cheap tactic found without any model."""
        record = self._record(Outcome.VERIFIED, 0, "", verdict, None)
        return self._store.write(
            replace(
                record,
                actor=Actor(TACTICS),
                params=self._parameters(None),
                time=TimeSpent(utc_now(), 0.0, _lean_seconds(verdict)),
            ),
            text,
            ".lean",
        )

    def _known(self, sent: Sent, outcome: Outcome, number: int) -> AttemptRecord | None:
        """The record of an answer that is on disk already."""
        wanted = self.asked.run, number, sent.start, outcome
        records = self._store.of(self.asked.node)
        return next((each for each in records if (each.run, each.round, each.time.start, each.outcome) == wanted), None)

    def _record(
        self, outcome: Outcome, number: int, parent: str, verdict: Verdict | None, blocker: Blocker | None
    ) -> AttemptRecord:
        asked = self.asked
        return AttemptRecord(
            "",
            asked.node,
            asked.task,
            run=asked.run,
            round=number,
            parent=parent,
            requested_by=asked.requested_by,
            statement_sha256=asked.statement_sha256,
            lean=replace(asked.lean, version=verdict.lean_version) if verdict and verdict.lean_version else asked.lean,
            check=check_of(verdict) if verdict is not None else CheckMade(),
            outcome=outcome,
            failure=FailureSeen(blocker.kind, blocker.about) if blocker is not None else FailureSeen(),
        )

    def _parameters(self, chosen: RoleModel | None) -> Mapping[str, Parameter]:
        found: dict[str, Parameter] = {DECLARATION: self.asked.context.declaration or None}
        if chosen is not None:
            found["temperature"] = chosen.temperature
            found["max_tokens"] = chosen.max_tokens
            found["reasoning_effort"] = chosen.reasoning_effort
        return {name: value for name, value in found.items() if value is not None}

    def _prompt(self, messages: tuple[Message, ...]) -> PromptUsed:
        sent = json.dumps([[message.role, message.content] for message in messages], ensure_ascii=False)
        pieces = tuple(ContextPiece(node, digest) for node, digest in self.asked.context.used_nodes)
        template = f"{self.asked.prompt.name}/{self.asked.prompt.version} {self.asked.prompt.sha256[:16]}"
        kept = sent if self.asked.keeps_prompt else ""
        return PromptUsed(template, hashlib.sha256(sent.encode()).hexdigest(), pieces, kept)


def check_of(verdict: Verdict) -> CheckMade:
    """A verdict as a record has it."""
    messages = tuple(
        CheckMessage(message.severity, message.line, message.column, message.text, str(message.part))
        for message in verdict.messages
    )
    lint = tuple(f"{finding.word} (line {finding.line}): {finding.message}" for finding in verdict.lint)
    return CheckMade(str(verdict.level), verdict.axioms, messages, lint, verdict.sandbox)


def outcome_of(verdict: Verdict) -> Outcome:
    """What came of a draft that was judged so."""
    if verdict.is_verified:
        return Outcome.VERIFIED
    if verdict.failure is Failure.NONE and verdict.level is not CheckLevel.NONE:
        return Outcome.COMPILED
    return Outcome.FAILED


def _lean_seconds(verdict: Verdict | None) -> float:
    return round(verdict.seconds, 3) if verdict is not None else 0.0


def _actor(sent: Sent, served: str) -> Actor:
    return Actor("model", sent.chosen.model, served, sent.endpoint.host, str(sent.role))
