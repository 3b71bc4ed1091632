"""The assistant of a project and its runs, over the models that the user has set up."""

from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.bootstrap.attempts import attempt_store
from blueprint_app.bootstrap.models import ledger, model_client
from blueprint_app.bootstrap.searching import library_index
from blueprint_app.sources.snapshot_path import is_snapshot_file
from blueprint_app.user_folders import state_folder

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from blueprint_app.assistant.assistant import Assistant
    from blueprint_app.assistant.batch.batches import Batches


def assistant_for(folder: Path, executor: "Executor | None" = None) -> "Assistant":
    """The assistant of a project, asking real models as the user has set them up; `executor` judges.

    Of a snapshot file it knows the attempts, and can do nothing.
    """
    from blueprint_app.assistant.assistant import Assistant
    from blueprint_app.assistant.batch.ledger import DayBudget
    from blueprint_app.assistant.search_hits import SearchHits

    related = SearchHits(lambda: library_index(folder))
    store = attempt_store(folder) if is_snapshot_file(folder) else None
    day = DayBudget(ledger())
    return Assistant(folder, model_client(), related=related, day=day, executor=executor, store=store)


def batches_for(assistant: "Assistant") -> "Batches":
    """The runs over many nodes of an assistant's project."""
    from blueprint_app.assistant.batch.batches import Batches

    return Batches(assistant, state_folder() / "runs", ledger())
