"""The diary of one run on disk: what it was to do, each answer that was paid for, and each node that is done.

A line is on disk before the run goes on, so that a run that was killed loses no answer and asks nothing twice. The file
lies in the user's own state folder, readable by nobody else, and goes when the run is done.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from blueprint_app.assistant.batch.ledger import append_line, read_lines
from blueprint_app.assistant.batch.plan import BatchPlan, Job, Limits, jobs_of
from blueprint_app.assistant.budget import Amount
from blueprint_app.assistant.drafting.events import Ending
from blueprint_app.assistant.drafting.loop import Saved
from blueprint_app.assistant.drafting.recording import Sent
from blueprint_app.assistant.endpoints.endpoint import Endpoint, Role, RoleModel
from blueprint_app.assistant.endpoints.messages import Finish, Message, Reply, Usage
from blueprint_app.assistant.tasks import Task
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError

SCHEMA = "blueprint-run/1"


@dataclass(frozen=True, slots=True)
class Done:
    """How a job ended: `ending` is None where it could not be begun. `amount` is what it took, `seconds` how long."""

    ending: Ending | None
    words: str
    amount: Amount = Amount()  # noqa: RUF009 - frozen
    rounds: int = 0
    seconds: float = 0.0

    @property
    def is_closed(self) -> bool:
        """Whether the node needs no more work of a model."""
        return self.ending in (Ending.VERIFIED, Ending.COMPILED)


@dataclass(frozen=True, slots=True)
class Paid:
    """An answer that was paid for: in which round of which job, and what had been sent."""

    job: str
    number: int
    role: Role
    start: str
    messages: tuple[Message, ...]
    reply: Reply

    @property
    def amount(self) -> Amount:
        """What it took."""
        return Amount.of(self.reply.usage)

    def saved(self, endpoint: Endpoint, chosen: RoleModel) -> Saved:
        """The answer as the loop takes it up again."""
        return Saved(Sent(endpoint, self.role, chosen, self.messages, self.start), self.reply)


class Journal:
    """One run's diary: `plan` is what it is to do, `done` how its jobs ended, `paid` their answers. Thread-safe."""

    def __init__(self, path: Path, plan: BatchPlan, folder: Path) -> None:
        """Begin a new diary, or go on with one that is there. Raises BlueprintError if it cannot be written."""
        self.path, self.plan, self.folder = path, plan, folder
        self.done: dict[str, Done] = {}
        self.paid: dict[str, list[Paid]] = {}
        self.halted = ""
        self._lock = threading.Lock()
        entries = read_lines(path)
        if not entries:
            self._write({"kind": "begun", "schema": SCHEMA, "folder": str(folder), "plan": asdict(plan)})
        for entry in entries:
            self._take(entry)

    @classmethod
    def found(cls, path: Path) -> "Journal":
        """The diary of a run that was begun before. Raises BlueprintError if it is none."""
        entries = read_lines(path)
        try:
            plan = _plan(entries[0]["plan"])
            folder = Path(str(entries[0]["folder"]))
        except (IndexError, KeyError, TypeError, ValueError) as error:
            raise BlueprintError(f"{path} is no diary of a run.", "Begin a new run.") from error
        return cls(path, plan, folder)

    def reply(self, job: Job, number: int, saved: Saved) -> None:
        """Keep an answer that was paid for."""
        sent, reply = saved.sent, saved.reply
        entry = {
            "kind": "reply",
            "job": job.key,
            "number": number,
            "sent": {
                "role": str(sent.role),
                "start": sent.start,
                "messages": [[message.role, message.content] for message in sent.messages],
            },
            "reply": asdict(reply),
        }
        with self._lock:
            self._write(entry)
            paid = Paid(job.key, number, sent.role, sent.start, sent.messages, reply)
            self.paid.setdefault(job.key, []).append(paid)

    def end(self, job: Job, done: Done) -> int:
        """Keep that a job is done; returns how many are."""
        with self._lock:
            self._write({"kind": "end", "job": job.key, **asdict(done)})
            self.done[job.key] = done
            return len(self.done)

    def halt(self, reason: str) -> None:
        """Keep that the run was halted for a reason that going on would not change."""
        with self._lock:
            self.halted = reason
            self._write({"kind": "halted", "reason": reason})

    @property
    def is_finished(self) -> bool:
        """Whether all of its jobs are done; a run that was halted is not."""
        with self._lock:
            return not self.halted and all(job.key in self.done for job in jobs_of(self.plan))

    def spent(self) -> Amount:
        """What all answers of the run took."""
        with self._lock:
            return sum((paid.amount for answers in self.paid.values() for paid in answers), Amount())

    def spent_on(self, job: str) -> Amount:
        """What the answers of one job took."""
        with self._lock:
            return sum((paid.amount for paid in self.paid.get(job, [])), Amount())

    def remove(self) -> None:
        """The run is done and its records tell of it: the diary goes."""
        self.path.unlink(missing_ok=True)

    def _take(self, entry: Mapping[str, Any]) -> None:
        """Read one line; one that is damaged is as if it were not there."""
        try:
            if entry["kind"] == "reply":
                paid = _paid(entry)
                self.paid.setdefault(paid.job, []).append(paid)
            elif entry["kind"] == "end":
                ending = Ending(entry["ending"]) if entry["ending"] else None
                amount = Amount(int(entry["amount"]["tokens"]), float(entry["amount"]["cost"]))
                self.done[str(entry["job"])] = Done(
                    ending, str(entry["words"]), amount, int(entry["rounds"]), float(entry["seconds"])
                )
            elif entry["kind"] == "halted":
                self.halted = str(entry["reason"])
        except (KeyError, TypeError, ValueError):
            return

    def _write(self, entry: Mapping[str, Any]) -> None:
        try:
            append_line(self.path, json.dumps(entry, ensure_ascii=False))
        except OSError as error:
            raise BlueprintError(
                f"The diary of the run cannot be written to {self.path}: {error.strerror}.", "Make the folder writable."
            ) from error


