"""The table of everything that the window can do."""

from blueprint_app.model.blueprint import Reading
from blueprint_app.ui.assistant.menu import TASK_ENTRIES
from blueprint_app.ui.commands.command import Command, KeyHint
from blueprint_app.ui.commands.deeds import Deeds
from blueprint_app.ui.commands.hints import with_hints
from blueprint_app.ui.graph_reading.commands import KEY_HINTS as READING_KEYS
from blueprint_app.ui.graph_reading.commands import commands as reading_commands
from blueprint_app.ui.guide.commands import guide_commands
from blueprint_app.ui.next.commands import claim_commands
from blueprint_app.ui.progress.commands import replay_commands, saving_commands, scheme_commands
from blueprint_app.ui.theme import SCHEMES
from blueprint_app.ui.tour.commands import tour_commands

MENUS = ("&File", "&Edit", "&View", "G&raph", "&Go", "&Lean", "&Assistant", "&Help")
FILE, EDIT, VIEW, GRAPH, GO, LEAN, ASSISTANT, HELP = MENUS


def commands_of(deeds: Deeds) -> tuple[Command, ...]:
    """The commands of a window, in the order of its menus."""
    reading = reading_commands(deeds.reading, deeds.conditions, GRAPH)
    start = (*_file(deeds), *_edit(deeds), *_view(deeds), *reading)
    return with_hints((*start, *_go(deeds), *_lean(deeds), *_assistant(deeds), *_help(deeds)))


def _file(deeds: Deeds) -> tuple[Command, ...]:
    files, setting_up, needs = deeds.files, deeds.setting_up, deeds.conditions
    return (
        Command("file.open", "&Open folder…", files.choose_folder, FILE, ("Ctrl+O",)),
        Command("file.open_snapshot", "Open s&napshot…", files.choose_snapshot, FILE, ("Ctrl+Shift+O",)),
        Command("file.reload", "&Reload", deeds.session.reload, FILE, ("F5", "Ctrl+R"), needs.project),
        Command(
            "file.follow",
            "Follow c&hanges",
            setting_up.toggle_following,
            FILE,
            checked=setting_up.is_following,
            needs_folder=True,
        ),
        Command("file.close", "&Close project", deeds.session.close, FILE, ("Ctrl+W",), needs.project),
        Command("file.export", "&Export graph…", files.export_graph, FILE, ("Ctrl+E",), needs.scene, group=1),
        Command(
            "file.pack",
            "Sa&ve as snapshot…",
            files.save_snapshot,
            FILE,
            ("Ctrl+Shift+S",),
            needs.project,
            group=1,
            hint="The whole project as one file, to be opened anywhere and read-only",
        ),
        *saving_commands(deeds.progress, FILE, needs.project),
        Command(
            "file.source",
            "Open &source in editor",
            deeds.places.open_source,
            FILE,
            ("Ctrl+Return",),
            needs.node,
            group=1,
            needs_folder=True,
        ),
        Command("file.settings", "Se&ttings…", setting_up.show_settings, FILE, ("Ctrl+,",), group=2),
        Command("file.quit", "&Quit", deeds.panels.quit, FILE, ("Ctrl+Q",), group=3),
    )


def _edit(deeds: Deeds) -> tuple[Command, ...]:
    store, looking, needs = deeds.store, deeds.looking, deeds.conditions
    return (
        Command("edit.undo", "&Undo view change", store.undo, EDIT, ("Ctrl+Z",), needs.undo),
        Command("edit.redo", "&Redo view change", store.redo, EDIT, ("Ctrl+Shift+Z",), needs.redo),
        Command("edit.copy_label", "&Copy label", deeds.nodes.copy_label, EDIT, ("Ctrl+Shift+C",), needs.node, group=1),
        Command("edit.filter", "&Filter nodes", looking.focus_filter, EDIT, ("Ctrl+F", "/"), needs.project, group=1),
        *claim_commands(deeds.next, EDIT, needs.node),
    )


