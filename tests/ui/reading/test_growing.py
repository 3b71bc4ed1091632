"""A page that grows, as an answer does while it comes: what stands already is left alone."""

from PySide6.QtCore import QUrl

from blueprint_app.export.prose.markup import app_href, element, text
from blueprint_app.export.prose.page import PageContent
from blueprint_app.ui.reading.view import ReadingView


def answer(*paragraphs, thinking=""):
    folded = element("details", element("summary", text("Thinking")), element("p", text(thinking)),
                     class_="thinking", data_grows="")  # fmt: skip
    parts = [element("p", element("span", text(each), class_="formula")) for each in paragraphs]
    html = element("article", folded, *parts, data_grows="")
    return PageContent("answer:1", "Answer", html, {})


def grow(pane, content):
    with pane.qtbot.waitSignal(pane.view.completed, timeout=30_000) as signal:
        pane.view.show_page(content, grows=True)
    return signal.args


def test_what_stands_is_left_alone_and_what_is_new_is_typeset(pane):
    grow(pane, answer("x^2"))
    grow(pane, answer("x^2", "y"))
    pane.ask("document.querySelector('p .formula').mark = 'kept'")
    _node, formulas, rejected = grow(pane, answer("x^2", "y^2", r"\nothing", thinking="Hm."))
    assert (formulas, rejected) == (3, 1)
    assert pane.ask("document.querySelector('p .formula').mark") == "kept"
    assert pane.ask("[...document.querySelectorAll('.typeset')].map(f => f.dataset.tex)") == ["x^2", "y^2"]


def test_a_fold_that_was_opened_stays_open_as_its_content_grows(pane):
    grow(pane, answer("x", thinking="One."))
    grow(pane, answer("x", thinking="One. Two."))
    pane.ask("document.querySelector('details').open = true")
    grow(pane, answer("x", thinking="One. Two. Three."))
    assert pane.ask("document.querySelector('details').open") is True
    assert "Three." in pane.ask("document.querySelector('details').textContent")


def test_who_reads_the_end_goes_on_to_see_it_and_who_reads_above_is_left_there(pane):
    many = [f"x_{number}" for number in range(120)]
    grow(pane, answer(*many))
    grow(pane, answer(*many, "last"))
    pane.ask("window.scrollTo(0, 40)")
    grow(pane, answer(*many, "last", "more"))
    assert pane.ask("window.scrollY") == 40
    pane.ask("window.scrollTo(0, 1e6)")
    grow(pane, answer(*many, "last", "more", *many))
    assert pane.ask("window.scrollY + window.innerHeight - document.documentElement.scrollHeight") > -60


def test_less_than_before_takes_the_rest_away(pane):
    grow(pane, answer("x", "y", "z"))
    grow(pane, answer("x"))
    assert pane.ask("document.querySelectorAll('.formula').length") == 1


def test_a_link_to_a_deed_asks_for_it(qtbot):
    view = ReadingView(use_web_engine=False)
    qtbot.addWidget(view)
    view.show_page(PageContent("a", "A", element("a", text("Explain"), href=app_href("explain")), {}))
    with qtbot.waitSignal(view.deed_requested) as signal:
        view.reader.anchorClicked.emit(QUrl("app:explain"))
    assert signal.args == ["explain"]
