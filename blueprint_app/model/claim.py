"""Who has said that they work on a node: a claim, as teams keep them in ``blueprint/claims.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from blueprint_app.model.blueprint import Node
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.place import Place

CLAIMS_FILE = "blueprint/claims.yaml"
CLAIMS_SCHEMA = "blueprint-claims/1"


@dataclass(frozen=True, slots=True)
class Claim:
    """One entry of the file: `node` is a label; `expires` is the last day on which it holds, None for no end.

    `place` spans the lines of the entry, so that it can be taken out again. A claim that stands elsewhere has an
    `origin`, in words: the issue whose assignee it is, say.
    """

    node: str
    by: str
    since: date | None = None
    expires: date | None = None
    note: str = ""
    place: Place | None = None
    origin: str = ""

    def has_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today


@dataclass(frozen=True, slots=True)
class ProjectClaims:
    """All claims of a project by label, in the order of the file; `remarks` tell what of it could not be read.

    `text` is the file's content as it was read (None: there is none), for changing it. `issues` tells in words what is
    known of an issue by its number, as ``\\discussion`` has it.
    """

    claims: tuple[Claim, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    text: str | None = None
    issues: Mapping[str, str] = field(default_factory=dict)
    by_label: Mapping[str, tuple[Claim, ...]] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, tuple[Claim, ...]] = {}
        for claim in self.claims:
            found[claim.node] = (*found.get(claim.node, ()), claim)
        object.__setattr__(self, "by_label", found)

    def of(self, node: Node) -> tuple[Claim, ...]:
        """The claims of a node under any of its labels."""
        if not self.claims:
            return ()
        return tuple(
            claim for label in dict.fromkeys((node.id, *node.labels)) for claim in self.by_label.get(label, ())
        )


NO_CLAIMS = ProjectClaims()
"""Of a project without such a file."""