def _view(deeds: Deeds) -> tuple[Command, ...]:
    looking, panels, setting_up = deeds.looking, deeds.panels, deeds.setting_up
    store, settings, needs = deeds.store, deeds.settings, deeds.conditions
    schemes = (
        Command(
            f"view.scheme_{scheme.id}",
            f"Colours: {scheme.title}",
            lambda scheme=scheme: store.change(scheme=scheme.id),  # type: ignore[misc]
            VIEW,
            checked=lambda scheme=scheme: store.state.scheme == scheme.id,  # type: ignore[misc]
            group=2,
            exclusive=True,
        )
        for scheme in SCHEMES
    )
    readings = (
        Command(
            f"view.reading_{reading}",
            f"Reading: {reading}",
            lambda reading=reading: store.change(reading=reading),  # type: ignore[misc]
            VIEW,
            needs=needs.project,
            checked=lambda reading=reading: store.state.reading == reading,  # type: ignore[misc]
            group=3,
            exclusive=True,
        )
        for reading in Reading
    )
    themes = (
        Command(
            f"view.theme_{theme}",
            f"Theme: {theme}",
            lambda theme=theme: setting_up.set_theme(theme),  # type: ignore[misc]
            VIEW,
            checked=lambda theme=theme: settings["theme"] == theme,  # type: ignore[misc]
            group=4,
            exclusive=True,
        )
        for theme in settings.table["theme"].choices
    )
    views = (
        Command(
            f"view.to_{name}",
            title,
            lambda name=name: store.change(view=name),  # type: ignore[misc]
            VIEW,
            (f"Alt+{number}",),
            needs.project,
            lambda name=name: store.state.view == name,  # type: ignore[misc]
            group=-1,
            exclusive=True,
        )
        for number, (name, title) in enumerate(deeds.views, 1)
    )
    return (
        *views,
        *replay_commands(deeds.progress, needs, VIEW, 0),
        Command("view.fit", "&Fit graph", looking.fit_graph, VIEW, ("Ctrl+0",), needs.graph),
        Command("view.new_layout", "&New layout", looking.lay_out_anew, VIEW, ("Ctrl+Shift+L",), needs.graph),
        Command(
            "view.inferred",
            "Show &inferred edges",
            looking.toggle_inferred,
            VIEW,
            ("Ctrl+I",),
            needs.inferred,
            deeds.at_hand.inferred_shown,
            hint="Where a blueprint says nowhere what uses what: edges from references in its text and from Lean",
        ),
        Command("view.zoom", "&Zoom to selected node", deeds.nodes.zoom_to_node, VIEW, ("Ctrl+.",), needs.node),
        Command("view.outline", "&Outline", panels.toggle_outline, VIEW, ("Ctrl+B",), (), panels.outline_shown, 1),
        Command("view.page", "&Node page", panels.toggle_page, VIEW, ("Ctrl+Shift+B",), (), panels.page_shown, 1),
        Command(
            "view.diagnostics",
            "&Diagnostics",
            panels.toggle_diagnostics,
            VIEW,
            ("Ctrl+Shift+M",),
            needs.project,
            panels.diagnostics_shown,
            1,
        ),
        Command(
            "view.drift", "D&rift", panels.toggle_drift, VIEW, ("Ctrl+Shift+D",), needs.project, panels.drift_shown, 1
        ),
        Command(
            "view.attempts",
            "Attem&pts",
            deeds.attempts.toggle,
            VIEW,
            ("Ctrl+Shift+H",),
            needs.assistant,
            deeds.attempts.is_shown,
            1,
        ),
        *schemes,
        *scheme_commands(deeds.progress, store, needs, VIEW, 2),
        *readings,
        *themes,
        Command("view.larger", "Text &larger", lambda: setting_up.zoom_by(0.1), VIEW, ("Ctrl++", "Ctrl+="), group=5),
        Command("view.smaller", "Text s&maller", lambda: setting_up.zoom_by(-0.1), VIEW, ("Ctrl+-",), group=5),
        Command("view.full", "F&ull screen", panels.toggle_full_screen, VIEW, ("F11",), (), panels.is_full_screen, 6),
    )


def _go(deeds: Deeds) -> tuple[Command, ...]:
    store, looking, needs = deeds.store, deeds.looking, deeds.conditions
    return (
        Command("go.back", "&Back", store.back, GO, ("Alt+Left",), needs.back),
        Command("go.forward", "&Forward", store.forward, GO, ("Alt+Right",), needs.forward),
        Command("go.search", "&Search nodes…", looking.search_nodes, GO, ("Ctrl+P",), needs.project, group=1),
        Command("go.command", "Find &command…", looking.show_palette, GO, ("Ctrl+K",), group=1),
        Command("go.graph", "To the &graph", looking.focus_graph, GO, ("Ctrl+1",), needs.scene, group=2),
        Command("go.outline", "To the &outline", looking.focus_outline, GO, ("Ctrl+2",), needs.project, group=2),
        Command("go.page", "To the node &page", looking.focus_page, GO, ("Ctrl+3",), needs.project, group=2),
        Command(
            "go.assistant", "To the &assistant", looking.focus_assistant, GO, ("Ctrl+4",), needs.assistant, group=2
        ),
        Command("go.standing", "To &standing", deeds.standing.show_tab, GO, ("Ctrl+5",), needs.project, group=2),
    )


