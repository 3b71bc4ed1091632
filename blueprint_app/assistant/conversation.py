"""What is said to a model: the question with its context, and the questions that follow."""

from dataclasses import dataclass, replace

from blueprint_app.assistant.context.data_blocks import data_of
from blueprint_app.assistant.context.sections import Context
from blueprint_app.assistant.endpoints.messages import Message
from blueprint_app.assistant.endpoints.tokens import estimated_tokens
from blueprint_app.assistant.prompts import Prompt

LONGEST_NAME = 160
"""Characters of a label or Lean name that stand in a question."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a model answered, and the question before it; the first question of a conversation is the task itself."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A task on a node, its answer, and what was asked and answered after that."""

    prompt: Prompt
    context: Context
    turns: tuple[Turn, ...] = ()

    def answered(self, answer: str, question: str = "") -> "Conversation":
        """The conversation with one more answer; without a question it answers the task itself."""
        return replace(self, turns=(*self.turns, Turn(question, answer)))

    def messages_for(self, question: str = "", limit: int = 0) -> tuple[Message, ...]:
        """What to send next: the task if nothing was answered yet, else the whole conversation and `question`.

        With a `limit` (tokens, estimated) the oldest turns after the first are left out until the rest fits; the first
        holds the context and the answer that the questions are about. The model is told that something was left out.
        """
        start = first_messages(self.prompt, self.context)
        if not self.turns:
            return start
        first, *later = self.turns
        head = (*start, Message("assistant", first.answer))
        spare = limit - sum(estimated_tokens(each.content) for each in head) - estimated_tokens(question)
        kept = _that_fit(later, spare) if limit else later
        gap = f"({len(later) - len(kept)} earlier questions and answers are left out.)\n\n"
        said = [message for turn in kept for message in (Message("user", turn.question), _answer(turn))]
        said.append(Message("user", question))
        if len(kept) < len(later):
            said[0] = Message("user", gap + said[0].content)
        return (*head, *said)


def first_messages(prompt: Prompt, context: Context) -> tuple[Message, ...]:
    """The messages that ask for a task: the prompt with the context filled in."""
    note = f"The person who asks adds:\n\n{context.note}" if context.note else ""
    values = {
        "context": data_of(context),
        "note": note,
        **names_of(context),
    }
    system, user = prompt.filled(values)
    return (Message("system", system), Message("user", user)) if system else (Message("user", user),)


def names_of(context: Context) -> dict[str, str]:
    """What the question calls the node and the declaration. These stand outside of the blocks, so they are kept short.

    Titles are left to the blocks: they are as free a text as any other of the blueprint.
    """
    return {"label": _name(context.node), "declaration": _name(context.declaration)}


def tokens_of(messages: tuple[Message, ...]) -> int:
    """About how many tokens messages take: what is shown before they are sent."""
    return sum(estimated_tokens(message.content) for message in messages)


def _name(text: str) -> str:
    return " ".join(text.replace("`", "'").split())[:LONGEST_NAME]


def _answer(turn: Turn) -> Message:
    return Message("assistant", turn.answer)


def _that_fit(turns: list[Turn], spare: int) -> list[Turn]:
    """The newest turns that take no more than `spare` tokens together."""
    kept: list[Turn] = []
    for turn in reversed(turns):
        spare -= estimated_tokens(turn.question) + estimated_tokens(turn.answer)
        if spare < 0:
            break
        kept.insert(0, turn)
    return kept
