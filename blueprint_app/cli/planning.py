"""The commands for leads and contributors: what next, what is in the way, what rests on what, who works on it."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.cli.project import (
    Commands,
    add_project,
    node_id,
    open_snapshot,
    steps,
    with_lean_side,
    write,
    write_json,
)
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot

if TYPE_CHECKING:
    from blueprint_app.live.change_set import ChangeSet


def add_commands(commands: Commands) -> None:
    """The commands, with their options."""
    _add_next(commands)
    blocked = commands.add_parser("blocked", help="what must be done first, for a node or for the whole project")
    add_project(blocked)
    blocked.add_argument("label", metavar="LABEL", nargs="?", help="one node; without it, what holds the project back")
    _add_form(blocked, goals=True)
    blocked.add_argument("--limit", type=steps, default=10, metavar="N", help="at most so many (default: 10)")
    blocked.set_defaults(run=_blocked)

    impact = commands.add_parser("impact", help="everything that rests on a node, and what it would lose")
    add_project(impact)
    impact.add_argument("label", metavar="LABEL", help="the node's label")
    _add_form(impact, goals=True)
    impact.set_defaults(run=_impact)

    trust = commands.add_parser("trust", help="every assumption under a theorem, as a list that a referee could read")
    add_project(trust)
    trust.add_argument("label", metavar="LABEL", help="the theorem's label")
    form = trust.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON, for scripts")
    form.add_argument("--markdown", action="store_true", help="as Markdown, for a paper or a pull request")
    trust.set_defaults(run=_trust)
    _add_claiming(commands)


def _add_next(commands: Commands) -> None:
    parser = commands.add_parser("next", help="what can be stated or proved now, the most useful and easiest first")
    add_project(parser)
    parser.add_argument("--what", choices=("state", "prove", "write"), help="only statements, proofs, or missing text")
    parser.add_argument("--chapter", default="", metavar="TEXT", help="a heading's number, or a part of its title")
    parser.add_argument("--skill", choices=("mathematics", "lean", "both"), help="what it takes")
    parser.add_argument("--size", choices=("small", "medium", "large"), help="by the length of the text")
    parser.add_argument("--mathlib", choices=("yes", "no"), help="whether it uses a node that is in Mathlib")
    parser.add_argument("--unclaimed", action="store_true", help="without what somebody has claimed")
    parser.add_argument("--limit", type=steps, default=10, metavar="N", help="at most so many (default: 10)")
    parser.add_argument(
        "--github",
        action="store_true",
        help="ask GitHub who works on the issues of \\discussion, with the token of $GITHUB_TOKEN; asks you first",
    )
    parser.add_argument("--send-to", metavar="HOST", help="agree that this host is asked, as api.github.com")
    parser.add_argument("--weights", action="store_true", help="print the table that the ranking rests on, and end")
    _add_form(parser, goals=True)
    parser.set_defaults(run=_next)


def _add_claiming(commands: Commands) -> None:
    claim = commands.add_parser("claim", help="say in blueprint/claims.yaml that you work on a node; shows the diff")
    add_project(claim)
    claim.add_argument("label", metavar="LABEL", help="the node's label")
    claim.add_argument("--as", dest="person", metavar="NAME", help="who claims (default: as git calls you)")
    claim.add_argument("--days", type=steps, metavar="N", help="how long it holds (default: 30; 0: with no end)")
    claim.add_argument("--note", default="", metavar="TEXT", help="a remark for the others")
    claim.add_argument("--yes", action="store_true", help="write it")
    claim.set_defaults(run=_claim)

    release = commands.add_parser("release", help="take the claims on a node out of blueprint/claims.yaml")
    add_project(release)
    release.add_argument("label", metavar="LABEL", help="the node's label")
    release.add_argument("--yes", action="store_true", help="write it")
    release.set_defaults(run=_release)


def _add_form(parser: argparse.ArgumentParser, *, goals: bool) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON, for scripts")
    if goals:
        parser.add_argument(
            "--goal",
            action="append",
            default=[],
            metavar="LABEL",
            help="a theorem that the project is for (default: those that nothing rests on)",
        )


def _next(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap.attempts import failed_attempts
    from blueprint_app.bootstrap.claims import claims_of
    from blueprint_app.export.planning.next_text import next_as_json, next_as_text, weights_as_text
    from blueprint_app.insight.next.claims import remarks_on
    from blueprint_app.insight.next.next_lemma import Size, Skill, Work, next_lemmas
    from blueprint_app.insight.next.offer_words import OfferFilter

    if options.weights:
        write(None, weights_as_text().encode())
        return 0
    snapshot, today = with_lean_side(options, open_snapshot(options)), date.today()
    if options.github:
        _ask_github(snapshot, options.send_to)
    claims, _issues = claims_of(snapshot)
    skill = {"lean": Skill.LEAN, "mathematics": Skill.MATHEMATICS, "both": Skill.BOTH}.get(options.skill)
    asks_for_text = options.what == "write" or skill is Skill.MATHEMATICS
    found = next_lemmas(
        snapshot,
        today,
        claims=claims,
        failed=failed_attempts(snapshot),
        goals=_goals(options, snapshot),
        with_unwritten=asks_for_text,
    )
    wanted = OfferFilter(
        Work(options.what) if options.what else None,
        options.chapter,
        skill,
        Size(options.size) if options.size else None,
        {"yes": True, "no": False}.get(options.mathlib),
        options.unclaimed,
    )
    chosen, remarks = wanted.chosen(snapshot, found.offers), remarks_on(snapshot, claims, today)
    if options.json:
        write_json(next_as_json(snapshot, found, chosen, options.limit, today, remarks))
    else:
        write(None, next_as_text(snapshot, found, chosen, options.limit, today, remarks).encode())
    return 0


def _ask_github(snapshot: Snapshot, send_to: str | None) -> None:
    """Look at the issues again, for who agrees to what is sent. Raises BlueprintError."""
    from urllib.parse import urlsplit

    from blueprint_app.bootstrap.claims import allowed_issues, kept_issues
    from blueprint_app.live.issues.asking import api_of
    from blueprint_app.live.issues.project_issues import look_again, project_issues

    kept, allowed = kept_issues(), allowed_issues()
    issues, folder = project_issues(snapshot, kept), Path(snapshot.blueprint.folder)
    missing = issues.why_not()
    if missing is not None:
        raise missing
    assert issues.repository is not None
    if not allowed.holds(issues.repository, folder):
        host = urlsplit(api_of(issues.repository)).hostname
        if send_to != host and not _agrees(issues.what_is_sent()):
            raise BlueprintError(f"Nobody has agreed yet that {host} is asked.", f"Agree with --send-to {host}.")
        allowed.add(issues.repository, folder)
    answer = look_again(issues, kept)
    gone = f" There is no issue {', '.join(f'#{number}' for number in answer.gone)}." if answer.gone else ""
    print(f"{len(answer.known)} issues of {issues.repository} seen. {answer.trouble}{gone}".strip(), file=sys.stderr)


def _agrees(what_is_sent: str) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"{what_is_sent}\nIt is the first time for this project. Ask? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _goals(options: argparse.Namespace, snapshot: Snapshot) -> tuple[NodeId, ...]:
    return tuple(node_id(snapshot, label) for label in options.goal)


def _blocked(options: argparse.Namespace) -> int:
    from blueprint_app.export.planning.blocked_text import (
        blocked_as_json,
        blocked_as_text,
        project_as_json,
        project_as_text,
    )
    from blueprint_app.insight.next.blocked import blocked_by, bottlenecks, critical_paths

    snapshot = with_lean_side(options, open_snapshot(options))
    goals = _goals(options, snapshot)
    if options.label:
        found = blocked_by(snapshot, node_id(snapshot, options.label))
        if options.json:
            write_json(blocked_as_json(snapshot, found))
        else:
            write(None, blocked_as_text(snapshot, found).encode())
        return 0
    narrow, paths = bottlenecks(snapshot, goals), critical_paths(snapshot, goals)
    if options.json:
        write_json(project_as_json(snapshot, narrow, paths, options.limit))
    else:
        write(None, project_as_text(snapshot, narrow, paths, options.limit).encode())
    return 0


def _impact(options: argparse.Namespace) -> int:
    from blueprint_app.export.planning.impact_text import impact_as_json, impact_as_text
    from blueprint_app.insight.graph.impact import impact_of

    snapshot = with_lean_side(options, open_snapshot(options))
    impact = impact_of(snapshot, node_id(snapshot, options.label), _goals(options, snapshot))
    if options.json:
        write_json(impact_as_json(snapshot, impact))
    else:
        write(None, impact_as_text(snapshot, impact).encode())
    return 0


def _trust(options: argparse.Namespace) -> int:
    from blueprint_app.export.planning.trust_text import trust_as_json, trust_as_markdown, trust_as_text
    from blueprint_app.insight.graph.trust import trust_report

    snapshot = with_lean_side(options, open_snapshot(options))
    report = trust_report(snapshot, node_id(snapshot, options.label))
    if options.json:
        write_json(trust_as_json(snapshot, report))
    else:
        form = trust_as_markdown if options.markdown else trust_as_text
        write(None, form(snapshot, report).encode())
    return 0


def _claim(options: argparse.Namespace) -> int:
    from blueprint_app.assistant.project_state import person_of
    from blueprint_app.live.claiming import DAYS, planned_claim

    snapshot, folder = _changeable(options)
    node = snapshot.nodes[node_id(snapshot, options.label)]
    days = DAYS if options.days is None else options.days or None
    person = options.person if options.person is not None else person_of(folder)
    return _written(planned_claim(folder, node, person, date.today(), days, options.note), options.yes)


def _release(options: argparse.Namespace) -> int:
    from blueprint_app.live.claiming import planned_release

    snapshot, folder = _changeable(options)
    return _written(planned_release(folder, snapshot.nodes[node_id(snapshot, options.label)]), options.yes)


def _changeable(options: argparse.Namespace) -> tuple[Snapshot, Path]:
    """The project and its folder; a snapshot file cannot be changed."""
    if options.path.is_file():
        raise BlueprintError(f"{options.path} is a file, not a project's folder.", "Claims are kept in the project.")
    snapshot = open_snapshot(options)
    return snapshot, Path(snapshot.blueprint.folder)


def _written(changes: "ChangeSet", yes: bool) -> int:
    """Show the diff, and write it if a person agrees."""
    from blueprint_app.live.change_set import write_set

    print(changes.as_patch(), end="")
    sys.stdout.flush()
    if yes or _answers_yes(changes.shown):
        write_set(changes)
        print(f"Written: {changes.shown}. Commit it, so that others see it.", file=sys.stderr)
    else:
        print("Nothing was written. Add --yes to write it.", file=sys.stderr)
    return 0


def _answers_yes(shown: str) -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(f"Change {shown}? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