def _lean(deeds: Deeds) -> tuple[Command, ...]:
    asking, panels, needs = deeds.asking, deeds.panels, deeds.conditions
    return (
        Command("lean.ask", "&Ask Lean", asking.ask_lean, LEAN, ("Ctrl+Shift+A",), needs.lean, needs_folder=True),
        Command("lean.build", "&Build", asking.build, LEAN, ("Ctrl+Shift+K",), needs.lean, needs_folder=True),
        Command(
            "lean.output", "Build &output", panels.toggle_build, LEAN, (), needs.project, panels.build_shown, group=1
        ),
        Command(
            "lean.packages",
            "Index Lean &packages",
            deeds.search.read_packages,
            LEAN,
            (),
            needs.packages,
            group=1,
            needs_folder=True,
            hint="Reads Mathlib and other packages, once a version: Ctrl+P and models then find their declarations",
        ),
        Command(
            "lean.export",
            "&Export evidence…",
            asking.export_evidence,
            LEAN,
            (),
            needs.evidence,
            group=2,
            needs_folder=True,
        ),
        Command(
            "lean.import",
            "&Import evidence…",
            asking.import_evidence,
            LEAN,
            (),
            needs.evidence,
            group=2,
            needs_folder=True,
        ),
        Command(
            "lean.drop",
            "&Drop imported evidence",
            asking.drop_evidence,
            LEAN,
            (),
            needs.imported,
            group=2,
            needs_folder=True,
        ),
    )


def _assistant(deeds: Deeds) -> tuple[Command, ...]:
    desk, needs = deeds.assistant, deeds.conditions
    tasks = (
        Command(
            f"assistant.{entry.id}",
            f"{entry.title}…",
            lambda entry=entry: desk.ask(entry.task, entry.audience),  # type: ignore[misc]
            ASSISTANT,
            (entry.shortcut,) if entry.shortcut else (),
            needs.question,
            group=entry.group,
            needs_folder=True,
        )
        for entry in TASK_ENTRIES
    )
    return (
        *tasks,
        Command(
            "assistant.batch",
            "Draft man&y…",
            deeds.batch.show,
            ASSISTANT,
            ("Ctrl+Shift+Y",),
            needs.batch,
            group=4,
            hint="Draft for many nodes in one run, within budgets; several models may compete",
            needs_folder=True,
        ),
        Command("assistant.stop", "S&top", desk.stop, ASSISTANT, ("Ctrl+Shift+X",), needs.busy, group=4),
        Command(
            "assistant.trailer",
            "Copy Assisted-&by trailer",
            deeds.attempts.copy_trailer,
            ASSISTANT,
            (),
            needs.assistant,
            group=5,
            hint="Lines for a commit message: the models whose drafts were put into the project",
        ),
        Command(
            "assistant.disclosure",
            "Copy &disclosure list",
            deeds.attempts.copy_disclosure,
            ASSISTANT,
            (),
            needs.assistant,
            group=5,
            hint="A list in Markdown of what models drafted, and what else they were asked",
        ),
        Command("assistant.models", "&Models…", deeds.setting_up.show_models, ASSISTANT, group=6),
    )


def _help(deeds: Deeds) -> tuple[Command, ...]:
    about = deeds.help
    return (
        *guide_commands(about.show_guide, HELP),
        *tour_commands(deeds.tour, HELP),
        Command("help.shortcuts", "&Keyboard shortcuts", about.show_shortcuts, HELP, ("Ctrl+/",)),
        Command("help.log", "Open &log folder", about.open_log, HELP, group=1),
        Command("help.about", "&About", about.show_about, HELP, group=1),
    )


KEY_HINTS = (
    KeyHint("Up, Down", "Along an edge to what the node rests on, or to what uses it", "In the graph"),
    KeyHint("Left, Right", "To a neighbour in the same row", "In the graph"),
    KeyHint("Enter", "Read the selected node", "In the graph"),
    KeyHint("+, -", "Zoom", "In the graph"),
    KeyHint("0, Home", "Fit the graph", "In the graph"),
    *READING_KEYS,
    KeyHint("Enter", "To the first node that meets the filter", "In the filter"),
    KeyHint("Esc", "Clear the filter", "In the filter"),
)
