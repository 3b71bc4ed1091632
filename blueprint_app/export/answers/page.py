"""A conversation about a node as a page of the reading pane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from blueprint_app.export.prose.formulas import EngineMacro
from blueprint_app.export.prose.markup import EMPTY, Html, element, text
from blueprint_app.export.prose.page import PageContent


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A question and its answer. `thinking` is what the model showed of its thoughts, as plain text.

    `remark` says in a sentence what is to be known of the answer: that it is still coming in, that it was cut short.
    """

    question: str
    answer: Html
    thinking: str = ""
    remark: str = ""


def answer_page(
    key: str, heading: str, turns: Sequence[ShownTurn], macros: Mapping[str, EngineMacro], remark: str = ""
) -> PageContent:
    """The page of a conversation; `key` stays the same while an answer comes in, so that the page does not jump.

    `macros` are those of the `Answers` that made the markup, `remark` stands above all turns (model and date, say).
    """
    head = element("p", text(remark), class_="meaning") if remark else EMPTY
    html = element("article", head, *map(_turn, turns), class_="node answers", data_grows="", aria_label=heading)
    return PageContent(key, heading, html, macros)


def _turn(turn: ShownTurn) -> Html:
    question = element("p", text(turn.question), class_="question") if turn.question else EMPTY
    thinking = EMPTY
    if turn.thinking.strip():
        summary = element("summary", element("h2", text("Thinking")))
        thoughts = element("pre", text(turn.thinking.strip()))
        thinking = element("details", summary, thoughts, class_="thinking", data_grows="")
    remark = element("p", text(turn.remark), class_="meaning") if turn.remark else EMPTY
    # Parts that grow are compared piece by piece where the page is shown again: what stands is left alone.
    answer = element("div", turn.answer, class_="prose", data_grows="")
    return element("section", question, thinking, answer, remark, class_="answer", data_grows="")
