"""The Lean side of a project: it comes after the first picture, changes what is believed, and moves nothing."""

import html

import pytest

from blueprint_app.export.prose.markup import source_href
from blueprint_app.model.evidence import NO_EVIDENCE, EvidenceLevel
from blueprint_app.model.headline import Headline

PATIENCE = 60_000


@pytest.fixture
def read(opened, window, qtbot, sample_copy):
    """The window over a copy of the primes with its Lean sources read, and the headlines before they were."""
    headlines = {}
    window.session.opened.connect(lambda project: headlines.update(project.snapshot.headlines))
    with qtbot.waitSignal(window.session.renewed, timeout=PATIENCE):
        opened(sample_copy("primes"))
    return window, headlines


def test_the_first_picture_does_not_wait_for_lean(window, qtbot, samples_folder):
    order = []
    window.graph.canvas.settled.connect(lambda: order.append("painted"))
    window.session.renewed.connect(lambda _old, new: order.append(new))
    with qtbot.waitSignal(window.session.renewed, timeout=PATIENCE):
        window.session.open(samples_folder / "primes")
    assert order[0] == "painted"
    assert order[-1].snapshot.evidence is not NO_EVIDENCE


def test_evidence_changes_headlines_and_leaves_everything_in_its_place(read, qtbot):
    window, before = read
    snapshot = window.session.project.snapshot
    assert before["thm:zeckendorf-exists"] is Headline.CLAIMED
    assert snapshot.headlines["thm:zeckendorf-exists"] is Headline.CONTRADICTED
    assert Headline.FORMALISED not in before.values()
    assert Headline.FORMALISED in snapshot.headlines.values()
    assert not {Headline.LEAN_VERIFIED, Headline.FULLY_VERIFIED} & set(snapshot.headlines.values())


def test_a_second_look_keeps_selection_view_and_layout(read, qtbot):
    window, _before = read
    window.presenter.go_to("thm:zeckendorf-exists")
    canvas = window.graph.canvas
    canvas.zoom(2.0, animated=False)
    rects, view = canvas.scene.rects.copy(), canvas.view_state()
    scrolled = window.outline.view.verticalScrollBar().value()
    with qtbot.waitSignal(window.scenes.ready, timeout=PATIENCE):
        window.session.renew(window.session.project.renewed(window.session.project.snapshot))
    assert (canvas.scene.rects == rects).all()
    assert canvas.view_state() == view
    assert canvas.selected == "thm:zeckendorf-exists"
    assert window.outline.view.verticalScrollBar().value() == scrolled


def test_the_node_page_shows_what_lean_shows_and_how_it_is_known(read, qtbot):
    window, _before = read
    with qtbot.waitSignal(
        window.page.reading.rendered,
        timeout=PATIENCE,
        check_params_cb=lambda node, *_counts: node == "thm:zeckendorf-exists",
    ):
        window.presenter.go_to("thm:zeckendorf-exists")
    content = window.page.reading._content
    assert "Its proof holds a sorry." in content.html
    assert "Primes.exists_sparse" in content.html
    place = window.session.project.snapshot.evidence.of("Primes.exists_sparse").place
    assert source_href(place.file, place.line) in content.html
    assert "Lean was not asked" in content.html
    evidence = window.session.project.snapshot.node_evidence["thm:zeckendorf-exists"]
    assert evidence.level is EvidenceLevel.SOURCE
    assert evidence.declarations[0].statement in html.unescape(content.html)


def test_declared_and_evidence_are_counted_apart(read):
    window, _before = read
    numbers = window.outline.progress.details.text()
    assert "in Lean text without sorry" in numbers
    assert "Lean-verified 0: Lean was not asked" in numbers
    assert "2 contradicted" in numbers
