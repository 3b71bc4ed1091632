"""The commands that draft Lean for many nodes, and that judge one draft."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blueprint_app.cli.asking import SEND_TO
from blueprint_app.cli.consenting import agree
from blueprint_app.cli.project import (
    Commands,
    add_project,
    node_id,
    open_snapshot,
    report,
    steps,
    with_lean_side,
    write_json,
)
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot

if TYPE_CHECKING:
    from blueprint_app.assistant.assistant import Assistant
    from blueprint_app.assistant.batch.batches import Batches
    from blueprint_app.assistant.batch.plan import BatchPlan, Limits
    from blueprint_app.assistant.batch.runner import BatchEvent, BatchRun, Outcome
    from blueprint_app.assistant.endpoints.endpoint import RoleModel

_BUDGETS = ("node", "run", "day")


def add_commands(commands: Commands) -> None:
    """The commands, with their options."""
    draft = commands.add_parser(
        "draft",
        help="models draft Lean for nodes, Lean judges, every try is kept",
        epilog="Exit code 1 also if the run ended before every node had its turn.",
    )
    add_project(draft)
    draft.add_argument("labels", metavar="LABEL", nargs="*", help="the nodes; without any, all that --ready allows")
    draft.add_argument("--task", choices=("prove", "state"), default="prove", help="what to draft (default: prove)")
    draft.add_argument("--ready", action="store_true", help="all nodes for which everything is there")
    draft.add_argument("--filter", metavar="TEXT", help="of these only those that meet a filter, as in the window")
    draft.add_argument("--max", type=steps, metavar="N", help="at most so many nodes")
    draft.add_argument(
        "--model",
        action="append",
        metavar="ENDPOINT/MODEL",
        help="who drafts; several compete (default: the model that is set up for the task)",
    )
    draft.add_argument("--first-wins", action="store_true", help="leave a node once one model has closed it")
    draft.add_argument("--rounds", type=steps, default=5, metavar="N", help="tries at each node (default: 5)")
    draft.add_argument("--parallel", type=steps, default=2, metavar="N", help="nodes worked on at once (default: 2)")
    for each in _BUDGETS:
        draft.add_argument(f"--{each}-tokens", type=steps, metavar="N", help=f"most tokens for a {each}")
        draft.add_argument(f"--{each}-cost", type=float, metavar="X", help=f"most US dollars for a {each}")
    draft.add_argument("--resume", action="store_true", help="go on with the last run that was not finished")
    draft.add_argument("--scheduler", metavar="ADDRESS", help="judge on the workers of a Dask scheduler")
    draft.add_argument("--send-to", metavar="HOST", help=SEND_TO)
    draft.add_argument("--json", action="store_true", help="the outcome as JSON, for scripts")
    draft.set_defaults(run=_draft)

    verify = commands.add_parser(
        "verify",
        help="judge a proof that is written in a file, as the assistant's are judged",
        epilog="Exit code 1 also if the proof is not verified.",
    )
    add_project(verify)
    verify.add_argument("name", metavar="NAME", help="the Lean declaration, or the label of its node")
    verify.add_argument("file", type=Path, metavar="FILE", nargs="?", help="the proof; default: standard input")
    verify.add_argument("--json", action="store_true", help="as JSON, for scripts")
    verify.set_defaults(run=_verify)


def _draft(options: argparse.Namespace) -> int:
    from blueprint_app.bootstrap.assisting import assistant_for, batches_for
    from blueprint_app.bootstrap.opening import refuse_packed
    from blueprint_app.verify.executors import make_executor

    snapshot = with_lean_side(options, open_snapshot(options))
    refuse_packed(Path(snapshot.blueprint.folder))
    with make_executor(options.scheduler, options.parallel) as executor:
        assistant = assistant_for(Path(snapshot.blueprint.folder), executor)
        progress = _Progress(is_shown=not options.json)
        run = _run(options, snapshot, assistant, batches_for(assistant), progress.take)
        with progress.over(run):
            outcome = run.run()
    if options.json:
        write_json(_as_json(outcome))
    else:
        _print_outcome(outcome)
    return 1 if outcome.halted or outcome.left else 0


def _run(
    options: argparse.Namespace,
    snapshot: Snapshot,
    assistant: "Assistant",
    batches: "Batches",
    on_event: "Callable[[BatchEvent], None]",
) -> "BatchRun":
    """The run that was asked for: a new one, or the last that was not finished."""
    if options.resume:
        left = batches.left()
        if not left:
            raise BlueprintError("There is no unfinished run on this project.", "Leave out --resume to begin one.")
        _agree_to_all(options, assistant, left[0].plan, snapshot)
        return batches.go_on(snapshot, left[0], _limits(options, left[0].plan.limits), on_event)
    plan = _plan(options, snapshot, assistant)
    _agree_to_all(options, assistant, plan, snapshot)
    return batches.begin(snapshot, plan, on_event)


def _plan(options: argparse.Namespace, snapshot: Snapshot, assistant: "Assistant") -> "BatchPlan":
    from blueprint_app.assistant.batch.plan import BatchPlan, Limits
    from blueprint_app.assistant.records.record import new_id
    from blueprint_app.assistant.tasks import Task

    task = Task(options.task)
    models = tuple(_model(text) for text in options.model or ()) or (assistant.model_for(task)[2],)
    return BatchPlan(
        new_id(),
        task,
        _nodes(options, snapshot, task),
        models,
        max(options.rounds, 1),
        max(options.parallel, 1),
        _limits(options, Limits()),
        options.first_wins,
    )


def _nodes(options: argparse.Namespace, snapshot: Snapshot, task: Any) -> tuple[NodeId, ...]:  # noqa: ANN401 - Task
    from blueprint_app.assistant.batch.batches import choosable
    from blueprint_app.insight.search.filtering import NodeFilter

    named = [node_id(snapshot, label) for label in options.labels]
    if not (named or options.ready or options.filter):
        raise BlueprintError("No node is named.", "Name nodes by label, or choose them with --ready or --filter.")
    nodes = choosable(snapshot, task, named or None, ready_only=options.ready)
    matching = NodeFilter(snapshot).matching(options.filter or "")
    chosen = tuple(node for node in nodes if matching is None or node in matching)[: options.max]
    if not chosen:
        raise BlueprintError(
            f"There is no node to {task} among these.",
            "Proofs are drafted for declarations with a sorry, statements for nodes that have none in Lean.",
        )
    return chosen


def _model(text: str) -> "RoleModel":
    from blueprint_app.assistant.endpoints.endpoint import RoleModel

    endpoint, _, model = text.partition("/")
    if not model:
        raise BlueprintError(f"{text} names no model.", "Write ENDPOINT/MODEL, with an endpoint of `models`.")
    return RoleModel(endpoint, model)


def _limits(options: argparse.Namespace, start: "Limits") -> "Limits":
    given = {
        f"{each}_{unit}": value
        for each in _BUDGETS
        for unit in ("tokens", "cost")
        if (value := getattr(options, f"{each}_{unit}")) is not None
    }
    return replace(start, **given)


def _agree_to_all(options: argparse.Namespace, assistant: "Assistant", plan: "BatchPlan", snapshot: Snapshot) -> None:
    """Ask for each host that nobody agreed to; the first node's question shows what is sent."""
    for chosen in plan.models:
        endpoint, _role, _chosen = assistant.model_for(plan.task, chosen)

        def text(chosen: "RoleModel" = chosen) -> str:
            context = assistant.context(snapshot, plan.nodes[0], plan.task)
            more = len(plan.nodes) - 1
            return f"{assistant.question(context, chosen=chosen).text}\n\n(and the like for {more} more nodes)"

        agree(assistant, endpoint, text, options.send_to)


