"""Reads a leanblueprint project: from its web.tex to a Blueprint."""

import configparser
from collections.abc import Callable
from pathlib import Path

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.diagnostic import Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.file_access import DISK, FileAccess
from blueprint_app.sources.leanblueprint import conditionals, definitions, preamble, structure
from blueprint_app.sources.leanblueprint.assemble import assemble
from blueprint_app.sources.leanblueprint.files import ProjectFiles, find_entry
from blueprint_app.sources.leanblueprint.machine import Machine
from blueprint_app.sources.splicing import OtherTexts, SplicedText

HANDLERS = {**definitions.HANDLERS, **conditionals.HANDLERS, **structure.HANDLERS, **preamble.HANDLERS}


def read_blueprint(folder: Path, check: Callable[[], None] = lambda: None) -> Blueprint:
    """The blueprint of the project that `folder` belongs to.

    `check` is called every few thousand tokens and may raise to stop. Faults in the text become
    diagnostics; BlueprintError is raised only where there is no blueprint at all.
    """
    project, entry = find_entry(folder)
    return read_entry(project, entry, check)


def read_entry(
    project: Path,
    entry: Path,
    check: Callable[[], None] = lambda: None,
    others: OtherTexts | None = None,
    access: FileAccess = DISK,
) -> Blueprint:
    """The blueprint whose web.tex is `entry`; `others` answers for text that the project keeps in other files."""
    files = ProjectFiles(project, entry, others, access)
    machine = Machine(files, HANDLERS, check)
    _configure(machine, entry.parent / "plastex.cfg")
    main = files.read(entry)
    if main is not None:
        machine.open_file(main)
        machine.run()
    _note_unfinished(machine, files.shown(entry))
    return _finished(machine)


def read_text(
    project: Path, document: SplicedText, others: OtherTexts, check: Callable[[], None] = lambda: None
) -> Blueprint:
    """The blueprint that a document describes which no file holds: one made up to bring in what `others` has."""
    files = ProjectFiles(project, project / "web.tex", others)
    machine = Machine(files, HANDLERS, check)
    main = files.splice(document)
    if main is not None:
        machine.open_file(main)
        machine.run()
    _note_unfinished(machine, files.shown(files.entry))
    return _finished(machine)


def _finished(machine: Machine) -> Blueprint:
    try:
        return assemble(machine)
    finally:
        machine.let_go()


def _configure(machine: Machine, path: Path) -> None:
    """What plastex.cfg says that changes the reading."""
    access = machine.files.access
    if not access.is_file(path):
        return
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(access.read(path).decode("utf-8", "replace").replace("\r\n", "\n"))
    except (configparser.Error, OSError) as error:
        reason, remedy = (
            (error.strerror or str(error), "Make it readable")
            if isinstance(error, OSError)
            else (error.message, "Correct that line")
        )
        machine.report(
            Severity.WARNING,
            "config-unreadable",
            f"plastex.cfg could not be read: {reason}",
            f"{remedy}; its settings were left out.",
            Place(machine.files.shown(path), 0),
        )
        return
    depth = parser.get("document", "sec-num-depth", fallback="")
    if (depth or "").strip().lstrip("-").isdecimal():
        machine.settings.section_depth = int(depth)
    machine.settings.title = (parser.get("document", "title", fallback="") or "").strip()
    if (parser.get("general", "load-tex-packages", fallback="") or "").strip().lower() in ("yes", "true", "on", "1"):
        machine.tex_packages = None
    else:
        names = (parser.get("general", "tex-packages", fallback="") or "").replace(",", " ").split()
        machine.tex_packages = frozenset(names)


def _note_unfinished(machine: Machine, entry: str) -> None:
    """Report what was still open at the end, and what was never there."""
    for token in machine.stream.unclosed:
        machine.report(
            Severity.ERROR,
            "braces-unbalanced",
            "This { is not closed; all that follows was taken into it.",
            "Add the missing }.",
            machine.place(token),
        )
    for element in machine.open[1:]:
        machine.report_unclosed(element)
    if not machine.has_document:
        machine.report(
            Severity.ERROR,
            "document-missing",
            f"{entry} has no \\begin{{document}}.",
            "Open the web.tex of a blueprint.",
            Place(entry, 0),
        )
    if not machine.settings.blueprint_loaded:
        machine.report(
            Severity.ERROR,
            "blueprint-not-loaded",
            f"{entry} does not load the blueprint package.",
            "Add \\usepackage[showmore, dep_graph]{blueprint} to it.",
            Place(entry, 0),
        )
