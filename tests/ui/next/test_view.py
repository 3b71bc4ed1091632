"""The view of what can be done next in the real window: ranking, filters, order, selection, and what holds back."""

import pytest
from PySide6.QtCore import Qt

from blueprint_app.insight.graph.emphasis import EmphasisKind
from blueprint_app.insight.next.next_lemma import Size, Skill, Work
from blueprint_app.ui.next.view import BOTTLENECKS, PATHS


@pytest.fixture
def view(open_window, qtbot):
    open_window.store.change(view="next")
    view = open_window.next_view
    qtbot.waitUntil(lambda: view.ready.table.rows.rowCount() > 0)
    return view


def nodes_in(table):
    return [table.rows.node_of(row) for row in table.rows.rows]


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def test_it_lists_what_is_ready_best_first(view):
    rows, columns = view.ready.table.rows, [column.title for column in view.ready.table.rows.columns]
    assert columns[:4] == ["Rank", "Node", "To do", "Makes ready"]
    offers = rows.rows
    assert {offer.node: offer.work.value for offer in offers} == {
        "lem:b": "prove",
        "def:c": "state",
        "lem:f": "state and prove",
    }
    assert [offer.score for offer in offers] == sorted((offer.score for offer in offers), reverse=True)
    assert [rows.data(rows.index(row, 0)) for row in range(len(offers))] == [str(n + 1) for n in range(len(offers))]
    assert view.count.text() == f"{len(offers)} of {len(offers)}"
    assert all(offer.work is not Work.WRITE for offer in offers)
    assert not rows.data(rows.index(0, 1), Qt.ItemDataRole.DecorationRole).isNull()


def test_filters_leave_what_meets_them_and_count_it(view, qtbot):
    filters, table = view.ready.filters, view.ready.table
    every = table.rows.rows
    choose(filters.work, Work.STATE)
    stated = [each.node for each in every if each.work in (Work.STATE, Work.STATE_AND_PROVE)]
    qtbot.waitUntil(lambda: nodes_in(table) == stated)
    assert 0 < len(stated) < len(every)
    assert view.count.text() == f"{len(stated)} of {len(every)}"
    choose(filters.length, Size.LARGE)
    choose(filters.skill, Skill.LEAN)
    assert all(each.size is not Size.LARGE for each in every)
    qtbot.waitUntil(view.ready.empty.isVisible)
    assert view.ready.empty.text() == f"None of {len(every)} meets the filters."
    view.ready.clear.click()
    qtbot.waitUntil(lambda: table.rows.rows == every)


def test_a_chapter_is_chosen_by_its_title(view, qtbot):
    filters, table = view.ready.filters, view.ready.table
    assert [filters.chapter.itemText(row) for row in range(3)] == ["All chapters", "1 Chapter 1", "2 Chapter 2"]
    snapshot = view._project.snapshot
    filters.chapter.setCurrentIndex(2)
    qtbot.waitUntil(lambda: {snapshot.nodes[each].path for each in nodes_in(table)} == {(1,)})


def test_the_columns_sort_both_ways(view, qtbot):
    table = view.ready.table
    best = nodes_in(table)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    names = sorted(best, key=lambda node: table.rows.columns[1].key(table.rows.rows[best.index(node)]))
    qtbot.waitUntil(lambda: nodes_in(table) == names)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: nodes_in(table) == best[::-1])


def test_a_row_selects_its_node_everywhere_and_shows_its_reasons(open_window, view, qtbot):
    table, reasons = view.ready.table, view.ready.reasons
    qtbot.keyClick(table, Qt.Key.Key_Down)
    offer = table.rows.rows[table.currentIndex().row()]
    assert open_window.store.state.node == offer.node == open_window.graph.canvas.selected
    for phrase in view.ready.ranking.reasons(offer):
        assert phrase[1:] in reasons.text.text()
    assert offer.work.value in reasons.summary.text()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert open_window.store.state.view == "graph"


