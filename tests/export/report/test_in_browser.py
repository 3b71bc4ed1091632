"""A report in a real browser: everything by clicks and keys, nothing from the network, both themes, and paper."""

import json
from pathlib import Path

import pytest

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.bootstrap.packing import report_on
from tests.export.report.test_content import hostile

EUCLID = "#node:thm%3Aeuclid"
TYPESET = "document.documentElement.dataset.formulas === 'done'"
MOST_PAGES = 40
SHOW = f"""
for (const each of [...document.querySelectorAll("template[data-node]")].slice(0, {MOST_PAGES})) {{
  document.querySelector("#page").append(each.content.cloneNode(true));
}}
window.dispatchEvent(new Event("beforeprint"));
[document.querySelectorAll("#page .formula").length, document.querySelectorAll("#page .formula.rejected").length,
 document.querySelectorAll("#page .formula.typeset > mjx-container > svg").length]
"""


def is_own(address: str) -> bool:
    return address.startswith(("file:", "data:", "about:"))


def is_clean(browser) -> bool:
    """Nothing was asked of the network, nothing was refused, no script failed."""
    return all(map(is_own, browser.requests)) and not browser.said


def heading(browser) -> str | None:
    return browser.evaluate("document.querySelector('#panel:not([hidden]) h1')?.textContent")


def wait_for_heading(browser, expected: str | None) -> None:
    """Until the panel shows a node of that name; none stands for a closed panel."""
    found = "(document.querySelector('#panel:not([hidden]) h1')?.textContent ?? null)"
    browser.wait(f"{found} === {json.dumps(expected)}")


def test_from_the_graph_to_a_node_and_on_to_what_it_uses(primes_report, opened):
    browser = opened(primes_report)
    assert heading(browser) is None
    browser.click(f'a.node[href="{EUCLID}"]')
    wait_for_heading(browser, "Euclid")
    browser.wait(TYPESET)
    statement = browser.evaluate("document.querySelector('#page .statement').textContent")
    assert "there is a prime" in statement
    assert browser.evaluate("document.querySelectorAll('#page .statement .typeset svg').length") == 2
    assert browser.evaluate("document.querySelectorAll('.graph.picked .node.near').length") == 3

    browser.click("#page .chip")
    browser.wait("document.querySelector('#page h1').textContent === 'Prime'")
    browser.evaluate("history.back()")
    browser.wait("document.querySelector('#page h1').textContent === 'Euclid'")
    browser.press("Escape")
    wait_for_heading(browser, None)
    assert browser.evaluate("location.hash") == ""
    assert is_clean(browser)


def test_a_link_leads_to_a_node(primes_report, opened):
    browser = opened(primes_report, EUCLID)
    wait_for_heading(browser, "Euclid")
    assert heading(opened(primes_report, "#node:no-such-node")) is None
    assert heading(opened(primes_report, "#node:%E0%A4%A")) is None
    assert is_clean(browser)


def test_the_keyboard_is_enough(primes_report, opened):
    browser = opened(primes_report)
    browser.evaluate(f"document.querySelector('a.node[href=\"{EUCLID}\"]').focus()")
    browser.press("Enter", "\r")
    browser.wait("!document.querySelector('#panel').hidden")
    assert browser.evaluate("document.activeElement.id") == "panel"
    browser.press("Escape")
    browser.wait(f"document.activeElement.getAttribute('href') === {json.dumps(EUCLID)}")

    browser.evaluate("document.querySelector('#canvas').focus()")
    before = browser.evaluate("document.querySelector('.graph.chosen').getAttribute('viewBox')")
    browser.press("+", "+")
    browser.press("ArrowLeft")
    closer = browser.evaluate("document.querySelector('.graph.chosen').getAttribute('viewBox')")
    assert float(closer.split()[2]) == pytest.approx(0.8 * float(before.split()[2]))
    browser.press("0", "0")
    assert browser.evaluate("document.querySelector('.graph.chosen').getAttribute('viewBox')") == "0 0 " + " ".join(
        before.split()[2:]
    )


def test_the_graph_is_dragged_and_a_drag_is_no_click(primes_report, opened):
    browser = opened(primes_report)
    browser.click("[data-zoom=in]")
    before = browser.evaluate("document.querySelector('.graph.chosen').viewBox.baseVal.x")
    x, y = browser.evaluate(
        f"(() => {{ const b = document.querySelector('a.node[href=\"{EUCLID}\"]').getBoundingClientRect();"
        " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
    )
    browser.drag((x, y), (x - 120, y))
    browser.wait(f"document.querySelector('.graph.chosen').viewBox.baseVal.x > {before} + 50")
    assert heading(browser) is None


