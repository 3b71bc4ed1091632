"""What is different between two moments of a blueprint: the answer to "what changed since"."""

from dataclasses import dataclass

from blueprint_app.insight.history.events import renamed
from blueprint_app.insight.history.history import Commit
from blueprint_app.insight.history.moments import Counts, Moment, NodeThen


@dataclass(frozen=True, slots=True)
class Renaming:
    """A node that has another label now."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """The difference as it is in the end; what came and went in between does not show.

    Ids are those of now, of nodes that are gone those of then. A node that is new and stated is in `added` and in
    `stated`. A statement counts as changed if its kind did.
    """

    since: Commit
    until: Commit
    before: Counts
    after: Counts
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    stated: tuple[str, ...] = ()
    proved: tuple[str, ...] = ()
    unstated: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    statement_changed: tuple[str, ...] = ()
    proof_changed: tuple[str, ...] = ()
    declarations_changed: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return not (
            self.added
            or self.removed
            or self.renamed
            or self.stated
            or self.proved
            or self.unstated
            or self.unproved
            or self.statement_changed
            or self.proof_changed
            or self.declarations_changed
        )


def changed_between(since: Commit, before: Moment, until: Commit, after: Moment) -> ChangedSince:
    """What is different at `until` from what was at `since`."""
    old_ids = renamed(before, after)
    pairs = [(before.by_id.get(old_ids.get(node.id, node.id)), node) for node in after.nodes]
    both = [(old, new) for old, new in pairs if old is not None]
    kept = {*after.by_id, *old_ids.values()}
    return ChangedSince(
        since,
        until,
        before.counts,
        after.counts,
        added=tuple(new.id for old, new in pairs if old is None),
        removed=tuple(node.id for node in before.nodes if node.id not in kept),
        renamed=tuple(Renaming(old, new) for new, old in old_ids.items()),
        stated=tuple(new.id for old, new in pairs if new.is_stated and not (old and old.is_stated)),
        proved=tuple(new.id for old, new in pairs if new.is_proved and not (old and old.is_proved)),
        unstated=tuple(new.id for old, new in both if old.is_stated and not new.is_stated),
        unproved=tuple(new.id for old, new in both if old.is_proved and not new.is_proved),
        statement_changed=tuple(new.id for old, new in both if _statement(old) != _statement(new)),
        proof_changed=tuple(new.id for old, new in both if old.proof != new.proof),
        declarations_changed=tuple(new.id for old, new in both if old.names != new.names),
    )


def _statement(node: NodeThen) -> tuple[str, str]:
    return node.kind, node.statement
