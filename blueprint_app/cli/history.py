"""The commands about the past: what became of the blueprint, and who wrote what."""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from blueprint_app.cli.project import Commands, add_project, report, write, write_json
from blueprint_app.model.blueprint import Blueprint, Node, NodeId, Reading
from blueprint_app.model.errors import BlueprintError
from blueprint_app.sources.snapshot_path import is_snapshot_file

if TYPE_CHECKING:
    from blueprint_app.insight.attribution.summaries import Attribution


def add_commands(commands: Commands) -> None:
    """The commands, with their options."""
    history = commands.add_parser("history", help="what became of the blueprint over time, and at which pace")
    add_project(history)
    history.add_argument("--since", metavar="MARK", help="what changed since a date, a tag or a commit")
    history.add_argument("--all", action="store_true", help="read every change, however many there are")
    history.add_argument("--json", action="store_true", help="as JSON, for scripts")
    history.set_defaults(run=_history)

    who = commands.add_parser("who", help="who wrote the text and the Lean, from git: people and models apart")
    add_project(who)
    who.add_argument("label", metavar="LABEL", nargs="?", help="one node alone")
    form = who.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON, for scripts")
    form.add_argument("--markdown", action="store_true", help="a section for a paper's statement of contributions")
    who.set_defaults(run=_who)


def _history(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap.opening import open_project
    from blueprint_app.bootstrap.past import changed_in, history_of, past_of
    from blueprint_app.export.history_json import history_as_json
    from blueprint_app.export.history_text import history_as_text
    from blueprint_app.live.past.past import EVERY_CHANGE, MOST_READ

    if is_snapshot_file(options.path):
        snapshot = open_project(options.path, Reading(options.reading))
        history, title = history_of(snapshot), options.path.stem
        changed = changed_in(snapshot, options.since, history) if options.since else None
    else:
        past = past_of(options.path, Reading(options.reading))
        history = past.history(report=report, most=EVERY_CHANGE if options.all else MOST_READ)
        changed = past.changed_since(options.since, history) if options.since else None
        title = past.folder.name
    _clear_line()
    now = datetime.now(UTC)
    if options.json:
        write_json(history_as_json(title, history, now, changed))
    else:
        write(None, history_as_text(title, history, now, changed).encode())
    return 0


def _who(options: argparse.Namespace) -> int:
    from blueprint_app.export.attribution_text import (
        attribution_as_json,
        attribution_as_markdown,
        attribution_as_text,
        node_credit_as_json,
        node_credit_as_text,
    )

    if options.label is not None and options.markdown:
        raise BlueprintError("--markdown is about the whole project.", "Leave out the label.")
    title, found = _attribution(options)
    _clear_line()
    if options.label is not None:
        (credit,) = found.nodes
        if options.json:
            write_json(node_credit_as_json(title, found.commit, credit, found.remarks))
        else:
            write(None, node_credit_as_text(credit, found.remarks).encode())
        return 0
    if options.json:
        write_json(attribution_as_json(title, found))
    else:
        as_text = attribution_as_markdown if options.markdown else attribution_as_text
        write(None, as_text(title, found).encode())
    return 0


def _attribution(options: argparse.Namespace) -> "tuple[str, Attribution]":
    """The project's title and who wrote what of it; of one node alone where a label is given."""
    from blueprint_app.bootstrap.attempts import provenance_at
    from blueprint_app.bootstrap.opening import open_project
    from blueprint_app.bootstrap.past import attribution_at, past_of
    from blueprint_app.insight.attribution.credits import node_credits
    from blueprint_app.insight.attribution.summaries import attribution_of
    from blueprint_app.live.past.authors import read_authors

    if is_snapshot_file(options.path):
        snapshot = open_project(options.path, Reading(options.reading))
        found, title = attribution_at(snapshot), snapshot.blueprint.title or options.path.stem
        if options.label is None:
            return title, found
        name = _node(snapshot.blueprint, options.label).id
        return title, replace(found, nodes=tuple(each for each in found.nodes if each.node == name))
    past = past_of(options.path, Reading(options.reading))
    chosen: list[Node] = []

    def choose(blueprint: Blueprint) -> Iterable[Node] | None:
        if options.label is None:
            return None
        chosen.append(_node(blueprint, options.label))
        return chosen

    authors = read_authors(past, report=report, choose=choose)
    provenance, title = provenance_at(past.folder), authors.blueprint.title or past.folder.name
    found = attribution_of(authors.commit, authors.blueprint, authors.blamed, provenance, authors.remarks)
    if chosen:
        found = replace(found, nodes=node_credits(authors.blueprint, authors.blamed, provenance, chosen))
    return title, found


def _clear_line() -> None:
    if sys.stderr.isatty():
        print(f"\r{'':<70}\r", end="", file=sys.stderr, flush=True)


def _node(blueprint: Blueprint, label: str) -> Node:
    name = blueprint.labels.get(label, NodeId(label))
    for node in blueprint.nodes:
        if node.id == name:
            return node
    raise BlueprintError(
        f"There is no node with the label {label} at the commit that is checked out.",
        "What is not committed has no author yet.",
    )
