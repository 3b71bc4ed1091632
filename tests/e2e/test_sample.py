"""A person's way through the bundled sample: open, search, select, read, switch, filter, export; pixels included."""

import json

import pytest
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QImage

from blueprint_app.ui.views.export_dialog import ExportDialog

PATIENCE = 60_000


@pytest.fixture
def window(opened, samples_folder, window):
    return opened(samples_folder / "primes")


def colours_of(image: QImage) -> set[str]:
    """The colours that cover more than a few pixels."""
    counts: dict[int, int] = {}
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            pixel = image.pixel(x, y)
            counts[pixel] = counts.get(pixel, 0) + 1
    return {QColor(pixel).name() for pixel, count in counts.items() if count > 8}


def crisp(window, qtbot) -> QImage:
    """The canvas once it has come to rest."""
    canvas = window.graph.canvas
    canvas.update()
    qtbot.waitUntil(lambda: canvas.pictures.is_idle(canvas.viewport), timeout=PATIENCE)
    return canvas.grab().toImage()


def in_page(window, script: str) -> object:
    """What a script finds in the node page."""
    loop, found = QEventLoop(), []

    def take(value):
        found.append(value)
        loop.quit()

    window.page.reading.reader.page().runJavaScript(f"JSON.stringify({script})", 0, take)
    QTimer.singleShot(PATIENCE, loop.quit)
    if not found:
        loop.exec()
    return json.loads(found[0])


def click_in_page(window, qtbot, element):
    """A real click on an element of the node page: pages must not be able to click by themselves."""
    script = "(e => { e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); return [r.x, r.y]; })"
    x, y = in_page(window, f"{script}({element})")
    surface = window.page.reading.reader.focusProxy()
    qtbot.mouseClick(surface, Qt.MouseButton.LeftButton, pos=QPoint(round(x) + 12, round(y) + 8))


def read(window, qtbot, node, act):
    """Do `act` and wait until the page of `node` stands."""
    with qtbot.waitSignal(
        window.page.reading.rendered, timeout=PATIENCE, check_params_cb=lambda shown, *_counts: shown == node
    ):
        act()


def test_the_graph_shows_the_colours_of_leanblueprint(window, qtbot):
    shown = colours_of(crisp(window, qtbot))
    assert {"#1cac78", "#9cec8b", "#a3d6ff", "#b0eca3"} <= shown


def test_a_click_on_a_node_shows_its_statement_with_typeset_mathematics(window, qtbot):
    canvas = window.graph.canvas
    node = next(
        node for node in window.session.project.snapshot.blueprint.nodes if "$" in node.statement.tex and node.title
    )
    x, y = canvas.viewport.to_picture(*canvas.scene.centre(canvas.scene.index[node.id]))
    place = QPoint(round(x), round(y))
    read(window, qtbot, node.id, lambda: qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place))
    assert window.store.state.node == node.id
    assert in_page(window, "document.querySelector('h1').textContent") == node.title
    assert in_page(window, "document.querySelectorAll('.statement mjx-container').length") > 0
    page = window.page.grab().toImage()
    inks = {page.pixel(x, y) for x in range(20, page.width() - 20, 2) for y in range(100, 320)}
    assert len(inks) > 10


def test_searching_leads_to_the_node(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.quick_open.isVisible()
    qtbot.keyClicks(window.quick_open.field, "euclid")
    wanted = window.quick_open.results.item(0).text()
    assert "Euclid" in wanted
    with qtbot.waitSignal(window.page.reading.rendered, timeout=PATIENCE):
        qtbot.keyClick(window.quick_open.field, Qt.Key.Key_Return)
    node = window.session.project.snapshot.nodes[window.store.state.node]
    assert "Euclid" in node.title
    canvas = window.graph.canvas
    qtbot.waitUntil(lambda: canvas.viewport.scale >= 0.89, timeout=PATIENCE)
    x, y = canvas.viewport.to_picture(*canvas.scene.centre(canvas.scene.index[node.id]))
    qtbot.waitUntil(lambda: canvas.rect().contains(QPointF(x, y).toPoint()))


def test_links_between_nodes_back_and_forward(window, qtbot):
    nodes = window.session.project.snapshot.blueprint.nodes
    user = next(node for node in nodes if window.session.project.snapshot.statement_uses[node.id])
    used = window.session.project.snapshot.statement_uses[user.id][0]
    read(window, qtbot, user.id, lambda: window.presenter.go_to(user.id))
    link = f"document.querySelector('.relations a.chip[href=\"node:{used.replace(':', '%3A')}\"]')"
    read(window, qtbot, used, lambda: click_in_page(window, qtbot, link))
    assert window.graph.canvas.selected == used
    read(window, qtbot, user.id, lambda: qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier))
    assert window.graph.canvas.selected == user.id
    read(window, qtbot, used, lambda: qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier))


def test_another_scheme_and_the_dark_theme_change_the_colours(window, qtbot):
    before = colours_of(crisp(window, qtbot))
    with qtbot.waitSignal(window.graph.canvas.settled, timeout=PATIENCE):
        window.commands["view.scheme_headline"].trigger()
    by_headline = colours_of(crisp(window, qtbot))
    assert "#1cac78" in before - by_headline
    with qtbot.waitSignal(window.graph.canvas.settled, timeout=PATIENCE):
        window.commands["view.theme_dark"].trigger()
    assert "#16191d" in colours_of(crisp(window, qtbot)) - by_headline


def test_a_filter_lets_the_other_nodes_step_back(window, qtbot):
    def strong_green(image):
        return sum(
            image.pixelColor(x, y).name() == "#1cac78"
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        )

    before = strong_green(crisp(window, qtbot))
    nodes = window.session.project.snapshot.blueprint.nodes
    definitions = {node.id for node in nodes if node.kind == "definition"}
    qtbot.keyClicks(window.outline.filter_box, "kind:definition")
    qtbot.waitUntil(lambda: set(window.outline.model.tree.rows) == definitions, timeout=PATIENCE)
    assert strong_green(crisp(window, qtbot)) < before / 4


def test_the_strict_reading_and_back(window, qtbot):
    loose = dict(window.session.project.snapshot.status)
    for reading in ("strict", "leanblueprint"):
        with qtbot.waitSignal(window.graph.canvas.settled, timeout=PATIENCE):
            window.commands[f"view.reading_{reading}"].trigger()
        assert window.session.project.snapshot.reading == reading
        assert (dict(window.session.project.snapshot.status) == loose) == (reading == "leanblueprint")


def test_diagnostics_lead_to_their_node(window, qtbot):
    rows = window.diagnostics.rows
    row = next(row for row in range(rows.rowCount()) if rows.at(rows.index(row, 1)).node)
    node = rows.at(rows.index(row, 1)).node
    read(window, qtbot, node, lambda: window.diagnostics.table.selectRow(row))
    assert window.store.state.node == node


def test_the_picture_of_the_graph_can_be_saved(window, qtbot, tmp_path):
    window.commands["file.export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.forms.setCurrentText("PNG")
    with qtbot.waitSignal(dialog.written, timeout=PATIENCE):
        dialog.save(tmp_path / "graph.png")
    image = QImage(str(tmp_path / "graph.png"))
    assert {"#1cac78", "#9cec8b"} <= colours_of(image)
