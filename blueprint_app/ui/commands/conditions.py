"""The one table of what commands need: each condition with the sentence that is told where it does not hold."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from blueprint_app.ui.commands.command import Condition
from blueprint_app.ui.lean_side.asking import ASK, BUILD
from blueprint_app.ui.search.packages import READING
from blueprint_app.ui.views.view import GRAPH

if TYPE_CHECKING:
    from blueprint_app.ui.commands.deeds import Deeds

Needs = tuple[Condition, ...]
"""All of these have to hold; the reason of the first that does not is the one to tell."""

NO_PROJECT = "No project is open."
SNAPSHOT = "This is a snapshot, and read-only: open the project's folder for that."


class Conditions:
    """What the commands of one window need, the widest condition of each first, so that no reason misleads."""

    def __init__(self, deeds: "Deeds") -> None:
        store, reading, asking, assistant = deeds.store, deeds.reading, deeds.asking, deeds.assistant
        at_hand = deeds.at_hand

        def no_job(slot: str) -> Callable[[], bool]:
            return lambda: not at_hand.is_running(slot)

        # What is open, and what is selected
        self.project: Needs = (Condition(at_hand.has_project, NO_PROJECT),)
        self.node: Needs = (*self.project, Condition(at_hand.has_node, "No node is selected."))

        # The graph
        self.scene: Needs = (*self.project, Condition(at_hand.has_scene, "The graph is not laid out yet."))
        is_in_front = Condition(lambda: store.state.view == GRAPH, "The graph is not in front: Alt+1 brings it there.")
        self.graph: Needs = (*self.project, is_in_front, *self.scene[1:])
        written = "The blueprint says itself what uses what: nothing has to be inferred."
        nothing = "Nothing can be inferred: neither the text nor Lean tells what uses what."
        has_none = Condition(lambda: not at_hand.has_written_edges(), written)
        self.inferred: Needs = (*self.project, has_none, Condition(at_hand.can_infer, nothing))
        elsewhere = "The selected node is not in this graph: another chapter's is shown."
        self.focusable: Needs = (*self.node, Condition(reading.can_focus, elsewhere))
        no_focus = "The graph is not focused on a node: focus on one first."
        self.focused: Needs = (*self.project, Condition(reading.has_focus, no_focus))
        no_headings = "This blueprint has no chapters or sections."
        self.headings: Needs = (*self.project, Condition(reading.has_headings, no_headings))
        self.narrowed: Needs = (*self.project, Condition(reading.is_narrowed, "All of the graph is shown already."))

        # Where the view was
        self.back: Needs = (Condition(lambda: store.can_go[0], "No other node was shown before this."),)
        self.forward: Needs = (Condition(lambda: store.can_go[1], "Back was not taken: there is nothing ahead."),)
        self.undo: Needs = (Condition(lambda: store.can_go[2], "Nothing to undo: the view was not changed."),)
        self.redo: Needs = (Condition(lambda: store.can_go[3], "Nothing to redo: no change was undone."),)

        # The past
        unread = "The history was not read yet: open the Progress view."
        self.history: Needs = (*self.project, Condition(deeds.progress.can_replay, unread))

        # Lean
        no_lean = "There is no Lean on this machine: install elan, or put lake on PATH."
        unseen = "Lean's side of this project is not looked at yet."
        self._side: Needs = (*self.project, Condition(asking.has_side, unseen))
        free = (
            Condition(no_job(ASK), "Lean is being asked already."),
            Condition(no_job(BUILD), "A build is running already."),
        )
        self.evidence: Needs = (*self._side, *free)
        self.lean: Needs = (*self._side, Condition(asking.has_lean, no_lean), *free)
        no_import = "No evidence was imported for this project."
        self.imported: Needs = (*self.evidence, Condition(asking.can_drop, no_import))
        self.packages: Needs = (
            *self.project,
            Condition(no_job(READING), "The packages are being read already."),
            Condition(deeds.search.can_read_packages, "This window does not search in packages."),
        )

        # The assistant
        has_assistant = Condition(assistant.is_there, "This window has no assistant.")
        self.assistant: Needs = (*self.project, has_assistant)
        busy = "The assistant is at work: wait for it, or stop it."
        self.question: Needs = (*self.node, has_assistant, Condition(lambda: not assistant.is_busy(), busy))
        self.batch: Needs = (*self.assistant, Condition(deeds.batch.can_begin, "This window makes no runs."))
        self.busy: Needs = (Condition(assistant.is_busy, "The assistant is not at work."),)
