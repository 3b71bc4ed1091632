"""The attempts of a project as texts in a snapshot file: read as those in a folder are, and never added to."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from blueprint_app.assistant.records.places import ATTEMPTS, folder_name
from blueprint_app.assistant.records.record import AttemptRecord, Judgement, Verdict
from blueprint_app.assistant.records.store import LARGEST, LARGEST_REPLY, AttemptStore, joined
from blueprint_app.assistant.records.yaml_form import DamagedRecordError, record_of, text_of, verdict_of
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place

_NAME = re.compile(r"[^/\\]{1,200}/[^/\\]{1,200}\.(?:yaml|lean|md)")
_VERDICT = re.compile(r".+\.verdict-[^.]+\.yaml")


def texts_of(store: AttemptStore) -> dict[str, str]:
    """The records, what people said of them and the replies, by path below the folder of attempts.

    A record that is damaged and a reply that is gone or was changed are left out: the project tells of them.
    """
    found: dict[str, str] = {}
    for record in store.read()[0]:
        folder = folder_name(record.node)
        found[f"{folder}/{record.id}.yaml"] = text_of(record)
        for verdict in record.verdicts:
            found[f"{folder}/{record.id}.verdict-{verdict.id}.yaml"] = text_of(verdict)
        try:
            reply = store.reply(record)
        except BlueprintError:
            continue
        if reply:
            found[f"{folder}/{record.draft.file}"] = reply
    return found


class PackedAttempts(AttemptStore):
    """The attempts that came with a snapshot file; `texts` are as `texts_of` gives them, from anyone."""

    def __init__(self, path: Path, texts: Mapping[str, str]) -> None:
        super().__init__(path)
        self._texts = {name: text for name, text in texts.items() if _NAME.fullmatch(name)}
        self._found: tuple[tuple[AttemptRecord, ...], tuple[Diagnostic, ...]] | None = None

    def write(self, record: AttemptRecord, text: str, ending: str = ".md") -> AttemptRecord:
        """Raises BlueprintError: a snapshot is read-only."""
        raise _read_only()

    def mark(
        self, record: AttemptRecord, verdict: Judgement, by: str, note: str = "", statement_sha256: str = ""
    ) -> Verdict:
        """Raises BlueprintError: a snapshot is read-only."""
        raise _read_only()

    def read(
        self, check: Callable[[], None] = lambda: None
    ) -> tuple[tuple[AttemptRecord, ...], tuple[Diagnostic, ...]]:
        """All attempts, oldest first, each with what people said of it; and what could not be read."""
        if self._found is None:
            contents: list[AttemptRecord | Verdict] = []
            problems: list[Diagnostic] = []
            for name, text in self._texts.items():
                check()
                if name.endswith(".yaml"):
                    self._add(name, text, contents, problems)
            self._found = joined([*contents], problems), tuple(problems)
        return self._found

    def reply(self, record: AttemptRecord) -> str:
        """The reply that came with a record. Raises BlueprintError where there is none or it is another one."""
        if not record.draft.file:
            return ""
        parent = PurePosixPath(record.file).parent.name
        text = self._texts.get(f"{parent}/{record.draft.file}")
        if text is None or len(text) > LARGEST_REPLY:
            raise BlueprintError(f"The reply {record.draft.file} is not in this snapshot.", "Open the project itself.")
        if record.draft.sha256 and hashlib.sha256(text.encode()).hexdigest() != record.draft.sha256:
            raise BlueprintError(f"{record.draft.file} is not what the model wrote: it was changed.")
        return text

    @staticmethod
    def _add(name: str, text: str, contents: list[AttemptRecord | Verdict], problems: list[Diagnostic]) -> None:
        shown = str(ATTEMPTS / name)
        try:
            if len(text) > LARGEST:
                raise DamagedRecordError("it is too long")
            read = verdict_of(text) if _VERDICT.fullmatch(name) else replace(record_of(text), file=shown)
        except DamagedRecordError as error:
            message = f"This record of an attempt was passed over: {error.message}."
            place = Place(shown, error.line)
            problems.append(Diagnostic(Severity.WARNING, "attempt-damaged", message, "Make the snapshot anew.", place))
        else:
            contents.append(read)


def _read_only() -> BlueprintError:
    return BlueprintError("This is a snapshot: nothing can be added to it.", "Open the project itself.")
