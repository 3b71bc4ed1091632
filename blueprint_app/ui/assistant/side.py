"""What the window asks of a project's assistant: agreed signatures, so that neither is built from the other."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from blueprint_app.assistant.assistant import DraftLimits
    from blueprint_app.assistant.context import Context
    from blueprint_app.assistant.drafting.events import Event, Result
    from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings, Role, RoleModel
    from blueprint_app.assistant.question import Answer, Question
    from blueprint_app.assistant.records.record import AttemptRecord, Judgement
    from blueprint_app.assistant.records.store import AttemptStore
    from blueprint_app.assistant.tasks import Audience, Task
    from blueprint_app.live.change_set import ChangeSet
    from blueprint_app.model.blueprint import NodeId
    from blueprint_app.model.snapshot import Snapshot

Check = Callable[[], None]
OnText = Callable[[str], None]


class AssistantSide(Protocol):
    """The assistant of one project; calls that take `check` block, and belong into a job."""

    folder: Path

    @property
    def store(self) -> "AttemptStore":
        """The attempts at the project's nodes."""

    @property
    def settings(self) -> "ModelSettings":
        """What is set about models."""

    def reload_settings(self) -> None:
        """Read what is set about models from the disk again."""

    def obstacle(self, snapshot: "Snapshot", node: "NodeId", task: "Task") -> str:
        """Why the task cannot be done on a node, in a sentence; "" where it can."""

    def context(
        self,
        snapshot: "Snapshot",
        node: "NodeId",
        task: "Task",
        audience: "Audience" = ...,
        note: str = "",
        check: Check = ...,
    ) -> "Context":
        """What a model would be told."""

    def model_for(self, task: "Task", chosen: "RoleModel | None" = None) -> "tuple[Endpoint, Role, RoleModel]":
        """Who does a task, if need be another one than is set. Raises BlueprintError where nobody is chosen for it."""

    def question(
        self, context: "Context", without: frozenset[str] = ..., chosen: "RoleModel | None" = None
    ) -> "Question":
        """What would be sent, without the sections of these ids, to the model that is `chosen` or set."""

    def agree(self, host: str) -> None:
        """Keep that text may go to a host."""

    def answer(
        self,
        question: "Question",
        requested_by: str = "",
        on_text: OnText = ...,
        on_thinking: OnText = ...,
        check: Check = ...,
    ) -> "Answer":
        """Ask, and record the attempt. Raises ModelError."""

    def follow_up(
        self, question: "Question", turns: tuple[tuple[str, str], ...], asked: str, parent: str = ""
    ) -> "Question":
        """The next question of a conversation: what was asked and answered so far, and what is asked now."""

    def draft(
        self,
        question: "Question",
        snapshot: "Snapshot",
        limits: "DraftLimits" = ...,
        on_event: "Callable[[Event], None]" = ...,
        check: Check = ...,
        requested_by: str = "",
    ) -> "Result":
        """Draft, have it judged, and repair, until it is done. Raises ModelError."""

    def changes(self, snapshot: "Snapshot", record: "AttemptRecord") -> "ChangeSet":
        """The change of the project that would accept a draft. Raises BlueprintError."""

    def mark(
        self,
        record: "AttemptRecord",
        judgement: "Judgement",
        by: str = "",
        note: str = "",
        statement_sha256: str = "",
    ) -> object:
        """Keep what a person says of an attempt, having read the node's statement with that hash."""


AssistantOf = Callable[[Path], AssistantSide]
