"""Export…: the graph that is shown, as a picture or for other programs, written off the UI thread."""

import json
import os
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from blueprint_app.insight.graph.graph_view import EVERYTHING, Narrowing, shown_graph
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.graph import DependencyGraph
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.ui.jobs import JobContext, Jobs
from blueprint_app.ui.progress.people.offered import OfferedSchemes
from blueprint_app.ui.project.scenes import Placer, cache_folder
from blueprint_app.ui.theme import LIGHT, SCHEMES, ColourScheme
from blueprint_app.ui.window.view_bar import graph_title


@dataclass(frozen=True, slots=True)
class Form:
    """A file format: its suffix, its name, what it is good for, and whether it shows colours."""

    suffix: str
    name: str
    use: str
    is_picture: bool = False


FORMS = (
    Form("svg", "SVG", "A picture for web pages and papers that scales without loss.", is_picture=True),
    Form("pdf", "PDF", "A page for printing and for LaTeX.", is_picture=True),
    Form("png", "PNG", "A picture of pixels, for slides and messages.", is_picture=True),
    Form("dot", "DOT", "For Graphviz, as leanblueprint writes it."),
    Form("graphml", "GraphML", "For yEd, Gephi and networkx."),
    Form("json", "JSON", "All that is known of the whole blueprint, for scripts."),
)


class ExportDialog(QDialog):
    """Asks for format and colours, then for the file; `written` carries its path, `failed` a `BlueprintError`."""

    written = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        snapshot: Snapshot,
        graph: DependencyGraph,
        schemes: OfferedSchemes,
        scheme: str,
        placer: Placer,
        jobs: Jobs,
        parent: QWidget,
        narrowing: Narrowing = EVERYTHING,
    ) -> None:
        """`scheme` is the name of the one among `schemes` that is chosen at first.

        `narrowing` says what of `graph` is written: node by node, as nobody can open a chapter's box in a file.
        """
        super().__init__(parent)
        self._narrowing = replace(narrowing, collapsed=None)
        self._snapshot, self._graph, self._placer, self._jobs = snapshot, graph, placer, jobs
        self.setWindowTitle("Export graph")
        self.setMinimumWidth(420)
        self.forms = QComboBox()
        for form in FORMS:
            self.forms.addItem(form.name, form)
        self.schemes = QComboBox()
        offered = (*SCHEMES, *schemes.more)
        for each in offered:
            self.schemes.addItem(each.title, each)
        self.schemes.setCurrentIndex(offered.index(schemes.named(scheme)))
        self._use = QLabel()
        self._use.setObjectName("faint")
        self._use.setWordWrap(True)
        rows = QFormLayout()
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        name = graph_title(graph)
        rows.addRow("Graph", QLabel(name if self._narrowing == EVERYTHING else f"{name}, what is shown of it"))
        rows.addRow("Format", self.forms)
        rows.addRow("", self._use)
        rows.addRow("Colours", self.schemes)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = buttons.addButton("Save as…", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("primary")
        buttons.accepted.connect(self._ask_for_file)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(rows)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.forms.currentIndexChanged.connect(self._on_form_changed)
        self._on_form_changed()

    @property
    def form(self) -> Form:
        """The chosen format."""
        form = self.forms.currentData()
        assert isinstance(form, Form)
        return form

    def save(self, path: Path) -> None:
        """Write the graph to `path` in a job and close the dialog."""
        snapshot, graph, form, placer = self._snapshot, self._graph, self.form.suffix, self._placer
        scheme, narrowing = self.schemes.currentData(), self._narrowing

        def work(context: JobContext) -> Path:
            shown = shown_graph(snapshot, graph, narrowing).graph
            write_whole(path, graph_file(snapshot, shown, form, scheme, placer, context))
            return path

        self._jobs.start("export", work, self.written.emit, self.failed.emit, title=f"Writing {path.name}")
        self.accept()

    def _on_form_changed(self) -> None:
        self._use.setText(self.form.use)
        self.schemes.setEnabled(self.form.is_picture)

    def _ask_for_file(self) -> None:
        form = self.form
        name = re.sub(r"[^\w.-]+", "-", f"{_project_name(self._snapshot)}-{self._graph.name}")
        path, _filter = QFileDialog.getSaveFileName(
            self, "Save the graph", f"{Path.home() / name}.{form.suffix}", f"{form.name} (*.{form.suffix})"
        )
        if path:
            chosen = Path(path)
            self.save(chosen if chosen.suffix else chosen.with_suffix(f".{form.suffix}"))


def graph_file(
    snapshot: Snapshot, graph: DependencyGraph, form: str, scheme: ColourScheme, placer: Placer, context: JobContext
) -> bytes:
    """The bytes of a graph in a format; JSON holds the whole snapshot. Raises `BlueprintError`."""
    # Imported here as most windows never export anything.
    from blueprint_app.export.graph_json import graph_as_json
    from blueprint_app.export.looks import Look
    from blueprint_app.export.pictures import write_graph
    from blueprint_app.layout.problem import problem_of

    if form == "json":
        if graph.is_inferred:
            snapshot = replace(snapshot, graphs=(*snapshot.graphs, graph))
        return (json.dumps(graph_as_json(snapshot), ensure_ascii=False, indent=1) + "\n").encode()
    if form in ("dot", "graphml"):
        return write_graph(snapshot, graph, form, check=context.check)
    style_of = scheme.styling(snapshot, LIGHT)

    def look(node: NodeId) -> Look:
        style = style_of(snapshot.nodes[node])
        return Look(style.fill, style.border, style.text, style.hatched)

    problem = problem_of(snapshot, graph)
    placement = placer.place(problem, cache_folder(), context.check)
    return write_graph(snapshot, graph, form, placed=(problem, placement), look=look, check=context.check)


def _project_name(snapshot: Snapshot) -> str:
    packing = snapshot.blueprint.packing
    return Path(snapshot.blueprint.folder).name if packing is None else packing.project


def write_whole(path: Path, data: bytes) -> None:
    """Write a file all at once: on a failure the old one stays. Raises `BlueprintError`."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            # A file that others may read, as any new one; mkstemp's are for their owner alone.
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BlueprintError(
            f"{path} could not be written: {error.strerror}.", "Choose another folder or make room."
        ) from error
