"""The commands that ask a model about a node, and that list which models are set up."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.cli.consenting import agree
from blueprint_app.cli.project import Commands, add_project, node_id, open_snapshot, with_lean_side
from blueprint_app.model.errors import BlueprintError

if TYPE_CHECKING:
    from blueprint_app.assistant.endpoints.endpoint import Endpoint

TEXT_TASKS = ("explain", "critique", "counterexample", "split", "retell", "related")
_AUDIENCES = ("newcomer", "mathematician", "formaliser")
SEND_TO = "agree that text of this project goes to this host, now and later"


def add_commands(commands: Commands) -> None:
    """The commands, with their options."""
    ask = commands.add_parser("ask", help="a model explains, critiques or splits a node; the answer is kept")
    add_project(ask)
    ask.add_argument("label", metavar="LABEL", help="the node's label")
    ask.add_argument("--task", choices=TEXT_TASKS, default="explain", help="what to ask for (default: explain)")
    ask.add_argument("--audience", choices=_AUDIENCES, default="mathematician", help="whom an explanation is for")
    ask.add_argument("--note", default="", metavar="TEXT", help="what you want to add")
    ask.add_argument("--show", action="store_true", help="print what would be sent, and send nothing")
    ask.add_argument("--send-to", metavar="HOST", help=SEND_TO)
    ask.set_defaults(run=_ask)

    models = commands.add_parser(
        "models",
        help="which model servers are set up, and which model does what",
        epilog="Exit code 1 also if no server is set up, or if one does not answer to --test.",
    )
    models.add_argument("--test", action="store_true", help="ask each server for its models")
    models.set_defaults(run=_models)


def _ask(options: argparse.Namespace) -> int:
    from blueprint_app.assistant.citations import Citations
    from blueprint_app.assistant.endpoints.messages import Finish
    from blueprint_app.assistant.tasks import Audience, Task
    from blueprint_app.bootstrap.assisting import assistant_for
    from blueprint_app.bootstrap.opening import refuse_packed

    snapshot = with_lean_side(options, open_snapshot(options))
    refuse_packed(Path(snapshot.blueprint.folder))
    node, task = node_id(snapshot, options.label), Task(options.task)
    assistant = assistant_for(Path(snapshot.blueprint.folder))
    if reason := assistant.obstacle(snapshot, node, task):
        raise BlueprintError(reason)
    question = assistant.question(assistant.context(snapshot, node, task, Audience(options.audience), options.note))
    if options.show:
        print(f"{question.text}\n\n(about {question.tokens:,} tokens for {question.chosen.model} at {question.host})")
        return 0
    agree(assistant, question.endpoint, lambda: question.text, options.send_to)
    answer = assistant.answer(question, on_text=_say)
    print()
    for cited in Citations(snapshot).cited(answer.text):
        if cited.exists is False:
            print(f"blueprint-explorer: the answer cites {cited.label}: {cited.hint}", file=sys.stderr)
    if answer.finish is not Finish.STOP:
        raise BlueprintError(f"The answer is not whole ({answer.finish}).", "Ask again.")
    print(f"blueprint-explorer: kept as {answer.record.file}", file=sys.stderr)
    return 0


def _say(piece: str) -> None:
    print(piece, end="", flush=True)


def _models(options: argparse.Namespace) -> int:
    from blueprint_app.assistant.endpoints.endpoint import Role
    from blueprint_app.assistant.endpoints.settings_file import read_model_settings, settings_path

    settings = read_model_settings()
    for problem in settings.problems:
        print(f"blueprint-explorer: {problem}", file=sys.stderr)
    if not settings.endpoints:
        print(f"No model is set up. Add an endpoint in the window (Assistant, Models), or to {settings_path()}.")
        return 1
    for role in Role:
        chosen = settings.roles.get(role)
        print(f"{role:<12} {f'{chosen.model} at {chosen.endpoint}' if chosen else 'nobody'}")
    if settings.embedder is not None:
        print(f"{'search':<12} {settings.embedder.model} at {settings.embedder.endpoint}")
    print()
    failures = 0
    for endpoint in settings.endpoints:
        agreed = "agreed" if endpoint.host in settings.consented else "not agreed yet"
        print(f"{endpoint.name}: {endpoint.base_url} (key: {endpoint.key or 'none'}; sending text there: {agreed})")
        if options.test:
            failures += not _test(endpoint)
    return 1 if failures else 0


def _test(endpoint: "Endpoint") -> bool:
    from blueprint_app.assistant.endpoints.client import ModelClient

    with ModelClient() as client:
        try:
            names = client.models(endpoint)
        except BlueprintError as error:
            print(f"  {error}")
            return False
    print(f"  answers, with {len(names)} model{'' if len(names) == 1 else 's'}: {', '.join(names[:8])}")
    return True
