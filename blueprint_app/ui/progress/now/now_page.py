"""The first page: what is verified, what is declared, and where, in numbers that lead to their nodes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.headline import Headline
from blueprint_app.ui.look.page_parts import heading, note, scrolling
from blueprint_app.ui.progress.chosen import Behind, behind_tally
from blueprint_app.ui.progress.now.figure_button import FigureButton
from blueprint_app.ui.progress.now.figures import Figures, Tally
from blueprint_app.ui.progress.now.headlines import Headlines
from blueprint_app.ui.progress.now.tally_table import TallyTable
from blueprint_app.ui.theme import Theme, headline_style


def bar_colours(theme: Theme) -> tuple[str, ...]:
    """Of the columns: what is declared in the colour of claims, what Lean shows in those of its headlines."""
    claimed = headline_style(Headline.CLAIMED, theme).border
    formalised = headline_style(Headline.FORMALISED, theme).border
    verified = headline_style(Headline.LEAN_VERIFIED, theme).fill
    return claimed, claimed, claimed, formalised, verified


class NowPage(QWidget):
    """`chosen` carries what is `Behind` a number that was clicked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures: Figures | None = None
        self.declared = _Row("Declared by the author")
        self.shown = _Row("Shown by Lean")
        for row in (self.declared, self.shown):
            for button in row.buttons:
                button.chosen.connect(lambda tally, left: self.chosen.emit(behind_tally(tally, left=left)))
        self.bad = QLabel()
        self.bad.setTextFormat(Qt.TextFormat.RichText)
        self.bad.setWordWrap(True)
        self.bad.linkActivated.connect(self._on_bad)
        self.headlines = Headlines()
        self.headlines.chosen.connect(self._on_headline)
        self.chapters, self.kinds = TallyTable("Chapter"), TallyTable("Kind")
        for table in (self.chapters, self.kinds):
            table.chosen.connect(lambda of, tally, left: self.chosen.emit(behind_tally(tally, of, left=left)))
        self._chapters_heading, self._kinds_heading = heading("By chapter"), heading("By kind")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        for part in (
            self.shown,
            self.declared,
            self.bad,
            heading("Each node at a glance, worst news first"),
            self.headlines,
            self._chapters_heading,
            self.chapters,
            self._kinds_heading,
            self.kinds,
        ):
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(content))

    def show_figures(self, figures: Figures, theme: Theme) -> None:
        """Show the numbers of a project."""
        self.figures = figures
        colours = bar_colours(theme)
        self.declared.show_tallies(figures.declared, colours, theme)
        self.shown.note.setText(figures.note)
        self.shown.show_tallies(figures.shown, colours[len(figures.declared) :], theme)
        self._show_bad(figures, theme)
        self.headlines.show_headlines(figures.headlines, theme)
        self.chapters.show_groups(figures.chapters, colours, theme)
        self.kinds.show_groups(figures.kinds, colours, theme)
        for part in (self.chapters, self._chapters_heading):
            part.setVisible(bool(figures.chapters))

    def _show_bad(self, figures: Figures, theme: Theme) -> None:
        lines = []
        for name, nodes, words in (
            ("contradicted", figures.contradicted, "contradicted: declared done, but Lean shows otherwise"),
            ("stale", figures.stale, "with evidence older than the sources"),
        ):
            if nodes:
                ink = theme.error if name == "contradicted" else theme.warning
                lines.append(
                    f'<a href="{name}" style="color:{ink};text-decoration:none"><b>{len(nodes)}</b> {words}</a>'
                )
        self.bad.setText("<br>".join(lines))
        self.bad.setVisible(bool(lines))

    def _on_bad(self, name: str) -> None:
        if self.figures is not None:
            nodes = self.figures.contradicted if name == "contradicted" else self.figures.stale
            self.chosen.emit(_of_all(name.capitalize(), nodes, self.figures))

    def _on_headline(self, headline: Headline) -> None:
        if self.figures is not None:
            words = headline.value[:1].upper() + headline.value[1:]
            self.chosen.emit(_of_all(words, self.figures.headlines[headline], self.figures))


def _of_all(words: str, nodes: tuple[NodeId, ...], figures: Figures) -> Behind:
    return Behind(f"{words}: {len(nodes)} of {figures.nodes} nodes", ((words, nodes),))


class _Row(QWidget):
    """A heading, up to three numbers beside each other, and a note on what they rest on."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.buttons = tuple(FigureButton() for _ in range(3))
        self.note = note("")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self.buttons:
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(title))
        column.addLayout(row)
        column.addWidget(self.note)
        self.note.hide()

    def show_tallies(self, tallies: Sequence[Tally], colours: Sequence[str], theme: Theme) -> None:
        """Show as many numbers as there are."""
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(tallies))
            if number < len(tallies):
                button.show_tally(tallies[number], colours[number], theme)
        self.note.setVisible(self.note.text() != "")