class _Progress:
    """A bar for a person who waits, and a line for each node that is done."""

    def __init__(self, is_shown: bool) -> None:
        from tqdm import tqdm

        self._bar = tqdm(
            total=0, unit="node", disable=None if is_shown else True, file=sys.stderr, dynamic_ncols=True, leave=False
        )
        self._is_shown = is_shown

    def over(self, run: "BatchRun") -> Any:  # noqa: ANN401 - tqdm's own context manager
        """The bar while `run` runs; it counts all of its jobs."""
        self._bar.total = run.total
        self._bar.n = run.finished
        self._bar.refresh()
        return self._bar

    def take(self, event: "BatchEvent") -> None:
        """Show what the run tells."""
        from blueprint_app.assistant.batch.runner import JobBegun, JobDone, ModelOut

        if isinstance(event, JobBegun):
            self._bar.set_postfix_str(event.job.node, refresh=True)
        elif isinstance(event, JobDone):
            self._bar.update(1)
            if event.job.canary is None:
                self._say(f"{event.job.node}: {event.done.words}")
        elif isinstance(event, ModelOut):
            self._say(f"{event.model} is taken out of the run: {event.reason}")

    def _say(self, words: str) -> None:
        if self._is_shown:
            self._bar.write(words, file=sys.stdout)


