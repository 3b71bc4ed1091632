"""Loops for the jobs of a batch with a scripted judge; run as a program it works through a plan until it is killed.

python -m tests.fakes.batch_maker JOURNAL LEDGER PROJECT URL
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from blueprint_app.assistant.asker import Asker
from blueprint_app.assistant.batch.journal import Journal
from blueprint_app.assistant.batch.ledger import Ledger
from blueprint_app.assistant.batch.plan import BatchPlan, Job
from blueprint_app.assistant.batch.runner import BatchRun, Start
from blueprint_app.assistant.budget import Budget
from blueprint_app.assistant.context.sections import Context, Part, Section
from blueprint_app.assistant.drafting.events import Event
from blueprint_app.assistant.drafting.loop import DraftLoop, Prompts, Saved
from blueprint_app.assistant.drafting.recording import Asked, Recorder
from blueprint_app.assistant.drafting.resuming import progress_of
from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import Endpoint, Role
from blueprint_app.assistant.prompts import read_prompt
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.assistant.tasks import Task
from blueprint_app.model.blueprint import NodeId
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.verdict import Verdict
from tests.fakes.bench import VERIFIED, ScriptedBench

GOOD: Mapping[str, Verdict] = {"by good": VERIFIED}


class ScriptedMaker:
    """Every node is proved by ``by good``."""

    def __init__(
        self, client: ModelClient, endpoint: Endpoint, plan: BatchPlan, project: Path, verdicts: Mapping[str, Verdict]
    ) -> None:
        self._client, self._endpoint, self._plan, self._verdicts = client, endpoint, plan, verdicts
        self.store = AttemptStore(project)

    def loop_for(
        self,
        job: Job,
        budgets: Sequence[Budget],
        on_event: Callable[[Event], None],
        on_reply: Callable[[int, Saved], None],
        check: Callable[[], None],
    ) -> DraftLoop:
        node = NodeId(job.node)
        text = f"The statement of {job.node}."
        context = Context(node, Task.PROVE, (Section("statement", Part.STATEMENT, "Statement", text, 0, node),))
        prompt = read_prompt("prove")
        asked = Asked(node, "prove", self._run(job), "Test", "0" * 64, context, prompt)
        return DraftLoop(
            Asker(self._client, self._endpoint, self._plan.models[job.model], budgets),
            Role.PROVER,
            ScriptedBench(self._verdicts),
            Recorder(self.store, asked),
            Prompts(prompt, read_prompt("repair"), read_prompt("replan")),
            on_event,
            rounds=self._plan.rounds,
            tries_tactics=False,
            on_reply=on_reply,
        )

    def start_of(self, job: Job, journal: Journal) -> Start:
        records = [record for record in self.store.of(job.node) if record.run == self._run(job)]
        progress = progress_of(records, self.store.reply, Draft)
        paid = journal.paid.get(job.key, [])
        saved = next((each for each in paid if each.number == progress.number + 1), None)
        chosen = self._plan.models[job.model]
        return Start(progress, saved.saved(self._endpoint, chosen) if saved is not None else None)

    def _run(self, job: Job) -> str:
        return f"{self._plan.run}-{job.model}"


def main() -> None:
    journal_path, ledger_path, project, url = sys.argv[1:]
    journal = Journal.found(Path(journal_path))
    endpoint = Endpoint("test", url, read_seconds=30)
    with ModelClient() as client:
        maker = ScriptedMaker(client, endpoint, journal.plan, Path(project), GOOD)
        outcome = BatchRun(maker, journal, Ledger(Path(ledger_path))).run()
    print(len(outcome.done), len(outcome.left))


if __name__ == "__main__":
    main()