def runs_left(folder: Path, project: Path) -> tuple[Path, ...]:
    """The diaries in `folder` of runs on a project that are not done, the newest first."""
    found = []
    for path in folder.glob("*.jsonl"):
        entries = read_lines(path)
        if entries and entries[0].get("folder") == str(project):
            found.append((path.stat().st_mtime, path))
    return tuple(path for _, path in sorted(found, reverse=True))


def _paid(entry: Mapping[str, Any]) -> Paid:
    sent, reply = entry["sent"], entry["reply"]
    messages = tuple(Message(role, str(content)) for role, content in sent["messages"])
    answer = Reply(
        str(reply["text"]),
        str(reply["thinking"]),
        Finish(reply["finish"]),
        _usage(reply["usage"]),
        str(reply["served_model"]),
        float(reply["seconds"]),
    )
    return Paid(str(entry["job"]), int(entry["number"]), Role(sent["role"]), str(sent["start"]), messages, answer)


def _usage(data: Mapping[str, Any]) -> Usage:
    return Usage(
        int(data["prompt"]),
        int(data["completion"]),
        int(data["reasoning"]),
        int(data["cached"]),
        None if data["cost"] is None else float(data["cost"]),
        bool(data["estimated"]),
    )


def _plan(data: Any) -> BatchPlan:  # noqa: ANN401 - as JSON has it
    return BatchPlan(
        str(data["run"]),
        Task(data["task"]),
        tuple(NodeId(str(node)) for node in data["nodes"]),
        tuple(RoleModel(**model) for model in data["models"]),
        int(data["rounds"]),
        int(data["parallel"]),
        Limits(**data["limits"]),
        bool(data["first_wins"]),
        int(data["canary_every"]),
    )
