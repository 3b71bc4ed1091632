"""What happened between two moments, as lists of nodes that can be shown and selected."""

from collections.abc import Collection

from blueprint_app.export.history_text import sorts_of_change
from blueprint_app.insight.history.burn_up import Step
from blueprint_app.insight.history.comparing import ChangedSince, changed_between
from blueprint_app.insight.history.history import Commit, History
from blueprint_app.insight.history.moments import Moment
from blueprint_app.model.blueprint import NodeId
from blueprint_app.ui.progress.chosen import Behind

_RENAMED = "renamed"


def behind_change(title: str, changed: ChangedSince, there: Collection[str]) -> Behind:
    """The nodes of a difference by sort; of those that are renamed the label of now."""
    lists = []
    for words, nodes in sorts_of_change(changed):
        ids = [each.after for each in changed.renamed] if words == _RENAMED else list(nodes)
        lists.append((words[:1].upper() + words[1:], tuple(NodeId(node) for node in ids)))
    shown = {node for _, nodes in lists for node in nodes}
    return Behind(title, tuple(lists), gone=frozenset(node for node in shown if node not in there))


def change_up_to(history: History, steps: tuple[Step, ...], number: int) -> ChangedSince:
    """What happened in the time that ends with a step; before the first one there was nothing."""
    until = history.at(steps[number].time)
    assert until is not None
    since = history.at(steps[number - 1].time) if number else None
    if since is None:
        return changed_between(Commit("", until.commit.time), Moment(), until.commit, until.moment)
    return changed_between(since.commit, since.moment, until.commit, until.moment)
