"""Attempts whose answer is text for a person, and statements to compare Lean with, as pages of a reading view."""

from collections.abc import Iterable

from blueprint_app.assistant.citations import Citations
from blueprint_app.assistant.records.record import AttemptRecord
from blueprint_app.export.answers import Answers
from blueprint_app.export.prose.markup import EMPTY, Html, element, text
from blueprint_app.export.prose.page import PageContent
from blueprint_app.export.prose.prose import Prose
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.attempts.telling import Line, Tone


class Pages:
    """Makes pages about one snapshot; its macros, labels and names are looked through once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._answers = Answers(snapshot.blueprint)
        self._resolve = Citations(snapshot).resolve

    def answer(self, record: AttemptRecord, reply: str, lines: Iterable[Line]) -> PageContent:
        """The answer of an attempt, and below it what `lines` tell (headings and facts)."""
        answer = element("div", self._answers.html(reply, self._resolve), class_="prose")
        html = element("article", answer, *_sections(lines), class_="node answers", aria_label="Answer")
        return PageContent(f"attempt:{record.id}", record.node, html, self._answers.engine_macros)

    def statement(self, node: NodeId) -> PageContent:
        """A node's statement alone."""
        prose = Prose(self.snapshot.blueprint)
        found = self.snapshot.nodes[node]
        shown = prose.passage(found.statement.tex) or element("p", text("The statement is empty."), class_="empty")
        section = element("section", shown, class_="statement prose")
        html = element("article", section, class_="node", aria_label=found.heading)
        return PageContent(node, found.heading, html, prose.engine_macros)


def _sections(lines: Iterable[Line]) -> list[Html]:
    made: list[Html] = []
    heading, entries = EMPTY, list[Html]()
    for line in (*lines, Line(Tone.HEADING, "")):
        if line.tone is Tone.HEADING:
            if entries:
                made.append(element("section", heading, element("dl", *entries), class_="facts"))
            heading, entries = element("h2", text(line.text)), []
        else:
            entries.append(Html(element("dt", text(line.name)) + element("dd", text(line.text))))
    return made
