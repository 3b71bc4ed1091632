"""Views of a project that a person has given names to, as the settings keep them: text by the project's folder."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from blueprint_app.insight.graph.emphasis import Emphasis, EmphasisKind
from blueprint_app.insight.graph.graph_view import Focus, Level, Narrowing
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.project.view_state import WHOLE, ViewState

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name and what is shown under it: `values` are fields of a view state."""

    name: str
    values: Mapping[str, Any]


def saved_view(name: str, state: ViewState) -> SavedView:
    """What of a view state is worth a name: what the graph shows and how, not where a person stood in it."""
    kept = ("graph", "scheme", "filter", "inferred", "narrowing", "emphasis")
    return SavedView(name.strip()[:LONGEST_NAME], {each: getattr(state, each) for each in kept})


def written(views: Iterable[SavedView]) -> str:
    """The views as text."""
    return json.dumps([{"name": view.name} | _plain(view.values) for view in views], ensure_ascii=False)


def read(text: str) -> tuple[SavedView, ...]:
    """The views of a text; what cannot be understood is left out, as a setting may come from another version."""
    try:
        entries = json.loads(text)
    except ValueError:
        return ()
    found = []
    for entry in entries if isinstance(entries, list) else ():
        try:
            found.append(SavedView(_text(entry["name"]), _values(entry)))
        except (LookupError, TypeError, ValueError):
            continue
    return tuple(found)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    narrowing, emphasis = values["narrowing"], values["emphasis"]
    focus, level = narrowing.focus, narrowing.collapsed
    return {
        **{each: values[each] for each in ("graph", "scheme", "filter", "inferred")},
        "focus": None if focus is None else [focus.node, focus.up, focus.down],
        "path": None if narrowing.path is None else list(narrowing.path),
        "hides_done": narrowing.hides_done,
        "collapsed": None if level is None else level.value,
        "opened": sorted(narrowing.opened),
        "emphasis": None if emphasis is None else [emphasis.kind.value, emphasis.node],
    }


def _values(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a view state; raises LookupError, TypeError or ValueError where the entry is not one of ours."""
    focus, path, level, emphasis = (entry.get(each) for each in ("focus", "path", "collapsed", "emphasis"))
    narrowing = Narrowing(
        None if focus is None else Focus(_node(focus[0]), _depth(focus[1]), _depth(focus[2])),
        None if path is None else (_node(path[0]), _node(path[1])),
        bool(entry.get("hides_done")),
        None if level is None else Level(level),
        frozenset(_node(each) for each in entry.get("opened", ())),
    )
    return {
        "graph": _text(entry.get("graph", WHOLE)),
        "scheme": _text(entry["scheme"]),
        "filter": _text(entry.get("filter", "")),
        "inferred": bool(entry.get("inferred")),
        "narrowing": narrowing,
        "emphasis": None
        if emphasis is None
        else Emphasis(EmphasisKind(emphasis[0]), None if emphasis[1] is None else _node(emphasis[1])),
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _node(value: object) -> NodeId:
    return NodeId(_text(value))


def _depth(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise ValueError(f"{value!r} is no number of steps")
