"""The reading pane with a real web engine: what its document holds, what its links do, what it looks like."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWebEngineCore import QWebEnginePage

from blueprint_app.ui.theme import DARK, LIGHT

BOX = "(b => [b.x, b.y, b.width, b.height])"


def click(pane, selector):
    """Click the middle of the first element that matches, with the mouse."""
    pane.ask(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
    x, y, width, height = pane.ask(f"{BOX}(document.querySelector({selector!r}).getBoundingClientRect())")
    target = pane.view.reader.focusProxy()
    pane.qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=QPoint(int(x + width / 2), int(y + height / 2)))


def test_formulas_are_typeset_with_the_projects_macros(pane, page):
    node, formulas, rejected = pane.show(page("lem:bound"))
    assert (node, formulas, rejected) == ("lem:bound", 5, 1)
    typeset = (
        "[...document.querySelectorAll('.statement .formula')].map(f => [f.dataset.tex, !!f.querySelector('mjx-math')])"
    )
    assert pane.ask(typeset) == [
        [r"x \in \R", True],
        [r"\begin{equation} \norm{x} \le \pair(x,x) \tag{1}\end{equation}", True],
    ]
    # Every character of the formula is there: ‖x‖₂ ≤ ⟨x, x⟩ and its number.
    characters = "document.querySelectorAll('.statement .display mjx-c').length"
    assert pane.ask(characters) == 13


def test_a_page_is_told_of_once_as_painted_and_once_as_complete(pane, page):
    told = []
    pane.view.rendered.connect(lambda node, *_: told.append(("rendered", node)))
    pane.view.completed.connect(lambda node, *_: told.append(("completed", node)))
    for node in ("lem:bound", "thm:end", "def:gap", "lem:bound"):
        pane.show(page(node))
        pane.qtbot.wait(150)
    assert told == [
        (state, node)
        for node in ("lem:bound", "thm:end", "def:gap", "lem:bound")
        for state in ("rendered", "completed")
    ]


def test_only_the_last_of_many_pages_is_told_of(pane, page):
    pane.show(page("def:gap"))
    told = []
    pane.view.completed.connect(lambda node, *_: told.append(node))
    for _ in range(20):
        pane.view.show_page(page("thm:end"))
    assert pane.show(page("lem:bound"))[0] == "lem:bound"
    pane.qtbot.wait(150)
    assert told[-1] == "lem:bound"
    assert pane.ask("document.querySelectorAll('article').length") == 1


def test_a_rejected_formula_shows_its_source_and_the_reason(pane, page):
    pane.show(page("lem:bound"))
    ((source, reason),) = pane.ask("reading.problems()")
    assert source == r"\mbox{if $x>0$ then } \undefinedmacro{x}"
    assert reason == r"not typeset: Undefined control sequence \undefinedmacro"


def test_one_shell_serves_all_pages_of_a_project(pane, page):
    pane.show(page("lem:bound"))
    pane.ask("window.mark = 1")
    pane.show(page("def:gap"))
    assert pane.ask("window.mark") == 1
    assert pane.ask("document.querySelector('h1').textContent") == "Gap"


def test_other_macros_start_another_shell(pane):
    pane.show_markup('<span class="formula">\\R</span>', {"R": ["x", 0]})
    assert pane.show_markup('<span class="formula">\\R</span>', {"R": ["\\nothing", 0]})[2] == 1
    assert pane.show_markup('<span class="formula">\\R</span>', {"R": ["y", 0]})[2] == 0


def test_node_links(pane, page):
    pane.show(page("lem:bound"))
    with pane.qtbot.waitSignal(pane.view.node_requested) as requested:
        click(pane, ".chips a")
    assert requested.args == ["def:gap"]
    # The page stays until the app shows another one.
    assert pane.ask("document.querySelector('article').getAttribute('aria-label')").startswith("Lemma")


def test_source_links(pane, page, line_of):
    pane.show(page("lem:bound"))
    with pane.qtbot.waitSignal(pane.view.source_requested) as requested:
        click(pane, ".facts a.place")
    assert requested.args == ["blueprint/src/web.tex", line_of(r"\lean{Foo")]


def test_web_links_are_only_reported(pane, page):
    pane.show(page("lem:bound"))
    with pane.qtbot.waitSignal(pane.view.link_requested) as requested:
        click(pane, "a[href*='issues']")
    assert requested.args == ["https://github.com/example/sample/issues/17"]
    assert pane.ask("location.href") == "blueprint-reading://app/reading.html"


def test_names_are_copied(pane, page):
    pane.show(page("lem:bound"))
    with pane.qtbot.waitSignal(pane.view.copied) as copied:
        click(pane, ".facts a.copy")
    assert copied.args == ["Foo.bound"]
    assert QGuiApplication.clipboard().text() == "Foo.bound"


def test_links_are_followed_with_the_keyboard(pane, page):
    pane.show(page("lem:bound"))
    pane.view.reader.setFocus()
    pane.ask("document.querySelector('.chips a').focus()")
    with pane.qtbot.waitSignal(pane.view.node_requested) as requested:
        pane.qtbot.keyClick(pane.view.reader.focusProxy(), Qt.Key.Key_Return)
    assert requested.args == ["def:gap"]


def test_a_reference_to_an_equation_of_the_page_goes_there(pane, page):
    pane.show(page("lem:bound"))
    pane.ask("(reading.fold('proof', true), window.scrollTo(0, 500))")
    with pane.qtbot.assertNotEmitted(pane.view.node_requested, wait=200):
        pane.ask("document.querySelector('.proof a[data-at]').click()")
    assert pane.ask(
        "(b => b.top >= 0 && b.bottom <= innerHeight)(document.getElementById('at-eq%3Amain').getBoundingClientRect())"
    )


def test_what_is_unfolded_stays_unfolded(pane, page):
    pane.show(page("lem:bound"))
    assert pane.ask("document.querySelector('details.proof').open") is False
    pane.ask("document.querySelector('details.proof summary').click()")
    pane.qtbot.waitUntil(lambda: pane.ask("document.querySelector('details.proof').open"))
    pane.show(page("def:gap"))
    pane.show(page("lem:bound"))
    assert pane.ask("document.querySelector('details.proof').open") is True


def test_copied_formulas_are_their_source(pane, page):
    pane.show(page("lem:bound"))
    pane.view.reader.setFocus()
    pane.ask("(getSelection().selectAllChildren(document.querySelector('.statement')), 0)")
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    pane.view.reader.triggerPageAction(QWebEnginePage.WebAction.Copy)
    pane.qtbot.waitUntil(lambda: bool(clipboard.text()), timeout=5_000)
    assert clipboard.text().startswith(r"For all $x \in \R$ we have")
    assert r"\begin{equation} \norm{x} \le \pair(x,x) \tag{1}\end{equation}" in clipboard.text()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_pixels(pane, page, theme):
    pane.view.set_theme(theme)
    pane.show(page("lem:bound"))
    box = pane.ask(f"{BOX}(document.querySelector('.statement .display mjx-math').getBoundingClientRect())")
    # The formula stands in the text's colour (its edges are smoothed) once the frame that holds it is there ...
    pane.qtbot.waitUntil(lambda: theme.text.lower() in colours(pane, box), timeout=10_000)
    # ... and most of its place is ground.
    drawn = colours(pane, box)
    assert max(drawn, key=drawn.get) == theme.ground.lower()
    assert len(drawn) > 4


def colours(pane, box):
    """How often each colour occurs in a part of the picture of the view."""
    picture = pane.view.reader.grab().toImage()
    x, y, width, height = (int(value) for value in box)
    counted = {}
    for column in range(x, x + width):
        for row in range(y, y + height):
            name = picture.pixelColor(column, row).name()
            counted[name] = counted.get(name, 0) + 1
    return counted


def test_zoom_scales_text_and_formulas(pane, page):
    width = (
        "document.querySelector('.statement .formula mjx-container').getBoundingClientRect().width * devicePixelRatio"
    )
    pane.show(page("lem:bound"))
    single = pane.ask(width)
    pane.view.set_zoom(2.0)
    pane.qtbot.waitUntil(lambda: abs(pane.ask(width) / single - 2) < 0.1, timeout=5_000)
    assert pane.ask("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("terms", "is_smaller", "scrolls"), [(3, False, False), (11, True, False), (40, False, True)])
def test_wide_displays_are_set_smaller_or_can_be_scrolled(pane, terms, is_smaller, scrolls):
    formula = "+".join(f"a_{{{number}}}" for number in range(10, 10 + terms))
    pane.show_markup(f'<div class="prose"><p><span class="formula display">{formula}\\tag{{1}}</span></p></div>')
    size, width, content = pane.ask(
        "(f => [parseFloat(f.style.fontSize) || 100, f.clientWidth, f.scrollWidth])(document.querySelector('.formula'))"
    )
    assert (size < 100) == is_smaller
    assert size >= 75
    assert (content > width) == scrolls
    assert pane.ask("document.documentElement.scrollWidth <= innerWidth")


def test_find_marks_the_words(pane, page):
    pane.show(page("lem:bound"))
    with pane.qtbot.waitSignal(pane.view.words_found) as found:
        pane.view.find_words("bound")
    assert found.args == [5]
    with pane.qtbot.waitSignal(pane.view.words_found) as found:
        pane.view.find_words("nowhere to be found")
    assert found.args == [0]


def test_a_message_stands_in_for_a_page(pane, page):
    pane.show(page("def:gap"))
    pane.view.show_message("Select a node.")
    assert pane.view.node is None
    assert not pane.view.reader.isVisible()
    pane.show(page("def:gap"))
    assert pane.view.reader.isVisible()


def test_no_web_engine_before_the_first_page(pane):
    assert pane.view.reader is None
