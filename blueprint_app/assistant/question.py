"""A question that is ready to be sent: to whom, in which words, and whether a person has agreed to that."""

from dataclasses import dataclass

from blueprint_app.assistant.context.sections import Context
from blueprint_app.assistant.conversation import Conversation, tokens_of
from blueprint_app.assistant.endpoints.endpoint import Endpoint, Role, RoleModel
from blueprint_app.assistant.endpoints.messages import Finish, Message, Reply, Usage
from blueprint_app.assistant.prompts import Prompt
from blueprint_app.assistant.records.record import AttemptRecord

_SPEAKERS = {"system": "System", "user": "You", "assistant": "Model"}


@dataclass(frozen=True, slots=True)
class Question:
    """What would be sent.

    `asked` is a further question in a conversation, "" for the task itself. `parent` is the id of the attempt that it
    goes on from, `run` what all attempts of one conversation share.
    """

    conversation: Conversation
    endpoint: Endpoint
    role: Role
    chosen: RoleModel
    needs_consent: bool
    statement_sha256: str
    run: str
    asked: str = ""
    parent: str = ""

    @property
    def context(self) -> Context:
        """What the model is told."""
        return self.conversation.context

    @property
    def prompt(self) -> Prompt:
        """The prompt of the task."""
        return self.conversation.prompt

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages, as they go out."""
        return self.conversation.messages_for(self.asked, self.room)

    @property
    def room(self) -> int:
        """Tokens that a question may have; 0 where the size of the model's context is not known."""
        size = self.endpoint.context_tokens
        return max(size - (self.chosen.max_tokens or size // 4), 1) if size else 0

    @property
    def tokens(self) -> int:
        """About how many tokens all of it takes."""
        return tokens_of(self.messages)

    @property
    def host(self) -> str:
        """Where it would go."""
        return self.endpoint.host

    @property
    def text(self) -> str:
        """Exactly what would be sent, for people to read: every message whole, under the name of who speaks."""
        return "\n\n".join(f"--- {_SPEAKERS[each.role]} ---\n{each.content}" for each in self.messages)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model answered, as far as it came, and the record that was kept of it."""

    reply: Reply
    record: AttemptRecord

    @property
    def text(self) -> str:
        """The answer."""
        return self.reply.text

    @property
    def thinking(self) -> str:
        """What the model showed of its thoughts."""
        return self.reply.thinking

    @property
    def finish(self) -> Finish:
        """How it ended: only after STOP is it whole."""
        return self.reply.finish

    @property
    def usage(self) -> Usage:
        """What it took."""
        return self.reply.usage