def test_it_shows_what_is_selected_elsewhere(open_window, view):
    table = view.ready.table
    last = table.rows.rows[-1].node
    open_window.presenter.go_to(last)
    assert table.currentIndex().row() == table.rows.rowCount() - 1
    done = next(node for node in view._project.snapshot.nodes if table.rows.place_of(node) < 0)
    open_window.presenter.go_to(done)
    assert not table.currentIndex().isValid()
    assert done in view.ready.reasons.summary.text()


def test_bottlenecks_lead_to_their_nodes(open_window, view, qtbot):
    view.show_page(BOTTLENECKS)
    table = view.narrow.table
    qtbot.waitUntil(lambda: table.rows.rowCount() > 0)
    first = table.rows.rows[0]
    assert (first.node, first.holds_back) == ("def:c", 2)
    holds = [row.holds_back for row in table.rows.rows]
    assert holds == sorted(holds, reverse=True)
    table.setCurrentIndex(table.rows.index(0, 0))
    assert open_window.store.state.node == table.rows.rows[0].node


@pytest.mark.parametrize("number", [BOTTLENECKS, PATHS])
def test_what_holds_back_stands_out_in_the_graph(open_window, view, qtbot, number):
    view.show_page(number)
    page = view.narrow if number == BOTTLENECKS else view.paths
    qtbot.waitUntil(lambda: page.table.rows.rowCount() > 0 and page.in_graph.isVisible())
    page.in_graph.click()
    emphasis = open_window.store.state.emphasis
    goal = "thm:e" if number == PATHS else None
    assert (emphasis.kind, emphasis.node) == (
        EmphasisKind.CRITICAL_PATH if goal else EmphasisKind.BOTTLENECKS,
        goal,
    )
    assert open_window.store.state.view == "graph"


def test_a_goal_shows_its_chain_and_the_chain_its_nodes(open_window, view, qtbot):
    view.show_page(PATHS)
    qtbot.waitUntil(lambda: view.paths.chain.rows.rowCount() > 0)
    path, links = view.paths.table.rows.rows[0], view.paths.chain.rows.rows
    assert (path.goal, path.chain) == ("thm:e", ("def:c", "lem:d", "thm:e"))
    assert [link.node for link in links] == list(path.chain)
    assert [link.missing for link in links] == ["state", "state and prove", "state and prove"]
    assert {link.node for link in links if not link.missing} == path.done
    assert open_window.store.state.node is None, "that something is shown chooses nothing"
    view.paths.chain.setCurrentIndex(view.paths.chain.rows.index(1, 0))
    assert open_window.store.state.node == links[1].node
    assert [link.node for link in view.paths.chain.rows.rows] == list(path.chain)


def test_narrow_room_costs_columns_not_the_name(view, qtbot):
    table = view.ready.table
    table.resize(360, 300)
    hidden = {table.rows.columns[at].title for at in range(len(table.rows.columns)) if table.isColumnHidden(at)}
    assert {"To goal", "Words"} <= hidden
    assert not hidden & {"Rank", "Node", "To do"}
    table.resize(1400, 300)
    assert not any(table.isColumnHidden(at) for at in range(len(table.rows.columns)))


def test_low_room_costs_lines_not_reasons(open_window, view, qtbot):
    view.ready.table.setCurrentIndex(view.ready.table.rows.index(0, 0))
    reasons, phrases = view.ready.reasons, view.ready.ranking.reasons(view.ready.table.rows.rows[0])
    view.ready.resize(600, 1000)
    assert reasons.text.text().count("\n") == len(phrases) - 1
    view.ready.resize(600, 300)
    assert "\n" not in reasons.text.text()
    assert all(phrase[1:] in reasons.text.text() for phrase in phrases)


def test_a_closed_project_leaves_nothing(open_window, view):
    open_window.session.close()
    assert view.ready.table.rows.rowCount() == 0
    assert view.count.text() == ""