def test_the_list_is_filtered_and_sorted(primes_report, opened):
    browser = opened(primes_report)
    shown = "[...document.querySelectorAll('.list-of-nodes tbody tr:not([hidden]) td.label')].map(e => e.textContent)"
    browser.click("#filter")
    browser.type("zeckendorf theorem")
    browser.wait("document.querySelector('#shown').textContent === '2 of 48'")
    assert browser.evaluate(shown) == ["thm:zeckendorf-exists", "thm:zeckendorf-unique"]
    browser.evaluate("document.querySelector('#filter').value = ''")
    browser.click(".headlines a[data-headline=contradicted]")
    browser.wait("document.querySelector('#headline').value === 'contradicted'")
    assert browser.evaluate(shown) == ["thm:zeckendorf-exists", "thm:zeckendorf-unique"]
    browser.evaluate("document.querySelector('#headline').value = ''; document.querySelector('#filter').value = ''")
    browser.click(".list-of-nodes th:nth-child(8) button")
    labels = browser.evaluate("[...document.querySelectorAll('.list-of-nodes td.label')].map(e => e.textContent)")
    assert labels[0].startswith("cor:")
    assert len(labels) == 48


def test_light_and_dark(primes_report, opened):
    browser = opened(primes_report, EUCLID)
    grounds = {}
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        grounds[scheme] = browser.evaluate(
            "['html', '#page .badge'].map(e => getComputedStyle(document.querySelector(e)).backgroundColor)"
        )
    assert grounds == {
        "light": ["rgb(255, 255, 255)", "rgb(205, 235, 223)"],
        "dark": ["rgb(22, 25, 29)", "rgb(18, 64, 52)"],
    }


def test_colours_by_headline_come_with_marks(primes_report, opened):
    browser = opened(primes_report)
    marks = "[...document.querySelectorAll('.graph.chosen use')].filter(e => e.getBoundingClientRect().width).length"
    assert browser.evaluate(marks) == 0
    browser.evaluate(
        "(() => { const e = document.querySelector('#colours'); e.value = 'headline';"
        " e.dispatchEvent(new Event('change')); })()"
    )
    assert browser.evaluate(marks) == 48


def test_a_narrow_window_and_paper(primes_report, opened):
    browser = opened(primes_report, EUCLID)
    browser.size(390, 800)
    assert browser.evaluate("document.documentElement.scrollWidth <= 390")
    assert heading(browser) == "Euclid"
    assert browser.pdf().startswith(b"%PDF")


def test_hostile_text_does_nothing(samples_folder, opened):
    snapshot = hostile(samples_folder / "chapters")
    browser = opened(report_on(snapshot))
    node = json.dumps(snapshot.blueprint.nodes[0].id)
    browser.evaluate(f"location.hash = '#node:' + encodeURIComponent({node})")
    browser.wait("!document.querySelector('#panel').hidden")
    browser.wait(TYPESET)
    assert "<script>alert(1)</script>" in heading(browser)
    assert browser.evaluate("document.querySelectorAll('img, iframe').length") == 0
    assert all(map(is_own, browser.requests))


def test_graphs_of_chapters(samples_folder, opened):
    browser = opened(report_on(open_project(samples_folder / "chapters")))
    browser.evaluate(
        "(() => { const e = document.querySelector('#graph-choice'); e.value = 'chapter_2';"
        " e.dispatchEvent(new Event('change')); })()"
    )
    shown = "[...document.querySelectorAll('.graph')].filter(e => e.getBoundingClientRect().width)"
    assert browser.evaluate(f"{shown}.map(e => e.dataset.graph)") == ["chapter_2"]


@pytest.mark.slow
def test_formulas_of_real_projects(corpus_folder: Path, corpus_name: str, opened):
    """Nearly all are typeset; the others show their source, marked."""
    snapshot = open_project(corpus_folder / corpus_name)
    if not snapshot.nodes:
        pytest.skip("no nodes in it")
    browser = opened(report_on(snapshot))
    # A page with a formula wakes the engine.
    with_formula = next((each.id for each in snapshot.blueprint.nodes if "$" in each.statement.tex), None)
    browser.evaluate(f"location.hash = '#node:' + encodeURIComponent({json.dumps(with_formula)})")
    browser.wait(TYPESET)
    formulas, rejected, drawn = browser.evaluate(SHOW)
    assert formulas > 10 or with_formula is None
    assert rejected <= formulas / 200
    assert drawn == formulas - rejected
    assert is_clean(browser)
