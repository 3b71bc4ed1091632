"""The commands for reading a large graph, and the keys for them while the graph has the keyboard."""

from blueprint_app.insight.graph.emphasis import EmphasisKind
from blueprint_app.insight.graph.graph_view import Level
from blueprint_app.ui.commands.command import Command, KeyHint
from blueprint_app.ui.commands.conditions import Conditions
from blueprint_app.ui.graph_reading.desk import GraphReading
from blueprint_app.ui.graph_reading.emphasising import Emphasising


def commands(reading: GraphReading, needs: Conditions, menu: str) -> tuple[Command, ...]:
    """In the order of the menu."""
    can, focused, there = needs.focusable, needs.focused, needs.headings
    return (
        Command("graph.focus", "&Focus on node", reading.focus, menu, (), can, hint="Its surroundings alone (F)"),
        Command("graph.foundation", "Focus: all that it &rests on", reading.focus_foundation, menu, (), can),
        Command("graph.impact_focus", "Focus: all that rests &on it", reading.focus_impact, menu, (), can),
        Command("graph.up", "One step further &up", lambda: reading.reach(up=1), menu, (), focused),
        Command("graph.less_up", "One step less up", lambda: reading.reach(up=-1), menu, (), focused),
        Command("graph.down", "One step further &down", lambda: reading.reach(down=1), menu, (), focused),
        Command("graph.less_down", "One step less down", lambda: reading.reach(down=-1), menu, (), focused),
        Command(
            "graph.path",
            "&Paths to…",
            reading.choose_path,
            menu,
            (),
            can,
            hint="Everything on any way between the selected node and another (Ctrl+click on the other)",
        ),
        Command(
            "graph.hide_done",
            "&Hide what is done",
            reading.toggle_done,
            menu,
            (),
            needs.project,
            reading.hides_done,
            1,
            hint="Show only where something is left to do in Lean (H)",
        ),
        Command(
            "graph.chapters",
            "&Chapters as boxes",
            lambda: reading.toggle_boxes(Level.CHAPTER),
            menu,
            (),
            there,
            lambda: reading.has_boxes(Level.CHAPTER),
            1,
            hint="One box for each chapter (C)",
        ),
        Command(
            "graph.sections",
            "&Sections as boxes",
            lambda: reading.toggle_boxes(Level.SECTION),
            menu,
            (),
            there,
            lambda: reading.has_boxes(Level.SECTION),
            1,
            hint="One box for each section (Shift+C)",
        ),
        *_emphasis(reading.emphasis, needs, menu),
        Command("graph.show_all", "Show &all", reading.show_all, menu, ("Ctrl+Shift+0",), needs.narrowed, group=3),
        Command(
            "graph.save_view",
            "Save vie&w…",
            reading.saved.ask_name,
            menu,
            (),
            needs.project,
            group=4,
            hint="Give what the graph shows a name, to come back to it",
        ),
    )


def _emphasis(emphasis: Emphasising, needs: Conditions, menu: str) -> tuple[Command, ...]:
    return (
        Command(
            "graph.impact",
            "Show &impact",
            emphasis.toggle_impact,
            menu,
            ("Ctrl+Shift+I",),
            needs.node,
            lambda: emphasis.shows(EmphasisKind.IMPACT),
            2,
            hint="If the selected node is wrong: all that rests on it, and what would lose its state",
        ),
        Command(
            "graph.critical_path",
            "Show critical pa&th",
            emphasis.toggle_critical_path,
            menu,
            (),
            needs.project,
            lambda: emphasis.shows(EmphasisKind.CRITICAL_PATH),
            2,
            hint="The longest chain of work below the selected node, or below a goal theorem",
        ),
        Command(
            "graph.bottlenecks",
            "Show &bottlenecks",
            emphasis.toggle_bottlenecks,
            menu,
            (),
            needs.project,
            lambda: emphasis.shows(EmphasisKind.BOTTLENECKS),
            2,
            hint="The nodes not in Lean on which most others rest",
        ),
    )


NODE_MENU = (
    *("view.zoom", "graph.focus", "graph.path", "graph.impact", "graph.critical_path"),
    *("file.source", "edit.copy_label"),
)
"""What the menu of a node in the graph offers."""

KEY_HINTS = (
    KeyHint("F", "Focus on the selected node", "In the graph"),
    KeyHint("U, Shift+U", "One step more, or less, towards what the focus rests on", "In the graph"),
    KeyHint("D, Shift+D", "One step more, or less, towards what rests on it", "In the graph"),
    KeyHint("H", "Hide what is done, or show it", "In the graph"),
    KeyHint("C, Shift+C", "Draw chapters, or sections, as boxes; Enter or a double click opens one", "In the graph"),
    KeyHint("Ctrl+click", "The paths between the selected node and another", "In the graph"),
    KeyHint("Esc", "Clear the selection; then what stands out; then focus or paths", "In the graph"),
)
