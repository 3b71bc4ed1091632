"""A blueprint without a node: every part of the window says so, and what would be shown there."""

import pytest

PATIENCE = 20_000


@pytest.fixture
def empty(window, qtbot, tmp_path):
    """The window with a blueprint that has no node yet."""
    with qtbot.waitSignals([window.session.opened, window.scenes.ready, window.session.searchable], timeout=PATIENCE):
        window.session.open(tmp_path / "p0")
    return window


def test_the_list_says_what_a_node_is(empty, qtbot):
    empty.store.change(view="list")
    (view,) = [view for view in empty.views if view.name == "list"]
    qtbot.waitUntil(view.empty.isVisible, timeout=PATIENCE)
    assert view.empty.text().startswith("This blueprint has no nodes.")


def test_the_page_says_what_a_node_is(empty, qtbot):
    qtbot.waitUntil(lambda: empty.page.reading.reader is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "Nodes are definition" in empty.page.reading.reader.toPlainText(), timeout=PATIENCE)


def test_the_search_does_not_blame_the_words(empty):
    empty.deeds.looking.search_nodes()
    assert "no nodes" in empty.quick_open.why_empty()


def test_with_nodes_the_page_says_how_to_read_one(open_window, qtbot):
    qtbot.waitUntil(lambda: open_window.page.reading.reader is not None, timeout=PATIENCE)
    reader = open_window.page.reading.reader
    qtbot.waitUntil(lambda: "Select a node to read it here" in reader.toPlainText(), timeout=PATIENCE)
