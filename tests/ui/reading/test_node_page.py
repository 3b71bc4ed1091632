"""The node page: made in a job, and shown anew only where there is something new to read."""

import pytest

from blueprint_app.ui.jobs import Jobs
from blueprint_app.ui.reading.node_page import NodePage


@pytest.fixture
def page(qtbot):
    jobs = Jobs()
    made = NodePage(jobs, use_web_engine=False)
    qtbot.addWidget(made)
    yield made
    assert jobs.stop()


def test_a_page_that_is_shown_already_is_not_typeset_again(page, qtbot, make_snapshot):
    shown = []
    page.reading.rendered.connect(lambda node, *_counts: shown.append(node))
    for node in ("lem:n1", "lem:n1", "the:n2", "lem:n1"):
        # Each time a snapshot of its own, as after a saved file that changes nothing on the page.
        page.show_node(make_snapshot(7), node)
        qtbot.waitUntil(lambda: not page._jobs.is_running("page"))
    assert shown == ["lem:n1", "the:n2", "lem:n1"]
