"""Opening what people really have: a chaptered plan, a sub-folder, no blueprint, a real project, a second time."""

import pytest
from PySide6.QtWidgets import QLabel

PATIENCE = 60_000


def test_a_project_with_a_graph_per_chapter_offers_each(opened, samples_folder, qtbot):
    window = opened(samples_folder / "chapters")
    names = [window.view_bar.graphs.itemData(row) for row in range(window.view_bar.graphs.count())]
    assert names == ["chapter_1", "chapter_2", "document"]
    window.view_bar.graphs.setCurrentIndex(1)
    window.view_bar.graphs.activated.emit(1)
    # What the Lean side shows may come in between, and paints the first graph once more.
    qtbot.waitUntil(lambda: window.graph.canvas.scene.name == "chapter_2", timeout=PATIENCE)
    assert set(window.graph.canvas.scene.ids) == set(window.session.project.graph("chapter_2").nodes)


def test_a_plan_with_cycles_is_shown_and_reported(opened, samples_folder):
    window = opened(samples_folder / "cycle")
    assert any("cycle" in diagnostic.code for diagnostic in window.session.project.snapshot.diagnostics)
    assert window.diagnostics_dock.isVisible()


def test_a_sub_folder_of_a_clone_finds_its_blueprint(opened, samples_folder):
    window = opened(samples_folder / "primes" / "blueprint" / "src")
    assert window.session.project.snapshot.blueprint.folder == str(samples_folder / "primes")
    assert window.settings["recent"] == (str(samples_folder / "primes"),)


def test_a_folder_without_a_blueprint_says_what_to_do(window, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.session.failed, timeout=PATIENCE):
        window.session.open(tmp_path / "empty")
    shown = " ".join(label.text() for label in window.start_page.findChildren(QLabel))
    assert "This folder could not be opened" in shown
    assert window.session.project is None


@pytest.mark.parametrize(("name", "nodes"), [("pfr", 218)])
def test_a_real_project_is_shown_and_read(opened, corpus_folder, qtbot, name, nodes):
    window = opened(corpus_folder / name)
    assert len(window.graph.canvas.scene.ids) == nodes
    assert "188 of 188" in window.outline.progress.summary.text()
    node = "entropy-pfr"
    with qtbot.waitSignal(
        window.page.reading.completed, timeout=PATIENCE, check_params_cb=lambda shown, *_counts: shown == node
    ) as signal:
        window.presenter.look_at(node)
    _node, formulas, rejected = signal.args
    assert formulas > 5
    assert rejected == 0


def test_a_second_opening_takes_the_layout_from_the_cache(opened, window, samples_folder, qtbot, monkeypatch):
    opened(samples_folder / "primes")
    first = window.graph.canvas.scene.rects.copy()
    window.commands["file.close"].trigger()

    def no_engine(*_arguments):
        raise AssertionError("the layout was computed again")

    monkeypatch.setattr("blueprint_app.layout.service._ask", no_engine)
    with qtbot.waitSignal(window.graph.canvas.settled, timeout=PATIENCE):
        window.session.open(samples_folder / "primes")
    assert (window.graph.canvas.scene.rects == first).all()