def _print_outcome(outcome: "Outcome") -> None:
    if outcome.halted:
        print(f"\n{outcome.halted}")
    if outcome.left:
        print(f"{len(outcome.left)} of the run's tasks are left; --resume goes on with them.")
    print(f"\n{'model':<40} {'asked':>6} {'verified':>9} {'compiled':>9} {'rounds':>7} {'tokens':>10} {'cost':>9}")
    for row in outcome.table:
        cost = f"${row.amount.cost:.4g}" if row.amount.cost else "-"
        print(
            f"{row.model:<40} {row.asked:>6} {row.verified:>9} {row.compiled:>9} {row.rounds:>7} "
            f"{row.amount.tokens:>10,} {cost:>9}"
        )


def _as_json(outcome: "Outcome") -> dict[str, object]:
    return {
        "halted": outcome.halted,
        "left": [job.node for job in outcome.left],
        "done": [
            {
                "node": job.node,
                "model": job.model,
                "canary": job.canary is not None,
                "ending": done.ending,
                "words": done.words,
                "tokens": done.amount.tokens,
                "cost": done.amount.cost,
                "rounds": done.rounds,
                "seconds": done.seconds,
            }
            for job, done in outcome.done
        ],
        "models": [
            {
                "model": row.model,
                "asked": row.asked,
                "verified": row.verified,
                "compiled": row.compiled,
                "rounds": row.rounds,
                "tokens": row.amount.tokens,
                "cost": row.amount.cost,
                "seconds": row.seconds,
            }
            for row in outcome.table
        ],
    }


def _verify(options: argparse.Namespace) -> int:
    from blueprint_app.assistant.drafting.recording import check_of
    from blueprint_app.assistant.tasks import Task, target_of
    from blueprint_app.bootstrap.opening import refuse_packed
    from blueprint_app.lean.project import read_project
    from blueprint_app.verify.draft import Draft
    from blueprint_app.verify.goal import goal_of
    from blueprint_app.verify.judge import JudgeWork, judge_draft

    snapshot = with_lean_side(options, open_snapshot(options))
    folder = Path(snapshot.blueprint.folder)
    refuse_packed(folder)
    project = read_project(folder)
    if project is None:
        raise BlueprintError("There is no Lean project in this folder.", "Name a folder with a lakefile.")
    name = options.name
    if name in snapshot.blueprint.labels:
        name = target_of(Task.PROVE, snapshot, snapshot.blueprint.labels[name]) or name
    draft = Draft(_text(options.file))
    goal = goal_of(project, name)
    allowed = snapshot.evidence.allowed_axioms
    verdict = judge_draft(JudgeWork(str(folder), goal, draft, allowed_axioms=allowed), report=report)
    if options.json:
        made = check_of(verdict)
        write_json(
            {
                "name": name,
                "verified": verdict.is_verified,
                "level": made.level,
                "failure": verdict.failure,
                "detail": verdict.detail,
                "axioms": made.axioms,
                "lint": made.lint,
                "sandbox": made.sandbox,
                "messages": [
                    {"severity": each.severity, "part": each.part, "line": each.line, "column": each.column,
                     "text": each.text}
                    for each in verdict.messages
                ],
            }
        )  # fmt: skip
    else:
        _print_verdict(name, verdict)
    return 0 if verdict.is_verified else 1


def _print_verdict(name: str, verdict: Any) -> None:  # noqa: ANN401 - Verdict, imported late
    print(f"{name}: {'verified' if verdict.is_verified else 'NOT verified'} (level reached: {verdict.level})")
    if verdict.detail:
        print(f"  {verdict.detail}")
    if verdict.axioms:
        print(f"  axioms: {', '.join(verdict.axioms)}")
    for each in verdict.messages:
        print(f"  {each.severity} in the {each.part}, line {each.line}: {each.text}")
    for finding in verdict.lint:
        print(f"  look at `{finding.word}` in line {finding.line} of the {finding.part}: {finding.message}")


def _text(path: Path | None) -> str:
    if path is None:
        return sys.stdin.read()
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BlueprintError(f"{path} could not be read: {error}.", "Name a text file with the proof.") from error
