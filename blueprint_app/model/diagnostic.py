"""Bad content is data: what is wrong, where, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from blueprint_app.model.place import Place


class Severity(StrEnum):
    """How much a diagnostic matters; the order is from worst to mildest."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a project's content.

    `code` is a short stable name such as ``uses-unresolved``; `message` says what is so, `hint`
    what to do. `node` is the id of the node it concerns, if it concerns one.
    """

    severity: Severity
    code: str
    message: str
    hint: str = ""
    place: Place | None = None
    node: str | None = None
