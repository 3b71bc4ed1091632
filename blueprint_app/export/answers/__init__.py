"""A model's answer (Markdown with TeX formulas, perhaps unfinished) as safe HTML for the reading pane."""

from blueprint_app.export.answers.answers import Answers, Cited
from blueprint_app.export.answers.page import ShownTurn, answer_page

__all__ = ["Answers", "Cited", "ShownTurn", "answer_page"]
